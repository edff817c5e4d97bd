"""Periods of an assessment: `2026-07` (月), `2026Q3` (季), `2026` (年). A period is a name; its dates stand in the scheme's sheet 期次."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

Clock = Literal["月", "季", "年"]
CLOCKS: tuple[Clock, ...] = ("月", "季", "年")
_FORM = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2])|Q([1-4]))?")
_QUARTERS = "一二三四"


class Period(msgspec.Struct, frozen=True, order=True):
    """One period. `number` is the month (1–12) or the quarter (1–4), 0 for a year."""

    year: int
    clock: Clock
    number: int = 0

    def __str__(self) -> str:
        if self.clock == "月":
            return f"{self.year}-{self.number:02d}"
        return f"{self.year}Q{self.number}" if self.clock == "季" else f"{self.year}"

    @property
    def title(self) -> str:
        """As documents write it: 2026年第三季度, 2026年7月, 2026年度."""
        if self.clock == "月":
            return f"{self.year}年{self.number}月"
        return f"{self.year}年第{_QUARTERS[self.number - 1]}季度" if self.clock == "季" else f"{self.year}年度"

    @property
    def previous(self) -> Period:
        """The period before it on the same clock."""
        return self._step(-1)

    @property
    def next(self) -> Period:
        """The period after it on the same clock."""
        return self._step(1)

    def within(self, whole: Period) -> bool:
        """Whether it is a lower clock's part of another: quarters and months of a year, months of a quarter."""
        if whole.clock == "季":
            return self.clock == "月" and self.year == whole.year and (self.number - 1) // 3 + 1 == whole.number
        return whole.clock == "年" and self.clock != "年" and self.year == whole.year

    def parts(self, clock: Clock) -> tuple[Period, ...]:
        """The periods of a lower clock that make it up, in order: four quarters or twelve months of a year, three months of a quarter; ()
        where the clock is not lower."""
        if clock == "月" and self.clock != "月":
            first, count = (self.number * 3 - 2, 3) if self.clock == "季" else (1, 12)
            return tuple(Period(self.year, "月", number) for number in range(first, first + count))
        if clock == "季" and self.clock == "年":
            return tuple(Period(self.year, "季", number) for number in range(1, 5))
        return ()

    def _step(self, by: int) -> Period:
        size = {"月": 12, "季": 4, "年": 1}[self.clock]
        count = self.year * size + max(self.number - 1, 0) + by
        return Period(count // size, self.clock, 0 if self.clock == "年" else count % size + 1)


def parse_period(text: str) -> Period | None:
    """The period that a text names, or None when it names none."""
    match = _FORM.fullmatch(text.strip())
    if not match:
        return None
    year = int(match[1])
    if match[2]:
        return Period(year, "月", int(match[2]))
    return Period(year, "季", int(match[3])) if match[3] else Period(year, "年")


@lru_cache(maxsize=1024)
def chinese_date(iso: str) -> str:
    """2026-10-05 → 2026年10月5日 (no leading zeros, GB/T 9704-2012); "" stays ""."""
    if not iso:
        return ""
    year, month, day = iso.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"
