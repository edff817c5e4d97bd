"""Writes a Book as an .xlsx workbook through XlsxWriter: cached values with every formula, and the same bytes for the same Book."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import IO, Any

from kaohe.core.cells import row_column
from kaohe.files.xlsx_cells import put, reckoned, serial
from kaohe.files.xlsx_parts import pack, workbook_class, worksheet_class
from kaohe.records.books import Book, Cell, Cells, Conditional, Print, Sheet, Style, Validation

_BORDER_THIN = 1
_BORDER_MEDIUM = 2
_VALID_LIST_TEXT = 255


class _EmptyText(str):
    """The cached result "" of a formula. XlsxWriter writes a plain "" without the type of a text, which reads as `never calculated`."""

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0


_EMPTY = _EmptyText()


def write(book: Book) -> bytes:
    """The workbook's bytes. Text beginning with `=` stays text; only `Cell.formula` makes a formula.

    Raises ValueError for a literal list over 255 characters (Excel refuses the file) and for an address outside a sheet.
    """
    buffer = io.BytesIO()
    write_into(buffer, book)
    return buffer.getvalue()


def write_into(file: IO[bytes], book: Book) -> None:
    """The same into a file open for writing, whose contents need not stand in memory."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    workbook = workbook_class()(io.BytesIO(), options)
    created = datetime.fromisoformat(book.created)
    workbook.set_properties(
        {"title": book.title, "author": book.author, "subject": book.subject, "created": created, "comments": ""}
    )
    workbook.set_calc_mode("auto")
    formats = _Formats(workbook)
    kind = worksheet_class()
    worksheets = []
    for sheet in book.sheets:
        worksheets.append(workbook.add_worksheet(sheet.name, worksheet_class=kind))
        _sheet(worksheets[-1], sheet, formats, book.shares)
        worksheets[-1].settle()
        del sheet  # before the next one is made
    for name, formula in book.names.items():
        workbook.define_name(name, f"={formula}")
    if worksheets:
        worksheets[book.first].activate()
        worksheets[book.first].set_first_sheet() if book.first else None
    workbook.close()
    pack(workbook, file)


class _Formats:
    """One XlsxWriter format per distinct Style: they are counted in the file, so equal styles must share one."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Style, bool], Any] = {}

    def of(self, style: Style, differential: bool = False) -> Any:
        key = (style, differential)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(_properties(style, differential))
        return self._made[key]


def _properties(style: Style, differential: bool) -> dict[str, Any]:
    """XlsxWriter's words for a style; a conditional format may not set font name, size or alignment."""
    found: dict[str, Any] = {}
    if style.bold:
        found["bold"] = True
    if style.italic:
        found["italic"] = True
    if style.underline:
        found["underline"] = 1
    if style.colour:
        found["font_color"] = f"#{style.colour}"
    if style.fill:
        found["bg_color"] = f"#{style.fill}"
    if style.border:
        found["border"] = _BORDER_THIN
        found["border_color"] = f"#{style.border}"
    if style.format:
        found["num_format"] = style.format
    if differential:
        return found
    found |= {"font_name": style.font, "font_size": style.size, "valign": style.valign, "locked": style.locked}
    if style.top:
        found["top"] = _BORDER_MEDIUM
        found["top_color"] = f"#{style.top}"
    if style.align:
        found["align"] = style.align
    if style.wrap:
        found["text_wrap"] = True
    if style.indent:
        found["indent"] = style.indent
    if style.rotate:
        found["rotation"] = style.rotate
    return found


def _sheet(worksheet: Any, sheet: Sheet, formats: _Formats, share: bool) -> None:
    for column, width in sheet.widths.items():
        worksheet.set_column(column - 1, column - 1, width)
    for column in sheet.hidden_columns:
        worksheet.set_column(column - 1, column - 1, sheet.widths.get(column, 8), None, {"hidden": True})
    for row, height in sheet.heights.items():
        worksheet.set_row(row - 1, height)
    for (
        conditional
    ) in sheet.conditionals:  # before the cells: of a sheet with data bars all rows say how their text stands
        _conditional(worksheet, conditional, formats)
    in_rows = isinstance(sheet.cells, Cells) and not sheet.merged  # merging fills cells of rows that were there
    put(worksheet, sheet.cells, formats.of, lambda cell: _cell(worksheet, cell, formats), share, in_rows)
    starts = {area.split(":")[0]: row_column(area.split(":")[0]) for area in sheet.merged}
    cells = {(cell.row, cell.column): cell for cell in reversed(sheet.cells)} if starts else {}
    for area in sheet.merged:
        first = cells.get(starts[area.split(":")[0]])
        worksheet.merge_range(area, None, formats.of(first.style if first else Style()))
        if first:
            _cell(worksheet, first, formats)
    for check in sheet.validations:
        _validation(worksheet, check)
    if sheet.freeze:
        worksheet.freeze_panes(sheet.freeze[0] - 1, sheet.freeze[1] - 1)
    if sheet.filter:
        worksheet.autofilter(sheet.filter)
    if sheet.tab:
        worksheet.set_tab_color(f"#{sheet.tab}")
    if sheet.visibility == "hidden":
        worksheet.hide()
    elif sheet.visibility == "very_hidden":
        worksheet.very_hidden()
    if sheet.protected:
        worksheet.protect("", {"format_rows": True, "format_columns": True, "autofilter": bool(sheet.filter)})
    if sheet.print:
        _print(worksheet, sheet.print)
    if not sheet.grid:
        worksheet.hide_gridlines(2)
    worksheet.set_zoom(sheet.zoom)
    worksheet.set_selection(sheet.active)


