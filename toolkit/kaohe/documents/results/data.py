"""The sheet 数据: one row an object, one column a leaf, then what enters as a value; inputs only, each figure is traced in 扣分.

Also the list of columns that both 数据 and the formulas of 结果 go by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaohe.documents import book_styles as looks
from kaohe.documents.printed import marks
from kaohe.documents.results.adjustments import adjustment_data
from kaohe.documents.results.grading import grading_data
from kaohe.documents.results.grid import DATA, FIRST_ROW, HEAD_ROW, Column, Grid, Refs, grid, grid_cells, row_heights
from kaohe.documents.results.identity import identity
from kaohe.documents.results.live import data_columns
from kaohe.documents.results.model import Frame, clock_words, is_graded, is_scored, number
from kaohe.documents.results.paper import MOST_LINKS, on_paper, returned_path
from kaohe.documents.results.ratings import rating_data
from kaohe.documents.results.rules import (
    decided_grade,
    decided_why,
    formula_of,
    has_fired,
    proposal_key,
    takes,
    tie_key,
    tie_value,
)
from kaohe.documents.results.sources import source_data
from kaohe.documents.results.values import Standings, counts, is_ranked
from kaohe.documents.results.ways import data_ways, linked
from kaohe.records.books import Sheet, Value
from kaohe.records.results import ObjectResult
from kaohe.records.rules import Rule
from kaohe.records.scheme import Indicator


def data_grid(frame: Frame, found: Standings, decided: Mapping[str, int]) -> Grid:
    """The columns of 数据 for this period; `decided` is the first row of each object on 决定."""
    columns = [*_identity(frame)]
    for block in frame.blocks:
        for leaf in block.leaves:
            live = frame.live(leaf.code)
            columns += [_leaf(leaf, frame)] if live is None else data_columns(live)
    for survey in frame.surveys:
        columns += rating_data(survey)
    for part in frame.parts:
        columns += source_data(part, frame.lookup)
    columns += [*adjustment_data(frame), *_earlier(frame)]
    columns += [
        Column(f"键{n}", f"同分排序{n} {thing}", _tie(frame, thing), look="exact", width=11)
        for n, (thing, _) in enumerate(frame.scheme.settings.tie_breaks, 1)
        if tie_key(frame, thing) is None
    ]
    columns += grading_data(frame, found.levels)
    if frame.decides:
        columns.append(Column("审定等次", "审定等次", lambda each: decided_grade(each), look="centre", width=11))
        columns.append(Column("决定理由", "决定理由", lambda each: decided_why(each), width=30))
    columns += [_rule(rule) for rule in frame.rules if formula_of(frame, rule) is None]
    columns += [_waiting(key, rule) for rule in frame.rules if (key := proposal_key(frame, rule))]
    columns.append(Column("失分最多", "失分最多的一项", lambda each: main_loss(frame, each), width=40))
    return grid(DATA, linked(columns, data_ways(frame, decided)), len(frame.objects))


def data_sheet(frame: Frame, refs: Refs, breaks: set[int]) -> Sheet:
    """The sheet 数据."""
    mine = refs.data
    note = (
        "只放数值，不放公式：每一末级指标按表计入的得分（空白＝不适用、本类没有或未计分）、各评价主体的均值，以及加减分和其他取值。"
        "各项扣分的来源见“扣分”，满分见“参数”；点单位名称打开交回的填报表，点有失分的得分看“扣分”。"
    )
    widths = {n: column.width for n, column in enumerate(mine.columns, 1)}
    last = mine.letter(mine.columns[-1].key)
    above = looks.heading(f"数据　{frame.edition.when.title}　一行一个对象，一列一个末级指标", note)
    return Sheet(
        DATA,
        grid_cells(above, mine, refs, frame.objects, breaks, frame.places, frame.is_live),
        widths=widths,
        heights=row_heights(mine, frame.objects),
        freeze=(FIRST_ROW, mine.number("单位") + 1),
        filter=f"A{HEAD_ROW}:{last}{mine.last}",
        tab="BF8F00",
        print=on_paper(frame, [column.width for column in mine.columns], mine.number("单位")),
    )


def main_loss(frame: Frame, each: ObjectResult) -> str:
    """The heaviest single loss in the counted components with its marks: `活动阵地标识陈旧（−0.20）`; "" where nothing was lost."""
    counted = {part.code for part in frame.counted}
    rows = [row for row in frame.sums[each.code].lost if row.component in counted and row.lost > 0]
    if not rows:
        return ""
    worst = max(rows, key=lambda row: row.lost)
    line = next((line.name for line in frame.scheme.indicators if line.code == worst.indicator), worst.indicator)
    name = frame.scheme.kind_name(worst.kind) if worst.kind else line
    return f"{name}（{marks(-worst.lost, frame.places)}）"


def _identity(frame: Frame) -> tuple[Column, ...]:
    code, unit_class, unit = identity(frame, {"编码": 9, "分类": 7, "单位": 19})
    few = len(frame.objects) <= MOST_LINKS
    return (
        code,
        unit_class,
        unit._replace(link=_returned(frame) if few else None),
        Column("状态", "状态", lambda each: each.status, look="centre", width=9),
        Column("组", "排名组", lambda each: each.field, look="centre", width=8),
        Column("计分", "计分\n1＝是", lambda each: int(is_scored(each)), look="flag", width=7),
        Column("排名", "排名\n1＝是", lambda each: int(is_ranked(each)), look="flag", width=7),
        Column("评等", "评定等次\n1＝是", lambda each: int(is_graded(each)), look="flag", width=9),
        Column("家数", "计入家数\n1＝是", lambda each: int(counts(each)), look="flag", width=9),
    )


def _returned(frame: Frame) -> Callable[[ObjectResult], str]:
    files = {each.object_code: each.file for each in frame.edition.submissions if each.file}

    def address(each: ObjectResult) -> str:
        return f"external:{returned_path(frame, files[each.code])}" if each.code in files else ""

    return address


def _leaf(leaf: Indicator, frame: Frame) -> Column:
    def value(each: ObjectResult) -> Value:
        found = frame.sums[each.code].leaves.get(leaf.code)
        return number(found.points) if found else None

    return Column(f"分:{leaf.code}", f"{leaf.code}\n{leaf.name}", value, look="points", width=10)


def _earlier(frame: Frame) -> tuple[Column, ...]:
    last = clock_words(frame.clock)
    return (
        Column("上期总分", f"{last}总分", lambda each: number(each.previous_total), look="points"),
        Column("上期名次", f"{last}名次", lambda each: each.previous_rank, look="whole"),
    )


def _tie(frame: Frame, thing: str) -> Callable[[ObjectResult], Value]:
    return lambda each: number(tie_value(frame, thing, each)) if is_scored(each) else None


def _waiting(key: str, rule: Rule) -> Column:
    def value(each: ObjectResult) -> Value:
        return int(has_fired(rule, each) and not takes(rule, each))

    return Column(key, f"规则 {rule.number}\n1＝并列，报批", value, look="flag", width=10)


def _rule(rule: Rule) -> Column:
    return Column(
        f"则:{rule.number}",
        f"规则 {rule.number}\n1＝成立（程序判定）",
        lambda each: int(has_fired(rule, each)),
        look="flag",
        width=10,
    )
