"""A workbook in a running LibreOffice, moved by lines of JSON on stdin and answered on stdout. Runs under the system's Python.

Usage: calc_server.py PIPE FILE — then a line each: ["get", sheet, row, column], ["set", sheet, row, column, value],
["format", sheet, row, column, code], ["size", sheet]. A text is taken as if it were typed, unless the cell's format is text.
"""

import json
import sys

from bridge import connected, end_after, opened
from com.sun.star.lang import Locale
from com.sun.star.table.CellContentType import EMPTY, FORMULA, TEXT

RESULT_IS_TEXT, TEXT_FORMAT = 2, 256


class Server:
    def __init__(self, document):
        self.document = document

    def _cell(self, sheet, row, column):
        return self.document.Sheets.getByName(sheet).getCellByPosition(column - 1, row - 1)

    def get(self, *place):
        cell = self._cell(*place)
        if cell.Type == EMPTY:
            return None
        is_text = cell.Type == TEXT or (cell.Type == FORMULA and cell.FormulaResultType2 == RESULT_IS_TEXT)
        return cell.String if is_text else cell.Value

    def set(self, sheet, row, column, value):
        cell = self._cell(sheet, row, column)
        if isinstance(value, str) and value:
            if self.document.NumberFormats.getByKey(cell.NumberFormat).Type & TEXT_FORMAT:
                cell.String = value
            else:
                cell.Formula = value
        elif value is None or value == "":
            cell.Formula = ""
        else:
            cell.Value = value

    def format(self, sheet, row, column, code):
        formats, locale = self.document.NumberFormats, Locale("en", "US", "")
        key = formats.queryKey(code, locale, False)
        self._cell(sheet, row, column).NumberFormat = key if key >= 0 else formats.addNew(code, locale)

    def size(self, sheet):
        cursor = self.document.Sheets.getByName(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        return [cursor.RangeAddress.EndRow + 1, cursor.RangeAddress.EndColumn + 1]


def main(pipe, path):
    document = opened(connected(pipe), path)
    server = Server(document)
    print("ready", flush=True)
    for line in sys.stdin:
        work, *given = json.loads(line)
        print(json.dumps(getattr(server, work)(*given)), flush=True)
    document.close(True)


end_after(main)
