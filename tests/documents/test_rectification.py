"""整改清单 (official-documents.md, 5.4): open problems and those closed now; states, dates and close-out in the words of the list."""

from __future__ import annotations

from typing import Any

import pytest

from kaohe.documents import rectification
from makers.edition import FULL, LOW, edition


def fields() -> dict[str, Any]:
    return rectification.fields(edition(), FULL)


def test_open_problems_and_those_closed_in_this_period_stand_in_the_list() -> None:
    """The one closed in an earlier period (2026Q2-…-04) is not shown again."""
    assert [row["编号"][:6] + row["编号"][-3:] for row in fields()["清单"]] == [
        "2026Q2-01", "2026Q2-02", "2026Q2-03", "2026Q3-01", "2026Q3-02", "2026Q3-03", "2026Q3-04",
    ]  # fmt: skip


def test_states_and_close_out_have_only_the_words_of_the_list() -> None:
    assert [(row["整改情况"], row["销号"]) for row in fields()["清单"]] == [
        ("未完成（原因见措施）", "未销号"),
        ("已完成", "未销号"),  # waits for verification
        ("已完成", "已销号"),
        *[("未启动", "未销号")] * 4,
    ]


def test_measures_owner_and_deadline() -> None:
    rows = fields()["清单"]
    assert (rows[0]["整改措施"], rows[3]["整改措施"]) == ("新台账模板未批", "待报整改方案")
    assert {row["责任人"] for row in rows} == {"陆见川"} and {row["责任单位"] for row in rows} == {"乙山公司党总支"}
    assert [row["完成时限"] for row in rows][-2:] == ["2026年11月6日", "2026年10月22日"]


def test_overdue_items_and_relapses_are_named_below_the_list() -> None:
    assert fields()["清单注"] == "共7项，其中已销号1项；截至2026年10月10日，第1项已逾期；第6项为销号后复发。"


def test_a_unit_without_problems_gets_no_list() -> None:
    assert rectification.has_rows(edition(), FULL) and not rectification.has_rows(edition(), LOW)
    with pytest.raises(KeyError):
        rectification.fields(edition(), "X99")
