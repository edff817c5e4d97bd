"""The committee's decisions on grades (scheme model 4, step 13): typed on the form 等次决定, with reason and name.

Computed and decided grade both stay. A line is doubtful, and the computed grade stands, where that has changed since the form was written
(RUN-020), the class has no such grade (RUN-021), a changed grade lacks reason or name (RUN-022), an object has two different lines
(RUN-023), or has no computed grade (RUN-024). Shares are not run again: a breach is only said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kaohe.core.faults import Fault
from kaohe.core.sentences import fault, say
from kaohe.records.results import Decided
from kaohe.records.returns import Decision
from kaohe.scoring.shares import Limits, Member

BREACH = "突破比例，须报批"


class Judged(msgspec.Struct, frozen=True):
    """An object that a decision may name: its computed grade ("" = none), and how shares count it."""

    code: str
    name: str
    computed: str
    member: Member

    @property
    def grades(self) -> tuple[str, ...]:
        """The names of the grades of its class."""
        return tuple(band.name for band in self.member.bands)


def weigh(decisions: Iterable[Decision], objects: Sequence[Judged]) -> tuple[Mapping[str, Decided], tuple[Fault, ...]]:
    """By code the decision on an object, adopted or doubtful, and the faults of the doubtful ones, in the order of their cells."""
    lines: dict[str, list[Decision]] = {}
    for decision in sorted(decisions, key=lambda each: each.source):
        lines.setdefault(decision.object_code, []).append(decision)
    found: dict[str, Decided] = {}
    faults: list[Fault] = []
    for each in objects:
        mine = lines.get(each.code, ())
        for decision in mine:
            doubt = _doubt(decision, each, mine)
            if doubt is not None:
                faults.append(doubt)
            kept = found.get(each.code)
            if kept is None or (not kept.adopted and doubt is None):
                found[each.code] = _decided(decision, doubt)
    return found, tuple(sorted(faults, key=lambda each: each.source))


def _doubt(decision: Decision, each: Judged, lines: Sequence[Decision]) -> Fault | None:
    place, grade = decision.grade.source, decision.grade.value
    told = {"name": each.name}
    if not each.computed:
        return fault("RUN-024", place, grade, each.code, **told)
    if len({line.grade.value for line in lines}) > 1:
        return fault("RUN-023", place, grade, each.code, **told)
    if decision.computed != each.computed:
        then = decision.computed or "（无）"
        return fault("RUN-020", place, grade, each.code, then=then, now=each.computed, **told)
    if grade not in each.grades:
        return fault("RUN-021", place, grade, each.code, choices="、".join(each.grades), **told)
    if grade != each.computed and (decision.reason is None or decision.decided_by is None):
        what = "、".join(
            word for word, cell in (("理由", decision.reason), ("决定人", decision.decided_by)) if cell is None
        )
        return fault("RUN-022", place, grade, each.code, what=what, **told)
    return None


def _decided(decision: Decision, doubt: Fault | None) -> Decided:
    return Decided(
        grade=decision.grade.value,
        reason=decision.reason.value if decision.reason else "",
        decided_by=decision.decided_by.value if decision.decided_by else "",
        note=say(doubt) if doubt is not None else "",
        source=decision.grade.source,
        adopted=doubt is None,
    )


def with_breaches(decided: Mapping[str, Decided], objects: Sequence[Judged], limits: Limits) -> Mapping[str, Decided]:
    """The decisions, those marked that lift an object into a grade of which there are then more than its places."""
    final = {each.code: decided[each.code].grade if _adopted(decided, each) else each.computed for each in objects}
    counts: Counter[object] = Counter()
    for each in objects:
        for band in each.member.bands:
            if final[each.code] == band.name and (each.member.scope, band) in limits:
                counts[limits[each.member.scope, band].pool] += 1
    found = dict(decided)
    for each in objects:
        for band in each.member.bands:
            mine = limits.get((each.member.scope, band))
            raised = _adopted(decided, each) and final[each.code] == band.name != each.computed
            if mine is not None and raised and counts[mine.pool] > mine.limit:
                found[each.code] = msgspec.structs.replace(found[each.code], note=BREACH)
    return found


def _adopted(decided: Mapping[str, Decided], each: Judged) -> bool:
    return each.code in decided and decided[each.code].adopted
