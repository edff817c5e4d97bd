"""System D by its workbook alone: months, quarters and the year of one assessment, against a second, naive computation.

1. A quarter of a small place (plain).     2. Twelve months, four quarters and the year (mark office: it takes a minute).
3. An office program recalculates the results workbooks of the three clocks to the program's values (mark office).
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from demo.conftest import Demo, made
from demo.naive_clocks import Earlier, all_periods
from kaohe.demo.place import Wish
from makers import recalculation

MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 13))
QUARTER = (*MONTHS[:3], "2026Q1")
YEAR = (
    *(name for quarter in range(4) for name in (*MONTHS[quarter * 3 : quarter * 3 + 3], f"2026Q{quarter + 1}")), "2026",
)  # fmt: skip


@pytest.fixture(scope="session")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Six branches, three months and their quarter."""
    return made(Wish(tmp_path_factory.mktemp("631"), "631", 6, QUARTER, seed=3))


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Six branches, all seventeen periods, in kernels that go on from one period to the next."""
    return made(Wish(tmp_path_factory.mktemp("631"), "631", 6, YEAR, seed=3), kernels=True)


def naive(demo: Demo) -> Earlier:
    overdue: dict[str, dict[str, dict[str, int]]] = {}
    for period in demo.periods:
        for row in demo.table(period, "ledger"):
            mine = overdue.setdefault(period, {}).setdefault(row["unit_code"], {"逾期数": 0})
            mine["逾期数"] += row["overdue"] == "是"
    return all_periods(demo.root / "workbooks" / "631", demo.periods, overdue)


def assert_agree(demo: Demo, second: Earlier) -> None:
    """Totals and components to the last digit, ranks, grades."""
    for period in demo.periods:
        rows = demo.table(period, "results")
        found = {
            r["unit_code"]: (Fraction(r["total_exact"] or 0), int(r["rank"] or 0), r["grade_computed"]) for r in rows
        }
        mine = {code: (each.total or Fraction(0), each.rank, each.grade) for code, each in second[period].items()}
        assert found == mine, period
        assert sum(row["total"] != "" for row in rows) == 6, "nobody is withheld"
        parts = [row for row in demo.table(period, "components") if row["score_exact"]]
        assert len(parts) >= 12
        for row in parts:
            assert Fraction(row["score_exact"]) == second[period][row["unit_code"]].scores[row["component"]], row


def test_1_months_and_quarter_agree_with_the_second_computation(quarter: Demo) -> None:
    assert quarter.exit_code == 0, quarter.said
    second = naive(quarter)
    assert_agree(quarter, second)
    assert len({each.rank for each in second["2026Q1"].values()} - {0}) > 3


def test_1_a_quarter_shows_the_mean_of_its_three_months_unrounded(quarter: Demo) -> None:
    months = [{row["unit_code"]: row["total_exact"] for row in quarter.table(name, "results")} for name in MONTHS[:3]]
    parts = (row for row in quarter.table("2026Q1", "components") if row["component"] == "YJ" and row["score_exact"])
    shown = {row["unit_code"]: row["score_exact"] for row in parts}
    assert len(shown) == 6
    for code, mean in shown.items():
        assert Fraction(mean) == sum((Fraction(month[code]) for month in months), Fraction(0)) / 3


def test_1_front_and_back_are_named_and_the_helper_of_a_back_branch_is_told(quarter: Demo) -> None:
    results = quarter.table("2026Q1", "results")
    boards = {row["unit_code"] for row in quarter.table("2026Q1", "consequences") if row["effect"] == "上榜"}
    assert boards <= {row["unit_code"] for row in results} and boards
    helped = [row for row in quarter.table("2026Q1", "consequences") if row["rule"] == "J03"]
    assert helped and all("对口帮带" in row["reason"] for row in helped)


def test_1_what_people_type_is_sound_and_every_clock_gets_its_documents(quarter: Demo) -> None:
    kinds = {period: {row["kind"] for row in quarter.table(period, "documents")} for period in quarter.periods}
    assert all("月度通报" in kinds[month] and "整改清单" in kinds[month] for month in MONTHS[:3])
    assert {"季度比较", "考核结果反馈通知书", "问题整改通知书", "申诉复核答复"} <= kinds["2026Q1"]
    typed = [row for period in quarter.periods for row in quarter.table(period, "faults") if row["sheet"] != "分类"]
    assert typed == [] and not any("LEDGER-005" in line for line in quarter.said)


@pytest.mark.office
def test_2_the_year_is_60_of_value_30_of_twelve_months_and_10_of_satisfaction(year: Demo) -> None:
    assert year.exit_code == 0, year.said
    second = naive(year)
    assert_agree(year, second)
    for code, each in second["2026"].items():
        if each.total is None:
            continue
        months = [second[name][code].total for name in MONTHS]
        mean = sum((total for total in months if total is not None), Fraction(0)) / 12
        value, satisfaction = each.scores["JZ"], each.scores["MY"]
        assert value is not None and satisfaction is not None
        assert each.base == value * 60 / 100 + mean * 30 / 100 + satisfaction * 10 / 100


@pytest.mark.office
def test_3_every_formula_is_recalculated_to_the_programs_value(year: Demo, tmp_path: Path) -> None:
    books = {period: year.report(period) / "考核结果.xlsx" for period in ("2026-06", "2026Q2", "2026")}
    counted = recalculation.corrected(books, tmp_path)
    assert min(counted.values()) > 300
