"""How problems begin: found by an inspection (a row of 扣分与问题), noted in daily assessment (a negative entry of 日常积分), or brought along
from before (期初问题)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kaohe.core.periods import Period
from kaohe.core.workdays import add_days
from kaohe.ledger.relapse import period_of
from kaohe.records.problems import STATES, Event, Problem, State
from kaohe.records.returns import DailyEntry, Deduction, Opening, Submission
from kaohe.records.scheme import PeriodRow, Scheme


def found(deduction: Deduction, submission: Submission, scheme: Scheme, period: Period, row: PeriodRow) -> Problem:
    """The problem of a deduction row, 0 points included, opened on the cover's 检查日期 (the period's end where that is blank)."""
    opened = inspection_day(submission, row)
    plan, done = limits(opened, deduction.severity, scheme)
    event = Event(str(period), opened, "提出", "未启动", deduction.fact.value, inspectors(submission), deduction.source)
    return Problem(
        problem_id=deduction.problem_id,
        unit_code=submission.object_code,
        indicator=deduction.indicator,
        kind=deduction.kind,
        severity=deduction.severity,
        fact=deduction.fact.value,
        evidence=deduction.evidence.value if deduction.evidence else "",
        owner=deduction.owner.value if deduction.owner else "",
        period=str(period),
        opened=opened,
        plan_deadline=plan,
        deadline=done,
        points=_asked(deduction, scheme),
        source=deduction.source,
        events=(event,),
    )


def noted(entry: DailyEntry, scheme: Scheme, period: Period, row: PeriodRow) -> Problem:
    """The problem of a negative entry of 日常积分, opened on its own date (the period's end where that is blank); the owner is still to be
    named by the unit."""
    opened = entry.day.value if entry.day else row.end
    plan, done = limits(opened, entry.severity, scheme)
    event = Event(str(period), opened, "提出", "未启动", entry.reason.value, entry.filler, entry.source)
    return Problem(
        problem_id=entry.problem_id,
        unit_code=entry.object_code,
        indicator="",
        kind=entry.kind,
        severity=entry.severity,
        fact=entry.reason.value,
        evidence=entry.evidence.value if entry.evidence else "",
        owner="",
        period=str(period),
        opened=opened,
        plan_deadline=plan,
        deadline=done,
        points=-entry.points.value,
        source=entry.source,
        events=(event,),
    )


def brought(opening: Opening, scheme: Scheme, period: Period) -> Problem:
    """A problem brought along with its state and its own deadline. One that is 已销号 without a date is not proved closed: it comes as
    已完成待核验, for the next look-back."""
    state: State = next((each for each in STATES if each == opening.state), "未启动")
    text = opening.fact.value
    if state == "已销号" and not opening.closed:
        state, text = "已完成待核验", f"{text}（没有销号日期，待核验）"
    closed = opening.closed if state == "已销号" else ""
    plan, done = limits(opening.opened, opening.severity, scheme)
    return Problem(
        problem_id=opening.problem_id,
        unit_code=opening.unit_code,
        indicator=opening.indicator,
        kind=opening.kind,
        severity=opening.severity,
        fact=opening.fact.value,
        evidence="",
        owner=opening.owner,
        period=opening.period,
        opened=opening.opened,
        plan_deadline=plan,
        deadline=opening.deadline or done,
        state=state,
        closed=closed,
        closed_in=str(period_of(closed, period.clock)) if closed else "",
        source=opening.source,
        events=(Event(str(period), opening.opened, "带入", state, text, "", opening.source),),
    )


def limits(opened: str, severity_name: str, scheme: Scheme) -> tuple[str, str]:
    """(plan deadline, deadline), ISO, counted from the day after the opening by the severity's 日别; "" where the severity is unknown.

    Computed once, when a problem opens: a later change of the scheme or of the holidays moves no deadline (architecture, decision 6).
    """
    severity = scheme.severity(severity_name)
    if severity is None or not opened:
        return "", ""
    start = date.fromisoformat(opened)
    plan, done = (add_days(start, days, severity.day_kind) for days in (severity.plan_days, severity.done_days))
    return plan.isoformat(), done.isoformat()


def inspection_day(submission: Submission, row: PeriodRow) -> str:
    """检查日期 of the cover; the period's end where it is blank."""
    return submission.cover.inspected_on.value if submission.cover.inspected_on else row.end


def inspectors(submission: Submission) -> str:
    """检查人 of the cover, "" where blank."""
    return submission.cover.inspectors.value if submission.cover.inspectors else ""


def _asked(deduction: Deduction, scheme: Scheme) -> Fraction:
    """Points that the row asks for, before caps and floors: the judged ones, else count × points of the case; 0 where only listed."""
    case = next((each for each in scheme.cases_of(deduction.indicator) if each.name == deduction.case), None)
    if case is None:
        return Fraction(0)
    if deduction.judged is not None and case.is_judged:
        return deduction.judged.value
    return deduction.count.value * (case.each_from or Fraction(0))
