"""Grades by score and the bars that lower them (scheme model 4, steps 9 and 10)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kaohe.core.periods import Clock
from kaohe.records.scheme import GradeBand, Rule, Scheme

BARS = ("降档", "否优", "封顶", "定为")


def bands(scheme: Scheme, clock: Clock, unit_class: str) -> tuple[GradeBand, ...]:
    """The grades of a class at a clock, best first."""
    return tuple(
        band
        for band in scheme.grades
        if band.used_for == "总评"
        and (not band.clocks or clock in band.clocks)
        and (not band.classes or unit_class in band.classes)
    )


def grade_by_score(found: Sequence[GradeBand], total: Fraction) -> str:
    """Half-open bands [least, next least); the lowest has no floor. "" where the scheme has no grades."""
    return next((band.name for band in found if band.least is None or total >= band.least), "")


def barred(found: Sequence[GradeBand], grade: str, rules: Sequence[Rule], heaviest_only: bool) -> str:
    """The grade after the bars that fired: 降档 steps (added up, or the heaviest), then 否优, 封顶, 定为; the lowest wins."""
    names = [band.name for band in found]
    if grade not in names:
        return grade
    place = names.index(grade)
    steps = [int(rule.parameter or 1) for rule in rules if rule.effect == "降档"]
    if steps:
        place += max(steps) if heaviest_only else sum(steps)
    for rule in rules:
        if rule.effect == "否优":
            place = max(place, 1)
        elif rule.effect in ("封顶", "定为") and rule.parameter in names:
            place = max(place, names.index(rule.parameter))
    return names[min(place, len(names) - 1)]
