"""One published period, looked at from every side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from kaohe.analysed.fair import Fairness
from kaohe.analysed.firm import RankIntervals, WhatIf
from kaohe.analysed.shown import Measured, Picture, measured
from kaohe.analysis import heat, spread
from kaohe.analysis.changes import Change
from kaohe.analysis.charts import lines_chart, moves_chart, totals_chart
from kaohe.analysis.firmness import LeftOut, left_out, rank_intervals
from kaohe.analysis.weights import shares_of, weights_of
from kaohe.analysis.whatif import Unknown, Wish, moved_thresholds, thresholds_of, what_if
from kaohe.core.exact import exact, plain
from kaohe.documents.shared_problems import shared_problems
from kaohe.notebook import found
from kaohe.records.edition import Edition
from kaohe.shown import Shown, html, words
from kaohe.stages.inspections import inspections
from kaohe.stages.study import Studied, published, study
from kaohe.stages.workspace import NotReady, Place

if TYPE_CHECKING:
    from IPython.display import HTML, Markdown

Number = int | float | str


def analyse(workspace: str, assessment: str, period: str) -> Analysed:
    """A published period, to be looked at. Raises NotReady where there are no valid results."""
    at = found(workspace, assessment, period)
    return Analysed(at, published(at))


class Analysed:
    """One published period. Heavier parts (`what_if`, `intervals` …) are computed when they are called."""

    def __init__(self, at: Place, edition: Edition) -> None:
        self._at, self.edition = at, edition

    @cached_property
    def _studied(self) -> Studied:
        return study(self._at)

    @property
    def _places(self) -> int:
        return self.edition.scheme.settings.places

    def finding(self) -> Markdown:
        """Where each class lies, and how its mean moved."""
        return words(spread.spread_sentence(self.edition))

    def distribution(self) -> Measured:
        """One row per class: 类别, 单位数, 最低, 下四分位, 中位, 上四分位, 最高, 平均, 标准差, 上期平均."""
        columns = ("类别", "单位数", "最低", "下四分位", "中位", "上四分位", "最高", "平均", "标准差", "上期平均")
        values = [
            (
                f"{each.unit_class} {each.name}".strip(), each.number, each.least, each.lower, each.median, each.upper, each.greatest, each.mean,
                each.deviation, each.previous,
            )
            for each in spread.class_spreads(self.edition)
        ]  # fmt: skip
        return measured(columns, values, self._places)

    def totals_chart(self) -> Picture:
        """Totals as dots, a strip per class."""
        return Picture(lambda: totals_chart(spread.moves(self.edition)[1]))

    def indicators(self, most: int | None = None) -> Measured:
        """One row per class and leaf, those that lose most first (`most`: only so many): 类别, 指标, 名称, 构成, 满分, 单位数, 失分单位数,
        失分率 (% of the marks), 最多失分."""
        parts = {each.code: each.name for each in self.edition.scheme.components}
        columns = ("类别", "指标", "名称", "构成", "满分", "单位数", "失分单位数", "失分率%", "最多失分")
        rows = sorted(spread.line_losses(self.edition), key=lambda each: -each.share)[:most]
        values = [
            (
                each.unit_class, each.indicator, each.name, parts.get(each.component, each.component), each.full, each.objects,
                each.losers, each.share * 100, each.most,
            )
            for each in rows
        ]  # fmt: skip
        return measured(columns, values, 2)

    def indicators_chart(self) -> Picture:
        """The lines that lose most, a panel per class."""
        counted = {each.code for each in self.edition.scheme.components_at(self.edition.when.clock) if each.counted}
        return Picture(
            lambda: lines_chart([each for each in spread.line_losses(self.edition) if each.component in counted])
        )

    def heat_map(self) -> HTML:
        """Lost points by aspect (rows) and unit (columns by class and rank)."""
        return html(heat.table(self.edition))

    def lost_points(self) -> Measured:
        """The heat map as a table: one row per unit, 类别, 名次, 单位, then marks lost per level-1 aspect, 合计."""
        columns, values = heat.lost_marks(self.edition)
        return measured(columns, values, 2)

    def movement(self) -> Measured:
        """One row per unit: 类别, 单位, total and rank in each period of this clock, 名次变化 (+ = up)."""
        periods, rows = spread.moves(self.edition)
        columns = ("类别", "单位", *(f"{period} {what}" for period in periods for what in ("总分", "名次")), "名次变化")
        values = []
        for each in rows:
            both = [value for pair in zip(each.totals, each.ranks, strict=True) for value in pair]
            values.append((each.result.unit_class, each.result.short or each.result.name, *both, each.rank_change))
        return measured(columns, values, self._places)

    def movement_finding(self) -> Markdown:
        """Who moved most."""
        return words(spread.moves_sentence(self.edition))

    def movement_chart(self) -> Picture:
        """Ranks over the periods, a panel per class."""
        return Picture(lambda: moves_chart(*spread.moves(self.edition)))

    def common_problems(self) -> Measured:
        """One row per kind of problem that many units share: 问题类别, 单位数, 上期单位数, 主要指标, 常见情形."""
        found = shared_problems(self.edition)
        columns = ("问题类别", "单位数", "上期单位数", "主要指标", "常见情形")
        values = [(each.name, each.units, each.before, each.place, "；".join(each.cases)) for each in found.rows]
        return measured(columns, values, 0)

    def common_finding(self) -> Markdown:
        """How many problems of how many kinds, and from how many units on a kind is common."""
        found = shared_problems(self.edition)
        return words(
            f"本期 {found.problems} 条问题、{found.kinds} 类；{found.at_least} 个以上单位都有的 {len(found.rows)} 类列在下面。"
        )

    def knobs(self) -> Shown:
        """What a what-if can turn: one row per weight, threshold, floor and share, 类, 代码, 内容, 现值 (weights in per cent by class)."""
        scheme, clock = self.edition.scheme, self.edition.when.clock
        rows: list[tuple[object, ...]] = []
        for weight in weights_of(scheme, clock):
            shares = shares_of(scheme, clock, weight)
            same = len(set(shares.values())) == 1
            now = (
                f"{plain(next(iter(shares.values())), 2)}%"
                if same
                else "、".join(f"{code} {plain(share, 2)}%" for code, share in shares.items())
            )
            rows.append(("权重", weight.code, weight.name, now))
        words = {"规则界限": "界限", "等次最低分": "最低分", "等次最高比例": "最高比例"}
        for each in thresholds_of(scheme, clock):
            unit = "%" if each.kind == "等次最高比例" else ""
            rows.append((words[each.kind], each.key, each.words, f"{plain(each.value, 4)}{unit}"))
        return Shown(("类", "代码", "内容", "现值"), rows)

    def what_if(
        self,
        weights: Mapping[str, Number] | None = None,
        thresholds: Mapping[str, Number] | None = None,
        floors: Mapping[str, Number] | None = None,
        shares: Mapping[str, Number] | None = None,
    ) -> WhatIf:
        """试算: the period evaluated again with these numbers, codes as `knobs` shows them. `weights` and `shares` in per cent, `thresholds` and
        `floors` in the scheme's marks; siblings of a changed weight share the rest in proportion. Raises NotReady for an unknown code or an
        impossible number, and where results cannot be computed again."""
        wish = Wish(_exact(weights), _exact(thresholds), _exact(floors), _exact(shares))
        studied = self._studied
        try:
            return WhatIf(what_if(studied.study, studied.edition.outcome, wish), self._places)
        except Unknown as unknown:
            raise NotReady(str(unknown)) from None

    def thresholds(self, marks: Number = "0.5", per_cent: Number = 5) -> Measured:
        """Every threshold once lower and once higher by `marks` (shares by `per_cent`): 界限, 现值, 改为, and how many change grade, board,
        other consequence; who."""
        studied = self._studied
        found = moved_thresholds(studied.study, studied.edition.outcome, exact(marks), exact(per_cent))
        columns = ("界限", "现值", "改为", "等次变", "上榜变", "其他运用变", "哪些单位")
        values = [
            (
                each.words, each.before, each.value, sum(one.moved_grade for one in each.changes),
                sum(one.moved_board for one in each.changes), sum(one.moved_consequence for one in each.changes), _who(each.changes),
            )
            for each in found
        ]  # fmt: skip
        return measured(columns, values, 2)

    def intervals(self, spread: Number = 20, draws: int = 200, seed: int = 1) -> RankIntervals:
        """Rank intervals with all weights within ± `spread` per cent, `draws` times, from a seed. A draw of 31 units takes some 0.1 s.
        Raises NotReady for a spread outside 0–100 or fewer than 20 draws."""
        studied = self._studied
        try:
            found = rank_intervals(studied.study, studied.edition.outcome, exact(spread), draws, seed)
        except ValueError as error:
            raise NotReady(str(error)) from None
        return RankIntervals(found)

    def left_out(self, leaves: bool = False) -> Measured:
        """The period without one aspect (with `leaves` also one line) at a time: 去掉, 名称, how many change rank, grade, board; the rank that
        moves most; who changes grade or board."""
        studied = self._studied
        columns = ("去掉", "名称", "名次变", "等次变", "上榜变", "变化最大", "等次、榜或其他运用变的单位")
        values = [
            (
                each.code, each.name, sum(one.moved_rank for one in each.changes), sum(one.moved_grade for one in each.changes),
                sum(one.moved_board for one in each.changes), _greatest(each), _who(each.changes),
            )
            for each in left_out(studied.study, studied.edition.outcome, leaves)
        ]  # fmt: skip
        return measured(columns, values, 0)

    def fairness(self) -> Fairness:
        """Mutual inspection of all periods of this clock up to this one: severity, agreement, favouring. Advice only."""
        return Fairness(inspections(self._at))


def _exact(asked: Mapping[str, Number] | None) -> dict[str, Fraction]:
    try:
        return {code: exact(value) for code, value in (asked or {}).items()}
    except ValueError:
        raise NotReady("试算的数写法不对，请写成 30、97.5 这样的数。") from None


def _who(found: Sequence[Change]) -> str:
    names = [each.before.short for each in found if each.moved_grade or each.moved_board or each.moved_consequence]
    return "、".join(names[:8]) + (f" 等 {len(names)} 家" if len(names) > 8 else "")


def _greatest(each: LeftOut) -> str:
    one = each.greatest
    return f"{one.before.short} {one.before.rank}→{one.after.rank}" if one is not None else "—"
