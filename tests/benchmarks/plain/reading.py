"""Every returned workbook opened with openpyxl in full; each sheet's table appended to one pandas frame for all units."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

Rows = list[list[Any]]
#: sheet → what its header row begins with
TABLES = {
    "封面": "项目", "评分": "编码", "扣分与问题": "序号", "计分事项": "序号", "加减分": "序号", "整改情况": "问题编号", "综合评语": "项目",
}  # fmt: skip


@dataclass(frozen=True)
class Returned:
    """What all units typed, one frame a sheet; each row knows `unit` and the sheet's `row` it stood in."""

    frames: dict[str, pd.DataFrame]
    units: list[str]

    def __getitem__(self, sheet: str) -> pd.DataFrame:
        return self.frames[sheet]


def read_folder(folder: Path) -> Returned:
    """All returned forms; workbooks that are no unit's form (the opening problems, say) are left out."""
    found: dict[str, list[dict[str, Any]]] = {sheet: [] for sheet in TABLES}
    units = []
    for path in sorted(folder.iterdir()):
        book = sheets_of(path)
        about = {row[0]: row[1] for row in book.get("_meta", [])}
        unit = about.get("对象代码")
        if not unit:
            continue
        units.append(str(unit))
        for sheet, key in TABLES.items():
            if sheet in book:
                found[sheet].extend({**row, "unit": unit, "file": path.name} for row in records(book[sheet], key))
    frames = {sheet: pd.DataFrame(rows).astype(object) for sheet, rows in found.items()}
    return Returned({sheet: frame.where(frame.notna(), None) for sheet, frame in frames.items()}, units)


def sheets_of(path: Path) -> dict[str, Rows]:
    """Sheet → rows of values."""
    if path.suffix.lower() == ".xls":
        old = pd.read_excel(path, sheet_name=None, header=None, engine="calamine")
        return {name: frame.astype(object).where(frame.notna(), None).values.tolist() for name, frame in old.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def records(rows: Rows, key: str) -> list[dict[str, Any]]:
    """The rows below the header row, which is the one that begins with `key`."""
    start = next(number for number, row in enumerate(rows) if row and row[0] == key)
    titles = rows[start]
    return [
        {"row": number, **{title: value for title, value in zip(titles, row, strict=False) if title}}
        for number, row in enumerate(rows[start + 1 :], start + 2)
        if row and row[0] not in (None, "")
    ]
