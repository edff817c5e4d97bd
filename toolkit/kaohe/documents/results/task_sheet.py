"""The sheet 任务清单: each task of the period with its marks, the points that count, and the cell that somebody typed; inputs only."""

from __future__ import annotations

from msgspec.structs import replace

from kaohe.documents import book_styles as looks
from kaohe.documents.results.listing import Heading, Record, listing_sheet
from kaohe.documents.results.model import Frame, is_scored, number
from kaohe.records.books import Sheet
from kaohe.records.results import ObjectResult, TaskResult

TASKS = "任务清单"
_MARKS = replace(looks.TEXT, align="right", format="0.##")
_HEADINGS = (
    Heading("任务编号", 9, looks.CENTRE), Heading("任务", 48), Heading("分值", 8, _MARKS), Heading("得分", 8, _MARKS),
)  # fmt: skip


def has_tasks(frame: Frame) -> bool:
    """Whether a component of the period is made of tasks."""
    return any(part.kind == "tasks" for part in frame.parts)


def task_rows(frame: Frame) -> tuple[tuple[ObjectResult, TaskResult], ...]:
    """The tasks that count, objects in row order, each object's in the order of the list; () where no component is made of them."""
    if not has_tasks(frame):
        return ()
    return tuple((each, task) for each in frame.objects if is_scored(each) for task in each.tasks)


def task_sheet(frame: Frame) -> Sheet:
    """The sheet 任务清单. The sums of each object stand in 数据."""
    rows = task_rows(frame)
    records = [
        Record(each, (task.number, task.name, number(task.marks), number(task.points)), task.source)
        for each, task in rows
    ]
    note = "每个对象的分值、得分合计见“数据”。点来源文件打开填报表。"
    return listing_sheet(frame, TASKS, "每项任务一行", "项", note, _HEADINGS, records)
