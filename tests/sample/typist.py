"""Types into issued forms through a running LibreOffice (UNO), as a person would, and saves them. Runs under the system's Python.

Usage: typist.py PIPE JOBS.json — each job: {"source", "target", "filter", "cells": [[sheet, address, kind, value], …]},
kind `text`, `number` or `date` (a serial number). A cell that the form protects is refused, as on the screen.
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}


def desktop(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def put(sheet, address, kind, value):
    cell = sheet.getCellRangeByName(address)
    if cell.CellProtection.IsLocked:
        raise SystemExit(f"{sheet.Name}!{address} is protected: nobody could type there")
    if kind == "text":
        cell.setString(value)
    else:
        cell.setValue(value)


def opened(office, path):
    """The document; an office that is still starting answers, and opens nothing."""
    for _ in range(60):
        document = office.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (option("Hidden", True),))
        if document is not None:
            return document
        time.sleep(0.5)
    raise SystemExit(f"LibreOffice cannot open {path}")


def work(office, job):
    document = opened(office, job["source"])
    try:
        sheets = document.Sheets
        for name, address, kind, value in job["cells"]:
            put(sheets.getByName(name), address, kind, value)
        document.calculateAll()
        target = uno.systemPathToFileUrl(job["target"])
        document.storeToURL(target, (option("FilterName", FILTERS[job["filter"]]),))
    finally:
        document.close(True)


def main():
    office = desktop(sys.argv[1])
    jobs = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    for job in jobs:
        work(office, job)
    try:
        office.terminate()
    except Exception:
        pass  # the office closes the bridge while it answers


main()
