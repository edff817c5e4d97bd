"""The page that teaches how to write a scheme is true: its tables, typed into blank workbooks, check clean and run to the end."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kaohe.core.faults import withholds
from kaohe.demo.fill import fill_period
from kaohe.pipeline import Request, run
from kaohe.records.results import Outcome
from kaohe.stages.dressing import blank
from kaohe.stages.issue import issue
from kaohe.stages.schemes import check
from kaohe.stages.workspace import Place, one
from makers.clocks import Silent

PAGE = Path(__file__).parent.parent / "docs" / "write-a-scheme.md"
Table = list[list[str]]


def tables(text: str) -> dict[str, Table]:
    """The page's tables by the heading above them."""
    found: dict[str, Table] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("### "):
            heading = line[4:].strip()
        elif line.startswith("|") and heading and not re.fullmatch(r"[|\-\s]+", line):
            found.setdefault(heading, []).append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return found


def cell(text: str) -> str | float | date | None:
    """What an analyst's typing becomes in Excel."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else text or None


def typed(path: Path, found: dict[str, Table]) -> None:
    """Type tables into a blank workbook, below the headers of the same name."""
    book = openpyxl.load_workbook(path)
    for name, rows in found.items():
        sheet = book[name]
        places = {each.value: each.column for each in sheet[1]}
        old = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        for number, row in enumerate(rows[1:], 2):
            at = old.get(row[0], sheet.max_row + 1) if name == "基本信息" else number
            for title, text in zip(rows[0], row, strict=True):
                if text:
                    sheet.cell(at, places[title]).value = cell(text)
    book.save(path)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The guide's assessment, its workbooks typed from the page."""
    found = tables(PAGE.read_text(encoding="utf-8"))
    at = Place(tmp_path_factory.mktemp("guide"), "branch-quarter", "2026Q3")
    at.pattern.mkdir(parents=True)
    at.reports.mkdir(parents=True)
    blank(at.pattern / "方案.xlsx")
    blank(at.pattern / "名册.xlsx", "roster")
    typed(at.pattern / "方案.xlsx", {name: rows for name, rows in found.items() if not name.startswith("名册")})
    typed(at.pattern / "名册.xlsx", {name[3:]: rows for name, rows in found.items() if name.startswith("名册")})
    return at


def test_the_schemes_check_finds_nothing_to_mend(place: Place) -> None:
    found = check(place.pattern / "方案.xlsx", place.root)
    assert found.scheme is not None and [each for each in found.faults if withholds([each])] == []


def test_the_guide_ends_in_a_run_with_results_for_every_branch(place: Place) -> None:
    issue(place)
    fill_period(place, seed=1)
    assert run(place, Request(), Silent()).exit_code == 0
    outcome = one(place.report, "outcome", Outcome)
    assert [(each.code, each.status) for each in outcome.objects] == [(f"B{n}", "正式") for n in (1, 2, 3, 4)]
    assert sorted(each.rank or 0 for each in outcome.objects)[0] == 1
    assert all(each.component("HP") is not None and each.rating("HP") is not None for each in outcome.objects)
    assert len(list((place.report / "文书" / "考核结果反馈通知书").glob("*.docx"))) == 4
