"""推荐情况汇总: who was nominated with how many votes, by rater group, for the committee only (official-documents.md, 5.6).

Nobody who voted can be told from it: groups with few ballots were merged or left out where the ballots were counted. Nominations never
enter a score.
"""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.exact import HUNDRED, fixed
from kaohe.documents.recipients import is_incomplete
from kaohe.documents.wording import COMMON, addressee, common, effect_text, numeral
from kaohe.records.edition import Edition
from kaohe.records.rated import GroupRating, RatingResult
from kaohe.records.ratings import Instrument
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import DocumentKind

KIND, WAY = "推荐情况汇总", "推荐"
HIDDEN = "票数少，不单列"
ASPECTS = "推荐标准"  # of 基本信息: what is weighed when somebody is nominated

FIELDS: dict[str, str] = {
    **COMMON,
    "主送": "主送机关，取自文书表；没有时为审定机关",
    "知悉范围": "知悉范围，取自文书表；没有时为空",
    "填报日期": "成文日期；没有时为“成文日期待定”",
    "推荐": "各张推荐表",
    "推荐.序号": "一、二、三",
    "推荐.名称": "推荐表名称",
    "推荐.要求": "每票最多推荐几名、推荐时看哪些方面",
    "推荐.人数": "人选数",
    "推荐.注": "合并和不单列的说明",
    "推荐.行": "各人选，按单位、得票率排列",
    "推荐.行.序号": "从1起",
    "推荐.行.单位": "所在单位",
    "推荐.行.姓名": "姓名",
    "推荐.行.职务": "职务",
    "推荐.行.票数": "有效票数／交回票数／应到票数",
    "推荐.行.得票": "得票数；票数少时为“票数少，不单列”",
    "推荐.行.得票率": "得票数占有效票数的百分比",
    "推荐.行.主体": "各推荐主体的得票数和有效票数，各一行",
    "推荐.行.建议": "命中的规则，可为空",
}


def applies(edition: Edition, row: DocumentKind) -> bool:
    """Whether anybody could be nominated."""
    return bool(_instruments(edition))


def is_restricted(edition: Edition, result: ObjectResult) -> bool:
    """Whether an object is known for nothing but nominations: then only the restricted summary names it."""
    rating = [each for each in edition.scheme.instruments_at(edition.when.clock) if result.unit_class in each.rates]
    return result.total is None and bool(rating) and all(each.way == WAY for each in rating)


def waits(edition: Edition) -> bool:
    """Whether a field is not complete, or no meeting has decided."""
    return is_incomplete(edition) or not edition.row.meeting


def fields(
    edition: Edition, row: DocumentKind | None, code: str, number: str, pending: bool = False
) -> dict[str, object]:
    """The fields of the summary; `code` is not used, it goes to the committee."""
    found = common(edition, row, f"{edition.when.title}推荐情况汇总", "", pending)
    return {
        **found,
        "主送": addressee(row, edition.scheme.info.get("审定机关", "")),
        "知悉范围": row.circulation if row else "",
        "填报日期": found["成文日期"],
        "推荐": [_sheet(edition, index, each) for index, each in enumerate(_instruments(edition), 1)],
    }


def _instruments(edition: Edition) -> list[Instrument]:
    """The nominations of the period that concern somebody."""
    live = edition.scheme.instruments_at(edition.when.clock)
    return [
        each
        for each in live
        if each.way == WAY and any(one.rating(each.code) is not None for one in edition.outcome.objects)
    ]


def _sheet(edition: Edition, index: int, instrument: Instrument) -> dict[str, object]:
    found = [(each, rating) for each in edition.outcome.objects if (rating := each.rating(instrument.code)) is not None]
    homes = [unit.code for unit in edition.roster.units]

    def place(pair: tuple[ObjectResult, RatingResult]) -> tuple[int, Fraction, str]:
        home = edition.roster.home_of(pair[0].code)
        return (
            homes.index(home) if home in homes else len(homes),
            -(share(edition, pair[1]) or Fraction(0)),
            pair[0].code,
        )

    rows = [_row(edition, number, each, rating) for number, (each, rating) in enumerate(sorted(found, key=place), 1)]
    aspects = edition.scheme.info.get(ASPECTS, "")
    most = instrument.most_nominated
    words = [f"每票最多推荐{most}名" if most is not None else "", f"重点看{aspects}" if aspects else ""]
    least = edition.scheme.settings.least_shown
    return {
        "序号": numeral(index),
        "名称": instrument.name,
        "要求": "；".join(word for word in words if word),
        "人数": len(rows),
        "注": f"推荐只计票，不计入任何得分；有效票不足{least}张的主体合并或不单列，票面和投票人不留存。",
        "行": rows,
    }


def _row(edition: Edition, number: int, each: ObjectResult, rating: RatingResult) -> dict[str, object]:
    person, home = edition.roster.person(each.code), edition.roster.unit(edition.roster.home_of(each.code))
    got = votes(edition, rating)
    ratio = share(edition, rating)
    told = [f"{'建议：' if one.soft else ''}{effect_text(one)}" for one in each.consequences if not one.provisional]
    return {
        "序号": number,
        "单位": (home.short or home.name) if home else "",
        "姓名": each.name,
        "职务": person.post if person else "",
        "票数": f"{rating.ballots}／{rating.returned}／{rating.due}",
        "得票": HIDDEN if got is None else str(got),
        "得票率": "—" if ratio is None else f"{fixed(ratio * HUNDRED, 1)}%",
        "主体": "\n".join(_group(edition, group) for group in rating.groups),
        "建议": "；".join(dict.fromkeys(word for word in told if word)),
    }


def votes(edition: Edition, rating: RatingResult) -> int | None:
    """How many ballots name somebody; None where that may not be told. No votes at all are 0, unless a group is too small to say so."""
    if rating.votes:
        return sum(count for _, _, count in rating.votes)
    least = edition.scheme.settings.least_shown
    return None if any(0 < each.valid < least for each in rating.groups) else 0


def share(edition: Edition, rating: RatingResult) -> Fraction | None:
    """Votes ÷ valid ballots; None without ballots, or where it may not be told."""
    got = votes(edition, rating)
    return None if got is None or not rating.ballots else Fraction(got, rating.ballots)


def _group(edition: Edition, group: GroupRating) -> str:
    """`职工代表 6／9票`; a group with few ballots says nothing."""
    if 0 < group.valid < edition.scheme.settings.least_shown:
        return f"{group.name} {HIDDEN}"
    return f"{group.name} {sum(count for _, _, count in group.votes)}／{group.valid}票"
