"""The cells of a sheet, written as the XML that XlsxWriter itself would write, in a third of the time.

XlsxWriter keeps the book, styles, links, comments and everything around the cells. A cell with nothing but a value or a formula is turned
into the end of its element as soon as it is known, instead of passing through a record, a type switch and a list of attributes; its style's
number is put in front when the sheet is assembled, because XlsxWriter counts styles in the order in which they are met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import isfinite
from typing import Any

from kaohe.records.books import Cell, Style

_LONG = 16_000  # characters of a text that XlsxWriter must look at: a cell holds 32,767 UTF-16 units
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")

#: a cell as it waits in the sheet's table: its format, and its element from behind the style's number on
Waiting = tuple[Any, str]


def put(
    worksheet: Any, cells: Iterable[Cell], format_of: Callable[[Style], Any], write: Callable[[Cell], None]
) -> None:
    """Put cells into a sheet of `xlsx_parts.worksheet_class()`, in their order: those with only a value or a formula at once, the others
    (links, comments, dates, truth values) through `write`. Of several cells at one address the last one stands. Raises ValueError for an
    address outside a sheet."""
    table, index_of = worksheet.table, worksheet.str_table._get_shared_string_index
    known: dict[int, tuple[Style, Any]] = {}
    top = left = 1 << 30
    bottom = right = 0
    for cell in cells:
        value, row, column, style = cell.value, cell.row, cell.column, cell.style
        rest = ""
        if cell.link or cell.comment:
            pass
        elif cell.formula:
            rest = _formula(cell)
        elif value is None or value == "":
            rest = "/>"
        elif isinstance(value, str):
            if len(value) < _LONG:
                rest = f' t="s"><v>{index_of(value)}</v></c>'
        elif value.__class__ is float or value.__class__ is int:
            if isfinite(value):
                rest = f"><v>{value:.16G}</v></c>"
        if not rest:
            write(cell)
            continue
        found = known.get(id(style))
        if found is None:
            found = known[id(style)] = style, format_of(style)
        table[row - 1][column - 1] = found[1], rest
        if row < top:
            top = row
        if row > bottom:
            bottom = row
        if column < left:
            left = column
        if column > right:
            right = column
    # XlsxWriter learns the used range from the corners.
    if bottom and (
        worksheet._check_dimensions(top - 1, left - 1) or worksheet._check_dimensions(bottom - 1, right - 1)
    ):
        raise ValueError(f"outside a sheet: rows {top} to {bottom}, columns {left} to {right}")


def _formula(cell: Cell) -> str:
    """A formula with the result that stands beside it; "" for what is no plain formula."""
    value, kind = cell.value, ""
    if cell.formula.startswith("{"):
        return ""
    if value is None or value == "":
        value, kind = "", ' t="str"'
    elif isinstance(value, bool):
        value, kind = int(value), ' t="b"'
    elif isinstance(value, str):
        value, kind = _escaped(value), ' t="e"' if value in _ERRORS else ' t="str"'
    elif isinstance(value, date):
        value = serial(value)
    return f"{kind}><f>{_escaped(cell.formula.removeprefix('='))}</f><v>{value}</v></c>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def serial(day: date) -> int:
    """A date as the number that a cell holds."""
    return (day - date(1899, 12, 30)).days
