"""The second look at a part that is not written as office programs usually write it.

The reader (calamine) skips error cells, never-calculated formulas and CDATA, cuts a number at a comment, takes a negative string index
for the first string, and allocates the whole rectangle around two far corners. So such a part is read here event by event, everything
that cannot be believed is noted, and it is written anew in the one plain manner that the quick tier knows. Slow (some 7 ms a
workbook), therefore only where the quick tier saw something unusual.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from kaohe.core.cells import a1, row_column
from kaohe.core.faults import quoted
from kaohe.files.limits import Limits, Refused

NO_RESULT = "公式无结果"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
#: a number as office programs write it; anything else in a number cell is handed on as text, so that a person sees what stands there
NUMBER = rb"-?[0-9]++(?:\.[0-9]++)?(?:E[-+]?[0-9]{1,2})?"
_NUMBER = re.compile(NUMBER.decode())
_WHOLE = re.compile("[0-9]{1,10}")
_TRUE = {"1": "1", "true": "1", "0": "0", "false": "0"}


class Look(NamedTuple):
    """A sheet seen twice: its XML written plainly, oddities by address, and addresses of filled cells beyond the range kept."""

    xml: bytes
    oddities: dict[str, str]
    outside: tuple[str, ...]


def sheet(xml: bytes, strings: int, limits: Limits) -> Look:
    """A second look at a worksheet's XML (UTF-8, well-formed) of a workbook with so many shared strings.

    Raises Refused for wrong addresses and indices, a cell given twice, unknown kinds of cells, and beyond the limits.
    """
    scan = _Sheet(strings, limits)
    _run(xml, scan.start, scan.end, scan.text, limits)
    if not scan.is_sheet:
        raise Refused("FILE-010", "工作表")
    return Look("".join(scan.written()).encode(), scan.oddities, tuple(scan.outside))


def strings(xml: bytes, limits: Limits) -> tuple[bytes, int]:
    """The shared strings written plainly, and how many there are. Raises Refused for a text over the limit."""
    scan = _Strings(limits)
    _run(xml, scan.start, scan.end, scan.text, limits)
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in scan.found)
    return f'<sst xmlns="{MAIN}">{items}</sst>'.encode(), len(scan.found)


def ods_extent(xml: bytes, limits: Limits) -> None:
    """Raises Refused where an OpenDocument content declares more filled cells, or a larger rectangle, than the limits allow."""
    scan = _Extent(limits)
    _run(xml, scan.start, scan.end, scan.text, limits)


def _run(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    limits: Limits,
) -> None:
    """Events with the names of the main namespace shortened to the bare word, all others with their address before them."""
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise Refused("FILE-029", str(limits.depth))
        space, _, word = name.rpartition(" ")
        start(word if space in (MAIN, _STRICT) else name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        space, _, word = name.rpartition(" ")
        end(word if space in (MAIN, _STRICT) else name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)


class _Text:
    """Collects the characters between `open` and `take`, up to the limit of a cell."""

    def __init__(self, limits: Limits) -> None:
        self._most = limits.text
        self._pieces: list[str] = []
        self._length = 0
        self.is_open = False

    def open(self) -> None:
        self.is_open = True

    def add(self, piece: str) -> None:
        if self.is_open:
            self._length += len(piece)
            if self._length > self._most:
                raise Refused("FILE-026")
            self._pieces.append(piece)

    def take(self) -> str:
        found = "".join(self._pieces)
        self._pieces, self._length, self.is_open = [], 0, False
        return found


class _Strings:
    """Texts of the <si>, runs joined, phonetic guides left out."""

    def __init__(self, limits: Limits) -> None:
        self.found: list[str] = []
        self._limits = limits
        self._collected = _Text(limits)
        self._phonetic = False
        self.text = self._collected.add

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "rPh":
            self._phonetic = True
        elif name == "t" and not self._phonetic:
            self._collected.open()

    def end(self, name: str) -> None:
        if name == "t":
            self._collected.is_open = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.found.append(self._collected.take())
            if len(self.found) > self._limits.strings:
                raise Refused("FILE-024", str(self._limits.strings))


class _Sheet:
    """Reads the cells of one worksheet and keeps what is needed to write it plainly."""

    def __init__(self, strings: int, limits: Limits) -> None:
        self.is_sheet = False
        self.oddities: dict[str, str] = {}
        self.outside: list[str] = []
        self._strings, self._limits = strings, limits
        self._columns: list[str] = []
        self._merges: list[str] = []
        self._rows: list[str] = []
        self._seen: set[tuple[int, int]] = set()
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._formula = self._in_cell = self._in_phonetic = False
        self._collected = _Text(limits)
        self.text = self._collected.add

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self._attributes, self._value, self._formula, self._in_cell = attributes, None, False, True
        elif self._in_cell:
            if name == "f":
                self._formula = True
            elif name == "v" or (name == "t" and not self._in_phonetic):
                self._collected.open()
            elif name == "rPh":
                self._in_phonetic = True
        elif name == "row":
            self._open_row(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if _WHOLE.fullmatch(first) and _WHOLE.fullmatch(last):
                self._columns.append(f'<col min="{int(first)}" max="{int(last)}" hidden="1"/>')
        elif name == "mergeCell":
            self._merges.append(attributes.get("ref", ""))
            if len(self._merges) > self._limits.merges:
                raise Refused("FILE-025", str(self._limits.merges))
        elif name == "worksheet":
            self.is_sheet = True

    def end(self, name: str) -> None:
        if name == "c":
            self._in_cell = False
            self._close_cell()
        elif name == "v":
            self._value = self._collected.take()
        elif name == "t":
            self._collected.is_open = False
        elif name == "is":
            self._value = self._collected.take()
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "row":
            self._rows.append("</row>")

    def written(self) -> list[str]:
        """The worksheet in the plain manner."""
        columns = ["<cols>", *self._columns, "</cols>"] if self._columns else []
        merges = [f'<mergeCell ref="{escape(each, {chr(34): ""})}"/>' for each in self._merges]
        merges = [f'<mergeCells count="{len(merges)}">', *merges, "</mergeCells>"] if merges else []
        return [
            f'<worksheet xmlns="{MAIN}">',
            *columns,
            "<sheetData>",
            *self._rows,
            "</sheetData>",
            *merges,
            "</worksheet>",
        ]

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        if number is None:
            self._row += 1
        elif _WHOLE.fullmatch(number) and 1 <= int(number) <= _LAST_ROW:
            self._row = int(number)
        else:
            raise Refused("FILE-018", quoted(number))
        self._column = 0
        hidden = ' hidden="1"' if attributes.get("hidden") in ("1", "true") else ""
        self._rows.append(f'<row r="{self._row}"{hidden}>')

    def _place(self, address: str | None) -> None:
        if address is None:
            self._column += 1
        else:
            try:
                self._row, self._column = row_column(address)
            except ValueError:
                raise Refused("FILE-018", quoted(address)) from None
        if not (1 <= self._row <= _LAST_ROW and 1 <= self._column <= _LAST_COLUMN):
            raise Refused("FILE-018", quoted(address))

    def _close_cell(self) -> None:
        kind, value = self._attributes.get("t", "n"), self._value
        if not value and not self._formula:
            return
        here = (self._row, self._column)
        if here in self._seen:
            raise Refused("FILE-028", a1(*here))
        self._seen.add(here)
        if len(self._seen) > self._limits.cells:
            raise Refused("FILE-024", str(self._limits.cells))
        address = a1(*here)
        if self._row > self._limits.rows or self._column > self._limits.columns:
            if len(self.outside) < self._limits.listed:
                self.outside.append(address)
        elif kind == "e":
            self.oddities[address] = quoted(value or "#N/A")
        elif self._formula and (value is None or (value == "" and kind != "str")):
            self.oddities[address] = NO_RESULT
        elif value:
            self._rows.append(self._cell(address, kind, value))

    def _cell(self, address: str, kind: str, value: str) -> str:
        style = self._attributes.get("s", "")
        head = f'<c r="{address}" s="{style}"' if _WHOLE.fullmatch(style) else f'<c r="{address}"'
        if kind == "s":
            if not (_WHOLE.fullmatch(value) and int(value) < self._strings):
                raise Refused("FILE-019", f"{address} {quoted(value)}")
            return f'{head} t="s"><v>{int(value)}</v></c>'
        if kind == "b" and value in _TRUE:
            return f'{head} t="b"><v>{_TRUE[value]}</v></c>'
        if kind == "n" and _NUMBER.fullmatch(value):
            return f"{head}><v>{value}</v></c>"
        if kind == "d":
            return f'{head} t="d"><v>{escape(value)}</v></c>'
        if kind in ("n", "str", "inlineStr"):
            return f'{head} t="str"><v>{escape(value)}</v></c>'
        raise Refused("FILE-010", f"{address} {quoted(kind)}")


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"


class _Extent:
    """Counts what the repetitions of an OpenDocument table amount to."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = self._rows_here = self._column = self._widest = self._filled = self._filled_here = self._repeat = 0
        self._is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE} table":
            self._row = self._widest = self._filled = 0
        elif name == f"{_TABLE} table-row":
            self._rows_here = _times(attributes, "number-rows-repeated")
            self._column = self._filled_here = 0
        elif name in (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"):
            self._repeat = _times(attributes, "number-columns-repeated")
            self._is_filled = f"{_OFFICE} value-type" in attributes
        elif name == _PARAGRAPH:
            self._is_filled = True

    def end(self, name: str) -> None:
        if name in (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"):
            self._column += self._repeat
            if self._is_filled:
                self._filled_here += self._repeat
                self._widest = max(self._widest, self._column)
        elif name == f"{_TABLE} table-row":
            self._row += self._rows_here
            if self._filled_here:
                self._filled += self._filled_here * self._rows_here
                if (
                    self._filled > self._limits.cells
                    or self._row * self._widest > self._limits.rows * self._limits.columns
                ):
                    raise Refused("FILE-027", f"{self._row} 行 {self._widest} 列")

    def text(self, _: str) -> None:
        """Only paragraphs count, not their characters."""


def _times(attributes: dict[str, str], word: str) -> int:
    text = attributes.get(f"{_TABLE} {word}", "1")
    if not _WHOLE.fullmatch(text):
        raise Refused("FILE-010", quoted(text))
    return int(text)
