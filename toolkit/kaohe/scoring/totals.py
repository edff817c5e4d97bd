"""Base and total of one object (scheme model 4, steps 4–7): components with what acts on them, weights, bonus and penalty, bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import HUNDRED, ZERO
from kaohe.records.results import ComponentResult, Figure
from kaohe.records.scheme import Settings
from kaohe.scoring.adjustments import Adjusted, Counted, figure_of, sum_of
from kaohe.scoring.components import Part, weighted, weighted_words, weights_in_force
from kaohe.scoring.rounding import printed, stepped
from kaohe.scoring.shown import marks


class Totals(msgspec.Struct, frozen=True):
    """What steps 4–7 give for one object: exact base and total (None where no counted component applies), and their derivations.

    `figure` is 总分; `beside` are components that do not count.
    """

    base: Fraction | None
    total: Fraction | None
    bonus: Fraction
    penalty: Fraction
    components: tuple[ComponentResult, ...]
    figure: Figure | None
    beside: tuple[Figure, ...]


def totals_of(parts: Sequence[Part], adjusted: Adjusted, unit_class: str, settings: Settings) -> Totals:
    """Base = Σ weight × score without any 加减分; total = the same with them, bounded, and rounded once."""
    weights = weights_in_force(parts, unit_class)
    bases = {part.component.code: part.base for part in parts if part.base is not None}
    scores = {code: _adjusted(score, adjusted.of_component(code), settings) for code, score in bases.items()}
    components = tuple(_component(part, scores, weights, settings) for part in parts)
    figures = {part.component.code: _part_figure(part, adjusted, scores) for part in parts}
    beside = tuple(figures[part.component.code] for part in parts if not part.component.counted)
    bonus, penalty = sum_of(adjusted.of_total("加分")), -sum_of(adjusted.of_total("减分"))
    if not weights:
        return Totals(None, None, bonus, penalty, components, None, beside)
    base = stepped(settings, weighted(bases, weights, settings))
    shift = weighted(scores, weights, settings) - weighted(bases, weights, settings)
    raw = base + shift + bonus - penalty
    total = _bounded(raw, settings)
    counted = tuple(figures[part.component.code] for part in parts if part.component.counted)
    figure = _total_figure(
        base, shift, raw, total, adjusted, counted, weighted_words(parts, weights, settings), settings
    )
    return Totals(base, total, bonus, penalty, components, figure, beside)


def _adjusted(score: Fraction, claims: Sequence[Counted], settings: Settings) -> Fraction:
    """A component's score after what counts into it, which does not lift it out of 0–100, unless 构成截断 = 否."""
    if not claims:
        return score
    moved = score + sum_of(claims)
    return min(max(moved, ZERO), HUNDRED) if settings.clip_components else moved


def _bounded(total: Fraction, settings: Settings) -> Fraction:
    """总分下限 and 总分上限, each where the scheme has one."""
    if settings.total_min is not None:
        total = max(total, settings.total_min)
    return min(total, settings.total_max) if settings.total_max is not None else total


def _component(
    part: Part, scores: Mapping[str, Fraction], weights: Mapping[str, Fraction], settings: Settings
) -> ComponentResult:
    component = part.component
    score, weight = scores.get(component.code), weights.get(component.code)
    points = None
    if score is not None and weight is not None:
        points = weighted({component.code: score}, {component.code: weight}, settings)
    return ComponentResult(
        component.code, component.name, component.counted, weight, score, part.base, part.assessable, points
    )


def _part_figure(part: Part, adjusted: Adjusted, scores: Mapping[str, Fraction]) -> Figure:
    """The component's figure; with adjustments into it, the score after them above the base score."""
    claims = adjusted.of_component(part.component.code)
    figure = part.figure
    if not part.component.counted:
        figure = msgspec.structs.replace(figure, how=f"{figure.how}；单独计分，不计入总分")
    if not claims or part.base is None:
        return figure
    score = scores[part.component.code]
    inner = msgspec.structs.replace(part.figure, key=f"构成基础:{part.component.code}", label=f"{figure.label}基础分")
    how = f"{marks(part.base)} 加减分 {marks(sum_of(claims))}"
    how += "，限于 0–100" if score != part.base + sum_of(claims) else ""
    parts = (inner, *(figure_of(each) for each in claims))
    return Figure(figure.key, figure.label, score, marks(score), how, figure.clause, parts=parts)


def _total_figure(
    base: Fraction,
    shift: Fraction,
    raw: Fraction,
    total: Fraction,
    adjusted: Adjusted,
    counted: tuple[Figure, ...],
    words: str,
    settings: Settings,
) -> Figure:
    shown = printed(settings, base)
    inner = [
        Figure("基础分", "基础分", base, marks(shown, settings.places), _rounded(words, base, settings), parts=counted)
    ]
    how = ["基础分"]
    if shift:
        how.append(f"构成加减分 {marks(shift)}")
    for nature in ("加分", "减分"):
        claims = adjusted.of_total(nature)
        if claims:
            value = sum_of(claims)
            cap = settings.bonus_cap if nature == "加分" else None
            limit = f"合计不超过 {marks(cap)}" if cap is not None else ""
            parts = tuple(figure_of(each) for each in claims)
            inner.append(Figure(nature, nature, value, marks(value), limit, parts=parts))
            how.append(f"{nature} {marks(value)}")
    line = " ".join(how) if len(how) > 1 else "等于基础分"
    if total != raw:
        line += f"，限于 {marks(total)}"
    printed_total = printed(settings, total)
    return Figure(
        "总分",
        "总分",
        printed_total,
        marks(printed_total, settings.places),
        _rounded(line, total, settings),
        parts=tuple(inner),
    )


def _rounded(words: str, value: Fraction, settings: Settings) -> str:
    """Says that the printed figure is a rounded one."""
    if printed(settings, value) == value:
        return words
    return f"{words}；{marks(value)} 四舍五入到 {settings.places} 位小数"
