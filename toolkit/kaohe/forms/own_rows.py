"""Sheets whose rows belong to one object: its open problems (整改情况) and its tasks of the period (任务清单)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaohe.forms import rectification, tasks
from kaohe.forms.form import RECTIFICATION, TASKS, Form
from kaohe.forms.prefill import Prefilled
from kaohe.records.layouts import SheetLayout

#: the layout with an object's rows, by sheet
LAYOUTS: Mapping[str, Callable[[tuple[str, ...]], SheetLayout]] = {
    RECTIFICATION: rectification.layout,
    TASKS: tasks.layout,
}
#: the height in points of a printed row, by sheet
HEIGHTS: Mapping[str, Callable[[dict[str, str]], float]] = {
    RECTIFICATION: rectification.height,
    TASKS: tasks.height,
}


def row_layouts(form: Form, prefilled: Prefilled) -> dict[str, SheetLayout]:
    """The layouts of an object's visible sheets, with the rows that are its own."""
    found = {name: grid.layout for name, grid in form.grids.items() if not name.startswith("_")}
    return found | {name: made(tuple(prefilled.get(name, {}))) for name, made in LAYOUTS.items() if name in found}


def row_heights(prefilled: Prefilled) -> dict[str, dict[int, float]]:
    """Heights of the printed rows, by sheet and row number."""
    return {
        name: dict(enumerate(map(height, prefilled[name].values()), LAYOUTS[name](()).first_row))
        for name, height in HEIGHTS.items()
        if name in prefilled
    }
