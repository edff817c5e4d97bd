"""What the two tiers tell of a worksheet: its values, and what the values alone would not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple

from kaohe.core.cells import a1, row_column
from kaohe.files.limits import Limits, Refused
from kaohe.files.styles import Styles
from kaohe.files.values import Rows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NO_RESULT, COVERED, PERCENT = "公式无结果", "合并遮盖", "百分比格式"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
#: a number as office programs write it, within the fifteen digits that they keep; anything else in a number cell is handed on as text,
#: so that a person sees what stands there
NUMBER = rb"-?(?:[0-9]{1,15}+(?:\.[0-9]++)?|[0-9](?:\.[0-9]++)?E(?:-0?[0-9]{1,2}|\+?0{0,2}[0-9]|\+?0?1[0-4]))"
TRUE = ("1", "true")
LARGE = 100_000  # cells of a merged area that is said whatever it touches
#: merged areas that are handed on at most: more than any form has, few enough to look at one by one
_MOST_AREAS = 2_000


class Area(NamedTuple):
    """A merged area of more than one cell."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{a1(self.top, self.left)}:{a1(self.bottom, self.right)}"

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class Told(NamedTuple):
    """What a sheet's file tells besides the values. `oddities` by address: an error code, NO_RESULT, COVERED or PERCENT. `outside`:
    addresses of filled cells beyond the range that is kept. `blanks_unsure`: a blank cell may be a broken formula."""

    oddities: dict[str, str]
    merged: tuple[Area, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    outside: tuple[str, ...] = ()
    blanks_unsure: bool = False


class Book(NamedTuple):
    """What the worksheets of a workbook share: its strings by their index (None: one without a character), the cell styles that make
    something else of a number, and whether its days are counted from 1904."""

    strings: Mapping[bytes, str | None]
    styles: Styles
    is_1904: bool


class Worksheet(NamedTuple):
    """A worksheet: the values from A1 on (blank = None), and what they do not say."""

    rows: Rows
    told: Told


class Frame:
    """Gathers what stands around the cells, from the start events of its elements: merged areas and hidden columns."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._refs: dict[str, None] = {}
        self._merges = 0
        self._hidden: set[int] = set()

    def see(self, word: str, attributes: dict[str, str]) -> None:
        """An element by its name without prefix. Raises Refused beyond the limit of merged areas."""
        if word == "mergeCell":
            self._merges += 1
            self._refs[attributes.get("ref", "")] = None
            if self._merges > self._limits.merges:
                raise Refused("FILE-025", str(self._limits.merges))
        elif word == "col" and attributes.get("hidden") in TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if _WHOLE.fullmatch(first) and _WHOLE.fullmatch(last):
                self._hidden.update(range(int(first), min(int(last), self._limits.columns) + 1))

    def joined(self, other: Frame) -> Frame:
        """This and another as one."""
        if not self._refs and not self._hidden:
            return other
        if not other._refs and not other._hidden:
            return self
        found = Frame(self._limits)
        found._refs, found._hidden = self._refs | other._refs, self._hidden | other._hidden
        return found

    @cached_property
    def merged(self) -> tuple[Area, ...]:
        """The merged areas that reach into the range kept, each once."""
        rows, columns = self._limits.rows, self._limits.columns
        areas = (area(ref, rows) for ref in self._refs)
        return tuple([each for each in areas if each is not None and each.left <= columns])

    @cached_property
    def hidden_columns(self) -> tuple[int, ...]:
        return tuple(sorted(self._hidden))


_WHOLE = re.compile("[0-9]{1,10}")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def area(ref: str, rows: int = LAST_ROW) -> Area | None:
    """A merged area, its corners in order; None for what is none, is a single cell, or lies below so many rows."""
    match = _AREA.fullmatch(ref)
    if not match:
        return None
    one, first, other, last = match.groups()
    top, bottom = int(first), int(last)
    if top > rows and bottom > rows:
        return None
    left, right = _column(one), _column(other)
    found = Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    return found if found.size > 1 else None


@cache
def _column(letters: str) -> int:
    return row_column(f"{letters}1")[1]


def worth_saying(merged: Iterable[Area], height: int, width: int) -> tuple[str, ...]:
    """The merged areas that touch a table of this size, and giant ones beside it. At most `_MOST_AREAS`."""
    touching = (each for each in merged if (each.top <= height and each.left <= width) or each.size > LARGE)
    return tuple(str(each) for each in islice(touching, _MOST_AREAS))


def covered(rows: tuple[tuple[object, ...], ...], merged: Iterable[Area]) -> Iterator[str]:
    """The cells under a merge, other than its first, that hold a value: no office program shows it."""
    filled: dict[int, list[int]] = {}
    for top, left, bottom, right in merged:
        for number in range(top, min(bottom, len(rows)) + 1):
            if number not in filled:
                filled[number] = [column for column, value in enumerate(rows[number - 1], 1) if value is not None]
            hit = [c for c in filled[number] if left <= c <= right and (number, c) != (top, left)]
            if hit:
                yield from (a1(number, column) for column in hit)
                filled[number] = [column for column in filled[number] if column not in hit]
