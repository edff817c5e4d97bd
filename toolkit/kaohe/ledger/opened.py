"""How problems begin: found by an inspection (a row of 扣分与问题), noted in daily assessment (a negative entry of 日常积分), or brought along
from before (期初问题). Each has a person who answers for it: the one named, else the person concerned or the head of the unit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kaohe.core.periods import Period
from kaohe.core.persons import is_department
from kaohe.core.workdays import add_days
from kaohe.ledger.relapse import period_of
from kaohe.records.people import Roster
from kaohe.records.problems import STATES, Event, Problem, State
from kaohe.records.returns import DailyEntry, Deduction, Opening, Submission
from kaohe.records.scheme import TERMS, PeriodRow, Scheme

AT_ONCE, FOR_EVER = TERMS
OBJECTS, OBJECTION = "有异议", "异议"
UNSAID = "单位选了有异议，没有写理由"


def found(
    deduction: Deduction, submission: Submission, scheme: Scheme, roster: Roster, period: Period, row: PeriodRow
) -> Problem:
    """The problem of a deduction row, 0 points included, opened on the cover's 检查日期 (the period's end where that is blank). Where the
    unit objects on the cover, its reason stands with every problem that this form found."""
    opened = inspection_day(submission, row)
    plan, done, term = limits(opened, deduction.severity, scheme, row)
    event = Event(str(period), opened, "提出", "未启动", deduction.fact.value, inspectors(submission), deduction.source)
    against = _objection(submission, period, row)
    return Problem(
        problem_id=deduction.problem_id,
        unit_code=submission.object_code,
        indicator=deduction.indicator,
        kind=deduction.kind,
        severity=deduction.severity,
        fact=deduction.fact.value,
        evidence=deduction.evidence.value if deduction.evidence else "",
        owner=owner_of(deduction.owner.value if deduction.owner else "", submission.object_code, roster),
        period=str(period),
        opened=opened,
        plan_deadline=plan,
        deadline=done,
        points=_asked(deduction, scheme),
        source=deduction.source,
        events=(event, *against),
        term=term,
        objection=against[0].text if against else "",
    )


def noted(entry: DailyEntry, scheme: Scheme, roster: Roster, period: Period, row: PeriodRow) -> Problem:
    """The problem of a negative entry of 日常积分, opened on its own date (the period's end where that is blank). A person's is answered for
    by that person, and reported on by the home unit."""
    opened = entry.day.value if entry.day else row.end
    plan, done, term = limits(opened, entry.severity, scheme, row)
    home = "" if _reports_alone(entry.object_code, scheme, roster, period) else roster.home_of(entry.object_code)
    event = Event(str(period), opened, "提出", "未启动", entry.reason.value, entry.filler, entry.source)
    return Problem(
        problem_id=entry.problem_id,
        unit_code=entry.object_code,
        indicator="",
        kind=entry.kind,
        severity=entry.severity,
        fact=entry.reason.value,
        evidence=entry.evidence.value if entry.evidence else "",
        owner=owner_of("", entry.object_code, roster),
        period=str(period),
        opened=opened,
        plan_deadline=plan,
        deadline=done,
        points=-entry.points.value,
        source=entry.source,
        events=(event,),
        term=term,
        home=home if home != entry.object_code else "",
    )


def brought(opening: Opening, scheme: Scheme, roster: Roster, period: Period, row: PeriodRow) -> Problem:
    """A problem brought along with its state and its own deadline. One that is 已销号 without a date is not proved closed: it comes as
    已完成待核验, for the next look-back."""
    state: State = next((each for each in STATES if each == opening.state), "未启动")
    text = opening.fact.value
    if state == "已销号" and not opening.closed:
        state, text = "已完成待核验", f"{text}（没有销号日期，待核验）"
    closed = opening.closed if state == "已销号" else ""
    plan, done, _ = limits(opening.opened, opening.severity, scheme, row)
    return Problem(
        problem_id=opening.problem_id,
        unit_code=opening.unit_code,
        indicator=opening.indicator,
        kind=opening.kind,
        severity=opening.severity,
        fact=opening.fact.value,
        evidence="",
        owner=owner_of(opening.owner, opening.unit_code, roster),
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


def limits(opened: str, severity_name: str, scheme: Scheme, row: PeriodRow) -> tuple[str, str, str]:
    """(plan deadline, deadline, term), ISO, counted from the day after the opening by the severity's 日别; "" where the severity is unknown.

    立行立改 is due at the reference date, so that it is overdue when the next look-back does not close it; 长期坚持 has no deadline. Computed
    once, when a problem opens: a later change of the scheme or of the holidays moves no deadline (architecture, decision 6).
    """
    severity = scheme.severity(severity_name)
    if severity is None or not opened:
        return "", "", ""
    start = date.fromisoformat(opened)
    plan = add_days(start, severity.plan_days, severity.day_kind).isoformat()
    if severity.term:
        return plan, max(opened, row.reference_date) if severity.term == AT_ONCE else "", severity.term
    return plan, add_days(start, severity.done_days, severity.day_kind).isoformat(), ""


def owner_of(named: str, code: str, roster: Roster) -> str:
    """The person who answers for a problem: the one named, never a department; else the person concerned, or the unit's head."""
    if named.strip() and not is_department(named, roster.unit_words):
        return named.strip()
    person, unit = roster.person(code), roster.unit(code)
    return person.name if person is not None else unit.head if unit is not None else ""


def inspection_day(submission: Submission, row: PeriodRow) -> str:
    """检查日期 of the cover; the period's end where it is blank."""
    return submission.cover.inspected_on.value if submission.cover.inspected_on else row.end


def _reports_alone(code: str, scheme: Scheme, roster: Roster, period: Period) -> bool:
    """Whether an object gets a form of its own with 整改情况 at the period's clock: all units do, persons where the scheme says so."""
    person = roster.person(code)
    if roster.unit(code) is not None or person is None:
        return True
    own = scheme.class_of(person.person_class)
    return own is not None and any(
        "整改情况" in each.content and (not each.clocks or period.clock in each.clocks) and each.goes_to(own)
        for each in scheme.forms
    )


def _objection(submission: Submission, period: Period, row: PeriodRow) -> tuple[Event, ...]:
    """What the unit says against the findings of this form, as an event of each problem; () where it agrees."""
    cover = submission.cover
    if cover.objection is None and (cover.opinion is None or cover.opinion.value != OBJECTS):
        return ()
    said = cover.objection or cover.opinion
    assert said is not None
    day = cover.filled_on.value if cover.filled_on else row.end
    by = cover.filler.value if cover.filler else ""
    text = cover.objection.value if cover.objection else UNSAID
    return (Event(str(period), max(day, inspection_day(submission, row)), OBJECTION, "未启动", text, by, said.source),)


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
