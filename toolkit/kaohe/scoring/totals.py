"""Base and total of one object (scheme model 4, steps 4–7): components by weight, bonus and penalty, bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import HUNDRED, ZERO, add, times
from kaohe.records.figures import Figure
from kaohe.records.results import ComponentResult
from kaohe.records.settings import Settings
from kaohe.scoring.adjustments import Adjusted, figure_of, sum_of
from kaohe.scoring.parts import Part, weighted, weighted_words, weights_in_force
from kaohe.scoring.rounding import printed, stepped
from kaohe.scoring.shown import marks

_TEN_THOUSAND = HUNDRED * HUNDRED


class Totals(msgspec.Struct, frozen=True, gc=False):
    """What steps 4–7 give for one object: exact base and total (None where no counted component applies), and their derivations.

    `figure` is 总分; `beside` are components that do not count, and bonus and penalty where there is no total.
    """

    base: Fraction | None
    total: Fraction | None
    bonus: Fraction
    penalty: Fraction
    components: tuple[ComponentResult, ...]
    figure: Figure | None
    beside: tuple[Figure, ...]


def totals_of(parts: Sequence[Part], adjusted: Adjusted, unit_class: str, settings: Settings) -> Totals:
    """Base = Σ weight × score without any 加减分; total = the same with them, bounded, and rounded once. `parts` are all components of the
    object in their order; those below others act through them."""
    tops = [part for part in parts if not part.component.parent]
    weights = weights_in_force(tops, unit_class)
    inner = _inner(parts)
    components = tuple([_component(part, weights, inner, settings) for part in parts])
    beside = tuple(_apart(part) for part in parts if not part.component.counted)
    bonus = penalty = ZERO
    if adjusted.claims:
        bonus, penalty = sum_of(adjusted.of_total("加分")), -sum_of(adjusted.of_total("减分"))
    if not weights:
        return Totals(None, None, bonus, penalty, components, None, (*beside, *_claims(adjusted, settings)))
    scale = settings.full_scale
    raw_scores = raw_base = add([part.points for part in components if part.points is not None])
    if any(part.base is not part.score for part in tops):
        bases = {part.component.code: part.base for part in tops if part.base is not None}
        raw_base = weighted(bases, weights, scale)
    base = stepped(settings, raw_base)
    shift = ZERO if raw_base is raw_scores else raw_scores - raw_base
    raw = base + shift + bonus - penalty if shift or bonus or penalty else base
    total = _bounded(raw, settings)
    counted = tuple(part.figure for part in tops if part.component.counted)
    words = weighted_words(tops, weights, scale)
    figure = _total_figure(base, shift, raw, total, adjusted, counted, words, settings)
    return Totals(base, total, bonus, penalty, components, figure, beside)


def _inner(parts: Sequence[Part]) -> Mapping[str, Fraction]:
    """Weights in force of components that others are made of."""
    found: dict[str, Fraction] = {}
    for part in parts:
        found |= part.weights
    return found


def _bounded(total: Fraction, settings: Settings) -> Fraction:
    """总分下限 and 总分上限, each where the scheme has one."""
    if settings.total_min is not None:
        total = max(total, settings.total_min)
    return min(total, settings.total_max) if settings.total_max is not None else total


def _component(
    part: Part, weights: Mapping[str, Fraction], inner: Mapping[str, Fraction], settings: Settings
) -> ComponentResult:
    component = part.component
    weight = (inner if component.parent else weights).get(component.code)
    points = None
    if part.score is not None and weight is not None and not component.parent:
        points = times(part.score, weight, settings.full_scale, over=_TEN_THOUSAND)
    return ComponentResult(
        component.code,
        component.name,
        component.counted,
        weight,
        part.score,
        part.base,
        part.assessable,
        points,
        origin=component.origin,
        parent=component.parent,
    )


def _apart(part: Part) -> Figure:
    words = f"单独计分，不计入{'上级构成' if part.component.parent else '总分'}"
    return msgspec.structs.replace(part.figure, how=f"{part.figure.how}；{words}")


def _claims(adjusted: Adjusted, settings: Settings) -> tuple[Figure, ...]:
    """Bonus and penalty with their claims, where there are any."""
    found = []
    for nature in ("加分", "减分") if adjusted.claims else ():
        claims = adjusted.of_total(nature)
        if claims:
            value = sum_of(claims)
            cap = settings.bonus_cap if nature == "加分" else None
            limit = f"合计不超过 {marks(cap)}" if cap is not None else ""
            parts = tuple(figure_of(each) for each in claims)
            found.append(Figure(nature, nature, value, marks(value), limit, parts=parts))
    return tuple(found)


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
    inner = Figure(
        "基础分", "基础分", base, marks(shown, settings.places), _rounded(words, base, settings), parts=counted
    )
    claims = _claims(adjusted, settings)
    how = ["基础分", *([f"构成加减分 {marks(shift)}"] if shift else ()), *(f"{one.key} {one.shown}" for one in claims)]
    line = " ".join(how) if len(how) > 1 else "等于基础分"
    if total is not raw and total != raw:
        line += f"，限于 {marks(total)}"
    printed_total = printed(settings, total)
    return Figure(
        "总分",
        "总分",
        printed_total,
        marks(printed_total, settings.places),
        _rounded(line, total, settings),
        parts=(inner, *claims),
    )


def _rounded(words: str, value: Fraction, settings: Settings) -> str:
    """Says that the printed figure is a rounded one."""
    if 10**settings.places % value.denominator == 0:
        return words
    return f"{words}；{marks(value)} 四舍五入到 {settings.places} 位小数"
