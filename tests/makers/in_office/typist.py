"""Types into issued forms through a running LibreOffice (UNO), as a person would, and saves them. Runs under the system's Python.

Usage: typist.py PIPE JOBS.json — each job: {"source", "target", "filter", "cells": [[sheet, address, kind, value], …], "acts": …},
kind `text`, `number` or `date` (a serial number). A cell that the form protects is refused, as on the screen. `acts` are what people do
to a form besides, each [name, sheet, …]: see `ACTS`; they take the sheet's protection off first.
"""

import json
from pathlib import Path

import uno
from bridge import connected, end_after, opened, option
from com.sun.star.table import TableSortField

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}


def put(sheet, address, kind, value):
    cell = sheet.getCellRangeByName(address)
    if cell.CellProtection.IsLocked:
        raise SystemExit(f"{sheet.Name}!{address} is protected: nobody could type there")
    if kind == "text":
        cell.setString(value)
    else:
        cell.setValue(value)


def sort(sheet, area, column, ascending):
    """Whole rows of an area by one of its columns (0 = the first)."""
    field = TableSortField()
    field.Field, field.IsAscending = column, ascending
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    sheet.getCellRangeByName(area).sort((option("SortFields", fields), option("ContainsHeader", False)))


def insert_rows(sheet, row, count):
    """Blank rows above a row (1 = the first)."""
    sheet.Rows.insertByIndex(row - 1, count)


def insert_column(sheet, column):
    """A blank column before a column (1 = A)."""
    sheet.Columns.insertByIndex(column - 1, 1)


def move_column(sheet, column, to):
    """A column cut out and put before another one."""
    sheet.Columns.insertByIndex(to - 1, 1)
    source = sheet.Columns.getByIndex(column if column >= to else column - 1)
    sheet.moveRange(sheet.getCellByPosition(to - 1, 0).CellAddress, source.RangeAddress)
    sheet.Columns.removeByIndex(column if column >= to else column - 1, 1)


def delete_row(sheet, row):
    """A row taken away."""
    sheet.Rows.removeByIndex(row - 1, 1)


def copy(sheet, area, to):
    """Cells pasted over others, with their format, validation and protection."""
    sheet.copyRange(sheet.getCellRangeByName(to).CellAddress, sheet.getCellRangeByName(area).RangeAddress)


def merge(sheet, area):
    """Cells made one."""
    sheet.getCellRangeByName(area).merge(True)


def rename(sheet, name):
    """Another name for a sheet."""
    sheet.Name = name


def hide_rows(sheet, first, last):
    """Rows out of sight."""
    for row in range(first - 1, last):
        sheet.Rows.getByIndex(row).IsVisible = False


def force(sheet, address, kind, value):
    """Typing into any cell, once the protection is off."""
    cell = sheet.getCellRangeByName(address)
    cell.setString(value) if kind == "text" else cell.setValue(value)


def formula(sheet, address, words):
    """A formula of somebody's own over a value."""
    sheet.getCellRangeByName(address).setFormula(words)


def percent(sheet, address, value):
    """A number that is shown as a percentage."""
    cell = sheet.getCellRangeByName(address)
    cell.setValue(value)
    cell.NumberFormat = 10  # 0%


ACTS = {
    each.__name__: each
    for each in (
        sort,
        insert_rows,
        insert_column,
        move_column,
        delete_row,
        copy,
        merge,
        rename,
        hide_rows,
        force,
        formula,
        percent,
    )
}


def work(context, job):
    document = opened(context, job["source"])
    try:
        sheets = document.Sheets
        for name, address, kind, value in job["cells"]:
            put(sheets.getByName(name), address, kind, value)
        for act, name, *given in job.get("acts", ()):
            sheet = sheets.getByName(name)
            sheet.unprotect("")
            ACTS[act](sheet, *given)
        document.calculateAll()
        target = uno.systemPathToFileUrl(job["target"])
        document.storeToURL(target, (option("FilterName", FILTERS[job["filter"]]),))
    finally:
        document.close(True)


def main(pipe, jobs):
    context = connected(pipe)
    for job in json.loads(Path(jobs).read_text(encoding="utf-8")):
        work(context, job)


end_after(main)
