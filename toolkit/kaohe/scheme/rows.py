"""Rows of a plain Excel table with typed access: every wrong cell becomes a fault at its address, and reading goes on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from kaohe.core.cells import Source, a1, row_column
from kaohe.core.exact import exact, plain
from kaohe.core.faults import Fault
from kaohe.core.periods import CLOCKS, Clock
from kaohe.core.sentences import fault
from kaohe.records.marks import LIST
from kaohe.records.tables import CellValue, Reading, Table
from kaohe.scheme.sheets import Column

#: the cell of a column in the row of a record's source
At = Callable[[Source, str], Source]

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*[–—~～至-]\s*(\d+(?:\.\d+)?)")
_DIGITS = re.compile(r"\d")
_FORBIDDEN = re.compile(r"[*?~/|]")
_MOMENT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T　]*(\d{1,2})[:：时](\d{2})分?(?::00)?")


def near(word: str, words: Iterable[str]) -> str:
    """The advice `是不是“…”？` for a word that nobody knows, or the list of possible words: a code that differs from a known one in its
    number alone is no slip of the pen."""
    known = list(words)
    found = difflib.get_close_matches(word, known, 1, 0.5)
    if found and (_DIGITS.sub("", found[0]) != _DIGITS.sub("", word) or _DIGITS.sub("", word) == word):
        return f"是不是“{found[0]}”？"
    more = " 等" if len(known) > 12 else ""
    return f"可用的有：{'、'.join(known[:12])}{more}。" if known else "那里还没有一行，请先补上。"


def in_order(sheets: Iterable[str]) -> Callable[[Fault], tuple[int, int, int]]:
    """A key that sorts faults by sheet, row and column; whole sheets before their cells, unknown sheets last."""
    names = list(sheets)

    def key(each: Fault) -> tuple[int, int, int]:
        sheet = names.index(each.source.sheet) if each.source.sheet in names else len(names)
        return (sheet, *(row_column(each.source.cell) if each.source.cell else (0, 0)))

    return key


def as_text(value: CellValue) -> str:
    """A cell as people read it: 3.0 → 3, dates ISO, blank → ""."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return plain(exact(value), 15)
    return str(value).strip()


class Row:
    """One record of a sheet. Access by column title; the faults of all rows are collected in one list."""

    def __init__(
        self, sheet: str, number: int, cells: dict[str, CellValue], places: dict[str, int], book: Rows
    ) -> None:
        self.sheet, self.number, self._cells, self._places, self._book = sheet, number, cells, places, book

    @property
    def source(self) -> Source:
        """The row's first cell."""
        return Source(self._book.file, self.sheet, a1(self.number, 1))

    def place(self, title: str) -> Source:
        """The cell of a column in this row; the row's first cell where the column is absent."""
        return Source(self._book.file, self.sheet, a1(self.number, self._places.get(title, 1)))

    def report(self, code: str, title: str, found: object = "", /, **args: object) -> None:
        """Note a fault at this row's cell of a column."""
        self._book.faults.append(fault(code, self.place(title), found, "", **{"column": title, **args}))

    def text(self, title: str) -> str:
        """The cell as text, "" where blank."""
        return as_text(self._cells.get(title))

    def name(self, title: str) -> str:
        """A text that will stand in forms: no * ? ~ / |."""
        text = self.text(title)
        bad = _FORBIDDEN.search(text)
        if bad:
            self.report("CELL-006", title, bad[0])
        return text

    def words(self, title: str) -> tuple[str, ...]:
        """Several words joined by 、 (commas are read alike)."""
        return tuple(word.strip() for word in re.split(r"[、，,]", self.text(title)) if word.strip())

    def clocks(self, title: str = "期别") -> tuple[Clock, ...]:
        """The clocks named in a cell, in their own order."""
        return tuple(clock for clock in CLOCKS if clock in self.words(title))

    def choice(self, title: str, default: str = "") -> Any:
        """A closed word; wrong ones are reported by the walk, the default stands in for reading on."""
        text = self.text(title)
        return text if text in self._book.choices(self.sheet, title) else default

    def yes(self, title: str, default: bool) -> bool:
        """是 or 否; blank = default."""
        text = self.text(title)
        return default if text == "" else text == "是"

    def number_of(self, title: str) -> Fraction | None:
        """An exact number, or None; percent signs are read (`30%` = 30)."""
        value = self._cells.get(title)
        if value is None or value == "":
            return None
        if isinstance(value, bool | date | datetime):
            self.report("CELL-002", title, as_text(value))
            return None
        if isinstance(value, int | float):
            return exact(value)
        text = str(value).strip().rstrip("%％")
        if not _NUMBER.fullmatch(text):
            self.report("CELL-002", title, value)
            return None
        return exact(text)

    def whole(self, title: str) -> int | None:
        """A whole number, or None."""
        number = self.number_of(title)
        if number is not None and number.denominator != 1:
            self.report("CELL-005", title, self.text(title))
            return None
        return None if number is None else int(number)

    def span(self, title: str) -> tuple[Fraction | None, Fraction | None]:
        """A number, or a range `0.2–0.3` as (from, to)."""
        value = self._cells.get(title)
        match = _RANGE.fullmatch(str(value).strip()) if isinstance(value, str) else None
        if match:
            return exact(match[1]), exact(match[2])
        number = self.number_of(title)
        return number, number

    def day(self, title: str) -> str:
        """An ISO date, "" where blank."""
        value = self._cells.get(title)
        text = as_text(value)
        if text:
            try:
                return date.fromisoformat(text).isoformat()
            except ValueError:
                self.report("CELL-004", title, text)
        return ""

    def moment(self, title: str) -> str:
        """A day with its time, 2026-10-28T09:30, "" where blank. A day alone is CELL-008."""
        value = self._cells.get(title)
        text = value.isoformat(" ", "minutes") if isinstance(value, datetime) else as_text(value)
        found = _MOMENT.fullmatch(text)
        if text:
            try:
                made = datetime(*(int(part) for part in found.groups())) if found else None  # type: ignore[arg-type]
            except ValueError:
                made = None
            if made is not None and (made.hour or made.minute):
                return made.isoformat(timespec="minutes")
            self.report("CELL-008", title, text)
        return ""

    def by_class(self, title: str) -> dict[str, Fraction]:
        """The column and its variants `title:class` as {class: number}, "" for the plain column."""
        found = {}
        for each in self._places:
            if each == title or each.startswith(f"{title}:"):
                number = self.number_of(each)
                if number is not None:
                    found[each[len(title) + 1 :]] = number
        return found


