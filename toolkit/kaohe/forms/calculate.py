"""Computes the formulas of a Book as an office program would, so that each is written with its right cached value.

Readers, previews and LibreOffice show cached values before anything is recalculated, and a returned form's unopened copy must not lie.
Covers the functions that our forms use (all of Excel 2003); a test recalculates the same books in LibreOffice and compares.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from kaohe.core.cells import row_column
from kaohe.core.exact import exact, fixed, round_half_up
from kaohe.records.books import Book, Cell

Result = str | float | int | bool | None
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<ref>(?:(?:'[^']+'|[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w(]))"""
    r"""|(?P<name>[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*)|(?P<op><>|<=|>=|[-+*/&=<>(),]))"""
)


class CalculationError(Exception):
    """An error value (`#N/A`, `#DIV/0!` …) on its way to a function that handles it."""


class Area(msgspec.Struct, frozen=True):
    """A range of one sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


Node = Callable[["Sheets", str], Any]


class Sheets:
    """The cells of a book by sheet and place; formulas are computed when first asked for."""

    def __init__(self, book: Book) -> None:
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
        if cell is not None and cell.formula:
            found = _scalar(compiled(cell.formula[1:])(self, sheet), self)
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
        return self._names[name](self, "")


def calculate(book: Book) -> Book:
    """The same book with the value of every formula. Raises CalculationError where a formula gives an error value (our mistake)."""
    sheets = Sheets(book)
    made = []
    for sheet in book.sheets:
        cells = tuple(_solved(sheets, sheet.name, cell) if cell.formula else cell for cell in sheet.cells)
        made.append(msgspec.structs.replace(sheet, cells=cells))
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


@lru_cache(maxsize=20_000)
def compiled(formula: str) -> Node:
    """A formula's text (without =) as a function. Raises ValueError for what this calculator does not know (our mistake)."""
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
        node, rest = _binary(_OPERATORS[rest[0][1]], node, right), after
    return node, rest


def _binary(operate: Callable[[Result, Result], Result], left: Node, right: Node) -> Node:
    def node(sheets: Sheets, sheet: str) -> Any:
        return _lifted(operate, sheets, left(sheets, sheet), right(sheets, sheet))

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
        return _binary(lambda a, b: _number(a) - _number(b), lambda s, n: 0, node), rest
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
        return lambda s, n: s.value(sheet or n, top, left)
    bottom, right = row_column(last)
    return lambda s, n: Area(sheet or n, top, left, bottom, right)


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
    if name not in _FUNCTIONS and name not in _SCALAR:
        raise ValueError(f"unknown function {name}")
    if name in _SCALAR:
        scalar = _SCALAR[name]
        return (lambda s, n: _lifted(scalar, s, *(each(s, n) for each in arguments))), rest
    function = _FUNCTIONS[name]
    return (lambda s, n: function(s, *(each(s, n) for each in arguments))), rest


def _if(arguments: list[Node]) -> Node:
    test, yes = arguments[0], arguments[1]
    no: Node = arguments[2] if len(arguments) > 2 else (lambda s, n: False)
    return lambda s, n: (yes if _truth(test(s, n)) else no)(s, n)


def _is_na(argument: Node) -> Node:
    def node(sheets: Sheets, sheet: str) -> bool:
        try:
            argument(sheets, sheet)
        except CalculationError as error:
            return str(error) == "#N/A"
        return False

    return node


def _scalar(value: Any, sheets: Sheets) -> Result:
    if isinstance(value, Area):
        return sheets.value(value.sheet, value.top, value.left)
    found: Result = value[0] if isinstance(value, list) else value
    return found


def _number(value: Result) -> float | int:
    if value is None:
        return 0
    if isinstance(value, bool | int | float):
        return value
    try:
        return float(value)
    except ValueError:
        raise CalculationError("#VALUE!") from None


def _text(value: Result) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def _truth(value: Result) -> bool:
    if isinstance(value, str):
        raise CalculationError("#VALUE!")
    return bool(value)


def _order(left: Result, right: Result) -> int:
    """-1, 0, 1 as office programs compare: a blank equals 0 and "", numbers come before text, text ignores case."""
    if left is None:
        left = "" if isinstance(right, str) else 0
    if right is None:
        right = "" if isinstance(left, str) else 0
    ranks = tuple(2 if isinstance(v, bool) else 1 if isinstance(v, str) else 0 for v in (left, right))
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    a, b = (v.casefold() if isinstance(v, str) else v for v in (left, right))
    return 0 if a == b else -1 if a < b else 1  # type: ignore[operator]


def _divided(left: Result, right: Result) -> float:
    if _number(right) == 0:
        raise CalculationError("#DIV/0!")
    return _number(left) / _number(right)


_OPERATORS: dict[str, Callable[[Result, Result], Result]] = {
    "=": lambda a, b: _order(a, b) == 0,
    "<>": lambda a, b: _order(a, b) != 0,
    "<": lambda a, b: _order(a, b) < 0,
    ">": lambda a, b: _order(a, b) > 0,
    "<=": lambda a, b: _order(a, b) <= 0,
    ">=": lambda a, b: _order(a, b) >= 0,
    "&": lambda a, b: _text(a) + _text(b),
    "+": lambda a, b: _number(a) + _number(b),
    "-": lambda a, b: _number(a) - _number(b),
    "*": lambda a, b: _number(a) * _number(b),
    "/": _divided,
}


