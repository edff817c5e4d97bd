"""The sheets of a workbook as parts of its file: the rows of a sheet become XML as soon as it is filled, and its cells are let go.

XlsxWriter keeps the cells of all sheets until the book is closed, then the text of all of them. A book of many thousand rows would stand
in memory three times over; so each sheet's rows are written to a file that the system forgets by itself (a small sheet stays in memory),
and come back one sheet at a time when the book is packed. The bytes are the same: styles are counted in the order in which cells meet
them, sheet by sheet, either way.
"""

from __future__ import annotations

from functools import cache
from io import StringIO
from tempfile import SpooledTemporaryFile
from typing import Any

from kaohe.core.cells import letters

_KEPT = 1 << 20  # bytes of rows that stay in memory
_POURED = 1 << 18  # characters of rows that are encoded together


@cache
def worksheet_class() -> Any:
    """A worksheet that takes waiting cells (`xlsx_cells.Waiting`), and formulas as they are: our books use functions of Excel 2007 only, and
    XlsxWriter's search for thirty newer ones in each formula costs a third of the writing.

    `settle()`: the sheet is filled, its cells become XML; none may be put into it after that.
    """
    from xlsxwriter.worksheet import Worksheet

    class Plain(Worksheet):  # type: ignore[misc]
        _rows: Any = None  # the XML of the rows, once the sheet is settled
        _before = 0  # characters of the part before its rows

        def settle(self) -> None:
            if self.dim_rowmin is None:
                return
            self._rows = SpooledTemporaryFile(_KEPT)
            self.fh = StringIO()
            self._write_rows()
            self._pour()
            # What is written of a link at the end depends on the cell that it stands on.
            linked = {row: {at: self.table[row][at] for at in links} for row, links in self.hyperlinks.items()}
            self.table.clear()
            self.table.update(linked)

        def _pour(self) -> None:
            self._rows.write(self.fh.getvalue().encode())
            self.fh = StringIO()

        def _write_row(self, row: int, spans: Any, row_info: Any = None, empty_row: bool = False) -> None:
            if self._rows is not None and self.fh.tell() > _POURED:
                self._pour()
            super()._write_row(row, spans, row_info, empty_row)

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            return formula.removeprefix("=")

        def _write_cell(self, row: int, col: int, cell: Any) -> None:
            if cell.__class__ is tuple:
                form, rest = cell
                self.fh.write(f'<c r="{letters(col + 1)}{row + 1}" s="{form._get_xf_index()}"{rest}')
            else:
                super()._write_cell(row, col, cell)

        def _write_sheet_data(self) -> None:
            if self._rows is None:
                super()._write_sheet_data()
                return
            self._xml_start_tag("sheetData")
            self._before = self.fh.tell()
            self._xml_end_tag("sheetData")

        def part(self, around: str) -> bytes:
            """The part's bytes, from what XlsxWriter wrote around the rows. Can be asked for once."""
            if self._rows is None:
                return around.encode()
            with self._rows as rows:
                rows.seek(0)
                return b"".join((around[: self._before].encode(), rows.read(), around[self._before :].encode()))

        def _write_hyperlinks(self) -> None:
            # XlsxWriter writes links to files with backslashes, which only Windows takes for folders; every program takes slashes.
            super()._write_hyperlinks()
            for link in self.external_hyper_links:
                link[1] = link[1].replace("\\", "/")

    return Plain


class _Part:
    """A sheet among the files that XlsxWriter packs: its bytes are put together when they are asked for, and held by nobody."""

    def __init__(self, worksheet: Any, around: StringIO) -> None:
        self._worksheet, self._around = worksheet, around

    def getvalue(self) -> bytes:
        made: bytes = self._worksheet.part(self._around.getvalue())
        return made


@cache
def workbook_class() -> Any:
    """A workbook whose sheets are all of `worksheet_class()`, and come to the file one at a time."""
    from xlsxwriter.packager import Packager
    from xlsxwriter.workbook import Workbook

    class Parts(Packager):  # type: ignore[misc]
        def _create_package(self) -> list[tuple[Any, str, bool]]:
            sheets = {
                f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(self.workbook.worksheets(), 1)
            }
            return [
                (_Part(sheets[name], text), name, True) if name in sheets else (text, name, is_binary)
                for text, name, is_binary in super()._create_package()
            ]

    class InParts(Workbook):  # type: ignore[misc]
        def _get_packager(self) -> Any:
            return Parts()

    return InParts
