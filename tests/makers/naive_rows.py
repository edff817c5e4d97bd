"""A workbook's cells as a second computation reads them, from the XML itself: openpyxl takes nine times as long over the styled blank forms.
Imports nothing of the package."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

Rows = list[list[Any]]
_COLUMN = re.compile("[A-Z]+")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def rows_of(path: Path) -> dict[str, Rows]:
    """Sheet → its rows from A1 on, all of one width; None is a blank. A formula is its text with `=`, so that nobody takes the program's own
    results for typed cells; a date is its serial number."""
    with zipfile.ZipFile(path) as package:

        def part(name: str) -> etree._Element:
            return etree.fromstring(package.read(name))

        strings = [_words(item) for item in part("xl/sharedStrings.xml").iterchildren("{*}si")]
        targets = {each.get("Id"): each.get("Target") for each in part("xl/_rels/workbook.xml.rels")}
        return {
            each.get("name"): _rows(part("xl/" + targets[each.get(_ID)].removeprefix("/xl/")), strings)
            for each in part("xl/workbook.xml").iter("{*}sheet")
        }


def _rows(sheet: etree._Element, strings: list[str]) -> Rows:
    cells = {}
    for cell in sheet.iter("{*}c"):
        if (value := _value(cell, strings)) is not None:
            column = _COLUMN.match(cell.get("r"))[0]
            cells[int(cell.get("r")[len(column) :]), _number(column)] = value
    width = max((column for _, column in cells), default=0)
    height = max((row for row, _ in cells), default=0)
    return [[cells.get((row, column)) for column in range(1, width + 1)] for row in range(1, height + 1)]


def _value(cell: etree._Element, strings: list[str]) -> Any:
    kind, formula = cell.get("t", "n"), cell.find("{*}f")
    if formula is not None:
        return f"={formula.text or ''}"
    if kind == "inlineStr":
        return _words(cell)
    words = cell.findtext("{*}v")
    if words is None or kind == "e":
        return words
    if kind == "s":
        return strings[int(words)]
    if kind in ("b", "str"):
        return words == "1" if kind == "b" else words
    return int(words) if re.fullmatch(r"-?\d+", words) else float(words)


def _words(item: etree._Element) -> str:
    return "".join(each.text or "" for each in item.iter("{*}t"))


def _number(letters: str) -> int:
    """`AA` is 27."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found
