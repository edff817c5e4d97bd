"""How much room a text takes in a cell of a form that must stay on one page: lines, reckoned a little too long rather than too short."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

#: width in characters of digits, letters and ASCII marks, with the gap that office programs leave beside them
NARROW = 0.62


def wide(text: str) -> float:
    """Width in characters of the font's size.

    >>> wide("指标1.2")
    3.86
    """
    narrow = len(text.encode("latin-1", "ignore"))
    return round(NARROW * narrow + (len(text) - narrow), 2)


def lines(text: str, per_line: float) -> int:
    """Lines of a text in a cell of `per_line` characters; each line feed begins a new one. An empty text takes one line.

    >>> lines("一" * 30, 30), lines("一" * 31, 30), lines("一\\n二", 30)
    (1, 2, 2)
    """
    return sum(max(1, ceil(wide(part) / per_line)) for part in text.split("\n"))


def fitting(texts: Sequence[str], per_line: float, room: int) -> int:
    """How many of the texts, each on lines of its own, fit into so many lines.

    >>> fitting(["一" * 40, "二", "三"], 30, 3)
    2
    """
    for count, text in enumerate(texts):
        room -= lines(text, per_line)
        if room < 0:
            return count
    return len(texts)


def shortened(text: str, per_line: float, room: int) -> str:
    """The text cut to so many lines, with … where it was cut; as it is where it fits.

    >>> shortened("一" * 70, 30, 2) == "一" * 59 + "…"
    True
    """
    if lines(text, per_line) <= room:
        return text
    while text and lines(f"{text}…", per_line) > room:
        text = text[:-1]
    return f"{text}…"
