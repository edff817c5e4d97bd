"""An office program recalculates workbooks: LibreOffice with a profile that forces recalculation, and the comparison of every formula cell.

A default profile believes cached values and changes none; so each check is also made with spoilt ones.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from kaohe.core.cells import a1
from kaohe.records.books import Book

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


ALWAYS, NEVER = 0, 1
_XLSX = "xlsx:Calc MS Excel 2007 XML"
#: in what people save a copy
FORMATS = ("xlsx", "ods", "xls")


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The workbooks after a forced recalculation, by the same names; one start of the office program for all."""
    given = _laid(books, folder)
    _convert(given, _XLSX, folder / "out", ALWAYS)
    return {name: (folder / "out" / path.name).read_bytes() for name, path in zip(books, given, strict=True)}


def recalculated_in(books: Mapping[str, bytes], folder: Path) -> dict[tuple[str, str], bytes]:
    """The same by name and format: copies saved as .ods and .xls with the values as they stand, then recalculated there."""
    given = _laid(books, folder)
    copies = list(given)
    for kind in FORMATS[1:]:
        _convert(given, kind, folder / kind, NEVER)
        for path in given:
            copy = folder / f"{path.stem}-{kind}.{kind}"
            (folder / kind / f"{path.stem}.{kind}").rename(copy)
            copies.append(copy)
    _convert(copies, _XLSX, folder / "out", ALWAYS)
    names = [(name, kind) for kind in FORMATS for name in books]
    return {name: (folder / "out" / f"{path.stem}.xlsx").read_bytes() for name, path in zip(names, copies, strict=True)}


def _laid(books: Mapping[str, bytes], folder: Path) -> list[Path]:
    """The workbooks as files of a folder, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    given = [folder / f"b{number}.xlsx" for number in range(len(books))]
    for path, data in zip(given, books.values(), strict=True):
        path.write_bytes(data)
    return given


def _convert(given: list[Path], to: str, into: Path, mode: int) -> None:
    """One start of the office program, with a profile that recalculates on loading ALWAYS or NEVER."""
    profile = into.parent / f"profile{mode}" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    words = _PROFILE.replace("<value>0</value>", f"<value>{mode}</value>")
    (profile / "registrymodifications.xcu").write_text(words, encoding="utf-8")
    place = f"-env:UserInstallation={profile.parent.as_uri()}"
    call = ["soffice", place, "--headless", "--convert-to", to, "--outdir", str(into), *map(str, given)]
    subprocess.run(call, check=True, capture_output=True, timeout=300)


def spoilt(data: bytes) -> bytes:
    """The workbook with every cached formula result replaced by nonsense."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            part = source.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(part)
                for cell in root.iter(f"{_MAIN}c"):
                    if cell.find(f"{_MAIN}f") is not None:
                        value = cell.find(f"{_MAIN}v")
                        value = etree.SubElement(cell, f"{_MAIN}v") if value is None else value
                        value.text = "坏" if cell.get("t") == "str" else "-987654.321"
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(item.filename, part)
    return out.getvalue()


def differences(book: Book, after: bytes) -> list[str]:
    """Every formula cell whose recalculated value is not the program's (numbers 1e-9, text exact), or an error value."""
    fresh = values(after)
    found = []
    for sheet in book.sheets:
        for cell in (cell for cell in sheet.cells if cell.formula):
            value, new = cell.value, fresh.get((sheet.name, a1(cell.row, cell.column)))
            if not equal("" if value is None else value, new) or str(new).startswith("#"):
                found.append(f"{sheet.name}!{a1(cell.row, cell.column)} {cell.formula}: {value!r} → {new!r}")
    return found


def unequal(original: bytes, after: bytes) -> list[str]:
    """Every formula cell of a workbook whose value in another one is not the same (numbers 1e-9, text exact), or an error value."""
    cached, fresh = values(original), values(after)
    return [
        f"{sheet}!{cell} {formula}: {cached[sheet, cell]!r} → {fresh.get((sheet, cell))!r}"
        for (sheet, cell), formula in formulas(original)
        if not equal(cached[sheet, cell], fresh.get((sheet, cell), ""))
        or str(fresh.get((sheet, cell), "")).startswith("#")
    ]


def corrected(workbooks: Mapping[str, Path], folder: Path) -> dict[str, int]:
    """By workbook, how many formula cells it has: each was spoilt, and an office program gave it its value again, in .xlsx and in copies saved
    as .ods and .xls. Fails with the cells that another value came for."""
    originals = {name: path.read_bytes() for name, path in workbooks.items()}
    after = recalculated_in({name: spoilt(data) for name, data in originals.items()}, folder)
    wrong = {place: found for place, data in after.items() if (found := unequal(originals[place[0]], data))}
    assert not wrong, {place: (len(found), found[:3]) for place, found in wrong.items()}
    return {name: sum(1 for _ in formulas(data)) for name, data in originals.items()}


def formulas(data: bytes) -> Iterator[tuple[tuple[str, str], str]]:
    """((sheet, cell), formula) of every formula cell."""
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield (sheet.title, cell.coordinate), str(cell.value)


def values(data: bytes) -> dict[tuple[str, str], Any]:
    """(sheet, cell) → value of every cell; blank is ""."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.coordinate): "" if _is_address(cell) else _plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def _is_address(cell: Any) -> bool:
    """Whether a blank cell has a link: openpyxl then gives the address for its value."""
    return cell.hyperlink is not None and cell.value in (cell.hyperlink.location, cell.hyperlink.target)


def equal(one: Any, other: Any) -> bool:
    """Whether two cell values are the same as a reader sees them."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))
    return bool(one == other)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value - datetime(1899, 12, 30)).days
    return "" if value is None else value
