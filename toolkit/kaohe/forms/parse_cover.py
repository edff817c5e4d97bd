"""Reads 封面. Who filled and who inspected carries no points: blanks are 提示, unless a verdict needs its inspector."""

from __future__ import annotations

from kaohe.forms.cover import OBJECTION, OPINION, TEAM_FIELDS, UNIT_FIELDS
from kaohe.forms.form import AGREES, OBJECTS, Form
from kaohe.forms.returned import Returned
from kaohe.records.returns import Cover, Day, Text

_FIELD, FILLED_ON = "内容", "填报日期"


def parse_cover(sheet: Returned, form: Form, verified: bool) -> Cover:
    """The typed fields of the cover. `verified`: a problem was verified on 整改情况, so 检查人 and 检查日期 are needed (COVER-005, 存疑).

    Faults: COVER-004 … -007, COVER-008 (filled after the deadline), VALUE-042 (a date outside the period is read all the same),
    VALUE-053 (a phone typed as a number).
    """
    phone = _text(sheet, "联系电话")
    if phone is not None and isinstance(sheet.raw("联系电话", _FIELD), int | float):
        sheet.report("VALUE-053", "联系电话", _FIELD, phone.value, field="联系电话")
    found = Cover(
        filler=_text(sheet, "填报人"),
        phone=phone,
        filled_on=_day(sheet, form, FILLED_ON),
        inspectors=_text(sheet, "检查人"),
        inspected_on=_day(sheet, form, "检查日期"),
        opinion=sheet.choice(OPINION, _FIELD, (AGREES, OBJECTS), False, soft=True),
        objection=_text(sheet, OBJECTION),
    )
    for name in (*UNIT_FIELDS, OPINION):
        if sheet.present(name) and not sheet.has(name, _FIELD):
            sheet.report("COVER-004", name, _FIELD, field=name)
    for name, value in zip(TEAM_FIELDS, (found.inspectors, found.inspected_on), strict=True):
        if value is None and sheet.present(name):
            if verified:
                sheet.report("COVER-005", name, _FIELD, field=name)
            elif not sheet.has(name, _FIELD):
                sheet.report("COVER-004", name, _FIELD, field=name)
    objects = found.opinion is not None and found.opinion.value == OBJECTS
    if objects and found.objection is None:
        sheet.report("COVER-006", OBJECTION, _FIELD)
    if found.objection is not None and not objects:
        sheet.report("COVER-007", OPINION, _FIELD)
    return found


def _text(sheet: Returned, name: str) -> Text | None:
    return sheet.text(name, _FIELD, False, soft=True)


def _day(sheet: Returned, form: Form, name: str) -> Day | None:
    found = sheet.day(name, _FIELD)
    if found is not None and name == FILLED_ON and form.due and found.value > form.due:
        sheet.report("COVER-008", name, _FIELD, found.value, due=form.due)
    elif found is not None and not form.start <= found.value <= form.last_day:
        sheet.report("VALUE-042", name, _FIELD, found.value, field=name, first=form.start, last=form.last_day)
    return found
