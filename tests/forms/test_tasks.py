"""任务清单 (forms.md 1): the period's tasks of one unit are printed; only what the inspectors give counts, within the task's marks."""

from __future__ import annotations

from kaohe.records.returns import Submission
from makers.filled_form import Fields, at, filled, form_of, prefilled, received, said


def _submission(changes: Fields | None = None) -> Submission:
    found = received(filled(changes)).submission
    assert found is not None
    return found


def test_a_unit_gets_the_tasks_of_all_of_its_class_and_its_own_of_this_period() -> None:
    assert list(prefilled(form_of())["任务清单"]) == ["T1", "T2"]


def test_points_and_what_became_of_a_task_arrive_with_their_cell() -> None:
    first, second = _submission().tasks
    assert (first.number, first.done and first.done.value, first.done_on and first.done_on.value) == (
        "T1",
        "已完成",
        "2026-07-08",
    )
    assert first.points is not None and str(first.points.value) == "77/2"
    assert (first.points.source.sheet, first.points.source.cell) == at("任务清单", "T1", "得分")
    assert second.note is not None and second.note.value == "共建协议未签"


def test_a_task_without_points_withholds_the_unit() -> None:
    changes: Fields = {("任务清单", "T2", "得分"): None}
    assert [f[:3] for f in said(filled(changes))] == [("VALUE-003", "存疑", "任务清单")]


def test_more_points_than_the_tasks_marks_are_not_believed() -> None:
    changes: Fields = {("任务清单", "T2", "得分"): 36}
    assert [f[1:3] for f in said(filled(changes))] == [("存疑", "任务清单")]
    assert _submission(changes).withheld


def test_what_the_unit_left_out_is_said_and_withholds_nobody() -> None:
    changes: Fields = {("任务清单", "T1", "完成日期"): None}
    assert [f[:3] for f in said(filled(changes))] == [("ROW-050", "提示", "任务清单")]
