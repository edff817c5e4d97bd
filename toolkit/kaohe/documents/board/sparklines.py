"""Small lines of the last periods' totals: one scale per field, dotted field mean, last point marked."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

import msgspec

from kaohe.core.exact import ZERO
from kaohe.documents.printed import marks
from kaohe.records.results import Outcome

WIDTH, HEIGHT, EDGE = 76, 24, 5
PERIODS = 4


class Sparkline(msgspec.Struct, frozen=True):
    """Geometry in px within WIDTH × HEIGHT; `words` are the totals for people who do not see the line."""

    points: str
    mean: str
    end_x: float
    end_y: float
    words: str


class History(msgspec.Struct, frozen=True, dict=True):
    """The last periods of one field: per period the field's mean, per object its totals (None = none in that period)."""

    periods: tuple[str, ...]
    means: tuple[Fraction | None, ...]
    totals: dict[str, tuple[Fraction | None, ...]]

    @cached_property
    def scale(self) -> tuple[Fraction, Fraction]:
        """Lowest and highest value of the field."""
        values = [v for row in self.totals.values() for v in row if v is not None] + [
            v for v in self.means if v is not None
        ]
        return (min(values), max(values)) if values else (ZERO, ZERO)

    @cached_property
    def mean_line(self) -> str:
        """The points of the field's mean."""
        return _line(self, self.means)


def history_of(outcomes: Sequence[Outcome], field: str) -> History:
    """The last four periods of a field, oldest first, the current period last. Objects are those of the current field."""
    shown = tuple(outcomes)[-PERIODS:]
    codes = [each.code for each in shown[-1].objects if each.field == field]
    rows = [{each.code: each.total for each in outcome.objects} for outcome in shown]
    means = [found.mean if (found := outcome.field_of(field)) else None for outcome in shown]
    return History(
        tuple(outcome.period for outcome in shown),
        tuple(means),
        {code: tuple(row.get(code) for row in rows) for code in codes},
    )


def sparkline(history: History, code: str, places: int) -> Sparkline | None:
    """The line of one object; None with fewer than two totals or without one in the current period."""
    totals = history.totals.get(code, ())
    if sum(value is not None for value in totals) < 2 or totals[-1] is None:
        return None
    end = _spot(history, len(totals) - 1, totals[-1])
    words = "、".join(marks(value, places) if value is not None else "无" for value in totals)
    return Sparkline(_line(history, totals), history.mean_line, end[0], end[1], words)


def _line(history: History, values: Sequence[Fraction | None]) -> str:
    spots = [_spot(history, index, value) for index, value in enumerate(values) if value is not None]
    return " ".join(f"{x:g},{y:g}" for x, y in spots)


def _spot(history: History, index: int, value: Fraction) -> tuple[float, float]:
    low, high = history.scale
    step = Fraction(WIDTH - 2 * EDGE, max(len(history.periods) - 1, 1))
    share = (value - low) / (high - low) if high > low else Fraction(1, 2)
    return _px(EDGE + index * step), _px(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE))


def _px(value: Fraction) -> float:
    return round(float(value), 1)
