"""Tables are pushed into 控制台 and nowhere else; texts stay texts (page on live Excel, sections 1 and 2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kaohe import live
from kaohe.live import console
from kaohe.shown import Shown
from kaohe.stages.workspace import NotReady
from live.filebook import Program

RESULTS = Shown(
    ("代码", "单位", "总分", "名次", "日期", "备注"),
    [
        ("001", "甲支部", Decimal("97.50"), 1, date(2026, 9, 30), "=1+1"),
        ("002", "乙支部", Decimal("96.00"), 2, None, "-5"),
        ("003", "丙支部", None, None, None, None),
    ],
)


def block(book: Any, name: str, rows: int, columns: int) -> list[list[object]]:
    sheet = book.sheets(name).sheet
    return [
        [sheet.cell(row, column).value for column in range(1, columns + 1)]
        for row in range(console.HEAD_ROW, console.HEAD_ROW + rows)
    ]


def test_texts_stay_texts_and_numbers_are_numbers(desk: Any) -> None:
    live.push({"结果": RESULTS}, "红蓝榜　2026年第三季度")
    assert block(desk, "结果", 4, 6) == [
        ["代码", "单位", "总分", "名次", "日期", "备注"],
        ["001", "甲支部", 97.5, 1, date(2026, 9, 30), "=1+1"],
        ["002", "乙支部", 96, 2, None, "-5"],
        ["003", "丙支部", None, None, None, None],
    ]
    sheet = desk.sheets("结果").sheet
    looks = [sheet.cell(console.FIRST_ROW, column).number_format for column in range(1, 7)]
    assert looks == ["@", "@", "0.00", "0", "yyyy-mm-dd", "@"]
    assert sheet.cell(console.NOTE_ROW, 1).value == "红蓝榜　2026年第三季度"


def test_formats_are_set_before_the_values_and_a_table_is_one_block(desk: Any, program: Program) -> None:
    live.push({"结果": RESULTS})
    acts = [each[0] for each in program.did]
    assert acts == ["clear", *["format"] * 7, "write"]
    assert program.did[-1] == ("write", "结果", "$A$4:$F$7")


def test_what_stood_there_before_goes_and_the_looks_stay(desk: Any) -> None:
    live.push({"差错清单": Shown(("级别", "文件"), [("存疑", "甲.xlsx"), ("提示", "乙.xlsx")])})
    before = desk.sheets("差错清单").sheet.cell(console.HEAD_ROW, 2).font.b
    live.push({"差错清单": Shown(("级别", "文件"), [("拒收", "丙.xlsx")])})
    assert block(desk, "差错清单", 3, 3) == [["级别", "文件", None], ["拒收", "丙.xlsx", None], [None, None, None]]
    assert desk.sheets("差错清单").sheet.cell(console.HEAD_ROW, 2).font.b is before is True


def test_a_table_without_rows_leaves_its_titles(desk: Any) -> None:
    live.push({"差错清单": Shown(("级别", "文件"), [])})
    assert block(desk, "差错清单", 2, 2) == [["级别", "文件"], [None, None]]


def test_a_pandas_table_is_pushed_like_ours(desk: Any) -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {
            "代码": ["007", None],
            "得分": [1.25, float("nan")],
            "日期": [pd.Timestamp("2026-09-30"), pd.NaT],
            "次数": [3, 12],
        }
    )
    live.push({"结果": frame})
    rows = block(desk, "结果", 3, 4)
    assert rows[1][:2] == ["007", 1.25] and rows[2] == [None, None, None, 12]
    assert str(rows[1][2]).startswith("2026-09-30") and rows[1][3] == 3


def test_only_the_two_sheets_of_the_console_can_be_written(desk: Any, program: Program) -> None:
    with pytest.raises(NotReady, match="没有“评分”"):
        live.push({"评分": RESULTS})
    assert program.did == []
