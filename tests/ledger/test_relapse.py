"""Relapse (domain: a new problem of the same unit and kind after an old one was closed; sheet 整改: 复发窗口 in periods)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kaohe.ledger import roll
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger
from kaohe.records.returns import Opening, Submission
from kaohe.records.scheme import Severity
from makers.scoring import Q3, ROW, case, cell, deducted, form, line, scheme, text, unit

ROSTER = Roster(units=(unit("甲"), unit("乙")))


def rules(window: int) -> Any:
    return scheme(
        line("1", "扣分", 100),
        cases=(case("1", "缺一次", "0.5"),),
        severities=(Severity("一般", 5, 20, relapse_window=window),),
    )


def old(number: str, closed: str, unit_code: str = "甲", kind: str = "W01") -> Opening:
    state = "已销号" if closed else "推进中"
    return Opening(
        number,
        unit_code,
        "1",
        text("旧问题"),
        kind,
        "一般",
        "2025Q3",
        "2025-08-01",
        "2025-12-31",
        "",
        state,
        closed,
        cell("期初问题", "B6"),
    )


def again(*openings: Opening, window: int = 4, kind: str = "W01", opened: str = "2026-09-20") -> str:
    submission = form("甲", deducted("01", "1", "缺一次", kind=kind), inspected_on=opened)
    found = roll(None, openings, (submission,), rules(window), ROSTER, Q3, ROW).get("2026Q3-甲-01")
    assert found is not None
    return found.relapse_of


def test_the_same_kind_after_a_closed_one_is_a_relapse_that_names_it() -> None:
    assert again(old("旧1", "2026-05-10")) == "旧1"


@pytest.mark.parametrize(
    ("opening", "why"),
    [(old("旧1", ""), "still open"), (old("旧1", "2026-05-10", unit_code="乙"), "another unit"),
     (old("旧1", "2026-05-10", kind="W02"), "another kind"), (old("旧1", "2026-09-20"), "closed on the same day"),
     (old("旧1", "2026-09-25"), "closed afterwards")],
)  # fmt: skip
def test_else_it_is_none(opening: Opening, why: str) -> None:
    assert again(opening) == "", why


@pytest.mark.parametrize(("window", "closed", "hit"), [
    (1, "2026-07-01", True), (1, "2026-04-01", True), (1, "2026-03-31", False), (2, "2026-03-31", True), (4, "2025-09-30", True),
    (4, "2025-06-30", False), (0, "2026-07-01", False),
])  # fmt: skip
def test_the_window_counts_periods_back_from_the_new_one(window: int, closed: str, hit: bool) -> None:
    assert again(old("旧1", closed), window=window) == ("旧1" if hit else "")


def test_the_latest_closed_is_named() -> None:
    assert again(old("旧1", "2026-05-10"), old("旧2", "2026-06-10"), old("旧3", "2026-04-10")) == "旧2"


def test_problems_without_a_kind_are_no_relapses() -> None:
    assert again(old("旧1", "2026-05-10", kind=""), kind="") == ""


def test_what_was_brought_along_is_no_new_problem() -> None:
    before = old("旧1", "2026-05-10")
    later = msgspec.structs.replace(old("旧2", ""), opened="2026-06-01", period="2026Q2")
    ledger = roll(None, (before, later), (), rules(4), ROSTER, Q3, ROW)
    assert [problem.relapse_of for problem in ledger.problems] == ["", ""]


def test_a_relapse_stays_named_in_later_quarters() -> None:
    first: Submission = form("甲", deducted("01", "1", "缺一次"))
    ledger: Ledger = roll(None, (old("旧1", "2026-05-10"),), (first,), rules(4), ROSTER, Q3, ROW)
    later = roll(ledger, (), (), rules(0), ROSTER, Q3.next, ROW)
    found = later.get("2026Q3-甲-01")
    assert found is not None and found.relapse_of == "旧1"
