"""The group-wide form 期初问题: problems brought along into the first period."""

from __future__ import annotations

from datetime import date

import pytest

from kaohe.forms.marked import marked_book
from kaohe.records.tables import CellValue, Reading
from makers.group import OPENINGS, filled, planned, received, roster, said, scheme
from makers.paper import reading_of

FILE = "期初问题清单.xlsx"
OPEN = {
    "单位": "U106 石桥公司党总支", "指标": "3.1 “三会一课”", "问题": "记录不完整", "问题类别": "W01 组织生活", "严重程度": "一般",
    "提出期次": "2026Q2", "提出日期": date(2026, 6, 19), "整改时限": date(2026, 8, 31), "责任人": "陆文棠", "整改状态": "推进中",
}  # fmt: skip
CLOSED = {**OPEN, "问题": "台账停在5月", "整改状态": "已销号", "销号日期": date(2026, 6, 28)}


def _reading(*rows: dict[str, CellValue]) -> Reading:
    return filled(planned(OPENINGS), {f"{number:02d}": row for number, row in enumerate(rows, 1)})


def test_open_and_closed_problems_are_brought_along_with_ids_of_their_own() -> None:
    found = received(_reading(OPEN, CLOSED), FILE)
    assert found.faults == () and (found.object_code, found.form_code, found.submission) == ("", "QC", None)
    first, second = found.openings
    assert (first.problem_id, first.unit_code, first.indicator, first.kind) == (
        "2026Q3-U106-QC-01",
        "U106",
        "3.1",
        "W01",
    )
    assert (first.period, first.opened, first.deadline, first.closed) == ("2026Q2", "2026-06-19", "2026-08-31", "")
    assert (second.problem_id, second.state, second.closed) == ("2026Q3-U106-QC-02", "已销号", "2026-06-28")


def test_an_empty_list_is_fine() -> None:
    found = received(_reading(), FILE)
    assert found.openings == () and found.faults == ()


@pytest.mark.parametrize(
    ("title", "typed", "code"),
    [
        ("单位", None, "VALUE-003"),
        ("单位", "U999 没有的单位", "VALUE-055"),
        ("指标", "7.7 没有", "VALUE-055"),
        ("问题类别", "W99 没有", "VALUE-055"),
        ("问题", None, "VALUE-003"),
        ("严重程度", "特别严重", "VALUE-036"),
        ("提出期次", "上季度", "VALUE-056"),
        ("整改时限", None, "VALUE-003"),
        ("整改时限", "月底", "VALUE-057"),
        ("整改状态", None, "VALUE-003"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_at_its_cell_and_left_out(title: str, typed: CellValue, code: str) -> None:
    found = received(_reading(OPEN, {**CLOSED, title: typed}), FILE)
    place = planned(OPENINGS).form.layout("期初问题").address("02", title)
    whose = "" if title == "单位" else "U106"
    assert (code, "存疑", place, whose) in said(found)
    assert [each.problem_id for each in found.openings] == ["2026Q3-U106-QC-01"]


def test_a_closed_problem_needs_its_day() -> None:
    found = received(_reading({**CLOSED, "销号日期": None}), FILE)
    assert [f.code for f in found.faults] == ["VALUE-003"] and found.openings == ()


def test_the_marked_copy_holds_what_was_typed() -> None:
    reading = _reading(OPEN, {**CLOSED, "指标": "7.7 没有"})
    found = received(reading, FILE)
    again = received(reading_of(marked_book(found, reading, found.faults, scheme(), roster())), FILE)
    assert again.faults == found.faults and again.openings == found.openings


def test_its_form_has_a_fingerprint_like_any_other() -> None:
    form = planned(OPENINGS).form
    assert len(form.fingerprint) == 12 and form.identity("全体").endswith(f"2026Q3/全体/QC/1/{form.fingerprint}")
