"""Sheets with one row a typed record (a lost mark, a dated entry, a task, a bonus): object first, the typed cell last, with a link to it.

The first three columns name the object, the last three file, sheet and cell; 结果 and 数据 add the figures up from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kaohe.core.cells import Source, letters
from kaohe.documents import book_styles as looks
from kaohe.documents.results.grid import FIRST_ROW, HEAD_ROW
from kaohe.documents.results.model import Frame
from kaohe.documents.results.paper import MOST_LINKS, on_paper, source_link
from kaohe.records.books import Cell, Cells, Sheet, Style, Value
from kaohe.records.results import ObjectResult

_OBJECT = (("编码", 7.0), ("分类", 5.5), ("单位", 15.0))
_TYPED = (("来源文件", 22.0), ("工作表", 9.0), ("单元格", 7.0))


class Heading(NamedTuple):
    """A column between object and cell: its title, width, and look where it is no wrapped text."""

    title: str
    width: float
    style: Style = looks.WRAP


class Record(NamedTuple):
    """A row: whose it is, the values between object and cell, and the cell."""

    each: ObjectResult
    values: tuple[Value, ...]
    source: Source


def last_row(rows: int) -> int:
    """The last row of a sheet with so many records: at least the first, so that every area exists."""
    return max(FIRST_ROW, FIRST_ROW + rows - 1)


def column_of(headings: Sequence[Heading], title: str) -> str:
    """The letters of a column between object and cell."""
    return letters(len(_OBJECT) + 1 + [each.title for each in headings].index(title))


def area(name: str, column: str, rows: int) -> str:
    """All rows of a column, absolute, with the sheet's name; `A` holds the codes."""
    return f"{name}!${column}${FIRST_ROW}:${column}${last_row(rows)}"


def listing_sheet(
    frame: Frame, name: str, words: str, counter: str, note: str, headings: Sequence[Heading], records: Sequence[Record]
) -> Sheet:
    """The sheet: its name and `words` are the title; below it how many records there are (`counter`: the measure word) of how many objects,
    and `note`, how to read them. Links are left out where a sheet cannot hold them."""
    columns = [*(Heading(*each) for each in _OBJECT), *headings, *(Heading(*each) for each in _TYPED)]
    widths = [each.width for each in columns]
    styles = [replace(each.style, valign="top") for each in columns]
    linked = replace(looks.LINK, valign="top")
    file = len(columns) - len(_TYPED) + 1
    objects = len({each.each.code for each in records})
    counted = f"共 {len(records)} {counter}，涉及 {objects} 个对象；{note}"

    def cells() -> Iterator[Cell]:
        yield from looks.heading(f"{name}　{frame.edition.when.title}　{words}", counted)
        yield from looks.head_row(HEAD_ROW, [each.title for each in columns])
        for down, (each, own, source) in enumerate(records, FIRST_ROW):
            link = source_link(frame, source) if len(records) <= MOST_LINKS else ""
            for column, value in enumerate((*_object(each), *own, source.file, source.sheet, source.cell), 1):
                if link and column == file:
                    yield Cell(down, column, value, linked, link=link)
                else:
                    yield Cell(down, column, value, styles[column - 1])

    heights = {1: 26.0, HEAD_ROW: 32.0}
    for down, (each, own, source) in enumerate(records, FIRST_ROW):
        # The name of a file may be cut: it is a link, and the row names its object.
        heights[down] = looks.height_of((*_object(each), *own, None, source.sheet, source.cell), widths)
    return Sheet(
        name,
        Cells(cells),
        widths=dict(enumerate(widths, 1)),
        heights=heights,
        freeze=(FIRST_ROW, len(_OBJECT) + 1),
        filter=f"A{HEAD_ROW}:{letters(len(columns))}{last_row(len(records))}",
        tab="BF8F00",
        print=on_paper(frame, widths, len(_OBJECT)),
    )


def _object(each: ObjectResult) -> tuple[str, str, str]:
    return each.code, each.unit_class, each.short or each.name
