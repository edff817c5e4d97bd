"""Reads a workbook's bytes into plain tables: of an .xlsx what the guard's one pass over its XML gave; .xls and .ods by python-calamine,
with what their bytes tell besides. Runs in a child process (`kaohe.files.child`), because a file may still abort or stall a parser.

Control characters in texts come out as visible marks (U+2400 … U+241F for U+0000 … U+001F, U+FFFD for U+FFFE and U+FFFF); tab and line
breaks stay. Nobody types those marks, so whoever finds one knows what it stands for.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.core.cells import Source, a1
from kaohe.core.faults import Fault, quoted
from kaohe.core.sentences import fault
from kaohe.files.guard import Checked, checked
from kaohe.files.limits import DEFAULTS, Limits, Refused
from kaohe.files.sniff import XLSX
from kaohe.files.values import MARKS, Rows
from kaohe.files.worksheet import COVERED, LARGE, Area, Told, area, covered, worth_saying
from kaohe.records.tables import CellValue, Reading, Refusal, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


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
        large = (ref for ref in table.merged if (found_area := area(ref)) and found_area.size > LARGE)
        found += [fault("FILE-045", Source(file, table.name), ref) for ref in islice(large, 1)]
    return tuple(found)


def _read(data: bytes, limits: Limits) -> Reading:
    it = checked(data, limits)
    if it.kind == XLSX:
        found = tuple([_table(each.name, each.hidden, *each.found) for each in it.sheets])
        addresses = (f"{each.name}!{address}" for each in it.sheets for address in each.found.told.outside)
        return Reading(it.kind, found, tuple(islice(addresses, limits.listed)), it.has_macros, it.has_links)
    workbook = _open(it)
    names = workbook.sheet_names
    if len(names) > limits.sheets:
        raise Refused("FILE-023", str(len(names)))
    tables: list[Table] = []
    outside: list[str] = []
    for index, name in enumerate(names):
        raw, told = _rows(workbook, index, it)
        rows, beyond = _tidy(raw, limits)
        tables.append(_table(name, not _is_visible(workbook, index), rows, told))
        outside += [f"{name}!{address}" for address in (*beyond, *told.outside)]
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


def _rows(workbook: CalamineWorkbook, index: int, it: Checked) -> tuple[list[list[CellValue]], Told]:
    """A sheet's values, and what its file tells besides."""
    try:
        sheet = workbook.get_sheet_by_index(index)
        rows: list[list[CellValue]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
    except BaseException as error:
        _let_pass(error)
        raise Refused("FILE-010", quoted(workbook.sheet_names[index])) from None
    if it.tables:
        return rows, it.tables[index]
    return rows, (it.named or {}).get(sheet.name) or Told({}, tuple(_merges(sheet)), blanks_unsure=True)


def _merges(sheet: CalamineSheet) -> Iterator[Area]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield Area(top + 1, left + 1, bottom + 1, right + 1)


def _is_visible(workbook: CalamineWorkbook, index: int) -> bool:
    return str(workbook.sheets_metadata[index].visible).endswith("Visible")


def _tidy(raw: list[list[CellValue]], limits: Limits) -> tuple[Rows, list[str]]:
    """Blanks as None, the range that is kept, and the filled cells beyond it."""
    beyond: list[str] = []
    if len(raw) > limits.rows or (raw and len(raw[0]) > limits.columns):
        beyond = list(_beyond(raw, limits))
        raw = [row[: limits.columns] for row in raw[: limits.rows]]
    visible = ([_visible(value) for value in row] for row in raw)
    return tuple([tuple([None if value == "" else value for value in row]) for row in visible]), beyond


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
        return value if value.isprintable() else value.translate(MARKS)
    if isinstance(value, float) and value - value != 0:
        return str(value)
    return value


def _table(name: str, hidden: bool, rows: Rows, told: Told) -> Table:
    """The table of a sheet with what its file tells besides the values."""
    oddities = told.oddities
    merged: tuple[str, ...] = ()
    if told.merged:
        merged = worth_saying(told.merged, len(rows), max(map(len, rows), default=0))
        oddities = {**dict.fromkeys(covered(rows, told.merged), COVERED), **oddities}
    return Table(name, rows, hidden, merged, oddities, told.hidden_rows, told.hidden_columns, told.blanks_unsure)
