"""Charts as PNG bytes (matplotlib, extra `analysis`): dots, lines and bars that read in grey, with Chinese fonts found on the machine.

The same figures give the same bytes on one machine. Every chart has an alternative text and stands above a table of its figures.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from kaohe.analysis.extra import ADVICE, Absent
from kaohe.analysis.firmness import Intervals
from kaohe.analysis.severity import Severity
from kaohe.analysis.spread import LineLoss, Moves

INK, SECOND, MARK, EDGE, PEER, HAIR = "#1D1B19", "#56524D", "#8C857B", "#6B665F", "#B3ADA3", "#E9E5DF"
#: fonts with Chinese characters, best first; one of them is on every Windows, macOS and Linux desktop that shows Chinese
FONTS = (
    "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Noto Sans CJK JP", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "DengXian", "SimHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Heiti SC", "STHeiti", "Arial Unicode MS",
)  # fmt: skip
_DPI, _WIDTH, _ROW = 144, 9.2, 0.26
_MOST_LINES = 15
MOST_ROWS = 60  # objects of one panel; more cannot be read


class Chart(msgspec.Struct, frozen=True):
    """A chart: PNG bytes and its alternative text."""

    png: bytes
    alt: str


@contextmanager
def _canvas(height: float, columns: int = 1) -> Iterator[tuple[Any, list[Any]]]:
    """A figure with axes side by side, in the style of the pages. Raises Absent without matplotlib or a Chinese font."""
    try:
        import matplotlib
        from matplotlib import font_manager
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise Absent(f"没有安装绘图库 matplotlib，图没有画，数在下表。{ADVICE}") from None
    there = {each.name for each in font_manager.fontManager.ttflist}
    font = next((name for name in FONTS if name in there), "")
    if not font:
        raise Absent("这台电脑上没有中文字体，图没有画，数在下表。请安装思源黑体或微软雅黑后重新运行。")
    style: Any = {
        "font.family": [font], "font.size": 9.5, "axes.unicode_minus": True, "text.color": INK, "axes.labelcolor": SECOND,
        "xtick.color": SECOND, "ytick.color": INK, "axes.edgecolor": INK, "axes.spines.top": False, "axes.spines.right": False,
        "axes.axisbelow": True, "axes.titlelocation": "left", "axes.titlesize": 10.5,
    }  # fmt: skip
    with matplotlib.rc_context(style):
        figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(1, columns, squeeze=False)[0]
        yield figure, list(axes)


def _chart(figure: Any, alt: str) -> Chart:
    made = io.BytesIO()
    figure.savefig(made, format="png", metadata={"Software": None})
    return Chart(made.getvalue(), alt)


def totals_chart(rows: Sequence[Moves], unit: str = "总分") -> Chart:
    """Totals as dots, one strip a class on one axis; the line is the class's median. First and last are named."""
    classes = list(dict.fromkeys(each.result.unit_class for each in rows))
    with _canvas(0.8 + 0.75 * len(classes)) as (figure, (axis,)):
        for place, code in enumerate(classes):
            mine = [each.result for each in rows if each.result.unit_class == code and each.result.total is not None]
            values = [float(each.total or 0) for each in mine]
            middle = (
                sorted(values)[len(values) // 2]
                if len(values) % 2
                else sum(sorted(values)[len(values) // 2 - 1 :][:2]) / 2
            )
            axis.plot([middle, middle], [place - 0.22, place + 0.22], color=INK, linewidth=1.2)
            axis.plot(values, _stacked(values, place), "o", color=MARK, markeredgecolor=EDGE, markersize=6)
            ends = [(mine[0], "left", 4), (mine[-1], "right", -4)] if len(mine) > 1 else [(mine[0], "left", 4)]
            for each, side, shift in ends:
                tied = "、".join(other.short for other in mine if other.total == each.total)
                axis.annotate(
                    _short(tied), (float(each.total or 0), place), (shift, -15), textcoords="offset points", ha="right" if side == "left" else "left",
                    fontsize=8.5, color=SECOND,
                )  # fmt: skip
        axis.set_yticks(range(len(classes)), [f"{code} 类" for code in classes])
        axis.set_ylim(len(classes) - 0.4, -0.5)
        axis.set_xlabel(f"{unit}（点为单位，竖线为本类中位数；各类之间不排名）")
        axis.grid(axis="x", color=HAIR)
        alt = "；".join(
            f"{code} 类 {len(some)} 家，{min(some):.2f} 至 {max(some):.2f}"
            for code in classes
            if (some := [float(each.result.total or 0) for each in rows if each.result.unit_class == code])
        )
        return _chart(figure, f"各类单位总分分布图。{alt}。")


def _stacked(values: Sequence[float], place: int) -> list[float]:
    """Equal values stand above each other."""
    seen: dict[float, int] = {}
    heights = []
    for value in values:
        key = round(value, 2)
        heights.append(place - 0.14 * seen.get(key, 0))
        seen[key] = seen.get(key, 0) + 1
    return heights


def lines_chart(rows: Sequence[LineLoss]) -> Chart:
    """The lines that lose the largest share of their marks, one panel a class, bars from 0 on one scale."""
    classes = list(dict.fromkeys(each.unit_class for each in rows))
    tops = {
        code: sorted((each for each in rows if each.unit_class == code and each.share), key=lambda each: -each.share)[
            : _MOST_LINES // 2 + 1
        ]
        for code in classes
    }
    longest = max((float(each.share) for some in tops.values() for each in some), default=0.01) * 100
    height = 0.8 + _ROW * max((len(some) for some in tops.values()), default=1)
    with _canvas(height, max(len(classes), 1)) as (figure, axes):
        for axis, code in zip(axes, classes, strict=True):
            some = tops[code]
            axis.barh(range(len(some)), [float(each.share) * 100 for each in some], color=MARK, height=0.62)
            axis.set_yticks(range(len(some)), [_short(f"{each.indicator} {each.name}") for each in some], fontsize=8)
            for place, each in enumerate(some):
                axis.text(float(each.share) * 100, place, f" {float(each.share) * 100:.1f}", va="center", fontsize=8)
            axis.set_ylim(max(len(some), 1) - 0.4, -0.6)
            axis.set_xlim(0, longest * 1.22)
            axis.set_title(f"{code} 类")
            axis.spines["left"].set_visible(False)
            axis.tick_params(axis="y", length=0)
        axes[0].set_xlabel("失分占该指标满分的 %")
        worst = "；".join(
            f"{code} 类最高的是{some[0].name}，{float(some[0].share) * 100:.1f}%" for code, some in tops.items() if some
        )
        return _chart(figure, f"各类失分最集中的指标。{worst or '没有失分'}。")


def moves_chart(periods: Sequence[str], rows: Sequence[Moves], most: int = 3) -> Chart:
    """Ranks over the periods, rank 1 on top, one panel a class; the objects that moved most are dark and named, all others grey."""
    classes = list(dict.fromkeys(each.result.unit_class for each in rows))
    deepest = max((rank for each in rows for rank in each.ranks if rank is not None), default=1)
    told = []
    with _canvas(1.0 + 0.22 * min(deepest, MOST_ROWS), max(len(classes), 1)) as (figure, axes):
        for axis, code in zip(axes, classes, strict=True):
            mine = [each for each in rows if each.result.unit_class == code]
            movers = sorted((each for each in mine if each.rank_change), key=lambda each: -abs(each.rank_change or 0))[
                :most
            ]
            if len(mine) > MOST_ROWS:  # a thicket: only those that moved most
                mine = movers
            for each in mine:
                dark = each in movers
                points = [(place, rank) for place, rank in enumerate(each.ranks) if rank is not None]
                axis.plot(
                    [place for place, _ in points], [rank for _, rank in points], "o-", color=INK if dark else PEER,
                    linewidth=1.6 if dark else 1.0, markersize=4.5 if dark else 3.5, zorder=3 if dark else 2,
                )  # fmt: skip
            for rank in sorted({each.ranks[-1] for each in mine if each.ranks[-1] is not None}):
                there = [each for each in mine if each.ranks[-1] == rank]
                dark = any(each in movers for each in there)
                axis.annotate(
                    f"{rank} {_short('、'.join(each.result.short for each in there), 11)}", (len(periods) - 1, rank), (6, 0),
                    textcoords="offset points", va="center", fontsize=8, color=INK if dark else SECOND, fontweight="bold" if dark else "normal",
                )  # fmt: skip
            told += [f"{each.result.short}由第 {each.ranks[-2]} 到第 {each.ranks[-1]}" for each in movers]
            axis.set_xticks(range(len(periods)), [period.removeprefix("20") for period in periods], fontsize=7.5)
            axis.set_xlim(-0.15, len(periods) - 1 + 0.9 * max(len(periods) - 1, 1))
            axis.set_ylim(deepest + 0.7, 0.3)
            axis.set_yticks([])
            axis.spines["left"].set_visible(False)
            axis.set_title(f"{code} 类名次")
        return _chart(figure, f"各类名次变化图，第 1 名在最上。变化最大的：{'、'.join(told) or '没有变化'}。")


def intervals_chart(found: Intervals) -> Chart:
    """Rank now (dot) and the middle 95 % of the ranks (line), one panel a ranking group."""
    fields = list(dict.fromkeys(each.result.field for each in found.rows))
    deepest = max((max(each.worst, each.result.rank or 1) for each in found.rows), default=1)
    largest = max((sum(each.result.field == field for each in found.rows) for field in fields), default=1)
    largest = min(largest, MOST_ROWS)
    with _canvas(0.9 + 0.25 * largest, max(len(fields), 1)) as (figure, axes):
        for axis, field in zip(axes, fields, strict=True):
            mine = sorted(
                (each for each in found.rows if each.result.field == field), key=lambda each: each.result.rank or 0
            )
            if len(mine) > MOST_ROWS:  # of a large field the widest intervals
                widest = sorted(mine, key=lambda each: each.lower - each.upper)[:MOST_ROWS]
                mine = sorted(widest, key=lambda each: each.result.rank or 0)
            for place, each in enumerate(mine):
                axis.plot(
                    [each.lower, each.upper], [place, place], "-", color=EDGE, linewidth=3.2, solid_capstyle="butt"
                )
                axis.plot([each.result.rank or 0], [place], "o", color="white", markeredgecolor=INK, markersize=6.5)
            axis.set_yticks(range(len(mine)), [_short(each.result.short, 10) for each in mine], fontsize=8.5)
            axis.set_ylim(largest - 0.4, -0.6)
            axis.set_xlim(0.4, deepest + 0.6)
            axis.set_xticks(range(1, deepest + 1, max(1, deepest // 6)))
            axis.set_title(_field_name(field))
            axis.grid(axis="x", color=HAIR)
        axes[0].set_xlabel("名次（圆圈为现名次，粗线为 95% 的试算所在）")
        return _chart(figure, f"名次区间图，权重 ±{float(found.spread):g}%。{found.sentence}")


def severity_chart(found: Severity) -> Chart:
    """Each team against the mean of its group with its interval; the line at 0 is the mean."""
    rows = found.teams
    with _canvas(0.9 + 0.32 * max(len(rows), 1)) as (figure, (axis,)):
        axis.axvline(0, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
        for place, each in enumerate(rows):
            clear = each.verdict != "看不出"
            axis.plot([each.lower, each.upper], [place, place], "-", color=EDGE, linewidth=1.8)
            axis.plot(
                [each.estimate],
                [place],
                "s" if clear else "o",
                color=INK if clear else "white",
                markeredgecolor=INK,
                markersize=7,
            )
            if clear:
                axis.annotate(
                    each.verdict, (each.upper, place), (5, 0), textcoords="offset points", va="center", fontsize=8.5
                )
        axis.set_yticks(range(len(rows)), [each.team for each in rows])
        axis.set_ylim(max(len(rows), 1) - 0.4, -0.6)
        axis.set_xlabel("每 100 分可比满分比各组平均多扣（右）或少扣（左）的分，横线为 95% 区间，方块为有差别")
        axis.grid(axis="x", color=HAIR)
        alt = "；".join(f"{each.team} {each.estimate:+.2f}（{each.lower:+.2f} 至 {each.upper:+.2f}）" for each in rows)
        return _chart(figure, f"检查组宽严图。{alt.replace('-', '−') or '没有可比的检查组'}。")


def _field_name(field: str) -> str:
    return f"{field} 类" if len(field) <= 2 else field


def _short(text: str, most: int = 14) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
