"""What operators and functions do with values, as office programs have it: blanks, text against numbers, errors on their way."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from kaohe.core.exact import exact, fixed, round_half_up

Result = str | float | int | bool | None


class CalculationError(Exception):
    """An error value (`#N/A`, `#DIV/0!` …) on its way to a function that handles it."""


class Area(msgspec.Struct, frozen=True):
    """A range of one sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class Cells(Protocol):
    """Cells with their values. Both raise CalculationError where a value is an error."""

    def value(self, sheet: str, row: int, column: int) -> Result:
        """The value of a cell."""

    def area(self, area: Area) -> list[Result]:
        """All values of a range, row by row."""


def number(value: Result) -> float | int:
    """A value in arithmetic: a blank is 0, a text that is a number counts. Raises CalculationError (#VALUE!) for other text."""
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


def truth(value: Result) -> bool:
    """A condition's value. Raises CalculationError (#VALUE!) for text."""
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
    if number(right) == 0:
        raise CalculationError("#DIV/0!")
    return number(left) / number(right)


OPERATORS: dict[str, Callable[[Result, Result], Result]] = {
    "=": lambda a, b: _order(a, b) == 0,
    "<>": lambda a, b: _order(a, b) != 0,
    "<": lambda a, b: _order(a, b) < 0,
    ">": lambda a, b: _order(a, b) > 0,
    "<=": lambda a, b: _order(a, b) <= 0,
    ">=": lambda a, b: _order(a, b) >= 0,
    "&": lambda a, b: _text(a) + _text(b),
    "+": lambda a, b: number(a) + number(b),
    "-": lambda a, b: number(a) - number(b),
    "*": lambda a, b: number(a) * number(b),
    "/": _divided,
}


def _flat(sheets: Cells, values: tuple[Any, ...]) -> list[tuple[Result, bool]]:
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


def _numbers(sheets: Cells, values: tuple[Any, ...]) -> list[float | int]:
    return [
        number(value)
        for value, in_range in _flat(sheets, values)
        if (isinstance(value, int | float) and not isinstance(value, bool)) or (not in_range and value is not None)
    ]


def _sumproduct(sheets: Cells, *values: Any) -> float | int:
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
        return bool(OPERATORS[sign](value, wanted))
    return value is not None and not isinstance(value, str) and _order(value, criterion) == 0


def _sumif(sheets: Cells, area: Area, criterion: Result, summed: Area | None = None) -> float | int:
    pairs = zip(sheets.area(area), sheets.area(summed or area), strict=True)
    return sum(
        number(value)
        for tested, value in pairs
        if isinstance(value, int | float) and not isinstance(value, bool) and _matches(tested, criterion)
    )


def _match(sheets: Cells, wanted: Result, area: Area, _kind: Result = 0) -> int:
    for index, value in enumerate(sheets.area(area), 1):
        if value is not None and isinstance(value, str) == isinstance(wanted, str) and _order(value, wanted) == 0:
            return index
    raise CalculationError("#N/A")


def _index(sheets: Cells, area: Area, row: Result) -> Result:
    at = area.top + int(number(row)) - 1
    if at > area.bottom:
        raise CalculationError("#REF!")
    return sheets.value(area.sheet, at, area.left)


def _find(part: Result, text: Result, start: Result = 1) -> int:
    at = _text(text).find(_text(part), int(number(start)) - 1)
    if at < 0:
        raise CalculationError("#VALUE!")
    return at + 1


def _round(value: Result, places: Result) -> float | int:
    rounded = float(round_half_up(exact(number(value)), int(number(places))))
    return int(rounded) if rounded.is_integer() else rounded


def _as_shown(value: Result, pattern: Result) -> str:
    return fixed(exact(number(value)), len(_text(pattern).partition(".")[2]))


def _int(value: Result) -> int:
    return math.floor(number(value))


SCALAR: dict[str, Callable[..., Result]] = {
    "LEN": lambda value: len(_text(value)),
    "LEFT": lambda value, count=1: _text(value)[: int(number(count))],
    "MID": lambda value, start, count: _text(value)[int(start) - 1 : int(start) - 1 + int(count)],
    "FIND": _find,
    "SUBSTITUTE": lambda value, old, new: _text(value).replace(_text(old), _text(new)),
    "ISNUMBER": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "N": lambda value: value if isinstance(value, int | float) else 0,
    "NOT": lambda value: not truth(value),
    "ABS": lambda value: abs(number(value)),
    "INT": _int,
    "ROUND": _round,
    "TEXT": _as_shown,
}
FUNCTIONS: dict[str, Callable[..., Result]] = {
    "SUM": lambda sheets, *values: sum(_numbers(sheets, values)),
    "MIN": lambda sheets, *values: min(_numbers(sheets, values), default=0),
    "MAX": lambda sheets, *values: max(_numbers(sheets, values), default=0),
    "COUNT": lambda sheets, *values: len(_numbers(sheets, values)),
    "COUNTA": lambda sheets, *values: sum(value is not None for value, _ in _flat(sheets, values)),
    "AND": lambda sheets, *values: all(truth(value) for value, _ in _flat(sheets, values)),
    "OR": lambda sheets, *values: any(truth(value) for value, _ in _flat(sheets, values)),
    "SUMPRODUCT": _sumproduct,
    "SUMIF": _sumif,
    "MATCH": _match,
    "INDEX": _index,
}
