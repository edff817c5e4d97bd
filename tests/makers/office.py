"""Jobs for a real office program that types into workbooks: one LibreOffice does many (`type_all`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from kaohe.records.tables import CellValue
from sample.fill import Cell, type_all

__all__ = ["Cell", "cell", "job", "type_all"]


def cell(place: tuple[str, str], value: CellValue) -> Cell:
    """A value as it is typed into (sheet, address): a date as a date, a number as a number, everything else as text."""
    if isinstance(value, date):
        return *place, "date", float((value - date(1899, 12, 30)).days)
    if isinstance(value, int | float):
        return *place, "number", value
    return *place, "text", str(value)


def job(source: Path, target: Path, cells: Iterable[Cell] = (), *acts: tuple[Any, ...]) -> dict[str, Any]:
    """Open, type, do, and save under another name in the format of its ending."""
    kind = target.suffix.removeprefix(".")
    return {"source": str(source), "target": str(target), "filter": kind, "cells": list(cells), "acts": list(acts)}
