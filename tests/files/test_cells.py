"""The pen: typed values go into styled cells, everything else stays, and every reader takes the form as one that people typed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from kaohe.files.cells import fill
from kaohe.files.child import Reader
from kaohe.files.xlsx import write
from kaohe.forms.book import filled_book
from kaohe.forms.frame import Fill
from kaohe.records.books import Book, Cell, Sheet, Style, Value
from kaohe.records.store import lines
from kaohe.records.tables import CellValue, Reading
from makers.filled_form import FILE, GOOD, UNIT, addresses, blank, form_of, prefilled, received
from makers.office import Cell as Typing
from makers.office import cell, type_all
from makers.recalculation import differences as computed_otherwise
from makers.recalculation import recalculated, values

OPEN = Style(fill="FFF9E5", locked=False, format="0.00")
SHEET = Sheet(
    "评分", tuple(Cell(row, column, None, OPEN) for row in range(1, 4) for column in range(1, 4)), heights={2: 30}
)
BOOK = Book(
    "表", (SHEET, Sheet("封面", (Cell(1, 1, "填报人"), Cell(1, 2, 7, OPEN), Cell(2, 2, 3, OPEN, formula="=B1*2"))))
)
Typed = dict[str, dict[str, Value]]


def typed_form() -> Typed:
    """The wholly filled form, as the pen takes it."""
    found: Typed = {}
    for (sheet, address), value in addresses(GOOD).items():
        assert value is None or isinstance(value, str | int | float | date)
        found.setdefault(sheet, {})[address] = value
    return found


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as found:
        yield found


def read(reader: Reader, data: bytes) -> Reading:
    found = reader.read(data)
    assert isinstance(found, Reading), found
    return found


TEXTS = ["石桥公司", "R&D <甲>", " 前后 ", "两\n行", "_x0041_", "𠮷林", "=1+1", "'0631", "长" * 32_767]


@pytest.mark.parametrize(("value", "seen"), [
    (4.7, 4.7), (30, 30), (0.915, 0.915), (1 / 3, 1 / 3), (1e-7, 1e-7), (-2.5, -2.5), (True, True), (date(2026, 9, 30), 46295),
    (datetime(2026, 9, 30, 12), 46295.5), (None, None), ("", None), *((text, text) for text in TEXTS),
])  # fmt: skip
def test_a_value_reads_back_as_typed_in_a_cell_that_keeps_its_style(
    reader: Reader, value: Value, seen: CellValue
) -> None:
    made = fill(write(BOOK), {"评分": {"B2": value}})
    assert read(reader, made).tables[0].at(2, 2) == seen
    sheet = openpyxl.load_workbook(io.BytesIO(made))["评分"]
    assert (sheet["B2"].fill.fgColor.rgb, sheet["B2"].number_format, sheet["B2"].protection.locked) == (
        "FFFFF9E5",
        "0.00",
        False,
    )
    assert sheet.row_dimensions[2].height == 30 and all(sheet[a].value is None for a in ("A1", "B1", "A2", "C2", "B3"))


def test_a_control_character_becomes_a_visible_mark_and_never_breaks_the_file(reader: Reader) -> None:
    made = fill(write(BOOK), {"评分": {"A1": "甲\x07乙\ufffe丙\ud800丁"}})
    assert read(reader, made).tables[0].at(1, 1) == "甲␇乙�丙�丁"


def test_a_formula_that_people_may_overtype_gives_way_and_others_stay(reader: Reader) -> None:
    data = write(BOOK)
    made = openpyxl.load_workbook(io.BytesIO(fill(data, {"封面": {"B2": "较重"}})))
    assert made["封面"]["B2"].value == "较重"
    kept = openpyxl.load_workbook(io.BytesIO(fill(data, {"封面": {"B1": 9}})))
    assert (kept["封面"]["B1"].value, kept["封面"]["B2"].value) == (9, "=B1*2")


def test_what_nobody_could_type_is_refused() -> None:
    data = write(BOOK)
    for typed in ({"评分": {"D1": 1}}, {"评分": {"A9": 1}}, {"没有": {"A1": 1}}, {"评分": {"$A$1": 1}}):
        with pytest.raises(KeyError):
            fill(data, typed)
    for value in (float("nan"), float("inf"), "长" * 32_768):
        with pytest.raises(ValueError):
            fill(data, {"评分": {"A1": value}})


def test_the_order_of_typing_does_not_matter_and_twice_the_same_is_twice_the_same_bytes() -> None:
    typed = typed_form()
    turned = {sheet: dict(reversed(cells.items())) for sheet, cells in reversed(typed.items())}
    data = write(blank())
    assert fill(data, typed) == fill(data, turned) == fill(data, typed)


def test_a_form_filled_by_the_pen_is_received_as_the_book_with_the_same_values(reader: Reader) -> None:
    ours = received(read(reader, fill(write(blank()), typed_form())))
    theirs = received(
        read(
            reader, write(filled_book(form_of(), UNIT.code, UNIT.name, prefilled(form_of()), "2026-09-01", Fill(GOOD)))
        )
    )
    assert ours.submission == theirs.submission and ours.faults == theirs.faults == ()
    assert ours.submission is not None and not ours.submission.withheld and len(ours.submission.deductions) == 5


@pytest.mark.office
def test_an_office_program_opens_it_recalculates_it_and_types_the_same(tmp_path: Path, reader: Reader) -> None:
    ours = fill(write(blank()), typed_form())
    (after,) = recalculated({"ours": ours}, tmp_path).values()
    full = filled_book(form_of(), UNIT.code, UNIT.name, prefilled(form_of()), "2026-09-01", Fill(GOOD))
    assert computed_otherwise(full, after) == []
    issued, target = tmp_path / "issued.xlsx", tmp_path / FILE
    issued.write_bytes(write(blank()))
    type_all([{"source": str(issued), "target": str(target), "filter": "xlsx", "cells": _keyed(typed_form())}])
    theirs = received(read(reader, target.read_bytes()))
    mine = received(read(reader, ours))
    assert mine.submission is not None and theirs.submission is not None
    assert lines([mine.submission]) == lines([theirs.submission]) and mine.faults == theirs.faults == ()
    assert {place: value for place, value in values(after).items() if place[0] != "_meta"} == {
        place: value for place, value in values(target.read_bytes()).items() if place[0] != "_meta"
    }


def _keyed(typed: Typed) -> list[Typing]:
    """As the typist takes it."""
    places = ((sheet, address, value) for sheet, cells in typed.items() for address, value in cells.items())
    return [cell((sheet, address), value) for sheet, address, value in places if value is not None]
