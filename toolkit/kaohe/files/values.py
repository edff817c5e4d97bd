"""What the cells of an .xlsx workbook say, as values: texts, numbers, dates and times, and the table that they make.

Numbers come out as floats. A number in a style of dates is a date (whole), a time of day (below 1) or both, to the millisecond, one in a
style such as `[h]:mm` a duration; outside the calendar of Excel it stays a number. Control characters that a text spells (`_x0001_`)
come out as visible marks, U+2400 … U+241F, U+FFFD for what is no character; tab and line breaks stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import repeat
from operator import mod

from kaohe.records.tables import CellValue

#: what stands in place of characters that nobody types
MARKS = {n: 0x2400 + n for n in range(32) if chr(n) not in "\t\n\r"} | {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_ESCAPES = re.compile("(?:_x[0-9A-Fa-f]{4}_)+")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_ISO = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?(?:(?:(?<=[0-9])T)?[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?)?")
_DAY_MS = 86_400_000
_LAST_DAY = 2_958_465  # 9999-12-31
_FROM_1904 = 1_462  # days from the one epoch to the other
#: Excel counts a 29 February 1900, which was none
_EPOCH, _EARLY_EPOCH, _LEAP_DAY = datetime(1899, 12, 30), datetime(1899, 12, 31), 60

Rows = tuple[tuple[CellValue, ...], ...]


def spelled(words: str) -> str:
    """A text with what it spells as `_xHHHH_` put in: UTF-16, so that two of them may be one character."""
    return _ESCAPES.sub(_characters, words) if "_x" in words else words


def _characters(match: re.Match[str]) -> str:
    units = b"".join(int(code, 16).to_bytes(2, "little") for code in _ESCAPE.findall(match[0]))
    return units.decode("utf-16-le", "replace").translate(MARKS)


def moment(number: float, is_1904: bool) -> CellValue:
    """A number in a style of dates."""
    if 0 <= number < 1:
        return (_EPOCH + timedelta(milliseconds=round(number * _DAY_MS))).time()
    days = number + _FROM_1904 if is_1904 else number
    if not 0 <= days < _LAST_DAY + 1:
        return number
    found = (_EPOCH if days >= _LEAP_DAY else _EARLY_EPOCH) + timedelta(milliseconds=_within(days))
    return found.date() if number.is_integer() else found


def _within(days: float) -> int:
    return min(round(days * _DAY_MS), (_LAST_DAY + 1) * _DAY_MS - 1)


def duration(number: float) -> CellValue:
    """A number in a style of durations."""
    return timedelta(milliseconds=round(number * _DAY_MS)) if abs(number) <= _LAST_DAY else number


def iso(words: str) -> CellValue:
    """A cell of the kind `d`: a date, a time or both as ISO writes them; anything else stays text."""
    if not words or not _ISO.fullmatch(words):
        return words
    try:
        if ":" not in words:
            return date.fromisoformat(words)
        return datetime.fromisoformat(words) if "-" in words else time.fromisoformat(words)
    except ValueError:
        return words


def table(places: Sequence[int], values: Iterable[CellValue], columns: int) -> Rows:
    """The rows from A1 on that hold these values, all of the width of the widest. A place is counted from 0, row by row, each row of so many
    columns; None = blank."""
    grid: list[CellValue] = [None] * (max(places, default=-1) // columns * columns + columns)
    filled = []
    for place, value in zip(places, values, strict=True):
        if value is not None:
            grid[place] = value
            filled.append(place)
    if not filled:
        return ()
    width = max(map(mod, filled, repeat(columns))) + 1
    return tuple([tuple(grid[at : at + width]) for at in range(0, max(filled) + 1, columns)])
