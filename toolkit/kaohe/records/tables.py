"""Tables as plain data: what a reader found in a workbook, each value at its address; no library object leaves the reader."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import msgspec

CellValue = str | int | float | bool | datetime | date | time | timedelta | None


class Table(msgspec.Struct, frozen=True):
    """One sheet. `rows[0][0]` is A1; short rows are padded by the reader. Blank = None (never "").

    `merged` are the A1 ranges of merged cells; `oddities` maps an address to why its value cannot be believed although it looks
    blank or plain: an error code (`#REF!`), `公式无结果` (formula never calculated), `合并遮盖` (a value hidden under a merge) or `百分比格式`
    (a number that is shown a hundred times as large). `blanks_unsure`: the file could not be looked into, so that a blank cell may be a
    broken formula.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    merged: tuple[str, ...] = ()
    oddities: dict[str, str] = {}
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    blanks_unsure: bool = False

    def at(self, row: int, column: int) -> CellValue:
        """Value at row and column (both from 1); None outside the table."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


class Reading(msgspec.Struct, frozen=True):
    """What came out of one workbook. `kind` is what its content is (`xlsx`, `xls`, `ods`), whatever its name says.

    `outside` are addresses (`sheet!A1`) of filled cells beyond the range that was kept.
    """

    kind: str
    tables: tuple[Table, ...]
    outside: tuple[str, ...] = ()
    has_macros: bool = False
    has_links: bool = False

    def table(self, name: str) -> Table | None:
        """The sheet of this name, or None."""
        return next((table for table in self.tables if table.name == name), None)


class Refusal(msgspec.Struct, frozen=True):
    """A workbook that was not read: the fault code of the reason and what was found (already quoted)."""

    code: str
    found: str = ""
