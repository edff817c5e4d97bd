"""Writes tables into 控制台: its own two sheets only, never into a form."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kaohe.live import console
from kaohe.live.excel import attached, quiet
from kaohe.live.parameters import console_of
from kaohe.stages.workspace import NotReady

if TYPE_CHECKING:
    import pandas as pd

    from kaohe.shown import Shown

TEXT, GENERAL, DAY = "@", "General", "yyyy-mm-dd"
_MOST_TEXT = 32_767  # characters of a cell


def push(frames: Mapping[str, Shown | pd.DataFrame], note: str = "") -> None:
    """Write tables into the sheets 结果 and 差错清单 of 控制台 (sheet → table), each in one block; what stood there before goes, formats
    stay. Texts are written as texts (001, =1+1), numbers as numbers. `note` stands above the tables.

    Raises LiveUnavailable, and NotReady for another sheet than these two.
    """
    with attached() as xlwings:
        write(console_of(xlwings), frames, note)


def write(book: Any, frames: Mapping[str, Shown | pd.DataFrame], note: str = "") -> None:
    """As `push`, into this 控制台."""
    others = frames.keys() - {console.RESULTS, console.FAULTS}
    if others:
        raise NotReady(
            f"控制台只有“{console.RESULTS}”和“{console.FAULTS}”两张表可写，没有“{'、'.join(sorted(others))}”。"
        )
    with quiet(book.app, "写结果…"):
        for name, frame in frames.items():
            _put(book.sheets[name], *_plain(frame), note)


def _plain(frame: Shown | pd.DataFrame) -> tuple[list[str], list[list[Any]]]:
    """Titles and rows of a table; a DataFrame's index is left out, like in the tables of the notebooks."""
    rows = frame.itertuples(index=False) if hasattr(frame, "itertuples") else frame.rows
    return [str(title) for title in frame.columns], [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> Any:
    """A value as a cell takes it; None for what is missing."""
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool | str):
        return value[:_MOST_TEXT] if isinstance(value, str) else value
    if isinstance(value, datetime | date):
        return None if value != value else value  # pandas' missing date equals nothing
    if isinstance(value, Decimal):
        return value
    if isinstance(value, numbers.Real):
        return float(value)
    return str(value)[:_MOST_TEXT] if str(value) not in ("<NA>", "NaT") else None


def _put(sheet: Any, titles: Sequence[str], rows: Sequence[Sequence[Any]], note: str) -> None:
    last = sheet.used_range.last_cell
    if last.row >= console.HEAD_ROW:
        sheet.range((console.HEAD_ROW, 1), (last.row, max(last.column, 1))).clear_contents()
    if note:
        sheet.range((console.NOTE_ROW, 1)).value = note
    if not titles:
        return
    sheet.range((console.HEAD_ROW, 1), (console.HEAD_ROW, len(titles))).number_format = TEXT
    bottom = console.FIRST_ROW + len(rows) - 1
    shown: list[list[Any]] = [list(row) for row in rows]
    for index in range(len(titles)):
        look = _format([row[index] for row in rows])
        if rows:
            # before the values: Excel reads a text that is written as if it were typed
            sheet.range((console.FIRST_ROW, index + 1), (bottom, index + 1)).number_format = look
        for row in shown:
            row[index] = _written(row[index], look)
    sheet.range((console.HEAD_ROW, 1)).options(ndim=2).value = [list(titles), *shown]


def _format(values: Sequence[Any]) -> str:
    """The number format of a column: texts if it holds one, else dates, else numbers with as many decimals as the longest has."""
    filled = [value for value in values if value is not None]
    if any(isinstance(value, str | bool) for value in filled):
        return TEXT
    if filled and all(isinstance(value, date) for value in filled):
        return DAY
    if not filled or any(isinstance(value, date) for value in filled):
        return GENERAL if not filled else TEXT
    places = max(_places(value) for value in filled)
    return "0" if places <= 0 else f"0.{'0' * min(places, 6)}"


def _places(value: float | Decimal) -> int:
    """How many decimals a number has; those of a Decimal are all meant, zeros too."""
    exponent = (value if isinstance(value, Decimal) else Decimal(repr(value)).normalize()).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _written(value: Any, look: str) -> Any:
    """A value as it is handed to Excel in a column of this format."""
    if value is not None and look == TEXT:
        return str(value)
    return float(value) if isinstance(value, Decimal) else value
