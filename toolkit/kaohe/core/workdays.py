"""Deadlines in working days or calendar days, with China's public holidays and make-up working days (library `holidays`)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

DayKind = Literal["工作日", "自然日"]


@lru_cache(maxsize=1)
def _china() -> object:
    # Imported on first use: the library's tables cost 40 ms that no other command should pay.
    import holidays

    return holidays.country_holidays("CN")


def announced(year: int) -> bool:
    """Whether the State Council's notice for that year is in the library; for other years it computes silently."""
    static = getattr(_china(), "special_public_holidays", {})
    return year in static


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether people work on that day, make-up days included."""
    return bool(_china().is_working_day(day))  # type: ignore[attr-defined]


@lru_cache(maxsize=4096)
def add_days(start: date, days: int, kind: DayKind) -> date:
    """The last day of a limit of `days` counted from the day after `start`.

    工作日 counts working days only; 自然日 counts every day. `days` ≥ 0.
    """
    if kind == "自然日":
        return start + timedelta(days=days)
    day = start
    while days:
        day += timedelta(days=1)
        if is_working_day(day):
            days -= 1
    return day
