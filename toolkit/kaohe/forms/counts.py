"""The sheet 计分事项: facts that earn marks on 计数 lines; the unit reports them, only 核定次数 scores."""

from __future__ import annotations

from kaohe.forms import free_rows, looks
from kaohe.forms.deductions import MOST_COUNT, case_number, case_text, check_case, count_wrong
from kaohe.forms.form import COUNTS, Form, Grid
from kaohe.forms.formulas import lacking, state
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
    working,
)
from kaohe.forms.lists import COUNT_LABELS
from kaohe.records.books import Sheet
from kaohe.records.layouts import Column

ROWS = 30
_STARTED = '{指标}&{情形}&{次数}&{核定次数}&{事实}&{佐证}<>""'
_REQUIRED = ("指标", "情形", "次数", "事实", "佐证")


def grid(form: Form) -> Grid:
    """Layout of 计分事项."""
    columns = (
        Column("序号", "已印好", width=6, align="center"),
        Column("指标", "单位填", "选项", width=23),
        Column("情形", "单位填", "选项", width=24),
        Column("分值", "自动", width=19),
        Column("次数", "单位填", "整数", width=7, align="center"),
        Column("核定次数", "检查组填", "整数", width=9, align="center"),
        Column("事实", "单位填", width=38),
        Column("佐证", "单位填", width=26),
        Column("状态", "自动", width=13, align="center"),
        note_column(),
        *(working(title) for title in (*WORKINGS, "例号")),
    )
    return free_rows.grid(COUNTS, columns, ROWS)


def sheet(form: Form, object_code: str, unit_name: str, fill: Fill) -> Sheet:
    """The sheet 计分事项 of one unit."""
    page = free_rows.begin(form, COUNTS, object_code, unit_name, fill, _opening)
    for row, code in enumerate(page.layout.codes, page.layout.first_row):
        free_rows.begin_row(page, row, code)
        page.compute(row, "例号", case_number())
        page.compute(row, "分值", case_text(form, "标准"))
        page.compute(row, "状态", state("TRUE", "FALSE", shown_if=_STARTED))
        page.note(row, code)
        page.compute(row, FAULTY, _faulty())
        unit_lacks = ((f'AND({_STARTED},{{{title}}}="")', title) for title in _REQUIRED)
        page.compute(row, UNIT_LACKS, lacking(*unit_lacks))
        page.compute(row, TEAM_LACKS, lacking((f'AND({_STARTED},{{核定次数}}="")', "核定次数")))
        page.compute(row, UNIT_ASKED, f"=IF({_STARTED},{len(_REQUIRED)},0)")
        page.compute(row, TEAM_ASKED, f"=IF({_STARTED},1,0)")
        free_rows.end_row(page, row, code, ("指标", "情形", "事实", "佐证"))
    return free_rows.finish(page, _STARTED, "指标", _checks, looks.TAB_UNIT)


def _opening(page: Page) -> str:
    count = f"SUMPRODUCT(({page.span(UNIT_ASKED)}>0)*1)"
    return f'IF({count}=0,"没有计分事项　","已填 "&{count}&" 条　")'


def _faulty() -> str:
    return lacking(
        (f'AND({{指标}}<>"",ISNA(MATCH({{指标}},{COUNT_LABELS},0)))', "指标"),
        ('AND({指标}<>"",{情形}<>"",{例号}=0)', "情形"),
        count_wrong("次数"),
        count_wrong("核定次数", 0),
    )


def _checks(page: Page) -> None:
    check_case(page, COUNT_LABELS, "选择按次计分的指标。", "分值")
    page.check(
        page.area("核定次数"), "integer", minimum=0, maximum=MOST_COUNT, error_title="核定次数",
        error_text="核定次数请填整数；不认定填 0。", input_title="核定次数", input_text="检查组核定；只有这一栏计分，不认定填 0。",
    )  # fmt: skip
    for title in ("事实", "佐证"):
        page.check_text(title)
    page.check_note()
