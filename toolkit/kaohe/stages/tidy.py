"""A tidy table as the bytes of its CSV file: numbers as numbers, text that begins like a formula neutralised."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.files.csv import pieces
from kaohe.records.tidy import Table


def csv_of(table: Table) -> bytes:
    """The CSV of a table. Says what `pieces_of` says."""
    return b"".join(pieces_of(table))


def pieces_of(table: Table) -> Iterator[bytes]:
    """The CSV of a table, piece by piece. In the columns that hold numbers a minus sign stays a minus sign; everywhere else it would begin
    a formula."""
    return pieces(table.rows, table.columns, numeric=table.numeric)
