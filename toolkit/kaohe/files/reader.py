"""Reads a workbook's bytes into plain tables: guard, python-calamine, and what the XML tells besides. Runs in a child process
(`kaohe.files.child`), because a file may still abort or stall the parser.

Control characters in texts come out as visible marks (U+2400 … U+241F for U+0000 … U+001F, U+FFFD for U+FFFE and U+FFFF); tab and line
breaks stay. Nobody types those marks, so whoever finds one knows what it stands for.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.core.cells import Source, a1, row_column
from kaohe.core.faults import Fault, quoted
from kaohe.core.sentences import fault
from kaohe.files.guard import Checked, Sheet, checked
from kaohe.files.limits import DEFAULTS, Limits, Refused
from kaohe.records.tables import CellValue, Reading, Refusal, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Rows = tuple[tuple[CellValue, ...], ...]

COVERED = "合并遮盖"
_MARKS = {n: 0x2400 + n for n in range(32) if chr(n) not in "\t\n\r"} | {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6})"')
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]{1,7})"[^>]* hidden="(?:1|true)"')
_COLUMN = re.compile(rb"<col [^>]*>")
_ATTRIBUTE = re.compile(rb' (min|max|hidden)="([^"]*)"')
_LARGE = 100_000


def read(data: bytes, limits: Limits = DEFAULTS) -> Reading | Refusal:
    """The workbook's tables, or why it was not read. Blank = None; a number cell that holds no plain number comes out as its text.

    xlsx numbers are floats; xls and ods give what their writers stored. Oddities, hidden rows and columns only for xlsx.
    """
    try:
        return _read(data, limits)
    except Refused as refused:
        return refused.refusal


def remarks(reading: Reading, file: str) -> tuple[Fault, ...]:
    """提示 about the file as a whole: macros, links, a name that does not fit the content, filled cells outside, giant merges.

    `file` is the name that the faults carry (and whose suffix is compared). Reports FILE-041 … FILE-045.
    """
    found = []
    if reading.has_macros:
        found.append(fault("FILE-041", Source(file)))
    if reading.has_links:
        found.append(fault("FILE-042", Source(file)))
    suffix = Path(file).suffix.lower().lstrip(".")
    fitting = {"xlsx": ("xlsx", "xlsm", "xltx", "xltm"), "xls": ("xls", "et", "xlt", "ett"), "ods": ("ods", "ots")}
    if suffix not in fitting[reading.kind]:
        found.append(fault("FILE-043", Source(file), f".{suffix}" if suffix else "", kind=f".{reading.kind}"))
    for address in reading.outside[:1]:
        sheet, _, cell = address.rpartition("!")
        more = f"{cell} 等 {len(reading.outside)} 处" if len(reading.outside) > 1 else cell
        found.append(fault("FILE-044", Source(file, sheet, cell), more))
    for table in reading.tables:
        found += [fault("FILE-045", Source(file, table.name), area) for area in table.merged if _area(area) > _LARGE][
            :1
        ]
    return tuple(found)


def _read(data: bytes, limits: Limits) -> Reading:
    it = checked(data, limits)
    workbook = _open(it)
    names = workbook.sheet_names
    if len(names) > limits.sheets:
        raise Refused("FILE-023", str(len(names)))
    tables: list[Table] = []
    outside: list[str] = []
    for index, name in enumerate(names):
        raw, merged = _rows(workbook, index, it)
        rows, beyond = _tidy(raw, it, limits)
        if it.kind == "xlsx":
            sheet = it.sheets[index]
            table, beyond = _table(sheet, rows, limits), list(sheet.outside)
        else:
            table = Table(name, rows, not _is_visible(workbook, index), merged)
        tables.append(table)
        outside += [f"{table.name}!{address}" for address in beyond]
    return Reading(it.kind, tuple(tables), tuple(outside[: limits.listed]), it.has_macros, it.has_links)


def _open(it: Checked) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_object(io.BytesIO(it.data))
    except BaseException as error:
        _let_pass(error)
    if it.kind == "xls":
        # Only a path with the right suffix makes the parser tell a password from damage.
        with tempfile.TemporaryDirectory(prefix="kaohe-") as folder:
            path = Path(folder) / "copy.xls"
            path.write_bytes(it.data)
            try:
                return CalamineWorkbook.from_path(str(path))
            except PasswordError:
                raise Refused("FILE-006") from None
            except BaseException as error:
                _let_pass(error)
        if "WordDocument".encode("utf-16-le") in it.data:
            raise Refused("FILE-003", "Word 文档")
        if "PowerPoint Document".encode("utf-16-le") in it.data:
            raise Refused("FILE-003", "演示文稿")
    raise Refused("FILE-010", f".{it.kind}")


def _let_pass(error: BaseException) -> None:
    """The parser's panics are no Exception, so all is caught; what is not the file's doing goes on."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
        raise error
    if isinstance(error, MemoryError):
        raise Refused("FILE-032") from None


