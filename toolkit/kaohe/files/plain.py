"""The plain manner in which office programs write a worksheet, recognised at the speed of regular expressions, and a package of plain
parts under names of our own, which is all that the reader gets to see.

Inside the cells every single tag must be known; that proves them well-formed without a parser, in a quarter of its time. Formulas are
cut out: the reader skips them, but slowly (two thirds of its time with our forms).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kaohe.core.cells import letters
from kaohe.core.faults import quoted
from kaohe.files import opc
from kaohe.files.limits import Limits
from kaohe.files.parts import walk
from kaohe.files.worksheet import MAIN, NO_RESULT, NUMBER, PERCENT, Frame, Told, Worksheet, is_not_zero

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET = f'<worksheet xmlns="{MAIN}">%b</worksheet>'.encode()
_NOTHING, _START, _END = b"<sheetData/>", b"<sheetData", b"</sheetData>"
_FORMULA = re.compile(rb"(?:<f(?: [^>]*)?(?:/>|>[^<]*</f>))")
_ROOT = re.compile(rb"(?:<\?xml[^>]*\?>)?\s*<worksheet[ >]")
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]{1,7})"[^>]* hidden="(?:1|true)"')
_NO_CHARACTER = bytes(n for n in range(32) if n not in b"\t\n\r")
#: a reference to a character is rare in cells, and may stand for one that XML forbids
_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
_NO_LETTER = re.compile(b"\xef\xbf[\xbe\xbf]")


def look(xml: bytes, limits: Limits, percents: frozenset[str] = frozenset()) -> Worksheet | None:
    """A worksheet whose every cell is written in the manner of office programs, lies in the range kept, and stands there once; else None.

    `xml` is UTF-8, perhaps not well-formed. `percents`: the cell styles that show a number as a percentage. Raises Refused for DOCTYPE,
    bad XML and too deep elements around the cells.
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
        return Worksheet(cells, Told({}, frame.merged, (), frame.hidden_columns))
    found = _cells(cells, limits, percents)
    if found is None:
        return None
    hidden = tuple([int(row) for row in _HIDDEN_ROW.findall(cells)]) if b' hidden="' in cells else ()
    cells, oddities = found
    return Worksheet(cells, Told(oddities, frame.merged, hidden, frame.hidden_columns))


def _frame(head: bytes, tail: bytes, limits: Limits) -> Frame | None:
    """What stands around the cells; None where it holds comments, CDATA or instructions. Its elements are looked at one by one only where
    they may tell something."""
    frame = Frame(limits)
    shows_all = head.count(b"hidden") == head.count(b'hidden="false"') + head.count(b'hidden="0"')
    tells = not shows_all or b"mergeCell" in tail
    return frame if walk(b"".join((head, _NOTHING, tail)), limits, frame.see if tells else None) else None


def _cells(cells: bytes, limits: Limits, percents: frozenset[str]) -> tuple[bytes, dict[str, str]] | None:
    """The cells with formulas and error codes cut out, and the oddities; None where anything is written otherwise."""
    begin = _BEGIN.match(cells)
    if begin is None:
        return None
    addresses: list[bytes] = _token(limits.rows, limits.columns, limits.text).findall(cells, begin.end())
    unknown = addresses.count(b"")
    oddities: dict[str, str] = {}
    if unknown:
        told: list[tuple[bytes, bytes]] = _odd(limits.rows, limits.columns).findall(cells)
        if unknown != len(told):
            return None
        oddities = {address.decode(): quoted(code.decode()) if code else NO_RESULT for address, code in told}
        addresses += [address for address, _ in told]
        if any(code for _, code in told):
            # An error code that it does not know would stop the reader.
            cells = _error(limits.rows, limits.columns).sub(b"", cells)
    if len(set(addresses)) != len(addresses) - max(unknown - 1, 0):
        return None
    cells = _FORMULA.sub(b"", cells)
    if len(addresses) > limits.cells and cells.count(b"<v") + cells.count(b"<is") > limits.cells:
        return None
    if not _is_text(cells):
        return None
    if percents and any(b's="%b"' % each.encode() in cells for each in percents):
        oddities.update(
            (address.decode(), PERCENT) for address, number in _percent(percents).findall(cells) if is_not_zero(number)
        )
    return cells, oddities


