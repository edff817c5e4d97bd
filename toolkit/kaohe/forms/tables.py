"""A table sheet that one role fills, as data: its columns with their rules, its rows, and the drop-down lists of a workbook.

Rows are either spare (60 numbered ones, a row counts once something stands in it) or printed (an object each). How such a sheet looks and
what its live formulas say follows from this alone: `kaohe.forms.table_page`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import msgspec

from kaohe.core.cells import letters
from kaohe.forms import looks
from kaohe.forms.form import LISTS, Grid, Value
from kaohe.forms.frame import FAULTY, UNIT_LACKS, working
from kaohe.forms.frame import note_column as note
from kaohe.forms.plan import canonical
from kaohe.forms.prefill import Prefilled
from kaohe.records.books import Cell, Sheet
from kaohe.records.layouts import Column, SheetLayout

STATE = "状态"
_WORKINGS = (FAULTY, UNIT_LACKS)
ALWAYS = "TRUE"


class Field(msgspec.Struct, frozen=True):
    """An input column with its rules.

    `needed`: the condition (a formula template) under which a begun row must have it, "" = may stay blank. `wrong`: a condition under
    which it is wrong, besides what its kind, `words` (drop-down) and bounds say. Numbers lie within `least` … `most` with at most
    `places` decimals; dates within `first` … `last` (ISO, "" = open); texts have at most `longest` characters.
    """

    column: Column
    needed: str = ""
    wrong: str = ""
    words: tuple[str, ...] = ()
    least: Fraction | None = None
    most: Fraction | None = None
    places: int | None = None
    first: str = ""
    last: str = ""
    longest: int = 200
    hint: str = ""

    @property
    def title(self) -> str:
        """The header text."""
        return self.column.title


class TableSheet(msgspec.Struct, frozen=True):
    """A table sheet: its name and title, the locked columns before the inputs (the first is the key), the inputs, and its rows.

    `printed` holds what stands in the locked cells: row code → title → text. `spare`: rows are numbered blanks. `asked`: a printed row
    must be filled (a spare one never must). `bands` names the block of each printed row; blocks alternate in colour. `who` stands above
    the inputs (`above`: other words for single ones), `unit` and `done` count rows (已填 3 条), `left` says what rows left blank mean.
    `freeze` names the last column in sight. `owners`: the object that a printed row concerns. `strays`: rows that are not asked for but
    may have been, with their object.
    """

    name: str
    title: str
    who: str
    locked: tuple[Column, ...]
    fields: tuple[Field, ...]
    codes: tuple[str, ...]
    printed: dict[str, dict[str, Value]] = {}
    spare: bool = True
    asked: bool = False
    bands: tuple[str, ...] = ()
    unit: str = "条"
    done: str = "已填"
    left: str = "本期没有的，空表也要交回"
    freeze: str = ""
    above: dict[str, str] = {}
    owners: dict[str, str] = {}
    strays: dict[str, str] = {}

    @property
    def key(self) -> str:
        """The title of the key column."""
        return self.locked[0].title

    @property
    def inputs(self) -> tuple[str, ...]:
        """The titles of the input columns."""
        return tuple(field.title for field in self.fields)

    @property
    def begun(self) -> str:
        """The condition under which a row holds something typed (a formula template)."""
        return "&".join(f"{{{title}}}" for title in self.inputs) + '<>""'


def layout(table: TableSheet) -> SheetLayout:
    """The layout of a table sheet."""
    columns = (
        *table.locked,
        *(field.column for field in table.fields),
        Column(STATE, "自动", width=14, align="center"),
        note(),
        *(working(title) for title in _WORKINGS),
    )
    return SheetLayout(table.name, table.key, columns, table.codes)


def grid(table: TableSheet, of_scheme: dict[tuple[str, str], Value] | None = None) -> Grid:
    """Layout, and what comes from the scheme alone: the numbers of spare rows, and `of_scheme` (with row code "" for what stands outside
    the rows): it makes the fingerprint."""
    printed: dict[tuple[str, str], Value] = {(code, table.key): code for code in table.codes} if table.spare else {}
    return Grid(layout(table), printed | (of_scheme or {}))


def prefilled(tables: Iterable[TableSheet]) -> Prefilled:
    """What is printed in the rows, as texts for the comparison of a returned workbook."""
    return {
        table.name: {
            code: {title: canonical(value) for title, value in row.items()} for code, row in table.printed.items()
        }
        for table in tables
        if table.printed
    }


class Lists(msgspec.Struct, frozen=True):
    """The drop-down lists of a workbook: words → defined name. Equal lists share one."""

    names: dict[tuple[str, ...], str]

    @classmethod
    def of(cls, tables: Iterable[TableSheet]) -> Lists:
        """The lists of some sheets, named by the column that first uses them."""
        found: dict[tuple[str, ...], str] = {}
        for table in tables:
            for field in table.fields:
                if field.words and field.words not in found:
                    taken = set(found.values())
                    name = f"{field.title}表"
                    found[field.words] = next(
                        n for n in (name, *(f"{name}{k}" for k in range(2, 99))) if n not in taken
                    )
        return cls(found)

    @property
    def defined(self) -> dict[str, str]:
        """Defined name → range."""
        return {
            name: f"{LISTS}!${letters(index)}$2:${letters(index)}${len(words) + 1}"
            for index, (words, name) in enumerate(self.names.items(), 1)
        }

    @property
    def sheet(self) -> Sheet:
        """The hidden sheet: one column a list."""
        cells = []
        for index, (words, name) in enumerate(self.names.items(), 1):
            cells.append(Cell(1, index, name, looks.HIDDEN))
            cells.extend(Cell(row, index, word, looks.HIDDEN) for row, word in enumerate(words, 2))
        return Sheet(LISTS, tuple(cells), visibility="hidden", protected=True, grid=True)
