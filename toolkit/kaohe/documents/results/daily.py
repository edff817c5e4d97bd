"""The sheet 日常积分: every dated entry with reason, clause and the cell that somebody typed. 结果 adds the entries up from here."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from kaohe.documents import book_styles as looks
from kaohe.documents.results.listing import Heading, Record, area, column_of, listing_sheet
from kaohe.documents.results.model import Frame, is_scored, number
from kaohe.records.books import Sheet
from kaohe.records.results import DailyResult, ObjectResult

DAILY = "日常积分"
_COMPONENT, _POINTS = "构成代码", "分值"
_HEADINGS = (
    Heading(_COMPONENT, 8), Heading("构成", 13), Heading("日期", 11, looks.DAY),
    Heading(_POINTS, 8, replace(looks.TEXT, align="right", format="+0.0##;−0.0##;0")), Heading("事由", 46), Heading("条款", 18),
    Heading("问题编号", 20),
)  # fmt: skip


class Entries(NamedTuple):
    """Where the sheet holds codes, components and points (absolute areas)."""

    codes: str
    components: str
    points: str


def has_entries(frame: Frame) -> bool:
    """Whether a component of the period is made of dated entries."""
    return any(part.component.origin == DAILY for part in frame.parts)


def daily_rows(frame: Frame) -> tuple[tuple[ObjectResult, DailyResult], ...]:
    """The entries that count, objects in row order, each object's in the order of their days; () where no component is made of them."""
    if not has_entries(frame):
        return ()
    return tuple((each, entry) for each in frame.objects if is_scored(each) for entry in each.daily)


def entries_areas(frame: Frame) -> Entries:
    """The areas of the sheet."""
    rows = len(daily_rows(frame))
    component, points = (area(DAILY, column_of(_HEADINGS, title), rows) for title in (_COMPONENT, _POINTS))
    return Entries(area(DAILY, "A", rows), component, points)


def daily_sheet(frame: Frame) -> Sheet:
    """The sheet 日常积分."""
    rows = daily_rows(frame)
    names = {part.code: part.component.name for part in frame.parts}
    records = [
        Record(
            each,
            (
                entry.component, names.get(entry.component, entry.component), looks.day(entry.day), number(entry.points),
                entry.reason, entry.clause, entry.problem_id,
            ),
            entry.source,
        )
        for each, entry in rows
    ]  # fmt: skip
    note = "“结果”按编码和构成代码相加，加起始分后限于 0–100。点来源文件打开积分表。"
    return listing_sheet(frame, DAILY, "每条记录一行", "条", note, _HEADINGS, records)
