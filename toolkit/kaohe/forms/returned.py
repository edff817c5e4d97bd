"""A sheet that came back, field by field: every look at a cell goes through here and leaves a value, a fault, or both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

import msgspec

from kaohe.core.cells import Source, a1, row_column
from kaohe.core.exact import HUNDRED, exact, plain
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.forms import normalise
from kaohe.forms.form import Form
from kaohe.forms.normalise import NumberField, Read, is_blank
from kaohe.records.layouts import Located, SheetLayout
from kaohe.records.returns import Day, Entry, Number, Text
from kaohe.records.tables import CellValue, Table

TEXT_MOST = 200
_MOST_NOTES = 10  # of a kind (stray texts, unknown rows, merged areas), named one by one
_NO_RESULT, _HIDDEN_BY_MERGE, _PERCENT = "公式无结果", "合并遮盖", "百分比"


class _Cell(NamedTuple):
    """What stands in a field, where, and what people call it."""

    value: CellValue
    source: Source
    name: str


class Returned:
    """One sheet of a returned workbook with its layout. Faults and used entries gather in the lists given.

    `soft` on a reading: the field never counts, so whatever is wrong with it is only a 提示 and the value is left out. `objects` names
    the object of single rows (row code → object code) on sheets that hold several; elsewhere all faults are of `object_code`.
    """

    def __init__(
        self, form: Form, layout: SheetLayout, table: Table, located: Located, file: str, object_code: str,
        faults: list[Fault], entries: list[Entry],
    ) -> None:  # fmt: skip
        self.form, self.layout, self.table, self.located = form, layout, table, located
        self.object_code, self.file = object_code, file
        self.faults, self._entries = faults, entries
        self.objects: dict[str, str] = {}
        self._odd = {row_column(address): why for address, why in table.oddities.items()}
        self._places: dict[tuple[str, str], Source] = {}
        self._rows_are_fields = layout.key == "项目"  # 封面, 综合评语: a row is a field

    # places and faults
    def place(self, code: str, title: str) -> Source:
        """The cell of a field; the sheet alone where row or column is missing."""
        found = self._places.get((code, title))
        if found is None:
            found = Source(self.file, self.table.name, self.located.address(code, title))
            self._places[code, title] = found
        return found

    def report(
        self, fault_code: str, code: str, title: str, found: object = "", soft: bool = False, **words: object
    ) -> None:
        """Note a fault at a field. `soft` makes it a 提示."""
        self._note(fault(fault_code, self.place(code, title), found, self.owner(code), **words), code, soft)

    def owner(self, code: str) -> str:
        """The object that a row concerns."""
        return self.objects.get(code, self.object_code)

    def _note(self, made: Fault, code: str, soft: bool) -> None:
        made = msgspec.structs.replace(made, object_code=self.owner(code))
        self.faults.append(msgspec.structs.replace(made, effect="提示") if soft else made)

    def named(self, code: str, title: str) -> str:
        """What people call the field: its column's title, on 封面 and 综合评语 its row's name."""
        return code if self._rows_are_fields else title

    def raw(self, code: str, title: str) -> CellValue:
        """The cell's value; None where row or column is missing or the cell is blank."""
        row, column = self.located.rows.get(code), self.located.columns.get(title)
        if not row or not column:
            return None
        cells = self.table.rows[row - 1]
        return cells[column - 1] if column <= len(cells) else None

    def odd(self, code: str, title: str) -> str:
        """Why the cell's value cannot be believed, "" when it can."""
        if not self._odd:
            return ""
        return self._odd.get((self.located.rows.get(code, 0), self.located.columns.get(title, 0)), "")

    def has(self, code: str, title: str) -> bool:
        """Whether something stands in the field, be it an error."""
        return not is_blank(self.raw(code, title)) or bool(self.odd(code, title))

    def begun(self, titles: Sequence[str]) -> Iterator[str]:
        """The codes of the rows in which something stands in one of these columns, in the order of the layout."""
        columns = [self.located.columns[title] for title in titles if title in self.located.columns]
        if not columns:
            return
        odd = {row for row, _ in self._odd}
        pick, width = itemgetter(columns[0] - 1, *(column - 1 for column in columns)), max(columns)
        blank = (None, *(None for _ in columns))
        for code in self.layout.codes:
            row = self.located.rows.get(code, 0)
            if not row:
                continue
            cells = self.table.rows[row - 1]
            if len(cells) < width or pick(cells) != blank or row in odd:
                if any(self.has(code, title) for title in titles):
                    yield code

    def present(self, code: str) -> bool:
        """Whether the row came back exactly once."""
        return code in self.located.rows

    # values
    def number(
        self, code: str, title: str, field: NumberField, required: bool, indicator: str = "", soft: bool = False
    ) -> Number | None:
        """A typed number, or None with the fault noted; a blank field is a fault only where `required`."""
        cell = self._cell(code, title, required, soft, field.scale)
        if cell is None:
            return None
        read = normalise.number(cell.value, field, cell.source)
        if read.fault is not None:
            self._note(read.fault, code, soft)
        if not isinstance(read.value, Fraction):
            return None
        self._use(cell, indicator, normalise.shown(read.value, field))
        return Number(read.value, cell.source)

    def text(
        self, code: str, title: str, required: bool, indicator: str = "", soft: bool = False, most: int = TEXT_MOST
    ) -> Text | None:
        """A typed text, or None; a blank field is a fault only where `required`."""
        cell = self._cell(code, title, required, soft)
        if cell is None:
            return None
        return self._worded(normalise.text(cell.value, cell.name, cell.source, most), cell, code, indicator, soft)

    def choice(
        self, code: str, title: str, options: tuple[str, ...], required: bool, indicator: str = "", soft: bool = False
    ) -> Text | None:
        """One of a list's words, or None; a blank field is a fault only where `required`."""
        cell = self._cell(code, title, required, soft)
        if cell is None:
            return None
        return self._worded(normalise.choice(cell.value, options, cell.name, cell.source), cell, code, indicator, soft)

    def day(self, code: str, title: str, indicator: str = "") -> Day | None:
        """A typed date, or None; a blank or unreadable one is left to the caller or said as 提示: dates carry no points."""
        cell = self._cell(code, title, False, True)
        if cell is None:
            return None
        text = self._worded(
            normalise.day(cell.value, cell.name, cell.source, self.form.end), cell, code, indicator, True
        )
        return Day(text.value, text.source) if text is not None else None

    def _worded(self, read: Read, cell: _Cell, code: str, indicator: str, soft: bool) -> Text | None:
        if read.fault is not None:
            self._note(read.fault, code, soft)
        if not isinstance(read.value, str):
            return None
        self._use(cell, indicator, read.value)
        return Text(read.value, cell.source)

    def _cell(self, code: str, title: str, required: bool, soft: bool, scale: Fraction | None = None) -> _Cell | None:
        """A field in which something can be read; else None, with the fault noted. `scale` of a number field; what looks like a percentage
        is one elsewhere: the words that people see."""
        row, column = self.located.rows.get(code), self.located.columns.get(title)
        if not row or not column:
            return None  # the missing row or column is a fault of its own
        cells = self.table.rows[row - 1]
        value = cells[column - 1] if column <= len(cells) else None
        odd = self._odd.get((row, column), "") if self._odd else ""
        if value is None and not odd and not required:
            return None
        source = self.place(code, title)
        title = code if self._rows_are_fields else title
        if odd.startswith(_PERCENT) and isinstance(value, int | float):
            seen = f"{plain(exact(value) * HUNDRED, 15)}%"
            if scale == 1:
                stored = f"{normalise.plain_text(value)}，显示为 {seen}"
                self._note(fault("VALUE-027", source, stored, field=title), code, soft)
                return None
            value = seen if scale is None else value
        elif odd:
            self._note(self._odd_fault(odd, source, title), code, soft)
            return None
        if is_blank(value):
            if required:
                self._note(self._blank_fault(value, source, title), code, soft)
            return None
        return _Cell(value, source, title)

    def _odd_fault(self, odd: str, source: Source, title: str) -> Fault:
        if odd.startswith(_NO_RESULT):
            return fault("VALUE-018", source, field=title)
        if odd.startswith(_HIDDEN_BY_MERGE):
            return fault("VALUE-026", source, field=title)
        return fault("VALUE-017", source, odd, field=title)

    def _blank_fault(self, value: CellValue, source: Source, title: str) -> Fault:
        if value is not None:
            return fault("VALUE-004", source, field=title)
        return fault("VALUE-028" if self.table.blanks_unsure else "VALUE-003", source, field=title)

    def _use(self, cell: _Cell, indicator: str, value: str) -> None:
        self._entries.append(Entry(self.form.code, cell.name, indicator, value, cell.source))

    # structure
    def check_structure(self, codes_needed: frozenset[str]) -> None:
        """Faults of rows, columns, merges and stray text. `codes_needed`: rows whose absence withholds the object."""
        layout, located = self.layout, self.located
        sheet = Source(self.file, self.table.name)
        inputs = {column.title for column in layout.columns if column.is_input}

        def at_row(code: str, row: int, found: object = "", **words: object) -> None:
            source = Source(self.file, self.table.name, a1(row, located.columns[layout.key]))
            self.faults.append(fault(code, source, found, self.object_code, **words))

        def on_sheet(code: str, found: object = "", **words: object) -> None:
            self.faults.append(fault(code, sheet, found, self.owner(str(found)), **words))

        for row in located.keyless[:_MOST_NOTES]:
            at_row("ROW-001", row, key=layout.key)
        for text, row in located.unknown[:_MOST_NOTES]:
            at_row("ROW-002", row, text, key=layout.key)
        more = len(located.keyless[_MOST_NOTES:]) + len(located.unknown[_MOST_NOTES:])
        if more:
            on_sheet("ROW-018", count=more)
        for code in located.doubled:
            if code in codes_needed or self._doubled_filled(code):
                on_sheet("ROW-003", code, key=layout.key)
        for code in located.missing:
            on_sheet("ROW-004" if code in codes_needed else "ROW-005", code, key=layout.key)
        for title in located.missing_titles:
            on_sheet("ROW-006" if title in inputs else "ROW-007", title=title)
        for title in located.doubled_titles:
            if title in inputs or title == layout.key:
                on_sheet("ROW-008", title=title)
        if located.columns_moved:
            on_sheet("ROW-009")
        if located.rows_moved:
            on_sheet("ROW-010", key=layout.key)
        for address, text in located.notes[:_MOST_NOTES]:
            source = Source(self.file, self.table.name, address)
            self.faults.append(fault("ROW-011", source, text, self.object_code))
        if len(located.notes) > _MOST_NOTES:
            on_sheet("ROW-016", count=len(located.notes))
        self._check_hidden(on_sheet)
        self._check_merged(inputs)

    def _doubled_filled(self, code: str) -> bool:
        """Whether one of the rows with a doubled code holds something typed."""
        key = self.located.columns[self.layout.key]
        inputs = [
            self.located.columns[c.title] for c in self.layout.columns if c.is_input and c.title in self.located.columns
        ]
        rows = [row for row in range(1, len(self.table.rows) + 1) if str(self.table.at(row, key) or "").strip() == code]
        return any(not is_blank(self.table.at(row, column)) for row in rows for column in inputs)

    def _check_hidden(self, on_sheet: Callable[[str], None]) -> None:
        shown = {
            self.located.columns[c.title]
            for c in self.layout.columns
            if not c.hidden and c.title in self.located.columns
        }
        rows = set(self.located.rows.values())
        if rows & set(self.table.hidden_rows) or shown & set(self.table.hidden_columns):
            on_sheet("ROW-012")

    def _check_merged(self, inputs: set[str]) -> None:
        """Merged input cells are unclear; a merge elsewhere in the table is only said. A value hidden under a merge is always unclear."""
        columns = {self.located.columns[title] for title in inputs if title in self.located.columns}
        rows = set(self.located.rows.values())
        covered: dict[int, list[int]] = {}
        for (row, column), why in self._odd.items():
            if why.startswith(_HIDDEN_BY_MERGE):
                covered.setdefault(row, []).append(column)
        said: Counter[str] = Counter()
        for area in self.table.merged:
            first, _, last = area.partition(":")
            (top, left), (bottom, right) = row_column(first), row_column(last or first)
            code = self._merge_code(
                {column for column in columns if left <= column <= right},
                [row for row in rows if top <= row <= bottom],
                any(left <= column <= right for row in covered if top <= row <= bottom for column in covered[row]),
                any(left <= column <= right for column in self.located.columns.values()),
            )
            if not code:
                continue
            said[code] += 1
            if said[code] <= _MOST_NOTES:
                self.faults.append(fault(code, Source(self.file, self.table.name, first), area, self.object_code))
        more = said.total() - sum(min(count, _MOST_NOTES) for count in said.values())
        if more:
            self.faults.append(fault("ROW-017", Source(self.file, self.table.name), "", self.object_code, count=more))

    def _merge_code(self, columns: set[int], rows: list[int], hides: bool, touches: bool) -> str:
        """The fault of a merged area: the input columns and the rows of the table that it covers, whether it hides a value, and whether it
        touches the table at all."""
        if hides:
            return "ROW-015"
        cells = ((row, column) for row in rows for column in columns)
        if len(rows) * len(columns) > 1 and any(not is_blank(self.table.at(*cell)) for cell in cells):
            return "ROW-013"
        return "ROW-014" if rows and touches else ""
