"""Computes the formulas of a Book as an office program would, so that each is written with its right cached value.

Readers, previews and LibreOffice show cached values before anything is recalculated, and a returned form's unopened copy must not lie.
Covers the functions that our forms use (all of Excel 2003); a test recalculates the same books in LibreOffice and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from kaohe.core.cells import row_column
from kaohe.forms.functions import FUNCTIONS, OPERATORS, SCALAR, Area, CalculationError, Result, number, truth
from kaohe.records.books import Book, Cell

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<ref>(?:(?:'[^']+'|[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w(]))"""
    r"""|(?P<own>\$?[A-Z]{1,3}@)"""
    r"""|(?P<name>[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*)|(?P<op><>|<=|>=|[-+*/&=<>(),]))"""
)


_PART = re.compile(r"""("(?:[^"]|"")*")|(?<![\w!:$])(\$?[A-Z]{1,3})(\d+)(?![\w(:])""")
Place = tuple[str, int]  # the sheet and row of the cell whose formula is computed
Node = Callable[["Sheets", Place], Any]


class Sheets:
    """The cells of a book by sheet and place; formulas are computed when first asked for, but for those of sheets that are `done`."""

    def __init__(self, book: Book, done: Collection[str] = ()) -> None:
        self._done = frozenset(done)
        self._cells = {sheet.name: {(c.row, c.column): c for c in sheet.cells} for sheet in book.sheets}
        self._names = {name: compiled(formula) for name, formula in book.names.items()}
        self._known: dict[tuple[str, int, int], Result] = {}

    def value(self, sheet: str, row: int, column: int) -> Result:
        """The value of a cell. Raises CalculationError where it is an error value."""
        key = (sheet, row, column)
        if key in self._known:
            return self._known[key]
        cell = self._cells.get(sheet, {}).get((row, column))
        found: Result = None
        if cell is not None and cell.formula and sheet not in self._done:
            found = _scalar(compiled(relative(cell.formula[1:], row))(self, (sheet, row)), self)
            found = 0 if found is None else found
        elif cell is not None:
            found = _plain(cell.value)
        self._known[key] = found
        return found

    def area(self, area: Area) -> list[Result]:
        """All values of a range, row by row."""
        return [
            self.value(area.sheet, row, column)
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        ]

    def name(self, name: str) -> Any:
        """What a defined name stands for. Raises CalculationError for an unknown one."""
        if name not in self._names:
            raise CalculationError("#NAME?")
        return self._names[name](self, ("", 0))


def calculate(book: Book, done: Collection[str] = ()) -> Book:
    """The same book with the value of every formula. `done`: sheets whose formulas have their values and look at no other sheets.

    Raises CalculationError where a formula gives an error value (our mistake).
    """
    sheets = Sheets(book, done)
    made = []
    for sheet in book.sheets:
        if sheet.name not in done:
            cells = tuple(_solved(sheets, sheet.name, cell) if cell.formula else cell for cell in sheet.cells)
            sheet = msgspec.structs.replace(sheet, cells=cells)
        made.append(sheet)
    return msgspec.structs.replace(book, sheets=tuple(made))


def _solved(sheets: Sheets, sheet: str, cell: Cell) -> Cell:
    try:
        value = sheets.value(sheet, cell.row, cell.column)
    except CalculationError as error:
        raise CalculationError(f"{sheet} {cell.row}:{cell.column} {cell.formula}: {error}") from None
    return msgspec.structs.replace(cell, value=value)


def _plain(value: object) -> Result:
    if isinstance(value, date):
        return value.toordinal() - 693594
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def relative(formula: str, row: int) -> str:
    """A formula with its own row's single cells written `$C@`: the rows of a table then share one text, which is read only once."""
    own = str(row)

    def place(match: re.Match[str]) -> str:
        return f"{match[2]}@" if match[3] == own else match[0]

    return _PART.sub(place, formula)


@lru_cache(maxsize=20_000)
def compiled(formula: str) -> Node:
    """A formula's text (without =, as `relative` writes it) as a function. Raises ValueError for what is not known here (our mistake)."""
    node, rest = _comparison(_tokens(formula))
    if rest:
        raise ValueError(f"unread formula: {rest[:3]} of {formula}")
    return node


