"""Whose form it is: `_meta`, then the visible line; never the file name (page on forms, section 5)."""

from __future__ import annotations

import msgspec
import pytest

from kaohe.forms.book import book
from kaohe.forms.plan import plan
from kaohe.records.tables import Reading
from makers.filled_form import FILE, filled, form_of, received, receiver, said
from makers.paper import reading_of, rows_of, with_rows, without
from makers.scheme_red import FORM, Q3, ROW, UNITS, roster, scheme


def _line(reading: Reading, sheet: str, text: str | None) -> Reading:
    rows = rows_of(reading, sheet)
    rows[0][0] = text
    return with_rows(reading, sheet, rows)


def _meta(reading: Reading, key: str, value: str) -> Reading:
    return with_rows(
        reading, "_meta", [[row[0], value if row[0] == key else row[1]] for row in rows_of(reading, "_meta")]
    )


def _everywhere(key: str, old: str, new: str) -> Reading:
    reading = _meta(filled(), key, new)
    for table in reading.tables:
        if table.rows and table.rows[0] and str(table.rows[0][0]).startswith("模板编码"):
            reading = _line(reading, table.name, str(table.rows[0][0]).replace(f"/{old}/", f"/{new}/"))
    return reading


def test_a_form_is_known_whatever_its_file_is_called() -> None:
    found = received(filled(), "子目录/三季度考核表（最终版）.xlsx")
    assert (found.object_code, found.form_code) == ("U106", "DW")
    assert [(f.code, f.effect) for f in found.faults] == [("FORM-011", "提示")]
    assert received(filled(), f"第三组/{FILE}").faults == ()


def test_without_meta_the_visible_line_identifies() -> None:
    assert [f[:2] for f in said(without(filled(), "_meta"))] == [("FORM-004", "提示")]


def test_without_meta_and_lines_the_file_is_refused() -> None:
    reading = without(filled(), "_meta")
    for table in reading.tables:
        reading = _line(reading, table.name, None)
    found = received(reading)
    assert [(f.code, f.effect) for f in found.faults] == [("FORM-001", "拒收")] and found.submission is None


def test_a_workbook_of_somebody_else_is_refused() -> None:
    other = Reading(
        "xlsx", (msgspec.structs.replace(filled().tables[0], name="填报", rows=(("单位", "得分"), ("甲", 95))),)
    )
    assert [f[:2] for f in said(other)] == [("FORM-002", "拒收")]


@pytest.mark.parametrize(
    ("key", "old", "new", "code"),
    [
        ("期次", "2026Q3", "2026Q2", "FORM-006"),
        ("对象代码", "U106", "U999", "FORM-008"),
        ("填报表", "DW", "XX", "FORM-007"),
    ],
)
def test_another_period_unit_or_form_is_refused_with_its_own_code(key: str, old: str, new: str, code: str) -> None:
    assert [f[:2] for f in said(_everywhere(key, old, new))] == [(code, "拒收")]


def test_another_scheme_is_refused() -> None:
    rules = msgspec.structs.replace(scheme(), code="B")
    form = plan(rules, Q3, "Ⅰ", FORM)
    assert [f[:2] for f in said(reading_of(book(form, UNITS[0], roster(), (), ROW, "2026-09-01")))] == [
        ("FORM-005", "拒收")
    ]


def test_meta_and_lines_that_disagree_are_counted_for_neither() -> None:
    assert [f[:2] for f in said(_meta(filled(), "对象代码", "U107"))] == [("FORM-003", "拒收")]


def test_a_sheet_copied_from_another_unit_s_form_is_named() -> None:
    line = form_of().identity("U107")
    assert said(_line(filled(), "扣分与问题", line)) == [("FORM-016", "存疑", "扣分与问题", "A1")]


def test_another_fingerprint_is_said_and_our_scheme_is_used() -> None:
    other = "0123456789ab"
    reading = _meta(filled(), "指纹", other)
    assert [f[:2] for f in said(reading)] == [("FORM-009", "提示")]


def test_a_unit_of_another_class_is_read_by_the_form_of_its_class() -> None:
    third = receiver().forms["DW", "Ⅲ"]
    assert third.line("5.4") is not None and third.line("5.3") is None
