"""The marked copy of a scheme or roster: the analyst's own workbook with faulty cells painted and commented, and the list of them.

The original is never written. A copy that somebody worked on is never overwritten either: its list holds the fingerprint of the rules as
they were, so a copy in which nothing was changed since can be told and replaced.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from kaohe.core.faults import Fault
from kaohe.files.annotate import annotate
from kaohe.files.child import Reader
from kaohe.files.publish import write_file
from kaohe.files.xlsx import write
from kaohe.records.books import Book, Cell, Sheet, Style, Value
from kaohe.records.marks import LIST
from kaohe.records.tables import CellValue, Reading, Refusal
from kaohe.scheme.marked import is_untouched, marks_of
from kaohe.scheme.parse import fingerprint
from kaohe.scheme.sheets import ROSTER_SHEETS, SHEETS
from kaohe.stages.schemes import read_file
from kaohe.stages.workspace import NotReady

SUFFIX = ".xlsx"


def copy_beside(target: Path, path: Path) -> Path:
    """Where the marked copy of a second workbook goes: beside the first one's."""
    return target.with_name(f"{path.stem} 校验{SUFFIX}")


def mark(path: Path, target: Path, faults: Sequence[Fault], kind: str = "scheme", name: str = "") -> bool:
    """Write the marked copy of a workbook; False where nothing was found in it and it bears no marks of an earlier check, so that there is
    nothing to write. Without faults an earlier copy loses its marks.

    `kind` is `scheme` or `roster`; `name` is what faults call the workbook, "" = its own name. Workbooks that are no .xlsx are written as
    one: their cells, not their looks. Raises NotReady where the workbook cannot be read, or the target is the workbook itself, is no
    .xlsx, or is a file that was not made by this or was changed since.
    """
    sheets: Mapping[str, object] = SHEETS if kind == "scheme" else ROSTER_SHEETS
    with Reader() as reader:
        reading = read_file(path, reader)
        if isinstance(reading, Refusal):
            raise NotReady(f"{path.name} 无法读取，写不出校验件。")
        mine = [each for each in faults if each.source.file == (name or path.name)]
        if not mine and reading.table(LIST) is None:
            return False
        _may_write(path, target, reader, sheets)
    data = path.read_bytes() if reading.kind == "xlsx" else write(_plain(reading))
    try:
        made = annotate(data, marks_of(mine, reading, path.name, fingerprint(reading, sheets)))
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise NotReady(f"{path.name} 里有无法原样保留的内容，写不出校验件。请用 Excel 或 WPS 另存一次再试。") from error
    write_file(target, made)
    return True


def _may_write(path: Path, target: Path, reader: Reader, sheets: Mapping[str, object]) -> None:
    if target.suffix.lower() != SUFFIX:
        raise NotReady(f"校验件是 {SUFFIX} 文件，{target.name} 不是。请换一个文件名。")
    if not target.exists():
        return
    if target.resolve() == path.resolve():
        raise NotReady(f"{target.name} 就是要校验的工作簿，没有覆盖。请换一个文件名。")
    there = read_file(target, reader)
    if isinstance(there, Refusal) or not is_untouched(there, fingerprint(there, sheets)):
        raise NotReady(f"{target} 已存在，不是校验件或已经改过，没有覆盖。请校验它，或换一个文件名。")


def _plain(reading: Reading) -> Book:
    """The cells of a workbook at their addresses, for formats that cannot be kept."""
    sheets = tuple(
        Sheet(
            table.name,
            tuple(
                Cell(row, column, _value(value), Style(format="yyyy-mm-dd") if isinstance(value, date) else Style())
                for row, values in enumerate(table.rows, 1)
                for column, value in enumerate(values, 1)
                if value is not None
            ),
            grid=True,
        )
        for table in reading.tables
        if table.name != LIST
    )
    return Book("校验件", sheets)


def _value(value: CellValue) -> Value:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | int | float | bool | date) else str(value)
