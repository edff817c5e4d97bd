"""A pen for workbooks that exist: puts values into the styled cells of worksheets and leaves everything else as it is.

It edits the XML in place instead of parsing the workbook, because whoever fills a thousand forms would otherwise spend half a second on
each. Cached results of formulas stay as they were: programs that open the workbook compute them anew, and our reader never uses them.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from xml.etree import ElementTree

from kaohe.core.cells import row_column
from kaohe.files.opc import Package
from kaohe.files.worksheet import MAIN
from kaohe.records.books import Value

MOST_TEXT = 32_767
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_EPOCH = datetime(1899, 12, 30)
_STYLE = re.compile(rb' s="[0-9]+"')
_HEIGHT = re.compile(rb' (?:ht|customHeight)="[^"]*"')
_CODED = re.compile("_x[0-9A-Fa-f]{4}_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def fill(data: bytes, typed: Mapping[str, Mapping[str, Value]], level: int = 1) -> bytes:
    """The workbook with values typed into cells: sheet name → A1 address → value. The same arguments give the same bytes.

    Numbers, truth values, dates (as serial numbers) and texts; None or "" empties a cell. Each cell keeps its style. `level` is that of
    the compression. Raises KeyError for a sheet or cell that the workbook does not hold, ValueError for a text over 32,767 characters
    or a number that is none, Refused for bytes that are no sound package.
    """
    package = Package(data)
    parts = sheet_parts(package)
    members = {}
    for name, cells in typed.items():
        if cells:
            members[parts[name]] = put(package.read(parts[name]), cells)
    return package.replace(members, level)


def sheet_parts(package: Package) -> dict[str, str]:
    """The member of each worksheet by the sheet's name."""
    targets = {
        each.attrib["Id"]: posixpath.normpath(posixpath.join("/xl", each.attrib["Target"])).lstrip("/")
        for each in ElementTree.fromstring(package.read(_RELATIONS))
    }
    book = ElementTree.fromstring(package.read(_WORKBOOK))
    return {each.attrib["name"]: targets[each.attrib[_RELATION]] for each in book.iter(f"{{{MAIN}}}sheet")}


def put(xml: bytes, cells: Mapping[str, Value]) -> bytes:
    """A worksheet's XML with these values by A1 address. Raises KeyError for a cell that does not stand in it, ValueError as `fill`, and for
    a cell whose formula others share."""
    made: list[bytes] = []
    at = 0
    for address, value in sorted(cells.items(), key=lambda pair: row_column(pair[0])):
        start = xml.find(b'<c r="%s"' % address.encode(), at)
        if start < 0:
            raise KeyError(f"no cell {address}")
        opened = xml.index(b">", start) + 1
        end = opened if xml[opened - 2] == ord("/") else xml.index(b"</c>", opened) + len(b"</c>")
        if xml.startswith(b'<f t="shared" ref=', opened):
            raise ValueError(f"the formula of {address} is that of other cells too")
        style = _STYLE.search(xml, start, opened)
        made += (xml[at:start], _cell(address, style[0] if style else b"", value))
        at = end
    return b"".join((*made, xml[at:]))


def set_heights(xml: bytes, heights: Mapping[int, float]) -> bytes:
    """A worksheet's XML with rows of these heights in points, rounded to whole pixels (0.75) as XlsxWriter does.

    Raises KeyError for a row that does not stand in it.
    """
    made: list[bytes] = []
    at = 0
    for row, height in sorted(heights.items()):
        start = xml.find(b'<row r="%d"' % row, at)
        if start < 0:
            raise KeyError(f"no row {row}")
        end = xml.index(b">", start)
        empty = xml[end - 1] == ord("/")
        tag = _HEIGHT.sub(b"", xml[start : end - empty])
        made += (xml[at:start], tag, b' ht="%s" customHeight="1"' % f"{_points(height):g}".encode())
        at = end - empty
    return b"".join((*made, xml[at:]))


def _points(height: float) -> float:
    return int(height * 4 / 3 + 0.5) * 0.75


def text_item(text: str) -> bytes:
    """The element `t` of a text, in the words of a workbook: a control character goes as `_xHHHH_`."""
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    coded = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", _CODED.sub(r"_x005F\g<0>", text))
    return b"<t%s>%s</t>" % (space.encode(), markup(coded))


def markup(text: str) -> bytes:
    """A text between tags; what is no character of XML becomes U+FFFD."""
    return _NO_CHARACTER.sub("\ufffd", text).translate(_MARKUP).encode()


def _cell(address: str, style: bytes, value: Value) -> bytes:
    return b"".join((b'<c r="', address.encode(), b'"', style, *_content(value)))


def _content(value: Value) -> Iterator[bytes]:
    if value is None or value == "":
        yield b"/>"
    elif isinstance(value, bool):
        yield b' t="b"><v>%d</v></c>' % value
    elif isinstance(value, str):
        if len(value) > MOST_TEXT:
            raise ValueError(f"a text of {len(value)} characters")
        yield from (b' t="inlineStr"><is>', text_item(value), b"</is></c>")
    else:
        number = _serial(value) if isinstance(value, date) else value
        if not math.isfinite(number):
            raise ValueError(f"no number: {value}")
        yield b"><v>%s</v></c>" % repr(number).upper().encode()


def _serial(value: date) -> int | float:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    days = (moment - _EPOCH).total_seconds() / 86_400
    return int(days) if days == int(days) else days
