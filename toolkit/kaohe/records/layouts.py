"""Layouts: where the things of a sheet lie, described once for the writer (`address`) and the reader (`locate`).

A reader never counts rows or columns: it finds rows by the code in the key column and columns by their header text, so that sorted,
inserted or moved rows and columns change nothing.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

import msgspec

from kaohe.core.cells import a1, letters
from kaohe.records.tables import CellValue, Table

Role = Literal["已印好", "单位填", "单位选填", "检查组填", "检查组选填", "自动", "系统写"]
Kind = Literal["文本", "数", "整数", "日期", "选项"]

LISTED_ONLY = "只列问题，不扣分"  # the case that every deduction line has besides its own: a problem without points
NOTE = "校验提示"  # the column into which marked copies write
_HEADER_SEARCH = 40  # rows in which a header row is looked for
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SHORT = 64  # characters of a text that is kept with its comparable form: headers and codes come again in every file


def clean(value: CellValue) -> str:
    """A cell as comparable text: NFC, without invisible characters, spaces around stripped; "" for a blank cell."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else f"{value:.12g}" if isinstance(value, float) else str(value)
    if text.isascii():
        return text.strip()
    return _kept(text) if len(text) <= _SHORT else _comparable(text)


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).strip()


_kept = lru_cache(maxsize=8_192)(_comparable)


class Column(msgspec.Struct, frozen=True):
    """A column. `hidden` columns hold helping formulas and are never read. `width` in Excel's units."""

    title: str
    role: Role
    kind: Kind = "文本"
    width: float = 10
    align: Literal["left", "center", "right"] = "left"
    format: str = ""
    hidden: bool = False

    @property
    def is_input(self) -> bool:
        """Whether people type here."""
        return self.role.endswith("填")

    @property
    def by_unit(self) -> bool:
        """Whether the unit types here (else, of an input, the inspection team)."""
        return self.role.startswith("单位")


class SheetLayout(msgspec.Struct, frozen=True):
    """A sheet: its columns, the title of the key column, and the codes of its rows in order from `first_row` on.

    `stop`: the table ends above a row whose key cell holds this text. `footnotes` are texts of ours below the table.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    codes: tuple[str, ...]
    header_row: int = 5
    first_row: int = 6
    stop: str = ""
    footnotes: tuple[str, ...] = ()

    @property
    def last_row(self) -> int:
        """The last row of the table as we write it (the header row where there are no rows)."""
        return self.first_row + len(self.codes) - 1

    def column(self, title: str) -> int:
        """Column number of a title. Raises KeyError for a title that the sheet does not have."""
        for number, column in enumerate(self.columns, 1):
            if column.title == title:
                return number
        raise KeyError(f"{self.name}: no column {title}")

    def has(self, title: str) -> bool:
        """Whether the sheet has a column of this title."""
        return any(column.title == title for column in self.columns)

    def row(self, code: str) -> int:
        """Row number of a code. Raises KeyError for a code that the sheet does not have."""
        try:
            return self.first_row + self.codes.index(code)
        except ValueError:
            raise KeyError(f"{self.name}: no row {code}") from None

    def address(self, code: str, title: str) -> str:
        """A1 address of a field, as we write it."""
        return a1(self.row(code), self.column(title))

    def span(self, title: str) -> str:
        """The absolute range of a column over all rows: `$B$6:$B$65`."""
        letter = letters(self.column(title))
        return f"${letter}${self.first_row}:${letter}${max(self.last_row, self.first_row)}"


class Located(msgspec.Struct, frozen=True):
    """A sheet as it came back. `columns`: title → column; `rows`: code → row; both from 1.

    `doubled`: codes that stand in more than one row (none of these rows is used). `unknown`: (text in the key column, row).
    `keyless`: rows without a code that hold something in an input column. `notes`: (address, text) outside the table.
    """

    header_row: int
    columns: dict[str, int]
    rows: dict[str, int]
    missing_titles: tuple[str, ...] = ()
    doubled_titles: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()
    keyless: tuple[int, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    columns_moved: bool = False
    rows_moved: bool = False

    def address(self, code: str, title: str) -> str:
        """A1 address of a field in the workbook that came back; "" where row or column is missing."""
        row, column = self.rows.get(code), self.columns.get(title)
        return a1(row, column) if row and column else ""


def header_of(layout: SheetLayout, table: Table) -> int:
    """The row that holds most of the layout's visible titles, the key among them; 0 where no row holds at least half of them."""
    key, wanted = layout.key, frozenset([column.title for column in layout.columns if not column.hidden])
    best, found = 0, (len(wanted) - 1) // 2
    for row, values in enumerate(table.rows[:_HEADER_SEARCH], 1):
        texts = _texts(tuple([value for value in values if value.__class__ is str]))
        if key in texts and len(wanted & texts) > found:
            best, found = row, len(wanted & texts)
            if found == len(wanted):
                break
    return best


