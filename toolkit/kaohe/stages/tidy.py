"""A tidy table as the bytes of its CSV file: numbers as numbers, text that begins like a formula neutralised."""

from __future__ import annotations

from kaohe.core.exact import exact
from kaohe.files.csv import Value, write
from kaohe.records.tidy import Table


def csv_of(table: Table) -> bytes:
    """The CSV of a table. In the columns that hold numbers a minus sign stays a minus sign; everywhere else it would begin a formula."""
    rows: list[list[Value]] = [
        [exact(text) if name in table.numeric and text else text for name, text in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    return write(rows, table.columns)
