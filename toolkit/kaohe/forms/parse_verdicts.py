"""Reads 整改情况: the unit's report on each printed problem and the team's verdict. Nothing here carries points, so all faults are 提示."""

from __future__ import annotations

from kaohe.forms.form import DONE, FALSE_VERDICT, REPORT_STATES, TRUE_VERDICT, Form
from kaohe.forms.returned import Returned
from kaohe.records.returns import Day, Report


def parse_reports(sheet: Returned, form: Form, opened: dict[str, str]) -> tuple[Report, ...]:
    """One Report per printed problem whose row came back, blank ones too (the ledger notes 超期未报).

    `opened`: the day on which each problem was raised (ISO), where it is known. A date of completion before that day or after the
    form's last day is not used (VALUE-044, -045); nor is a verdict on what is not reported as done (ROW-043). Faults: ROW-040 … -043.
    """
    return tuple(_report(sheet, form, code, opened.get(code, "")) for code in sheet.layout.codes if sheet.present(code))


def _report(sheet: Returned, form: Form, code: str, opened: str) -> Report:
    state = sheet.choice(code, "整改情况", REPORT_STATES, False, code, soft=True)
    if state is None and not sheet.has(code, "整改情况"):
        sheet.report("ROW-040", code, "整改情况")
    done_on = _done_on(sheet, form, code, opened)
    measures = sheet.text(code, "措施", False, code, soft=True)
    evidence = sheet.text(code, "佐证", False, code, soft=True)
    verdict = sheet.choice(code, "核验", (TRUE_VERDICT, FALSE_VERDICT), False, code, soft=True)
    if state is not None and state.value == DONE:
        for title, value in (("完成日期", done_on), ("措施", measures), ("佐证", evidence)):
            if value is None and not sheet.has(code, title):
                sheet.report("ROW-041", code, title, field=title)
        if verdict is None and not sheet.has(code, "核验"):
            sheet.report("ROW-042", code, "核验")
    elif verdict is not None:
        sheet.report("ROW-043", code, "核验", verdict.value)
        verdict = None
    return Report(code, state, done_on, measures, evidence, verdict, sheet.place(code, "整改情况"))


def _done_on(sheet: Returned, form: Form, code: str, opened: str) -> Day | None:
    found = sheet.day(code, "完成日期", code)
    if found is None:
        return None
    if opened and found.value < opened:
        sheet.report("VALUE-044", code, "完成日期", found.value, field="完成日期", opened=opened)
        return None
    if found.value > form.last_day:
        sheet.report("VALUE-045", code, "完成日期", found.value, field="完成日期", last=form.last_day)
        return None
    return found
