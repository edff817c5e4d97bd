"""The sheet 加减分: every bonus and penalty that was claimed, what was verified, what counts after the caps and why, and the typed cell."""

from __future__ import annotations

from kaohe.documents import book_styles as looks
from kaohe.documents.results.listing import Heading, Record, listing_sheet
from kaohe.documents.results.model import Frame, is_scored, number
from kaohe.records.books import Sheet
from kaohe.records.results import AdjustmentResult, ObjectResult

CLAIMS = "加减分"


def claim_rows(frame: Frame) -> tuple[tuple[ObjectResult, AdjustmentResult], ...]:
    """The claims, objects in row order, each object's in the order of the form."""
    return tuple((each, row) for each in frame.objects if is_scored(each) for row in each.adjustments)


def claims_sheet(frame: Frame) -> Sheet:
    """The sheet 加减分. What counts of each object stands in 数据."""
    rows, marks = claim_rows(frame), looks.points(frame.places)
    into = {item.code: item.into for item in frame.adjustments}
    names = {part.code: part.component.name for part in frame.parts}
    headings = (
        Heading("代码", 7, looks.CENTRE), Heading("项目", 24), Heading("性质", 7, looks.CENTRE), Heading("计入", 12),
        Heading("事项编号", 14), Heading("申报", 8, marks), Heading("核定", 8, marks), Heading("计分", 8, marks),
        Heading("说明", 40),
    )  # fmt: skip
    records = [
        Record(
            each,
            (
                row.item, row.name, row.nature, _into(into.get(row.item, ""), names), row.matter, number(row.claimed),
                number(row.verified), number(row.counted), row.why,
            ),
            row.source,
        )
        for each, row in rows
    ]  # fmt: skip
    note = "“计分”为核定并经单项、类别上限以后的分，总上限由公式计算。点来源文件打开填报表。"
    return listing_sheet(frame, CLAIMS, "每件加分、减分一行", "件", note, headings, records)


def _into(into: str, names: dict[str, str]) -> str:
    code = into.partition(":")[2]
    return names.get(code, code) or "总分"
