"""Marks on somebody's own workbook (.xlsx): everything that stands in it stays, cells are painted and commented, a list leads to them.

openpyxl rewrites the workbook: cells, formats, widths, checks, comments and own sheets stay; pictures, charts, pivot tables and macros do
not. It would also forget the results of formulas, so these are put back into the parts that it wrote.

Paint is a conditional format, never a changed fill: it lies over the person's own formats and is gone when the list is deleted, because its
condition asks for the list through a defined name (Excel allows no other sheet in a condition by itself).
"""

from __future__ import annotations

import io
import math
import posixpath
import warnings
from typing import TYPE_CHECKING, Any

from kaohe.core.cells import a1, letters
from kaohe.files.opc import Package
from kaohe.records.marks import LIST, Marks, Row

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "kaohe_list"
SIGN = "【校验】"
AUTHOR = "kaohe"
STAMP_CELL = (3, 1)
_FIRST_ROW = 6
_SEVERE, _HINT = ("FFC7CE", "9C0006"), ("FFEB9C", "7F6000")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WIDE = 340


def annotate(data: bytes, marks: Marks) -> bytes:
    """The workbook with these marks, and without those of an earlier call. No marks: the workbook as its owner made it.

    Raises what openpyxl raises for a workbook that it cannot read (ValueError, KeyError, TypeError).
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it leaves out of the copy is said in the head of this module
        book = load_workbook(io.BytesIO(data), rich_text=True)
        results = _results(data, book)
    _clean(book)
    _fit_comments(book)
    if marks.rows:
        _paint(book, marks)
        _list(book, marks)
    out = io.BytesIO()
    book.save(out)
    return _with_results(out.getvalue(), results) if results else out.getvalue()


def _results(data: bytes, book: Workbook) -> dict[str, dict[str, Any]]:
    """What each sheet's formulas gave when the workbook was last calculated."""
    from openpyxl import load_workbook

    formulas = {
        sheet.title: [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        for sheet in book.worksheets
    }
    if not any(formulas.values()):
        return {}
    values = load_workbook(io.BytesIO(data), data_only=True)
    return {title: {cell: values[title][cell].value for cell in cells} for title, cells in formulas.items()}


def _clean(book: Workbook) -> None:
    """Remove list, paint and comments of an earlier call."""
    from openpyxl.comments import Comment
    from openpyxl.formatting.formatting import ConditionalFormattingList

    if LIST in book.sheetnames:
        del book[LIST]
    if NAME in book.defined_names:
        del book.defined_names[NAME]
    for sheet in book.worksheets:
        kept = ConditionalFormattingList()
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                if not any(NAME in text for text in rule.formula):
                    kept.add(str(area.sqref), rule)
        sheet.conditional_formatting = kept
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and SIGN in cell.comment.text:
                    own = cell.comment.text.partition(SIGN)[0].rstrip()
                    author = cell.comment.author
                    cell.comment = Comment(own, author) if own else None


def _fit_comments(book: Workbook) -> None:
    """openpyxl forgets how large comments are and would show two lines of each."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None:
                    cell.comment.width, cell.comment.height = _WIDE, _high(cell.comment.text)


def _high(text: str) -> int:
    """Pixels that a text needs at the width of a comment: some 24 Chinese characters a line."""
    return 12 + 18 * sum(max(1, math.ceil(_columns(line) / 46)) for line in text.split("\n"))


def _columns(text: str) -> int:
    return sum(2 if ord(letter) > 255 else 1 for letter in text)


def _paint(book: Workbook, marks: Marks) -> None:
    from openpyxl.comments import Comment
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names[NAME] = DefinedName(NAME, attr_text=f"'{LIST}'!$A$1")
    for severe, (fill, ink) in ((True, _SEVERE), (False, _HINT)):
        for sheet in book.worksheets:
            cells = [mark.cell for mark in marks.marks if mark.sheet == sheet.title and mark.severe == severe]
            if cells:
                rule = FormulaRule(
                    formula=[f"LEN({NAME})>0"],
                    fill=PatternFill(bgColor=fill, fill_type="solid"),
                    font=Font(color=ink),
                    stopIfTrue=True,
                )
                rule.priority = 1
                sheet.conditional_formatting.add(" ".join(cells), rule)
    for mark in marks.marks:
        if mark.sheet not in book.sheetnames:
            continue
        cell = _first(book[mark.sheet], mark.cell)
        own = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
        author = cell.comment.author if cell.comment is not None else AUTHOR
        text = f"{own}{SIGN}{mark.text}"
        cell.comment = Comment(text, author, width=_WIDE, height=_high(text))


def _first(sheet: Worksheet, address: str) -> Any:
    """The cell that carries a comment: of a merged range its first one."""
    for area in sheet.merged_cells.ranges:
        if address in area:
            return sheet.cell(area.min_row, area.min_col)
    return sheet[address]


def _list(book: Workbook, marks: Marks) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet = book.create_sheet(LIST, 0)
    line = Side(style="thin", color="BFBFBF")
    grey = Font(name="微软雅黑", size=8, color="7F7F7F")
    fonts = (Font(name="微软雅黑", size=14, bold=True), Font(name="微软雅黑", size=10))
    for number, text in enumerate((*marks.lines[:2], marks.stamp), 1):
        _text(sheet, number, 1, text).font = grey if number == STAMP_CELL[0] else fonts[number - 1]
    for number, (title, width) in enumerate(marks.columns, 1):
        cell = _text(sheet, _FIRST_ROW - 1, number, title)
        cell.font = Font(name="微软雅黑", size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E79")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[letters(number)].width = width
    body = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(marks.rows, _FIRST_ROW):
        fill, ink = _SEVERE if row.severe else _HINT
        for column, text in enumerate(row.texts, 1):
            cell = _text(sheet, number, column, text)
            cell.font = Font(name="微软雅黑", size=10, color=ink if column == 1 else None)
            cell.fill = PatternFill("solid", fgColor=fill) if column == 1 else PatternFill()
            cell.alignment, cell.border = body, Border(left=line, right=line, top=line, bottom=line)
        _lead(book, sheet, number, marks.link + 1, row)
        sheet.row_dimensions[number].height = 16 * _most_lines(row, marks) + 4
    sheet.freeze_panes = a1(_FIRST_ROW, 1)
    sheet.auto_filter.ref = f"A{_FIRST_ROW - 1}:{a1(_FIRST_ROW - 1 + len(marks.rows), len(marks.columns))}"
    sheet.sheet_properties.tabColor = "C00000"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"
    book.active = 0
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is sheet


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """A cell that stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    return cell


def _lead(book: Workbook, sheet: Worksheet, number: int, column: int, row: Row) -> None:
    """A link to the cell."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    if not row.sheet or row.sheet not in book.sheetnames:
        return
    cell = sheet.cell(number, column)
    target = f"'{row.sheet}'!{row.cell or 'A1'}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, tooltip=f"转到 {row.sheet} {row.cell}".strip())
    cell.font = Font(name="微软雅黑", size=10, color="0563C1", underline="single")


def _most_lines(row: Row, marks: Marks) -> int:
    widths = [width for _, width in marks.columns]
    return max(
        math.ceil(max(_columns(text), 1) / max(width - 1, 1)) for text, width in zip(row.texts, widths, strict=True)
    )


def _with_results(data: bytes, results: dict[str, dict[str, Any]]) -> bytes:
    """Each formula cell of the written parts with the result that it had."""
    from lxml import etree

    package = Package(data)
    parts = _parts(package)
    made: dict[str, bytes] = {}
    for title, values in results.items():
        if not values or title not in parts:
            continue
        root = etree.fromstring(package.read(parts[title]))
        for cell in root.iter(f"{{{_MAIN}}}c"):
            value = values.get(cell.get("r", ""))
            if cell.find(f"{{{_MAIN}}}f") is not None and value is not None:
                _put(cell, value)
        made[parts[title]] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.replace(made)


def _parts(package: Package) -> dict[str, str]:
    """Sheet title → name of its part."""
    from lxml import etree

    links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): posixpath.join("/xl", each.get("Target", "")).lstrip("/") for each in links}
    book = etree.fromstring(package.read("xl/workbook.xml"))
    return {each.get("name", ""): targets[each.get(_RELATION)] for each in book.iter(f"{{{_MAIN}}}sheet")}


def _put(cell: Any, value: Any) -> None:
    from datetime import date, datetime, time, timedelta

    from lxml import etree
    from openpyxl.utils.datetime import to_excel

    kind, text = "str", str(value)
    if isinstance(value, bool):
        kind, text = "b", str(int(value))
    elif isinstance(value, date | datetime | time | timedelta):
        kind, text = "n", repr(to_excel(value))
    elif isinstance(value, int | float):
        kind, text = "n", repr(value)
    elif text.startswith("#") and text.endswith(("!", "?", "A")):
        kind = "e"
    cell.set("t", kind)
    slot = cell.find(f"{{{_MAIN}}}v")
    if slot is None:
        slot = etree.SubElement(cell, f"{{{_MAIN}}}v")
    slot.text = text
