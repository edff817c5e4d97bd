"""Reading rows of group-wide sheets: the row's object, which every later fault of the row then carries, and dates of the period."""

from __future__ import annotations

from kaohe.forms.parse_rows import code_of
from kaohe.forms.returned import Returned
from kaohe.records.returns import Day


def object_of(sheet: Returned, row: str, title: str, labels: dict[str, str]) -> str:
    """The object that a list cell names; from here on the row's faults are the object's. "" with a fault where it names none."""
    code = code_of(sheet, row, title, labels)
    if code:
        sheet.objects[row] = code
    return code


def required_day(sheet: Returned, row: str, title: str, first: str, last: str) -> Day | None:
    """A date that must be there (VALUE-003), be one (VALUE-057) and lie within the period (VALUE-043, the date is returned)."""
    found = sheet.day(row, title)
    if found is None:
        sheet.report("VALUE-057" if sheet.has(row, title) else "VALUE-003", row, title, field=title)
    elif not first <= found.value <= last:
        sheet.report("VALUE-043", row, title, found.value, field=title, first=first, last=last)
    return found
