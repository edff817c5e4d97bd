"""System C whole: four units with their people, evaluated online and nominated on paper, run for one year.

1. Every document that the scheme lists for a first year is written, none waits, nobody is withheld.
2. A second, naive computation agrees: components, totals, ranks and grades of units and persons (a person's reads the unit's).
3. Persons have documents under their own codes, ranks among their class, and forms of their own.
4. Of the online evaluation nothing is left by which a voter could be told.
5. An office program recalculates the results workbook to the program's values, in .xlsx, .ods and .xls (mark office).
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from demo.conftest import Demo, made
from demo.naive import Place
from kaohe.demo.place import Wish
from makers import recalculation

YEAR = "2025"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Four units, one year."""
    return made(Wish(tmp_path_factory.mktemp("closed-loop"), "closed-loop", units=4, periods=(YEAR,), seed=7))


def test_1_nobody_is_withheld_and_every_kind_is_written(closed: Demo) -> None:
    assert closed.exit_code == 0, closed.said
    assert {row["status"] for row in closed.table(YEAR, "results")} == {"正式"}
    kinds = {row["kind"] for row in closed.table(YEAR, "documents")}
    always = {
        "个人考核结果反馈函",
        "画像",
        "推荐情况汇总",
        "考核结果反馈通知书",
        "考核结果通报",
        "现场反馈表",
        "绩效联动清单",
    }
    assert always <= kinds
    assert all(row["status"] == "正式" for row in closed.table(YEAR, "documents"))


def test_2_a_naive_computation_agrees(closed: Demo) -> None:
    ledger: dict[str, dict[str, int]] = {}
    for row in closed.table(YEAR, "ledger"):
        mine = ledger.setdefault(row["unit_code"], {"逾期数": 0, "复发数": 0})
        mine["逾期数"] += row["overdue"] == "是"
        mine["复发数"] += bool(row["relapse_of"])
    naive = Place(closed.folder(YEAR), ledger).settle()
    rows = closed.table(YEAR, "results")
    assert len(rows) == len(naive) > 25
    for row in rows:
        other = naive[row["unit_code"]]
        found = (
            Fraction(row["total_exact"]) if row["total_exact"] else None,
            int(row["rank"] or 0),
            row["grade_computed"],
        )
        assert found == (other.total, other.rank, other.grade), row["unit_code"]
    scores = {
        (row["unit_code"], row["component"]): Fraction(row["score_exact"]) for row in closed.table(YEAR, "components")
    }
    assert scores == {key: naive[key[0]].scores[key[1]] for key in scores} and len(scores) == 2 * (4 + 20)


def test_3_persons_have_forms_documents_and_ranks_of_their_own(closed: Demo) -> None:
    results = {row["unit_code"]: row for row in closed.table(YEAR, "results")}
    heads = [row for row in results.values() if row["unit_class"] == "ZZ"]
    assert sorted(int(row["rank"]) for row in heads)[0] == 1 and len(heads) == 8
    mine = [row for row in closed.table(YEAR, "documents") if row["kind"] == "个人考核结果反馈函"]
    scored = {code for code, row in results.items() if row["object"] == "人员" and row["total"]}
    assert {row["unit_code"] for row in mine} == scored
    assert all((closed.report(YEAR) / row["file"]).is_file() and row["name"] in row["file"] for row in mine)
    debriefs = {
        row["unit_code"] for row in closed.table(YEAR, "entries") if row["form"] == "SZ" or "述职" in row["source_file"]
    }
    assert debriefs == scored
    nominees = [row for row in results.values() if row["unit_class"] == "HB"]
    assert nominees and all(not row["total"] and not row["rank"] and not row["grade"] for row in nominees)


def test_4_no_voter_can_be_told_from_what_is_kept(closed: Demo) -> None:
    exports = sorted((closed.folder(YEAR) / "回收/测评导出").glob("*.csv"))
    assert len(exports) == 5
    people = {
        value
        for path in exports
        for row in csv.DictReader(path.open(encoding="utf-8-sig", newline=""))
        for value in (row["手机号"], row["提交时间"])
    }
    assert len(people) > 60
    kept = [path for path in closed.report(YEAR).rglob("*") if path.suffix in (".csv", ".jsonl", ".json")]
    texts = "\n".join(path.read_text(encoding="utf-8-sig") for path in kept)
    assert not [value for value in people if value in texts]


@pytest.mark.office
def test_5_every_formula_is_recalculated_to_the_programs_value(closed: Demo, tmp_path: Path) -> None:
    counted = recalculation.corrected({YEAR: closed.report(YEAR) / "考核结果.xlsx"}, tmp_path)
    assert counted[YEAR] > 5000
