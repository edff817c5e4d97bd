"""What a column repeats row by row is one shared formula, and another program reads of every cell the formula that was meant."""

from __future__ import annotations

import io
import re
import zipfile

import msgspec
import openpyxl
import pytest

from kaohe.files.cells import fill
from kaohe.files.reader import read
from kaohe.files.xlsx import write
from kaohe.files.xlsx_shared import relative, shared
from kaohe.records.books import Book, Cell, Sheet, Style

OPEN = Style(locked=False)
FORMULAS = (
    '=IF(A{n}="",0,SUM($A$1:A{n})+B$3)', '=VLOOKUP(A{n},表!$A:$C,3,0)&"A{n}"', "='A2'!A{m}+C{n}", "=情形A1+LOG10(A{n})", "=SUM(A{n}:XFD{m})",
    "=SUM({n}:{m})", "=A$1*2", '="A1"', "=ROW()",
)  # fmt: skip


def made(formulas: tuple[str, ...] = FORMULAS, rows: int = 6) -> Book:
    cells = [
        Cell(row, 4 + at, row * 1.5, formula=text.format(n=row, m=row + 1))
        for row in range(2, 2 + rows)
        for at, text in enumerate(formulas)
    ]
    return Book("试", (Sheet("一", tuple(cells)), Sheet("A2", ()), Sheet("表", ())), {"情形A1": "一!$A$1"}, shares=True)


def read_by_another(book: Book) -> dict[str, object]:
    page = openpyxl.load_workbook(io.BytesIO(write(book)))["一"]
    return {cell.coordinate: cell.value for row in page for cell in row if cell.value is not None}


def test_every_cell_has_the_formula_that_was_meant():
    each = msgspec.structs.replace(made(), shares=False)
    assert read_by_another(made()) == read_by_another(each) != {}
    assert read(write(made())) == read(write(each))


def test_a_formula_is_written_once_a_column():
    with zipfile.ZipFile(io.BytesIO(write(made()))) as file:
        xml = file.read("xl/worksheets/sheet1.xml").decode()
    firsts = dict(re.findall('<c r="([A-Z])2"[^>]*><f([^>]*)>', xml))
    # The text "A2" in the second and the whole rows of the sixth are not those of the row below.
    assert [letter for letter, attributes in firsts.items() if "shared" in attributes] == list("DFGHJKL")
    assert xml.count('<f t="shared" si="0"/>') == 5


def test_only_neighbours_that_are_locked_and_the_same_share():
    same = [Cell(row, 1, 0, formula=f"=B{row}") for row in (2, 3, 5, 7, 8)]
    cells = (
        *same,
        Cell(3, 1, 9),
        Cell(9, 1, 0, OPEN, "=B9"),
        Cell(10, 1, 0, formula="=B11"),
        Cell(4, 2, 0, formula="=B4"),
    )
    assert shared(cells) == {(7, 1): '<f t="shared" ref="A7:A8" si="0">%s</f>', (8, 1): '<f t="shared" si="0"/>'}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("=A2", "=A3", True),
        ("=$A2+B$1", "=$A3+B$1", True),
        ("=A2", "=A2", False),
        ("=A$2", "=A$3", False),
        ('="A2"', '="A3"', False),
        ("='A2'!B2", "='A3'!B3", False),
        ("=表!A2", "=表!A3", True),
        ("=名A2", "=名A3", False),
        ("=F2(A2)", "=F3(A3)", False),
        ('="甲""A2"&B2', '="甲""A2"&B3', True),
    ],
)
def test_what_moves_with_the_row(one: str, other: str, is_same: bool):
    assert (relative(one, 2) == relative(other, 3)) == is_same


def test_nobody_types_over_the_formula_of_others():
    data = write(made())
    with pytest.raises(ValueError, match="D2"):
        fill(data, {"一": {"D2": 1}})
    fill(data, {"一": {"D3": 1}})
