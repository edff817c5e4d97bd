"""The leaves of one object: points, lines that do not apply, lines that a case makes 0 together with their parent.

Blank, 不适用 and 0 are three things (scheme model 4, step 0): a blank line withholds the object, a line marked 不适用 has no points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import ZERO
from kaohe.records.results import Figure, LeafResult, Loss
from kaohe.records.returns import Submission
from kaohe.records.scheme import Settings
from kaohe.scoring.deductions import losses, row_figures
from kaohe.scoring.lines import Given, Line, Tree, Typed, typed_on
from kaohe.scoring.methods import METHODS
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import marks

NOT_APPLICABLE = "不适用"


class Leaf(msgspec.Struct, frozen=True):
    """A leaf on its way: `given` None = it does not apply; `points` after zero rules, bounds and step rounding; `why` says what changed
    them. `from_mean`: filled with the mean of the others (不适用 = 均值)."""

    line: Line
    typed: Typed
    given: Given | None
    points: Fraction | None
    why: str = ""
    from_mean: bool = False


def score_leaves(tree: Tree, submission: Submission, settings: Settings) -> tuple[Leaf, ...] | None:
    """Every leaf of an object in the order of the workbook; None where a cell that a line needs is blank."""
    typed = typed_on(submission)
    found = []
    for line in tree.leaves:
        here = typed.get(line.code, Typed())
        if here.is_away:
            found.append(Leaf(line, here, None, None))
            continue
        method = METHODS[line.indicator.method]
        given = method.score(line, here) if here.is_checked or not method.inspected else None
        if given is None:
            return None
        found.append(Leaf(line, here, given, *_bounded(line, given, settings)))
    return _with_zeros(tree, found)


def _bounded(line: Line, given: Given, settings: Settings) -> tuple[Fraction, str]:
    """Points of a leaf stay in [最低分 or 0, full], whatever the method."""
    points = stepped(settings, given.points)
    if points > line.full:
        return line.full, f"不超过满分 {marks(line.full)}"
    if points < line.floor and given.bearer is None:
        return line.floor, f"不低于最低分 {marks(line.floor)}"
    return points, ""


def _with_zeros(tree: Tree, leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """A case that makes the parent 0 makes every line below the parent 0; lines that do not apply stay out."""
    zeroed: set[str] = set()
    for leaf in leaves:
        if leaf.given is not None and leaf.given.zeroes_parent:
            zeroed |= _below(tree, leaf.line.indicator.parent)
    if not zeroed:
        return tuple(leaves)
    return tuple(
        msgspec.structs.replace(leaf, points=ZERO, why="上级指标归零")
        if leaf.points and leaf.line.code in zeroed
        else leaf
        for leaf in leaves
    )


def _below(tree: Tree, node: str) -> set[str]:
    found = {node}
    for child in tree.children.get(node, ()):
        found |= _below(tree, child.code)
    return found


def takes_mean(line: Line, settings: Settings) -> bool:
    """Whether a line that does not apply gets the mean of the others: its 不适用办法, else the setting 不适用."""
    return (line.indicator.not_applicable or settings.not_applicable) == "均值"


def shares_of_full(objects: Iterable[Sequence[Leaf]]) -> Mapping[str, tuple[Fraction, int]]:
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
) -> tuple[Leaf, ...] | None:
    """Lines that do not apply and take the mean, filled; None where nobody was scored on such a line (scheme model 4, step 2)."""
    found = []
    for leaf in leaves:
        if leaf.given is None and takes_mean(leaf.line, settings):
            if leaf.line.code not in means:
                return None
            share, number = means[leaf.line.code]
            points = stepped(settings, share * leaf.line.full)
            leaf = msgspec.structs.replace(leaf, points=points, why=f"不适用，取同组 {number} 家的均值", from_mean=True)
        found.append(leaf)
    return tuple(found)


def result_of(leaf: Leaf) -> LeafResult:
    """The leaf as a result; `source` is the one typed cell that made its points."""
    rule = leaf.line.indicator
    if leaf.given is None:
        checked = leaf.typed.score.checked if leaf.typed.score else None
        source = checked.source if checked else None
        return LeafResult(rule.code, rule.component, leaf.line.full, leaf.points, leaf.from_mean, source)
    return LeafResult(rule.code, rule.component, leaf.line.full, leaf.points, True, leaf.given.source)


def losses_of(leaf: Leaf) -> tuple[Loss, ...]:
    """The rows that are problems, with what each really cost."""
    if leaf.given is None or leaf.points is None:
        return ()
    return losses(leaf.line, leaf.given, leaf.points)


def figure_of(leaf: Leaf) -> Figure:
    """The derivation of a leaf, down to the cells that somebody typed."""
    rule = leaf.line.indicator
    key, label = f"指标:{rule.code}", f"{rule.code} {rule.name}"
    given = leaf.given
    if given is None:
        checked = leaf.typed.score.checked if leaf.typed.score else None
        return Figure(
            key,
            label,
            leaf.points,
            NOT_APPLICABLE if leaf.points is None else marks(leaf.points),
            leaf.why or f"满分 {marks(leaf.line.full)} 不计入可评满分",
            rule.clause,
            checked.source if checked else None,
            checked.value if checked else "",
        )
    points = leaf.points if leaf.points is not None else ZERO
    rows = row_figures(leaf.line, given, points)
    parts = (*given.parts, *rows)
    how = f"{given.how}；{leaf.why}" if leaf.why else given.how
    return Figure(
        key,
        label,
        points,
        marks(points),
        how,
        rule.clause,
        None if parts else given.source,
        "" if parts else given.typed,
        parts,
    )
