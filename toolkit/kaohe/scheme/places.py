"""Places that a case of 排名赋分 names: one, a span of them, or all from one on."""

from __future__ import annotations

import re

_SPAN = re.compile(r"第?(\d+)(?:([–—\-~～至])(\d+)?)?名?")


def span_of(name: str) -> tuple[int, int | None] | None:
    """First and last place (None = and all beyond) that a case names; None where it names none.

    >>> span_of("1"), span_of("第2–3名"), span_of("4–"), span_of("其余")
    ((1, 1), (2, 3), (4, None), None)
    """
    match = _SPAN.fullmatch(name.replace(" ", ""))
    if match is None:
        return None
    first, last = int(match[1]), int(match[3]) if match[3] else None
    if last is None:
        return first, None if match[2] else first
    return (first, last) if first <= last else None
