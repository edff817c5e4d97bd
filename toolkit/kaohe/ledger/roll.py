"""Roll the ledger by one period: carried problems take reports and verdicts, deductions open new ones, closing never deletes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

import msgspec

from kaohe.core.periods import Period
from kaohe.core.workdays import add_days
from kaohe.ledger.relapse import with_relapses
from kaohe.records.people import Roster
from kaohe.records.problems import STATES, Event, Ledger, Problem, State
from kaohe.records.returns import Deduction, Opening, Report, Submission
from kaohe.records.scheme import PeriodRow, Scheme

FALSE, DONE = "不属实", "已完成"
#: what a report makes of the state; the reason of 未完成 stands in its measures
_STATES: dict[str, State] = {"未启动": "未启动", "推进中": "推进中", "已完成": "已完成待核验", "未完成": "推进中"}


def roll(
    before: Ledger | None,
    openings: Iterable[Opening],
    submissions: Iterable[Submission],
    scheme: Scheme,
    roster: Roster,
    period: Period,
    row: PeriodRow,
) -> Ledger:
    """The ledger after a period, problems in the order of their ids.

    `openings` are brought along (first period); a problem that the ledger already knows is not opened twice. Deductions open problems
    dated with the cover's 检查日期 (the period's end where blank); deadlines follow the severity (sheet 整改), computed once.
    Independent of the order of the submissions. Source of the rule: forms.md 1 (整改情况), scheme model 4.
    """
    problems = {each.problem_id: each for each in (before.problems if before else ())}
    for opening in openings:
        problems.setdefault(opening.problem_id, _brought(opening, scheme))
    for submission in submissions:
        for report in submission.reports:
            known = problems.get(report.problem_id)
            if known is not None and known.state != "已销号" and known.unit_code == submission.object_code:
                problems[report.problem_id] = _reported(known, report, submission, period, row)
    for submission in submissions:
        for deduction in submission.deductions:
            problems.setdefault(deduction.problem_id, _opened(deduction, submission, scheme, period, row))
    ordered = tuple(problems[key] for key in sorted(problems))
    return Ledger(str(period), row.reference_date, with_relapses(ordered, scheme))


def limits(opened: str, severity_name: str, scheme: Scheme) -> tuple[str, str]:
    """(plan deadline, deadline) of a problem, ISO; "" where the severity is unknown."""
    severity = scheme.severity(severity_name)
    if severity is None or not opened:
        return "", ""
    start = date.fromisoformat(opened)
    ends = (add_days(start, days, severity.day_kind) for days in (severity.plan_days, severity.done_days))
    plan, done = (end.isoformat() for end in ends)
    return plan, done


def _brought(opening: Opening, scheme: Scheme) -> Problem:
    state: State = next((each for each in STATES if each == opening.state), "未启动")
    plan, done = limits(opening.opened, opening.severity, scheme)
    event = Event(opening.period, opening.opened, "带入", state, opening.fact.value, "", opening.source)
    closed = opening.closed if state == "已销号" else ""
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
        closed_in=opening.period if closed else "",
        source=opening.source,
        events=(event,),
    )


def _opened(deduction: Deduction, submission: Submission, scheme: Scheme, period: Period, row: PeriodRow) -> Problem:
    opened = submission.cover.inspected_on.value if submission.cover.inspected_on else row.end
    plan, done = limits(opened, deduction.severity, scheme)
    inspectors = submission.cover.inspectors.value if submission.cover.inspectors else ""
    event = Event(str(period), opened, "提出", "未启动", deduction.fact.value, inspectors, deduction.source)
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


def _asked(deduction: Deduction, scheme: Scheme) -> Fraction:
    """Points that the row asks for, before caps and floors: judged points, else count × points of the case."""
    if deduction.judged is not None:
        return deduction.judged.value
    case = next((each for each in scheme.cases_of(deduction.indicator) if each.name == deduction.case), None)
    return deduction.count.value * (case.each_from or Fraction(0)) if case else Fraction(0)


def _reported(known: Problem, report: Report, submission: Submission, period: Period, row: PeriodRow) -> Problem:
    """The report first, then the verdict on it."""
    for event, changes in _events(known, report, submission, period, row):
        known = msgspec.structs.replace(known, events=(*known.events, event), state=event.state, **changes)
    return known


def _events(
    known: Problem, report: Report, submission: Submission, period: Period, row: PeriodRow
) -> Iterator[tuple[Event, dict[str, str]]]:
    cover = submission.cover
    told = report.state.value if report.state else ""
    day = cover.filled_on.value if cover.filled_on else row.end
    state = known.state
    done_on = report.done_on.value if report.done_on else known.done_on
    proof = report.evidence.value if report.evidence else known.proof
    if told:
        state = _STATES.get(told, state)
        who = cover.filler.value if cover.filler else ""
        text = "；".join(each.value for each in (report.measures, report.evidence) if each)
        changes = {"reported": told, "proof": proof, "done_on": done_on}
        if report.measures:
            changes["measures"] = report.measures.value
        yield Event(str(period), day, f"报告：{told}", state, text, who, report.source), changes
    if report.verdict is None:
        return
    inspected = cover.inspected_on.value if cover.inspected_on else row.end
    inspectors = cover.inspectors.value if cover.inspectors else ""
    if report.verdict.value == FALSE:
        yield Event(str(period), inspected, "核验：不属实", "推进中", "", inspectors, report.verdict.source), {}
    elif told == DONE and report.done_on and report.evidence:
        closing = {"closed": inspected, "closed_in": str(period), "verifier": inspectors}
        yield (
            Event(str(period), inspected, "核验：属实，销号", "已销号", "", inspectors, report.verdict.source),
            closing,
        )
    else:
        text = "没有完成情况、完成日期或佐证，不能销号"
        yield Event(str(period), inspected, "核验：未销号", state, text, inspectors, report.verdict.source), {}
