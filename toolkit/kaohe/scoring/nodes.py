"""Nodes: leaf points added up the tree, with the full marks that could be assessed (scheme model 4, steps 2 and 3)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from kaohe.core.exact import ZERO
from kaohe.records.results import Figure
from kaohe.records.scheme import Indicator, Settings
from kaohe.scoring.leaves import Leaf, figure_of
from kaohe.scoring.lines import Tree
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import marks


class Node(msgspec.Struct, frozen=True):
    """A line of the tree: `points` None = nothing below it applies; `assessable` full marks of what does apply."""

    code: str
    points: Fraction | None
    assessable: Fraction
    figure: Figure
    below: tuple[Node, ...] = ()

    def values(self) -> Mapping[str, Fraction]:
        """Points by code, of this line and all below it that apply."""
        found = {self.code: self.points} if self.points is not None else {}
        for node in self.below:
            found |= node.values()
        return found


def node_of(tree: Tree, line: Indicator, leaves: Mapping[str, Leaf], settings: Settings) -> Node:
    """The node of a line. With 折算层级 = 直接上级 the marks that do not apply are spread here, else at the component."""
    if line.is_leaf:
        leaf = leaves[line.code]
        return Node(line.code, leaf.points, ZERO if leaf.points is None else leaf.line.full, figure_of(leaf))
    below = tuple(node_of(tree, child, leaves, settings) for child in tree.children.get(line.code, ()))
    live = [node for node in below if node.points is not None]
    assessable = sum((node.assessable for node in live), ZERO)
    label, full = f"{line.code} {line.name}", tree.full[line.code]
    parts = tuple(node.figure for node in below)
    if not live:
        figure = Figure(f"指标:{line.code}", label, None, "不适用", "下级都不适用", line.clause, parts=parts)
        return Node(line.code, None, ZERO, figure, below)
    points = sum((node.points for node in live if node.points is not None), ZERO)
    how = f"满分 {marks(full)}"
    if assessable != full:
        how += f"，可评 {marks(assessable)}"
        if settings.rescale_at == "直接上级" and assessable:
            how += f"，{marks(points)} ÷ {marks(assessable)} × {marks(full)}"
            points, assessable = points / assessable * full, full
    points = stepped(settings, points)
    figure = Figure(f"指标:{line.code}", label, points, marks(points), how, line.clause, parts=parts)
    return Node(line.code, points, assessable, figure, below)
