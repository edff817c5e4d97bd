"""Workbooks as a naive computation reads them: rows as dictionaries. Imports nothing of the package."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from makers.naive_rows import rows_of

Record = dict[str, Any]


def number(value: Any) -> Fraction:
    """The decimal that somebody typed; a blank is 0."""
    return Fraction(format(value, ".15g")) if isinstance(value, int | float) else Fraction(str(value or 0))


def words(value: Any) -> list[str]:
    """`甲、乙` as a list."""
    return [word.strip() for word in re.split("[、，,]", str(value or "")) if word.strip()]


def tables(path: Path) -> dict[str, list[Record]]:
    """A workbook of plain tables: header in row 1."""
    found = {}
    for name, rows in rows_of(path).items():
        if rows:
            found[name] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if any(v is not None for v in row)]
    return found


def exported(path: Path) -> list[Record]:
    """The rows of an online export, one a ballot."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def of_class(row: Record, title: str, unit_class: str) -> Fraction | None:
    """The value of `title:class`, else of `title`."""
    value = row.get(f"{title}:{unit_class}")
    value = row.get(title) if value is None else value
    return None if value is None else number(value)


class Form:
    """A returned workbook: whose it is, and its sheets as records below the header row that begins with a key."""

    def __init__(self, path: Path) -> None:
        self.file, self.sheets = path.name, rows_of(path)
        self.about = {row[0]: row[1] for row in self.sheets["_meta"]}

    @property
    def kind(self) -> str:
        return str(self.about["填报表"])

    @property
    def key(self) -> str:
        """The object's code, or the copy's key."""
        return str(self.about["对象代码"] or "")

    def records(self, sheet: str, *keys: str) -> list[Record]:
        """Rows of a sheet; [] where the workbook has no such sheet."""
        rows = self.sheets.get(sheet)
        if rows is None:
            return []
        start = next(index for index, row in enumerate(rows) if row and row[0] in keys)
        return [dict(zip(rows[start], row, strict=False)) for row in rows[start + 1 :] if row and row[0]]
