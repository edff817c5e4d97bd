"""The plain manner in which office programs write a worksheet, recognised and read at the speed of regular expressions.

The cells are read row by row (`rows`), what stands around them by expat. Whatever is written otherwise is left to the second look.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kaohe.files.limits import Limits, Refused
from kaohe.files.parts import walk
from kaohe.files.rows import rows
from kaohe.files.texts import is_text
from kaohe.files.worksheet import Book, Frame, Told, Worksheet

_ANY, _NOTHING, _START, _END = b"<sheetData", b"<sheetData/>", b"<sheetData>", b"</sheetData>"
_ROOT = re.compile(rb"(?:<\?xml[^>]*\?>)?\s*<worksheet[ >]")
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]{1,7})"[^>]* hidden="(?:1|true)"')
#: texts of headers and footers, of which only whether they are text matters
_PRINTED = re.compile(rb"(?<=er)>[^<]++(?=</)")
_MOST_KEPT = 65_536  # bytes around the cells of which the outcome is kept: the forms of one class have the same


def look(xml: bytes, book: Book, limits: Limits) -> Worksheet | None:
    """A worksheet whose every cell is written in the manner of office programs, lies in the range kept, and stands there once; else None.

    `xml` is UTF-8, perhaps not well-formed. Raises Refused for DOCTYPE, bad XML and too deep elements around the cells.
    """
    start, end = xml.find(_ANY), xml.rfind(_END)
    if start < 0 or not _ROOT.match(xml):
        return None
    if end < 0 and xml.startswith(_NOTHING, start):
        frame = _frame(xml[:start], xml[start + len(_NOTHING) :], limits)
        return Worksheet((), Told({}, frame.merged, (), frame.hidden_columns)) if frame is not None else None
    if end < start or not xml.startswith(_START, start):
        return None
    frame = _frame(xml[:start], xml[end + len(_END) :], limits)
    if frame is None:
        return None
    cells = xml[start + len(_START) : end]
    oddities: dict[str, str] = {}
    found = rows(cells, book, limits, oddities)
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
