"""Pictures of the three notebooks as SVG text: counts in stacked bars, ranks over the periods. No drawing library, no script.

They read in grey: the states of a bar differ in lightness and outline, and every segment that has room carries its figure. Each has a
sentence for those who do not see it, and stands above a table of its figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from kaohe.records.scheme import UnitClass

if TYPE_CHECKING:
    from kaohe.analysis.spread import Moves

INK, SECOND, EDGE, PEER = "#1D1B19", "#56524D", "#6B665F", "#B3ADA3"
#: fill and outline of the states of a bar, the first the best: from dark to an empty dashed box
STATES = (
    ("#56524D", "#56524D", ""),
    ("#B3ADA3", "#6B665F", ""),
    ("#EFEBE5", "#1D1B19", ""),
    ("none", "#1D1B19", "4 3"),
)
_WIDTH, _LEFT, _RIGHT, _ROW = 900, 190, 70, 30
_LETTER = 13
MOST_LINES = 40  # units of a class; with more its lines would be a thicket


class Row(NamedTuple):
    """A bar: its label, the count of each state, and words at its end."""

    label: str
    counts: tuple[int, ...]
    note: str = ""


def stacked(rows: Sequence[Row], states: Sequence[str], measure: str, words: str) -> str:
    """Bars of counts from 0 on one scale, a segment a state (at most four), with a key above. `words`: the sentence for the ear."""
    longest = max((sum(row.counts) for row in rows), default=0) or 1
    scale = Fraction(_WIDTH - _LEFT - _RIGHT, longest)
    parts, x = [], float(_LEFT)
    for state, form in zip(states, STATES, strict=False):
        parts.append(_box(x, 4, 14, 12, form))
        parts.append(_text(x + 20, 15, state))
        x += 44 + _LETTER * len(state)
    for at, row in enumerate(rows):
        y, x = 30 + at * _ROW, float(_LEFT)
        parts.append(_text(_LEFT - 12, y + 16, row.label, "end", INK))
        for count, form in zip(row.counts, STATES, strict=False):
            if count:
                wide = float(count * scale)
                parts.append(_box(x, y, wide, 22, form))
                if wide > 9 * len(str(count)) + 4:
                    dark = form[0] == STATES[0][0]
                    parts.append(_text(x + wide / 2, y + 16, str(count), "middle", "#fff" if dark else INK))
                x += wide
        parts.append(_text(x + 8, y + 16, row.note or f"{sum(row.counts)}{measure}"))
    return _svg(30 + len(rows) * _ROW + 6, parts, words)


def of_table(
    columns: Sequence[str], rows: Sequence[Sequence[object]], states: Sequence[str], note: str, measure: str, head: str
) -> str:
    """Bars of a table that has a column for each state and one for the words at the end (`note`), its sum left out; "" without a row."""
    bars = [
        Row(
            str(row[0]),
            tuple(int(str(row[columns.index(state)])) for state in states),
            f"{note}{row[columns.index(note)]}",
        )
        for row in rows
        if row[0] != "合计"
    ]
    bars = [bar for bar in bars if any(bar.counts)]
    told = "；".join(
        f"{bar.label}{'、'.join(f'{state}{count}' for state, count in zip(states, bar.counts, strict=True))}，{bar.note}"
        for bar in bars
    )
    return stacked(bars, states, measure, f"{head}：{told}。") if bars else ""


def of_documents(kinds: Sequence[str], written: Sequence[tuple[str, bool]]) -> str:
    """Documents by kind, in this order: final ones (True), and provisional ones and drafts; "" without any."""
    counts = Counter(written)
    bars = [Row(kind, (counts[kind, True], counts[kind, False])) for kind in dict.fromkeys(kinds)]
    bars = [bar for bar in bars if any(bar.counts)]
    told = "、".join(f"{bar.label}{sum(bar.counts)}份" for bar in bars)
    return stacked(bars, ("正式", "暂定或草稿"), "份", f"各种文书的份数：{told}。") if bars else ""


def caption(text: str) -> str:
    """Words where there is nothing to draw."""
    return f'<p class="caption">{escape(text)}</p>'


def ranks(periods: Sequence[str], rows: Sequence[Moves], classes: Sequence[UnitClass]) -> str:
    """Ranks over the periods, a panel a class, rank 1 on top; who moved furthest is drawn black and named, with the first and
    the last. "" without two periods."""
    if len(periods) < 2:
        return ""
    panels, top = [], 0
    told = []
    for each_class in classes:
        code = each_class.code
        title = f"{code} 类" if len(code) == 1 else each_class.name
        mine = [each for each in rows if each.result.unit_class == code and sum(r is not None for r in each.ranks) > 1]
        last = max((rank for each in mine for rank in each.ranks if rank is not None), default=0)
        if last < 2 or len(mine) > MOST_LINES:
            continue
        far = max(mine, key=lambda each: abs(each.rank_change or 0))
        drawn, height = _panel(periods, mine, far, title, last, top)
        panels.extend(drawn)
        top += height
        if far.rank_change:
            told.append(f"{title}{far.result.short}由第{far.ranks[-2]}到第{far.ranks[-1]}")
    return _svg(top, panels, f"各类名次在{len(periods)}期里的变化：{'，'.join(told) or '没有变化'}。") if panels else ""


def _panel(
    periods: Sequence[str], mine: Sequence[Moves], far: Moves, title: str, last: int, top: int
) -> tuple[list[str], int]:
    step = 18 if last <= 14 else max(6, 250 // last)
    left, right, head = 60, 620, top + 48
    across = (right - left) / (len(periods) - 1)

    def spot(at: int, rank: int) -> tuple[float, float]:
        return round(left + at * across, 1), round(head + (rank - 1) * step, 1)

    parts = [_text(0, top + 16, title, "start", INK, bold=True)]
    parts += [_text(left + at * across, top + 34, period, "middle") for at, period in enumerate(periods)]
    parts += [
        _text(left - 22, spot(0, 1)[1] + 4, "第1", "end"),
        _text(left - 22, spot(0, last)[1] + 4, f"第{last}", "end"),
    ]
    for each in sorted(mine, key=lambda one: one is far):
        own = each is far and bool(far.rank_change)
        spots = [spot(at, rank) for at, rank in enumerate(each.ranks) if rank is not None]
        line = " ".join(f"{x:g},{y:g}" for x, y in spots)
        colour, width = (INK, "2.6") if own else (PEER, "1.2")
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="{width}"></polyline>')
        parts += [
            f'<circle cx="{x:g}" cy="{y:g}" r="{"4.5" if own else "2.6"}" fill="{colour}"></circle>' for x, y in spots
        ]
    ends: dict[int, list[Moves]] = {}
    for each in mine:
        if each.ranks[-1] is not None:
            ends.setdefault(each.ranks[-1], []).append(each)
    roomy = step >= 14
    for rank, there in sorted(ends.items()):
        if roomy or rank in (min(ends), max(ends), far.ranks[-1]):
            own = far in there and bool(far.rank_change)
            names = [each.result.short for each in there]
            move = far.rank_change if own else 0
            text = (far.result.short if own else names[0]) + (f"等{len(names)}个" if len(names) > 1 else "")
            text += f"　{'▲' if move > 0 else '▼'}{abs(move)}" if move else ""
            parts.append(_text(right + 14, spot(0, rank)[1] + 4, text, "start", INK if own else SECOND, bold=own))
    return parts, 48 + (last - 1) * step + 26


def _box(x: float, y: float, wide: float, high: float, form: tuple[str, str, str]) -> str:
    fill, edge, dash = form
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<rect x="{x:.1f}" y="{y:g}" width="{max(wide - 1, 1):.1f}" height="{high:g}" fill="{fill}" stroke="{edge}"{dashes}></rect>'


def _text(x: float, y: float, text: str, anchor: str = "start", fill: str = SECOND, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}" font-size="13"{weight}>{escape(text)}</text>'
    )


def _svg(height: float, parts: Sequence[str], words: str) -> str:
    return (
        f'<div class="wide"><svg class="picture" viewBox="0 0 {_WIDTH} {height:g}" width="{_WIDTH}" height="{height:g}" role="img" '
        f'aria-label="{escape(words)}">{"".join(parts)}</svg></div>'
    )
