"""The cell styles of a workbook that make something else of a number: percentages, whose cells show a hundred times what is stored, dates
and durations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kaohe.files.limits import Limits
from kaohe.files.parts import walk

AS_PERCENT, AS_MOMENT, AS_DURATION = "percent", "moment", "duration"
BUILT_IN_PERCENT = {"9", "10"}  # 0% and 0.00%
#: dates and times, those of East Asian Excel among them
_BUILT_IN_MOMENT = {str(number) for number in (*range(14, 23), *range(27, 37), 45, 47, *range(50, 59))}
_BUILT_IN_DURATION = {"46"}
#: what a format only shows: quoted texts, escaped characters, colours and conditions
_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_SAID = re.compile(r'"[^"]*"|\\.|_.')
_LASTS = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_PASSES = re.compile("[dmyhs]|a/p", re.IGNORECASE)
_MOST_FORMAT = 1_000
_MOST_KEPT = 65_536  # bytes of a part of which the outcome is kept: the forms of one class have the same styles

Styles = Mapping[
    bytes, str
]  # the number of a cell style (`s` of a cell) → AS_PERCENT, AS_MOMENT, AS_DURATION; others are absent


def special_styles(xml: bytes, limits: Limits) -> Styles:
    """The styles that make something else of a number. Raises Refused for a part that is not well-formed or too deep."""
    return _kept(xml, limits) if len(xml) <= _MOST_KEPT else _found(xml, limits)


def _found(xml: bytes, limits: Limits) -> Styles:
    codes: dict[str, str] = {}
    used: list[str] = []
    is_cells = False

    def start(word: str, attributes: dict[str, str]) -> None:
        nonlocal is_cells
        if word == "xf":
            if is_cells:
                used.append(attributes.get("numFmtId", ""))
        elif word == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif word in ("cellXfs", "cellStyleXfs", "dxfs"):
            is_cells = word == "cellXfs"

    walk(xml, limits, start)
    kinds = dict.fromkeys(BUILT_IN_PERCENT, AS_PERCENT) | dict.fromkeys(_BUILT_IN_MOMENT, AS_MOMENT)
    kinds |= dict.fromkeys(_BUILT_IN_DURATION, AS_DURATION) | {number: kind_of(code) for number, code in codes.items()}
    return {b"%d" % number: kinds[each] for number, each in enumerate(used) if kinds.get(each)}


_kept = lru_cache(maxsize=32)(_found)


def kind_of(code: str) -> str:
    """AS_PERCENT, AS_MOMENT or AS_DURATION for such a number format, else ""."""
    if shows_percent(code):
        return AS_PERCENT
    first = _SAID.sub("", code[:_MOST_FORMAT]).partition(";")[0]
    if _LASTS.search(first):
        return AS_DURATION
    return AS_MOMENT if _PASSES.search(_SHOWN.sub("", first)) else ""


def shows_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred."""
    return "%" in code and "%" in _SHOWN.sub("", code[:_MOST_FORMAT])
