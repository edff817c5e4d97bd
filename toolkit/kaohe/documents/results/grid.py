"""Sheets with one row an object: columns with the program's value and the formula of each cell, addressed by key.

A formula is a function of the references and the row, so it is the same down a column; `Refs` is the one place where keys become
addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.documents import book_styles as looks
from kaohe.records.books import Cell, Cells, Style, Value
from kaohe.records.results import ObjectResult

HEAD_ROW = 3
FIRST_ROW = 4
LEAST_HEAD, MOST_HEAD = 44.0, 122.0  # heights of a header
DATA, RESULTS, LOSSES, PARAMETERS, CHECKS = "数据", "结果", "扣分", "参数", "核对"
Look = Literal["text", "wrap", "centre", "points", "exact", "whole", "flag", "bold", "signed"]


Formula = Callable[["Refs", int], str]


class Column(NamedTuple):
    """A column of an object sheet. Without a `formula` its cells hold the value; `working` columns only serve other formulas.

    `link` gives the address behind a cell that is not blank ("" = none).
    """

    key: str
    title: str
    value: Callable[[ObjectResult], Value]
    formula: Formula | None = None
    look: Look = "text"
    width: float = 9
    working: bool = False
    link: Callable[[ObjectResult], str] | None = None


def working_column(
    key: str, title: str, value: Callable[[ObjectResult], Value], formula: Formula, look: Look = "exact"
) -> Column:
    """A column that only serves other formulas."""
    return Column(key, title, value, formula, look, 10, True)


class Grid(NamedTuple):
    """An object sheet: its name, its columns with their numbers by key, and the rows from FIRST_ROW to `last`."""

    name: str
    columns: tuple[Column, ...]
    numbers: dict[str, int]
    letters: dict[str, str]
    last: int

    def number(self, key: str) -> int:
        """Column number of a key. Raises KeyError for a key that the sheet does not have."""
        return self.numbers[key]

    def has(self, key: str) -> bool:
        """Whether there is such a column."""
        return key in self.numbers

    def letter(self, key: str) -> str:
        """Column letters of a key. Raises KeyError for a key that the sheet does not have."""
        return self.letters[key]

    def column(self, key: str) -> Column:
        """The column of a key. Raises KeyError for a key that the sheet does not have."""
        return self.columns[self.numbers[key] - 1]

    def area(self, key: str, until: str = "") -> str:
        """All rows of a column (or of the columns from `key` to `until`), absolute, with the sheet's name."""
        return f"{self.name}!${self.letter(key)}${FIRST_ROW}:${self.letter(until or key)}${self.last}"


def grid(name: str, columns: Sequence[Column], objects: int) -> Grid:
    """An object sheet of these columns with so many objects (at least one row, so that every area exists)."""
    numbers = {column.key: number for number, column in enumerate(columns, 1)}
    named = {key: letters(number) for key, number in numbers.items()}
    return Grid(name, tuple(columns), numbers, named, FIRST_ROW + max(objects, 1) - 1)


class Refs(NamedTuple):
    """The addresses that formulas of 结果 and 核对 use: sheets by name, columns by key."""

    data: Grid
    results: Grid
    checks: Grid

    def typed(self, key: str, row: int) -> str:
        """A cell of 数据, same row."""
        return f"{DATA}!${self.data.letter(key)}{row}"

    def typed_span(self, first: str, last: str, row: int) -> str:
        """Neighbouring cells of 数据, same row."""
        return f"{DATA}!${self.data.letter(first)}{row}:${self.data.letter(last)}{row}"

    def typed_area(self, key: str) -> str:
        """A whole column of 数据."""
        return self.data.area(key)

    def typed_so_far(self, key: str, row: int) -> str:
        """A column of 数据 from the first row to this one: for running counts."""
        letter = self.data.letter(key)
        return f"{DATA}!${letter}${FIRST_ROW}:${letter}{row}"

    def check(self, key: str, row: int) -> str:
        """A cell of 核对, same row."""
        return f"{CHECKS}!${self.checks.letter(key)}{row}"

    def of_results(self, key: str, row: int) -> str:
        """A cell of 结果, same row, as another sheet writes it."""
        return f"{RESULTS}!{self.here(key, row)}"

    def here(self, key: str, row: int) -> str:
        """A cell of 结果, same row, as its own sheet writes it."""
        return f"${self.results.letter(key)}{row}"

    def span(self, first: str, last: str, row: int) -> str:
        """Neighbouring cells of 结果, same row."""
        return f"${self.results.letter(first)}{row}:${self.results.letter(last)}{row}"

    def area(self, key: str) -> str:
        """A whole column of 结果, as its own sheet writes it."""
        letter = self.results.letter(key)
        return f"${letter}${FIRST_ROW}:${letter}${self.results.last}"

    def so_far(self, key: str, row: int) -> str:
        """A column of 结果 from the first row to this one: for running counts."""
        letter = self.results.letter(key)
        return f"${letter}${FIRST_ROW}:${letter}{row}"


