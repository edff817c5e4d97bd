"""申诉复核答复: to an object whose appeals were reviewed: each claim, the finding, the score before and after, and what became of the
result; with a list of every figure that changed where the archived result was computed anew (official-documents.md, 5.6).

It reads the decided appeals of the period and the object's own results, nothing of others.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kaohe.core.periods import chinese_date
from kaohe.documents.breach import Breach, Values, breach, rows
from kaohe.documents.printed import marks
from kaohe.documents.recipients import ALL, Recipient, ruled
from kaohe.documents.wording import COMMON, addressee, common
from kaohe.ledger.appeals import figure, has_no_result
from kaohe.records.edition import Edition
from kaohe.records.followup import ACCEPTED, PARTLY, UPHELD, Appeal
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import DocumentKind

KIND = "申诉复核答复"
_WHOLE = {"总分": "总分", "等次": "等次", "名次": "名次"}
_RESULT = {ACCEPTED: "采纳申诉", PARTLY: "部分采纳申诉", UPHELD: "维持原结果"}

FIELDS: dict[str, str] = {
    **COMMON,
    "主送": "主送机关，取自文书表；没有时为单位名称，人员为“××同志”",
    "单位名称": "申诉的单位或人员",
    "称呼": "你单位；人员为“你”",
    "申诉": "本期已有复核结论的申诉，按编号排列",
    "申诉.序号": "从1起",
    "申诉.编号": "申诉编号",
    "申诉.日期": "申诉日期；没有时为空",
    "申诉.内容": "申诉的指标、加减分项、总分或等次",
    "申诉.问题编号": "涉及的问题；没有时为空",
    "申诉.理由": "申诉理由，不带句号",
    "申诉.结论": "采纳申诉、部分采纳申诉、维持原结果",
    "申诉.情况": "复核情况，不带句号",
    "申诉.原得分": "原得分；没有时为空",
    "申诉.现得分": "更正后的得分；维持的为空",
    "申诉.更正位置": "更正了哪个文件、表、格；没有时为空",
    "申诉.复核日期": "复核日期",
    "申诉数": "答复的申诉数",
    "采纳数": "采纳和部分采纳的申诉数",
    "维持数": "维持原结果的申诉数",
    "原版本": "归档的结果：第几次归档、日期、标识；没有归档过时为空",
    "现版本": "这次结果的标识",
    "重算理由": "重新计算写明的理由；没有重新计算时为空",
    "总分": "现在的总分；没有总分的为空",
    "原总分": "归档结果的总分；没有归档过时为空",
    "差异": "附件各行：归档以后改变了的数，可为空",
    "差异.序号": "从1起",
    "差异.项目": "总分、名次、等次、构成或指标",
    "差异.原": "归档的数",
    "差异.现": "现在的数",
    "差异数": "改变了的数有几个",
}


def decided(edition: Edition, code: str) -> tuple[Appeal, ...]:
    """An object's appeals of this period that have a decision."""
    return tuple(
        each
        for each in edition.ledger.appeals
        if each.object_code == code and each.period == edition.period and each.decision
    )


def who(edition: Edition, row: DocumentKind) -> list[Recipient]:
    """Each object with a decided appeal; of the row's rule only where 对象 names one. A reply is never 暂定: it tells what was decided, and
    is not written before the result shows it (LEDGER-012, LEDGER-014 say so)."""
    only = None if row.recipients == ALL else {each.code for each, _ in ruled(edition, row)}
    codes = dict.fromkeys(each.object_code for each in edition.ledger.appeals if decided(edition, each.object_code))
    return [
        Recipient(code, False)
        for code in codes
        if (only is None or code in only) and not any(_unmet(edition, each) for each in decided(edition, code))
    ]


def _unmet(edition: Edition, each: Appeal) -> tuple[str, str] | None:
    """(corrected score, score now) where an accepted appeal has not reached the result, or there is none; None where it has, or has no
    single figure."""
    result, places = edition.outcome.of(each.object_code), edition.scheme.settings.places
    if result is not None and each.decision != UPHELD and has_no_result(result):
        return marks(each.new, places) if each.new is not None else "", result.status
    now = figure(result, each.about) if result is not None else None
    if each.decision == UPHELD or each.new is None or now is None or marks(now, places) == marks(each.new, places):
        return None
    return marks(each.new, places), marks(now, places)


