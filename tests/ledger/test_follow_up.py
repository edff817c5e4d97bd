"""Interviews and appeals in the ledger.

1. A rule's 约谈 is awaited until its result comes with a later period's form; the result stands, and stands with the unit's open problems.
2. An appeal that names a problem stands with it; 采纳 withdraws the problem, which is no old one of a relapse. 3. An accepted appeal whose
corrected score is not what is computed is said.
"""

from __future__ import annotations

import msgspec
import pytest

from kaohe.core.sentences import say
from kaohe.ledger.appeals import unmet, with_appeals
from kaohe.ledger.interviews import with_orders, with_results
from kaohe.records.followup import Appeal, InterviewResult
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger, Problem
from kaohe.records.results import Consequence, LeafResult, ObjectResult, Outcome
from makers.scoring import F, unit

ROSTER = Roster(units=(unit("甲"), unit("乙")))
AS_OF = "2026-10-10"


def problem(key: str, code: str = "甲", **more: str) -> Problem:
    parts = {"period": "2026Q3", "opened": "2026-09-20", "plan_deadline": "", "deadline": "2026-10-30", **more}
    return Problem(key, code, "1", "W01", "一般", "事实", "", "陆文棠", **parts)  # type: ignore[arg-type]


def ordered(provisional: bool = False) -> Ledger:
    """The third quarter's ledger after its rules ordered an interview with 甲."""
    talk = Consequence(
        "R06", "约谈", "公司党委", None, "党组织负责人", "", "列入蓝榜", "第十条", provisional=provisional
    )
    board = Consequence("R01", "上榜", "蓝榜", None, "", "", "", "")
    result = ObjectResult("甲", "甲单位", "甲", "Ⅰ", "Ⅰ", consequences=(board, talk))
    before = Ledger("2026Q3", AS_OF, (problem("2026Q3-乙-01", "乙"), problem("2026Q3-甲-01")))
    return with_orders(before, Outcome("red", "2026Q3", AS_OF, (result,), ()))


def result(key: str = "2026Q3-甲-R06", held: str = "2026-10-20") -> InterviewResult:
    return InterviewResult(key, held, "沈既白", "陆文棠", "年底前销号。", "每月报进度")


def test_an_ordered_interview_is_awaited_and_a_provisional_one_is_not_ordered() -> None:
    (awaited,) = ordered().awaited
    assert (awaited.interview_id, awaited.by, awaited.reason, awaited.state) == (
        "2026Q3-甲-R06",
        "公司党委",
        "列入蓝榜",
        "待约谈",
    )
    assert ordered(provisional=True).interviews == ()


def test_its_result_stands_once_and_with_the_open_problems_of_the_unit() -> None:
    before = msgspec.structs.replace(ordered(), period="2026Q4")
    after, faults = with_results(before, (result(),), ROSTER)
    assert (after.awaited, faults) == ((), ())
    assert (after.interviews[0].held, after.interviews[0].held_in, after.interviews[0].demand) == (
        "2026-10-20",
        "2026Q4",
        "每月报进度",
    )
    mine, other = after.of_unit("甲")[0], after.of_unit("乙")[0]
    assert [(e.what, e.day, e.state, e.by) for e in mine.events] == [("约谈", "2026-10-20", "未启动", "沈既白")]
    assert mine.events[0].text == "陆文棠表态：年底前销号；要求：每月报进度" and other.events == ()
    again, (said,) = with_results(after, (result(held="2026-11-01"),), ROSTER)
    assert (again, said.code) == (after, "LEDGER-021")


def test_a_problem_found_after_the_talk_has_nothing_to_do_with_it() -> None:
    before = ordered()
    late = msgspec.structs.replace(before, problems=(problem("2026Q4-甲-01", opened="2026-12-01"),))
    assert with_results(late, (result(),), ROSTER)[0].problems == late.problems


def test_a_rule_orders_an_interview_once_however_often_the_period_is_computed() -> None:
    held, _ = with_results(ordered(), (result(),), ROSTER)
    outcome = Outcome("red", "2026Q3", AS_OF, (), ())
    assert with_orders(held, outcome) == held


def appeal(decision: str = "", **more: object) -> Appeal:
    parts = {"problem_id": "2026Q3-甲-01", "day": "2026-10-16", "finding": "经查原件属实", "reviewer": "沈既白", **more}
    parts |= {"decided_on": "2026-10-20"} if decision else {}
    return Appeal("2026Q3-甲-SS-01", "2026Q3", "甲", "1", "签到表在档案室", decision=decision, **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("decision", "events", "state"),
    [
        ("", ["申诉"], "未启动"),
        ("维持", ["申诉", "复核：维持"], "未启动"),
        ("部分采纳", ["申诉", "复核：部分采纳"], "未启动"),
        ("采纳", ["申诉", "复核：采纳", "撤销"], "已销号"),
    ],
)
def test_an_appeal_stands_with_its_problem(decision: str, events: list[str], state: str) -> None:
    ledger, faults = with_appeals(ordered(), (appeal(decision),))
    found = ledger.get("2026Q3-甲-01")
    assert found is not None and faults == ()
    assert ([event.what for event in found.events], found.state) == (events, state)
    assert (found.objection, bool(found.withdrawn)) == ("签到表在档案室", decision == "采纳")
    assert [each.state for each in ledger.appeals] == [decision or "待复核"]
    assert len(ledger.problems) == len(ordered().problems)


def test_an_appeal_on_somebody_elses_problem_is_said_and_changes_no_problem() -> None:
    ledger, (said,) = with_appeals(ordered(), (appeal("采纳", problem_id="2026Q3-乙-01"),))
    assert (said.code, ledger.problems) == ("LEDGER-013", ordered().problems)


@pytest.mark.parametrize(("new", "codes"), [("9.5", ["LEDGER-012"]), ("10", [])])
def test_an_accepted_appeal_that_the_result_does_not_show_is_said(new: str, codes: list[str]) -> None:
    leaf = LeafResult("1", "DJ", F(10), F(10))
    outcome = Outcome("red", "2026Q3", AS_OF, (ObjectResult("甲", "甲单位", "甲", "Ⅰ", "Ⅰ", leaves=(leaf,)),), ())
    ledger, _ = with_appeals(ordered(), (appeal("采纳", new=F(new)),))
    assert [each.code for each in unmet(ledger, outcome, 2)] == codes
    kept, _ = with_appeals(ordered(), (appeal("维持", new=F("1")),))
    assert list(unmet(kept, outcome, 2)) == []


def test_an_accepted_appeal_of_a_unit_in_doubt_waits_for_its_result() -> None:
    doubtful = ObjectResult(
        "甲", "甲单位", "甲", "Ⅰ", "Ⅰ", status="存疑", leaves=(LeafResult("1", "DJ", F(10), F(10)),)
    )
    ledger, _ = with_appeals(ordered(), (appeal("采纳", new=F(10)),))
    (said,) = unmet(ledger, Outcome("red", "2026Q3", AS_OF, (doubtful,), ()), 2)
    assert said.code == "LEDGER-014" and "存疑" in say(said)
