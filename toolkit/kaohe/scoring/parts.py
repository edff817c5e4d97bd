"""A component of one object: its score before and after what counts into it, and the weights by which components combine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import HUNDRED, ZERO, add, is_hundred, plain, times, within
from kaohe.records.by_class import of_class
from kaohe.records.figures import Figure
from kaohe.records.scheme import Component
from kaohe.records.settings import Settings
from kaohe.scoring.adjustments import Counted, figure_of, sum_of
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import marks

_TEN_THOUSAND = HUNDRED * HUNDRED


class Part(msgspec.Struct, frozen=True, gc=False):
    """A component of one object: `base` its score on 0–100 before adjustments into it or into what it is made of, `score` after them;
    both None where it does not apply. `weights` in force of the components that it is made of; `missing`: code of the reason why
    something that it must read is not there, "" where all is."""

    component: Component
    base: Fraction | None
    score: Fraction | None
    assessable: Fraction | None
    figure: Figure
    weights: Mapping[str, Fraction] = {}
    missing: str = ""


def scored(component: Component, score: Fraction, how: str, settings: Settings, parts: tuple[Figure, ...] = ()) -> Part:
    """A component whose whole 100 could be assessed."""
    score = stepped(settings, score)
    figure = Figure(f"构成:{component.code}", component.name, score, marks(score), how, parts=parts)
    return Part(component, score, score, HUNDRED, figure)


def unscored(component: Component, how: str, missing: str = "", parts: tuple[Figure, ...] = ()) -> Part:
    """A component without a score: it does not apply, or (`missing`) something that it must read is not there."""
    shown = "缺" if missing else "不适用"
    figure = Figure(f"构成:{component.code}", component.name, None, shown, how, parts=parts)
    return Part(component, None, None, None, figure, missing=missing)


def with_claims(part: Part, claims: Sequence[Counted], settings: Settings) -> Part:
    """The component after what counts into it, which does not lift it out of 0–100, unless 构成截断 = 否; its figure above the base one."""
    if not claims or part.score is None:
        return part
    moved = part.score + sum_of(claims)
    score = within(moved, ZERO, HUNDRED) if settings.clip_components else moved
    inner = msgspec.structs.replace(
        part.figure, key=f"构成基础:{part.component.code}", label=f"{part.figure.label}基础分"
    )
    how = f"{marks(part.score)} 加减分 {marks(sum_of(claims))}" + ("，限于 0–100" if score != moved else "")
    parts = (inner, *(figure_of(each) for each in claims))
    figure = Figure(part.figure.key, part.figure.label, score, marks(score), how, part.figure.clause, parts=parts)
    return msgspec.structs.replace(part, score=score, figure=figure)


def weights_in_force(parts: Sequence[Part], unit_class: str) -> Mapping[str, Fraction]:
    """Per cent by counted component: one that does not apply leaves its weight to its siblings in proportion (step 2)."""
    written = {
        part.component.code: of_class(part.component.weight, unit_class) or ZERO
        for part in parts
        if part.component.counted and part.base is not None
    }
    whole = add(written.values())
    if is_hundred(whole):
        return written
    return {code: times(weight, HUNDRED, over=whole) for code, weight in written.items()} if whole else {}


def weighted(scores: Mapping[str, Fraction], weights: Mapping[str, Fraction], scale: Fraction = HUNDRED) -> Fraction:
    """Σ weight × score ÷ 100, brought to `scale` (step 5)."""
    return times(add([times(scores[code], weight) for code, weight in weights.items()]), scale, over=_TEN_THOUSAND)


def weighted_words(
    parts: Sequence[Part], weights: Mapping[str, Fraction], scale: Fraction = HUNDRED, base: bool = True
) -> str:
    """`93.20 × 60% + 95.00 × 40%`; for a single component that is the total's scale, its name."""
    live = [part for part in parts if part.component.code in weights and part.base is not None]
    if len(live) == 1 and is_hundred(scale):
        return f"{live[0].component.name}得分"
    words = " + ".join(
        [
            f"{marks((part.base if base else part.score) or ZERO)} × {plain(weights[part.component.code])}%"
            for part in live
        ]
    )
    return words if is_hundred(scale) else f"({words}) × {plain(scale)} ÷ 100"
