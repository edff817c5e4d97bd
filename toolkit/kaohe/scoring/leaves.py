"""All leaves of one object: points, applicability, and zeros that a case imposes on a whole parent."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from kaohe.core.exact import ZERO, plain
from kaohe.core.periods import Clock
from kaohe.records.results import Figure, LeafResult, Loss
from kaohe.records.returns import Submission
from kaohe.records.scheme import Indicator, Scheme
from kaohe.scoring.methods import METHODS, Given, Line

NOT_APPLICABLE = "不适用"


class Leaf(msgspec.Struct, frozen=True):
    """A scored leaf: its result, its derivation, and the marks its rows lost."""

    result: LeafResult
    figure: Figure
    losses: tuple[Loss, ...]


def score_leaves(scheme: Scheme, clock: Clock, unit_class: str, submission: Submission) -> tuple[Leaf, ...] | None:
    """Every leaf of a class at a clock, in order; None where a line cannot be scored (the object must be withheld).

    Blank, 不适用 and 0 are three things: a line marked 不适用 has no points and leaves the denominator (step 0, step 2).
    """
    lines = [each for each in scheme.indicators_for(clock, unit_class) if each.is_leaf]
    given: dict[str, Given | None] = {}
    zeroed: set[str] = set()
    for leaf in lines:
        line = Line(
            leaf,
            leaf.full_marks(unit_class),
            scheme.cases_of(leaf.code),
            submission.score(leaf.code),
            tuple(row for row in submission.deductions if row.indicator == leaf.code),
            tuple(row for row in submission.counts if row.indicator == leaf.code),
        )
        if line.score is not None and line.score.checked is not None and line.score.checked.value == NOT_APPLICABLE:
            given[leaf.code] = None
            continue
        found = METHODS[leaf.method](line)
        if found.points is None:
            return None
        given[leaf.code] = found
        if found.parent_zero:
            zeroed.add(leaf.parent)
    return tuple(
        _leaf(leaf, leaf.full_marks(unit_class), given[leaf.code], leaf.parent in zeroed, submission) for leaf in lines
    )


def _leaf(leaf: Indicator, full: Fraction, given: Given | None, zeroed: bool, submission: Submission) -> Leaf:
    key, label = f"指标:{leaf.code}", f"{leaf.code} {leaf.name}"
    if given is None or given.points is None:
        score = submission.score(leaf.code)
        checked = score.checked if score else None
        source = checked.source if checked else None
        figure = Figure(
            key, label, None, NOT_APPLICABLE, "不计满分，按可评满分折算", leaf.clause, source, NOT_APPLICABLE
        )
        return Leaf(LeafResult(leaf.code, leaf.component, full, None, False, source), figure, ())
    points, how, losses = given.points, given.how, given.losses
    if zeroed and points > 0:
        losses = _grown(losses, points)
        points, how = ZERO, f"{how}；上级指标归零"
    single = given.source if not given.losses else None
    figure = Figure(
        key,
        label,
        points,
        plain(points),
        how,
        leaf.clause,
        None if given.parts else given.source,
        given.typed,
        given.parts,
    )
    return Leaf(LeafResult(leaf.code, leaf.component, full, points, True, single), figure, losses)


def _grown(losses: tuple[Loss, ...], rest: Fraction) -> tuple[Loss, ...]:
    """The rest of the marks, lost to a zero rule, is borne by the last row: losses add up to full − points."""
    if not losses:
        return losses
    last = losses[-1]
    return (*losses[:-1], msgspec.structs.replace(last, lost=last.lost + rest))
