"""The marked copy: the analyst's own workbook with every faulty cell painted and commented, and a list that leads there.

1. The original is never written, and a copy that somebody worked on is never overwritten.
2. What was in the workbook stays: own sheets, formats, comments, results of formulas.
3. The copy checks the same; mended, it checks clean with the list still in it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from kaohe.scheme import check as scheme_check
from kaohe.stages.marking import copy_beside, mark
from kaohe.stages.schemes import check
from kaohe.stages.workspace import NotReady
from makers.rated_scheme import Edit, rated, rated_roster, typed

LIST = "差错清单"
WRONG: tuple[Edit, ...] = (
    ("指标", "| 扣分 | 40 |", "| 扣分 | 41 |"),
    ("规则", "| 降档 | 1 |", "| 降档 | 一档 |"),
    ("等次", "| 80 | 90 |", "| 80 | 89 |"),
)


def workbook(path: Path, *edits: Edit) -> Path:
    """The scheme with one of everything as a file, with an own sheet, an own fill, a comment and a formula."""
    book = openpyxl.load_workbook(typed(path, rated(*edits)))
    book["指标"]["F2"].fill = PatternFill("solid", fgColor="00FF00")
    book["指标"]["F2"].comment = Comment("办法第七条写的是 100 分", "分析员")
    own = book.create_sheet("测算")
    own["A1"] = "自己的测算"
    own["B1"] = "=SUM(指标!F3:F4)"
    book.save(path)
    return path


def found(path: Path) -> list[tuple[str, str, str, str]]:
    """Faults of a file but those of the own sheet and of words that are not built yet."""
    others = ("SHEET-002", "WORD-001", "FORMS-001", "FORMS-002", "DOC-002", "CODE-009", "PERIOD-003")
    faults = check(path, path.parent).faults
    return [(e.code, e.source.sheet, e.source.cell, e.found) for e in faults if e.code not in others]


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """方案 校验.xlsx beside 方案.xlsx."""
    path = workbook(tmp_path / "方案.xlsx", *WRONG)
    assert mark(path, tmp_path / "方案 校验.xlsx", check(path, tmp_path).faults)
    return tmp_path / "方案 校验.xlsx"


def painted(book: openpyxl.Workbook, sheet: str) -> set[str]:
    areas = book[sheet].conditional_formatting
    return {
        cell
        for area in areas
        for rule in area.rules
        if "kaohe_list" in rule.formula[0]
        for cell in str(area.sqref).split()
    }


def test_faulty_cells_are_painted_and_commented_and_the_list_leads_to_them(marked: Path) -> None:
    book = openpyxl.load_workbook(marked)
    assert book.sheetnames[0] == LIST and book.active.title == LIST
    assert painted(book, "指标") == {"F2"} and painted(book, "规则") == {"G4"} and painted(book, "等次") == {"F3"}
    assert "下级满分合计" in book["指标"]["F2"].comment.text and "MARK-001" in book["指标"]["F2"].comment.text
    rows = {row[6].value: row for row in book[LIST].iter_rows(min_row=6) if row[0].value}
    row = rows["RULE-010"]
    assert [cell.value for cell in row[:4]] == ["拒收", "规则", "G4", "一档"]
    assert row[2].hyperlink.location == "'规则'!G4" and "请填" in row[5].value
    assert [cell.value for cell in rows["GRADE-002"][:3]] == ["提示", "等次", "F3"]


def test_what_the_analyst_made_stays(marked: Path) -> None:
    book = openpyxl.load_workbook(marked)
    cell = book["指标"]["F2"]
    assert cell.fill.fgColor.rgb == "0000FF00" and cell.value == 100
    assert cell.comment.text.startswith("办法第七条写的是 100 分") and "【校验】" in cell.comment.text
    assert book["测算"]["A1"].value == "自己的测算" and book["测算"]["B1"].value == "=SUM(指标!F3:F4)"


def test_the_copy_checks_the_same_and_clean_once_it_is_mended(marked: Path) -> None:
    assert found(marked) == found(marked.with_name("方案.xlsx")) != []
    book = openpyxl.load_workbook(marked)
    book["指标"]["F3"], book["规则"]["G4"], book["等次"]["F3"] = 40, 1, 90
    book.save(marked)
    assert LIST in book.sheetnames and found(marked) == []


def test_results_of_formulas_are_kept(tmp_path: Path) -> None:
    """A scheme with a calculated weight: without its result the cell would read as a formula that was never calculated."""
    import xlsxwriter

    path = tmp_path / "方案.xlsx"
    book = xlsxwriter.Workbook(path)
    for table in rated(*WRONG).tables:
        sheet = book.add_worksheet(table.name)
        for number, row in enumerate(table.rows):
            sheet.write_row(number, 0, ["" if value is None else value for value in row])
    book.get_worksheet_by_name("构成").write_formula("E2", "=5*10", None, 50)
    book.get_worksheet_by_name("规则").write_formula("I4", '="发生"&"事故"', None, "发生事故")
    book.close()
    before = found(path)
    assert mark(path, tmp_path / "件.xlsx", check(path, tmp_path).faults)
    assert found(tmp_path / "件.xlsx") == before and "CELL-007" not in {code for code, *_ in before}
    copy = openpyxl.load_workbook(tmp_path / "件.xlsx", data_only=True)
    assert copy["构成"]["E2"].value == 50 and copy["规则"]["I4"].value == "发生事故"


def test_the_original_is_never_written(tmp_path: Path) -> None:
    path = workbook(tmp_path / "方案.xlsx", *WRONG)
    before, faults = path.read_bytes(), check(path, tmp_path).faults
    with pytest.raises(NotReady, match="没有覆盖"):
        mark(path, path, faults)
    mark(path, tmp_path / "件.xlsx", faults)
    assert path.read_bytes() == before


def test_only_an_untouched_copy_is_replaced(marked: Path) -> None:
    path = marked.with_name("方案.xlsx")
    faults = check(path, path.parent).faults
    assert mark(path, marked, faults)
    book = openpyxl.load_workbook(marked)
    book["指标"]["F3"] = 40
    book.save(marked)
    worked_on = marked.read_bytes()
    with pytest.raises(NotReady, match="已经改过，没有覆盖"):
        mark(path, marked, faults)
    assert marked.read_bytes() == worked_on
    other = marked.with_name("别的.xlsx")
    workbook(other)
    with pytest.raises(NotReady, match="不是校验件"):
        mark(path, other, faults)


def test_a_copy_that_is_marked_again_bears_only_the_new_marks(marked: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(marked)
    book["指标"]["F3"], book["规则"]["G4"] = 40, 1
    book.save(marked)
    again = tmp_path / "再校验.xlsx"
    assert mark(marked, again, check(marked, tmp_path).faults)
    book = openpyxl.load_workbook(again)
    assert book["指标"]["F2"].comment.text == "办法第七条写的是 100 分" and book["规则"]["G4"].comment is None
    assert painted(book, "指标") == painted(book, "规则") == set() and painted(book, "等次") == {"F3"}
    assert book.sheetnames.count(LIST) == 1


def test_without_faults_nothing_is_written_and_a_mended_copy_loses_its_marks(tmp_path: Path) -> None:
    path = workbook(tmp_path / "方案.xlsx")
    assert not mark(path, tmp_path / "件.xlsx", ()) and not (tmp_path / "件.xlsx").exists()
    wrong = workbook(tmp_path / "错.xlsx", *WRONG)
    mark(wrong, tmp_path / "件.xlsx", check(wrong, tmp_path).faults)
    assert mark(tmp_path / "件.xlsx", tmp_path / "净.xlsx", ())
    book = openpyxl.load_workbook(tmp_path / "净.xlsx")
    assert LIST not in book.sheetnames and "kaohe_list" not in book.defined_names
    assert all(cell.comment is None for row in book["规则"].iter_rows() for cell in row)


def test_text_that_begins_like_a_formula_stays_text_in_the_list(tmp_path: Path) -> None:
    path = workbook(tmp_path / "方案.xlsx", ("规则", "| 降档 | 1 |", "| 降档 | 甲 |"))
    book = openpyxl.load_workbook(path)
    book["规则"]["G4"].value = "=1+1"
    book["规则"]["G4"].data_type = "s"
    book.save(path)
    mark(path, tmp_path / "件.xlsx", check(path, tmp_path).faults)
    [row] = [
        row
        for row in openpyxl.load_workbook(tmp_path / "件.xlsx")[LIST].iter_rows(min_row=6)
        if row[6].value == "RULE-010"
    ]
    assert row[3].value == "=1+1" and row[3].data_type == "s"


def test_the_roster_has_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheme_check, "CHECKS", ())
    path = workbook(tmp_path / "方案.xlsx")
    roster = typed(tmp_path / "名册.xlsx", rated_roster(("人员", "| P2 |", "| P1 |")))
    faults = check(path, tmp_path, roster).faults
    target = copy_beside(tmp_path / "方案 校验.xlsx", roster)
    assert target.name == "名册 校验.xlsx" and mark(roster, target, faults, "roster")
    copy = openpyxl.load_workbook(target)
    assert painted(copy, "人员") == {"A3"} and "重复" in copy["人员"]["A3"].comment.text
    assert check(path, tmp_path, target).faults[-1].source.sheet == "人员"


@pytest.mark.office
def test_a_workbook_that_is_no_xlsx_gets_a_copy_that_is_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "方案.xlsx", *WRONG)
    assert shutil.which("soffice")
    convert = ["soffice", "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(path)]
    subprocess.run(convert, check=True, capture_output=True)
    ods = tmp_path / "方案.ods"
    assert mark(ods, tmp_path / "件.xlsx", check(ods, tmp_path).faults)
    assert found(tmp_path / "件.xlsx") == found(ods) != []
