"""The engine for tests with LibreOffice behind it instead of openpyxl: only what pushing into 控制台 needs, one question a cell."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from live.filebook import Book, Program
from makers.office import listening, script


class CalcCell:
    """A cell with the attributes of openpyxl's that the engine uses; `parent` is its sheet."""

    def __init__(self, sheet: CalcSheet, row: int, column: int) -> None:
        self.parent, self.place, self._format = sheet, (sheet.title, row, column), "General"
        self.data_type = ""

    @property
    def value(self) -> Any:
        return self.parent.ask("get", *self.place)

    @value.setter
    def value(self, value: Any) -> None:
        self.parent.ask("set", *self.place, value)

    @property
    def number_format(self) -> str:
        return "@"  # LibreOffice itself decides what a text becomes

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.parent.ask("format", *self.place, code)


class CalcSheet:
    """A sheet with the attributes of openpyxl's that the engine uses."""

    def __init__(self, like: Any, ask: Any) -> None:
        self.title, self.sheet_state, self.protection, self.ask = like.title, like.sheet_state, like.protection, ask

    def cell(self, row: int, column: int) -> CalcCell:
        return CalcCell(self, row, column)

    @property
    def max_row(self) -> int:
        return int(self.ask("size", self.title)[0])

    @property
    def max_column(self) -> int:
        return int(self.ask("size", self.title)[1])


class CalcBook(Book):
    """A workbook that LibreOffice holds."""

    def __init__(self, app: Program, path: Path, ask: Any) -> None:
        super().__init__(app, path)
        for sheet in self.sheets:
            sheet.sheet = CalcSheet(sheet.sheet, ask)


@contextmanager
def calc(program: Program, path: Path) -> Iterator[Any]:
    """Open a workbook in a LibreOffice of its own, as the only one of that program; gives a function (sheet, address) → value."""
    with listening() as pipe:
        server = subprocess.Popen(
            script("calc_server", pipe, str(path)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert server.stdin is not None and server.stdout is not None
        try:
            assert server.stdout.readline() == "ready\n"

            def ask(*work: Any) -> Any:
                server.stdin.write(json.dumps(work) + "\n")
                server.stdin.flush()
                return json.loads(server.stdout.readline())

            book = CalcBook(program, path, ask)
            program.books.all.append(book)
            program.books.active = book
            yield lambda sheet, address: ask("get", sheet, *openpyxl.utils.cell.coordinate_to_tuple(address))
        finally:
            server.stdin.close()
            server.wait(30)
