"""The issued workbook: protection, checks, names, formulas that every office program knows, identity in its places."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kaohe.core.cells import row_column
from kaohe.forms.form import CONTENTS
from kaohe.forms.looks import (
    ERROR_FILL,
    ERROR_INK,
    HEADER_FILL,
    HEADER_INK,
    OK_FILL,
    OK_INK,
    SMALL_INK,
    TEAM_FILL,
    TEAM_INK,
    UNIT_FILL,
    UNIT_INK,
)
from kaohe.records.books import Book
from makers.filled_form import blank, form_of

EXCEL_2003 = {
    "IF", "AND", "OR", "NOT", "N", "ISNUMBER", "ISNA", "MATCH", "INDEX", "SUM", "SUMIF", "SUMPRODUCT", "COUNT", "COUNTA", "COUNTIF",
    "MIN", "MAX", "ROUND", "INT", "ABS", "LEN", "LEFT", "MID", "FIND", "SUBSTITUTE", "TEXT", "OFFSET", "FALSE",
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Book:
    return blank()


def test_the_sheets_stand_in_the_order_of_the_work_and_the_cover_opens_first(book: Book) -> None:
    shown = [sheet.name for sheet in book.sheets if not sheet.visibility]
    assert shown == ["填报说明", *CONTENTS] and book.sheets[book.first].name == "封面"
    assert {sheet.name: sheet.visibility for sheet in book.sheets if sheet.visibility} == {
        "_lists": "hidden", "_cases": "hidden", "_meta": "very_hidden",
    }  # fmt: skip


def test_every_sheet_is_protected_and_no_cell_is_merged(book: Book) -> None:
    assert all(sheet.protected and not sheet.merged for sheet in book.sheets)


def test_only_input_cells_and_notes_are_open(book: Book) -> None:
    form = form_of()
    for sheet in book.sheets:
        if sheet.name not in form.grids or sheet.name.startswith("_"):
            assert all(cell.style.locked for cell in sheet.cells)
            continue
        columns = form.layout(sheet.name).columns
        for cell in sheet.cells:
            if not cell.style.locked:
                column = columns[cell.column - 1]
                assert column.is_input or column.title == "校验提示", (sheet.name, cell)
                assert not cell.formula or column.title == "严重程度"


def test_formulas_and_checks_use_only_functions_of_excel_2003_without_wildcards(book: Book) -> None:
    texts = [cell.formula for sheet in book.sheets for cell in sheet.cells if cell.formula]
    texts += [each.formula for sheet in book.sheets for each in sheet.conditionals]
    texts += [str(each.source) for sheet in book.sheets for each in sheet.validations]
    assert len(texts) > 1000
    used = {name for text in texts for name in re.findall(r"([A-Z]+)\(", re.sub(r'"[^"]*"', '""', text))}
    assert used <= EXCEL_2003, used - EXCEL_2003
    assert not any(re.search(r"[*?~]", literal) for text in texts for literal in re.findall(r'"[^"]*"', text))
    assert all(len(text) < 8000 for text in texts)


def test_offset_stands_only_in_the_dependent_lists(book: Book) -> None:
    with_offset = [
        (sheet.name, each.kind) for sheet in book.sheets for each in sheet.validations if "OFFSET" in str(each.source)
    ]
    assert with_offset == [("扣分与问题", "list"), ("计分事项", "list")]
    assert not any("OFFSET" in cell.formula for sheet in book.sheets for cell in sheet.cells)


def test_every_check_stops_with_a_chinese_title_and_text_and_lists_use_names(book: Book) -> None:
    checks = [each for sheet in book.sheets for each in sheet.validations]
    assert len(checks) > 40
    for each in checks:
        assert (
            not each.only_warn
            and re.search(r"[\u4e00-\u9fff]", each.error_title)
            and re.search(r"[\u4e00-\u9fff]", each.error_text)
        )
        assert len(each.error_title) <= 32 and len(each.error_text) <= 255 and len(each.input_text) <= 255
        if each.kind == "list" and isinstance(each.source, tuple):
            assert len(",".join(each.source)) <= 255
        elif each.kind == "list":
            assert each.source.startswith("=OFFSET(") or each.source[1:] in book.names


def test_no_cell_has_more_than_three_conditional_formats(book: Book) -> None:
    for sheet in book.sheets:
        hits: Counter[tuple[int, int]] = Counter()
        for each in sheet.conditionals:
            first, _, last = each.range.partition(":")
            (top, left), (bottom, right) = row_column(first), row_column(last or first)
            hits.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        assert max(hits.values(), default=0) <= 3, (sheet.name, hits.most_common(1))


def test_the_identity_stands_on_every_visible_sheet_in_the_footer_and_in_meta(book: Book) -> None:
    line = f"模板编码 E/2026Q3/U106/DW/1/{form_of().fingerprint}"
    for sheet in book.sheets:
        if not sheet.visibility:
            assert next(cell.value for cell in sheet.cells if (cell.row, cell.column) == (1, 1)) == line
            assert sheet.print is not None and line in sheet.print.footer and sheet.print.margins[3] >= 0.7
    meta = {cell.row: {} for cell in book.sheets[-1].cells}  # type: ignore[var-annotated]
    for cell in book.sheets[-1].cells:
        meta[cell.row][cell.column] = cell.value
    pairs = {row[1]: row[2] for row in meta.values()}
    assert (
        pairs["方案"] == "E"
        and pairs["对象代码"] == "U106"
        and pairs["指纹"] == form_of().fingerprint
        and pairs["行数:扣分与问题"] == "60"
    )


def test_the_print_area_leaves_out_the_notes_and_the_header_repeats(book: Book) -> None:
    sheet = next(sheet for sheet in book.sheets if sheet.name == "扣分与问题")
    assert (
        sheet.print is not None
        and sheet.print.area.startswith("A1:M")
        and sheet.print.rows == (5, 5)
        and sheet.print.landscape
    )


def test_prefilled_rows_have_a_height_and_spare_rows_grow(book: Book) -> None:
    heights = {sheet.name: sheet.heights for sheet in book.sheets}
    assert heights["整改情况"][6] >= 45 and heights["评分"][7] > 20
    assert not any(row > 5 for row in heights["扣分与问题"])


def test_equal_arguments_give_equal_books() -> None:
    assert blank() == blank()


@pytest.mark.parametrize(
    ("ink", "fill"),
    [
        (UNIT_INK, UNIT_FILL),
        (TEAM_INK, TEAM_FILL),
        (HEADER_INK, HEADER_FILL),
        (ERROR_INK, ERROR_FILL),
        (OK_INK, OK_FILL),
        (SMALL_INK, "FFFFFF"),
    ],
)
def test_every_pair_of_ink_and_fill_has_contrast_enough(ink: str, fill: str) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(ink), light(fill)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 5.9
