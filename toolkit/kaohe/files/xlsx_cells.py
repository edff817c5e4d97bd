"""The cells of a sheet, written as the XML that XlsxWriter itself would write, in a third of the time.

XlsxWriter keeps the book, styles, links, comments and everything around the cells. A cell with nothing but a value or a formula is turned
into the end of its element as soon as it is known, instead of passing through a record, a type switch and a list of attributes; its style's
number is put in front when the sheet is assembled, because XlsxWriter counts styles in the order in which they are met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import isfinite
from typing import Any

from kaohe.files.xlsx_shared import shared
from kaohe.records.books import Cell, Cells, Style, Value

_LONG = 16_000  # characters of a text that XlsxWriter must look at: a cell holds 32,767 UTF-16 units
_FIRST_DAY = date(1900, 3, 1)  # the first after the day that only the calendar of workbooks has
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")

_DAY_ZERO = date(1899, 12, 30).toordinal()

#: a cell as it waits in the sheet's table: its format, and its element from behind the style's number on
Waiting = tuple[Any, str]


def put(
    worksheet: Any,
    cells: Sequence[Cell],
    format_of: Callable[[Style], Any],
    write: Callable[[Cell], None],
    share: bool = False,
    in_rows: bool = False,
) -> None:
    """Put cells into a sheet of `xlsx_parts.worksheet_class()`, in their order: those with only a value or a formula at once, the others
    (links, comments, truth values) through `write`. Of several cells at one address the last one stands. `share`: a formula that
    a column repeats is written once. `in_rows`: they come row by row, and rows that are passed become XML. Raises ValueError for an
    address outside a sheet, and for a row that was passed."""
    elements = shared(cells) if share else {}
    table, strings = worksheet.table, worksheet.str_table
    numbers, counted = strings.string_table, 0
    known: dict[int, tuple[Style, Any]] = {}
    top = left = 1 << 30
    bottom = right = 0
    if isinstance(cells, Cells):
        _number(strings, cells.texts)
    here = ready = 0
    line: dict[int, Any] = {}
    for cell in cells:
        row, column, value = cell.row, cell.column, cell.value
        if row != here:
            if in_rows and row < here:
                raise ValueError(f"row {row} comes after row {here}")
            if in_rows and row > ready:
                _reach(worksheet, top, left, bottom, right)
                ready = worksheet.flow(row - 1)
            here, line = row, table[row - 1]
        rest = ""
        if cell.link or cell.comment:
            pass
        elif cell.formula:
            rest = _formula(cell.formula, value, elements.get((row, column), "") if elements else "")
        elif value.__class__ is float or value.__class__ is int:
            if isfinite(value):
                rest = f"><v>{value:.16G}</v></c>"
        elif value is None or value == "":
            rest = "/>"
        elif isinstance(value, str):
            if value in numbers:
                rest = f' t="s"><v>{numbers[value]}</v></c>'
                counted += 1
            elif len(value) < _LONG:
                rest = f' t="s"><v>{strings._get_shared_string_index(value)}</v></c>'
        elif value.__class__ is date and value >= _FIRST_DAY:
            rest = f"><v>{serial(value)}</v></c>"
        if not rest:
            write(cell)
            continue
        style = cell.style
        found = known.get(id(style))
        if found is None:
            found = known[id(style)] = style, format_of(style)
        line[column - 1] = found[1], rest
        if row < top:
            top = row
        if row > bottom:
            bottom = row
        if column < left:
            left = column
        if column > right:
            right = column
    strings.count += counted
    _reach(worksheet, top, left, bottom, right)


def reckoned(cell: Cell) -> str:
    """The end of the element of a formula or a number; "" for anything else."""
    value = cell.value
    if cell.formula:
        return _formula(cell.formula, value, "")
    return f"><v>{value:.16G}</v></c>" if value.__class__ in (float, int) and isfinite(value) else ""


def _number(strings: Any, texts: Iterable[str]) -> None:
    """Give texts their numbers; they are counted where they are used."""
    used = strings.count
    for text in texts:
        strings._get_shared_string_index(text)
    strings.count = used


def _reach(worksheet: Any, top: int, left: int, bottom: int, right: int) -> None:
    """Have XlsxWriter learn the used range from its corners."""
    if bottom and (
        worksheet._check_dimensions(top - 1, left - 1) or worksheet._check_dimensions(bottom - 1, right - 1)
    ):
        raise ValueError(f"outside a sheet: rows {top} to {bottom}, columns {left} to {right}")


def _formula(formula: str, value: Value, element: str) -> str:
    """A formula with the result that stands beside it, put into its element ("" = one of its own); "" for what is no plain formula."""
    if formula[0] == "{":
        return ""
    kind = ""
    if value.__class__ is float or value.__class__ is int:
        pass
    elif value is None or value == "":
        value, kind = "", ' t="str"'
    elif isinstance(value, bool):
        value, kind = int(value), ' t="b"'
    elif isinstance(value, str):
        value, kind = _escaped(value), ' t="e"' if value in _ERRORS else ' t="str"'
    elif isinstance(value, date):
        value = serial(value)
    text = _escaped(formula.removeprefix("="))
    if element:
        return f"{kind}>{element.replace('%s', text)}<v>{value}</v></c>"
    return f"{kind}><f>{text}</f><v>{value}</v></c>"


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def serial(day: date) -> int:
    """A date as the number that a cell holds."""
    return day.toordinal() - _DAY_ZERO
