"""The rows of an object sheet: formulas that differ by the number of their row only, and those that do not; texts in their order."""

from __future__ import annotations

from kaohe.documents.results.grid import Column, Refs, grid, grid_cells
from kaohe.records.books import Cell
from kaohe.records.results import ObjectResult

OBJECTS = tuple(ObjectResult(code, f"{code}公司", "", "Ⅰ", "Ⅰ") for code in ("甲", "乙", "丙"))
ASKED: list[int] = []


def counted(refs: Refs, row: int) -> str:
    ASKED.append(row)
    return f"=A{row}+$B${row}&A1"


COLUMNS = (
    Column("编码", "编码", lambda each: each.code),
    Column("数", "数", lambda each: 1, counted),
    Column("上", "上一行", lambda each: 2, lambda refs, row: f"=A{row - 1}"),
    Column("首", "首行", lambda each: 3, lambda refs, row: "=0" if row == 4 else f"=A{row}"),
    Column(
        "名",
        "名",
        lambda each: each.name,
        link=lambda each: "" if each.code == "乙" else f"internal:'数据'!{each.code}",
    ),
)


def cells(live: bool = True) -> list[list[Cell]]:
    """The cells of the rows below the header."""
    made = grid("结果", COLUMNS, len(OBJECTS))
    rows: dict[int, list[Cell]] = {}
    for cell in grid_cells((Cell(1, 1, "题"),), made, Refs(made, made, made), OBJECTS, {5}, 2, live):
        rows.setdefault(cell.row, []).append(cell)
    assert list(rows) == [1, 3, 4, 5, 6]
    return [rows[row] for row in (4, 5, 6)]


def test_a_formula_is_asked_for_once_where_only_its_row_changes() -> None:
    ASKED.clear()
    found = [[cell.formula for cell in row[1:4]] for row in cells()]
    assert found == [
        ["=A4+$B$4&A1", "=A3", "=0"],
        ["=A5+$B$5&A1", "=A4", "=A5"],
        ["=A6+$B$6&A1", "=A5", "=A6"],
    ]
    assert len(ASKED) == 3  # any row, and the first and the last to compare with


def test_values_only_have_no_formulas_and_a_row_of_another_field_has_a_line_above() -> None:
    rows = cells(live=False)
    assert not any(cell.formula for row in rows for cell in row)
    assert [bool(row[0].style.top) for row in rows] == [False, True, False]


def test_a_link_shows_and_texts_are_numbered_column_by_column() -> None:
    assert [(row[4].link, row[4].style.underline) for row in cells()] == [
        ("internal:'数据'!甲", True), ("", False), ("internal:'数据'!丙", True),
    ]  # fmt: skip
    made = grid("结果", COLUMNS, len(OBJECTS))
    texts = grid_cells((), made, Refs(made, made, made), OBJECTS, set(), 2, True).texts
    assert list(texts) == ["编码", "数", "上一行", "首行", "名", "甲", "乙", "丙", "甲公司", "乙公司", "丙公司"]
