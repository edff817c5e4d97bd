"""Compares what is locked with our own form: every changed cell is listed, none of the changes is ever used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from kaohe.core.cells import Source
from kaohe.core.exact import plain
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.forms.form import CASES, COVER, Form, Grid, Value
from kaohe.forms.plan import canonical
from kaohe.forms.prefill import Prefilled
from kaohe.forms.returned import Returned
from kaohe.records.layouts import Located, clean, locate
from kaohe.records.people import Roster
from kaohe.records.tables import CellValue, Reading, Table

_UNIT = "填报单位"
_HIDDEN_PRINTED = ("提出日",)  # prefilled columns that are not shown: a change there concerns nobody


def compare(
    form: Form, reading: Reading, file: str, object_code: str, prefilled: Prefilled, roster: Roster, sheets: dict[str, Returned]
) -> tuple[Fault, ...]:  # fmt: skip
    """Faults of changed locked cells: FORM-030 (from the scheme), FORM-031 (prefilled), COVER-001 … -003 (the unit's own name).

    `sheets` as `open_sheets` found them. Rows that are missing are faults of the structure, not changes.
    """
    faults: list[Fault] = []
    for name, sheet in sheets.items():
        table, place = sheet.table, sheet.located
        faults.extend(_printed(form.grids[name], table, place, file, object_code))
        faults.extend(_prefilled(name, prefilled, table, place, file, object_code, roster))
    faults.extend(_cases(form, reading, file, object_code))
    return tuple(faults)


def _printed(grid: Grid, table: Table, located: Located, file: str, object_code: str) -> Iterator[Fault]:
    rows, columns, cells = located.rows, located.columns, table.rows
    for (code, fields), alike in zip(grid.lines, grid.alike(columns), strict=True):
        row = rows.get(code)
        if not row:
            continue
        line = cells[row - 1]
        if alike(line):
            continue  # nearly always
        for title, value, usual in fields:
            column = columns.get(title)
            if not column:
                continue
            found = line[column - 1] if column <= len(line) else None
            if (found != usual or found.__class__ is bool) and not same(found, value):
                source = Source(file, table.name, located.address(code, title))
                yield fault("FORM-030", source, shown(found), object_code, title=title, expected=shown(value))


def same(found: CellValue, value: Value) -> bool:
    """Whether a cell still says what was printed: numbers to 12 digits, text NFC and stripped."""
    if isinstance(value, Fraction):
        if isinstance(found, bool) or not isinstance(found, int | float):
            return False
        number, unit = value.as_integer_ratio()
        return found * unit == number or f"{found:.12g}" == canonical(value)
    return found == value or as_text(found) == canonical(value)


def as_text(found: CellValue) -> str:
    """A cell as comparable text, dates ISO."""
    if isinstance(found, datetime):
        return found.date().isoformat()
    return found.isoformat() if isinstance(found, date) else clean(found)


def shown(value: CellValue | Value) -> str:
    """A value in a message; a blank cell says so."""
    if isinstance(value, Fraction):
        return plain(value, 12)
    return as_text(value) or "空白"


def _prefilled(
    name: str, prefilled: Prefilled, table: Table, located: Located, file: str, object_code: str, roster: Roster
) -> Iterator[Fault]:  # fmt: skip
    for code, titles in prefilled.get(name, {}).items():
        for title, text in titles.items():
            if title in _HIDDEN_PRINTED or not located.address(code, title):
                continue
            row, column = located.rows[code], located.columns[title]
            found = table.at(row, column)
            source = Source(file, table.name, located.address(code, title))
            if name == COVER and code == _UNIT:
                yield from _own_name(found, text, source, object_code, roster)
            elif as_text(found) != clean(text):
                label = code if name == COVER else title
                yield fault("FORM-031", source, shown(found), object_code, title=label, expected=text or "空白")


def _own_name(found: CellValue, text: str, source: Source, object_code: str, roster: Roster) -> Iterator[Fault]:
    """The unit's name on the cover: another unit's is 存疑, a blank or spaces around it only 提示."""
    typed = found if isinstance(found, str) else as_text(found)
    core = clean(typed).strip("\u3000\u00a0 ")
    if not core:
        yield fault("COVER-002", source, "", object_code, expected=text)
    elif core == clean(text):
        if typed != text:
            yield fault("COVER-003", source, typed, object_code, expected=text)
    else:
        unit = roster.party(object_code)
        own = unit is not None and core in (unit.name, unit.code, unit.short)
        if own and core != typed:
            yield fault("COVER-003", source, typed, object_code, expected=core)
        elif own:
            yield fault("FORM-031", source, typed, object_code, title=_UNIT, expected=text)
        else:
            yield fault("COVER-001", source, typed, object_code, expected=text)


def _cases(form: Form, reading: Reading, file: str, object_code: str) -> tuple[Fault, ...]:
    """The hidden sheet of cases: only our own formulas read it, but a change there says that somebody looked behind."""
    grid, table = form.grids.get(CASES), reading.table(CASES)
    if grid is None or table is None or grid.is_as_before(table.rows):
        return ()
    located = locate(grid.layout, table)
    if located is None:
        return ()
    found = tuple(_printed(grid, table, located, file, object_code))
    if not found:
        grid.is_unchanged(table.rows)
    return found
