"""Component scores on the scale of 100, unrounded, by their source; and the base that is made of them (scheme model 4, steps 2–5).

`ORIGINS` is the one place where a source is added (and the word list `kaohe.records.words`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import HUNDRED, ZERO, plain
from kaohe.core.periods import Period, parse_period
from kaohe.records.results import Figure, ObjectResult, Outcome
from kaohe.records.scheme import Component, Settings, of_class
from kaohe.scoring.leaves import Leaf
from kaohe.scoring.lines import Tree
from kaohe.scoring.nodes import node_of
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import equals, marks


class Part(msgspec.Struct, frozen=True):
    """A component of one object: `base` its score on 0–100 before adjustments into it, None where it does not apply; `values` points of
    its nodes by code; `missing`: a period that it must read is not there."""

    component: Component
    base: Fraction | None
    assessable: Fraction | None
    figure: Figure
    values: Mapping[str, Fraction] = {}
    missing: bool = False


class Material(msgspec.Struct, frozen=True):
    """What the sources may look at for one object: its class's trees, its leaves, its code, the period, and earlier outcomes."""

    tree: Tree
    leaves: Mapping[str, Leaf]
    code: str
    period: Period
    earlier: Sequence[Outcome]
    settings: Settings


def by_indicators(component: Component, given: Material) -> Part:
    """指标评分: Σ points ÷ Σ assessable full marks × 100."""
    roots = given.tree.roots.get(component.code, ())
    nodes = [node_of(given.tree, line, given.leaves, given.settings) for line in roots]
    live = [node for node in nodes if node.points is not None]
    points = sum((node.points for node in live if node.points is not None), ZERO)
    assessable = sum((node.assessable for node in live), ZERO)
    key, parts = f"构成:{component.code}", tuple(node.figure for node in nodes)
    values: dict[str, Fraction] = {}
    for node in nodes:
        values |= node.values()
    if not assessable:
        figure = Figure(key, component.name, None, "不适用", "没有适用的指标", parts=parts)
        return Part(component, None, None, figure, values)
    score = stepped(given.settings, points / assessable * HUNDRED)
    how = "各项得分合计" if assessable == HUNDRED else f"{marks(points)} ÷ 可评满分 {marks(assessable)} × 100"
    figure = Figure(key, component.name, score, marks(score), how, parts=parts)
    return Part(component, score, assessable, figure, values)


def by_periods(component: Component, given: Material) -> Part:
    """历史期次: a figure (取值, blank = 总分) of the lower clock's periods (取自) within this one, unrounded: 均值, 合计 or 最近.

    The clocks say how many there should be. Where one is missing, 缺期 = 按已有 takes those that are there, 报错 withholds the object.
    """
    found: list[tuple[str, Fraction]] = []
    for outcome in given.earlier:
        then = parse_period(outcome.period)
        if then is None or then.clock != component.taken_from or not is_part(then, given.period):
            continue
        known = outcome.of(given.code)
        value = _taken(known, component.taken or "总分", given.settings) if known is not None else None
        if value is not None:
            found.append((outcome.period, value))
    key = f"构成:{component.code}"
    parts = tuple(Figure(f"历史:{name}", name, value, marks(value), component.taken or "总分") for name, value in found)
    due = _due(component.taken_from, given.period)
    if not found or (len(found) < due and component.missing == "报错"):
        words = f"应有 {due} 期，只有 {len(found)} 期"
        return Part(component, None, None, Figure(key, component.name, None, "缺期", words, parts=parts), missing=True)
    values = [value for _, value in found]
    score = values[-1] if component.gather == "最近" else sum(values, ZERO)
    how = f"{len(values)} 期合计" if component.gather == "合计" else "最近一期"
    if component.gather == "均值":
        score /= len(values)
        how = f"({' + '.join(marks(value) for value in values)}) ÷ {len(values)} {equals(score)}"
    score = stepped(given.settings, score)
    if len(found) < due:
        how += f"，应有 {due} 期，按已有"
    return Part(component, score, HUNDRED, Figure(key, component.name, score, marks(score), how, parts=parts))


ORIGINS: Mapping[str, Callable[[Component, Material], Part]] = {"指标评分": by_indicators, "历史期次": by_periods}


def part_of(component: Component, given: Material) -> Part:
    """The component's score from its source."""
    return ORIGINS[component.origin](component, given)


def is_part(then: Period, whole: Period) -> bool:
    """Whether a period of a lower clock lies within another: quarters and months of a year, months of a quarter."""
    if whole.clock == "季":
        return then.clock == "月" and then.year == whole.year and (then.number - 1) // 3 + 1 == whole.number
    return then.within(whole)


def _due(clock: str, whole: Period) -> int:
    if whole.clock == "季":
        return 3
    return {"季": 4, "月": 12}.get(clock, 1)


def _taken(known: ObjectResult, word: str, settings: Settings) -> Fraction | None:
    """The figure that a component reads from an earlier result, on the scale of 100: exact, with 逐级 as printed."""
    kind, _, code = word.partition(":")
    if code:
        part = known.component(code)
        if part is None:
            return None
        return part.base_score if kind == "构成基础" else part.score
    value = known.base_exact if word == "基础分" else known.total_exact
    if value is None:
        return None
    return stepped(settings, value) / settings.full_scale * HUNDRED


def weights_in_force(parts: Sequence[Part], unit_class: str) -> Mapping[str, Fraction]:
    """Per cent by counted component: one that does not apply leaves its weight to its siblings in proportion (step 2)."""
    live = [(part, of_class(part.component.weight, unit_class) or ZERO) for part in parts if part.component.counted]
    written = {part.component.code: weight for part, weight in live if part.base is not None}
    whole = sum(written.values(), ZERO)
    return {code: weight / whole * HUNDRED for code, weight in written.items()} if whole else {}


def weighted(scores: Mapping[str, Fraction], weights: Mapping[str, Fraction], settings: Settings) -> Fraction:
    """总分满分 ÷ 100 × Σ weight × score (step 5)."""
    return sum((scores[code] * weights[code] for code in weights), ZERO) * settings.full_scale / HUNDRED / HUNDRED


def weighted_words(parts: Sequence[Part], weights: Mapping[str, Fraction], settings: Settings) -> str:
    """`93.20 × 60% + 95.00 × 40%`; for a single component that is the total's scale, its name."""
    live = [part for part in parts if part.component.code in weights and part.base is not None]
    if len(live) == 1 and settings.full_scale == HUNDRED:
        return f"{live[0].component.name}得分"
    words = " + ".join(f"{marks(part.base or ZERO)} × {plain(weights[part.component.code])}%" for part in live)
    return words if settings.full_scale == HUNDRED else f"({words}) × {plain(settings.full_scale)} ÷ 100"
