"""The sheets of a workbook as parts of its file: the rows of a sheet become XML as soon as they are filled, and their cells are let go.

XlsxWriter keeps the cells of all sheets until the book is closed, then the text of all of them. A book of many thousand rows would stand
in memory three times over; so the rows of each sheet are written to a file that the system forgets by itself (a small sheet stays in
memory), some at a time where they come in their order, and go from there into the package piece by piece. The bytes are the same: styles
are counted in the order in which cells meet them, row by row and sheet by sheet, either way.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import StringIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kaohe.core.cells import letters

_KEPT = 1 << 20  # bytes of rows that stay in memory
_POURED = 1 << 18  # characters of rows that are encoded together, and bytes that are packed together
_BLOCK = 16  # rows that say together which columns they span
_WAITING = 64  # rows that are filled before they become XML together
_ANY = 1 << 30
_DATE = (1980, 1, 1, 0, 0, 0)


@cache
def _names() -> tuple[str, ...]:
    """The letters of all columns of a sheet."""
    return tuple(letters(number) for number in range(1, 16_385))


@cache
def worksheet_class() -> Any:
    """A worksheet that takes waiting cells (`xlsx_cells.Waiting`), and formulas as they are: our books use functions of Excel 2007 only, and
    XlsxWriter's search for thirty newer ones in each formula costs a third of the writing.

    `flow(row)`: rows above it (from 0) are filled, they become XML. `settle()`: the sheet is filled. Nothing may be put into what is XML.
    """
    from xlsxwriter.worksheet import Worksheet

    class Plain(Worksheet):  # type: ignore[misc]
        _rows: Any = None  # the XML of the rows, once there are any
        _linked: dict[int, dict[int, Any]]  # the cells of those rows on which a link stands
        _next = 0  # the first row that is no XML
        _before = 0  # characters of the part before its rows

        def flow(self, row: int) -> int:
            """The row at which it is worth asking again."""
            if self.comments:  # what is written of a row then depends on them
                return _ANY
            self._write_above(row - row % _BLOCK)
            return row + _WAITING

        def settle(self) -> None:
            if self.dim_rowmin is None:
                return
            if self.comments:
                self._open()
                self._write_rows()
                self._keep_links(range(self.dim_rowmin, self.dim_rowmax + 1))
            else:
                self._write_above(self.dim_rowmax + 1)
            self._pour()
            self.table.clear()
            self.table.update(self._linked)
            self.row_info.clear()

        def _open(self) -> None:
            if self._rows is None:
                self._rows, self._linked = SpooledTemporaryFile(_KEPT), {}
                self.fh = StringIO()

        def _keep_links(self, rows: range) -> None:
            # What is written of a link at the end depends on the cell that it stands on.
            for row in rows:
                if row in self.hyperlinks:
                    self._linked[row] = {at: self.table[row][at] for at in self.hyperlinks[row]}

        def _pour(self) -> None:
            self._rows.write(self.fh.getvalue().encode())
            self.fh = StringIO()

        def _write_above(self, end: int) -> None:
            """XlsxWriter's `_write_rows` for the rows above `end` that are no XML yet."""
            self._open()
            while self._next < end:
                block = range(self._next, min(end, self._next - self._next % _BLOCK + _BLOCK))
                self._next = block.stop
                self._write_block(block)
                self._keep_links(block)
                for row in block:
                    self.table.pop(row, None)
                if self.fh.tell() > _POURED:
                    self._pour()

        def _write_block(self, block: range) -> None:
            filled = {row: sorted(self.table[row].items()) for row in block if self.table.get(row)}
            left = min((cells[0][0] for cells in filled.values()), default=0)
            right = max((cells[-1][0] for cells in filled.values()), default=0)
            span = f"{left + 1}:{right + 1}" if filled else None
            for row in block:
                if row in filled:
                    self._write_row(row, span, self.row_info.get(row))
                    self._write_cells(row, filled[row])
                    self.fh.write("</row>")
                elif row in self.row_info:
                    self._write_empty_row(row, span, self.row_info[row])

        def _write_cells(self, row: int, cells: list[tuple[int, Any]]) -> None:
            names, texts = _names(), []
            end = f'{row + 1}" s="'
            for column, cell in cells:
                if cell.__class__ is tuple:
                    form, rest = cell
                    index = form.xf_index
                    if index is None:
                        index = form._get_xf_index()
                    texts.append(f'<c r="{names[column]}{end}{index}"{rest}')
                else:
                    self.fh.write("".join(texts))
                    texts.clear()
                    self._write_cell(row, column, cell)
            self.fh.write("".join(texts))

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

        def pieces(self, around: str) -> Iterator[bytes]:
            """The part's bytes, from what XlsxWriter wrote around the rows. Can be asked for once."""
            yield around[: self._before].encode()
            if self._rows is not None:
                with self._rows as rows:
                    rows.seek(0)
                    while piece := rows.read(_POURED):
                        yield piece
            yield around[self._before :].encode()

        def _write_hyperlinks(self) -> None:
            # XlsxWriter writes links to files with backslashes, which only Windows takes for folders; every program takes slashes.
            super()._write_hyperlinks()
            for link in self.external_hyper_links:
                link[1] = link[1].replace("\\", "/")

    return Plain


@cache
def workbook_class() -> Any:
    """A workbook whose sheets are all of `worksheet_class()`. Closing it writes nothing: `pack` does."""
    from xlsxwriter.packager import Packager
    from xlsxwriter.workbook import Workbook

    class Parts(Packager):  # type: ignore[misc]
        def _create_package(self) -> list[Any]:
            self.workbook.parts = super()._create_package()
            return []

    class InParts(Workbook):  # type: ignore[misc]
        parts: list[tuple[Any, str, bool]]

        def _get_packager(self) -> Any:
            return Parts()

    return InParts


def pack(workbook: Any, file: IO[bytes]) -> None:
    """Write the package of a closed workbook: its parts as XlsxWriter would pack them, the rows of one sheet after the other."""
    sheets = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(workbook.worksheets(), 1)}
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for text, name, is_binary in workbook.parts:
            info = ZipInfo(name, _DATE)
            info.compress_type = ZIP_DEFLATED
            with package.open(info, "w") as part:
                if name in sheets:
                    part.writelines(sheets[name].pieces(text.getvalue()))
                else:
                    part.write(text.getvalue() if is_binary else text.getvalue().encode())
            text.close()
