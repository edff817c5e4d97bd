"""The sheet 谈话记录: whom the inspection team talked to, and what was said; problems named here are for the next step, not for points."""

from __future__ import annotations

from kaohe.forms import looks
from kaohe.forms.deductions import numbers
from kaohe.forms.form import TALKS, Form, Grid, Value
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
    note_column,
    title_line,
    working,
)
from kaohe.records.books import Sheet
from kaohe.records.layouts import Column, SheetLayout

ROWS = 20
MOST = 400
REQUIRED = ("谈话对象", "日期", "主要内容")
_STARTED = '{谈话对象}&{职务}&{日期}&{谈话人}&{主要内容}&{反映的问题}<>""'


def grid(form: Form) -> Grid:
    """Layout of 谈话记录."""
    columns = (
        Column("序号", "已印好", width=6, align="center"),
        Column("谈话对象", "检查组填", width=12, align="center"),
        Column("职务", "检查组选填", width=18),
        Column("日期", "检查组填", "日期", width=12, align="center", format="yyyy-mm-dd"),
        Column("谈话人", "检查组选填", width=12, align="center"),
        Column("主要内容", "检查组填", width=54),
        Column("反映的问题", "检查组选填", width=40),
        Column("状态", "自动", width=13, align="center"),
        note_column(),
        *(working(title) for title in WORKINGS),
    )
    codes = numbers(ROWS)
    printed: dict[tuple[str, str], Value] = {(code, "序号"): code for code in codes}
    return Grid(SheetLayout(TALKS, "序号", columns, codes), printed)


def sheet(form: Form, object_code: str, unit_name: str, fill: Fill) -> Sheet:
    """The sheet 谈话记录 of one unit."""
    page = Page(form, form.layout(TALKS), object_code, fill)
    count = f"SUMPRODUCT(({page.span(TEAM_ASKED)}>0)*1)"
    opening = f'IF({count}=0,"没有谈话记录　","已谈话 "&{count}&" 人　")'
    page.head(title_line(TALKS, unit_name, form), live_line(page, opening))
    page.totals()
    for row, code in enumerate(page.layout.codes, page.layout.first_row):
        page.put(row, "序号", code)
        for column in page.layout.columns:
            if column.is_input:
                page.answer(row, code, column.title, spare=True)
        page.compute(row, "状态", state("FALSE", "TRUE", shown_if=_STARTED))
        page.note(row, code)
        page.compute(row, FAULTY, lacking(('AND({日期}<>"",NOT(ISNUMBER({日期})))', "日期")))
        page.compute(row, UNIT_LACKS, lacking())
        page.compute(row, TEAM_LACKS, lacking(*((f'AND({_STARTED},{{{title}}}="")', title) for title in REQUIRED)))
        page.compute(row, UNIT_ASKED, "=0")
        page.compute(row, TEAM_ASKED, f"=IF({_STARTED},{len(REQUIRED)},0)")
        height = page.answer_text_height(code, ("主要内容", "反映的问题"))
        if height:
            page.heights[row] = height
    before = f"${page.letter('谈话对象')}{page.layout.first_row - 1}"
    page.colour_states(tint=f'=OR({_STARTED},{before}<>"")')
    page.check_day(page.area("日期"), "日期", page.form.start, page.form.last_day)
    for title in ("主要内容", "反映的问题"):
        page.check_text(title, MOST)
    page.check_note()
    return page.page(looks.TAB_TEAM, freeze_after="谈话对象")
