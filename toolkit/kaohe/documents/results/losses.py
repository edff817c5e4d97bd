"""The sheet 扣分: every lost mark with case, fact, clause, evidence and the cell that somebody typed; and what it adds up to."""

from __future__ import annotations

from msgspec.structs import replace

from kaohe.documents import book_styles as looks
from kaohe.documents.results.check import Losses
from kaohe.documents.results.grid import LOSSES
from kaohe.documents.results.listing import Heading, Record, area, column_of, listing_sheet
from kaohe.documents.results.model import Frame, number
from kaohe.documents.results.sums import LostRow
from kaohe.records.books import Sheet
from kaohe.records.results import ObjectResult

_MARKS = "失分"


def lost_rows(frame: Frame) -> tuple[tuple[ObjectResult, LostRow], ...]:
    """Every reason for lost marks, objects in row order, lines in the order of the tree; problems without deduction are kept (0)."""
    return tuple((each, row) for each in frame.objects for row in frame.sums[each.code].lost)


def losses_areas(rows: int) -> Losses:
    """Where the sheet holds codes and marks."""
    return Losses(area(LOSSES, "A", rows), area(LOSSES, column_of(_headings(2), _MARKS), rows))


def _headings(places: int) -> tuple[Heading, ...]:
    return (
        Heading("构成", 9), Heading("指标编码", 7), Heading("指标", 16), Heading("情形", 20),
        Heading("次数", 5, replace(looks.TEXT, align="right", format="General")), Heading(_MARKS, 7, looks.points(places)),
        Heading("事实", 38), Heading("依据条款", 15), Heading("佐证", 14), Heading("问题类别", 16), Heading("严重程度", 7),
        Heading("问题编号", 14),
    )  # fmt: skip


def losses_sheet(frame: Frame, rows: tuple[tuple[ObjectResult, LostRow], ...]) -> Sheet:
    """The sheet 扣分."""
    scheme = frame.scheme
    lines = {line.code: line.name for line in scheme.indicators}
    parts = {part.code: part.name for part in scheme.components}
    records = [
        Record(
            each,
            (
                parts.get(row.component, row.component), row.indicator, lines.get(row.indicator, ""), row.case,
                number(row.times), number(row.lost), row.fact, row.clause, row.evidence,
                scheme.kind_name(row.kind) if row.kind else "", row.severity, row.problem_id,
            ),
            row.source,
        )
        for each, row in rows
    ]  # fmt: skip
    note = "失分为封顶、归零和最低分之后实际失去的分；点来源文件打开填报表。"
    return listing_sheet(frame, LOSSES, "每一处失分一行", "行", note, _headings(frame.places), records)
