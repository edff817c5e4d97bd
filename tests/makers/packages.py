"""Workbooks made part by part, so that a test can break any of them: names of members and their XML, zipped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

Parts = dict[str, bytes]
#: a sheet 填报: A1 单位, B1 得分, A2 甲, B2 95
FOUR = (("单位", "得分"), ("甲", 95.0))
FOUR_ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>95</v></c></row>'
)


def sheet(rows: str, before: str = "", after: str = "", space: str = MAIN) -> bytes:
    """A worksheet of these rows (XML), with elements before and after its sheetData."""
    return f'<worksheet xmlns="{space}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def strings(*texts: str, attributes: str = "", space: str = MAIN) -> bytes:
    """Shared strings of these texts (XML)."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{space}"{attributes}>{items}</sst>'.encode()


def parts(rows: str = FOUR_ROWS, **more: str) -> Parts:
    """The members of a minimal workbook with one sheet 填报; `more` goes to `sheet`."""
    links = (
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    return {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'),
        BOOK: book('<sheet name="填报" sheetId="1" r:id="rId1"/>'),
        LINKS: relations(links),
        SHEET: sheet(rows, **more),
        STRINGS: strings("单位", "得分", "甲"),
    }


def book(sheets: str, before: str = "", space: str = MAIN) -> bytes:
    """workbook.xml that lists these sheets (XML)."""
    return f'<workbook xmlns="{space}" xmlns:r="{OFFICE}">{before}<sheets>{sheets}</sheets></workbook>'.encode()


def relations(lines: str) -> bytes:
    """A relationships part of these lines (XML)."""
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'.encode()


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The members as a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def workbook(rows: str = FOUR_ROWS, members: Mapping[str, bytes] | None = None, **more: str) -> bytes:
    """A minimal workbook; `members` replaces or adds parts."""
    return zipped({**parts(rows, **more), **(members or {})})


def row(*cells: str) -> str:
    """Row 1 of these cells (XML)."""
    return f'<row r="1">{"".join(cells)}</row>'


def bomb(megabytes: int, head: str, unit: str, tail: str) -> bytes:
    """XML of about so many megabytes made of one repeated unit."""
    return (head + unit * (megabytes * 1024 * 1024 // len(unit)) + tail).encode()


def ods(table_rows: str) -> bytes:
    """A minimal OpenDocument spreadsheet with these rows (XML)."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="填报">{table_rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(
        {"mimetype": kind.encode(), "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
    )
