"""The committee's decision, typed and collected again (scheme model 4, step 13): the decided grade stands beside the computed one."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl

from demo.conftest import Demo
from kaohe.records.results import Outcome
from kaohe.stages.workspace import Place, one
from makers.steps import run_here

PERIOD = "2026"


def _rows(at: Place) -> dict[str, dict[str, str]]:
    with (at.report / "data" / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["unit_code"]: row for row in csv.DictReader(file)}


def _type(form: Path, target: Path, code: str, cells: dict[str, str]) -> None:
    """Open the form as written by the run, type into one row, save below 回收."""
    book = openpyxl.load_workbook(form)
    sheet = book["等次决定"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "编号")
    places = {cell.value: cell.column for cell in header}
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == code)
    for title, text in cells.items():
        sheet.cell(row, places[title]).value = text
    book.save(target)


def test_a_decided_grade_stands_beside_the_computed_one_with_reason_and_name(debriefing: Demo, tmp_path: Path) -> None:
    at = Place(Path(shutil.copytree(debriefing.root, tmp_path / "place")), debriefing.scheme, PERIOD)
    before = _rows(at)
    code = next(code for code, row in before.items() if row["grade_computed"] == "良好" and row["object"] == "单位")
    typed = {"审定等次": "优秀", "理由": "承担国家专项任务成绩突出", "决定人": "集团党组2027年第2次会议"}
    _type(at.report / "等次决定.xlsx", at.returned / "等次决定.xlsx", code, typed)
    assert run_here(at)[0].exit_code == 0
    row = _rows(at)[code]
    assert (row["grade_computed"], row["grade"]) == ("良好", "优秀")
    found = one(at.report, "outcome", Outcome).of(code)
    assert found is not None and found.decided is not None and found.decided.adopted
    assert (found.decided.reason, found.decided.decided_by) == (typed["理由"], typed["决定人"])
    assert "突破比例，须报批" in found.decided.note
    others = {
        other: (after["grade"], after["total"]) for other, after in _rows(at).items() if after["object"] == "单位"
    }
    assert {other: grade for other, grade in others.items() if other != code} == {
        other: (row["grade"], row["total"])
        for other, row in before.items()
        if row["object"] == "单位" and other != code
    }
