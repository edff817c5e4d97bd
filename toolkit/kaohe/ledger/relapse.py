"""Relapses: a new problem of the same unit and kind after an old one was closed, within the severity's window of periods."""

from __future__ import annotations

import msgspec

from kaohe.core.periods import Period, parse_period
from kaohe.records.problems import Problem
from kaohe.records.scheme import Scheme


def with_relapses(problems: tuple[Problem, ...], scheme: Scheme) -> tuple[Problem, ...]:
    """Each problem that is a relapse names the latest closed one; a name once given stays.

    The window is that of the new problem's severity: the old one was closed at most so many periods before the new one opened.
    """
    return tuple(
        each if each.relapse_of else msgspec.structs.replace(each, relapse_of=_old(each, problems, scheme))
        for each in problems
    )


def _old(new: Problem, problems: tuple[Problem, ...], scheme: Scheme) -> str:
    severity = scheme.severity(new.severity)
    if severity is None or not new.kind or not severity.relapse_window:
        return ""
    closed = [
        each
        for each in problems
        if each.unit_code == new.unit_code
        and each.kind == new.kind
        and each.closed
        and each.closed <= new.opened
        and each.problem_id != new.problem_id
        and 0 <= distance(each.closed_in or each.period, new.period) <= severity.relapse_window
    ]
    return max(closed, key=lambda each: (each.closed, each.problem_id)).problem_id if closed else ""


def distance(earlier: str, later: str) -> int:
    """Periods from one to the other on one clock; a large number on different clocks or for texts that name none."""
    first, last = parse_period(earlier), parse_period(later)
    if first is None or last is None or first.clock != last.clock:
        return 10_000
    return _count(last) - _count(first)


def _count(period: Period) -> int:
    return period.year * {"月": 12, "季": 4, "年": 1}[period.clock] + period.number
