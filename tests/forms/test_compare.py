"""Locked cells: every change is listed, none is used; the unit's own name is looked at most closely."""

from __future__ import annotations

import pytest

from makers.filled_form import at, filled, received, said
from makers.paper import rows_of, with_rows


@pytest.mark.parametrize(
    ("sheet", "code", "title", "typed"),
    [
        ("评分", "4.1", "目标值", 30),
        ("评分", "1.1", "满分", 10),
        ("评分", "1.1", "指标", "第一议题（改）"),
        ("评分", "3.1", "评分标准", "缺1次扣0.05分。"),
        ("评分", "1.1", "满分", "5"),
    ],
)
def test_a_changed_number_or_text_of_the_scheme_is_listed_at_its_cell_and_not_used(
    sheet: str, code: str, title: str, typed: object
) -> None:
    found = received(filled({(sheet, code, title): typed}))  # type: ignore[dict-item]
    assert [(f.code, f.effect, f.source.sheet, f.source.cell) for f in found.faults] == [
        ("FORM-030", "提示", *at(sheet, code, title))
    ]
    assert found.submission == received(filled()).submission


def test_every_changed_cell_is_listed() -> None:
    changes = {("评分", code, "满分"): 9 for code in ("1.1", "1.2", "1.3")}
    assert [f[0] for f in said(filled(changes))] == ["FORM-030"] * 3  # type: ignore[arg-type]


def test_the_hidden_cases_are_compared_too() -> None:
    rows = rows_of(filled(), "_cases")
    cap = next(row for row in rows if row[4] == "记录要素不全")
    cap[9] = 9
    assert [f[:3] for f in said(with_rows(filled(), "_cases", rows))] == [("FORM-030", "提示", "_cases")]


def test_a_printed_problem_that_was_changed_is_taken_as_issued() -> None:
    place = ("整改情况", "2026Q2-U106-02", "时限")
    found = received(filled({place: "2027-08-31"}))
    assert [(f.code, f.source.cell) for f in found.faults] == [("FORM-031", at(*place)[1])]


@pytest.mark.parametrize(
    ("typed", "code", "effect"),
    [
        ("云口公司党总支（U107）", "COVER-001", "存疑"),
        ("石桥公司", "FORM-031", "提示"),
        (None, "COVER-002", "提示"),
        ("\u3000石桥公司党总支（U106） ", "COVER-003", "提示"),
    ],
)
def test_the_name_on_the_cover_must_be_the_unit_s_own(typed: str | None, code: str, effect: str) -> None:
    found = said(filled({("封面", "填报单位", "内容"): typed}))
    assert found == [(code, effect, *at("封面", "填报单位", "内容"))]
