"""The second look at a part that is not written as office programs usually write it.

The reader (calamine) skips error cells, never-calculated formulas and CDATA, cuts a number at a comment, takes a negative string index
for the first string, and allocates the whole rectangle around two far corners. So such a part is read here event by event, everything
that cannot be believed is noted, and it is written anew in the one plain manner that the quick tier knows. Slow (some 7 ms a
workbook), therefore only where the quick tier saw something unusual.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from xml.parsers import expat

from kaohe.core.cells import a1, row_column
from kaohe.core.faults import quoted
from kaohe.files.limits import Limits, Refused
from kaohe.files.worksheet import (
    LAST_COLUMN,
    LAST_ROW,
    MAIN,
    NO_RESULT,
    NUMBER,
    PERCENT,
    TRUE,
    Frame,
    Told,
    Worksheet,
    is_not_zero,
)

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_NUMBER = re.compile(NUMBER.decode())
_WHOLE = re.compile("[0-9]{1,10}")
_TRUTH = {"1": "1", "true": "1", "0": "0", "false": "0"}


def sheet(xml: bytes, strings: int, limits: Limits, percents: frozenset[str] = frozenset()) -> Worksheet:
    """A second look at a worksheet's XML (UTF-8, well-formed) of a workbook with so many shared strings. `percents`: the cell styles that
    show a number as a percentage.

    Raises Refused for wrong addresses and indices, a cell given twice, unknown kinds of cells, and beyond the limits.
    """
    scan = _Sheet(strings, limits, percents)
    run(xml, scan.start, scan.end, scan.text, limits, (MAIN, _STRICT))
    if not scan.is_sheet:
        raise Refused("FILE-010", "工作表")
    cells = "".join(("<sheetData>", *scan.rows, "</sheetData>")).encode()
    frame = scan.frame
    hidden = tuple(scan.hidden_rows), frame.hidden_columns
    return Worksheet(cells, Told(scan.oddities, frame.merged, *hidden, tuple(scan.outside)))


def strings(xml: bytes, limits: Limits) -> tuple[bytes, int]:
    """The shared strings written plainly, and how many there are. Raises Refused for a text over the limit."""
    scan = _Strings(limits)
    run(xml, scan.start, scan.end, scan.text, limits, (MAIN, _STRICT))
    items = "".join(f'<si><t xml:space="preserve">{escape(text, quote=False)}</t></si>' for text in scan.found)
    return f'<sst xmlns="{MAIN}">{items}</sst>'.encode(), len(scan.found)


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
    """Reads the cells of one worksheet and keeps what is needed to write it plainly."""

    def __init__(self, strings: int, limits: Limits, percents: frozenset[str]) -> None:
        self.is_sheet = False
        self.oddities: dict[str, str] = {}
        self.outside: list[str] = []
        self.rows: list[str] = []
        self.hidden_rows: list[int] = []
        self.frame = Frame(limits)
        self._strings, self._limits, self._percents = strings, limits, percents
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
        elif name == "row":
            self.rows.append("</row>")

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
        self.rows.append(f'<row r="{self._row}">')

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
            self.rows.append(self._cell(address, kind, value))

    def _cell(self, address: str, kind: str, value: str) -> str:
        style = self._attributes.get("s", "")
        head = f'<c r="{address}" s="{style}"' if _WHOLE.fullmatch(style) else f'<c r="{address}"'
        if kind == "s":
            if not (_WHOLE.fullmatch(value) and int(value) < self._strings):
                raise Refused("FILE-019", f"{address} {quoted(value)}")
            return f'{head} t="s"><v>{int(value)}</v></c>'
        if kind == "b" and value in _TRUTH:
            return f'{head} t="b"><v>{_TRUTH[value]}</v></c>'
        if kind == "n" and _NUMBER.fullmatch(value):
            if style in self._percents and is_not_zero(value):
                self.oddities[address] = PERCENT
            return f"{head}><v>{value}</v></c>"
        if kind == "d":
            return f'{head} t="d"><v>{escape(value, quote=False)}</v></c>'
        if kind in ("n", "str", "inlineStr"):
            return f'{head} t="str"><v>{escape(value, quote=False)}</v></c>'
        raise Refused("FILE-010", f"{address} {quoted(kind)}")
