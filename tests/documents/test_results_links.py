"""Links of 考核结果.xlsx: from a figure to the rows it came from, from those to the returned workbook, with paths that every system takes."""

from __future__ import annotations

import io

import openpyxl
import pytest

from kaohe.core.cells import a1
from kaohe.documents.results import ways
from kaohe.documents.results.book import book
from kaohe.files import xlsx
from kaohe.records.books import Book, Cell
from makers import everything, results
from makers.books import sheet


def cells(made: Book, name: str) -> dict[str, Cell]:
    return {a1(cell.row, cell.column): cell for cell in sheet(made, name).cells}


def column(made: Book, name: str, title: str) -> list[Cell]:
    number = next(
        cell.column for cell in sheet(made, name).cells if cell.row == 3 and str(cell.value).startswith(title)
    )
    return [cell for cell in sheet(made, name).cells if cell.column == number and cell.row > 3]


def target(made: Book, cell: Cell) -> tuple[str, Cell]:
    """Sheet and cell that an inner link leads to."""
    name, _, address = cell.link.removeprefix("internal:").partition("!")
    name = name.strip("'")
    return name, cells(made, name)[address]


def test_a_line_with_lost_marks_leads_to_its_row_in_the_list_of_losses() -> None:
    made = book(results.edition())
    linked = [cell for cell in column(made, "数据", "1.1") if cell.link]
    assert len(linked) > 5
    for cell in linked:
        name, found = target(made, cell)
        losses = cells(made, name)
        assert name == "扣分" and found.value == cells(made, "数据")[f"A{cell.row}"].value
        assert losses[f"E{found.row}"].value == "1.1"
    assert not any(cell.link for cell in column(made, "数据", "2.2") if cell.value == 10), "full marks have no row"


def test_an_object_leads_to_its_inputs_and_its_tasks_to_their_list() -> None:
    made = book(everything.edition())
    for sheet_name, title, name in (("结果", "对象", "数据"), ("数据", "任务清单\n各项任务得分", "任务清单")):
        linked = [cell for cell in column(made, sheet_name, title) if cell.link]
        assert linked, title
        for cell in linked:
            found, place = target(made, cell)
            assert found == name and place.value == cells(made, sheet_name)[f"A{cell.row}"].value


@pytest.mark.parametrize(
    ("sheet_name", "title", "name"),
    [
        ("数据", "书记述职评议\n领导　履职", "评价"),
        ("数据", "减分", "加减分"),
        ("结果", "日常考核\n得分", "日常积分"),
        ("结果", "任务清单\n得分", "任务清单"),
        ("结果", "述职评议\n得分", "评价"),
        ("结果", "等次", "决定"),
    ],
)
def test_a_figure_leads_to_its_row_wherever_it_came_from(sheet_name: str, title: str, name: str) -> None:
    made = book(everything.edition())
    linked = [cell for cell in column(made, sheet_name, title) if cell.link]
    assert linked
    for cell in linked:
        found, place = target(made, cell)
        assert found == name and place.value == cells(made, sheet_name)[f"A{cell.row}"].value
        assert cell.tip == f"到“{name}”"


def test_no_link_leads_to_a_ballot() -> None:
    made = book(everything.edition())
    assert not [
        cell
        for name in ("评价", "得票")
        for each in made.sheets
        if each.name == name
        for cell in each.cells
        if cell.link
    ]


def test_a_blank_has_no_link_for_an_office_program_would_show_its_address() -> None:
    made = book(everything.edition())
    blank = [cell for cell in sheet(made, "结果").cells if cell.row > 3 and cell.value in ("", None)]
    assert blank and not any(cell.link for cell in blank)


def test_a_number_or_a_formula_with_a_link_stays_a_number_or_a_formula() -> None:
    read = openpyxl.load_workbook(io.BytesIO(xlsx.write(book(results.edition()))))
    linked = [
        cell for row in read["数据"].iter_rows(min_row=4) for cell in row if cell.hyperlink and cell.hyperlink.location
    ]
    assert linked and all(isinstance(cell.value, int | float) for cell in linked)
    linked = [cell for row in read["结果"].iter_rows(min_row=4) for cell in row if cell.hyperlink]
    assert linked and all(cell.data_type == "f" for cell in linked)


def test_paths_to_returned_workbooks_have_slashes() -> None:
    read = openpyxl.load_workbook(io.BytesIO(xlsx.write(book(results.edition()))))
    paths = [cell.hyperlink.target for row in read["扣分"].iter_rows(min_row=4) for cell in row if cell.hyperlink]
    assert paths and all(path.startswith("../../../workbooks/") and "\\" not in path for path in paths)


def test_more_links_than_a_sheet_holds_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "MOST_LINKS", 5)
    made = book(results.edition())
    assert not any(cell.link.startswith("internal:") for name in ("数据", "结果") for cell in sheet(made, name).cells)
