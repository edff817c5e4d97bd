"""The plain manner in which office programs write a worksheet: recognised at the speed of one regular expression, and a package of
plain parts under names of our own, which is all that the reader gets to see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kaohe.core.cells import letters
from kaohe.files import opc
from kaohe.files.limits import Limits
from kaohe.files.second_look import MAIN, NUMBER

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT_SHEET = re.compile(rb"(?:<\?xml[^>]*\?>)?\s*<worksheet[ >]")


def is_plain(xml: bytes, limits: Limits) -> bool:
    """Whether every cell is written in the manner of office programs, lies in the range kept, and stands there once."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    if start < 0 or not _ROOT_SHEET.match(xml):
        return False
    if end < 0:
        return xml.startswith(b"<sheetData/>", start) and b"<c " not in xml
    body = xml[start:end]
    addresses = _plain_cell(limits.rows, limits.columns, limits.text).findall(body)
    if b"" in addresses or _PREFIXED.search(body) or len(set(addresses)) != len(addresses):
        return False
    return len(addresses) <= limits.cells or body.count(b"<v") + body.count(b"<is") <= limits.cells


# A regular expression finds a short literal sooner than `in` does.
_PREFIXED = re.compile(rb":c[ >/]")


@cache
def _plain_cell(rows: int, columns: int, text: int) -> re.Pattern[bytes]:
    """A cell as Excel, WPS, LibreOffice, openpyxl and XlsxWriter write it: blank, number, shared or inline string, calculated formula.

    Error cells and formulas without a result are left out on purpose: they need the second look.
    """
    address = f"(?:{_up_to(letters(columns), 'A', 'Z')})(?:{_up_to(str(rows), '0', '9')})".encode()
    formula = rb"(?:<f(?: [^>]*)?(?:/>|>[^<]*</f>))?"
    words = rb"[^<]{0,%d}+" % text
    kinds = (
        rb"/>",
        rb' t="s"><v>[0-9]++</v></c>',
        rb'(?: t="n")?>' + formula + rb"<v>" + NUMBER + rb"</v></c>",
        rb' t="str">' + formula + rb"<v>" + words + rb"</v></c>",
        rb' t="b">' + formula + rb"<v>[01]</v></c>",
        rb' t="inlineStr"><is><t(?: xml:space="preserve")?>' + words + rb"</t></is></c>",
        rb"></c>",
    )
    plain = rb' r="(' + address + rb')"(?: s="[0-9]++")?(?:' + rb"|".join(kinds) + rb")"
    # Any other cell is found as well, with an empty address.
    return re.compile(rb"<c(?:" + plain + rb"|)")


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
    """A package of the checked parts under names of our own, not compressed."""
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
            **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets, 1)},
            **members,
        },
        level=0,
    )


def _written(relations: list[tuple[str, str, str]]) -> bytes:
    lines = (
        f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for key, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'.encode()
