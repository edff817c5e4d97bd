"""The sheet 综合评语: the inspection team's own words, carried into the feedback to the unit."""

from __future__ import annotations

import msgspec

from kaohe.forms import looks
from kaohe.forms.form import WORDS, Form, Grid, Value
from kaohe.forms.frame import Fill, Page, note_column, title_line
from kaohe.records.books import Sheet
from kaohe.records.layouts import Column, SheetLayout

FIELDS = {
    "主要成绩": "两三句话，写得具体：做了什么、成效怎样",
    "亮点": "可以推广的做法；没有可不填",
    "改进建议": "一条一行，能照着做；写进反馈通知书",
    "点评": "对书记和班子抓党建工作的总体评价",
}
MOST = 600
_HEIGHT = 88


def grid(form: Form) -> Grid:
    """Layout of 综合评语: one row a field."""
    columns = (
        Column("项目", "已印好", width=14),
        Column("内容", "检查组选填", width=92),
        Column("怎么填", "已印好", width=34),
        note_column(),
    )
    printed: dict[tuple[str, str], Value] = {(name, "怎么填"): how for name, how in FIELDS.items()}
    return Grid(SheetLayout(WORDS, "项目", columns, tuple(FIELDS)), printed)


def sheet(form: Form, object_code: str, unit_name: str, fill: Fill) -> Sheet:
    """The sheet 综合评语 of one unit."""
    page = Page(form, form.layout(WORDS), object_code, fill)
    span = page.span("内容")
    page.head(
        title_line(WORDS, unit_name, form), f'="已写 "&COUNTA({span})&" / {len(FIELDS)} 项（选填），写进反馈通知书"'
    )
    small = msgspec.structs.replace(looks.PRINTED, size=9, colour=looks.SMALL_INK)
    for row, (name, how) in enumerate(FIELDS.items(), page.layout.first_row):
        page.put(row, "项目", name, msgspec.structs.replace(looks.PRINTED, bold=True))
        style = msgspec.structs.replace(page.style(page.column("内容")), valign="top")
        page.answer(row, name, "内容", style=style)
        page.put(row, "怎么填", how, small)
        page.note(row, name)
        page.heights[row] = max(_HEIGHT, page.answer_text_height(name, ("内容",)))
    page.check_text("内容", MOST)
    page.check_note()
    return page.page(looks.TAB_TEAM, freeze_after="项目")
