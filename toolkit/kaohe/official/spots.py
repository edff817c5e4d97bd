"""The paragraphs of a document in their order, each with the place that people find it by: `段落12`, `表格2第3行第1列`.

Paragraphs and tables are counted from 1 within what holds them: the body, a cell, a text box, a header. A text is that of all runs
together, as Word shows it, however it was split.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kaohe.core.cells import Source
from kaohe.official.opened import DOCUMENT, Docx, W

BODY = "正文"
_BOX = f"{W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SHOWN = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}


class Spot(NamedTuple):
    """A paragraph. `part` is 正文, 页眉, 页脚（偶数页） …, `box` what holds it (body, one cell, one text box), `row` the table row that it
    stands in ("" outside of tables), `table` that row's table."""

    part: str
    place: str
    text: str
    element: Any
    box: str
    row: str = ""
    table: str = ""

    def source(self, file: str) -> Source:
        """The place as faults name it."""
        return Source(file, self.part, self.place)


def spots(document: Docx) -> Iterator[Spot]:
    """The paragraphs of body, text boxes, headers and footers, part by part."""
    yield from part_spots(document.body, BODY)
    for name, word in document.pages.items():
        if name != DOCUMENT and (root := document.tree(name)) is not None:
            yield from part_spots(root, word)


def part_spots(root: Any, part: str) -> Iterator[Spot]:
    """The paragraphs of one part, or of any element that holds paragraphs and tables."""
    yield from _walk(root, part, "", "")


def _walk(holder: Any, part: str, prefix: str, box: str, row: str = "", table: str = "") -> Iterator[Spot]:
    paragraphs = tables = 0
    blocks = list(_blocks(holder))
    several = sum(each.tag == f"{W}p" for each in blocks) > 1
    for each in blocks:
        if each.tag == f"{W}p":
            paragraphs += 1
            # A cell with a single paragraph is named by row and column alone.
            place = f"{prefix}段落{paragraphs}" if several or not row or not prefix else prefix
            yield Spot(part, place, text_of(each), each, f"{part}{box}", row, table)
            for number, inner in enumerate(_text_boxes(each), 1):
                name = f"{place}文本框{number if number > 1 else ''}"
                yield from _walk(inner, part, name, name)
        else:
            tables += 1
            name = f"{prefix}表格{tables}"
            for at, line in enumerate(_within(each, "tr"), 1):
                for column, cell in enumerate(_within(line, "tc"), 1):
                    place = f"{name}第{at}行第{column}列"
                    yield from _walk(cell, part, place, place, f"{part}{name}第{at}行", f"{part}{name}")


def _blocks(holder: Any) -> Iterator[Any]:
    """Paragraphs and tables right below, content controls and the like looked through."""
    for each in holder:
        if each.tag in (f"{W}p", f"{W}tbl"):
            yield each
        elif each.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"):
            yield from _blocks(each)


def _within(holder: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, content controls looked through."""
    for each in holder:
        if each.tag == W + name:
            yield each
        elif each.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _within(each, name)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of text boxes anchored in a paragraph; a box's second copy for old programs is left out."""
    for each in paragraph:
        if each.tag == _FALLBACK:
            continue
        if each.tag == _BOX:
            yield each
        else:
            yield from _text_boxes(each)


def text_of(paragraph: Any) -> str:
    """The text of a paragraph, runs joined, without that of its text boxes, of fields' codes and of deleted words."""
    return "".join(_texts(paragraph))


def _texts(holder: Any) -> Iterator[str]:
    for each in holder:
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag in _SHOWN:
            if holder.tag == f"{W}r":
                yield _SHOWN[each.tag]
        elif each.tag not in (_BOX, _FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr"):
            yield from _texts(each)


def runs_of(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph, hyperlinks and the like looked through, text boxes left out."""
    for each in paragraph:
        if each.tag == f"{W}r":
            yield each
        elif each.tag not in (f"{W}pPr", f"{W}del", f"{W}moveFrom"):
            yield from runs_of(each)
