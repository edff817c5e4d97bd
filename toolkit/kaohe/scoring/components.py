"""Component scores on the scale of 100, and the base made of them (scheme model 4, steps 2–5)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import HUNDRED, ZERO, plain
from kaohe.core.periods import Period, parse_period
from kaohe.records.results import Figure, ObjectResult, Outcome
from kaohe.records.scheme import Component, Indicator, Scheme, of_class
from kaohe.scoring.leaves import Leaf

PLACES = 4  # places of a figure that is shown but never rounded for computing


class Part(msgspec.Struct, frozen=True):
    """A component of one object: `score` on 0–100, None where it is not applicable; `missing` says that a period it reads is absent."""

    component: Component
    score: Fraction | None
    assessable: Fraction | None
    figure: Figure
    missing: str = ""


def indicator_part(scheme: Scheme, component: Component, unit_class: str, leaves: Sequence[Leaf]) -> Part:
    """指标评分: Σ points ÷ Σ assessable full marks × 100, or rescaled at the direct parent where the scheme says so."""
    mine = [leaf for leaf in leaves if leaf.result.component == component.code]
    figures = {leaf.result.indicator: leaf.figure for leaf in mine}
    points = {leaf.result.indicator: (leaf.result.points, leaf.result.full) for leaf in mine}
    tops = [
        line
        for line in scheme.indicators
        if line.component == component.code and line.level == 1 and line.applies_to(unit_class)
    ]
    nodes = [_node(scheme, top, unit_class, points, figures) for top in tops]
    gained = sum((node[0] for node in nodes if node[0] is not None), ZERO)
    assessable = sum((node[1] for node in nodes if node[0] is not None), ZERO)
    whole = sum((top.full_marks(unit_class) for top in tops), ZERO)
    score = gained / assessable * HUNDRED if assessable else None
    how = (
        f"{plain(gained, PLACES)} ÷ 可评满分 {plain(assessable)} × 100"
        if assessable != whole or whole != HUNDRED
        else "各方面得分合计"
    )
    shown = plain(score, PLACES) if score is not None else "不适用"
    figure = Figure(f"构成:{component.code}", component.name, score, shown, how, parts=tuple(node[2] for node in nodes))
    return Part(component, score, assessable or None, figure)


def _node(
    scheme: Scheme,
    line: Indicator,
    unit_class: str,
    points: dict[str, tuple[Fraction | None, Fraction]],
    figures: dict[str, Figure],
) -> tuple[Fraction | None, Fraction, Figure]:
    """(points or None, assessable marks, derivation) of a node."""
    if line.is_leaf:
        gained, full = points.get(line.code, (None, ZERO))
        return gained, full if gained is not None else ZERO, figures[line.code]
    children = [
        _node(scheme, child, unit_class, points, figures)
        for child in scheme.indicators
        if child.parent == line.code and child.applies_to(unit_class)
    ]
    live = [child for child in children if child[0] is not None]
    full = line.full_marks(unit_class)
    gained = sum((child[0] for child in live if child[0] is not None), ZERO)
    marks = sum((child[1] for child in live), ZERO)
    how = f"满分 {plain(full)}"
    if marks and marks != full:
        if scheme.settings.rescale_at == "直接上级":
            gained, marks = gained / marks * full, full
            how += "，不适用的满分在本级折算"
        else:
            how += f"，可评 {plain(marks)}"
    shown = plain(gained, PLACES) if live else "不适用"
    figure = Figure(
        f"指标:{line.code}", f"{line.code} {line.name}", gained if live else None, shown, how, line.clause,
        parts=tuple(child[2] for child in children),
    )  # fmt: skip
    return gained if live else None, marks, figure


def history_part(
    component: Component, code: str, period: Period, earlier: Sequence[Outcome], full_scale: Fraction
) -> Part:
    """历史期次: a figure of the lower clock's periods within this one, unrounded; 均值, 合计 or 最近.

    Which periods there should be follows from the clock (four quarters, twelve months). A missing one: 报错 withholds the object,
    按已有 uses those that are there.
    """
    clock = component.taken_from
    found: list[tuple[str, Fraction]] = []
    for outcome in earlier:
        then = parse_period(outcome.period)
        known = outcome.of(code)
        if then is None or then.clock != clock or not then.within(period) or known is None:
            continue
        value = _taken(known, component.taken, full_scale)
        if value is not None:
            found.append((outcome.period, value))
    due = {"季": 4, "月": 12}.get(clock, 0)
    key = f"构成:{component.code}"
    parts = tuple(Figure(f"历史:{name}", name, value, plain(value, PLACES), component.taken) for name, value in found)
    missing = f"{component.name}应有 {due} 期，只有 {len(found)} 期" if len(found) < due else ""
    if not found or (missing and component.missing == "报错"):
        return Part(
            component, None, None, Figure(key, component.name, None, "缺期", missing, parts=parts), missing or "缺期"
        )
    values = [value for _, value in found]
    score = values[-1] if component.gather == "最近" else sum(values, ZERO)
    if component.gather == "均值":
        score /= len(values)
    figure = Figure(
        key, component.name, score, plain(score, PLACES), f"{len(values)} 期{component.gather}", parts=parts
    )
    return Part(component, score, HUNDRED, figure)


def _taken(known: ObjectResult, word: str, full_scale: Fraction) -> Fraction | None:
    """The figure that a historical component reads, on the scale of 100, unrounded."""
    if word.startswith("构成:"):
        part = known.component(word[3:])
        return part.score if part else None
    value = known.base_exact if word == "基础分" else known.total_exact
    return None if value is None else value / full_scale * HUNDRED


def base_score(
    parts: Sequence[Part], unit_class: str, full_scale: Fraction
) -> tuple[Fraction | None, dict[str, Fraction]]:
    """(base, weight in force by component): a component that is not applicable leaves its weight to its siblings (step 2)."""
    counted = [part for part in parts if part.component.counted]
    live = [(part, of_class(part.component.weight, unit_class) or ZERO) for part in counted if part.score is not None]
    whole = sum((weight for _, weight in live), ZERO)
    if not whole:
        return None, {}
    weights = {part.component.code: weight / whole * HUNDRED for part, weight in live}
    base = sum((part.score * weights[part.component.code] for part, _ in live if part.score is not None), ZERO)
    return base * full_scale / HUNDRED / HUNDRED, weights
