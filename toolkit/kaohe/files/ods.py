"""What an OpenDocument table tells besides its values: how far its repetitions reach, merged areas, hidden rows and columns, broken
formulas, values under a merge, percentages. The reader after us tells none of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from kaohe.core.cells import a1
from kaohe.core.faults import quoted
from kaohe.files.limits import Limits, Refused
from kaohe.files.second_look import run
from kaohe.files.worksheet import COVERED, NO_RESULT, PERCENT, Area, Told

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_CELLS = ("table-cell", "covered-table-cell")
_WHOLE = re.compile("[0-9]{1,10}")
_MOST_CODE = 40


class Ods(NamedTuple):
    """Its tables, in their order, and whether it refers to other files."""

    tables: tuple[Told, ...]
    has_links: bool


def look(xml: bytes, limits: Limits) -> Ods:
    """A look at the content (UTF-8, well-formed). Raises Refused where it declares more filled cells, or a larger rectangle, than the limits
    allow, or nests too deep."""
    scan = _Scan(limits)
    run(xml, scan.start, scan.end, scan.text, limits, (_TABLE,))
    return Ods(tuple(scan.tables), scan.has_links)


class _Scan:
    """Counts what the repetitions amount to, and keeps what is odd within the range that is kept."""

    def __init__(self, limits: Limits) -> None:
        self.tables: list[Told] = []
        self.has_links = False
        self._limits = limits
        self._inside = 0  # tables within tables are nobody's cells
        self._begin()

    def _begin(self) -> None:
        self._row = self._widest = self._filled = self._columns = 0
        self._rows_here = self._column = self._filled_here = 0
        self._cell: dict[str, str] = {}
        self._is_filled = False
        self._code: list[str] | None = None
        self._oddities: dict[str, str] = {}
        self._merged: dict[Area, None] = {}
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._inside += 1
            if self._inside == 1:
                self._begin()
        elif self._inside != 1:
            return
        elif name in _CELLS:
            self._cell = attributes
            self._is_filled = f"{_OFFICE} value-type" in attributes
            self._code = [] if attributes.get(f"{_CALC} value-type") == "error" else None
        elif name == f"{_TEXT} p":
            self._is_filled = True
        elif name == "table-row":
            self._rows_here = _times(attributes, "number-rows-repeated")
            self._column = self._filled_here = 0
            if attributes.get(f"{_TABLE} visibility") in ("collapse", "filter"):
                last = min(self._row + self._rows_here, self._limits.rows)
                self._hidden_rows += range(self._row + 1, last + 1)
        elif name == "table-column":
            count = _times(attributes, "number-columns-repeated")
            if attributes.get(f"{_TABLE} visibility") in ("collapse", "filter"):
                last = min(self._columns + count, self._limits.columns)
                self._hidden_columns += range(self._columns + 1, last + 1)
            self._columns += count
        elif name in ("cell-range-source", "table-source") or name == f"{_OFFICE} dde-source":
            self.has_links = True

    def text(self, words: str) -> None:
        if self._code is not None and self._inside == 1 and sum(map(len, self._code)) < _MOST_CODE:
            self._code.append(words)

    def end(self, name: str) -> None:
        if name == "table":
            self._inside -= 1
            if not self._inside:
                self._keep()
        elif self._inside == 1:
            if name in _CELLS:
                self._close_cell(name == _CELLS[1])
            elif name == "table-row":
                self._close_row()

    def _keep(self) -> None:
        hidden = tuple(self._hidden_rows), tuple(self._hidden_columns)
        self.tables.append(Told(self._oddities, tuple(self._merged), *hidden))

    def _close_cell(self, is_covered: bool) -> None:
        repeat = _times(self._cell, "number-columns-repeated")
        here = (self._row + 1, self._column + 1)
        self._column += repeat
        if self._is_filled:
            self._filled_here += repeat
            self._widest = max(self._widest, self._column)
            self._check_extent()
        odd = self._odd(is_covered)
        self._code = None
        rows, columns = self._limits.rows, self._limits.columns
        if odd:
            for row in range(here[0], min(here[0] + self._rows_here - 1, rows) + 1):
                for column in range(here[1], min(self._column, columns) + 1):
                    self._oddities[a1(row, column)] = odd
        down, right = _times(self._cell, "number-rows-spanned"), _times(self._cell, "number-columns-spanned")
        if down * right > 1 and here[0] <= rows and here[1] <= columns:
            self._merged[Area(*here, here[0] + down - 1, here[1] + right - 1)] = None
            if len(self._merged) > self._limits.merges:
                raise Refused("FILE-025", str(self._limits.merges))

    def _odd(self, is_covered: bool) -> str:
        if self._code is not None:
            return quoted("".join(self._code).strip() or "Err:")
        kind = self._cell.get(f"{_OFFICE} value-type", "")
        if f"{_TABLE} formula" in self._cell and not self._is_filled:
            return NO_RESULT
        if is_covered:
            return COVERED if self._is_filled else ""
        if kind == "percentage" and self._cell.get(f"{_OFFICE} value", "").strip("-0."):
            return PERCENT
        return ""

    def _close_row(self) -> None:
        self._row += self._rows_here
        self._filled += self._filled_here * self._rows_here
        if self._filled_here:
            self._check_extent()

    def _check_extent(self) -> None:
        rows = self._row + self._rows_here
        filled = self._filled + self._filled_here * self._rows_here
        if filled > self._limits.cells or (
            self._filled_here and rows * self._widest > self._limits.rows * self._limits.columns
        ):
            raise Refused("FILE-027", f"{rows} 行 {self._widest} 列")


def _times(attributes: dict[str, str], word: str) -> int:
    text = attributes.get(f"{_TABLE} {word}", "1")
    if not _WHOLE.fullmatch(text):
        raise Refused("FILE-010", quoted(text))
    return int(text)
