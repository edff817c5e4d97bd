"""Components, base, adjustments and total of each object (scheme model 4, steps 2–7)."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from kaohe.scoring.adjustments import adjust
from kaohe.scoring.components import Material, part_of
from kaohe.scoring.leaves import losses_of, result_of
from kaohe.scoring.progress import Scored, Setup
from kaohe.scoring.rounding import printed
from kaohe.scoring.standing import NO_PERIOD, NOTHING, withheld
from kaohe.scoring.totals import totals_of


def sum_up(setup: Setup, each: Scored) -> Scored:
    """The object with base and total. A scheme without counted components gives neither, and withholds nobody for it."""
    if not each.is_scored or each.submission is None:
        return each
    scheme, settings = setup.scheme, setup.scheme.settings
    leaves = {leaf.line.code: leaf for leaf in each.leaves}
    tree = setup.trees[each.who.unit_class]
    material = Material(tree, leaves, each.who.code, setup.period, setup.earlier, settings)
    parts = tuple(part_of(component, material) for component in scheme.components_at(setup.period.clock))
    if any(part.missing and part.component.counted for part in parts):
        return withheld(each, "存疑", NO_PERIOD)
    adjusted = adjust(scheme, setup.period.clock, each.submission)
    totals = totals_of(parts, adjusted, each.who.unit_class, settings)
    if totals.total is None and any(part.component.counted for part in parts):
        return withheld(each, "存疑", NOTHING)
    nodes: dict[str, Fraction] = {}
    for part in parts:
        nodes |= part.values
    summed = each.having(
        base_exact=totals.base,
        base=None if totals.base is None else printed(settings, totals.base),
        bonus=totals.bonus,
        penalty=totals.penalty,
        total_exact=totals.total,
        total=None if totals.total is None else printed(settings, totals.total),
        components=totals.components,
        leaves=tuple(result_of(leaf) for leaf in each.leaves),
        losses=tuple(loss for leaf in each.leaves for loss in losses_of(leaf)),
        adjustments=adjusted.results,
    )
    return msgspec.structs.replace(summed, adjusted=adjusted, nodes=nodes, totals=totals)
