"""The scheme's tables as pandas reads them. What the analyst knows by heart (which board, which pay) stands in `scoring`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import holidays
import pandas as pd


@dataclass(frozen=True)
class Rules:
    """One period's rules and roster. `leaves`: one row per indicator that is scored, with its component and first-level code."""

    info: dict[str, Any]
    period: dict[str, Any]
    title: str
    classes: dict[str, str]
    heads: pd.DataFrame
    leaves: pd.DataFrame
    cases: pd.DataFrame
    items: pd.DataFrame
    grades: pd.DataFrame
    kinds: dict[str, str]
    severities: pd.DataFrame
    documents: pd.DataFrame
    units: pd.DataFrame
    teams: dict[str, str]

    def deadline(self, opened: date, severity: str) -> date:
        """The day by which a problem of this severity must be mended."""
        row = self.severities.loc[severity]
        return later(opened, int(row["完成期限"]), row["日别"])


def load(folder: Path) -> Rules:
    """The frozen scheme and roster of a period folder (`workbooks/<assessment>/<period>`)."""
    period = folder.name
    scheme = pd.read_excel(folder / "方案.xlsx", sheet_name=None, dtype=object)
    roster = pd.read_excel(folder / "名册.xlsx", sheet_name=None, dtype=object)
    info = dict(zip(scheme["基本信息"]["名称"], scheme["基本信息"]["取值"], strict=True))
    tree = scheme["指标"].assign(代码=scheme["指标"]["代码"].astype(str))
    tree["一级"] = tree["代码"].str.split(".").str[0]
    heads = tree[tree["办法"].isna()].set_index("代码")
    parts = scheme["构成"]
    quarterly = set(parts.loc[(parts["期别"] == "季") & (parts["来源"] == "指标评分"), "代码"])
    leaves = tree[tree["办法"].notna()].assign(构成=lambda rows: rows["一级"].map(heads["构成"]))
    leaves = leaves[leaves["构成"].isin(quarterly)].astype({"满分": float})
    cases = scheme["评分细则"].assign(指标=lambda rows: rows["指标"].astype(str))
    periods = scheme["期次"].set_index(scheme["期次"]["期次"].astype(str))
    teams = {
        unit: row["检查组"]
        for _, row in roster["检查组"].iterrows()
        for unit in str(row["被查单位"]).split("、")
    }  # fmt: skip
    year, _, quarter = period.partition("Q")
    return Rules(
        info=info,
        period=periods.loc[period].to_dict(),
        title=f"{year}年第{'一二三四'[int(quarter) - 1]}季度",
        classes=dict(zip(scheme["分类"]["代码"], scheme["分类"]["名称"], strict=True)),
        heads=heads,
        leaves=leaves,
        cases=cases,
        items=scheme["加减分"].set_index("代码"),
        grades=scheme["等次"].query("期别 == '季'").sort_values("最低分", ascending=False, na_position="last"),
        kinds=dict(zip(scheme["问题类别"]["代码"], scheme["问题类别"]["名称"], strict=True)),
        severities=scheme["整改"].set_index("名称"),
        documents=scheme["文书"].set_index("种类"),
        units=roster["单位"].set_index("代码"),
        teams=teams,
    )


@lru_cache(maxsize=1)
def _china() -> Any:
    return holidays.country_holidays("CN")


@lru_cache(maxsize=4096)
def later(start: date, days: int, kind: str) -> date:
    """The last day of a limit in working days (工作日) or calendar days."""
    if kind != "工作日":
        return start + timedelta(days=days)
    day = start
    while days:
        day += timedelta(days=1)
        days -= _china().is_working_day(day)
    return day


def chinese(day: Any) -> str:
    """2026年10月14日; "" for nothing."""
    return "" if day is None or pd.isna(day) else f"{day.year}年{day.month}月{day.day}日"
