"""The cell styles of a workbook that show a number as a percentage: what a person sees is a hundred times what is stored."""

from __future__ import annotations

import re

from kaohe.files.limits import Limits
from kaohe.files.parts import walk

BUILT_IN_PERCENT = {"9", "10"}  # 0% and 0.00%
#: what a format only shows: quoted texts, escaped characters, colours and conditions
_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_MOST_FORMAT = 1_000


def percent_styles(xml: bytes, limits: Limits) -> frozenset[str]:
    """The numbers (`s` of a cell) of such styles. Raises Refused for a part that is not well-formed or too deep."""
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
    percent = (BUILT_IN_PERCENT - codes.keys()) | {number for number, code in codes.items() if shows_percent(code)}
    return frozenset(str(number) for number, each in enumerate(used) if each in percent)


def shows_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred."""
    return "%" in code and "%" in _SHOWN.sub("", code[:_MOST_FORMAT])
