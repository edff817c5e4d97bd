"""The sheet 任务清单: the period's tasks of one object, printed; the unit says what became of each, the inspectors give its points."""

from __future__ import annotations

import msgspec

from kaohe.core.exact import exact
from kaohe.forms import looks
from kaohe.forms.form import DONE, TASKS, UNDONE, Form, Grid
from kaohe.forms.formulas import lacking, live_line, state
from kaohe.forms.frame import (
    FAULTY,
    TEAM_ASKED,
    TEAM_LACKS,
    UNIT_ASKED,
    UNIT_LACKS,
    WORKINGS,
    Fill,
    Page,
    day,
    note_column,
    number,
    title_line,
    working,
)
from kaohe.forms.prefill import Prefilled
from kaohe.records.books import Cell, Sheet
from kaohe.records.layouts import Column, SheetLayout

NOTHING = "本期没有任务，本表不用填。"
STATES = (DONE, "部分完成", UNDONE)
_BEGUN = '{完成情况}&{完成日期}&{得分}<>""'


def layout(codes: tuple[str, ...]) -> SheetLayout:
    """The layout with an object's tasks as rows."""
    columns = (
        Column("编号", "已印好", width=9, align="center"),
        Column("任务", "已印好", width=44),
        Column("时限", "已印好", "日期", width=12, align="center", format="yyyy-mm-dd"),
        Column("分值", "已印好", "数", width=8, align="center"),
        Column("完成情况", "单位填", "选项", width=11, align="center"),
        Column("完成日期", "单位填", "日期", width=12, align="center", format="yyyy-mm-dd"),
        Column("得分", "检查组填", "数", width=9, align="right", format="0.00"),
        Column("说明", "检查组选填", width=34),
        Column("状态", "自动", width=13, align="center"),
        note_column(),
        *(working(title) for title in WORKINGS),
    )
    return SheetLayout(TASKS, "编号", columns, codes, footnotes=(NOTHING,))


def grid(form: Form) -> Grid:
    """Layout of 任务清单 without rows: these belong to an object."""
    return Grid(layout(()), {})


def sheet(form: Form, object_code: str, unit_name: str, prefilled: Prefilled, fill: Fill) -> Sheet:
    """The sheet 任务清单 of one object."""
    tasks = prefilled.get(TASKS, {})
    page = Page(form, layout(tuple(tasks)), object_code, fill)
    opening = f'"本期任务 {len(tasks)} 项　"' if tasks else '"本期没有任务　"'
    page.head(title_line(TASKS, unit_name, form), live_line(page, opening))
    page.totals()
    for row, (code, fields) in enumerate(tasks.items(), page.layout.first_row):
        _row(page, row, code, fields)
    if tasks:
        page.colour_states()
        _checks(page)
    else:
        page.cells.append(Cell(page.layout.first_row, 1, NOTHING, looks.FOOTNOTE))
    return page.page(looks.TAB_UNIT, freeze_after="任务")


def _row(page: Page, row: int, code: str, fields: dict[str, str]) -> None:
    centred = msgspec.structs.replace(looks.PRINTED, align="center")
    page.put(row, "编号", code, centred)
    page.put(row, "任务", fields["任务"], looks.PRINTED)
    page.put(row, "时限", day(fields["时限"]))
    page.put(row, "分值", number(exact(fields["分值"])), centred)
    for column in page.layout.columns:
        if column.is_input:
            page.answer(row, code, column.title)
    page.compute(row, "状态", state(_BEGUN, "FALSE"))
    page.note(row, code)
    done = f'{{完成情况}}="{DONE}"'
    page.compute(row, UNIT_LACKS, lacking(('{完成情况}=""', "完成情况"), (f'AND({done},{{完成日期}}="")', "完成日期")))
    page.compute(row, TEAM_LACKS, lacking(('{得分}=""', "得分")))
    page.compute(row, UNIT_ASKED, f"=1+IF({done},1,0)")
    page.compute(row, TEAM_ASKED, "=1")
    words = ",".join(f'{{完成情况}}<>"{word}"' for word in STATES)
    page.compute(
        row,
        FAULTY,
        lacking(
            (f'AND({{完成情况}}<>"",{words})', "完成情况"),
            ('AND({完成日期}<>"",NOT(ISNUMBER({完成日期})))', "完成日期"),
            ('AND({得分}<>"",OR(NOT(ISNUMBER({得分})),N({得分})<0,N({得分})>{分值}))', "得分"),
        ),
    )
    page.heights[row] = max(height(fields), page.answer_text_height(code, ("说明",)))


def height(fields: dict[str, str]) -> float:
    """The height in points of the row of one task, as it is issued."""
    width = next(column.width for column in layout(()).columns if column.title == "任务")
    return looks.height_for({width: fields["任务"]}, least=24)


def _checks(page: Page) -> None:
    form, first = page.form, page.layout.first_row
    page.check(
        page.area("完成情况"), "list", source=STATES, error_title="完成情况", error_text=f"请选择：{'、'.join(STATES)}。",
        input_title="完成情况", input_text="每项任务都要选；已完成的填完成日期。",
    )  # fmt: skip
    page.check_day(page.area("完成日期"), "完成日期", "", form.last_day)
    page.check(
        page.area("得分"), "decimal", minimum=0, maximum=page.formula("={分值}", first), error_title="得分超出范围",
        error_text="得分请填 0 到本项分值之间的数。", input_title="得分", input_text="填 0 到本项分值之间的数；没有完成的填 0。",
    )  # fmt: skip
    page.check_text("说明")
    page.check_note()
