"""Sums of an object's lines, computed once: points, assessable and lost marks per node, and the rows of lost marks with their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from kaohe.core.cells import Source
from kaohe.core.exact import add, round_half_up
from kaohe.documents.workings import by_line
from kaohe.records.edition import Edition
from kaohe.records.figures import Figure, Working
from kaohe.records.results import LeafResult, Loss, ObjectResult
from kaohe.records.scheme import Indicator
from kaohe.records.settings import Settings

#: earned and assessable marks of lines, by code
Lines = dict[str, tuple[Fraction, Fraction]]
#: what becomes of a figure where it arises
Step = Callable[[Fraction], Fraction]


class LostRow(NamedTuple):
    """One line of 扣分: a problem, or what a line lost beyond its problems (`case` says by which method, `fact` how)."""

    indicator: str
    component: str
    case: str
    times: Fraction | None
    lost: Fraction
    fact: str
    clause: str
    evidence: str
    kind: str
    severity: str
    problem_id: str
    source: Source


class Sums(NamedTuple):
    """An object's lines: `leaves` by code; per block code (points, assessable marks), absent where nothing of it applies; `lines` the same
    of every line of a tree with weights or with rescaling at its nodes, and of the component itself (构成:code)."""

    leaves: dict[str, LeafResult]
    nodes: Lines
    lost: tuple[LostRow, ...]
    lines: Lines

    def points(self, node: str) -> Fraction | None:
        """Points of a level-1 node; None where nothing of it applies."""
        return self.nodes[node][0] if node in self.nodes else None

    def assessable(self, node: str) -> Fraction | None:
        """Full marks of those lines of a node that apply; None where none does."""
        return self.nodes[node][1] if node in self.nodes else None

    def lost_on(self, nodes: Iterable[str]) -> Fraction:
        """Marks lost on the lines of these nodes."""
        return total(self.nodes[node][1] - self.nodes[node][0] for node in nodes if node in self.nodes)


NOTHING = Sums({}, {}, (), {})


def step_of(settings: Settings) -> Step:
    """How figures are rounded where they arise: on the spot where the scheme rounds 逐级, else not at all."""
    if settings.rounding != "逐级":
        return lambda value: value
    return lambda value: round_half_up(value, settings.places)


def total(values: Iterable[Fraction]) -> Fraction:
    """Sum of many fractions of few denominators: numerators are added as integers."""
    return add(values)


def sums_of(edition: Edition, each: ObjectResult, nodes: Sequence[tuple[str, tuple[str, ...]]]) -> Sums:
    """The sums of an object; `nodes` are (code, codes of its leaves)."""
    leaves = {leaf.indicator: leaf for leaf in each.leaves}
    found = {}
    for code, codes in nodes:
        live = [leaf for line in codes if (leaf := leaves.get(line)) is not None and leaf.points is not None]
        if live:
            found[code] = (total(leaf.points or Fraction(0) for leaf in live), total(leaf.full for leaf in live))
    order = [leaf for _, codes in nodes for line in codes if (leaf := leaves.get(line)) is not None]
    rest = [leaf for leaf in each.leaves if leaf not in order] if len(order) < len(leaves) else []
    return Sums(leaves, found, _lost(edition, each, (*order, *rest)), {})


def _lost(edition: Edition, each: ObjectResult, leaves: Sequence[LeafResult]) -> tuple[LostRow, ...]:
    """Every reason for lost marks, lines in order; problems without deduction are kept with 0."""
    lines = edition.scheme.lines
    open_losses: dict[str, list[Loss]] = {}
    for loss in each.losses:
        open_losses.setdefault(loss.indicator, []).append(loss)
    found: list[LostRow] = []
    for leaf in leaves:
        losses = open_losses.pop(leaf.indicator, [])
        found += [_typed(loss, leaf.component) for loss in losses]
        if leaf.points is not None and leaf.points is not leaf.full and leaf.points != leaf.full:
            rest = leaf.lost - total(loss.lost for loss in losses) if losses else leaf.lost
            if rest:
                how = by_line(edition, each).get(leaf.indicator)
                found.append(_shortfall(leaf, rest, lines.get(leaf.indicator), how))
    for code, losses in open_losses.items():
        line = lines.get(code)
        found += [_typed(loss, line.component if line else "") for loss in losses]
    return tuple(found)


def _typed(loss: Loss, component: str) -> LostRow:
    return LostRow(
        loss.indicator, component, loss.case, loss.count, loss.lost, loss.fact, loss.clause, loss.evidence, loss.kind, loss.severity,
        loss.problem_id, loss.source,
    )  # fmt: skip


def _shortfall(leaf: LeafResult, rest: Fraction, line: Indicator | None, how: Working | None) -> LostRow:
    """What a line lost without a problem; its fact is the arithmetic of the derivation."""
    case = f"按“{line.method}”计分" if line else ""
    fact, clause = how.how if how else "", line.clause if line else ""
    return LostRow(
        leaf.indicator, leaf.component, case, None, rest, fact, clause, "", "", "", "", leaf.source or Source()
    )


def derivation_of(each: ObjectResult, key: str) -> Figure | None:
    """The node of the object's derivation with this key (指标:2.1 …), or None."""
    stack = [each.figure] if each.figure else []
    while stack:
        node = stack.pop()
        if node.key == key:
            return node
        stack.extend(node.parts)
    return None
