"""A tidy table (data/*.csv) as plain data: every value already text."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import msgspec

from kaohe.core.exact import plain

MOST_PLACES = 10


class Table(msgspec.Struct, frozen=True):
    """A tidy table: column names and rows of text of the same length. `numeric` are the columns that hold numbers or blanks. Rows that come
    from a stream (`Iterator`) can be gone through once."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[str, ...]]
    numeric: frozenset[str] = frozenset()


def decimal(value: Fraction | None) -> str:
    """Plain decimal text: exact where it is finite within MOST_PLACES, else rounded there; "" for None."""
    return "" if value is None else plain(value, MOST_PLACES)


def yes(value: bool) -> str:
    """是 or 否."""
    return "是" if value else "否"
