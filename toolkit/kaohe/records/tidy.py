"""A tidy table (data/*.csv) as plain data: every value already text."""

from __future__ import annotations

import msgspec


class Table(msgspec.Struct, frozen=True):
    """A tidy table: column names and rows of text of the same length. `numeric` are the columns that hold numbers or blanks."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[str] = frozenset()