def fields(
    edition: Edition, row: DocumentKind | None, code: str, number: str, pending: bool = False
) -> dict[str, object]:
    """The fields of an object's reply. Raises KeyError for an object without a decided appeal."""
    mine = decided(edition, code)
    if not mine:
        raise KeyError(code)
    person, unit, now = edition.roster.person(code), edition.roster.unit(code), edition.outcome.of(code)
    name = person.name if person is not None else unit.name if unit is not None else code
    old = edition.archived.of(code) if edition.archived is not None else None
    places = edition.scheme.settings.places
    changed = [
        {"序号": index, "项目": what, "原": was, "现": has}
        for index, (what, was, has) in enumerate(_differences(edition, old, now), 1)
    ]
    return {
        **common(edition, row, f"{name}{edition.when.title}考核申诉复核答复", number, pending),
        **_dated(edition, mine),
        "主送": f"{name}同志" if person is not None else addressee(row, name),
        "单位名称": name,
        "称呼": "你" if person is not None else "你单位",
        "申诉": [_row(edition, index, each) for index, each in enumerate(mine, 1)],
        "申诉数": len(mine),
        "采纳数": sum(each.decision != UPHELD for each in mine),
        "维持数": sum(each.decision == UPHELD for each in mine),
        "原版本": edition.archived_as,
        "现版本": edition.mark,
        "重算理由": edition.reason.rstrip("。；"),
        "总分": _marks(now.total if now is not None else None, places),
        "原总分": _marks(old.total if old is not None else None, places),
        "差异": changed,
        "差异数": len(changed),
    }


def _dated(edition: Edition, mine: tuple[Appeal, ...]) -> dict[str, object]:
    """The period's document date, but never a day before the review: results are dated first, appeals follow."""
    day = max(each.decided_on for each in mine)
    if not edition.row.document_date or day <= edition.row.document_date:
        return {}
    return {"属性日期": day, "成文日期": chinese_date(day), "印发日期": chinese_date(day)}


def _row(edition: Edition, index: int, each: Appeal) -> dict[str, object]:
    places = edition.scheme.settings.places
    return {
        "序号": index,
        "编号": each.appeal_id,
        "日期": chinese_date(each.day),
        "内容": _about(edition, each.about),
        "问题编号": each.problem_id,
        "理由": each.reason.rstrip("。；"),
        "结论": _RESULT[each.decision],
        "情况": each.finding.rstrip("。；"),
        "原得分": _marks(each.old, places),
        "现得分": _marks(each.new, places) if each.decision != UPHELD else "",
        "更正位置": each.place,
        "复核日期": chinese_date(each.decided_on),
    }


def _about(edition: Edition, code: str) -> str:
    """`指标1.1“组织生活”`, `加减分项J1“……”`, `总分`."""
    scheme = edition.scheme
    for word, found in (("指标", scheme.indicators), ("加减分项", scheme.adjustments), ("构成", scheme.components)):
        name = next((each.name for each in found if each.code == code), "")
        if name:
            return f"{word}{code}“{name}”"
    return _WHOLE.get(code, code)


def _marks(value: Fraction | None, places: int) -> str:
    return marks(value, places) if value is not None else ""


def _differences(
    edition: Edition, old: ObjectResult | None, now: ObjectResult | None
) -> Iterator[tuple[str, str, str]]:
    """(what, archived, now) of each figure of the object that changed."""
    if old is None or now is None:
        return
    places = edition.scheme.settings.places
    pairs = [("总分", _marks(old.total, places), _marks(now.total, places))]
    pairs.append(("名次", str(old.rank or "—"), str(now.rank or "—")))
    pairs.append(("等次", old.grade or "—", now.grade or "—"))
    names = {each.code: each.name for each in edition.scheme.components}
    before = {each.code: each.score for each in old.components}
    for part in now.components:
        was, has = _marks(before.get(part.code), places), _marks(part.score, places)
        pairs.append((f"构成“{names.get(part.code, part.code)}”", was, has))
    points = {leaf.indicator: leaf.points for leaf in old.leaves}
    for leaf in now.leaves:
        was, has = _marks(points.get(leaf.indicator), places), _marks(leaf.points, places)
        pairs.append((_about(edition, leaf.indicator), was, has))
    for what, was, has in pairs:
        if was != has:
            yield what, was or "—", has or "—"


def check(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """What was accepted has reached the result, and a changed result names both versions."""
    for each in decided(edition, code):
        unmet = _unmet(edition, each)
        if unmet is not None:
            yield breach("WRITE-002", unmet[0], what=f"申诉{each.appeal_id}的更正得分", expected=unmet[1])
    if rows(values, "差异") and not (values["原版本"] and values["现版本"]):
        yield breach("WRITE-001", "原版本")
