"""Reads 任务清单: what became of each printed task, and the points that the inspectors gave."""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.exact import exact
from kaohe.forms.form import DONE, Form
from kaohe.forms.normalise import NumberField
from kaohe.forms.prefill import Issued
from kaohe.forms.returned import Returned
from kaohe.forms.tasks import STATES
from kaohe.records.layouts import clean
from kaohe.records.returns import TaskDone


def parse_tasks(sheet: Returned, form: Form, issued: Issued | None) -> tuple[TaskDone, ...]:
    """One TaskDone per printed task whose row came back.

    得分 is needed (VALUE-003, 存疑) and lies within 0 and the task's marks, those that were issued; without a register those on the sheet.
    What the unit says (完成情况, 完成日期) carries no points: blanks are ROW-050, a date after the form's last day VALUE-045.
    """
    known = issued.prefilled.get(sheet.layout.name, {}) if issued is not None else {}
    return tuple(_done(sheet, form, code, known.get(code, {})) for code in sheet.layout.codes if sheet.present(code))


def _done(sheet: Returned, form: Form, code: str, printed: dict[str, str]) -> TaskDone:
    state = sheet.choice(code, "完成情况", STATES, False, soft=True)
    day = sheet.day(code, "完成日期")
    if day is not None and day.value > form.last_day:
        sheet.report("VALUE-045", code, "完成日期", day.value, field="完成日期", last=form.last_day)
        day = None
    needs_day = state is not None and state.value == DONE and day is None
    for title, lacks in (("完成情况", state is None), ("完成日期", needs_day)):
        if lacks and not sheet.has(code, title):
            sheet.report("ROW-050", code, title, field=title)
    points = sheet.number(code, "得分", NumberField("得分", Fraction(0), _most(sheet, code, printed), "分"), True)
    note = sheet.text(code, "说明", False, soft=True)
    return TaskDone(code, state, day, points, note, sheet.place(code, "得分"))


def _most(sheet: Returned, code: str, printed: dict[str, str]) -> Fraction | None:
    try:
        return exact(printed.get("分值") or clean(sheet.raw(code, "分值")))
    except ValueError:
        return None
