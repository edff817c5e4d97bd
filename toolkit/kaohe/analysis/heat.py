"""Where points are lost: aspects against units, as figures and as a table that needs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from html import escape
from itertools import pairwise
from typing import NamedTuple

from kaohe.core.exact import ZERO, fixed, plain
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Indicator

MOST_UNITS, TENTHS = 80, 10  # columns of single units; parts of a class where there are more
FEW = 24  # columns that are printed at full size
_DEEP = (0x8A, 0x10, 0x16)  # one hue, white to deep red (design: visual target, palette)


class Aspect(NamedTuple):
    """A level-1 node of a counted component: its full marks, the marks lost per object code, and their sum."""

    line: Indicator
    full: Fraction
    lost: dict[str, Fraction]
    total: Fraction


def scored(edition: Edition) -> tuple[ObjectResult, ...]:
    """Objects with a total, by class in the scheme's order, then rank, then code."""
    order = {each.code: number for number, each in enumerate(edition.scheme.classes)}
    found = [each for each in edition.outcome.objects if each.total is not None]
    return tuple(sorted(found, key=lambda each: (order.get(each.unit_class, 0), each.rank or 9999, each.code)))


def aspects(edition: Edition) -> tuple[Aspect, ...]:
    """Level-1 nodes of the components that count, most marks lost first."""
    scheme = edition.scheme
    counted = {part.code for part in scheme.components_at(edition.when.clock) if part.counted}
    tops = [line for line in scheme.indicators if line.level == 1 and line.component in counted]
    objects = scored(edition)
    lost = {top.code: dict.fromkeys((each.code for each in objects), ZERO) for top in tops}
    for each in objects:
        for leaf in each.leaves:
            if leaf.lost and (aspect := lost.get(leaf.indicator.partition(".")[0])) is not None:
                aspect[each.code] += leaf.lost
    found = []
    for top in tops:
        full = sum((top.full_marks(each.unit_class) for each in objects), ZERO)
        found.append(Aspect(top, full, lost[top.code], sum(lost[top.code].values(), ZERO)))
    return tuple(sorted(found, key=lambda each: (-each.total, each.line.code)))


def sentence(edition: Edition) -> str:
    """`队伍建设满分占 8%，失分占 20%` for the two aspects that lose most."""
    found = aspects(edition)
    full, lost = sum((each.full for each in found), ZERO), sum((each.total for each in found), ZERO)
    if not full or not lost:
        return "本期没有失分。"
    words = [
        f"**{each.line.name}**满分占 {fixed(each.full / full * 100, 0)}%，失分占 {fixed(each.total / lost * 100, 0)}%"
        for each in found[:2]
        if each.total
    ]
    return "；".join(words) + "。"


def lost_marks(edition: Edition) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The figures of the heat map: columns, then one row a unit: class, rank, name, marks lost by aspect (exact), their sum."""
    found = aspects(edition)
    rows: list[tuple[object, ...]] = []
    for each in scored(edition):
        lost = [aspect.lost[each.code] for aspect in found]
        rows.append((each.unit_class, each.rank, each.name, *lost, sum(lost, ZERO)))
    return ("类别", "名次", "单位", *(aspect.line.name for aspect in found), "合计"), rows


class Column(NamedTuple):
    """A column of the heat map: its label, its class, the codes of its objects (one, or a tenth of a large class)."""

    label: str
    unit_class: str
    codes: tuple[str, ...]


def columns_of(objects: Sequence[ObjectResult]) -> tuple[Column, ...]:
    """A column a unit; with more than MOST_UNITS a class is cut into tenths by rank, and its figures are means."""
    if len(objects) <= MOST_UNITS:
        return tuple(Column(each.short or each.name, each.unit_class, (each.code,)) for each in objects)
    found = []
    for code in dict.fromkeys(each.unit_class for each in objects):
        mine = [each for each in objects if each.unit_class == code]
        cuts = [len(mine) * part // TENTHS for part in range(TENTHS + 1)]
        for start, end in pairwise(cuts):
            if start < end:
                label = f"{start + 1}至{end}" if end - start > 1 else f"{end}"
                found.append(Column(label, code, tuple(each.code for each in mine[start:end])))
    return tuple(found)


def table(edition: Edition) -> str:
    """The heat map as an HTML table: columns by class and rank, rows by loss; figure in each cell, dot for none."""
    objects, rows = scored(edition), aspects(edition)
    if not objects:
        return "<p>没有已计算的单位。</p>"
    columns = columns_of(objects)
    values = {row.line.code: [_mean(row, column) for column in columns] for row in rows}
    worst = max((value for line in values.values() for value in line), default=ZERO)
    titles = {each.code: f"{each.code} 类" if len(each.code) == 1 else each.name for each in edition.scheme.classes}
    counts = Counter(column.unit_class for column in columns)
    groups = "".join(
        f'<th scope="colgroup" class="group" colspan="{count}">{escape(titles.get(code, code))}</th>'
        for code, count in counts.items()
    )
    names = "".join(f'<th scope="col" class="unit"><span>{escape(column.label)}</span></th>' for column in columns)
    body = "".join(_row(row, values[row.line.code], worst) for row in rows)
    sums = "".join(f"<td>{_figure(sum(line, ZERO))}</td>" for line in zip(*values.values(), strict=True))
    whole = plain(sum((row.total for row in rows), ZERO), 2)
    grouped = len(columns) < len(objects)
    reading = "单位多，每类按名次分为十段，格内为一段的平均失分" if grouped else "格内为失分"
    return (
        f'<div class="wide"><table class="heat{" many" if len(columns) > FEW else ""}"><thead>'
        f'<tr><td></td>{groups}<td></td></tr><tr><th scope="col">方面</th>{names}<th scope="col">合计</th></tr></thead>'
        f'<tbody>{body}</tbody><tfoot><tr><th scope="row">失分合计</th>{sums}<td><b>{whole}</b></td></tr></tfoot></table></div>'
        f'<p class="caption">{reading}（.3 即 0.30 分，“·”为未失分），颜色越深失分越多；列按类别和名次，行按失分合计。</p>'
    )


def _mean(row: Aspect, column: Column) -> Fraction:
    return sum((row.lost[code] for code in column.codes), ZERO) / len(column.codes)


def _row(row: Aspect, values: Sequence[Fraction], worst: Fraction) -> str:
    cells = "".join(_cell(value, worst) for value in values)
    total = fixed(row.total, 2)
    return f'<tr><th scope="row">{escape(row.line.name)}</th>{cells}<td><b>{total}</b></td></tr>'


def _cell(lost: Fraction, worst: Fraction) -> str:
    if not lost:
        return '<td class="none">·</td>'
    share = float(lost / worst) if worst else 0.0
    red, green, blue = (round(255 + (deep - 255) * share) for deep in _DEEP)
    # The stronger of black and white: every cell keeps a contrast of at least 4.5.
    bright = _light(red, green, blue)
    ink = "#fff" if 1.05 / (bright + 0.05) > (bright + 0.05) / 0.05 else "#000"
    return f'<td style="background:#{red:02x}{green:02x}{blue:02x};color:{ink}">{_figure(lost)}</td>'


def _light(*parts: int) -> float:
    """Relative luminance of a colour, 0 to 1 (WCAG 2)."""
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _figure(value: Fraction) -> str:
    text = plain(value, 2)
    return text[1:] if text.startswith("0.") else text
