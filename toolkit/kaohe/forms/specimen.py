"""A form drawn once for many objects: a Book with marks where texts of one object stand, and what each object puts in their place.

Forms of one class differ only in the object's code and name, in what is printed for it, and in how many rows 整改情况 has. Objects whose
printed fields are the same but for their contents share one specimen.
"""

from __future__ import annotations

import itertools

import msgspec

from kaohe.core.exact import exact
from kaohe.forms.book import filled_book
from kaohe.forms.form import COVER, INSTRUCTIONS, META, Form
from kaohe.forms.frame import Fill, day, number
from kaohe.forms.own_rows import row_heights, row_layouts
from kaohe.forms.prefill import Prefilled
from kaohe.records.books import Book, Sheet, Value, mark

_CODE, _NAME, _FIRST = 0, 1, 2
_LOOK_AT_OTHERS = (INSTRUCTIONS, COVER, META)
#: what stands in a specimen for a number or a date of an object, which a mark cannot be: each object's is put in by address
_STAND_INS = {"日期": "2026-01-01", "数": "1"}


class Imprint(msgspec.Struct, frozen=True):
    """What one object puts into its specimen: texts by mark; by sheet values of cells (A1) and heights of rows in points.

    `marked`: the object's printed fields with marks in them. Objects with equal ones share a specimen.
    """

    marked: Prefilled
    texts: dict[str, str]
    cells: dict[str, dict[str, Value]]
    heights: dict[str, dict[int, float]]


class Specimen(msgspec.Struct, frozen=True):
    """The form of any object that has these printed fields."""

    marked: Prefilled
    book: Book


def specimen(form: Form, marked: Prefilled, issued: str, like: Specimen | None = None) -> Specimen:
    """The specimen for these printed fields. `like`: another one of the form, whose sheets are taken over where they are the same."""
    drawn: dict[str, Sheet] = {}
    if like is not None:
        same = (sheet for sheet in like.book.sheets if like.marked.get(sheet.name) == marked.get(sheet.name))
        drawn = {sheet.name: sheet for sheet in same if sheet.name not in _LOOK_AT_OTHERS}
    return Specimen(marked, filled_book(form, mark(_CODE), mark(_NAME), marked, issued, Fill(), drawn))


def imprint(form: Form, object_code: str, object_name: str, prefilled: Prefilled) -> Imprint:
    """What an object puts into the specimen of its class. Dates, and cells that stay blank, are put in by address."""
    layouts = row_layouts(form, prefilled)
    texts = {mark(_CODE): object_code, mark(_NAME): object_name}
    marked: Prefilled = {}
    cells: dict[str, dict[str, Value]] = {}
    numbers = itertools.count(_FIRST)
    for sheet, rows in prefilled.items():
        layout, of_object = (
            layouts[sheet],
            not form.layout(sheet).codes,
        )  # the rows are the object's own, their codes too
        kinds = {each.title: each.kind for each in layout.columns if of_object and each.kind in _STAND_INS}
        marked[sheet], cells[sheet] = {}, {}
        for code, fields in rows.items():
            row = code
            if of_object:
                row = mark(next(numbers))
                texts[row] = code
            marked[sheet][row] = {}
            for title, text in fields.items():
                if title in kinds:
                    cells[sheet][layout.address(code, title)] = _in_cell(kinds[title], text)
                    marked[sheet][row][title] = _STAND_INS[kinds[title]]
                    continue
                if not text:
                    cells[sheet][layout.address(code, title)] = None
                marked[sheet][row][title] = sign = mark(next(numbers))
                texts[sign] = text
    return Imprint(marked, texts, cells, row_heights(prefilled))


def _in_cell(kind: str, text: str) -> Value:
    """A printed text as the content of its cell, for those that are put in by address."""
    if kind == "日期":
        return day(text)
    return number(exact(text)) if text else None
