"""A second, naive computation agrees with the product on the sample places of systems A and B, to the last digit.

1. Everybody is computed twice.       2. Components and totals, exact.       3. Ranks.       4. Grades after bars and shares.

`naive` reads scheme, roster and returned workbooks as an inspector would, and imports nothing of the package. Only the numbers of overdue
and relapsed problems are taken from the ledger, which has its own tests.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from demo.conftest import Demo
from demo.naive import Place, Result

Both = list[tuple[dict[str, str], Result]]


def _exact(text: str) -> Fraction | None:
    return Fraction(text) if text else None


@cache
def computed(demo: Demo) -> dict[str, Both]:
    """By period: the product's row and the naive result of every object."""
    found = {}
    for period in demo.periods:
        ledger: dict[str, dict[str, int]] = {}
        for row in demo.table(period, "ledger"):
            mine = ledger.setdefault(row["unit_code"], {"逾期数": 0, "复发数": 0})
            mine["逾期数"] += row["overdue"] == "是"
            mine["复发数"] += bool(row["relapse_of"]) and row["problem_id"].startswith(f"{period}-")
        naive = Place(demo.folder(period), ledger).settle()
        rows = {row["unit_code"]: row for row in demo.table(period, "results")}
        assert rows.keys() == naive.keys()
        found[period] = [(row, naive[code]) for code, row in rows.items()]
    return found


@pytest.fixture
def both(demo: Demo) -> dict[str, Both]:
    """The two computations of a place."""
    return computed(demo)


def test_1_everybody_is_computed_twice(both: dict[str, Both]) -> None:
    for rows in both.values():
        assert len(rows) > 40
        assert sum(row["total"] != "" for row, _ in rows) >= 7


def test_2_components_and_totals_agree_exactly(both: dict[str, Both], demo: Demo) -> None:
    for period, rows in both.items():
        assert [_exact(row["total_exact"]) for row, _ in rows] == [naive.total for _, naive in rows]
        naive = {naive.code: naive for _, naive in rows}
        product = {
            (row["unit_code"], row["component"]): _exact(row["score_exact"]) for row in demo.table(period, "components")
        }
        assert product == {key: naive[key[0]].scores[key[1]] for key in product} and product


def test_3_ranks_agree(both: dict[str, Both]) -> None:
    for rows in both.values():
        assert [int(row["rank"] or 0) for row, _ in rows] == [naive.rank for _, naive in rows]


def test_4_grades_agree(both: dict[str, Both]) -> None:
    for rows in both.values():
        assert [row["grade_computed"] for row, _ in rows] == [naive.grade for _, naive in rows]
        assert len({naive.grade for _, naive in rows}) > 1