def _is_text(xml: bytes) -> bool:
    """Whether the bytes between known tags are characters of XML in UTF-8."""
    if len(xml.translate(None, _NO_CHARACTER)) != len(xml) or _REFERENCE.search(xml):
        return False
    if xml.isascii():
        return True
    try:
        xml.decode()
    except UnicodeDecodeError:
        return False
    return not _NO_LETTER.search(xml)


def _any(*patterns: bytes) -> bytes:
    return rb"(?:" + rb"|".join(patterns) + rb")"


_STYLE = rb'(?: s="[0-9]++")?'
_ROW = rb'<row r="[0-9]{1,7}"(?: [a-zA-Z0-9:]{1,40}+="[^"<&]*+")*+'
#: what follows the beginning, or the end of a row: empty rows, and the beginning of a row with cells or the end of all
_NEXT = rb"\s*(?:" + _ROW + rb"(?:/>|>\s*</row>)\s*)*+(?:" + _ROW + rb">\s*|</sheetData>\Z)"
_BEGIN = re.compile(rb"<sheetData>" + _NEXT)
_AFTER = rb"(?:</row>" + _NEXT + rb")?"


@cache
def _token(rows: int, columns: int, text: int) -> re.Pattern[bytes]:
    """A cell in the plain manner, with its address as the group; an odd cell, and any other tag, is found with an empty group.

    Cells as Excel, WPS, LibreOffice, openpyxl and XlsxWriter write them: blank, number, shared or inline string, calculated formula.
    What ends one row begins the next, so that all tags taken together are balanced.
    """
    words, formula = rb"[^<]{0,%d}+" % text, _FORMULA.pattern + rb"?"
    number = formula + rb"<v>" + NUMBER + rb"</v>"
    typed = _any(
        rb's"><v>[0-9]{1,7}+</v>',
        rb'str">' + formula + rb"<v>" + words + rb"</v>",
        rb'n">' + number,
        rb'b">' + formula + rb"<v>[01]</v>",
        rb'd"><v>[-0-9T:.Z]++</v>',
        rb'inlineStr"><is><t(?: xml:space="preserve")?>' + words + rb"</t></is>",
    )
    kinds = _any(rb"/>", rb' t="' + typed + rb"</c>", rb">" + _any(number + rb"</c>", rb"</c>"))
    plain = _address(rows, columns) + _STYLE + kinds + _AFTER
    return re.compile(rb"<(?:c" + _any(plain, _odd_cell(rows, columns, b"(?:", b"(?:") + _AFTER) + rb"|)")


@cache
def _odd(rows: int, columns: int) -> re.Pattern[bytes]:
    """An odd cell: its address, and the code of an error (none: a formula that was never calculated)."""
    return re.compile(rb"<c" + _odd_cell(rows, columns, b"(", b"("))


def _odd_cell(rows: int, columns: int, first: bytes, second: bytes) -> bytes:
    never = rb'(?: t="n")?>' + _FORMULA.pattern + rb'(?:<v></v>|<v/>)?</c>|(?: t="str")?>' + _FORMULA.pattern + rb"</c>"
    error = rb' t="e">' + _FORMULA.pattern + rb"?<v>" + second + rb"[^<]{1,40}+)</v></c>"
    return _address(rows, columns, first) + _STYLE + _any(never, error)


@cache
def _error(rows: int, columns: int) -> re.Pattern[bytes]:
    """An error cell, with whatever code."""
    error = rb' t="e">' + _FORMULA.pattern + rb"?<v>[^<]{1,40}+</v></c>"
    return re.compile(rb"<c" + _address(rows, columns) + _STYLE + error)


