"""Sheets inside a test, as small pipe tables: rule, input and outcome are read together."""

from __future__ import annotations

from kaohe.records.tables import CellValue, Reading, Table


def table(name: str, text: str) -> Table:
    """A sheet from lines `| a | 1 |`: numbers are numbers, empty cells blank."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return Table(name, tuple(tuple(_value(cell) for cell in line.strip("|").split("|")) for line in lines))


def reading(sheets: dict[str, str]) -> Reading:
    """A workbook of such sheets."""
    return Reading("xlsx", tuple(table(name, text) for name, text in sheets.items()))


def _value(text: str) -> CellValue:
    text = text.strip()
    if not text:
        return None
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
