"""Nodes: points of leaves brought up the tree, with what of it could be assessed (scheme model 4, steps 2 and 3).

Siblings with 满分 add their marks up; siblings with 权重 are combined on the scale of 100. A node passes on what it earned and what of
it could be assessed, both in its own marks, so that both kinds may meet in one tree; with 折算层级 = 直接上级 it passes on what it
would have earned had everything applied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from kaohe.core.exact import HUNDRED, ZERO, add, plain, times
from kaohe.records.figures import Figure
from kaohe.records.settings import Settings
from kaohe.scoring.leaves import Leaf, figure_of
from kaohe.scoring.lines import Branch
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import marks


class Node(NamedTuple):
    """A line of the tree: `points` None = nothing below it applies; `assessable` what of its marks does apply."""

    branch: Branch
    points: Fraction | None
    assessable: Fraction
    figure: Figure


class Sum(NamedTuple):
    """Siblings together: earned and assessable, in marks; as shares of 100 where weights combine them."""

    points: Fraction
    assessable: Fraction


def nodes_of(
    branches: Sequence[Branch], leaves: Mapping[str, Leaf], settings: Settings, values: dict[str, Fraction]
) -> list[Node]:
    """The nodes of siblings. `values` receives the points of every line that applies, by code."""
    return [_node(branch, leaves, settings, values) for branch in branches]


def sum_of(nodes: Sequence[Node], whole: Fraction) -> Sum | None:
    """Siblings together; None where none applies. `assessable` is `whole` itself where all of them apply."""
    live = [(node, node.points) for node in nodes if node.points is not None]
    if not live:
        return None
    complete = len(live) == len(nodes) and all(node.assessable is node.branch.full for node in nodes)
    if live[0][0].branch.weight is None:
        return Sum(add([points for _, points in live]), whole if complete else add(node.assessable for node, _ in live))
    return Sum(
        add([_share(node, points) for node, points in live]),
        whole if complete else add(_share(node, node.assessable) for node, _ in live),
    )


def weighted_words(nodes: Sequence[Node]) -> str:
    """`90.00 × 40% + 80.00 × 60%`: siblings that weights combine, each on 100; "" for those that add up."""
    if not nodes or nodes[0].branch.weight is None:
        return ""
    live = [(node, node.points) for node in nodes if node.points is not None]
    return " + ".join(
        f"{marks(times(points, HUNDRED, over=node.branch.full))} × {plain(node.branch.weight or ZERO)}%"
        for node, points in live
    )


def _share(node: Node, value: Fraction) -> Fraction:
    return times(node.branch.weight or ZERO, value, over=node.branch.full) if node.branch.full else ZERO


def _node(branch: Branch, leaves: Mapping[str, Leaf], settings: Settings, values: dict[str, Fraction]) -> Node:
    if branch.line is not None:
        leaf = leaves[branch.code]
        if leaf.points is None:
            return Node(branch, None, ZERO, figure_of(leaf))
        values[branch.code] = leaf.points
        return Node(branch, leaf.points, branch.full, figure_of(leaf))
    below = nodes_of(branch.below, leaves, settings, values)
    parts = tuple(node.figure for node in below)
    found = sum_of(below, branch.inner)
    if found is None:
        figure = Figure(branch.key, branch.label, None, "不适用", "下级都不适用", branch.clause, parts=parts)
        return Node(branch, None, ZERO, figure)
    points, assessable = found
    complete = assessable is branch.inner
    words = weighted_words(below)
    if not branch.is_even and branch.inner:
        words = words or f"{marks(points)} ÷ {marks(branch.inner)} × {branch.shown}"
        points = times(points, branch.full, over=branch.inner)
        assessable = times(assessable, branch.full, over=branch.inner)
    if complete:
        assessable = branch.full
    how = f"满分 {branch.shown}" + (f"，{words}" if words else "")
    if not complete and assessable != branch.full:
        how += f"，可评 {marks(assessable)}"
        if settings.rescale_at == "直接上级" and assessable:
            how += f"，{marks(points)} ÷ {marks(assessable)} × {branch.shown}"
            points, assessable = times(points, branch.full, over=assessable), branch.full
    points = stepped(settings, points)
    values[branch.code] = points
    return Node(
        branch,
        points,
        assessable,
        Figure(branch.key, branch.label, points, marks(points), how, branch.clause, parts=parts),
    )
