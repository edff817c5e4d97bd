"""One workbook written for many: a Book with marks (`records.books.mark`) in the place of each text that belongs to one object is written
once; casting it puts an object's texts, cells and row heights in. All else is copied as it lies in the file, still compressed.

Writing a full form takes XlsxWriter a tenth of a second, a cast takes two milliseconds. What a cast means is what the Book written whole
with the same texts would mean; a test compares the two cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kaohe.files.cells import markup, put, set_heights, sheet_parts, text_item
from kaohe.files.opc import Content, Kept, Package
from kaohe.records.books import MARKS, Value, mark

_STRINGS, _CORE = "xl/sharedStrings.xml", "docProps/core.xml"
_MARK = re.compile(f"[{mark(0)}-{mark(MARKS - 1)}]")
_MARK_BYTES = re.compile(b"\xf4[\x88-\x8f][\x80-\xbf]{2}")
_CODED = re.compile("_x([0-9A-F]{4})_")
_LEAST = 600  # shorter pieces are deflated with their neighbours: kept apart they would only make the file larger


class _Manner(NamedTuple):
    """How a kind of member holds texts: where (the last group, else the whole match), how they are read, how an object's text is put in,
    and how all is written."""

    where: re.Pattern[str]
    read: Callable[[str], str]
    put_in: Callable[[str], str]
    write: Callable[[str], bytes]


class _Marked(NamedTuple):
    """A text with marks."""

    manner: _Manner
    text: str


Piece = bytes | Kept | _Marked


class Mould:
    """A workbook with marks, taken apart once; `cast` may be called any number of times, from any thread.

    Raises ValueError where a mark stands in a place whose writing is not known here: only texts of cells, footers and the properties of
    the document may hold one (never a formula, a check or the name of a sheet).
    """

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._parts = sheet_parts(self._package)
        self._sheets: dict[str, bytes] = {}
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        for name in self._package.names:
            content = self._package.read(name)
            if name in self._parts.values():
                self._sheets[name] = content
            if _MARK_BYTES.search(content):
                self._pieces[name] = tuple(_kept(_cut(name, content)))

    def cast(
        self,
        texts: Mapping[str, str],
        cells: Mapping[str, Mapping[str, Value]] = {},
        heights: Mapping[str, Mapping[int, float]] = {},
    ) -> bytes:
        """The workbook of one object: `texts` by mark; by sheet name values of cells (A1) and heights of rows (points).

        The same arguments give the same bytes. Raises KeyError for a mark without a text, and for a cell or row that is not there.
        """
        members: dict[str, Content] = {name: _joined(pieces, texts) for name, pieces in self._pieces.items()}
        for sheet in sorted({name for name, values in (*cells.items(), *heights.items()) if values}):
            name = self._parts[sheet]
            xml = set_heights(put(self._sheets[name], cells.get(sheet, {})), heights.get(sheet, {}))
            members[name] = _joined(_cut(name, xml), texts)
        return self._package.replace(members)


def _cut(name: str, content: bytes) -> Iterator[Piece]:
    """A member cut where marks stand."""
    manner = _manner(name)
    text = content.decode()
    at = 0
    for match in manner.where.finditer(text):
        if _MARK.search(match[0]):
            start, end = match.span()
            yield _unmarked(name, text[at:start])
            yield _Marked(manner, manner.read(match[match.lastindex or 0]))
            at = end
    yield _unmarked(name, text[at:])


def _manner(name: str) -> _Manner:
    return {_STRINGS: _ITEM, _CORE: _PROPERTY}.get(name, _FOOTER)


def _text(xml: str) -> str:
    return xml.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _decoded(xml: str) -> str:
    return _CODED.sub(lambda match: chr(int(match[1], 16)), _text(xml))


_ITEM = _Manner(re.compile("<t[^>]*>([^<]*)</t>"), _decoded, str, text_item)
_PROPERTY = _Manner(re.compile("(?<=>)[^<>]+(?=<)"), _text, str, markup)
# In a footer & begins a code, so that of a text is doubled.
_FOOTER = _Manner(
    re.compile("(?<=<oddFooter>)[^<]*(?=</oddFooter>)"), _text, lambda text: text.replace("&", "&&"), markup
)


def _unmarked(name: str, text: str) -> bytes:
    if _MARK.search(text):
        raise ValueError(f"{name}: a mark where none may stand: {_MARK.sub('□', text)[:200]}")
    return text.encode()


def _kept(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield Kept(piece) if isinstance(piece, bytes) and len(piece) >= _LEAST else piece


def _joined(pieces: Iterable[Piece], texts: Mapping[str, str]) -> list[bytes | Kept]:
    """The pieces with the marks' texts, neighbours that are not kept put together."""
    made: list[bytes | Kept] = []
    loose: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, Kept):
            if loose:
                made.append(b"".join(loose))
                loose = []
            made.append(piece)
        else:
            loose.append(piece if isinstance(piece, bytes) else _written(piece, texts))
    return [*made, b"".join(loose)] if loose else made


def _written(marked: _Marked, texts: Mapping[str, str]) -> bytes:
    manner = marked.manner
    return manner.write(_MARK.sub(lambda match: manner.put_in(texts[match[0]]), marked.text))
