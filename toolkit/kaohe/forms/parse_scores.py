"""Reads 评分: which fields count on a line depends on its method; formula cells are never read."""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.exact import exact, plain
from kaohe.forms.form import CHECKED, NO, NOT_APPLICABLE, YES, Form, Line
from kaohe.forms.normalise import NumberField
from kaohe.forms.returned import Returned
from kaohe.records.returns import Number, Score, Text

_FAR = Fraction(
    50
)  # a percentage this many times its target (or as small a part) was typed with a sign too few or too many


def parse_scores(sheet: Returned, form: Form) -> tuple[Score, ...]:
    """One Score per leaf whose row came back, in the order of the form.

    Faults: VALUE-003 … for required cells (核查 on 扣分, 计数, 完成率, 阈值; 情形 on 档次, 就高, 是否; 得分 on 直接打分, 区间; 完成值 and
    a reported 目标值 on 完成率, 阈值; 名次), VALUE-046 (a reported target of 0), ROW-021, -023, -024; a missing row is a fault of the structure.
    """
    return tuple(_score(sheet, form, line) for line in form.leaves if sheet.present(line.code))


def _score(sheet: Returned, form: Form, line: Line) -> Score:
    code = line.code
    checked = sheet.choice(
        code, "核查", (CHECKED, NOT_APPLICABLE), line.needs_checked, code, soft=not line.needs_checked
    )
    if checked is not None and checked.value == CHECKED and not line.needs_checked:
        checked = None  # said on a line that takes no 已查: without meaning, and nothing depends on it
    note = sheet.text(code, "说明", False, code, soft=True)
    own = sheet.number(code, "自评", _own_field(line), False, code, soft=True)
    if checked is not None and checked.value == NOT_APPLICABLE:
        return _away(sheet, line, checked, note, own)
    target = sheet.number(code, "目标值", _measure_field(line, "目标值"), True, code) if line.asks_target else None
    actual = sheet.number(code, "完成值", _measure_field(line, "完成值"), True, code) if line.has_actual else None
    if target is not None and not target.value and line.method == "完成率" and not line.low_is_good:
        sheet.report("VALUE-046", code, "目标值", "0", field="目标值")
    _check_percent(sheet, line, target, actual)
    case = sheet.choice(code, "情形", options(form, line), True, code) if line.has_option else None
    place = (
        sheet.number(code, "名次", NumberField("名次", Fraction(1), whole=True), True, code)
        if line.types_place
        else None
    )
    points = sheet.number(code, "得分", points_field(line), True, code) if line.types_points else None
    if line.method == "区间" and note is None and points is not None:
        sheet.report("ROW-024", code, "说明")
    return Score(code, target, actual, own, checked, case, place, points, note)


def _away(sheet: Returned, line: Line, checked: Text, note: Text | None, own: Number | None) -> Score:
    """A line that does not apply: it needs a reason, and nothing that would score."""
    if note is None:
        sheet.report("ROW-023", line.code, "说明")
    typed = [("情形", line.has_option), ("名次", line.types_place), ("得分", line.types_points)]
    for title, asked in typed:
        if asked and sheet.has(line.code, title):
            sheet.report("ROW-021", line.code, title, field=title)
    for title, asked in (("完成值", line.has_actual), ("目标值", line.asks_target)):
        if asked and sheet.has(line.code, title):
            sheet.report("ROW-021", line.code, title, soft=True, field=title)
    return Score(line.code, own_points=own, checked=checked, note=note)


def options(form: Form, line: Line) -> tuple[str, ...]:
    """The choices of 情形 on a line."""
    return (YES, NO) if line.method == "是否" else tuple(case.name for case in form.cases_of(line.code))


def points_field(line: Line) -> NumberField:
    """What 得分 takes where it is typed."""
    most = line.high if line.high is not None else line.full
    return NumberField(
        "得分", line.low, most, "分", step=line.unit_step, most_is="满分" if most == line.full else "上限"
    )


def _own_field(line: Line) -> NumberField:
    return NumberField("自评", line.floor, line.full, "分", most_is="满分")


def _measure_field(line: Line, title: str) -> NumberField:
    return NumberField(title, Fraction(0), None, "" if line.scale != 1 else line.measure, line.scale)


def _check_percent(sheet: Returned, line: Line, target: Number | None, actual: Number | None) -> None:
    """A percentage typed without its sign reads a hundred times too large: the value is unclear."""
    wanted = target.value if target is not None else line.target
    if line.scale == 1 or actual is None or not wanted or not actual.value:
        return
    share = exact(actual.value) / wanted
    if share >= _FAR or share * _FAR <= 1:
        found, read, aim = sheet.raw(line.code, "完成值"), f"{plain(actual.value)}%", f"{plain(wanted)}%"
        sheet.report("VALUE-035", line.code, "完成值", found, field="完成值", read=read, target=aim)
