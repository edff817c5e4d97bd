"""Workbooks as they come back, made without a file: the cells of a Book with typed values put in, as a Reading."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from kaohe.core.cells import row_column
from kaohe.records.books import Book, Sheet
from kaohe.records.tables import CellValue, Reading, Table

Typed = Mapping[tuple[str, str], CellValue]  # (sheet, A1) → value


def reading_of(
    book: Book, typed: Typed | None = None, kind: str = "xlsx", oddities: Mapping[tuple[str, str], str] | None = None
) -> Reading:
    """What a reader finds in the book after people typed: an empty text reads as blank, as in every office format."""
    typed, oddities = typed or {}, oddities or {}
    tables = []
    for sheet in book.sheets:
        table = _table(sheet, {address: value for (name, address), value in typed.items() if name == sheet.name})
        odd = {address: why for (name, address), why in oddities.items() if name == sheet.name}
        tables.append(msgspec.structs.replace(table, oddities=odd))
    return Reading(kind, tuple(tables))


def _table(sheet: Sheet, typed: dict[str, CellValue]) -> Table:
    cells = {(cell.row, cell.column): cell.value for cell in sheet.cells}
    cells |= {row_column(address): value for address, value in typed.items()}
    height = max((row for row, _ in cells), default=0)
    width = max((column for _, column in cells), default=0)
    rows = tuple(
        tuple(None if cells.get((row, column)) == "" else cells.get((row, column)) for column in range(1, width + 1))
        for row in range(1, height + 1)
    )
    return Table(sheet.name, rows, hidden=bool(sheet.visibility))


def without(reading: Reading, *names: str) -> Reading:
    """The reading without some sheets."""
    return msgspec.structs.replace(reading, tables=tuple(table for table in reading.tables if table.name not in names))


def changed(reading: Reading, name: str, /, **fields: object) -> Reading:
    """The reading with one table changed."""
    tables = tuple(msgspec.structs.replace(t, **fields) if t.name == name else t for t in reading.tables)  # type: ignore[arg-type]
    return msgspec.structs.replace(reading, tables=tables)


def with_rows(reading: Reading, name: str, rows: list[list[CellValue]]) -> Reading:
    """The reading with the rows of one table replaced."""
    return changed(reading, name, rows=tuple(tuple(row) for row in rows))


def rows_of(reading: Reading, name: str) -> list[list[CellValue]]:
    """The rows of a table, to be changed."""
    table = reading.table(name)
    assert table is not None
    return [list(row) for row in table.rows]
