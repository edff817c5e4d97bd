"""The sheet 扣分与问题: one row a deduction, which is at the same time a problem; typed once, by the inspection team."""

from __future__ import annotations

import msgspec

from kaohe.forms import free_rows, looks
from kaohe.forms.form import DEDUCTIONS, Form, Grid
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
from kaohe.forms.lists import DEDUCTION_LABELS, SEVERITIES, cases_range
from kaohe.records.books import Sheet, Style
from kaohe.records.layouts import Column

ROWS = 60
MOST_COUNT = 999
_STARTED = '{指标}&{情形}&{次数}&{酌定扣分}&{事实}&{依据或佐证}&{责任人}<>""'
_TEXTS = ("指标", "情形", "事实", "依据或佐证")


def grid(form: Form) -> Grid:
    """Layout of 扣分与问题; only 序号 is printed."""
    columns = (
        Column("序号", "已印好", width=6, align="center"),
        Column("指标", "检查组填", "选项", width=23),
        Column("情形", "检查组填", "选项", width=22),
        Column("标准", "自动", width=19),
        Column("次数", "检查组填", "整数", width=6, align="center"),
        Column("酌定扣分", "检查组填", "数", width=9, align="center", format="0.00"),
        Column("扣分", "自动", "数", width=8, align="center", format="0.00"),
        Column("事实", "检查组填", width=36),
        Column("依据或佐证", "检查组填", width=23),
        Column("问题类别", "自动", width=14, align="center"),
        Column("严重程度", "检查组填", "选项", width=9, align="center"),
        Column("责任人", "单位填", width=10, align="center"),
        Column("状态", "自动", width=14, align="center"),
        note_column(),
        *(working(title) for title in (*WORKINGS, "例号", "从", "至", "酌下", "酌上")),
    )
    return free_rows.grid(DEDUCTIONS, columns, ROWS)


def sheet(form: Form, object_code: str, unit_name: str, fill: Fill) -> Sheet:
    """The sheet 扣分与问题 of one unit."""
    page = free_rows.begin(form, DEDUCTIONS, object_code, unit_name, fill, _opening)
    for row, code in enumerate(page.layout.codes, page.layout.first_row):
        _row(page, row, code)
    return free_rows.finish(page, _STARTED, "指标", _checks, looks.TAB_TEAM)


def _opening(page: Page) -> str:
    count = f"SUMPRODUCT(({page.span(TEAM_ASKED)}>0)*1)"
    total = f'TEXT(SUM({page.span("扣分")}),"0.00")'
    opening = f'IF({count}=0,"没有扣分和问题　",'
    return opening + f'"已记 "&{count}&" 条，扣分合计 "&{total}&"　")'


def _row(page: Page, row: int, code: str) -> None:
    form = page.form
    free_rows.begin_row(page, row, code, but="严重程度")
    page.compute(row, "例号", case_number())
    page.compute(row, "从", f"=IF({{例号}}=0,0,INDEX({cases_range(form, '从')},{{例号}}))")
    page.compute(row, "至", f"=IF({{例号}}=0,0,INDEX({cases_range(form, '至')},{{例号}}))")
    for title, bound in (("酌下", "从"), ("酌上", "至")):
        page.compute(row, title, f"=IF(AND({{从}}<{{至}},ISNUMBER({{次数}})),ROUND({{次数}}*{{{bound}}},6),0)")
    page.compute(row, "标准", case_text(form, "标准"))
    worth = 'IF({从}<{至},IF(ISNUMBER({酌定扣分}),{酌定扣分},""),IF(ISNUMBER({次数}),ROUND({次数}*{从},6),""))'
    page.compute(row, "扣分", f'=IF({{例号}}=0,"",{worth})', _bold(page))
    page.compute(row, "问题类别", case_text(form, "问题类别"))
    column = page.column("严重程度")
    if page.typed(code, "严重程度") is None:
        # A formula in an open cell: it shows what the case fixes; where the case leaves it open, a choice is typed over it.
        page.compute(row, "严重程度", case_text(form, "严重程度"), page.style(column, spare=True))
    else:
        page.answer(row, code, "严重程度", spare=True)
    page.compute(row, "状态", state("TRUE", "TRUE", shown_if=_STARTED))
    page.note(row, code)
    page.compute(row, FAULTY, _faulty())
    started = _STARTED
    lacks = [(title, f'AND({started},{{{title}}}="")') for title in ("指标", "情形", "次数")]
    lacks.append(("酌定扣分", 'AND({从}<{至},{酌定扣分}="")'))
    lacks += [(title, f'AND({started},{{{title}}}="")') for title in ("事实", "依据或佐证")]
    lacks.append(("严重程度", 'AND({例号}>0,{严重程度}="")'))
    page.compute(row, TEAM_LACKS, lacking(*((condition, title) for title, condition in lacks)))
    page.compute(row, UNIT_LACKS, lacking((f'AND({started},{{责任人}}="")', "责任人")))
    page.compute(row, TEAM_ASKED, f"=IF({started},IF({{从}}<{{至}},7,6),0)")
    page.compute(row, UNIT_ASKED, f"=IF({started},1,0)")
    free_rows.end_row(page, row, code, _TEXTS)


