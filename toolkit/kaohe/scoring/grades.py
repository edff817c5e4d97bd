"""Grades by score and the bars that lower them (scheme model 4, steps 9 and 10). A soft bar only proposes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from kaohe.core.periods import Clock
from kaohe.records.scheme import GradeBand, Rule, Scheme


def bands_of(scheme: Scheme, clock: Clock, unit_class: str) -> tuple[GradeBand, ...]:
    """The grades of a class at a clock, best first."""
    return tuple(
        band
        for band in scheme.grades
        if band.used_for == "总评"
        and (not band.clocks or clock in band.clocks)
        and (not band.classes or unit_class in band.classes)
    )


def by_score(bands: Sequence[GradeBand], total: Fraction) -> str:
    """Half-open bands [least, next least); the lowest has no floor. "" where the scheme has no grades."""
    return next((band.name for band in bands if band.least is None or total >= band.least), "")


def _steps(rules: Sequence[Rule], heaviest_only: bool) -> int:
    steps = [int(rule.parameter or 1) for rule in rules if rule.effect == "降档"]
    return (max(steps) if heaviest_only else sum(steps)) if steps else 0


#: what each bar allows at best, as a place in the bands; 降档 counts from the grade by score and stands apart
CEILINGS: Mapping[str, Callable[[Rule, Sequence[str]], int]] = {
    "否优": lambda rule, names: 1,
    "封顶": lambda rule, names: names.index(rule.parameter) if rule.parameter in names else 0,
    "定为": lambda rule, names: names.index(rule.parameter) if rule.parameter in names else 0,
}
BARS = ("降档", *CEILINGS)


def after_bars(bands: Sequence[GradeBand], grade: str, rules: Sequence[Rule], heaviest_only: bool) -> str:
    """The grade after the bars that fired: 降档 steps (added up, or the heaviest only), then 否优, 封顶, 定为; the lowest wins."""
    names = [band.name for band in bands]
    if grade not in names:
        return grade
    place = names.index(grade) + _steps(rules, heaviest_only)
    ceilings = (CEILINGS[rule.effect](rule, names) for rule in rules if rule.effect in CEILINGS)
    return names[min(max(place, *ceilings, 0), len(names) - 1)]