def _flat(sheets: Sheets, values: tuple[Any, ...]) -> list[tuple[Result, bool]]:
    """All single values with whether they came from a range."""
    found: list[tuple[Result, bool]] = []
    for value in values:
        if isinstance(value, Area):
            found.extend((each, True) for each in sheets.area(value))
        elif isinstance(value, list):
            found.extend((each, True) for each in value)
        else:
            found.append((value, False))
    return found


def _numbers(sheets: Sheets, values: tuple[Any, ...]) -> list[float | int]:
    return [
        _number(value)
        for value, in_range in _flat(sheets, values)
        if (isinstance(value, int | float) and not isinstance(value, bool)) or (not in_range and value is not None)
    ]


def _sumproduct(sheets: Sheets, *values: Any) -> float | int:
    columns = [sheets.area(value) if isinstance(value, Area) else value for value in values]
    lists = [column if isinstance(column, list) else [column] for column in columns]
    total: float | int = 0
    for row in zip(*lists, strict=True):
        product: float | int = 1
        for value in row:
            product *= value if isinstance(value, int | float) and not isinstance(value, bool) else 0
        total += product
    return total


def _matches(value: Result, criterion: Result) -> bool:
    if isinstance(criterion, str):
        match = re.match(r"(<>|<=|>=|=|<|>)(.*)", criterion, re.DOTALL)
        sign, rest = (match[1], match[2]) if match else ("=", criterion)
        try:
            wanted: Result = float(rest)
        except ValueError:
            wanted = rest
        if sign != "<>" and isinstance(wanted, float) and (value is None or isinstance(value, str)):
            return False
        return bool(_OPERATORS[sign](value, wanted))
    return value is not None and not isinstance(value, str) and _order(value, criterion) == 0


def _sumif(sheets: Sheets, area: Area, criterion: Result, summed: Area | None = None) -> float | int:
    pairs = zip(sheets.area(area), sheets.area(summed or area), strict=True)
    return sum(
        _number(value)
        for tested, value in pairs
        if isinstance(value, int | float) and not isinstance(value, bool) and _matches(tested, criterion)
    )


def _match(sheets: Sheets, wanted: Result, area: Area, _kind: Result = 0) -> int:
    for index, value in enumerate(sheets.area(area), 1):
        if value is not None and isinstance(value, str) == isinstance(wanted, str) and _order(value, wanted) == 0:
            return index
    raise CalculationError("#N/A")


def _index(sheets: Sheets, area: Area, row: Result) -> Result:
    at = area.top + int(_number(row)) - 1
    if at > area.bottom:
        raise CalculationError("#REF!")
    return sheets.value(area.sheet, at, area.left)


def _find(part: Result, text: Result, start: Result = 1) -> int:
    at = _text(text).find(_text(part), int(_number(start)) - 1)
    if at < 0:
        raise CalculationError("#VALUE!")
    return at + 1


def _round(value: Result, places: Result) -> float | int:
    number = float(round_half_up(exact(_number(value)), int(_number(places))))
    return int(number) if number.is_integer() else number


def _as_shown(value: Result, pattern: Result) -> str:
    return fixed(exact(_number(value)), len(_text(pattern).partition(".")[2]))


def _int(value: Result) -> int:
    return math.floor(_number(value))


_SCALAR: dict[str, Callable[..., Result]] = {
    "LEN": lambda value: len(_text(value)),
    "LEFT": lambda value, count=1: _text(value)[: int(_number(count))],
    "MID": lambda value, start, count: _text(value)[int(start) - 1 : int(start) - 1 + int(count)],
    "FIND": _find,
    "SUBSTITUTE": lambda value, old, new: _text(value).replace(_text(old), _text(new)),
    "ISNUMBER": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "N": lambda value: value if isinstance(value, int | float) else 0,
    "NOT": lambda value: not _truth(value),
    "ABS": lambda value: abs(_number(value)),
    "INT": _int,
    "ROUND": _round,
    "TEXT": _as_shown,
}
_FUNCTIONS: dict[str, Callable[..., Result]] = {
    "SUM": lambda sheets, *values: sum(_numbers(sheets, values)),
    "MIN": lambda sheets, *values: min(_numbers(sheets, values), default=0),
    "MAX": lambda sheets, *values: max(_numbers(sheets, values), default=0),
    "COUNT": lambda sheets, *values: len(_numbers(sheets, values)),
    "COUNTA": lambda sheets, *values: sum(value is not None for value, _ in _flat(sheets, values)),
    "AND": lambda sheets, *values: all(_truth(value) for value, _ in _flat(sheets, values)),
    "OR": lambda sheets, *values: any(_truth(value) for value, _ in _flat(sheets, values)),
    "SUMPRODUCT": _sumproduct,
    "SUMIF": _sumif,
    "MATCH": _match,
    "INDEX": _index,
}
