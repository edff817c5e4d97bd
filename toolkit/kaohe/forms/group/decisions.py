"""等次决定: the committee's decision on each object's grade, beside the computed one; written by `run`, typed, and collected again.

A doubtful line withholds nobody: the computed grade stands (kaohe.scoring.decisions). So reading only says what will not be adopted.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kaohe.core.exact import exact
from kaohe.forms import looks
from kaohe.forms.form import Value
from kaohe.forms.group.content import Brought, Computed, Made, Setting
from kaohe.forms.parse_rows import begun
from kaohe.forms.returned import Returned
from kaohe.forms.tables import Field, TableSheet
from kaohe.records.layouts import Column, SheetLayout, clean, header_of
from kaohe.records.returns import Decision
from kaohe.records.tables import CellValue, Reading, Table

NAME = "等次决定"
_KEY, _OBJECT, _CLASS, _TOTAL, _RANK, _COMPUTED, _REASONS = (
    "编号",
    "对象",
    "类别",
    "总分",
    "名次",
    "计算等次",
    "计算依据",
)
_GRADE, _REASON, _BY = "审定等次", "理由", "决定人"
_CHANGED = f'AND({{{_GRADE}}}<>"",{{{_GRADE}}}<>{{{_COMPUTED}}})'
_TAUGHT = (
    "总分、名次和计算等次由系统算出，已印好，不能改；审定等次与计算等次相同的可以不填。",
    "审定等次与计算等次不同的，必须写明理由和决定人（决定机关或会议）；计算等次和审定等次都会保留在结果里。",
    "填好放入本期“回收”，再运行一次，结果和文书按审定等次。重新计算后等次有变化的，请用新写出的本表重新报批。",
)


def make(setting: Setting, argument: str) -> Made | None:
    """The sheet of the committee's office: a row for each of `setting.computed`; None where there is none."""
    objects = {each.code: each for each in setting.objects}
    rows = [(objects[each.object_code], each) for each in setting.computed if each.object_code in objects]
    grades = _grades(setting)
    if not rows or not grades:
        return None
    printed: dict[str, dict[str, Value]] = {
        each.object_code: {
            _OBJECT: who.label.partition(" ")[2],
            _CLASS: who.unit_class,
            _TOTAL: each.total,
            _RANK: None if each.rank is None else Fraction(each.rank),
            _COMPUTED: each.grade or None,
            _REASONS: "；".join(each.reasons) or None,
        }
        for who, each in rows
    }
    places = setting.scheme.settings.places
    table = TableSheet(
        name=NAME,
        title=setting.title(setting.kind.name),
        who=setting.who,
        locked=(
            Column(_KEY, "已印好", width=10),
            Column(_OBJECT, "已印好", width=min(max(18.0, 2.0 + max(looks.text_width(o.name) for o, _ in rows)), 34.0)),
            Column(_CLASS, "已印好", width=7, align="center"),
            Column(_TOTAL, "已印好", "数", width=9, align="center", format=f"0.{'0' * places}" if places else "0"),
            Column(_RANK, "已印好", "数", width=6, align="center", format="0"),
            Column(_COMPUTED, "已印好", width=10, align="center"),
            Column(_REASONS, "已印好", width=34),
        ),
        fields=(
            Field(Column(_GRADE, "单位填", "选项", width=11, align="center"), words=grades),
            Field(Column(_REASON, "单位填", width=34), _CHANGED, f'{{{_GRADE}}}=""'),
            Field(Column(_BY, "单位填", width=18), _CHANGED, f'{{{_GRADE}}}=""'),
        ),
        codes=tuple(printed),
        printed=printed,
        spare=False,
        unit="个",
        done="已定",
        left="没有选的按计算等次",
        freeze=_OBJECT,
        above={_GRADE: "决定后选", _REASON: "不同的填", _BY: "不同的填"},
    )
    return Made(table, {_GRADE: "、".join(grades)}, _TAUGHT)


def _grades(setting: Setting, unit_class: str = "") -> tuple[str, ...]:
    """The grades of the total at the period's clock, best first; of one class where it is named."""
    clock = setting.period.clock
    found = (
        band.name
        for band in setting.scheme.grades
        if band.used_for == "总评"
        and (not band.clocks or clock in band.clocks)
        and (not unit_class or not band.classes or unit_class in band.classes)
    )
    return tuple(dict.fromkeys(found))


def seen(reading: Reading) -> tuple[Computed, ...]:
    """The computed results as they stand printed in a returned workbook: its rows are known from nowhere else."""
    table = reading.table(NAME)
    columns = _columns(table) if table is not None else {}
    if table is None or _KEY not in columns or _COMPUTED not in columns:
        return ()
    return tuple({each.object_code: each for each in _printed(table, columns)}.values())


def _columns(table: Table) -> dict[str, int]:
    titles = (_KEY, _OBJECT, _CLASS, _TOTAL, _RANK, _COMPUTED, _REASONS, _GRADE, _REASON, _BY)
    header = header_of(SheetLayout(NAME, _KEY, tuple(Column(title, "已印好") for title in titles), ()), table)
    return {clean(value): at for at, value in enumerate(table.rows[header - 1], 1)} | {"": header} if header else {}


def _printed(table: Table, columns: dict[str, int]) -> Iterator[Computed]:
    for row in range(columns[""] + 1, len(table.rows) + 1):
        code = clean(table.at(row, columns[_KEY]))
        if code:
            found = {title: table.at(row, columns[title]) if title in columns else None for title in (_TOTAL, _RANK)}
            rank = _number(found[_RANK])
            reasons = clean(table.at(row, columns[_REASONS])) if _REASONS in columns else ""
            yield Computed(
                code,
                clean(table.at(row, columns[_COMPUTED])),
                _number(found[_TOTAL]),
                int(rank) if rank is not None else None,
                tuple(reasons.split("；")) if reasons else (),
            )


def _number(value: CellValue) -> Fraction | None:
    return exact(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def read(setting: Setting, argument: str, table: TableSheet, sheet: Returned) -> Brought:
    """One decision per row with a grade, as typed. All faults are 提示: VALUE-036 (no such grade), ROW-064 (a changed grade without reason
    or name), ROW-065 (a reason or name without a grade)."""
    classes = {each.code: each.unit_class for each in setting.objects}
    found = []
    for row in begun(sheet):
        grade, reason, by = (sheet.text(row, title, False, soft=True) for title in (_GRADE, _REASON, _BY))
        computed = clean(sheet.raw(row, _COMPUTED))
        if grade is None:
            for title in (_REASON, _BY):
                if sheet.has(row, title):
                    sheet.report("ROW-065", row, title, sheet.raw(row, title), field=title)
            continue
        options = _grades(setting, classes[row])
        if grade.value not in options:
            sheet.report("VALUE-036", row, _GRADE, grade.value, soft=True, field=_GRADE, options="、".join(options))
        elif grade.value != computed:
            for title, value in ((_REASON, reason), (_BY, by)):
                if value is None:
                    sheet.report("ROW-064", row, title, field=title, grade=grade.value)
        found.append(Decision(row, computed, grade, reason, by, grade.source))
    return Brought(decisions=tuple(found))
