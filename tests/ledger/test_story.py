"""One unit's problems over three quarters (forms.md 1, 整改情况; scheme model 1, 整改).

1. A deduction opens a problem on the inspection's day, 0 points included; its deadlines are computed once. 2. 已完成 waits for the
look-back, 未完成 goes on. 3. 属实 with date and evidence closes, without them it is refused and said; 不属实 sends back. 4. Closing never
deletes. 5. A new problem of the same unit and kind after a closed one is a relapse. 6. What was brought along keeps its own deadline.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kaohe.core.periods import Period
from kaohe.ledger import roll
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger, Problem
from kaohe.records.returns import DailyEntry, Day, Number, Opening, Report, Submission
from kaohe.records.scheme import PeriodRow, Severity
from makers.scoring import Q2, Q3, ROW, F, case, cell, deducted, form, line, scheme, text, unit

RULES = scheme(
    line("1", "扣分", 100),
    cases=(case("1", "缺一次", "0.5"), case("1", "节点晚", "0.2–0.4")),
    severities=(Severity("一般", 5, 20, "工作日", relapse_window=2), Severity("较重", 10, 60, "自然日")),
)
ROSTER = Roster(units=(unit("甲"), unit("乙"), unit("丙", standing="不参评")))
ROW2 = PeriodRow("2026Q2", "2026-04-01", "2026-06-30", as_of="2026-07-10")
ROW4 = PeriodRow("2026Q4", "2026-10-01", "2026-12-31", as_of="2027-01-10")
Q4 = Period(2026, "季", 4)


def report(
    problem: str, state: str = "", verdict: str = "", done_on: str = "2026-09-10", evidence: str = "整改照片"
) -> Report:
    return Report(
        problem,
        text(state, "F6", "整改情况") if state else None,
        Day(done_on, cell("整改情况", "G6")) if done_on else None,
        text("已补开并补记录", "H6", "整改情况"),
        text(evidence, "I6", "整改情况") if evidence else None,
        text(verdict, "J6", "整改情况") if verdict else None,
        cell("整改情况", "F6"),
    )


def opening(number: str, state: str = "推进中", closed: str = "", **more: Any) -> Opening:
    parts = {"unit_code": "甲", "kind": "W01", "severity": "一般", "deadline": "2026-07-31", **more}
    return Opening(
        number, indicator="1", fact=text("上期遗留", "D6", "期初问题"), period="2026Q1", opened="2026-03-20", owner="陆文棠",
        state=state, closed=closed, source=cell("期初问题", "C6"), **parts,
    )  # fmt: skip


def second(*rows: Any, openings: tuple[Opening, ...] = (), **more: Any) -> Ledger:
    """The second quarter, in which unit 甲 typed these rows."""
    submission = form("甲", *rows, inspected_on=more.pop("inspected_on", "2026-06-15"))
    return roll(None, openings, (submission,), RULES, ROSTER, Q2, ROW2)


def third(before: Ledger, *forms: Submission) -> Ledger:
    return roll(before, (), forms, RULES, ROSTER, Q3, ROW)


def found(row: str, name: str = "缺一次", quarter: str = "2026Q2", **more: Any) -> Any:
    deduction = deducted(row, "1", name, 2, **more)
    return msgspec.structs.replace(deduction, problem_id=f"{quarter}-甲-{row}")


def only(ledger: Ledger) -> Problem:
    (problem,) = ledger.problems
    return problem


def noted(number: str, points: str, problem: str = "") -> DailyEntry:
    return DailyEntry(
        number, "甲", "", Day("2026-05-20", cell("日常积分", "C6")), Number(F(points), cell("日常积分", "D6")),
        text("未按时报送党费收缴情况", "E6", "日常积分"), kind="W01" if problem else "", severity="一般" if problem else "",
        problem_id=problem, filler="组织部", source=cell("日常积分", "D6"),
    )  # fmt: skip


def test_a_negative_daily_entry_is_a_problem_from_its_own_day_and_a_positive_one_is_none() -> None:
    entries = (noted("01", "-0.5", "2026Q2-甲-RC-组织部-01"), noted("02", "1"))
    problem = only(roll(None, (), (), RULES, ROSTER, Q2, ROW2, entries))
    assert (problem.problem_id, problem.opened, problem.points) == ("2026Q2-甲-RC-组织部-01", "2026-05-20", F("0.5"))
    assert problem.deadline > problem.opened and problem.events[0].by == "组织部"


def test_a_deduction_opens_a_problem_on_the_day_of_the_inspection() -> None:
    problem = only(second(found("01", owner=text("陆文棠", "L6", "扣分与问题"))))
    assert (problem.problem_id, problem.unit_code, problem.period, problem.opened) == (
        "2026Q2-甲-01",
        "甲",
        "2026Q2",
        "2026-06-15",
    )
    assert (problem.state, problem.points, problem.owner, problem.fact) == ("未启动", 1, "陆文棠", "检查发现的事实")
    assert [(event.day, event.what, event.state, event.by) for event in problem.events] == [
        ("2026-06-15", "提出", "未启动", "顾仲衡、许知行")
    ]


def test_deadlines_are_working_days_after_the_opening_over_a_public_holiday() -> None:
    problem = only(second(found("01")))
    # 15 June 2026 is a Monday; the 19th is the Dragon Boat Festival: five working days end on the 23rd, twenty on 14 July
    assert (problem.plan_deadline, problem.deadline) == ("2026-06-23", "2026-07-14")


def test_a_severity_may_count_calendar_days() -> None:
    problem = only(second(found("01", severity="较重")))
    assert (problem.plan_deadline, problem.deadline) == ("2026-06-25", "2026-08-14")


def test_without_an_inspection_date_the_period_end_opens_the_problem() -> None:
    assert only(second(found("01"), inspected_on="")).opened == "2026-06-30"


def test_a_problem_that_costs_nothing_is_a_problem_and_a_judged_one_remembers_what_was_asked() -> None:
    ledger = second(found("01", "只列问题，不扣分"), found("02", "节点晚", judged="0.7"), found("03", judged="0.7"))
    assert [problem.points for problem in ledger.problems] == [0, F("0.7"), 1]


@pytest.mark.parametrize(
    ("state", "after"), [("未启动", "未启动"), ("推进中", "推进中"), ("未完成", "推进中"), ("已完成", "已完成待核验")]
)
def test_the_units_report_moves_the_state(state: str, after: str) -> None:
    problem = only(third(second(found("01")), form("甲", report("2026Q2-甲-01", state))))
    assert (problem.state, problem.reported, problem.measures, problem.closed) == (after, state, "已补开并补记录", "")
    assert (problem.events[-1].what, problem.events[-1].day) == (f"报告：{state}", "2026-09-25")


def test_a_verdict_with_date_and_evidence_closes_and_keeps_who_and_when() -> None:
    problem = only(third(second(found("01")), form("甲", report("2026Q2-甲-01", "已完成", "属实"))))
    assert (problem.state, problem.closed, problem.closed_in) == ("已销号", "2026-09-20", "2026Q3")
    assert (problem.verifier, problem.done_on, problem.proof) == ("顾仲衡、许知行", "2026-09-10", "整改照片")
    assert [event.state for event in problem.events] == ["未启动", "已完成待核验", "已销号"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (report("2026Q2-甲-01", "已完成", "属实", done_on=""), "没有完成日期，不能销号"),
        (report("2026Q2-甲-01", "已完成", "属实", evidence=""), "没有佐证，不能销号"),
        (report("2026Q2-甲-01", "推进中", "属实"), "单位没有报告已完成，不能销号"),
    ],
)
def test_a_verdict_without_date_or_evidence_is_refused_and_said(given: Report, why: str) -> None:
    problem = only(third(second(found("01")), form("甲", given)))
    assert (problem.state, problem.closed) == (
        "已完成待核验" if given.state and given.state.value == "已完成" else "推进中",
        "",
    )
    assert (problem.events[-1].what, problem.events[-1].text) == ("核验：未予销号", why)


def test_不属实_sends_the_problem_back_and_its_old_proof_closes_nothing_later() -> None:
    back = third(second(found("01")), form("甲", report("2026Q2-甲-01", "已完成", "不属实")))
    assert only(back).state == "推进中"
    again = form("甲", report("2026Q2-甲-01", "已完成", "属实", done_on="", evidence=""))
    last = only(roll(back, (), (again,), RULES, ROSTER, Q4, ROW4))
    assert (last.state, last.events[-1].text) == ("已完成待核验", "没有完成日期、没有佐证，不能销号")


def test_a_verdict_next_quarter_may_rest_on_the_completion_reported_before() -> None:
    waiting = third(second(found("01")), form("甲", report("2026Q2-甲-01", "已完成")))
    look_back = form("甲", report("2026Q2-甲-01", "", "属实", done_on="", evidence=""), inspected_on="2026-12-10")
    last = only(roll(waiting, (), (look_back,), RULES, ROSTER, Q4, ROW4))
    assert (last.state, last.closed, last.closed_in) == ("已销号", "2026-12-10", "2026Q4")


def test_a_closed_problem_stays_as_it_is_for_ever() -> None:
    closed = third(second(found("01")), form("甲", report("2026Q2-甲-01", "已完成", "属实")))
    after = roll(closed, (), (form("甲", report("2026Q2-甲-01", "未完成", "不属实")),), RULES, ROSTER, Q4, ROW4)
    assert after.problems == closed.problems


def test_silence_is_noted_and_changes_nothing_else() -> None:
    before = second(found("01"), found("02", severity="较重"), inspected_on="2026-06-29")
    for after in (third(before), third(before, form("甲")), third(before, form("甲", report("2026Q2-甲-01")))):
        assert [(problem.state, problem.events[-1].what) for problem in after.problems] == [
            ("未启动", "超期未报"), ("未启动", "超期未报"),
        ]  # fmt: skip
    early = roll(before, (), (), RULES, ROSTER, Q3, PeriodRow("2026Q3", "2026-07-01", "2026-07-20"))
    assert [problem.events[-1].what for problem in early.problems] == ["未报", "未报"]


def test_a_unit_that_no_longer_takes_part_is_not_asked() -> None:
    before = second(openings=(opening("Q-丙", unit_code="丙"),))
    assert third(before).problems == before.problems


def test_the_report_of_another_unit_moves_nothing() -> None:
    after = third(second(found("01")), form("乙", report("2026Q2-甲-01", "已完成", "属实")))
    assert (only(after).state, only(after).reported) == ("未启动", "")


def test_what_was_brought_along_keeps_its_state_and_its_own_deadline() -> None:
    problem = only(second(openings=(opening("Q1"),)))
    assert (problem.state, problem.deadline, problem.period, problem.owner) == (
        "推进中",
        "2026-07-31",
        "2026Q1",
        "陆文棠",
    )
    assert [(event.period, event.what) for event in problem.events] == [("2026Q2", "带入")]


def test_brought_along_as_closed_it_is_closed_and_without_a_date_it_waits_for_the_look_back() -> None:
    ledger = second(openings=(opening("Q1", "已销号", "2026-05-10"), opening("Q2", "已销号")))
    assert [(problem.state, problem.closed, problem.closed_in) for problem in ledger.problems] == [
        ("已销号", "2026-05-10", "2026Q2"), ("已完成待核验", "", ""),
    ]  # fmt: skip


def test_deadlines_stay_when_the_scheme_changes_its_limits() -> None:
    before = second(found("01"))
    harder = msgspec.structs.replace(RULES, severities=(Severity("一般", 1, 2, "自然日"),))
    after = roll(before, (), (form("甲", report("2026Q2-甲-01", "推进中")),), harder, ROSTER, Q3, ROW)
    assert only(after).deadline == only(before).deadline


def test_an_opening_that_the_ledger_knows_is_not_opened_twice() -> None:
    before = second(openings=(opening("Q1"),))
    after = roll(before, (opening("Q1", "已销号", "2026-05-10"),), (), RULES, ROSTER, Q3, ROW)
    assert len(after.problems) == 1 and only(after).state == "推进中"


def test_problems_of_a_withheld_form_stand_all_the_same() -> None:
    doubtful = form("甲", found("01", quarter="2026Q3"), withheld=True)
    assert only(roll(None, (), (doubtful,), RULES, ROSTER, Q3, ROW)).state == "未启动"


def test_overdue_looks_at_the_reference_date_and_not_at_closed_ones() -> None:
    ledger = second(
        openings=(opening("a", deadline="2026-07-09"), opening("b", deadline="2026-07-10"),
                  opening("c", "已销号", "2026-05-10", deadline="2026-04-01"))
    )  # fmt: skip
    assert ledger.as_of == "2026-07-10"
    assert [problem.overdue(ledger.as_of) for problem in ledger.problems] == [True, False, False]
