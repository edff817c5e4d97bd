"""A scheme beside what it needs: templates, the calendar, other schemes of the working place, its roster; and the filling load."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaohe.scheme import check as scheme_check
from kaohe.stages.burden import burdens, group_burdens
from kaohe.stages.schemes import check, load, roster_beside, roster_name
from makers.rated_scheme import Edit, rated, rated_roster, typed

TEMPLATES = Path(__file__).parents[2] / "templates"
HERE = ("CODE-009", "LOOP-002", "DOC-001", "PERIOD-003")


def place(root: Path, name: str, *edits: Edit) -> Path:
    """A scheme in a working place."""
    folder = root / "workbooks" / name
    folder.mkdir(parents=True)
    return typed(folder / "方案.xlsx", rated(("基本信息", "| rated |", f"| {name} |"), *edits))


def found(path: Path, root: Path) -> list[tuple[str, str, str, str]]:
    faults = check(path, root).faults
    return [(each.code, each.source.sheet, each.source.cell, each.found) for each in faults if each.code in HERE]


@pytest.fixture(autouse=True)
def nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheme_check, "CHECKS", ())


def test_a_document_without_a_template_is_named_at_the_cell_that_names_it(tmp_path: Path) -> None:
    path = place(tmp_path, "year", ("文书", "| 整改清单.docx |", "| 整改单.docx |"), ("构成", "| business |", "| |"))
    assert ("DOC-001", "文书", "C3", "整改单.docx") in found(path, tmp_path)
    (tmp_path / "templates/word").mkdir(parents=True)
    (tmp_path / "templates/word/整改单.docx").write_bytes(b"")
    assert not [each for each in found(path, tmp_path) if each[0] == "DOC-001"]


def test_a_scheme_that_is_not_in_the_working_place_is_named_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    path = place(tmp_path, "year")
    assert ("CODE-009", "构成", "J11", "business") in found(path, tmp_path)
    place(tmp_path, "busyness", ("构成", "| business |", "| |"))
    [fault] = [each for each in check(path, tmp_path).faults if each.code == "CODE-009"]
    assert "busyness" in fault.args["near"]


def test_two_schemes_of_a_working_place_that_read_each_other(tmp_path: Path) -> None:
    one = place(tmp_path, "business", ("构成", "| business |", "| year |"))
    place(tmp_path, "year")
    assert ("LOOP-002", "构成", "J11", "其他方案:year:总分") in found(one, tmp_path)


def test_the_roster_beside_a_scheme_is_found_and_told_apart_from_it(tmp_path: Path) -> None:
    path = place(tmp_path, "year")
    assert roster_beside(path) is None
    roster = typed(path.with_name("名册.xlsx"), rated_roster())
    assert roster_beside(path) == roster and roster_name(roster, path) == "名册.xlsx"
    ready = TEMPLATES / "schemes/red-blue.xlsx"
    assert roster_beside(ready) == TEMPLATES / "rosters/red-blue.xlsx"
    assert roster_name(TEMPLATES / "rosters/red-blue.xlsx", ready) == "rosters/red-blue.xlsx"


def test_faults_of_scheme_and_roster_are_told_at_once(tmp_path: Path) -> None:
    path = place(tmp_path, "year", ("构成", "| 50 | 50 |", "| 一半 | 50 |"))
    roster = typed(path.with_name("名册.xlsx"), rated_roster(("人员", "| P2 |", "| P1 |")))
    rules = check(path, tmp_path, roster)
    assert rules.scheme is None
    told = [(each.code, each.source.file, each.source.cell) for each in rules.faults if each.effect == "拒收"]
    assert told == [("CELL-002", "方案.xlsx", "E2"), ("CODE-001", "名册.xlsx", "A3")]


def test_the_load_counts_what_units_teams_and_raters_must_type() -> None:
    """Group responsibility: 9 committee members mark 7 units with one mark each, one of them not the own unit: 9 × 7 − 1 = 62."""
    rules = load(TEMPLATES / "schemes/group-responsibility.xlsx", TEMPLATES / "rosters/group-responsibility.xlsx")
    assert rules.scheme is not None and rules.roster is not None
    [own] = burdens(rules.scheme)
    assert (
        own.lines == 56 and own.unit_class.startswith("DW") and own.unit_cells > 0 and own.team_cells > own.unit_cells
    )
    marks = next(each for each in group_burdens(rules.scheme, rules.roster) if each.form == "集团公司党委委员评价表")
    assert (marks.copies, marks.least, marks.most, marks.cells) == (9, 6, 7, 62) and marks.share == "50%"
