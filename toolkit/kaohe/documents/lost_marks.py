"""What an object lost and why, line by line: the problems found, and lines that cost marks without a problem (a rate, a grade of a line)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.core.cells import Source
from kaohe.core.exact import add
from kaohe.records.results import LeafResult, Loss, ObjectResult
from kaohe.records.scheme import Indicator, Scheme


class Lost(msgspec.Struct, frozen=True):
    """One reason for lost marks. `marks` in marks of the line (0 for a problem without deduction); `name` the kind of problem, or the
    line's own name; `fact` what was found; `counted` whether its component counts in the total."""

    name: str
    marks: Fraction
    fact: str
    evidence: str
    indicator: str
    indicator_name: str
    clause: str
    component: str
    counted: bool
    kind: str = ""
    case: str = ""  # the case of the row; "" for a line that lost marks without a problem
    count: Fraction = Fraction(1)
    source: Source | None = None  # the cell that it was typed in; None where several cells made it
    problem_id: str = ""


def lost_by(result: ObjectResult, scheme: Scheme) -> tuple[Lost, ...]:
    """Every reason, in the order of the form. They add up to full − points on each line: what a line lost beyond its problems is a
    reason of its own."""
    lines = scheme.lines
    by_line: dict[str, list[Loss]] = {}
    for loss in result.losses:
        by_line.setdefault(loss.indicator, []).append(loss)
    found: list[Lost] = []
    for leaf in result.leaves:
        if leaf.points is leaf.full and leaf.indicator not in by_line:
            continue
        line = lines.get(leaf.indicator)
        losses = by_line.pop(leaf.indicator, [])
        found.extend(_problem(loss, leaf.component, result, scheme, line) for loss in losses)
        rest = leaf.lost - add(loss.lost for loss in losses) if losses else leaf.lost
        if rest > 0:
            found.append(_shortfall(leaf, rest, result, line))
    for code, losses in by_line.items():
        line = lines.get(code)
        found.extend(_problem(loss, line.component if line else "", result, scheme, line) for loss in losses)
    return tuple(found)


def counted_in_total(items: Sequence[Lost]) -> tuple[Lost, ...]:
    """Those of components that count, heaviest first."""
    return tuple(sorted((each for each in items if each.counted), key=lambda each: -each.marks))


def total_of(items: Sequence[Lost]) -> Fraction:
    """Sum of the marks."""
    return add(each.marks for each in items)


def _problem(loss: Loss, component: str, result: ObjectResult, scheme: Scheme, line: Indicator | None) -> Lost:
    line_name = line.name if line else loss.indicator
    return Lost(
        name=scheme.kind_name(loss.kind) if loss.kind else loss.case or line_name,
        marks=loss.lost,
        fact=loss.fact,
        evidence=loss.evidence,
        indicator=loss.indicator,
        indicator_name=line_name,
        clause=loss.clause or (line.clause if line else ""),
        component=component,
        counted=_counts(result, component),
        kind=loss.kind,
        case=loss.case,
        count=loss.count,
        source=loss.source,
        problem_id=loss.problem_id,
    )


def _shortfall(leaf: LeafResult, rest: Fraction, result: ObjectResult, line: Indicator | None) -> Lost:
    return Lost(
        name=line.name if line else leaf.indicator,
        marks=rest,
        fact=f"按“{line.method}”计分" if line else "",
        evidence="",
        indicator=leaf.indicator,
        indicator_name=line.name if line else leaf.indicator,
        clause=line.clause if line else "",
        component=leaf.component,
        counted=_counts(result, leaf.component),
        source=leaf.source,
    )


def _counts(result: ObjectResult, component: str) -> bool:
    found = result.component(component)
    return found.counted if found else True
