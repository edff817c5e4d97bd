"""The sheet 整改情况: the unit's open problems, printed; the unit reports on each, the team verifies what is reported as done."""

from __future__ import annotations

from datetime import date

import msgspec

from kaohe.forms import looks
from kaohe.forms.form import DONE, FALSE_VERDICT, RECTIFICATION, REPORT_STATES, TRUE_VERDICT, Form, Grid
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
    title_line,
    working,
)
from kaohe.forms.prefill import Prefilled
from kaohe.records.books import Cell, Conditional, Sheet
from kaohe.records.layouts import Column, SheetLayout

FOOTNOTE = "“核验人”“核验日期”取封面的检查人、检查日期，这里不再填。"
NOTHING = "没有未销号的问题，本表不用填。"
PRINTED = ("问题", "提出期次", "时限", "责任人", "提出日")
_BEGUN = '{整改情况}<>""'


def layout(codes: tuple[str, ...]) -> SheetLayout:
    """The layout with a unit's open problems as rows."""
    columns = (
        Column("问题编号", "已印好", width=17, align="center"),
        Column("问题", "已印好", width=34),
        Column("提出期次", "已印好", width=10, align="center"),
        Column("时限", "已印好", "日期", width=12, align="center", format="yyyy-mm-dd"),
        Column("责任人", "已印好", width=10, align="center"),
        Column("整改情况", "单位填", "选项", width=10, align="center"),
        Column("完成日期", "单位填", "日期", width=12, align="center", format="yyyy-mm-dd"),
        Column("措施", "单位填", width=36),
        Column("佐证", "单位填", width=26),
        Column("核验", "检查组填", "选项", width=9, align="center"),
        Column("状态", "自动", width=13, align="center"),
        note_column(),
        *(working(title) for title in WORKINGS),
        msgspec.structs.replace(working("提出日"), kind="日期"),
    )
    return SheetLayout(RECTIFICATION, "问题编号", columns, codes, footnotes=(FOOTNOTE, NOTHING))


def grid(form: Form) -> Grid:
    """Layout of 整改情况 without rows: these belong to a unit."""
    return Grid(layout(()), {})


def sheet(form: Form, object_code: str, unit_name: str, prefilled: Prefilled, fill: Fill) -> Sheet:
    """The sheet 整改情况 of one unit."""
    problems = prefilled.get(RECTIFICATION, {})
    page = Page(form, layout(tuple(problems)), object_code, fill)
    opening = f'"未销号问题 {len(problems)} 个　"' if problems else '"没有未销号的问题　"'
    page.head(title_line(RECTIFICATION, unit_name, form), live_line(page, opening))
    page.totals()
    for row, (code, printed) in enumerate(problems.items(), page.layout.first_row):
        _row(page, row, code, printed)
    after = page.layout.first_row + max(len(problems), 1)
    text = FOOTNOTE if problems else NOTHING
    page.cells.append(Cell(after if problems else after - 1, 1, text, looks.FOOTNOTE))
    if problems:
        page.colour_states()
        _checks(page)
    return page.page(looks.TAB_UNIT, freeze_after="问题")


