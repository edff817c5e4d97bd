"""Formulas that a column repeats row by row, written once: the first row says the formula and how far it reaches, the others say which one.

Office programs read a shared formula as the same formula moved down, and Excel keeps it so; a form of sixty rows becomes a third smaller
by it, and what comes back is unpacked and read the faster. Only locked cells share: into an open one somebody types, and with the
first cell the others would lose theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from kaohe.core.cells import letters
from kaohe.records.books import Cell

#: a text or the quoted name of a sheet, in which nothing moves; else an address, whose row moves where no $ stands before it
_MOVING = re.compile(r""""(?:[^"]|"")*"|'(?:[^']|'')*'!|(?<![\w.$\\])(\$?[A-Z]{1,3})([1-9][0-9]{0,6})(?![\w.(!])""")
#: whole rows (`3:5`) would move too, and are not looked into
_WHOLE_ROWS = re.compile(r"(?<![\w.$])[0-9]+:[0-9]+(?!\w)")


def shared(cells: Iterable[Cell]) -> dict[tuple[int, int], str]:
    """By row and column the element `f` as far as it is the same in all rows of a run, `%s` standing for the formula in the first one."""
    columns: dict[int, dict[int, str]] = {}
    for cell in cells:
        rows = columns.setdefault(cell.column, {})
        rows.pop(cell.row, None)  # of several cells at one address the last one stands
        if cell.formula.startswith("=") and cell.style.locked and not (cell.link or cell.comment):
            if not _WHOLE_ROWS.search(cell.formula):
                rows[cell.row] = relative(cell.formula, cell.row)
    found: dict[tuple[int, int], str] = {}
    number = 0
    for column, rows in columns.items():
        for first, last in _runs(rows):
            letter = letters(column)
            found[first, column] = f'<f t="shared" ref="{letter}{first}:{letter}{last}" si="{number}">%s</f>'
            same = f'<f t="shared" si="{number}"/>'
            found.update({(row, column): same for row in range(first + 1, last + 1)})
            number += 1
    return found


def relative(formula: str, row: int) -> str:
    """A formula with each row that moves as its distance from the formula's own: the same text in every row to which it may be moved."""

    def distance(match: re.Match[str]) -> str:
        column, there = match.groups()
        return match[0] if column is None else f"{column}\0{int(there) - row}\0"

    return _MOVING.sub(distance, formula)


def _runs(rows: dict[int, str]) -> Iterable[tuple[int, int]]:
    """First and last row of each two or more that follow one another with the same formula."""
    if not rows:
        return
    order = sorted(rows)
    first = order[0]
    for row, following in pairwise([*order, 0]):
        if following != row + 1 or rows[following] != rows[row]:
            if row > first:
                yield first, row
            first = following
