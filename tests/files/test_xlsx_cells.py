"""Cells written by our own XML: to the byte what XlsxWriter makes of them, cell by cell."""

from __future__ import annotations

import io
import weakref
from collections.abc import Callable, Iterator
from datetime import date

import openpyxl
import pytest

from kaohe.files import xlsx, xlsx_parts
from kaohe.files.xlsx import write
from kaohe.records.books import Book, Cell, Cells, Sheet, Sheets, Style, Value

BOLD, RED = Style(bold=True), Style(colour="FF0000", format="0.00")
VALUES: tuple[Value, ...] = (
    None, "", "甲", " 有空格 ", "a<b>&\"c\"'d'", "=1+1", "一行\n二行", "_x0041_", "\x07", "长" * 17_000, 0, -5, 3.14, 1e-7, 1e16, 2**40,
    True, False, date(2026, 9, 30),
)  # fmt: skip
RESULTS: tuple[Value, ...] = (None, "", "优秀", "a<b>&c", "#N/A", 0, 98.5, 1e-7, True, False, date(2026, 9, 30))


def sheet(name: str, comment: str = "") -> Sheet:
    cells = [Cell(row, 1, value, RED if row % 2 else BOLD) for row, value in enumerate(VALUES, 2)]
    cells += [Cell(row, 3, value, BOLD, '=IF(A1<>"",A1&"x",1)') for row, value in enumerate(RESULTS, 2)]
    cells += [
        Cell(1, 1, "题", RED),
        Cell(30, 2, "连", BOLD, link=f"internal:'{name}'!A1", tip="看"),
        Cell(31, 2, 7, RED, "=A1", link="external:文件/甲.xlsx"),
        Cell(32, 2, "注", RED, comment=comment),
        Cell(33, 2, "先"),
        Cell(33, 2, "后"),
    ]
    return Sheet(name, tuple(cells), merged=("A1:C1",), heights={5: 30})


BOOK = Book("试", (sheet("一", "说明"), sheet("二")))


def test_the_bytes_are_those_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = write(BOOK)

    def one_by_one(worksheet: object, cells: tuple[Cell, ...], format_of: object, slow: object, *_: object) -> None:
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


def one_a_row(row: int) -> tuple[Cell, ...]:
    """A row of a long sheet: a text, a formula, a link, a date and a number, in two looks."""
    look = BOLD if row % 3 else RED
    link = f"internal:'长'!A{row}" if row % 50 == 0 else ""
    texts = Cell(row, 1, f"文{row % 7}", look), Cell(row, 2, f"甲{row}", look, f'=A{row}&"<"')
    return (
        *texts,
        Cell(row, 4, "连", look, link=link),
        Cell(row, 6, date(2026, 9, 1 + row % 30)),
        Cell(row, 7, row / 3),
    )


def test_cells_that_come_row_by_row_are_the_bytes_of_cells_that_are_all_there() -> None:
    """300 rows, none at the 200th; texts numbered column by column where the sheet says so."""
    by_row = [cell for row in range(1, 301) if row != 200 for cell in one_a_row(row)]
    by_column = sorted(by_row, key=lambda cell: (cell.column, cell.row))
    texts = [str(cell.value) for cell in by_column if cell.column in (1, 4)]
    heights = dict.fromkeys(range(1, 301), 20.0)
    for ready, coming in ((by_row, Cells(lambda: by_row)), (by_column, Cells(lambda: by_row, lambda: texts))):
        same = [Book("试", (sheet("一"), Sheet("长", each, heights=heights))) for each in (tuple(ready), coming)]
        assert write(same[0]) == write(same[1])


def test_the_writer_asks_for_cells_once_and_holds_a_few_rows_of_them() -> None:
    class Formula(str):
        """A weak reference to a plain text cannot be had."""

    alive: weakref.WeakSet[Formula] = weakref.WeakSet()
    asked, most = [0], [0]

    def cells() -> Iterator[Cell]:
        asked[0] += 1
        for row in range(1, 2001):
            formula = Formula(f"=A{row}+1")
            alive.add(formula)
            most[0] = max(most[0], len(alive))
            yield Cell(row, 2, row, BOLD, formula)

    waiting: list[int] = []
    flow = xlsx_parts.worksheet_class().flow
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            xlsx_parts.worksheet_class(),
            "flow",
            lambda sheet, row: (waiting.append(sum(map(len, sheet.table.values()))), flow(sheet, row))[1],
        )
        data = write(Book("试", Sheets([lambda: Sheet("长", Cells(cells))])))
    assert asked == [1] and most[0] < 5 and len(waiting) > 20 and max(waiting) <= 100
    assert openpyxl.load_workbook(io.BytesIO(data))["长"]["B2000"].value == "=A2000+1"


def test_a_row_that_was_passed_is_our_own_mistake() -> None:
    cells = Cells(lambda: (Cell(2, 1, "后"), Cell(1, 1, "先")))
    assert (len(cells), cells[1].value, [each.row for each in cells[:1]]) == (2, "先", [2])
    with pytest.raises(ValueError, match="row 1 comes after row 2"):
        write(Book("试", (Sheet("长", cells),)))


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
