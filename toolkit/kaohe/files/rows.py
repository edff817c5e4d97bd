"""The rows of a worksheet in the plain manner of office programs, recognised and read at the speed of regular expressions.

Between the cells every single tag must be known; that proves them well-formed without a parser, and gives their values in the same pass.
Formulas are passed over: what they came to stands beside them. The forms of one class have most rows in common to the byte (lists, helping
rows, rows in which nothing was typed): what such a row says is kept from the second time on, while rows like it come, and only its shared
strings are looked up anew. All other rows of a sheet are read together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice, repeat
from operator import floordiv, itemgetter, lt
from typing import NamedTuple

from kaohe.core.cells import row_column
from kaohe.core.faults import quoted
from kaohe.files.limits import Limits
from kaohe.files.styles import AS_DURATION, AS_PERCENT
from kaohe.files.texts import inline, is_text, spoken
from kaohe.files.values import Rows, duration, iso, moment
from kaohe.files.worksheet import LAST_ROW, NO_RESULT, NUMBER, PERCENT, Book
from kaohe.records.tables import CellValue

_ROW_END = b"</row>"
_LEAST_CELL = len(b'<c r="A1"/>')
_MOST_PLACES = 100_000
_MOST_KEPT = 2 * 1024 * 1024  # bytes of rows of which the outcome is kept, twice: those of now and those of before
_MOST_SEEN = 50_000  # rows that are known to have been there once, and wider copies of rows

Values = tuple[CellValue, ...]


def rows(cells: bytes, book: Book, limits: Limits, oddities: dict[str, str]) -> Rows | None:
    """The table of what stands between `<sheetData>` and `</sheetData>`; what is odd goes to `oddities`. None where anything is written
    otherwise, lies beyond the range kept, stands there twice, or is more than the limits allow."""
    if len(cells) > _LEAST_CELL * limits.cells:
        if cells.count(b"<v") + cells.count(b"<is") > limits.cells or cells.count(_ROW_END) > LAST_ROW:
            return None  # so many that not even their addresses are gathered
    *pieces, end = cells.split(_ROW_END)
    if not _END.fullmatch(end):
        return None
    kept = _kept(limits, frozenset(book.styles.items()), book.is_1904)
    known, strings = kept.young, book.strings
    found: dict[int, Values] = {}
    new: list[bytes] = []
    odd: dict[str, str] = {}
    count = width = height = 0
    try:
        for piece in pieces:
            row = known.get(piece) or kept.met_again(piece, book, limits)
            if row is None:
                new.append(piece)
            elif row.count:
                if row.number in found:
                    return None
                count += row.count
                values = found[row.number] = row.values(strings)
                if values:
                    if row.number > height:
                        height = row.number
                    if len(values) > width:
                        width = len(values)
                odd |= row.oddities
        is_new = len(new) == len(pieces)
        others = _read(cells[: len(cells) - len(end)] if is_new else _ROW_END.join((*new, b"")), book, limits)
        filled = others.filled(strings)
    except (KeyError, _Otherwise):
        return None
    places, across = others.places, limits.columns
    if count + len(places) > limits.cells:
        return None
    if not all(map(lt, places, islice(places, 1, None))) and len(set(places)) < len(places):
        return None  # a cell given twice
    numbers = dict.fromkeys(map(floordiv, places, repeat(across)))
    if not found.keys().isdisjoint([number + 1 for number in numbers]):
        return None
    odd |= others.oddities
    oddities.update(sorted(odd.items(), key=lambda each: row_column(each[0])))  # whichever of the rows were kept
    if filled:
        height = max(height, max(filled) // across + 1)
        width = max(width, max([place % across for place in filled]) + 1)
        grid: list[CellValue] = [None] * (max(filled) // across * across + across)
        for place, value in filled.items():
            grid[place] = value
        for number in numbers:
            found[number + 1] = tuple(grid[number * across : number * across + width])
    blank = (None,) * width
    return tuple(
        [
            each if len(each) == width else kept.widened(each, width)
            for each in map(found.get, range(1, height + 1), repeat(blank))
        ]
    )


class _Otherwise(Exception):
    """A row that is not written in the plain manner."""


class _Cells(NamedTuple):
    """The cells of some rows that are not blank: their places, the values but for shared strings, the indexes of those, what is odd."""

    places: list[int]
    values: list[CellValue]
    indexes: list[bytes]
    oddities: dict[str, str]

    def filled(self, strings: Mapping[bytes, str | None]) -> dict[int, CellValue]:
        """The values by place, blank ones left out. Raises KeyError for a string that there is not."""
        said = [
            value if index is None else strings[index] for value, index in zip(self.values, self.indexes, strict=True)
        ]
        return {place: value for place, value in zip(self.places, said, strict=True) if value is not None}


class _Row:
    """What a row says: its number and how many cells that are not blank, the values but for the shared strings, where those stand, and the
    values when they were looked up last."""

    __slots__ = ("columns", "count", "last", "number", "oddities", "pick", "plain")

    def __init__(self, cells: _Cells, across: int) -> None:
        """`cells`: of one row, in their order."""
        places = cells.places
        self.number, self.count, self.oddities = (places[0] // across + 1 if places else 0), len(places), cells.oddities
        columns = [place % across for place in places]
        self.plain: list[CellValue] = [None] * (columns[-1] + 1 if columns else 0)
        for column, value in zip(columns, cells.values, strict=True):
            self.plain[column] = value
        strings = [(column, index) for column, index in zip(columns, cells.indexes, strict=True) if index is not None]
        self.columns = [column for column, _ in strings]
        indexes = [index for _, index in strings]
        #: its shared strings, two at least, because for one it would give no tuple
        self.pick = itemgetter(*indexes, *indexes[:1]) if indexes else None
        self.last: tuple[Values, Values] = ((), _trimmed(self.plain))

    def values(self, strings: Mapping[bytes, str | None]) -> Values:
        """The values up to the last that is not blank. Raises KeyError for a string that there is not."""
        said, values = self.last
        if self.pick is not None:
            now: Values = self.pick(strings)
            if now != said:
                found = self.plain.copy()
                for column, text in zip(self.columns, now, strict=False):
                    found[column] = text
                values = _trimmed(found)
                self.last = now, values
        return values


def _trimmed(values: list[CellValue]) -> Values:
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return tuple(values[:end])


class _Kept:
    """Rows by their bytes, those that were met lately (`young`, and `_old` before them); other styles have others, because they make dates of
    numbers."""

    def __init__(self, limits: Limits, styles: object, is_1904: bool) -> None:
        self.young: dict[bytes, _Row] = {}
        self._old: dict[bytes, _Row] = {}
        self._size = 0
        self._seen: set[int] = set()
        self._wide: dict[int, tuple[Values, Values]] = {}

    def met_again(self, piece: bytes, book: Book, limits: Limits) -> _Row | None:
        """A row that was there before, kept from now on; None for a new one. Raises _Otherwise and KeyError as reading does."""
        row = self._old.get(piece)
        if row is None:
            key = hash(piece)
            if key not in self._seen:
                if len(self._seen) >= _MOST_SEEN:
                    self._seen.clear()
                self._seen.add(key)
                return None
            cells = _read(piece + _ROW_END, book, limits)
            places, across = cells.places, limits.columns
            if places and places[-1] // across != places[0] // across:
                raise _Otherwise  # a cell of another row
            if not all(map(lt, places, islice(places, 1, None))):
                raise _Otherwise
            row = _Row(cells, across)
        if self._size > _MOST_KEPT:
            self._old, self._size = dict(self.young), 0
            self.young.clear()
            self._wide.clear()
        self._size += len(piece)
        self.young[piece] = row
        return row

    def widened(self, values: Values, width: int) -> Values:
        """The values with blanks up to a width: the same object for the same values, by which others see that nothing has changed."""
        known = self._wide.get(id(values))
        if known is not None and known[0] is values and len(known[1]) == width:
            return known[1]
        wide = values + (None,) * (width - len(values))
        if values and len(self._wide) < _MOST_SEEN:
            self._wide[id(values)] = values, wide
        return wide


_kept: Callable[[Limits, object, bool], _Kept] = lru_cache(maxsize=4)(_Kept)


class _Places(dict[bytes, int]):
    """Where in the range kept an address lies, counted from 0 row by row, those that are met kept. Raises KeyError for one beyond it."""

    def __init__(self, limits: Limits) -> None:
        self._rows, self._columns = limits.rows, limits.columns

    def __missing__(self, address: bytes) -> int:
        letters = address.rstrip(b"0123456789")
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        row = int(address[len(letters) :])
        if row > self._rows or column > self._columns:
            raise KeyError(address)
        found = (row - 1) * self._columns + column - 1
        if len(self) < _MOST_PLACES:
            self[address] = found
        return found


_places: Callable[[Limits], _Places] = lru_cache(maxsize=4)(_Places)


def _read(xml: bytes, book: Book, limits: Limits) -> _Cells:
    """Rows, each with its end tag. Raises _Otherwise, and KeyError for a cell beyond the range kept."""
    begin = _BEGIN.match(xml)
    if begin is None:
        raise _Otherwise
    parts: list[bytes] = _CELL.split(memoryview(xml)[begin.end() :])  # a view, because pieces are copied anyway
    if any(parts[0::_GROUPS]):
        raise _Otherwise  # something stands between the cells
    addresses, styles = parts[1::_GROUPS], parts[2::_GROUPS]
    texts = list(filter(None, parts[5::_GROUPS]))
    others = list(filter(None, parts[6::_GROUPS]))
    if max(map(len, texts), default=0) > limits.text or not is_text(b"\n".join((*texts, *others))):
        raise _Otherwise
    places = list(map(_places(limits).__getitem__, addresses))
    values: list[CellValue] = [
        float(number) if number is not None else spoken(text.decode()) if text else None
        for number, text in zip(parts[4::_GROUPS], parts[5::_GROUPS], strict=True)
    ]
    oddities: dict[str, str] = {}
    if others:
        for at, raw in enumerate(parts[6::_GROUPS]):
            if raw:
                values[at], why = _other(raw, limits)
                if why:
                    oddities[addresses[at].decode()] = why
    if not book.styles.keys().isdisjoint(styles):
        for at, style in enumerate(styles):
            kind, value = book.styles.get(style), values[at]
            if kind and isinstance(value, float):
                if kind != AS_PERCENT:
                    values[at] = duration(value) if kind == AS_DURATION else moment(value, book.is_1904)
                elif value:
                    oddities[addresses[at].decode()] = PERCENT
    return _Cells(places, values, parts[3::_GROUPS], oddities)


def _other(raw: bytes, limits: Limits) -> tuple[CellValue, str]:
    """The value of a rarer kind of cell, and what is odd about it. Raises _Otherwise."""
    match = _RARE.fullmatch(raw)
    if match is None:
        raise _Otherwise
    kind, formula, value, empty, item = match.groups()
    if item is not None:
        if kind != b"inlineStr" or len(item) > limits.text:
            raise _Otherwise
        return inline(item.decode()) or None, ""
    if not value:
        is_bare = value is None and empty is None
        if formula and (kind in (None, b"n") or (kind == b"str" and is_bare)):
            return None, NO_RESULT
        if is_bare and not formula and kind is None:
            return None, ""  # a blank cell
        raise _Otherwise
    if kind == b"e":
        return None, quoted(spoken(value.decode()))
    if kind == b"n" and _PLAIN_NUMBER.fullmatch(value):
        return float(value), ""
    if kind == b"b" and value in (b"0", b"1"):
        return value == b"1", ""
    if kind == b"d":
        return iso(spoken(value.decode())), ""
    raise _Otherwise


_STYLE = rb'(?: s="([0-9]++)")?+'
#: any address of Excel up to ZZ99999; whether it lies in the range kept is asked of `_Places`
_ADDRESS = rb"[A-Z]{1,2}+[1-9][0-9]{0,4}+"
_ROW = rb'<row r="[0-9]{1,7}+"(?: [a-zA-Z0-9:]{1,40}+="[ !#-%\'-;=-~]*+")*+'
_BLANK = rb'<c r="' + _ADDRESS + rb'"(?: s="[0-9]++")?+/>\s*+'
_EMPTY = rb"\s*+(?:" + _ROW + rb"(?:/>|>\s*+</row>)\s*+)*+"
#: what ends one row begins the next, so that all tags taken together are balanced; empty rows and blank cells are passed over
_NEXT = _EMPTY + rb"(?:" + _ROW + rb">\s*+|\Z)"
_PASSED = rb"(?:" + _BLANK + rb"|</row>" + _NEXT + rb")*+"
_BEGIN = re.compile(_NEXT + _PASSED)
_END = re.compile(rb"\s*+(?:" + _ROW + rb"/>\s*+)*+")
_FORMULA = rb'<f(?: [a-z0-9:]{1,20}+="[^"<>&]*+")*+(?:/>|>[^<]*+</f>)'
_PLAIN_NUMBER = re.compile(NUMBER)
#: a cell that is not blank: address, style, then one of: the index of a shared string; a number; a text; any other kind, whole
_CELL = re.compile(
    rb'<c r="(' + _ADDRESS + rb')"' + _STYLE + rb'(?: t="s"><v>([0-9]{1,7}+)</v></c>'
    rb'|(?: t="n")?+>(?:' + _FORMULA + rb")?+<v>(" + NUMBER + rb")</v></c>"
    rb'| t="str">(?:' + _FORMULA + rb")?+<v>([^<]*+)</v></c>"
    rb'|((?: t="[a-zA-Z]{1,9}+")?+>(?:' + _FORMULA + rb")?+"
    rb'(?:<v>[^<]*+</v>|<v/>|<is><t(?: xml:space="preserve")?+>[^<]*+</t></is>)?+</c>))\s*+' + _PASSED
)  # fmt: skip
_GROUPS = _CELL.groups + 1
#: a rarer kind: its name, then its formula, its value, an empty value, an inline string
_RARE = re.compile(
    rb'(?: t="([a-zA-Z]++)")?+>(' + _FORMULA + rb")?+(?:<v>([^<]*+)</v>|(<v/>)|<is>(<t[^>]*+>[^<]*+</t>)</is>)?+</c>"
)