def _tokens(formula: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        if not match or match.end() == at:
            raise ValueError(f"unread formula at {at}: {formula}")
        found.append((match.lastgroup or "", match[match.lastgroup or ""]))
        at = match.end()
    return found


Tokens = list[tuple[str, str]]


def _comparison(tokens: Tokens) -> tuple[Node, Tokens]:
    return _chain(tokens, _joined, ("=", "<>", "<", ">", "<=", ">="))


def _joined(tokens: Tokens) -> tuple[Node, Tokens]:
    return _chain(tokens, _sum, ("&",))


def _sum(tokens: Tokens) -> tuple[Node, Tokens]:
    return _chain(tokens, _product, ("+", "-"))


def _product(tokens: Tokens) -> tuple[Node, Tokens]:
    return _chain(tokens, _signed, ("*", "/"))


def _chain(
    tokens: Tokens, part: Callable[[Tokens], tuple[Node, Tokens]], signs: tuple[str, ...]
) -> tuple[Node, Tokens]:
    node, rest = part(tokens)
    while rest and rest[0][0] == "op" and rest[0][1] in signs:
        right, after = part(rest[1:])
        node, rest = _binary(OPERATORS[rest[0][1]], node, right), after
    return node, rest


def _binary(operate: Callable[[Result, Result], Result], left: Node, right: Node) -> Node:
    def node(sheets: Sheets, at: Place) -> Any:
        return _lifted(operate, sheets, left(sheets, at), right(sheets, at))

    return node


def _lifted(operate: Callable[..., Result], sheets: Sheets, *values: Any) -> Any:
    """Applies to single values, or element by element where a range or list is among them."""
    if not any(isinstance(value, Area | list) for value in values):
        return operate(*values)
    columns = [sheets.area(value) if isinstance(value, Area) else value for value in values]
    size = max(len(column) for column in columns if isinstance(column, list))
    spread = [column if isinstance(column, list) else [column] * size for column in columns]
    return [operate(*row) for row in zip(*spread, strict=True)]


def _signed(tokens: Tokens) -> tuple[Node, Tokens]:
    if tokens and tokens[0] == ("op", "-"):
        node, rest = _signed(tokens[1:])
        return _binary(lambda a, b: number(a) - number(b), lambda s, n: 0, node), rest
    return _atom(tokens)


def _atom(tokens: Tokens) -> tuple[Node, Tokens]:
    if not tokens:
        raise ValueError("formula ends early")
    (kind, text), rest = tokens[0], tokens[1:]
    if kind == "text":
        literal = text[1:-1].replace('""', '"')
        return (lambda s, n: literal), rest
    if kind == "number":
        value = float(text) if "." in text else int(text)
        return (lambda s, n: value), rest
    if kind == "ref":
        return _reference(text), rest
    if kind == "own":
        column = row_column(f"{text[:-1]}1")[1]
        return (lambda s, n: s.value(n[0], n[1], column)), rest
    if kind == "name" and rest and rest[0] == ("op", "("):
        return _call(text, rest[1:])
    if kind == "name":
        if text in ("TRUE", "FALSE"):
            truth = text == "TRUE"
            return (lambda s, n: truth), rest
        return (lambda s, n: s.name(text)), rest
    if (kind, text) == ("op", "("):
        node, rest = _comparison(rest)
        return node, rest[1:]
    raise ValueError(f"unread formula at {text}")


def _reference(text: str) -> Node:
    own, _, place = text.rpartition("!")
    sheet = own.strip("'")
    first, _, last = place.partition(":")
    top, left = row_column(first)
    if not last:
        return lambda s, n: s.value(sheet or n[0], top, left)
    bottom, right = row_column(last)
    return lambda s, n: Area(sheet or n[0], top, left, bottom, right)


def _call(name: str, tokens: Tokens) -> tuple[Node, Tokens]:
    arguments: list[Node] = []
    while tokens and tokens[0] != ("op", ")"):
        node, tokens = _comparison(tokens)
        arguments.append(node)
        if tokens and tokens[0] == ("op", ","):
            tokens = tokens[1:]
    rest = tokens[1:]
    if name == "IF":
        return _if(arguments), rest
    if name == "ISNA":
        return _is_na(arguments[0]), rest
    if name not in FUNCTIONS and name not in SCALAR:
        raise ValueError(f"unknown function {name}")
    if name in SCALAR:
        scalar = SCALAR[name]
        return (lambda s, n: _lifted(scalar, s, *(each(s, n) for each in arguments))), rest
    function = FUNCTIONS[name]
    return (lambda s, n: function(s, *(each(s, n) for each in arguments))), rest


def _if(arguments: list[Node]) -> Node:
    test, yes = arguments[0], arguments[1]
    no: Node = arguments[2] if len(arguments) > 2 else (lambda s, n: False)
    return lambda s, n: (yes if truth(test(s, n)) else no)(s, n)


def _is_na(argument: Node) -> Node:
    def node(sheets: Sheets, at: Place) -> bool:
        try:
            argument(sheets, at)
        except CalculationError as error:
            return str(error) == "#N/A"
        return False

    return node


def _scalar(value: Any, sheets: Sheets) -> Result:
    if isinstance(value, Area):
        return sheets.value(value.sheet, value.top, value.left)
    found: Result = value[0] if isinstance(value, list) else value
    return found
