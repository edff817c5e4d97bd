"""Chance that repeats: everything invented for an object in a period follows from the seed, the object's code and the period alone."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction


class Luck(random.Random):
    """Random choices for one thing (`of("7", "2026Q3", "U106", "评分")`); the same words give the same choices on every machine."""

    @classmethod
    def of(cls, *words: object) -> Luck:
        """The chances of the thing with these words (a text seeds by its bytes, whatever the hash seed)."""
        return cls("/".join(str(word) for word in words))

    def hits(self, chance: float) -> bool:
        """Whether something of this chance happens."""
        return self.random() < chance

    def day(self, first: str, last: str) -> date:
        """A working day (Monday to Friday) between two ISO days; the first where there is none."""
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        found = start + timedelta(days=self.randrange(max((end - start).days, 0) + 1))
        while found.weekday() > 4 and found > start:
            found -= timedelta(days=1)
        return found

    def points(self, low: Fraction, high: Fraction, share: float, step: Fraction) -> Fraction:
        """Points between two bounds, around `share` of the way, in steps."""
        at = min(max(self.gauss(share, 0.06), 0.0), 1.0)
        steps = round((high - low) * Fraction(at).limit_denominator(10_000) / step)
        return min(low + steps * step, high)


def quality(seed: int, code: str, period: str) -> float:
    """How well an object works, 0 to 1: mostly its own nature, a little the period's chance."""
    nature = Luck.of(seed, code, "本性").betavariate(8, 2)
    return min(max(nature + Luck.of(seed, code, period, "本期").gauss(0, 0.05), 0.05), 1.0)