class Rows:
    """A workbook of plain tables: checks sheets and headers once, then yields rows. `faults` grows while reading."""

    def __init__(self, reading: Reading, file: str, sheets: dict[str, tuple[Column, ...]]) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._reading = reading
        self._sheets = sheets
        self._walked: dict[str, tuple[Row, ...]] = {}
        self._places: dict[str, dict[str, int]] = {}
        for table in reading.tables:
            if table.name not in sheets and table.name != LIST and not table.hidden:
                close = difflib.get_close_matches(table.name, sheets, 1, 0.4)
                advice = f"是不是“{close[0]}”？" if close else "自己加的说明页可以留着。"
                book = "方案" if "规则" in sheets else "名册"
                self._note("SHEET-002", table.name, "", table.name, near=advice, book=book)

    def _note(self, code: str, sheet: str, cell: str, found: object = "", /, **args: object) -> None:
        self.faults.append(fault(code, Source(self.file, sheet, cell), found, "", **args))

    def of(self, sheet: str) -> tuple[Row, ...]:
        """The sheet's filled rows; required and closed-vocabulary cells are checked once, at the first call."""
        if sheet not in self._walked:
            self._walked[sheet] = tuple(self._walk(sheet))
        return self._walked[sheet]

    def choices(self, sheet: str, title: str) -> tuple[str, ...]:
        """The closed vocabulary of a column."""
        return next(column.choices for column in self._sheets[sheet] if column.title == title)

    def at(self, source: Source, title: str) -> Source:
        """The cell of a column in the row of a record. Where the sheet lacks `title:class`, that of `title` or of another class; where it
        lacks the column at all, the record's first cell. A record without a cell (the whole sheet) stays as it is."""
        if not source.cell:
            return source
        row, _ = row_column(source.cell)
        places = self._places.get(source.sheet, {})
        base = title.partition(":")[0]
        like = (each for each in places if each.partition(":")[0] == base)
        column = places.get(title) or places.get(base) or places.get(next(like, ""), 1)
        return Source(source.file, source.sheet, a1(row, column))

    def _walk(self, sheet: str) -> Iterator[Row]:
        columns = self._sheets[sheet]
        table = self._reading.table(sheet)
        if table is None:
            self._note("SHEET-001", sheet, "", sheet=sheet)
            return
        places = self._places[sheet] = self._header(table, columns)
        for index in range(2, len(table.rows) + 1):
            cells = {title: table.at(index, column) for title, column in places.items()}
            if all(as_text(value) == "" for value in cells.values()):
                continue
            row = Row(sheet, index, cells, places, self)
            self._check(row, columns, table)
            yield row

    def _header(self, table: Table, columns: Sequence[Column]) -> dict[str, int]:
        known = {column.title: column for column in columns}
        places: dict[str, int] = {}
        for number, value in enumerate(table.rows[0] if table.rows else (), 1):
            title = as_text(value)
            if not title:
                continue
            base, _, unit_class = title.partition(":")
            column = known.get(base)
            if column is None or (unit_class and not column.by_class):
                self._note("SHEET-004", table.name, a1(1, number), title, near=near(base, known))
            elif title in places:
                self._note("SHEET-005", table.name, a1(1, number), title)
            else:
                places[title] = number
        for column in columns:
            if (
                column.title not in places
                and not column.later
                and not (column.by_class and any(title.startswith(f"{column.title}:") for title in places))
            ):
                self._note("SHEET-003", table.name, "A1", column=column.title)
        return places

    def _check(self, row: Row, columns: Sequence[Column], table: Table) -> None:
        for column in columns:
            place = row.place(column.title)
            odd = table.oddities.get(place.cell)
            if odd and column.title in row._places:
                self._note("CELL-007", row.sheet, place.cell, odd, column=column.title)
            text = row.text(column.title)
            if not text:
                if column.required and not odd:
                    row.report("CELL-001", column.title)
                continue
            if column.choices:
                for word in row.words(column.title) if column.many else (text,):
                    if word not in column.choices:
                        row.report("CELL-003", column.title, word, choices="、".join(column.choices))
