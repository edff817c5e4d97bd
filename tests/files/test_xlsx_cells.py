"""Cells written by our own XML: to the byte what XlsxWriter makes of them, cell by cell."""

from __future__ import annotations

import io
import weakref
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from kaohe.files import xlsx, xlsx_parts
from kaohe.files.xlsx import write
from kaohe.records.books import Book, Cell, Sheet, Sheets, Style, Value

BOLD, RED = Style(bold=True), Style(colour="FF0000", format="0.00")
VALUES: tuple[Value, ...] = (
    None, "", "甲", " 有空格 ", "a<b>&\"c\"'d'", "=1+1", "一行\n二行", "_x0041_", "\x07", "长" * 17_000, 0, -5, 3.14, 1e-7, 1e16, 2**40,
    True, False, date(2026, 9, 30),
)  # fmt: skip
RESULTS: tuple[Value, ...] = (None, "", "优秀", "a<b>&c", "#N/A", 0, 98.5, 1e-7, True, False, date(2026, 9, 30))


def sheet(name: str) -> Sheet:
    cells = [Cell(row, 1, value, RED if row % 2 else BOLD) for row, value in enumerate(VALUES, 2)]
    cells += [Cell(row, 3, value, BOLD, '=IF(A1<>"",A1&"x",1)') for row, value in enumerate(RESULTS, 2)]
    cells += [
        Cell(1, 1, "题", RED),
        Cell(30, 2, "连", BOLD, link=f"internal:'{name}'!A1", tip="看"),
        Cell(31, 2, 7, RED, "=A1", link="external:文件/甲.xlsx"),
        Cell(32, 2, "注", RED, comment="说明"),
        Cell(33, 2, "先"),
        Cell(33, 2, "后"),
    ]
    return Sheet(name, tuple(cells), merged=("A1:C1",), heights={5: 30})


BOOK = Book("试", (sheet("一"), sheet("二")))


def test_the_bytes_are_those_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = write(BOOK)

    def one_by_one(worksheet: object, cells: tuple[Cell, ...], format_of: object, slow: object) -> None:
        for cell in cells:
            slow(cell)  # type: ignore[operator]

    monkeypatch.setattr(xlsx, "put", one_by_one)
    assert mine == write(BOOK)


@pytest.mark.parametrize("rows_at_once", [1, 1 << 18])
def test_rows_written_at_once_are_those_that_the_library_writes_at_the_end(
    monkeypatch: pytest.MonkeyPatch, rows_at_once: int
) -> None:
    monkeypatch.setattr(xlsx_parts, "_POURED", rows_at_once)
    monkeypatch.setattr(xlsx_parts, "_KEPT", rows_at_once)
    mine = write(BOOK)
    monkeypatch.setattr(xlsx_parts.worksheet_class(), "settle", lambda worksheet: None)
    assert mine == write(BOOK)


def test_the_writer_holds_one_sheet_at_a_time() -> None:
    class Cells(list[Cell]):
        """A weak reference to a tuple cannot be had."""

    held: list[weakref.ref[Cells]] = []

    def maker(name: str) -> Callable[[], Sheet]:
        def make() -> Sheet:
            assert not any(each() for each in held)
            cells = Cells([Cell(1, 1, name)])
            held.append(weakref.ref(cells))
            return Sheet(name, cells)  # type: ignore[arg-type]

        return make

    names = ("一", "二", "三")
    made = Book("试", Sheets([maker(name) for name in names]))
    assert tuple(openpyxl.load_workbook(io.BytesIO(write(made))).sheetnames) == names and len(held) == 3
    assert [len(made.sheets), made.sheets[-1].name, made.sheets[1:][0].name] == [3, "三", "二"]


def test_another_program_reads_the_same_values() -> None:
    cells = openpyxl.load_workbook(io.BytesIO(write(BOOK)))["二"]
    read = [cells.cell(row, 1).value for row in range(2, 2 + len(VALUES))]
    assert read[2:6] == ["甲", " 有空格 ", "a<b>&\"c\"'d'", "=1+1"] and cells["A7"].data_type == "s"
    assert read[10:16] == [0, -5, 3.14, 1e-7, 1e16, 2**40]
    assert cells["C4"].value == '=IF(A1<>"",A1&"x",1)' and cells["B33"].value == "后"


def test_an_address_outside_a_sheet_and_no_number_are_our_own_mistakes() -> None:
    with pytest.raises(ValueError, match="outside a sheet"):
        write(Book("试", (Sheet("一", (Cell(1_048_577, 1, 1),)),)))
    with pytest.raises(TypeError):
        write(Book("试", (Sheet("一", (Cell(1, 1, float("nan")),)),)))
