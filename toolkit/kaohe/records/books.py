"""A workbook to be written, as data: sheets of cells with styles, formulas with the values we computed, checks and print set-up.

Pure code (forms, documents) makes books; `kaohe.files.xlsx` writes them. Rows and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, overload

import msgspec

Value = str | int | float | bool | date | None


class Style(msgspec.Struct, frozen=True):
    """How a cell looks. Colours are `RRGGBB` without #; "" = default. `border` is the colour of thin lines on all sides ("" = none)."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float = 10
    font: str = "微软雅黑"
    colour: str = ""
    fill: str = ""
    border: str = ""
    top: str = ""  # colour of a thicker line above
    align: Literal["left", "center", "right", ""] = ""
    valign: Literal["top", "vcenter", "bottom"] = "vcenter"
    wrap: bool = False
    indent: int = 0
    format: str = ""
    locked: bool = True
    rotate: int = 0


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell. With a `formula` (`=…`, English names, commas), `value` is the result that we computed, written as the cached value."""

    row: int
    column: int
    value: Value = None
    style: Style = Style()
    formula: str = ""
    link: str = ""  # "internal:'结果'!A4" or "external:…"
    tip: str = ""  # of a link
    comment: str = ""


class Validation(msgspec.Struct, frozen=True):
    """A check of what may be typed in `ranges` (A1). `kind` list: `source` is a formula (`=名称`) or a tuple of words (≤ 255 characters).

    decimal, integer, date, length: between `minimum` and `maximum` (numbers, or formulas as text; date as `date`).
    custom: `source` is a formula. `only_warn` uses the style 警告 instead of 停止.
    """

    ranges: tuple[str, ...]
    kind: Literal["list", "decimal", "integer", "date", "length", "custom"]
    source: str | tuple[str, ...] = ""
    minimum: float | int | str | date | None = None
    maximum: float | int | str | date | None = None
    input_title: str = ""
    input_text: str = ""
    error_title: str = "填写有误"
    error_text: str = ""
    only_warn: bool = False


class Conditional(msgspec.Struct, frozen=True):
    """A conditional format: a formula with a style, or a data bar from 0 (`bar` = its colour). `range`: one, or several with blanks between
    them, whose bars have one scale."""

    range: str
    formula: str = ""
    style: Style = Style()
    bar: str = ""


class Print(msgspec.Struct, frozen=True):
    """A4, one page wide; with a `scale` (per cent) as many pages wide as that takes. `rows` and `columns` repeat these (first, last); `area`
    an A1 range. Margins in inches."""

    landscape: bool = True
    rows: tuple[int, int] | None = None
    area: str = ""
    footer: str = ""
    tall: int = 0  # pages high, 0 = as many as needed
    scale: int = 0
    columns: tuple[int, int] | None = None
    margins: tuple[float, float, float, float] = (0.5, 0.5, 0.6, 0.8)  # left, right, top, bottom


class Cells(Sequence[Cell]):
    """Cells that are made whenever somebody goes through them, row by row, and held by nobody: a sheet of many thousand rows never stands in
    memory. `texts` are the plain texts in the order in which the workbook numbers them, where that is not the order of the rows (they may
    be read once for each time that somebody asks)."""

    def __init__(self, make: Callable[[], Iterable[Cell]], texts: Callable[[], Iterable[str]] = tuple) -> None:
        self._make, self._texts = make, texts

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._make())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, at: int | slice) -> Cell | tuple[Cell, ...]:
        return tuple(self)[at]

    @property
    def texts(self) -> Iterator[str]:
        """The texts in the order of their numbers."""
        return iter(self._texts())


class Sheet(msgspec.Struct, frozen=True):
    """One sheet. `cells` of one with a row an object come as `Cells`. `widths` and `heights` by column and row; a row without a height grows
    with its text."""

    name: str
    cells: Sequence[Cell]
    widths: dict[int, float] = {}
    heights: dict[int, float] = {}
    freeze: tuple[int, int] | None = None  # first row and column that scroll
    filter: str = ""
    tab: str = ""
    protected: bool = False
    visibility: Literal["", "hidden", "very_hidden"] = ""
    validations: tuple[Validation, ...] = ()
    conditionals: tuple[Conditional, ...] = ()
    print: Print | None = None
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()  # titles only, never inputs
    grid: bool = False
    zoom: int = 100
    active: str = "A1"


class Sheets(Sequence[Sheet]):
    """Sheets that are made whenever somebody asks for one, and held by nobody else: who goes through them holds one at a time. A maker gives
    the same sheet each time."""

    def __init__(self, makers: Sequence[Callable[[], Sheet]]) -> None:
        self._makers = tuple(makers)

    def __len__(self) -> int:
        return len(self._makers)

    @overload
    def __getitem__(self, at: int) -> Sheet: ...
    @overload
    def __getitem__(self, at: slice) -> Sheets: ...
    def __getitem__(self, at: int | slice) -> Sheet | Sheets:
        return Sheets(self._makers[at]) if isinstance(at, slice) else self._makers[at]()

    def __iter__(self) -> Iterator[Sheet]:
        return (make() for make in self._makers)


class Book(msgspec.Struct, frozen=True):
    """A workbook. `names` maps a defined name to its formula without `=`; `created` (ISO date) makes equal inputs equal bytes. A book that
    grows with the number of objects brings its `sheets` as `Sheets`. `shares`: what a column repeats row by row is written as one shared
    formula, for workbooks that are handed out and come back in great numbers."""

    title: str
    sheets: Sequence[Sheet]
    names: dict[str, str] = {}
    created: str = "2026-01-01"
    author: str = ""
    subject: str = ""
    first: int = 0  # index of the sheet shown on opening
    shares: bool = False


# The upper half of plane 16 of Unicode: private, and unlike plane 15 not used for rare characters of names either.
_FIRST_MARK, MARKS = 0x108000, 0x7F00


def mark(number: int) -> str:
    """The character that stands for one text in a Book that is written once for many objects (see `kaohe.files.mould`).

    Raises ValueError beyond 32,512 texts.
    """
    if not 0 <= number < MARKS:
        raise ValueError(f"no mark {number}")
    return chr(_FIRST_MARK + number)
