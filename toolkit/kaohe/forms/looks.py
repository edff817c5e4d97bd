"""How a form looks: one palette, and the style of a cell by who fills it (design: section 4 of the page on forms).

State is never shown by colour alone: the words of 状态 and of the live line say it too. Contrasts are at least 5.9.
"""

from __future__ import annotations

import math
import unicodedata

import msgspec

from kaohe.records.books import Style
from kaohe.records.layouts import Column, Role

UNIT_FILL, UNIT_INK, UNIT_SPARE = "FFF9E5", "0000FF", "FFFCF0"
TEAM_FILL, TEAM_INK, TEAM_SPARE = "EFE7F7", "5B2A86", "F7F2FB"
COMPUTED_FILL = "F2F2F2"
HEADER_FILL, HEADER_INK = "1F4E79", "FFFFFF"
BAND_FILL, SUBBAND_FILL = "DDEBF7", "EEF5FB"
ERROR_INK, ERROR_FILL = "9C0006", "FFC7CE"
OK_INK, OK_FILL = "006100", "C6EFCE"
WAIT_INK, WAIT_FILL = "7F4A00", "FFF2CC"
SMALL_INK = "595959"
LINE = "BFBFBF"
TAB_UNIT, TAB_TEAM, TAB_BOTH, TAB_NONE = "BF9000", "5B2A86", "1F4E79", "7F7F7F"

_BASE = Style(size=10, border=LINE)
IDENTITY = Style(size=8, colour=SMALL_INK)
TITLE = Style(size=15, bold=True)
LIVE = Style(size=11, bold=True, fill=COMPUTED_FILL)
HEADER = Style(size=10, bold=True, colour=HEADER_INK, fill=HEADER_FILL, border=LINE, align="center", wrap=True)
PRINTED = msgspec.structs.replace(_BASE, wrap=True)
COMPUTED = msgspec.structs.replace(_BASE, fill=COMPUTED_FILL)
BAND = msgspec.structs.replace(_BASE, bold=True, fill=BAND_FILL)
SUBBAND = msgspec.structs.replace(_BASE, bold=True, fill=SUBBAND_FILL)
FOOTNOTE = Style(size=9, colour=SMALL_INK)
TAUGHT = Style(size=10, wrap=True, valign="top")
PLAIN = Style(size=10)
HIDDEN = Style(size=9, colour=SMALL_INK)
NOTE_STYLE = Style(size=9, colour=ERROR_INK, wrap=True, locked=False, border=LINE)

ERROR = Style(bold=True, colour=ERROR_INK, fill=ERROR_FILL)
OK = Style(bold=True, colour=OK_INK)
OK_LINE = Style(bold=True, colour=OK_INK, fill=OK_FILL)
WAIT_LINE = Style(bold=True, colour=WAIT_INK, fill=WAIT_FILL)
LOST = Style(bold=True, underline=True)
LATE = Style(bold=True, colour=ERROR_INK)


def who_style(role: Role) -> Style:
    """The small line above a header that says who fills the column."""
    ink, fill = (UNIT_INK, UNIT_FILL) if role.startswith("单位") else (TEAM_INK, TEAM_FILL)
    if not role.endswith("填"):
        return Style(size=9, colour=SMALL_INK, align="center")
    optional = role.endswith("选填")
    return Style(size=9, colour=ink, fill="" if optional else fill, align="center", bold=not optional)


def cell_style(column: Column, spare: bool = False, open_: bool = True) -> Style:
    """The style of a column's data cells. `spare`: the lighter tint of optional and not yet started cells. `open_` False: an input
    column in a row where nothing is to be typed."""
    if column.title == "校验提示":
        return NOTE_STYLE
    if column.is_input and open_:
        ink = UNIT_INK if column.by_unit else TEAM_INK
        light, full = (UNIT_SPARE, UNIT_FILL) if column.by_unit else (TEAM_SPARE, TEAM_FILL)
        fill = light if spare or column.role.endswith("选填") else full
        return Style(
            size=10, border=LINE, colour=ink, fill=fill, locked=False, wrap=column.kind in ("文本", "选项"),
            align=column.align, format=column.format or ("@" if column.kind == "文本" else ""),
        )  # fmt: skip
    fill = COMPUTED_FILL if column.role == "自动" else ""
    return Style(size=10, border=LINE, fill=fill, align=column.align, wrap=column.kind == "文本", format=column.format)


def full_tint(column: Column) -> Style:
    """The tint of a started row, for conditional formats."""
    return Style(fill=UNIT_FILL if column.by_unit else TEAM_FILL)


def text_width(text: str) -> int:
    """Width of a text in halves of a Chinese character (the longest of its lines)."""
    return max(
        (sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n")),
        default=0,
    )


def lines_needed(text: str, width: float, size: float = 10) -> int:
    """How many lines a text takes in a column of this width (Excel's units) at this type size."""
    room = max(width - 1.2, 1) * 10.5 / size
    return sum(max(1, math.ceil(text_width(line) / room)) for line in text.split("\n")) if text else 1


def height_for(texts: dict[float, str], size: float = 10, least: float = 21) -> float:
    """Row height in points that shows every text of {column width: text}."""
    most = max((lines_needed(text, width, size) for width, text in texts.items()), default=1)
    return max(least, round(most * size * 1.45 + 6, 1))
