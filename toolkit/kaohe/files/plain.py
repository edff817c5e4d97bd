"""The plain manner in which office programs write a worksheet, recognised at the speed of regular expressions, and a package of plain
parts under names of our own, which is all that the reader gets to see.

Formulas are cut out before: the reader skips them, but slowly (two thirds of its time with our forms).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kaohe.core.cells import letters
from kaohe.core.faults import quoted
from kaohe.files import opc
from kaohe.files.limits import Limits
from kaohe.files.second_look import MAIN, NO_RESULT, NUMBER

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET = f'<worksheet xmlns="{MAIN}">%b</worksheet>'.encode()
_NOTHING, _END = b"<sheetData/>", b"</sheetData>"
_FORMULA = re.compile(rb"(?:<f(?: [^>]*)?(?:/>|>[^<]*</f>))")
# A regular expression finds a short literal sooner than `in` does.
_PREFIXED = re.compile(rb":c[ >/]")
_ROOT_SHEET = re.compile(rb"(?:<\?xml[^>]*\?>)?\s*<worksheet[ >]")


class Pieces(NamedTuple):
    """A worksheet's XML: what stands before the cells, its sheetData, what stands after it."""

    head: bytes
    cells: bytes
    tail: bytes


def pieces(xml: bytes) -> Pieces | None:
    """The XML cut in three; None where there is no sheetData in the plain manner."""
    start = xml.find(b"<sheetData")
    end = xml.rfind(_END)
    if start < 0 or not _ROOT_SHEET.match(xml):
        return None
    if end < 0:
        is_empty = xml.startswith(_NOTHING, start) and b"<c " not in xml
        return Pieces(xml[:start], _NOTHING, xml[start:]) if is_empty else None
    end += len(_END)
    return Pieces(xml[:start], xml[start:end], xml[end:])


def look(xml: bytes, limits: Limits) -> tuple[Pieces, dict[str, str]] | None:
    """The pieces, formulas cut out, and the oddities (error codes, formulas without a result) by address.

    None unless every cell is written in the manner of office programs, lies in the range kept, and stands there once.
    """
    cut = pieces(xml)
    if cut is None:
        return None
    cells = cut.cells
    addresses: list[bytes] = _plain_cell(limits.rows, limits.columns, limits.text).findall(cells)
    oddities = {}
    if b"" in addresses:
        odd = _odd_cell(limits.rows, limits.columns).findall(cells)
        if addresses.count(b"") != len(odd):
            return None
        oddities = {address.decode(): quoted(code.decode()) if code else NO_RESULT for address, code in odd}
        addresses = [*filter(None, addresses), *(address for address, _ in odd)]
        if any(code for _, code in odd):
            # An error code that it does not know would stop the reader.
            cells = _odd_cell(limits.rows, limits.columns).sub(b"", cells)
    if len(set(addresses)) != len(addresses) or _PREFIXED.search(cells):
        return None
    if cut.tail.count(b"<mergeCell ") > limits.merges:
        return None
    if len(addresses) > limits.cells and cells.count(b"<v") + cells.count(b"<is") > limits.cells:
        return None
    return cut._replace(cells=_FORMULA.sub(b"", cells)), oddities


@cache
def _plain_cell(rows: int, columns: int, text: int) -> re.Pattern[bytes]:
    """A cell as Excel, WPS, LibreOffice, openpyxl and XlsxWriter write it: blank, number, shared or inline string, calculated formula.

    Error cells and formulas without a result are left out on purpose: they need the second look.
    """
    words = rb"[^<]{0,%d}+" % text
    kinds = (
        rb"/>",
        rb' t="s"><v>[0-9]{1,7}+</v></c>',
        rb'(?: t="n")?>' + _FORMULA.pattern + rb"?<v>" + NUMBER + rb"</v></c>",
        rb' t="str">' + _FORMULA.pattern + rb"?<v>" + words + rb"</v></c>",
        rb' t="b">' + _FORMULA.pattern + rb"?<v>[01]</v></c>",
        rb' t="d"><v>[-0-9T:.Z]++</v></c>',
        rb' t="inlineStr"><is><t(?: xml:space="preserve")?>' + words + rb"</t></is></c>",
        rb"></c>",
    )
    plain = _address(rows, columns) + rb"(?:" + rb"|".join(kinds) + rb")"
    # Any other cell is found as well, with an empty address.
    return re.compile(rb"<c(?:" + plain + rb"|)")


@cache
def _odd_cell(rows: int, columns: int) -> re.Pattern[bytes]:
    """A formula that was never calculated, or an error cell with its code."""
    never = rb'(?: t="n")?>' + _FORMULA.pattern + rb'(?:<v></v>|<v/>)?</c>|(?: t="str")?>' + _FORMULA.pattern + rb"</c>"
    error = rb' t="e">' + _FORMULA.pattern + rb"?<v>([^<]{1,40}+)</v></c>"
    return re.compile(rb"<c" + _address(rows, columns) + rb"(?:" + never + rb"|" + error + rb")")


def _address(rows: int, columns: int) -> bytes:
    """The address as first group, and the style."""
    kept = f"(?:{_up_to(letters(columns), 'A', 'Z')})(?:{_up_to(str(rows), '0', '9')})".encode()
    return rb' r="(' + kept + rb')"(?: s="[0-9]++")?'


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
