"""Appeals in the ledger: what was contested, what the review decided, and what that does to a problem. Scores change only by the corrected
form; here it is said where an accepted appeal has not reached them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import msgspec

from kaohe.core.exact import plain, round_half_up
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.ledger.told import withdrawn
from kaohe.records.followup import ACCEPTED, PARTLY, Appeal
from kaohe.records.problems import Event, Ledger, Problem
from kaohe.records.results import ObjectResult, Outcome

APPEAL, REVIEW = "申诉", "复核："


def with_appeals(ledger: Ledger, appeals: Iterable[Appeal]) -> tuple[Ledger, tuple[Fault, ...]]:
    """The ledger with this period's appeals. One that names a problem stands with it: 申诉, then 复核：… with the finding; 采纳 withdraws
    the problem. LEDGER-013 where the problem is not one of the object's."""
    problems = {each.problem_id: each for each in ledger.problems}
    known = {each.appeal_id: each for each in ledger.appeals}
    faults = []
    for each in sorted(appeals, key=lambda one: (one.appeal_id, one.source)):
        known[each.appeal_id] = each
        if not each.problem_id:
            continue
        problem = problems.get(each.problem_id)
        if problem is None or each.object_code not in (problem.unit_code, problem.answerable):
            faults.append(fault("LEDGER-013", each.source, each.problem_id, each.object_code))
            continue
        problems[each.problem_id] = _contested(problem, each, ledger.period, ledger.as_of)
    return (
        msgspec.structs.replace(
            ledger,
            problems=tuple(problems[key] for key in sorted(problems)),
            appeals=tuple(known[key] for key in sorted(known)),
        ),
        tuple(faults),
    )


def _contested(problem: Problem, each: Appeal, period: str, as_of: str) -> Problem:
    claim = Event(period, each.day or as_of, APPEAL, problem.state, each.reason, "", each.source)
    found = msgspec.structs.replace(
        problem, events=(*problem.events, claim), objection=problem.objection or each.reason
    )
    if not each.decision:
        return found
    said = Event(
        period, each.decided_on, f"{REVIEW}{each.decision}", found.state, each.finding, each.reviewer, each.source
    )
    found = msgspec.structs.replace(found, events=(*found.events, said))
    if each.decision != ACCEPTED or found.state == "已销号":
        return found
    return withdrawn(found, f"申诉复核采纳：{each.finding.rstrip('。；')}", period, each.decided_on, each.reviewer)


def unmet(ledger: Ledger, outcome: Outcome, places: int) -> Iterator[Fault]:
    """For each appeal of this period that was accepted, wholly or in part: LEDGER-014 while its object has no result, LEDGER-012 where the
    corrected score is not what is computed now, as far as the outcome holds the contested figure."""
    results = {each.code: each for each in outcome.objects}
    for each in ledger.appeals:
        if each.period != ledger.period or each.decision not in (ACCEPTED, PARTLY):
            continue
        result = results.get(each.object_code)
        if result is not None and has_no_result(result):
            about = {"decision": each.decision, "status": result.status}
            yield fault("LEDGER-014", each.source, each.appeal_id, each.object_code, **about)
            continue
        if each.new is None:
            continue
        now = figure(result, each.about) if result is not None else None
        if now is not None and round_half_up(now, places) != round_half_up(each.new, places):
            yield fault(
                "LEDGER-012", each.source, each.appeal_id, each.object_code, decision=each.decision, about=each.about,
                new=plain(each.new), now=plain(round_half_up(now, places)),
            )  # fmt: skip


def has_no_result(result: ObjectResult) -> bool:
    """Whether the object's form is missing or in doubt, so that no corrected figure can have come in."""
    return result.status in ("存疑", "未报")


def figure(result: ObjectResult, about: str) -> Fraction | None:
    """The contested figure as it is now: 总分, a leaf's points or a component's score; None for what is no single figure."""
    if about == "总分":
        return result.total
    points = next((leaf.points for leaf in result.leaves if leaf.indicator == about), None)
    return points if points is not None else next((c.score for c in result.components if c.code == about), None)