def _cell(worksheet: Any, cell: Cell, formats: _Formats) -> None:
    row, column, form = cell.row - 1, cell.column - 1, formats.of(cell.style)
    value = cell.value
    linked = cell.link.startswith(("internal:", "external:"))
    if linked:  # first: a number or a formula takes the place of its text, and the link stays
        worksheet.write_url(row, column, cell.link, form, None if value is None else str(value), cell.tip or None)
        rest = "" if cell.comment else reckoned(cell)
        if rest:
            worksheet.table[row][column] = form, rest
            return
    if cell.formula:
        worksheet.write_formula(row, column, cell.formula, form, _EMPTY if value in (None, "") else _cached(value))
    elif linked and (value is None or isinstance(value, str | bool)):
        pass
    elif value is None or value == "":
        worksheet.write_blank(row, column, None, form)
    elif isinstance(value, bool):
        worksheet.write_boolean(row, column, value, form)
    elif isinstance(value, int | float):
        worksheet.write_number(row, column, value, form)
    elif isinstance(value, date):
        worksheet.write_datetime(row, column, value, form)
    else:
        worksheet.write_string(row, column, value, form)
    if cell.comment:
        worksheet.write_comment(row, column, cell.comment, {"x_scale": 2.2, "y_scale": 1.4, "author": ""})


def _cached(value: object) -> object:
    if isinstance(value, date):
        return serial(value)
    return value


def _validation(worksheet: Any, check: Validation) -> None:
    options: dict[str, Any] = {
        "ignore_blank": True,
        "show_input": bool(check.input_text),
        "input_title": check.input_title[:32],
        "input_message": check.input_text[:255],
        "show_error": True,
        "error_title": check.error_title[:32],
        "error_message": check.error_text[:255],
        "error_type": "warning" if check.only_warn else "stop",
    }
    if check.kind == "list":
        source = check.source
        if isinstance(source, tuple) and len(",".join(source)) > _VALID_LIST_TEXT:
            raise ValueError(f"a literal list over {_VALID_LIST_TEXT} characters: {source[:3]} …")
        options |= {"validate": "list", "source": list(source) if isinstance(source, tuple) else source}
    elif check.kind == "custom":
        options |= {"validate": "custom", "value": check.source}
    else:
        options |= {"validate": check.kind} | _bounds(check)
    first, *others = check.ranges
    if others:
        options["other_cells"] = [_corners(area) for area in others]
    worksheet.data_validation(first, options)


def _bounds(check: Validation) -> dict[str, Any]:
    low, high = check.minimum, check.maximum
    if low is not None and high is not None:
        return {"criteria": "between", "minimum": _limit(low), "maximum": _limit(high)}
    if high is not None:
        return {"criteria": "<=", "value": _limit(high)}
    return {"criteria": ">=", "value": _limit(low)}


def _limit(value: object) -> object:
    # A formula minimum beside a date maximum raises in XlsxWriter, so dates go as serial numbers.
    return serial(value) if isinstance(value, date) else value


def _corners(area: str) -> list[int]:
    first, _, last = area.partition(":")
    top, left = row_column(first)
    bottom, right = row_column(last or first)
    return [top - 1, left - 1, bottom - 1, right - 1]


def _conditional(worksheet: Any, conditional: Conditional, formats: _Formats) -> None:
    if conditional.bar:
        options = {
            "type": "data_bar",
            "bar_color": f"#{conditional.bar}",
            "bar_solid": True,
            "min_type": "num",
            "min_value": 0,
            "bar_border_color": f"#{conditional.bar}",
        }
    else:
        options = {"type": "formula", "criteria": conditional.formula, "format": formats.of(conditional.style, True)}
    first, _, others = conditional.range.partition(" ")
    if others:
        options["multi_range"] = conditional.range
    worksheet.conditional_format(first, options)


def _print(worksheet: Any, page: Print) -> None:
    worksheet.set_paper(9)
    if page.landscape:
        worksheet.set_landscape()
    if page.scale:
        worksheet.set_print_scale(page.scale)
    else:
        worksheet.fit_to_pages(1, page.tall)
    left, right, top, bottom = page.margins
    worksheet.set_margins(left=left, right=right, top=top, bottom=bottom)
    if page.rows:
        worksheet.repeat_rows(page.rows[0] - 1, page.rows[1] - 1)
    if page.columns:
        worksheet.repeat_columns(page.columns[0] - 1, page.columns[1] - 1)
    if page.area:
        worksheet.print_area(page.area)
    if page.footer:
        worksheet.set_footer(page.footer)