def _row(page: Page, row: int, code: str, printed: dict[str, str]) -> None:
    form = page.form
    centred = msgspec.structs.replace(looks.PRINTED, align="center")
    page.put(row, "问题编号", code, centred)
    page.put(row, "问题", printed["问题"], looks.PRINTED)
    page.put(row, "提出期次", printed["提出期次"], centred)
    page.put(row, "时限", day(printed["时限"]))
    page.put(row, "责任人", printed["责任人"], centred)
    page.put(row, "提出日", day(printed["提出日"]), msgspec.structs.replace(looks.HIDDEN, format="yyyy-mm-dd"))
    for column in page.layout.columns:
        if column.is_input:
            page.answer(row, code, column.title)
    page.compute(row, "状态", state(_BEGUN, "FALSE", done=f'IF({_overdue(form)},"√ 逾期","√")'))
    page.note(row, code)
    done = f'{{整改情况}}="{DONE}"'
    worked = f'AND({_BEGUN},{{整改情况}}<>"未启动",{{措施}}="")'
    page.compute(
        row, UNIT_LACKS,
        lacking(('{整改情况}=""', "整改情况"), (f'AND({done},{{完成日期}}="")', "完成日期"), (worked, "措施"),
                (f'AND({done},{{佐证}}="")', "佐证")),
    )  # fmt: skip
    page.compute(row, TEAM_LACKS, lacking((f'AND({done},{{核验}}="")', "核验")))
    page.compute(row, UNIT_ASKED, f'=1+IF({done},3,IF(OR({{整改情况}}="",{{整改情况}}="未启动"),0,1))')
    page.compute(row, TEAM_ASKED, f"=IF({done},1,0)")
    page.compute(row, FAULTY, _faulty(form))
    page.heights[row] = max(height(printed), page.answer_text_height(code, ("措施", "佐证")))


def height(printed: dict[str, str]) -> float:
    """The height in points of the row of one problem, as it is issued: at least three lines."""
    width = next(column.width for column in layout(()).columns if column.title == "问题")
    return looks.height_for({width: printed["问题"]}, least=49.5)


def _overdue(form: Form) -> str:
    """The condition that a row's deadline has passed and the problem is not reported as done; the same text in every row, so that
    forms of a class differ in values only."""
    limit = day(form.as_of)
    return f'AND(ISNUMBER({{时限}}),{{时限}}<{_serial(limit)},{{整改情况}}<>"{DONE}")' if limit else "FALSE"


def _serial(when: date) -> int:
    return when.toordinal() - 693594  # Excel's serial number of a day


def _faulty(form: Form) -> str:
    states = ",".join(f'{{整改情况}}<>"{word}"' for word in REPORT_STATES)
    last = day(form.last_day)
    assert last is not None
    late = f"N({{完成日期}})>{_serial(last)}"
    wrong = f'AND({{完成日期}}<>"",OR(NOT(ISNUMBER({{完成日期}})),N({{完成日期}})<N({{提出日}}),{late}))'
    early = f'AND({{完成日期}}<>"",{_BEGUN},{{整改情况}}<>"{DONE}")'
    return lacking(
        (f'AND({{整改情况}}<>"",{states})', "整改情况"),
        (f"OR({wrong},{early})", "完成日期"),
        (
            f'AND({{核验}}<>"",OR({{整改情况}}<>"{DONE}",AND({{核验}}<>"{TRUE_VERDICT}",{{核验}}<>"{FALSE_VERDICT}")))',
            "核验",
        ),
    )


def _checks(page: Page) -> None:
    form, layout_ = page.form, page.layout
    page.check(
        page.area("整改情况"), "list", source=REPORT_STATES, error_title="整改情况",
        error_text=f"请选择：{'、'.join(REPORT_STATES)}。", input_title="整改情况",
        input_text="每个问题都要选。已完成：填完成日期、措施、佐证；未完成：在措施里写原因和下一步。",
    )  # fmt: skip
    page.check(
        page.area("完成日期"), "date", minimum=page.formula("={提出日}", layout_.first_row), maximum=day(form.last_day),
        error_title="日期有误", error_text=f"“完成日期”请填日期：不早于提出问题的日期，不晚于 {form.last_day}。",
        input_title="完成日期", input_text=f"填日期，如 {form.last_day}。",
    )  # fmt: skip
    page.check(
        page.area("核验"), "list", source=(TRUE_VERDICT, FALSE_VERDICT), error_title="核验",
        error_text=f"请选择：{TRUE_VERDICT}、{FALSE_VERDICT}。", input_title="核验",
        input_text="单位报“已完成”的，现场核对后选择。",
    )  # fmt: skip
    for title in ("措施", "佐证"):
        page.check_text(title)
    page.check_note()
    area = page.area("时限")
    if form.as_of:
        page.conditionals.append(Conditional(area, page.formula(f"={_overdue(form)}", layout_.first_row), looks.LATE))
