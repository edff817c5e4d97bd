"""The second look at a part that is not written as office programs usually write it.

Such a part is read here event by event, whatever its encoding, prefixes, comments and CDATA, and everything that cannot be believed is
noted. Slow (some 15 ms a workbook), therefore only where the quick tier saw something unusual.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from kaohe.core.cells import a1, row_column
from kaohe.core.faults import quoted
from kaohe.files.limits import Limits, Refused
from kaohe.files.styles import AS_DURATION, AS_MOMENT, AS_PERCENT
from kaohe.files.values import duration, iso, moment, spelled, table
from kaohe.files.worksheet import (
    LAST_COLUMN,
    LAST_ROW,
    MAIN,
    NO_RESULT,
    NUMBER,
    PERCENT,
    TRUE,
    Book,
    Frame,
    Told,
    Worksheet,
)
from kaohe.records.tables import CellValue

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_NUMBER = re.compile(NUMBER.decode())
_WHOLE = re.compile("[0-9]{1,10}")
_TRUTH = {"1": True, "true": True, "0": False, "false": False}


def sheet(xml: bytes, book: Book, limits: Limits) -> Worksheet:
    """A second look at a worksheet's XML (UTF-8, well-formed).

    Raises Refused for wrong addresses and indices, a cell given twice, unknown kinds of cells, and beyond the limits.
    """
    scan = _Sheet(book, limits)
    run(xml, scan.start, scan.end, scan.text, limits, (MAIN, _STRICT))
    if not scan.is_sheet:
        raise Refused("FILE-010", "工作表")
    frame = scan.frame
    hidden = tuple(scan.hidden_rows), frame.hidden_columns
    return Worksheet(
        table(scan.places, scan.values, limits.columns), Told(scan.oddities, frame.merged, *hidden, tuple(scan.outside))
    )


def strings(xml: bytes, limits: Limits) -> list[str]:
    """The shared strings. Raises Refused for a text over the limit."""
    scan = _Strings(limits)
    run(xml, scan.start, scan.end, scan.text, limits, (MAIN, _STRICT))
    return [spelled(text) for text in scan.found]


def run(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    limits: Limits,
    main: tuple[str, ...],
) -> None:
    """Events with the names of the main namespaces shortened to the bare word, all others with their address before them."""
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise Refused("FILE-029", str(limits.depth))
        space, _, word = name.rpartition(" ")
        start(word if space in main else name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        space, _, word = name.rpartition(" ")
        end(word if space in main else name)

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
    """Reads the cells of one worksheet."""

    def __init__(self, book: Book, limits: Limits) -> None:
        self.is_sheet = False
        self.oddities: dict[str, str] = {}
        self.outside: list[str] = []
        self.places: list[int] = []
        self.values: list[CellValue] = []
        self.hidden_rows: list[int] = []
        self.frame = Frame(limits)
        self._book, self._limits = book, limits
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
        elif name == "worksheet":
            self.is_sheet = True
        else:
            self.frame.see(name, attributes)

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

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        if number is None:
            self._row += 1
        elif _WHOLE.fullmatch(number) and 1 <= int(number) <= LAST_ROW:
            self._row = int(number)
        else:
            raise Refused("FILE-018", quoted(number))
        self._column = 0
        if attributes.get("hidden") in TRUE and self._row <= self._limits.rows:
            self.hidden_rows.append(self._row)

    def _place(self, address: str | None) -> None:
        if address is None:
            self._column += 1
        else:
            try:
                self._row, self._column = row_column(address)
            except ValueError:
                raise Refused("FILE-018", quoted(address)) from None
        if not (1 <= self._row <= LAST_ROW and 1 <= self._column <= LAST_COLUMN):
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
            found = self._value_of(address, kind, value)
            self.values.append(None if found == "" else found)
            self.places.append((self._row - 1) * self._limits.columns + self._column - 1)

    def _value_of(self, address: str, kind: str, value: str) -> CellValue:
        if kind == "s":
            index = b"%d" % int(value) if _WHOLE.fullmatch(value) else b""  # 007 is 7
            if index not in self._book.strings:
                raise Refused("FILE-019", f"{address} {quoted(value)}")
            return self._book.strings[index]
        if kind == "b" and value in _TRUTH:
            return _TRUTH[value]
        if kind == "n" and _NUMBER.fullmatch(value):
            return self._number(address, float(value))
        if kind == "d":
            return iso(spelled(value))
        if kind in ("n", "str", "inlineStr"):
            return spelled(value)
        raise Refused("FILE-010", f"{address} {quoted(kind)}")

    def _number(self, address: str, number: float) -> CellValue:
        shown = self._book.styles.get(self._attributes.get("s", "").encode())
        if shown == AS_MOMENT:
            return moment(number, self._book.is_1904)
        if shown == AS_DURATION:
            return duration(number)
        if shown == AS_PERCENT and number:
            self.oddities[address] = PERCENT
        return number