@lru_cache(maxsize=512)
def _texts(values: tuple[str, ...]) -> frozenset[str]:
    """Texts of a row in their comparable form: headers come again in every file."""
    return frozenset(map(clean, values))


def locate(layout: SheetLayout, table: Table) -> Located | None:
    """Where the layout's rows and columns lie in a sheet that came back; None where its header row is not found."""
    header_row = header_of(layout, table)
    if not header_row:
        return None
    header = table.rows[header_row - 1]
    texts = all([value is None or value.__class__ is str for value in header])
    titles = tuple([column.title for column in layout.columns])
    columns, doubled_titles = (_kept_columns if texts else _columns)(titles, header)
    known = dict.fromkeys(layout.codes)
    doubled: list[str] = []
    unknown: list[tuple[str, int]] = []
    keyless: list[int] = []
    notes: list[tuple[str, str]] = []
    key = columns[layout.key]
    inputs = [columns[column.title] for column in layout.columns if column.is_input and column.title in columns]
    inside = set(columns.values())
    width = max(map(len, table.rows), default=0)
    beside = [n for n in range(1, width + 1) if n not in inside and table.at(header_row, n) is None]
    others = [column for column in inputs if column != key]
    rows = {} if beside else _in_place(layout, table, header_row + 1, key)
    for row in range(header_row + 1 + len(rows), len(table.rows) + 1):
        cells = table.rows[row - 1]
        value = cells[key - 1] if key <= len(cells) else None
        code = value if isinstance(value, str) and value in known else clean(value)
        if layout.stop and code == layout.stop:
            break
        if code in known:
            if code in rows or code in doubled:
                doubled.append(code)
                rows.pop(code, None)
            else:
                rows[code] = row
        elif code in layout.footnotes:
            continue
        elif any(cells[column - 1] is not None for column in others if column <= len(cells)):
            if code:
                unknown.append((code, row))
            else:
                keyless.append(row)
        elif code:
            notes.append((a1(row, key), code))
        for column in beside:
            if column <= len(cells) and cells[column - 1] is not None:
                notes.append((a1(row, column), clean(cells[column - 1])))
    order = [rows[code] for code in layout.codes if code in rows]
    planned = {column.title: number for number, column in enumerate(layout.columns, 1)}
    places = [columns[column.title] for column in layout.columns if column.title in columns]
    return Located(
        header_row=header_row,
        columns=columns,
        rows=rows,
        missing_titles=tuple(c.title for c in layout.columns if not c.hidden and c.title not in columns),
        doubled_titles=doubled_titles,
        missing=tuple(code for code in layout.codes if code not in rows and code not in doubled),
        doubled=tuple(dict.fromkeys(doubled)),
        unknown=tuple(unknown),
        keyless=tuple(keyless),
        notes=tuple(notes),
        columns_moved=places != sorted(places) or any(p != planned[t] for t, p in columns.items()),
        rows_moved=order != sorted(order),
    )


def _in_place(layout: SheetLayout, table: Table, first: int, key: int) -> dict[str, int]:
    """Code → row, where all codes stand one below the other from `first` on in this column, as we wrote them (nearly always); else nothing."""
    cells = table.rows[first - 1 : first - 1 + len(layout.codes)]
    if layout.stop in layout.codes or tuple([row[key - 1] for row in cells if len(row) >= key]) != layout.codes:
        return {}
    found = {code: row for row, code in enumerate(layout.codes, first)}
    return found if len(found) == len(cells) else {}


def _columns(titles: tuple[str, ...], header: tuple[CellValue, ...]) -> tuple[dict[str, int], tuple[str, ...]]:
    known = set(titles)
    found: dict[str, int] = {}
    doubled: list[str] = []
    for number, value in enumerate(header, 1):
        title = clean(value)
        if title in known:
            if title in found:
                doubled.append(title)
            else:
                found[title] = number
    return found, tuple(dict.fromkeys(doubled))


#: of headers that are all text: numbers may be equal and read otherwise
_kept_columns = lru_cache(maxsize=256)(_columns)
