"""What an old workbook (.xls, .et: BIFF8) tells besides its values: error codes, percentages, merged areas, hidden rows and columns,
macros, links, a password. The reader after us gives blanks for error cells and tells none of the rest.

Best effort: a file that cannot be followed tells nothing, and the reader decides about it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from kaohe.core.cells import a1
from kaohe.files.limits import Limits, Refused
from kaohe.files.ole import Compound, Damaged
from kaohe.files.styles import BUILT_IN_PERCENT, shows_percent
from kaohe.files.worksheet import PERCENT, Area, Told

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF, _SUPBOOK = 0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0, 0x1AE
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR, _LABEL, _LABELSST = 0x203, 0x27E, 0xBD, 0x06, 0x205, 0x204, 0xFD
_ROW, _COLINFO, _MERGED = 0x208, 0x7D, 0xE5
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_OWN_LINK = b"\x01\x04"  # a reference to this very workbook


class Xls(NamedTuple):
    """What was told of each sheet by its name, and of the file."""

    sheets: dict[str, Told]
    has_macros: bool = False
    has_links: bool = False


def look(data: bytes, limits: Limits) -> Xls:
    """A look at an old workbook. Raises Refused for one with a password, and for filled cells so far apart that the reader would make
    room for more than the range kept."""
    try:
        file = Compound(data)
        stream = file.stream("Workbook", "Book", "WORKBOOK", "BOOK")
        macros = any(name.startswith("_VBA_PROJECT") for name in file.names)
        return _book(stream, limits)._replace(has_macros=macros)
    except (Damaged, struct.error, IndexError, UnicodeDecodeError):
        return Xls({})


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(kind, content) from an offset to the end of its substream, those nested in it (charts) left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + length]
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, content
        at += 4 + length


def _book(stream: bytes, limits: Limits) -> Xls:
    formats: dict[int, str] = {}
    used: list[int] = []
    places: list[tuple[str, int]] = []
    has_links = False
    for kind, content in _records(stream, 0):
        if kind == _FILEPASS:
            raise Refused("FILE-006")
        if kind == _BOUNDSHEET:
            places.append((_text(content[7:], content[6]), struct.unpack_from("<I", content)[0]))
        elif kind == _FORMAT:
            number, length = struct.unpack_from("<HH", content)
            formats[number] = _text(content[4:], length)
        elif kind == _XF:
            used.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _SUPBOOK:
            has_links = has_links or content[2:4] not in (_OWN_LINK, b"\x01\x3a")
    percents = {
        index
        for index, number in enumerate(used)
        if (shows_percent(formats[number]) if number in formats else str(number) in BUILT_IN_PERCENT)
    }
    return Xls({name: _sheet(stream, at, percents, limits) for name, at in places}, has_links=has_links)


def _text(content: bytes, length: int) -> str:
    """A text after its length: a byte of flags, then one or two bytes a character."""
    wide = content[0] & 1
    return content[1 : 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _sheet(stream: bytes, at: int, percents: set[int], limits: Limits) -> Told:
    oddities: dict[str, str] = {}
    merged: list[Area] = []
    rows: list[int] = []
    columns: list[int] = []
    height = width = 0
    for kind, content in _records(stream, at):
        if kind in (_NUMBER, _RK, _FORMULA, _BOOLERR, _LABEL, _LABELSST):
            row, column, style = struct.unpack_from("<3H", content)
            odd = _odd(kind, content, style in percents)
            if odd:
                oddities[a1(row + 1, column + 1)] = odd
            height, width = max(height, row + 1), max(width, column + 1)
        elif kind == _MULRK:
            row, first = struct.unpack_from("<2H", content)
            for number, (style, value) in enumerate(struct.iter_unpack("<HI", content[4:-2])):
                if style in percents and _is_not_zero(value):
                    oddities[a1(row + 1, first + number + 1)] = PERCENT
            height, width = max(height, row + 1), max(width, first + (len(content) - 6) // 6)
        elif kind == _ROW:
            if content[12] & 0x20:
                rows.append(struct.unpack_from("<H", content)[0] + 1)
        elif kind == _COLINFO:
            first, last, _, _, flags = struct.unpack_from("<5H", content)
            if flags & 1:
                columns += range(first + 1, min(last + 1, limits.columns) + 1)
        elif kind == _MERGED:
            areas = (Area(top + 1, left + 1, bottom + 1, right + 1) for top, bottom, left, right in _ranges(content))
            merged += (each for each in areas if each.size > 1)
    if height * width > limits.rows * limits.columns:
        raise Refused("FILE-027", f"{height} 行 {width} 列")
    return Told(oddities, tuple(merged), tuple(rows), tuple(sorted(set(columns))))


def _ranges(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    (count,) = struct.unpack_from("<H", content)
    yield from struct.iter_unpack("<4H", content[2 : 2 + 8 * count])


def _odd(kind: int, content: bytes, is_percent: bool) -> str:
    if kind == _BOOLERR:
        return _ERRORS.get(content[6], "#ERR") if content[7] else ""
    if kind == _FORMULA:
        result = content[6:14]
        if result[6:] != b"\xff\xff":
            return PERCENT if is_percent and struct.unpack("<d", result)[0] else ""
        return _ERRORS.get(result[2], "#ERR") if result[0] == 2 else ""
    if kind == _NUMBER:
        return PERCENT if is_percent and struct.unpack_from("<d", content, 6)[0] else ""
    if kind == _RK:
        return PERCENT if is_percent and _is_not_zero(struct.unpack_from("<I", content, 6)[0]) else ""
    return ""


def _is_not_zero(packed: int) -> bool:
    """Whether a number in the short form is not 0: its two lowest bits only say how it is packed."""
    return bool(packed >> 2)
