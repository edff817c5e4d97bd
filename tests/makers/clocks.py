"""A small place with three clocks on the disk, and runs of it without kernels: the three steps in this process, then the real swap.

Months are scored on line 1, quarters on line 2 with a deduction line 3; the year is 60 % the mean of the quarters and 40 % line 4.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kaohe.execution import Display, Workshop
from kaohe.files.cells import fill
from kaohe.files.child import Reader
from kaohe.files.html import templates_in
from kaohe.files.publish import write_file
from kaohe.files.reader import read
from kaohe.files.xlsx import write
from kaohe.forms.own_rows import row_layouts
from kaohe.pipeline import Request, RunReport, run
from kaohe.scheme.book import book
from kaohe.scheme.sheets import ROSTER_SHEETS, SHEETS
from kaohe.stages.collect import collect
from kaohe.stages.evaluate import evaluate
from kaohe.stages.issue import issue, plans, register_of, rules
from kaohe.stages.publish import publish
from kaohe.stages.workspace import ROSTER, SCHEME, Place

ASSESSMENT = "clocks"
UNITS = {"甲": "甲党支部", "乙": "乙党支部", "丙": "丙党支部"}
COVER = {
    "填报人": "陆文棠", "联系电话": "6327", "填报日期": "2026-09-18", "检查人": "顾仲衡", "检查日期": "2026-09-21", "单位意见": "无异议",
}  # fmt: skip
QUARTERS = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
YEAR = "2026"


def dates(period: str) -> list[object]:
    """A row of 期次: a month, a quarter or a year, with a document date."""
    if "Q" in period:
        last = int(period[-1]) * 3
        return [
            period,
            f"2026-{last - 2:02}-01",
            f"2026-{last:02}-28",
            None,
            f"2026-{last:02}-28",
            "2026-12-30",
            "党委会",
        ]
    if "-" in period:
        return [period, f"{period}-01", f"{period}-28", None, f"{period}-28", f"{period}-28", "党委会"]
    return [period, "2026-01-01", "2026-12-31", None, "2026-12-31", "2026-12-31", "党委会"]


def tables(periods: Sequence[str], settings: Mapping[str, object], missing: str) -> dict[str, list[Any]]:
    """The sheets of the scheme."""
    info = {
        "方案代码": "clocks", "方案名称": "三种考核期", "组织名称": "虚构公司", "发文机关": "虚构公司党委", "主办部门": "党建部", "榜名": "榜",
        "期别": "月、季、年", "办法名称": "考核办法", "小数位": 2, **settings,
    }  # fmt: skip
    return {
        "基本信息": [[name, value] for name, value in info.items()],
        "期次": [dates(period) for period in periods],
        "分类": [["A", "支部", "单位"]],
        "构成": [
            ["YF", "月度积分", None, "月", 100, "是", "指标评分"],
            ["JD", "季度检查", None, "季", 100, "是", "指标评分"],
            ["PJ", "季度均值", None, "年", 60, "是", "历史期次", "季", "总分", "均值", missing],
            ["NM", "年末考核", None, "年", 40, "是", "指标评分"],
        ],
        "指标": [
            ["1", "月度工作", "YF", "按完成情况打分。", "直接打分", 100],
            ["2", "季度工作", "JD", "按完成情况打分。", "直接打分", 100],
            ["4", "年末工作", "NM", "按完成情况打分。", "直接打分", 100],
        ],
        "等次": [["总评", None, None, "优秀", 90], ["总评", None, None, "良好", None]],
        "填报表": [
            {
                "代码": code,
                "名称": name,
                "期别": clock,
                "内容": "封面、评分",
                "份数": "每对象",
                "填报人": "单位、检查组",
            }
            for code, name, clock in (("YB", "月表", "月"), ("JB", "季表", "季"), ("NB", "年表", "年"))
        ],
    }


def workbook(title: str, content: Mapping[str, list[Any]], sheets: Mapping[str, Sequence[object]]) -> bytes:
    """A scheme or roster workbook; a row is a list from the first column on, or values by column."""
    made = {}
    for name, rows in content.items():
        header = [column.title for column in sheets[name]]  # type: ignore[attr-defined]
        made[name] = (
            header,
            [[row.get(title) for title in header] if isinstance(row, dict) else _full(row, header) for row in rows],
        )
    return write(book(title, sheets, made))  # type: ignore[arg-type]


def _full(row: list[object], header: list[str]) -> list[object]:
    return [*row, *[None] * (len(header) - len(row))]


class Silent:
    """A display that keeps what is said between the steps."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def step(self, title: str, cells: int) -> None: ...
    def advance(self) -> None: ...

    def say(self, text: str) -> None:
        self.said.append(text)