def _bold(page: Page) -> Style:
    return msgspec.structs.replace(page.style(page.column("扣分")), bold=True)


def case_number() -> str:
    """例号 of a row: the case that 指标 and 情形 name, 0 where they name none."""
    key = '{指标}&"|"&{情形}'
    return f'=IF(OR({{指标}}="",{{情形}}=""),0,IF(ISNA(MATCH({key},例键,0)),0,MATCH({key},例键,0)))'


def case_text(form: Form, title: str) -> str:
    """A text of the row's case, from `_cases`; the empty join turns a blank cell into an empty text, not 0."""
    return f'=IF({{例号}}=0,"",INDEX({cases_range(form, title)},{{例号}})&"")'


def _faulty() -> str:
    return lacking(
        (f'AND({{指标}}<>"",ISNA(MATCH({{指标}},{DEDUCTION_LABELS},0)))', "指标"),
        ('AND({指标}<>"",{情形}<>"",{例号}=0)', "情形"),
        count_wrong("次数"),
        (
            'AND({酌定扣分}<>"",OR({从}>={至},NOT(ISNUMBER({酌定扣分})),N({酌定扣分})<{酌下},N({酌定扣分})>{酌上}))',
            "酌定扣分",
        ),
        (f'AND({{严重程度}}<>"",ISNA(MATCH({{严重程度}},{SEVERITIES},0)))', "严重程度"),
    )


def count_wrong(title: str, least: int = 1) -> tuple[str, str]:
    """The entry of 错项 for a count: a whole number of at least `least`."""
    cell = f"{{{title}}}"
    return (f'AND({cell}<>"",OR(NOT(ISNUMBER({cell})),N({cell})<{least},INT(N({cell}))<>N({cell})))', title)


def check_case(page: Page, labels: str, about: str, shown: str) -> None:
    """The checks of 指标 (`labels`: the name of its list, `about`: the hint), 情形 (with it the column `shown` fills itself) and 次数."""
    label = f"${page.letter('指标')}{page.layout.first_row}"
    page.check(
        page.area("指标"), "list", source=f"={labels}", error_title="指标", error_text="请从下拉列表选择指标。",
        input_title="指标", input_text=about,
    )  # fmt: skip
    page.check(
        page.area("情形"), "list", source=dependent(label), error_title="情形", error_text="请先选指标，再从下拉列表选择情形。",
        input_title="情形", input_text=f"先选指标，再选情形；{shown}随后自动显示。",
    )  # fmt: skip
    page.check(
        page.area("次数"), "integer", minimum=1, maximum=MOST_COUNT, error_title="次数", error_text="次数请填 1 以上的整数。",
    )  # fmt: skip


def _checks(page: Page) -> None:
    check_case(page, DEDUCTION_LABELS, "选择扣分的指标；只列问题、不扣分的也在这里记。", "标准")
    first = page.layout.first_row
    low, high = (f"=${page.letter(title)}{first}" for title in ("酌下", "酌上"))
    page.check(
        page.area("酌定扣分"), "decimal", minimum=low, maximum=high, error_title="酌定扣分超出范围",
        error_text="只有标准写“酌定”的情形才填；应在 次数×下限 到 次数×上限 之间。",
        input_title="酌定扣分", input_text="只有标准写“酌定”的才填，填合计扣分。",
    )  # fmt: skip
    page.check(
        page.area("严重程度"), "list", source=f"={SEVERITIES}", error_title="严重程度", error_text="请从下拉列表选择严重程度。",
        input_title="严重程度", input_text="已自动显示的不用改；空白的请选择。",
    )  # fmt: skip
    for title in ("事实", "依据或佐证", "责任人"):
        page.check_text(title)
    page.check_note()


def dependent(label: str) -> str:
    """The list of the cases of the line that stands in the cell `label`: the one place for OFFSET."""
    return f"=OFFSET(情形首,MATCH({label},情形指标,0),0,COUNTIF(情形指标,{label}),1)"
