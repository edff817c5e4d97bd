"""A workbook written once for many: marks are replaced wherever texts stand, and a mark that nobody would replace is refused."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from kaohe.files.mould import Mould
from kaohe.files.xlsx import write
from kaohe.records.books import Book, Cell, Print, Sheet, Style, Validation, mark
from makers.meaning import footers

NAME, CODE = mark(0), mark(1)
SHEET = Sheet(
    "评分",
    (
        Cell(1, 1, f"编码 {CODE}"), Cell(2, 1, f"评分　{NAME}（Ⅰ类）"), Cell(3, 1, NAME), Cell(3, 2, "满分 <5> & _x0041_"), Cell(3, 3, date(2026, 1, 1), Style(format="yyyy-mm-dd")),
        Cell(4, 1, 5, formula="=1+4"),
    ),
    heights={3: 20, 4: 21},
    print=Print(footer=f"&L&8编码 {CODE}&R第 &P 页"),
)  # fmt: skip
BOOK = Book(f"表 {NAME}", (SHEET, Sheet("_meta", (Cell(1, 1, CODE),), visibility="very_hidden")), subject=CODE)
ODD = ["石桥公司", "R&D <甲>", " 前后有空格 ", "两\n行", "_x0041_", "\x07响", "𠮷林", '"引号"\'', "=1+1", "长" * 3000]


@pytest.mark.parametrize("text", ODD)
def test_a_text_stands_in_every_place_of_its_mark(text: str) -> None:
    made = Mould(write(BOOK)).cast({NAME: text, CODE: "U1&2"})
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book["评分"]
    shown = text.replace("\x07", "_x0007_")  # openpyxl leaves the sign for a control character as it lies in the file
    assert [sheet[a].value for a in ("A1", "A2", "B3")] == ["编码 U1&2", f"评分　{shown}（Ⅰ类）", "满分 <5> & _x0041_"]
    assert sheet["A3"].value == shown and sheet["A3"].data_type == "s"
    assert footers(made)["sheet1"] == "&L&8编码 U1&&2&R第 &P 页" and book["_meta"]["A1"].value == "U1&2"
    assert (book.properties.title, book.properties.subject) == (f"表 {text}".replace("\x07", "\ufffd"), "U1&2")
    assert CalamineWorkbook.from_object(io.BytesIO(made)).get_sheet_by_name("评分").to_python()[2][0] == text


def test_cells_and_heights_are_put_in_by_address_and_the_rest_stays() -> None:
    mould = Mould(write(BOOK))
    made = mould.cast({NAME: "甲", CODE: "U1"}, {"评分": {"C3": date(2026, 9, 30), "A2": None}}, {"评分": {3: 44}})
    sheet = openpyxl.load_workbook(io.BytesIO(made))["评分"]
    assert (
        sheet["C3"].value.date() == date(2026, 9, 30) and sheet["A2"].value is None and sheet["A1"].value == "编码 U1"
    )
    assert sheet.row_dimensions[3].height == 44.25  # whole pixels
    assert footers(made)["sheet1"] == "&L&8编码 U1&R第 &P 页"
    plain = openpyxl.load_workbook(io.BytesIO(mould.cast({NAME: "甲", CODE: "U1"})))["评分"]
    assert plain["C3"].value.date() == date(2026, 1, 1) and plain.row_dimensions[3].height == 20.25


def test_a_mark_in_a_formula_a_check_or_a_name_of_a_sheet_is_refused() -> None:
    formula = Cell(5, 1, "", formula=f'="{NAME}"')
    cached = Cell(5, 1, NAME, formula="=A3")
    check = Validation(("A1",), "length", minimum=0, maximum=9, error_text=NAME)
    for wrong in (
        replace(SHEET, cells=(formula,)), replace(SHEET, cells=(cached,)), replace(SHEET, validations=(check,)),
        replace(SHEET, cells=(), name=f"表{NAME}"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="a mark where none may stand"):
            Mould(write(replace(BOOK, sheets=(wrong,))))


def test_a_mark_without_a_text_and_a_cell_or_row_that_is_not_there_are_mistakes() -> None:
    mould = Mould(write(BOOK))
    texts = {NAME: "甲", CODE: "U1"}
    for arguments in (
        ({NAME: "甲"},),
        (texts, {"评分": {"Z9": 1}}),
        (texts, {}, {"评分": {9: 20}}),
        (texts, {"封面": {"A1": 1}}),
    ):
        with pytest.raises(KeyError):
            mould.cast(*arguments)


def test_the_same_arguments_give_the_same_bytes() -> None:
    one, other = Mould(write(BOOK)), Mould(write(BOOK))
    for name in ("甲", "乙", "甲"):
        assert one.cast({NAME: name, CODE: "U1"}) == other.cast({NAME: name, CODE: "U1"})
