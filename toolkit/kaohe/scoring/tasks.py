"""任务清单: Σ points ÷ Σ marks of the period's tasks × 100 (scheme model 2)."""

from __future__ import annotations

from typing import NamedTuple

from kaohe.core.exact import HUNDRED, ZERO, add, times, within
from kaohe.records.figures import Figure
from kaohe.records.results import TaskResult
from kaohe.records.returns import TaskDone
from kaohe.records.scheme import Component, Scheme, Task
from kaohe.scoring.parts import Part, scored, unscored
from kaohe.scoring.shown import marks, number_part, text_part
from kaohe.scoring.work import Evaluation, Tasks, Work

#: code of the reason why an object is withheld whose cells are not all filled (kaohe.core.sentences.run)
BLANK = "RUN-001"


class _Done(NamedTuple):
    task: Task
    row: TaskDone


def tasks_by_owner(scheme: Scheme, period: str) -> Tasks:
    """The tasks of a period with their places in the workbook, by what 责任对象 names, an object or a class; "" = everybody's."""
    found: dict[str, dict[int, Task]] = {}
    for place, each in enumerate(scheme.tasks):
        if each.period == period:
            for owner in each.owners or ("",):
                found.setdefault(owner, {})[place] = each
    return found


def tasks_for(tasks: Tasks, code: str, unit_class: str) -> tuple[Task, ...]:
    """An object's tasks in the order of the workbook."""
    found = tasks.get("", {}) | tasks.get(unit_class, {}) | tasks.get(code, {})
    return tuple(found[place] for place in sorted(found))


def by_tasks(component: Component, work: Work, study: Evaluation) -> Part:
    """任务清单: an object without a task in the period has no such component; a task without points is a blank, never 0."""
    settings = study.setup.scheme.settings
    tasks = tasks_for(study.tasks, work.who.code, work.who.unit_class)
    rows = {each.number: each for each in (work.submission.tasks if work.submission else ())}
    if not tasks:
        return unscored(component, "本期没有任务")
    found = [_Done(task, rows[task.number]) for task in tasks if task.number in rows]
    if len(found) < len(tasks) or any(each.row.points is None for each in found):
        return unscored(component, "有任务没有得分", BLANK)
    results = tuple(_result(each) for each in found)
    work.tasks = (*work.tasks, *results)
    points, full = add(each.points for each in results), add(each.marks for each in results)
    if not full:
        return unscored(component, "任务没有分值")
    parts = tuple(_figure(each, result) for each, result in zip(found, results, strict=True))
    how = f"{marks(points)} ÷ 任务分值 {marks(full)} × 100"
    return scored(component, times(points, HUNDRED, over=full), how, settings, parts)


def _result(each: _Done) -> TaskResult:
    """Points of a task stay within [0, its marks]."""
    assert each.row.points is not None
    points = within(each.row.points.value, ZERO, each.task.marks)
    return TaskResult(each.task.number, each.task.name, each.task.marks, points, each.row.source)


def _figure(each: _Done, result: TaskResult) -> Figure:
    row, task = each.row, each.task
    assert row.points is not None
    texts = (("完成情况", row.done), ("完成时间", row.done_on), ("说明", row.note))
    parts = (number_part("得分", row.points), *(text_part(label, text) for label, text in texts if text is not None))
    how = f"分值 {marks(task.marks)}" + ("，限于 0 至分值" if row.points.value is not result.points else "")
    return Figure(
        f"任务:{task.number}", f"{task.number} {task.name}", result.points, marks(result.points), how, parts=parts
    )
