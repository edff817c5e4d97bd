"""What a workbook means to two readers, so that two workbooks can be compared part by part: values, formulas, looks, checks, print set-up."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook


@lru_cache(8)
def meaning(data: bytes) -> dict[str, Any]:
    """Everything that people and programs see in an .xlsx, by name. Cell styles go as indices, so compare only under equal `styles`. To be
    read only: the last ones are kept."""
    formulas, values = (openpyxl.load_workbook(io.BytesIO(data), data_only=cached) for cached in (False, True))
    other = CalamineWorkbook.from_object(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        styles = file.read("xl/styles.xml")
    found: dict[str, Any] = {
        "styles": styles,
        "sheets": formulas.sheetnames,
        "names": {name: each.attr_text for name, each in formulas.defined_names.items()},
        "footers": footers(data),
        "active": formulas.active.title,
        "properties": {
            name: getattr(formulas.properties, name) for name in ("title", "subject", "creator", "created", "modified")
        },
    }
    for sheet in formulas.worksheets:
        found |= {f"{sheet.title} {part}": value for part, value in _sheet(sheet).items()}
        found[f"{sheet.title} cached"] = {
            cell.coordinate: cell.value
            for row in values[sheet.title].iter_rows()
            for cell in row
            if cell.value is not None
        }
        found[f"{sheet.title} calamine"] = other.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
    return found


def differences(one: bytes, other: bytes) -> dict[str, tuple[Any, Any]]:
    """The parts in which two workbooks differ; of those that are tables, only what differs in them."""
    first, second = meaning(one), meaning(other)
    assert first.keys() == second.keys()
    found = {}
    for part, value in first.items():
        if value != second[part]:
            found[part] = _less(value, second[part])
    return found


def _less(one: Any, other: Any) -> tuple[Any, Any]:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return one, other
    keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
    return {key: one.get(key) for key in keys}, {key: other.get(key) for key in keys}


def _sheet(sheet: Worksheet) -> dict[str, Any]:
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.has_style or cell.value is not None]
    return {
        "cells": {cell.coordinate: (cell.data_type, cell.value) for cell in cells},
        "looks": {cell.coordinate: cell.style_id for cell in cells},
        "links": {cell.coordinate: (cell.hyperlink.location, cell.hyperlink.tooltip) for cell in cells if cell.hyperlink},
        "comments": {cell.coordinate: cell.comment.text for cell in cells if cell.comment},
        "heights": {row: each.height for row, each in sheet.row_dimensions.items()},
        "widths": {column: (each.width, each.hidden) for column, each in sheet.column_dimensions.items()},
        "checks": sorted(str(sorted(_fields(each).items())) for each in sheet.data_validations.dataValidation),
        "conditional": sorted(
            (str(area.sqref), rule.formula, rule.dxfId, rule.priority) for area, rules in sheet.conditional_formatting._cf_rules.items() for rule in rules
        ),
        "frozen": sheet.freeze_panes,
        "shown": (sheet.sheet_state, sheet.sheet_view.showGridLines, sheet.sheet_view.selection[-1].activeCell, sheet.dimensions),
        "tab": sheet.sheet_properties.tabColor and sheet.sheet_properties.tabColor.rgb,
        "protected": {key: value for key, value in vars(sheet.protection).items()},
        "print": (sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.paperSize,
                  sheet.page_setup.fitToHeight, vars(sheet.page_margins)),
    }  # fmt: skip


def footers(data: bytes) -> dict[str, str]:
    """The footer of each worksheet part, as it lies in the file: openpyxl misreads a doubled &."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {
            name: etree.fromstring(file.read(name))
            for name in file.namelist()
            if name.startswith("xl/worksheets/sheet")
        }
    return {
        Path(name).stem: "".join(part.xpath("//*[local-name()='oddFooter']/text()")) for name, part in parts.items()
    }


def _fields(check: Any) -> dict[str, str]:
    return {key: str(value) for key, value in check}