class Clocks:
    """The place. `periods` are in the scheme; a period is issued when its scores are handed in. A fixture may keep the report of its last
    run, and what was computed."""

    report: RunReport | None = None
    computed: tuple[str, ...] = ()

    def __init__(
        self, root: Path, periods: Sequence[str], settings: Mapping[str, object] = {}, missing: str = "报错"
    ) -> None:
        self.root, self.display = root, Silent()
        pattern = root / "workbooks" / ASSESSMENT
        pattern.mkdir(parents=True)
        (pattern / SCHEME).write_bytes(workbook("方案", tables(periods, settings, missing), SHEETS))
        roster = {"单位": [[code, name, None, "A"] for code, name in UNITS.items()]}
        (pattern / ROSTER).write_bytes(workbook("名册", roster, ROSTER_SHEETS))

    def copied(self, to: Path) -> Clocks:
        """The same place elsewhere, to be changed."""
        shutil.copytree(self.root, to, dirs_exist_ok=True)
        made = object.__new__(Clocks)
        made.root, made.display = to, Silent()
        return made

    def at(self, period: str) -> Place:
        return Place(self.root, ASSESSMENT, period)

    def hand_in(self, period: str, **scores: object) -> None:
        """Issue the period (where it was not) and hand in the scores of units on its one line."""
        at = self.at(period)
        if register_of(at) is None:
            issue(at)
        scheme, _, _ = rules(at)
        ((_, form),) = plans(scheme, at.when).items()
        layouts = row_layouts(form, {})
        (code,) = (code for code in layouts["评分"].codes if code in "124")
        for entry in register_of(at).forms:  # type: ignore[union-attr]
            if entry.object_code in scores:
                typed = {
                    "评分": {layouts["评分"].address(code, "得分"): scores[entry.object_code]},
                    "封面": {layouts["封面"].address(name, "内容"): value for name, value in COVER.items()},
                }
                write_file(at.returned / entry.file, fill((at.issued / entry.file).read_bytes(), typed))  # type: ignore[arg-type]

    def run(self, period: str, **how: object) -> RunReport:
        """`kaohe run clocks PERIOD`."""
        return run(self.at(period), Request(**how), self.display)  # type: ignore[arg-type]

    def table(self, period: str, name: str) -> list[dict[str, str]]:
        """The rows of a data table."""
        text = (self.at(period).report / f"data/{name}.csv").read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def rows(self, period: str) -> dict[str, dict[str, str]]:
        """The results of a period by unit."""
        return {row["unit_code"]: row for row in self.table(period, "results")}

    def data(self, *periods: str) -> dict[str, bytes]:
        """Every data table of these periods, path → bytes."""
        return {
            f"{period}/{path.name}": path.read_bytes()
            for period in periods
            for path in sorted((self.at(period).report / "data").glob("*.csv"))
        }


def without_kernels(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have a run call the steps, and read its workbooks, in this process; the periods that were computed, in order."""
    computed: list[str] = []
    monkeypatch.setattr(Reader, "__enter__", lambda self: self)
    monkeypatch.setattr(Reader, "__exit__", lambda *about: None)
    monkeypatch.setattr(Reader, "read", lambda self, data: read(data))
    monkeypatch.setattr("kaohe.stages.publish.templates_in", cache(templates_in))
    monkeypatch.setattr("os.fsync", lambda handle: None)

    def execute(
        at: Place, steps: list[str], as_of: str, reason: str, display: Display, workshop: Workshop, done: object
    ) -> None:
        computed.append(at.period)
        collect(at, as_of, reason=reason)
        evaluate(at)
        publish(at)

    monkeypatch.setattr("kaohe.pipeline.execute", execute)
    return computed
