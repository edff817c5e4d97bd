"""The plain manner in which office programs write a worksheet, recognised and read at the speed of regular expressions.

Inside the cells every single tag must be known; that proves them well-formed without a parser, and gives their values in the same pass.
Formulas are passed over: what they came to stands beside them. Whatever is written otherwise is left to the second look.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from operator import lt

from kaohe.core.faults import quoted
from kaohe.files.limits import Limits, Refused
from kaohe.files.parts import walk
from kaohe.files.styles import AS_DURATION, AS_PERCENT
from kaohe.files.texts import inline, is_text, spoken
from kaohe.files.values import Rows, duration, iso, moment, table
from kaohe.files.worksheet import NO_RESULT, NUMBER, PERCENT, Book, Frame, Told, Worksheet
from kaohe.records.tables import CellValue

_NOTHING, _START, _END = b"<sheetData/>", b"<sheetData", b"</sheetData>"
_ROOT = re.compile(rb"(?:<\?xml[^>]*\?>)?\s*<worksheet[ >]")
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]{1,7})"[^>]* hidden="(?:1|true)"')
#: texts of headers and footers, of which only whether they are text matters
_PRINTED = re.compile(rb"(?<=er)>[^<]++(?=</)")
_LEAST_CELL = len(b'<c r="A1"/>')
_MOST_KEPT = 65_536  # bytes around the cells of which the outcome is kept: the forms of one class have the same
_MOST_PLACES = 100_000


def look(xml: bytes, book: Book, limits: Limits) -> Worksheet | None:
    """A worksheet whose every cell is written in the manner of office programs, lies in the range kept, and stands there once; else None.

    `xml` is UTF-8, perhaps not well-formed. Raises Refused for DOCTYPE, bad XML and too deep elements around the cells.
    """
    start, end = xml.find(_START), xml.rfind(_END)
    if start < 0 or not _ROOT.match(xml):
        return None
    if end < 0 and not xml.startswith(_NOTHING, start):
        return None
    end = start + len(_NOTHING) if end < 0 else end + len(_END)
    frame = _frame(xml[:start], xml[end:], limits)
    if frame is None:
        return None
    cells = xml[start:end]
    if cells == _NOTHING:
        return Worksheet((), Told({}, frame.merged, (), frame.hidden_columns))
    oddities: dict[str, str] = {}
    found = _cells(cells, book, limits, oddities)
    if found is None:
        return None
    hidden = tuple([int(row) for row in _HIDDEN_ROW.findall(cells)]) if b' hidden="' in cells else ()
    return Worksheet(found, Told(oddities, frame.merged, hidden, frame.hidden_columns))


def _frame(head: bytes, tail: bytes, limits: Limits) -> Frame | None:
    """What stands around the cells; None where it holds comments, CDATA or instructions."""
    # What follows the cells is long (choices, colours) and the same in all forms of a class, but for the unit's line in the footer.
    at = tail.find(b"<headerFooter")
    common = tail if at < 0 else tail[:at] + _PRINTED.sub(b">", tail[at:])
    if len(head) + len(tail) > _MOST_KEPT or (at >= 0 and not is_text(tail[at:])):
        return _framed(head, tail, limits)
    try:
        after = _kept(b"<worksheet>", common, limits)
        before = _kept(head, b"</worksheet>", limits)
    except Refused:
        return _framed(head, tail, limits)  # as a whole, to know why
    return None if after is None or before is None else before.joined(after)


def _framed(head: bytes, tail: bytes, limits: Limits) -> Frame | None:
    """Its elements are looked at one by one only where they may tell something."""
    frame = Frame(limits)
    shows_all = head.count(b"hidden") == head.count(b'hidden="false"') + head.count(b'hidden="0"')
    tells = not shows_all or b"mergeCell" in tail
    return frame if walk(b"".join((head, _NOTHING, tail)), limits, frame.see if tells else None) else None


_kept = lru_cache(maxsize=256)(_framed)


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


_places = lru_cache(maxsize=4)(_Places)


class _Otherwise(Exception):
    """A cell that is not written in the plain manner."""


def _cells(cells: bytes, book: Book, limits: Limits, oddities: dict[str, str]) -> Rows | None:
    """The table; what is odd goes to `oddities`. None where anything is written otherwise."""
    if len(cells) > _LEAST_CELL * limits.cells and cells.count(b"<v") + cells.count(b"<is") > limits.cells:
        return None  # so many that not even their addresses are gathered
    begin = _BEGIN.match(cells)
    if begin is None:
        return None
    parts: list[bytes] = _CELL.split(memoryview(cells)[begin.end() :])  # a view, because pieces are copied anyway
    if any(parts[0::_GROUPS]):
        return None  # something stands between the cells
    addresses, styles = parts[1::_GROUPS], parts[2::_GROUPS]
    if len(addresses) > limits.cells:
        return None
    texts = list(filter(None, parts[5::_GROUPS]))
    others = list(filter(None, parts[6::_GROUPS]))
    if max(map(len, texts), default=0) > limits.text or not is_text(b"\n".join((*texts, *others))):
        return None
    strings = book.strings
    try:
        places = list(map(_places(limits).__getitem__, addresses))
        values: list[CellValue] = [
            strings[index]
            if index is not None
            else float(number)
            if number is not None
            else spoken(text.decode())
            if text
            else None
            for index, number, text in zip(parts[3::_GROUPS], parts[4::_GROUPS], parts[5::_GROUPS], strict=True)
        ]
        if others:
            for at, raw in enumerate(parts[6::_GROUPS]):
                if raw:
                    values[at], why = _other(raw, limits)
                    if why:
                        oddities[addresses[at].decode()] = why
    except (KeyError, _Otherwise):
        return None
    if not book.styles.keys().isdisjoint(styles):
        for at, style in enumerate(styles):
            kind, value = book.styles.get(style), values[at]
            if kind and isinstance(value, float):
                if kind != AS_PERCENT:
                    values[at] = duration(value) if kind == AS_DURATION else moment(value, book.is_1904)
                elif value:
                    oddities[addresses[at].decode()] = PERCENT
    if not all(map(lt, places, islice(places, 1, None))) and len(set(places)) < len(places):
        return None  # a cell given twice
    return table(places, values, limits.columns)


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
#: what ends one row begins the next, so that all tags taken together are balanced; empty rows and blank cells are passed over
_NEXT = rb"\s*+(?:" + _ROW + rb"(?:/>|>\s*+</row>)\s*+)*+(?:" + _ROW + rb">\s*+|</sheetData>\Z)"
_PASSED = rb"(?:" + _BLANK + rb"|</row>" + _NEXT + rb")*+"
_BEGIN = re.compile(rb"<sheetData>" + _NEXT + _PASSED)
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
