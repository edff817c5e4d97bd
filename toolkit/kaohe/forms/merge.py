"""Several forms of one object as one submission: the scoring form first, then what the others add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from kaohe.core.periods import Period
from kaohe.forms.form import CLAIMS, COUNTS, DEDUCTIONS, SCORES, TASKS, Form
from kaohe.records.returns import Cover, Debrief, Deduction, Submission, Words

#: contents that carry points: a form with one of them must come back, else its object is 未报
SCORING = frozenset((SCORES, DEDUCTIONS, COUNTS, CLAIMS, TASKS))


def needed_forms(forms: Mapping[tuple[str, str], Form]) -> dict[str, tuple[str, ...]]:
    """Class → codes of the forms without which its objects cannot be scored, in the order of `forms` ((form code, class) → form)."""
    found: dict[str, tuple[str, ...]] = {}
    for (code, unit_class), form in forms.items():
        mine = (code,) if SCORING & set(form.grids) else ()
        found[unit_class] = (*found.get(unit_class, ()), *mine)
    return found


def merge(found: Sequence[Submission], needed: Sequence[str], period: Period) -> Submission:
    """One submission of an object's returned forms; `needed` are the codes of those that carry points, they lead. Raises ValueError for none.

    Rows are joined. Of cover, words and debriefing the first that says anything stands. A problem id that an earlier form has too gets the
    form's code, as on every sheet but the first 扣分与问题 (period-unit-form code-序号).
    """
    if not found:
        raise ValueError("no submission")
    ordered = sorted(found, key=lambda each: list(needed).index(each.form) if each.form in needed else len(needed))
    first, taken = ordered[0], set[str]()
    deductions: list[Deduction] = []
    for each in ordered:
        for row in each.deductions:
            if row.problem_id in taken:
                row = msgspec.structs.replace(row, problem_id=f"{period}-{each.object_code}-{each.form}-{row.number}")
            taken.add(row.problem_id)
            deductions.append(row)
    return msgspec.structs.replace(
        first,
        withheld=any(each.withheld for each in ordered),
        cover=next((each.cover for each in ordered if each.cover != Cover()), Cover()),
        words=next((each.words for each in ordered if each.words != Words()), Words()),
        debrief=next((each.debrief for each in ordered if each.debrief != Debrief()), Debrief()),
        scores=tuple(row for each in ordered for row in each.scores),
        deductions=tuple(deductions),
        counts=tuple(row for each in ordered for row in each.counts),
        claims=tuple(row for each in ordered for row in each.claims),
        reports=tuple(row for each in ordered for row in each.reports),
        talks=tuple(row for each in ordered for row in each.talks),
        tasks=tuple(row for each in ordered for row in each.tasks),
        entries=tuple(row for each in ordered for row in each.entries),
    )