def _rows(workbook: CalamineWorkbook, index: int, it: Checked) -> tuple[list[list[CellValue]], tuple[str, ...]]:
    try:
        sheet = workbook.get_sheet_by_index(index)
        rows: list[list[CellValue]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
        return rows, () if it.kind == "xlsx" else _merges(sheet)
    except BaseException as error:
        _let_pass(error)
        name = it.sheets[index].name if it.sheets else workbook.sheet_names[index]
        raise Refused("FILE-019" if "shared strings" in str(error) else "FILE-010", quoted(name)) from None


def _merges(sheet: CalamineSheet) -> tuple[str, ...]:
    ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]] = sheet.merged_cell_ranges or ()
    return tuple(f"{a1(top + 1, left + 1)}:{a1(bottom + 1, right + 1)}" for (top, left), (bottom, right) in ranges)


def _is_visible(workbook: CalamineWorkbook, index: int) -> bool:
    return str(workbook.sheets_metadata[index].visible).endswith("Visible")


def _tidy(raw: list[list[CellValue]], it: Checked, limits: Limits) -> tuple[Rows, list[str]]:
    """Blanks as None, the range that is kept, and the filled cells beyond it."""
    beyond: list[str] = []
    if len(raw) > limits.rows or (raw and len(raw[0]) > limits.columns):
        beyond = list(_beyond(raw, limits))
        raw = [row[: limits.columns] for row in raw[: limits.rows]]
    if it.has_controls:
        raw = [[_visible(value) for value in row] for row in raw]
    return tuple([tuple([None if value == "" else value for value in row]) for row in raw]), beyond


def _beyond(raw: list[list[CellValue]], limits: Limits) -> Iterable[str]:
    left = limits.listed
    for number, row in enumerate(raw, 1):
        first = 1 if number > limits.rows else limits.columns + 1
        for column, value in enumerate(row[first - 1 :], first):
            if value != "":
                yield a1(number, column)
                left -= 1
                if not left:
                    return


def _visible(value: CellValue) -> CellValue:
    if isinstance(value, str):
        return value if value.isprintable() else value.translate(_MARKS)
    if isinstance(value, float) and value - value != 0:
        return str(value)
    return value


def _table(sheet: Sheet, rows: Rows, limits: Limits) -> Table:
    """The table of a worksheet with what its XML tells besides the values."""
    merged = tuple([area.decode() for area in _MERGE.findall(sheet.xml.tail)])
    hidden = tuple([int(row) for row in _HIDDEN_ROW.findall(sheet.xml.cells)])
    columns = _hidden_columns(sheet.xml.head, limits.columns)
    covered = dict(_covered(rows, merged))
    return Table(sheet.name, rows, sheet.hidden, merged, {**covered, **sheet.oddities}, hidden, columns)


def _hidden_columns(head: bytes, most: int) -> tuple[int, ...]:
    found: set[int] = set()
    for column in _COLUMN.findall(head):
        told = dict(_ATTRIBUTE.findall(column))
        first, last = told.get(b"min", b""), told.get(b"max", b"")
        if told.get(b"hidden") in (b"1", b"true") and first.isdigit() and last.isdigit():
            found.update(range(int(first[:9]), min(int(last[:9]), most) + 1))
    return tuple(sorted(found))


def _covered(rows: Rows, merged: Iterable[str]) -> Iterable[tuple[str, str]]:
    """The cells under a merge, other than its first, that hold a value: no office program shows it."""
    for area in merged:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = row_column(first), row_column(last)
        for number, row in enumerate(rows[top - 1 : bottom], top):
            for column, value in enumerate(row[left - 1 : right], left):
                if value is not None and (number, column) != (top, left):
                    yield a1(number, column), COVERED


def _area(area: str) -> int:
    first, _, last = area.partition(":")
    (top, left), (bottom, right) = row_column(first), row_column(last)
    return (bottom - top + 1) * (right - left + 1)
