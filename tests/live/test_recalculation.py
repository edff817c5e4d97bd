"""A pushed value recalculates in a real spreadsheet program (page on live Excel, section 3)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kaohe import live
from kaohe.shown import Shown
from live.calc import calc
from live.conftest import TEMPLATES
from live.filebook import Program

pytestmark = pytest.mark.office


def results(first: str, second: str) -> Shown:
    return Shown(("代码", "单位", "总分"), [("001", "甲支部", Decimal(first)), ("002", "=乙支部", Decimal(second))])


def test_what_an_analyst_derives_from_the_results_follows_a_push(program: Program, tmp_path: Path) -> None:
    desk = openpyxl.load_workbook(TEMPLATES / "控制台.xlsx")
    own = desk.create_sheet("我的分析")
    own["A1"], own["A2"] = "=SUM(结果!C5:C20)", '=VLOOKUP("002",结果!A5:C20,2,FALSE)'
    desk.save(tmp_path / "控制台.xlsx")
    with calc(program, tmp_path / "控制台.xlsx") as value:
        live.push({"结果": results("97.50", "96.25")})
        assert (value("我的分析", "A1"), value("我的分析", "A2")) == (193.75, "=乙支部")
        assert (value("结果", "A5"), value("结果", "C5")) == ("001", 97.5)
        live.push({"结果": results("90.00", "80.00")})
        assert value("我的分析", "A1") == 170