def literal(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def style_of(look: Look, places: int) -> Style:
    """The cell style of a column's look."""
    number = looks.points(places)
    return {
        "text": looks.TEXT,
        "wrap": looks.WRAP,
        "centre": looks.CENTRE,
        "points": number,
        "exact": replace(number, format="0.000000"),
        "whole": looks.CENTRE,
        "flag": looks.CENTRE,
        "bold": replace(number, bold=True),
        "signed": replace(looks.TEXT, align="right", format="+0.0#;−0.0#;0"),
    }[look]


def grid_cells(
    above: Sequence[Cell],
    sheet: Grid,
    refs: Refs,
    objects: Sequence[ObjectResult],
    breaks: set[int],
    places: int,
    live: bool,
) -> Cells:
    """The cells above the header, header and rows of an object sheet; `breaks` are the rows that begin a new field (a thicker line above);
    not `live` = values only."""
    head = [Cell(HEAD_ROW, number, column.title, _head(column)) for number, column in enumerate(sheet.columns, 1)]
    strips = [_Strip(number, column, refs, objects, places, live) for number, column in enumerate(sheet.columns, 1)]

    def cells() -> Iterator[Cell]:
        yield from above
        yield from head
        for place, each in enumerate(objects):
            row = FIRST_ROW + place
            begins = row in breaks
            for strip in strips:
                yield strip.cell(place, row, each, begins)

    def texts() -> Iterator[str]:
        yield from (cell.value for cell in (*above, *head) if isinstance(cell.value, str) and not cell.formula)
        for strip in strips:
            yield from strip.texts

    return Cells(cells, texts)


_ANY_ROW = "\0"


class _AnyRow(int):
    """A row that is written as `_ANY_ROW`."""

    def __format__(self, spec: str) -> str:
        return _ANY_ROW

    def __str__(self) -> str:
        return _ANY_ROW


class _Strip:
    """A column of an object sheet while it is written: its looks, and what is asked of it twice. Formulas, which are long, are made row by
    row; values that are no results of formulas, and links, stand here."""

    def __init__(
        self, number: int, column: Column, refs: Refs, objects: Sequence[ObjectResult], places: int, live: bool
    ) -> None:
        self._number, self._column, self._refs, self._objects = number, column, refs, objects
        self._formula = column.formula if live else None
        plain = style_of(column.look, places)
        style = looks.computed(plain) if self._formula else plain
        if column.working:
            style = replace(style, colour=looks.SECONDARY)
        self._looks = (style, replace(style, top=looks.RULE))
        shown = not column.formula or column.look == "text"
        self._linked = tuple(
            replace(each, colour=looks.BLUE, underline=True) if shown else each for each in self._looks
        )

    def _written(self, row: int) -> str:
        """The formula of a row: that of any other with another number in it, where that holds for the first and the last one."""
        if self._formula is None:
            return ""
        return self._formula(self._refs, row) if self._down is None else self._down.replace(_ANY_ROW, str(row))

    @cached_property
    def _down(self) -> str | None:
        """The formula with `_ANY_ROW` for the number of its row; None where it does not only differ in that."""
        if self._formula is None:
            return None
        made = self._formula(self._refs, _AnyRow())
        ends = (FIRST_ROW, FIRST_ROW + max(0, len(self._objects) - 1))
        same = all(made.replace(_ANY_ROW, str(row)) == self._formula(self._refs, row) for row in ends)
        return made if same else None

    @cached_property
    def _values(self) -> list[Value] | None:
        """Of all objects; None where each is asked for once."""
        value = self._column.value
        return [value(each) for each in self._objects] if self._column.link or not self._formula else None

    @cached_property
    def _links(self) -> list[str] | None:
        link, values = self._column.link, self._values
        if link is None or values is None:
            return None
        return ["" if value in ("", None) else link(each) for value, each in zip(values, self._objects, strict=True)]

    @property
    def texts(self) -> Iterator[str]:
        """The texts of its cells that are counted in the workbook: all but those of formulas, and those of links."""
        if self._values is None:
            return
        for place, value in enumerate(self._values):
            if self._links is not None and self._links[place]:
                yield str(value)
            elif not self._formula and isinstance(value, str) and value:
                yield value

    def cell(self, place: int, row: int, each: ObjectResult, begins: bool) -> Cell:
        """The cell of an object in a row, which may begin a field."""
        value = self._column.value(each) if self._values is None else self._values[place]
        formula = self._written(row)
        link = self._links[place] if self._links is not None else ""
        if not link:
            return Cell(row, self._number, value, self._looks[begins], formula)
        tip = "到“" + link.split("'")[1] + "”" if link.startswith("internal:") else ""
        return Cell(row, self._number, value, self._linked[begins], formula, link, tip)


def row_heights(sheet: Grid, objects: Sequence[ObjectResult]) -> dict[int, float]:
    """Heights of an object sheet: title, header (as high as its longest words need), and rows with a little air."""
    lines = max((looks.text_lines(column.title, column.width) for column in sheet.columns), default=1)
    head = max(LEAST_HEAD, min(lines * 13.5 + 8, MOST_HEAD))
    return {1: 26, HEAD_ROW: head} | {row: 17 for row in range(FIRST_ROW, FIRST_ROW + len(objects))}


def _head(column: Column) -> Style:
    return replace(looks.HEAD, fill="7F7A73") if column.working else looks.HEAD
