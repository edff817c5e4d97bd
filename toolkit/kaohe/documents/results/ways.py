"""Links from a figure to the rows it came from: an object to its inputs, lines with lost marks to 扣分, bonuses to 加减分, entries to 日常积分,
tasks to 任务清单, means and votes of rater groups to 评价 and 得票, grades and bars to 决定.

The returned workbooks are one step further: those rows name file, sheet and cell, with a link. Ballots have none: who gave which mark stays
unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kaohe.documents.results.claims import CLAIMS, claim_rows
from kaohe.documents.results.daily import DAILY, daily_rows
from kaohe.documents.results.grid import DATA, FIRST_ROW, LOSSES, Column
from kaohe.documents.results.losses import lost_rows
from kaohe.documents.results.model import Frame
from kaohe.documents.results.paper import MOST_LINKS
from kaohe.documents.results.rating_sheet import RATINGS, rating_rows
from kaohe.documents.results.task_sheet import TASKS, task_rows
from kaohe.documents.results.votes import VOTES, vote_rows
from kaohe.records.results import ObjectResult

#: (column, object) → address inside the workbook
Ways = Mapping[tuple[str, str], str]
_Way = tuple[tuple[str, str], str]
DECISIONS = "决定"


def data_ways(frame: Frame, decided: Mapping[str, int]) -> Ways:
    """From 数据. `decided`: the first row of each object on 决定. Nothing where they and the workbooks are too many for a sheet."""
    return _few(
        (
            *_losses(frame, "分:"),
            *_tasks(frame, "任得:"),
            *_tasks(frame, "任满:"),
            *_claims(frame),
            *_means(frame),
            *_votes(frame),
            *(((key, code), _to(DECISIONS, row)) for code, row in decided.items() for key in ("封顶规则", "降档规则")),
        ),
        len(frame.objects),
    )


def results_ways(frame: Frame, decided: Mapping[str, int]) -> Ways:
    """From 结果: the object to its inputs, scores of nodes and components to their rows, the grade to 决定."""
    return _few(
        (
            *((("单位", each.code), _to(DATA, row)) for row, each in enumerate(frame.objects, FIRST_ROW)),
            *_nodes(frame),
            *_entries(frame),
            *_tasks(frame, "得分:"),
            *_ratings(frame),
            *((("等次", code), _to(DECISIONS, row)) for code, row in decided.items()),
        )
    )


def _few(ways: Iterable[_Way], others: int = 0) -> Ways:
    """The first way of each figure, as long as a sheet holds them all."""
    found: dict[tuple[str, str], str] = {}
    for place, address in ways:
        found.setdefault(place, address)
        if len(found) + others > MOST_LINKS:
            return {}
    return found


def _losses(frame: Frame, kind: str) -> Iterator[_Way]:
    for row, (each, lost) in enumerate(lost_rows(frame), FIRST_ROW):
        yield (f"{kind}{lost.indicator}", each.code), _to(LOSSES, row)


def _nodes(frame: Frame) -> Iterator[_Way]:
    """Level-1 nodes with lost marks."""
    blocks = {leaf.code: block.code for block in frame.blocks for leaf in block.leaves}
    for row, (each, lost) in enumerate(lost_rows(frame), FIRST_ROW):
        if lost.indicator in blocks and lost.lost:
            for kind in ("块:", "示:"):
                yield (f"{kind}{blocks[lost.indicator]}", each.code), _to(LOSSES, row)


def _tasks(frame: Frame, kind: str) -> Iterator[_Way]:
    parts = [part.code for part in frame.parts if part.kind == "tasks"]
    for row, (each, _) in enumerate(task_rows(frame), FIRST_ROW):
        for part in parts:
            yield (f"{kind}{part}", each.code), _to(TASKS, row)


def _entries(frame: Frame) -> Iterator[_Way]:
    for row, (each, entry) in enumerate(daily_rows(frame), FIRST_ROW):
        yield (f"得分:{entry.component}", each.code), _to(DAILY, row)


def _claims(frame: Frame) -> Iterator[_Way]:
    into = {item.code: item.into.partition(":")[2] for item in frame.adjustments}
    for row, (each, claim) in enumerate(claim_rows(frame), FIRST_ROW):
        part = into.get(claim.item, "")
        yield (f"入:{part}" if part else claim.nature, each.code), _to(CLAIMS, row)


def _means(frame: Frame) -> Iterator[_Way]:
    """Means of the dimensions on 评价."""
    for row, (each, rating, group) in enumerate(rating_rows(frame), FIRST_ROW):
        for code in group.members or (group.group,):
            for dimension in frame.scheme.dimensions_of(rating.instrument):
                yield (f"维:{rating.instrument}:{code}:{dimension.code}", each.code), _to(RATINGS, row)


def _ratings(frame: Frame) -> Iterator[_Way]:
    """Components whose score is that of an instrument."""
    parts = {part.component.taken_from: part.code for part in frame.parts if part.kind == "rating"}
    for row, (each, rating, _) in enumerate(rating_rows(frame), FIRST_ROW):
        if rating.instrument in parts:
            yield (f"得分:{parts[rating.instrument]}", each.code), _to(RATINGS, row)


def _votes(frame: Frame) -> Iterator[_Way]:
    """Votes of the options on 得票."""
    for row, instrument, each, group, dimension in vote_rows(frame):
        if group is not None and not group.members:
            for option in frame.scheme.options_of(instrument.code, dimension.code):
                key = f"票:{instrument.code}:{group.group}:{dimension.code}:{option.code}"
                yield (key, each.code), _to(VOTES, row)


def linked(columns: Sequence[Column], ways: Ways) -> list[Column]:
    """The columns with their links; those that have links of their own keep them."""
    keys = {key for key, _ in ways}
    return [_linked(column, ways) if column.key in keys and column.link is None else column for column in columns]


def _linked(column: Column, ways: Ways) -> Column:
    def link(each: ObjectResult) -> str:
        return ways.get((column.key, each.code), "")

    return column._replace(link=link)


def _to(sheet: str, row: int) -> str:
    return f"internal:'{sheet}'!A{row}"
