"""The leaves of one object: points, lines that do not apply, lines that a case makes 0 together with their parent.

Blank, 不适用 and 0 are three things (scheme model 4, step 0): a blank line withholds the object, a line marked 不适用 has no points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import ZERO, exceeds
from kaohe.records.figures import Figure
from kaohe.records.results import LeafResult, Loss
from kaohe.records.settings import Settings
from kaohe.scoring.deductions import losses, row_figures
from kaohe.scoring.lines import Given, Line, Tree, Typed
from kaohe.scoring.methods import METHODS
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import marks

NOT_APPLICABLE = "不适用"
NOTHING_TYPED = Typed()


class Leaf(msgspec.Struct, frozen=True, gc=False):
    """A leaf on its way: `given` None = it does not apply; `points` after zero rules, bounds and step rounding; `why` says what changed
    them. `of_field`: made with figures of the other objects of the field (不适用 = 均值, 排名赋分 by value)."""

    line: Line
    typed: Typed
    given: Given | None
    points: Fraction | None
    why: str = ""
    of_field: bool = False


def score_leaves(lines: Sequence[Line], typed: Mapping[str, Typed], settings: Settings) -> list[Leaf] | None:
    """Every one of these lines of an object, in order; None where a cell that a line needs is blank."""
    found = []
    for line in lines:
        here = typed.get(line.code, NOTHING_TYPED)
        if here.is_away or (here.quoted is not None and here.quoted.value is None):
            found.append(Leaf(line, here, None, None))
            continue
        method = METHODS[line.indicator.method]
        given = method.score(line, here) if here.is_checked or not method.inspected else None
        if given is None:
            return None
        points, why = _bounded(line, given, settings)
        found.append(Leaf(line, here, given, points, why, here.placed is not None))
    return found


def _bounded(line: Line, given: Given, settings: Settings) -> tuple[Fraction, str]:
    """Points of a leaf stay in [最低分 or 0, full], whatever the method."""
    if given.points is line.full:
        return line.full, ""
    points = stepped(settings, given.points)
    if exceeds(points, line.full):
        return line.full, f"不超过满分 {line.shown}"
    if given.bearer is None and exceeds(line.floor, points):
        return line.floor, f"不低于最低分 {marks(line.floor)}"
    return points, ""


def with_zeros(tree: Tree, leaves: Sequence[Leaf]) -> Sequence[Leaf]:
    """A case that makes the parent 0 makes every line below the parent 0; lines that do not apply stay out."""
    parents = [leaf.line.indicator.parent for leaf in leaves if leaf.given is not None and leaf.given.zeroes_parent]
    if not parents:
        return leaves
    zeroed = frozenset[str]().union(*(tree.under.get(parent, frozenset()) for parent in parents))
    return [
        msgspec.structs.replace(leaf, points=ZERO, why="上级指标归零")
        if leaf.points and leaf.line.code in zeroed
        else leaf
        for leaf in leaves
    ]


def takes_mean(line: Line, settings: Settings) -> bool:
    """Whether a line that does not apply gets the mean of the others: its 不适用办法, else the setting 不适用."""
    return (line.indicator.not_applicable or settings.not_applicable) == "均值"


def shares_of_full(objects: Iterable[Iterable[Leaf]]) -> Mapping[str, tuple[Fraction, int]]:
    """By leaf: the mean share of its full marks over the objects scored on it, and how many they are."""
    sums: dict[str, tuple[Fraction, int]] = {}
    for leaves in objects:
        for leaf in leaves:
            if leaf.points is not None and leaf.line.full:
                total, number = sums.get(leaf.line.code, (ZERO, 0))
                sums[leaf.line.code] = (total + leaf.points / leaf.line.full, number + 1)
    return {code: (total / number, number) for code, (total, number) in sums.items()}


def with_means(
    leaves: Sequence[Leaf], means: Mapping[str, tuple[Fraction, int]], settings: Settings
) -> list[Leaf] | None:
    """Lines that do not apply and take the mean, filled; None where nobody was scored on such a line (scheme model 4, step 2)."""
    found = []
    for leaf in leaves:
        if leaf.given is None and takes_mean(leaf.line, settings):
            if leaf.line.code not in means:
                return None
            share, number = means[leaf.line.code]
            points = stepped(settings, share * leaf.line.full)
            leaf = msgspec.structs.replace(leaf, points=points, why=f"不适用，取同组 {number} 家的均值", of_field=True)
        found.append(leaf)
    return found


def result_of(leaf: Leaf) -> LeafResult:
    """The leaf as a result; `source` is the one typed cell that made its points."""
    rule = leaf.line.indicator
    if leaf.given is None:
        checked = leaf.typed.score.checked if leaf.typed.score else None
        source = checked.source if checked else None
        return LeafResult(rule.code, rule.component, leaf.line.full, leaf.points, leaf.points is not None, source)
    return LeafResult(rule.code, rule.component, leaf.line.full, leaf.points, True, leaf.given.source)


def losses_of(leaf: Leaf) -> tuple[Loss, ...]:
    """The rows that are problems, with what each really cost."""
    if leaf.given is None or leaf.points is None or not leaf.given.charges:
        return ()
    return losses(leaf.line, leaf.given, leaf.points)


def figure_of(leaf: Leaf) -> Figure:
    """The derivation of a leaf, down to the cells that somebody typed."""
    line, given = leaf.line, leaf.given
    clause = line.indicator.clause
    if given is None:
        checked = leaf.typed.score.checked if leaf.typed.score else None
        quoted = leaf.typed.quoted
        return Figure(
            line.key,
            line.label,
            leaf.points,
            NOT_APPLICABLE if leaf.points is None else marks(leaf.points),
            leaf.why or f"满分 {line.shown} 不计入可评满分",
            clause,
            checked.source if checked else None,
            checked.value if checked else "",
            (quoted.figure,) if quoted else (),
        )
    points = ZERO if leaf.points is None else leaf.points
    parts = (*given.parts, *row_figures(line, given, points)) if given.charges else given.parts
    how = f"{given.how}；{leaf.why}" if leaf.why else given.how
    shown = line.shown if points is line.full else marks(points)
    if parts:
        return Figure(line.key, line.label, points, shown, how, clause, None, "", parts)
    return Figure(line.key, line.label, points, shown, how, clause, given.source, given.typed)
