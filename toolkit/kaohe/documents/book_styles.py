"""Looks shared by the workbooks that we write for reading: head, text, numbers, notes, and cells of a plain table.

Colours are those of the design's palette for sheets; LibreOffice ignores table styles, so every head is formatted cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from msgspec.structs import replace

from kaohe.records.books import Cell, Style, Value

HEAD_FILL = "1F4E79"
BAND_FILL = "DDEBF7"
FORMULA_FILL = "F5F4F2"
BORDER = "D8D3CB"
RULE = "1D1B19"
INK = "1D1B19"
SECONDARY = "56524D"
RED = "A8141A"
BLUE = "1A4C8B"
OK_TEXT, OK_FILL = "006100", "C6EFCE"
BAD_TEXT, BAD_FILL = "9C0006", "FFC7CE"
BAR = "9FC0DF"
WEAK_FILL = "FBE3DF"

TITLE = Style(bold=True, size=16, colour=INK)
NOTE = Style(size=9, colour=SECONDARY)
HEAD = Style(bold=True, size=9.5, colour="FFFFFF", fill=HEAD_FILL, border=BORDER, align="center", wrap=True)
BAND = Style(bold=True, size=10, colour=INK, fill=BAND_FILL)
TEXT = Style(size=10, colour=INK, border=BORDER, align="left")
WRAP = replace(TEXT, wrap=True)
CENTRE = replace(TEXT, align="center")
LINK = replace(TEXT, colour=BLUE, underline=True)
DAY = replace(TEXT, align="center", format="yyyy-mm-dd")
COUNT = replace(TEXT, align="right", format="0_ ")
PERCENT = replace(TEXT, align="right", format="0.0%_ ")


def points(places: int) -> Style:
    """Numbers with all decimals of the scheme, and a little air on their right: 98.00."""
    return replace(TEXT, align="right", format=f"{decimals(places)}_ ")


def decimals(places: int) -> str:
    """The number format with so many decimals: `0.00`."""
    return "0." + "0" * places if places else "0"


def computed(style: Style) -> Style:
    """The same look on the ground of formula cells."""
    return replace(style, fill=FORMULA_FILL)


def day(iso: str) -> date | None:
    """An ISO date as a date cell; None for ""."""
    return date.fromisoformat(iso) if iso else None


def heading(title: str, note: str = "") -> tuple[Cell, ...]:
    """Rows 1 and 2 of a sheet: its title and one line that says how to read it."""
    cells = (Cell(1, 1, title, TITLE),)
    return (*cells, Cell(2, 1, note, NOTE)) if note else cells


def head_row(row: int, titles: Sequence[str], style: Style = HEAD) -> tuple[Cell, ...]:
    """One header row, from column 1."""
    return tuple(Cell(row, column, title, style) for column, title in enumerate(titles, 1))


def rows_of(first: int, rows: Iterable[Sequence[Value]], styles: Sequence[Style], column: int = 1) -> tuple[Cell, ...]:
    """Cells of plain rows below each other; `styles` gives each column's look. A blank value still gets its border."""
    return tuple(each_of(first, rows, styles, column))


def each_of(first: int, rows: Iterable[Sequence[Value]], styles: Sequence[Style], column: int = 1) -> Iterator[Cell]:
    """The same one by one."""
    return (
        Cell(first + down, column + across, value, styles[across])
        for down, row in enumerate(rows)
        for across, value in enumerate(row)
    )


#: width of a Chinese character at size 10, in tenths of a column unit
_WIDE = 19


def balanced(text: str, width: float) -> str:
    """A title without blanks in lines of equal length, as many as a column of this width needs: no single character left on the last.

    >>> balanced("思想文化和统战", 8.5)
    '思想文化\\n和统战'
    """
    lines = text_lines(text, width) if len(text) > 1 else 1
    if lines == 1 or " " in text:
        return text
    size = -(-len(text) // lines)
    return "\n".join(text[start : start + size] for start in range(0, len(text), size))


def text_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width (about two units a Chinese character, one a Latin one)."""
    return sum(max(1, -(-_width(part) // max(10 * int(width), 1))) for part in text.split("\n"))


@lru_cache(maxsize=8192)
def _width(text: str) -> int:
    """Width of a text at size 10 in tenths of a column unit."""
    return sum(_WIDE if ord(c) > 0x2E7F else 10 for c in text)


def height_of(row: Sequence[Value], widths: Sequence[float], line: float = 14.5, least: float = 18) -> float:
    """Height of a row of wrapped texts: a height once set never grows, so prefilled rows get theirs from text ÷ width."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if value:
            text = value if isinstance(value, str) else str(value)
            if len(text) * _WIDE > 10 * int(width) or "\n" in text:  # else it takes one line, whatever it says
                lines = max(lines, text_lines(text, width))
    return max(least, lines * line + 4)
