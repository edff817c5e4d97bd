"""The sheet 评价: one row an object, instrument and rater group: ballots, means, weight as it acted, score, and how the ballots lie.

For people to look at; 结果 computes from the same means in 数据. Ballots far from the others are counted and shown, never removed.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.documents import book_styles as looks
from kaohe.documents.results.grid import FIRST_ROW, HEAD_ROW
from kaohe.documents.results.model import Frame, number
from kaohe.documents.results.paper import on_paper
from kaohe.records.books import Cell, Conditional, Sheet, Style, Value
from kaohe.records.rated import GroupRating, RatingResult
from kaohe.records.results import ObjectResult

RATINGS = "评价"
_HEAD = ("编码", "分类", "对象", "评价表", "评价主体", "应评", "交回", "有效", "维度")
_GROUP = ("主体均值", "实际权重\n（%）", "折合分")
_WHOLE = ("全部\n应评", "全部\n交回", "全部\n有效", "作废", "得分\n（百分制）", "等次", "说明")
_SPREAD = ("完整票", "最低", "下四分位", "中位", "上四分位", "最高", "离群票")
_WIDTHS = (7.5, 6.0, 13.0, 19.0, 17.0, 5.5, 5.5, 5.5, 48.0)
_TAIL = (8.5, 8.5, 8.5, 6.0, 6.0, 6.0, 6.0, 8.5, 7.0, 26.0, *(7.5,) * len(_SPREAD))
_NOTE = (
    "维度均值为按方案去掉最高、最低分后的均值，依“维度”列的次序排列；权重为实际起作用的权重（空的主体按方案处理）。"
    "四分位按完整的有效票各维度加权计算；离群票与其他票相差较大（超出四分位距1.5倍），只标出，照常计入，不剔除。"
)


def has_ratings(frame: Frame) -> bool:
    """Whether an object was rated on an instrument."""
    return any(each.ratings for each in (*frame.objects, *frame.bystanders))


def rating_sheet(frame: Frame) -> Sheet:
    """The sheet 评价. Each instrument has its own dimensions, so their means stand in numbered columns, named in the column 维度."""
    most = max((len(frame.scheme.dimensions_of(each.code)) for each in frame.scheme.instruments), default=1)
    heads = (*_HEAD, *(f"均值{n}" for n in range(1, most + 1)), *_GROUP, *_WHOLE, *_SPREAD)
    widths = (*_WIDTHS, *(8.0,) * most, *_TAIL)
    rows = list(_rows(frame, most))
    title = f"评价　{frame.edition.when.title}　一行一个对象、评价表和评价主体"
    cells: list[Cell] = [*looks.heading(title, _NOTE), *looks.head_row(HEAD_ROW, heads)]
    cells += looks.rows_of(FIRST_ROW, rows, _styles(most))
    heights = {1: 26.0, HEAD_ROW: 32.0}
    heights |= {FIRST_ROW + n: looks.height_of(row, widths, least=17) for n, row in enumerate(rows)}
    last, end = max(FIRST_ROW, FIRST_ROW + len(rows) - 1), letters(len(heads))
    far = Style(bold=True, fill=looks.WEAK_FILL, colour=looks.RED)
    return Sheet(
        RATINGS,
        tuple(cells),
        widths=dict(enumerate(widths, 1)),
        heights=heights,
        freeze=(FIRST_ROW, 4),
        filter=f"A{HEAD_ROW}:{end}{last}",
        tab="BF8F00",
        conditionals=(Conditional(f"{end}{FIRST_ROW}:{end}{last}", f"=N({end}{FIRST_ROW})>0", far),),
        print=on_paper(frame, widths, 5),
    )


def _styles(dimensions: int) -> list[Style]:
    wide, centre, count = (
        replace(looks.WRAP, valign="top"),
        replace(looks.CENTRE, valign="top"),
        replace(looks.COUNT, valign="top"),
    )
    marks = replace(looks.points(2), valign="top")
    head = [centre, centre, wide, wide, wide, count, count, count, wide]
    whole = [count, count, count, count, replace(marks, bold=True), centre, wide]
    return [*head, *[marks] * dimensions, marks, marks, marks, *whole, count, *[marks] * 5, count]


def rating_rows(frame: Frame) -> tuple[tuple[ObjectResult, RatingResult, GroupRating], ...]:
    """The rows: objects in row order, each one's instruments and rater groups."""
    return tuple(
        (each, rating, group)
        for each in (*frame.objects, *frame.bystanders)
        for rating in each.ratings
        for group in rating.groups
    )


def _rows(frame: Frame, most: int) -> Iterator[tuple[Value, ...]]:
    for each, rating, group in rating_rows(frame):
        dimensions = frame.scheme.dimensions_of(rating.instrument)
        names = "、".join(one.name for one in dimensions)
        means = {code: mean for code, mean, _ in group.means}
        found = [number(means.get(one.code)) for one in dimensions]
        yield (
            *(each.code, each.unit_class, each.short or each.name, rating.name, group.name),
            *(_known(group.due, group.returned), group.returned, group.valid, names),
            *[*found, *[None] * most][:most],
            *_group(group, rating),
            *_whole(rating),
        )


def _known(due: int, returned: int) -> int | None:
    """How many ballots were due; None where nobody said: more came back than nobody's."""
    return due if due or not returned else None


def _group(group: GroupRating, rating: RatingResult) -> tuple[Value, ...]:
    """Mean, weight, and what the group brings to the instrument's mean."""
    acts = group.mean is not None and group.weight is not None and rating.score is not None
    part = group.mean * group.weight / 100 if acts and group.mean is not None and group.weight is not None else None
    return number(group.mean), number(group.weight), number(part)


def _whole(rating: RatingResult) -> tuple[Value, ...]:
    spread = rating.spread
    figures: tuple[Value, ...] = (None,) * len(_SPREAD)
    if spread is not None:
        marks = (spread.least, spread.lower, spread.median, spread.upper, spread.greatest)
        figures = (spread.number, *map(number, marks), spread.outliers)
    counts = (_known(rating.due, rating.returned), rating.returned, rating.valid, rating.void)
    return (*counts, number(rating.score), rating.grade, rating.why, *figures)
