"""Where a unit's total comes from, beside inspected lines: the components in a sentence, evaluations with their rater groups, daily entries."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePosixPath

from kaohe.core.exact import ZERO
from kaohe.core.periods import chinese_date
from kaohe.documents.dossier import Dossier
from kaohe.documents.printed import marks, number
from kaohe.records.rated import GroupRating, RatingResult
from kaohe.records.results import ComponentResult, DailyResult

Row = dict[str, object]
RATING, DAILY, NESTED = "评价", "日常积分", "下级构成"

FIELDS: dict[str, str] = {
    "构成": "计入总分的构成，几个时才有，可为空",
    "构成.名称": "构成名称",
    "构成.得分": "百分制得分；不适用的为“不适用”",
    "构成.权重": "在总分里占的比例，如 60%",
    "评价": "对单位的各项评价，可为空",
    "评价.名称": "评价表名称",
    "评价.得分": "百分制得分；没有结果时为空",
    "评价.等次": "评价等次；没有时为空",
    "评价.应评": "应评票数；不知道的为 —",
    "评价.交回": "交回票数",
    "评价.有效": "有效票数",
    "评价.作废": "作废票数",
    "评价表": "附件1评价情况各行：每项评价的每个主体一行，可为空",
    "评价表.评价": "评价表名称",
    "评价表.主体": "评价主体",
    "评价表.权重": "主体的权重；没有起作用的为 —",
    "评价表.票数": "有效票数／交回票数／应评票数",
    "评价表.平均分": "主体的平均分；票数少的主体已合并；没有的为 —",
}


def sources(mine: Dossier) -> dict[str, object]:
    """The fields of `FIELDS`."""
    return {"构成": list(_components(mine)), "评价": list(_ratings(mine)), "评价表": list(_groups(mine))}


def top_components(mine: Dossier) -> tuple[ComponentResult, ...]:
    """The components that count and stand directly below the total."""
    return tuple(each for each in mine.result.components if each.counted and not each.parent)


def children(mine: Dossier, code: str) -> tuple[ComponentResult, ...]:
    """The components below another one."""
    return tuple(each for each in mine.result.components if each.parent == code)


def daily_of(mine: Dossier, component: str) -> tuple[DailyResult, ...]:
    """The dated entries of a component, in the order of their dates."""
    found = [each for each in mine.result.daily if each.component == component]
    return tuple(sorted(found, key=lambda each: (each.day, each.number)))


def daily_words(mine: Dossier, part: ComponentResult) -> str:
    """`起始分90分，加分2项4.00分，减分1项2.00分`: what the score of daily points is made of."""
    entries = daily_of(mine, part.code)
    start = next((each.taken for each in mine.edition.scheme.components if each.code == part.code), "") or "100"
    words = [f"起始分{start}分"]
    for name, found in (("加分", [e for e in entries if e.points > 0]), ("减分", [e for e in entries if e.points < 0])):
        if found:
            words.append(f"{name}{len(found)}项{marks(abs(_sum(found)), mine.places)}分")
    return "，".join(words)


def daily_merits(mine: Dossier) -> str:
    """The entries that brought points, as a sentence; "" without any."""
    found = [each for each in mine.result.daily if each.points > 0]
    items = (f"{each.reason.rstrip('。；')}（加{marks(each.points, mine.places)}分）" for each in found)
    return f"日常考核加分事项：{'；'.join(items)}。" if found else ""


def daily_losses(mine: Dossier) -> Iterator[Row]:
    """The entries that cost points, as rows of 失分明细."""
    names = {each.code: each.name for each in mine.result.components}
    for each in sorted(mine.result.daily, key=lambda each: (each.component, each.day, each.number)):
        if each.points < 0:
            day = f"{chinese_date(each.day)}：" if each.day else ""
            yield {
                "序号": 0,
                "指标": names.get(each.component, "日常考核"),
                "失分": marks(-each.points, mine.places),
                "事实": f"{day}{each.reason.rstrip('。；')}",
                "条款": each.clause,
                "出处": f"{PurePosixPath(each.source.file).stem}第{each.number}条",
            }


def rating_words(mine: Dossier, part: ComponentResult) -> str:
    """`有效14票，交回15票，应评16票；等次好`: how the score of an evaluation came about; "" where the instrument is not known."""
    component = next((each for each in mine.edition.scheme.components if each.code == part.code), None)
    found = mine.result.rating(component.taken_from) if component else None
    if found is None:
        return ""
    grade = f"；等次{found.grade}" if found.grade else ""
    due = f"应评{found.due}票，" if found.due else ""
    return f"{due}交回{found.returned}票，有效{found.valid}票{grade}"


def _sum(entries: list[DailyResult]) -> Fraction:
    return sum((each.points for each in entries), ZERO)


def _components(mine: Dossier) -> Iterator[Row]:
    parts = top_components(mine)
    for each in parts if len(parts) > 1 else ():
        yield {
            "名称": each.name,
            "得分": f"{marks(each.score, mine.places)}分" if each.score is not None else "不适用",
            "权重": f"{number(each.weight)}%" if each.weight is not None else "—",
        }


def _ratings(mine: Dossier) -> Iterator[Row]:
    for each in mine.result.ratings:
        yield {
            "名称": each.name,
            "得分": marks(each.score, mine.places) if each.score is not None else "",
            "等次": each.grade,
            "应评": each.due or "—",
            "交回": each.returned,
            "有效": each.valid,
            "作废": each.void,
        }


def _groups(mine: Dossier) -> Iterator[Row]:
    for each in mine.result.ratings:
        for group in each.groups:
            yield {
                "评价": each.name,
                "主体": group.name,
                "权重": f"{number(group.weight)}%" if group.weight is not None else "—",
                "票数": f"{group.valid}／{group.returned}／{group.due or '—'}",
                "平均分": _mean(mine, each, group),
            }


def _mean(mine: Dossier, rating: RatingResult, group: GroupRating) -> str:
    """The mean of a group with enough ballots (最少列示票数); with a single group it is the score itself, which the unit is told anyway."""
    least = mine.edition.scheme.settings.least_shown
    if group.mean is None or (group.valid < least and len(rating.groups) > 1):
        return "—"
    return marks(group.mean, mine.places)
