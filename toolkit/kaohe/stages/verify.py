"""`kaohe verify`: an office program recalculates a results workbook; every formula cell is compared with the value that stands in the file,
and every recalculated figure with the program's on the sheet 核对.

Of the workbook that the program wrote, both are the program's values; of a copy that somebody saved (.xlsx, .ods, .xls) the second
comparison tells whether inputs were changed. An office program believes the values of a file unless it is told to recalculate on loading;
a private profile tells it (design of the results workbook, 3; .xls is always recalculated by LibreOffice 7.4).
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kaohe.core.cells import a1, row_column
from kaohe.documents.results.grid import CHECKS, HEAD_ROW
from kaohe.official.check import office
from kaohe.stages.workspace import NotReady

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

TOLERANCE = 1e-9
_FIRST_DAY = datetime(1899, 12, 30)
_SECONDS = 600
#: always recalculate what comes in the formats of Excel 2007 and of LibreOffice
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_BOOK = "{name} 不是能够读取的工作簿（.xlsx、.ods、.xls）。请用 kaohe run 写出的 考核结果.xlsx，或由它另存的文件。"
_PROGRAM, _FORMULA = "\n程序", "\n公式"

Value = float | int | str | bool
#: (sheet, cell) → value
Values = Mapping[tuple[str, str], Value]


class Difference(msgspec.Struct, frozen=True):
    """A cell with two values: what stands in the file (or the program's figure on 核对), and what the office program makes of the formula.
    `what` names a figure of 核对: object and figure."""

    sheet: str
    cell: str
    ours: Value
    office: Value
    what: str = ""


class Verified(msgspec.Struct, frozen=True):
    """Formula cells by sheet, and those with two values, in the order of the sheets; how many figures 核对 holds of the program, and those
    that the formulas do not give."""

    formulas: dict[str, int]
    differences: tuple[Difference, ...]
    figures: int = 0
    changed: tuple[Difference, ...] = ()


def verify(path: Path) -> Verified:
    """Recalculate a workbook (.xlsx, .ods, .xls) and compare; the file stays as it is.

    Raises NotReady where no office program is installed, where the file is no workbook or has no formulas, and where the office program
    does not open it.
    """
    if not office.program():
        raise NotReady("没有找到 LibreOffice，不能重新计算。请安装 LibreOffice（免费）后再运行 kaohe verify。")
    kind = _kind(path)
    if kind == ".xlsx":
        ours = formula_values(path)
        _must_have_formulas(path, ours)
        theirs = _recalculated(path, kind)[0]
    else:
        theirs, formulas = _recalculated(path, kind)
        values = _shown(path)
        ours = {place: values.get(place, "") for place in formulas}
        if kind == ".xls":
            # LibreOffice leaves the words of formulas out of an .xls (read as 0), and always recalculates one; 核对 holds those that count.
            ours |= {place: theirs[place] for place in formulas if ours[place] == 0 and isinstance(theirs[place], str)}
        _must_have_formulas(path, ours)
    sheets = dict.fromkeys(sheet for sheet, _ in ours)
    counted = {name: sum(sheet == name for sheet, _ in ours) for name in sheets}
    compared = tuple(figures(theirs))
    changed = tuple(each for each in compared if not is_same(each.ours, each.office))
    return Verified(counted, tuple(differences(ours, theirs)), len(compared), changed)


def _must_have_formulas(path: Path, ours: Values) -> None:
    if not ours:
        raise NotReady(f"{path.name} 里没有公式，不用重新计算。对象很多的结果工作簿只列数值，见其“说明”表。")


def figures(values: Values) -> Iterator[Difference]:
    """Every figure of the program on 核对 beside what the formula gives: a column “… 程序” with “… 公式” on its right."""
    mine = {row_column(cell): value for (sheet, cell), value in values.items() if sheet == CHECKS}
    heads = {column: str(value) for (row, column), value in mine.items() if row == HEAD_ROW}
    pairs = [
        (column, head.removesuffix(_PROGRAM).strip())
        for column, head in heads.items()
        if head.endswith(_PROGRAM) and heads.get(column + 1) == head.removesuffix(_PROGRAM) + _FORMULA
    ]
    for row in sorted({row for row, _ in mine if row > HEAD_ROW}):
        name = mine.get((row, 2)) or mine.get((row, 1), "")
        for column, title in pairs:
            ours, office_ = mine.get((row, column), ""), mine.get((row, column + 1), "")
            yield Difference(CHECKS, a1(row, column + 1), ours, office_, f"{name} {title}")


def differences(ours: Values, theirs: Values) -> Iterator[Difference]:
    """The cells of `ours` whose value is another in `theirs`: numbers beyond TOLERANCE (relative above 1), texts that are not the same; and
    every error value (#DIV/0! …), also where both have it."""
    for (sheet, cell), value in ours.items():
        new = theirs.get((sheet, cell), "")
        if not is_same(value, new) or str(new).startswith("#"):
            yield Difference(sheet, cell, value, new)


def is_same(one: Value, other: Value) -> bool:
    """Whether two cell values are the same: numbers within TOLERANCE, all else exactly."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= TOLERANCE * max(1.0, abs(one), abs(other))
    return one == other


def formula_values(path: Path) -> dict[tuple[str, str], Value]:
    """The cached value of every formula cell. Raises NotReady where the file is no workbook."""
    cached = _values(_book(path, values=True))
    return {place: cached[place] for place in _formula_cells(_book(path, values=False))}


def _formula_cells(book: Workbook) -> list[tuple[str, str]]:
    return [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def _kind(path: Path) -> str:
    """The ending that tells the office program what a file is, by its first bytes. Raises NotReady for what is no workbook."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotReady(f"打不开 {path}。请核对路径；正被别的程序打开的，关闭后重试。") from error
    if data[:8] == _OLE:
        return ".xls"
    try:
        with zipfile.ZipFile(path) as inside:
            return ".ods" if "content.xml" in inside.namelist() else ".xlsx"
    except zipfile.BadZipFile as error:
        raise NotReady(_NO_BOOK.format(name=path.name)) from error


def _shown(path: Path) -> dict[tuple[str, str], Value]:
    """The values that stand in an .ods or .xls."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return {
                (name, a1(row, column)): _plain(value)
                for name in book.sheet_names
                for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
                for column, value in enumerate(cells, 1)
            }
    except CalamineError as error:
        raise NotReady(_NO_BOOK.format(name=path.name)) from error


def _recalculated(path: Path, kind: str) -> tuple[dict[tuple[str, str], Value], list[tuple[str, str]]]:
    """The value of every cell after the office program has recalculated the workbook, and which cells hold formulas (of an .xlsx we know).
    Raises NotReady where it cannot."""
    with office.work_folder() as name:
        folder = Path(name)
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        given, made = folder / "in" / f"book{kind}", folder / "book.xlsx"
        given.parent.mkdir()
        given.write_bytes(path.read_bytes())
        office.convert([given], "xlsx:Calc MS Excel 2007 XML", folder, settings.parent, _SECONDS)
        if not made.is_file():
            raise NotReady(f"LibreOffice 没有打开 {path.name}，不能重新计算。请用 LibreOffice 打开一次，看能否打开。")
        return _values(_book(made, values=True)), [] if kind == ".xlsx" else _formula_cells(_book(made, values=False))


def _book(path: Path, values: bool) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of looks that openpyxl would not write; nothing is written
            return load_workbook(path, data_only=values)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise NotReady(_NO_BOOK.format(name=path.name)) from error


def _values(book: Workbook) -> dict[tuple[str, str], Value]:
    return {
        (sheet.title, cell.coordinate): _plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def _plain(value: Any) -> Value:
    """A cell's value as the workbook stores it: dates and times as serial numbers, blank as ""."""
    if isinstance(value, time):
        value = datetime.combine(_FIRST_DAY.date(), value)
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return (moment - _FIRST_DAY) / timedelta(days=1)
    return "" if value is None else value
