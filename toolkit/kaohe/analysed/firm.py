"""How firm a period is, as tables and sentences: one what-if, and rank intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaohe.analysed.shown import Measured, Picture, measured
from kaohe.analysis.charts import intervals_chart
from kaohe.analysis.firmness import Intervals
from kaohe.analysis.whatif import Tried
from kaohe.shown import words

if TYPE_CHECKING:
    from IPython.display import Markdown


class WhatIf:
    """One what-if beside the published results."""

    def __init__(self, tried: Tried, places: int) -> None:
        self.tried, self._places = tried, places

    def finding(self) -> Markdown:
        """What was tried and who would change."""
        return words(self.tried.sentence)

    def table(self) -> Measured:
        """One row per object that changes: 类别, 单位, 总分, 试算总分, 名次, 试算名次, 等次, 试算等次, 榜, 试算榜, 增加, 减少 (consequences)."""
        columns = (
            "类别",
            "单位",
            "总分",
            "试算总分",
            "名次",
            "试算名次",
            "等次",
            "试算等次",
            "榜",
            "试算榜",
            "增加",
            "减少",
        )
        values = [
            (
                each.before.unit_class, each.before.short, each.before.total, each.after.total, each.before.rank, each.after.rank,
                each.before.grade, each.after.grade, "、".join(each.before.boards), "、".join(each.after.boards),
                "；".join(each.gained), "；".join(each.lost),
            )
            for each in self.tried.changes
        ]  # fmt: skip
        return measured(columns, values, self._places)


class RankIntervals:
    """Rank intervals under moved weights."""

    def __init__(self, found: Intervals) -> None:
        self.found = found

    def finding(self) -> Markdown:
        """How firm the order is."""
        return words(self.found.sentence)

    def table(self) -> Measured:
        """One row per ranked object: 类别, 单位, 名次, middle 95 % of the ranks, 最好, 最差, and per cent of
        draws with the same 名次, 等次, 榜."""
        columns = (
            "类别",
            "单位",
            "名次",
            "95%区间起",
            "95%区间止",
            "最好",
            "最差",
            "名次不变%",
            "等次不变%",
            "上榜不变%",
        )
        values = [
            (
                each.result.unit_class, each.result.name, each.result.rank, each.lower, each.upper, each.best, each.worst,
                each.same_rank * 100, each.same_grade * 100, each.same_boards * 100,
            )
            for each in self.found.rows
        ]  # fmt: skip
        return measured(columns, values, 0)

    def chart(self) -> Picture:
        """Rank now and its interval, a panel per ranking group."""
        return Picture(lambda: intervals_chart(self.found))