@cache
def _percent(styles: frozenset[str]) -> re.Pattern[bytes]:
    """A number in one of these styles, formulas cut out: its address, and the number."""
    style = _any(*(each.encode() for each in sorted(styles)))
    return re.compile(rb'<c r="([A-Z]+[0-9]+)" s="' + style + rb'"(?: t="n")?><v>([^<]+)</v>')


def _address(rows: int, columns: int, group: bytes = b"(") -> bytes:
    """The attribute of the address, which is a group."""
    kept = f"(?:{_up_to(letters(columns), 'A', 'Z')})(?:{_up_to(str(rows), '0', '9')})".encode()
    if columns >= 26 and rows >= 9999:
        kept = rb"[A-Z][1-9][0-9]{0,3}+|" + kept  # nearly all of them
    return rb' r="' + group + kept + rb')"'


def _up_to(most: str, low: str, high: str) -> str:
    """A pattern for the words from 1 (or A) up to `most`, counted in the digits (or letters) low … high."""
    first = "1" if low == "0" else low
    kinds = [f"[{first}-{high}][{low}-{high}]{{0,{len(most) - 2}}}+"] if len(most) > 1 else []
    for at, sign in enumerate(most):
        least = first if at == 0 else low
        if sign > least:
            rest = len(most) - at - 1
            kinds.append(f"{most[:at]}[{least}-{chr(ord(sign) - 1)}][{low}-{high}]{{{rest}}}")
    return "|".join((*kinds, most))


def count_strings(xml: bytes, limits: Limits) -> int | None:
    """How many shared strings there are, where all are written in the manner of office programs (plain, or in runs with their fonts) and
    none may be over the limit; None where the second look is needed. `xml` is UTF-8, perhaps not well-formed."""
    if not _STRINGS.match(xml) or not _is_text(xml):
        return None
    items = xml.split(b"</si>")
    return len(items) - 1 if max(map(len, items)) <= limits.text else None


_ATTRIBUTES = rb'(?: [a-zA-Z:]{1,40}+="[^"<&]*+")*+'
_LEAF = rb"<[a-zA-Z]{1,40}+" + _ATTRIBUTES + rb"/>"
_WORDS = rb'<t(?: xml:space="preserve")?>[^<]*+</t>'
_RUN = rb"<r>(?:<rPr>(?:" + _LEAF + rb")*+</rPr>)?" + _WORDS + rb"</r>"
_GUIDE = rb"<rPh" + _ATTRIBUTES + rb">" + _WORDS + rb"</rPh>"
_ITEM = (
    rb"<si>"
    + _any(_WORDS, rb"(?:" + _RUN + rb")++")
    + rb"(?:"
    + _GUIDE
    + rb")*+(?:<phoneticPr"
    + _ATTRIBUTES
    + rb"/>)?</si>"
)
_STRINGS = re.compile(rb"(?:<\?xml[^>]*\?>)?\s*<sst" + _ATTRIBUTES + rb">\s*(?:" + _ITEM + rb"\s*)*+</sst>\s*\Z")


def rebuilt(sheets: Sequence[bytes], strings: bytes, styles: bytes, is_1904: bool) -> bytes:
    """A package of these sheetData, strings and styles under names of our own, not compressed."""
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1))
    links = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    members = {}
    if strings:
        links.append(("s", "sharedStrings", "sharedStrings.xml"))
        members["xl/sharedStrings.xml"] = strings
    if styles:
        links.append(("t", "styles", "styles.xml"))
        members["xl/styles.xml"] = styles
    era = '<workbookPr date1904="1"/>' if is_1904 else ""
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}">{era}<sheets>{listed}</sheets></workbook>'
    return opc.archive(
        {
            "_rels/.rels": _written([("r", "officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": _written(links),
            **{f"xl/worksheets/sheet{n}.xml": _SHEET % cells for n, cells in enumerate(sheets, 1)},
            **members,
        },
        level=0,
    )


def _written(relations: list[tuple[str, str, str]]) -> bytes:
    lines = (
        f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for key, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'.encode()
