"""The sheet 评分: one row a leaf, band rows above; who fills what depends on the leaf's method (scheme model 4, step 1)."""

from __future__ import annotations

import msgspec

from kaohe.core.exact import plain
from kaohe.forms import looks
from kaohe.forms.form import (
    SCORES,
    Form,
    Grid,
    Line,
    Value,
    marks,
)
from kaohe.forms.formulas import live_line, state
from kaohe.forms.frame import (
    WORKINGS,
    Fill,
    Page,
    note_column,
    number,
    scaled,
    title_line,
    working,
)
from kaohe.forms.lists import option_name, options_of
from kaohe.forms.prefill import Prefilled
from kaohe.forms.score_formulas import EXTRA, PERCENT_MOST, checked_choices, difference, points, workings
from kaohe.records.books import Conditional, Sheet, Style
from kaohe.records.layouts import Column, SheetLayout

DASH = "—"  # printed where a line takes nothing
_STANDARD_SIZE = 9


def grid(form: Form) -> Grid:
    """Layout and printed cells of 评分."""
    columns = [
        Column("编码", "已印好", width=7, align="center"),
        Column("指标", "已印好", width=22),
        Column("评分标准", "已印好", width=50),
        Column("满分", "已印好", "数", width=7, align="center"),
        Column("办法", "已印好", width=9, align="center"),
        Column("目标值", "单位填" if any(line.asks_target for line in form.leaves) else "已印好", "数", 10, "right"),
        Column("完成值", "单位填", "数", width=10, align="right"),
        Column("自评", "单位选填", "数", width=8, align="right", format="0.00"),
        Column("核查", "检查组填", "选项", width=9, align="center"),
        Column("情形", "检查组填", "选项", width=11, align="center"),
        Column("得分", "检查组填", "数", width=9, align="right", format="0.00"),
        Column("与自评差", "自动", "数", width=9, align="right", format="+0.00;−0.00;0.00"),
        Column("说明", "检查组选填", width=22),
        Column("状态", "自动", width=12, align="center"),
        note_column(),
        *(working(title) for title in (*WORKINGS, *EXTRA)),
    ]
    if any(line.types_place for line in form.leaves):
        columns.insert(10, Column("名次", "检查组填", "整数", width=7, align="center"))
    layout = SheetLayout(SCORES, "编码", tuple(columns), tuple(line.code for line in form.lines))
    printed: dict[tuple[str, str], Value] = {}
    for line in form.lines:
        printed[line.code, "指标"] = line.name
        if line.is_leaf:
            printed[line.code, "评分标准"] = line.standard
            printed[line.code, "满分"] = line.full
            printed[line.code, "办法"] = line.method
            if line.target is not None:
                printed[line.code, "目标值"] = line.target / line.scale
        elif line.level == 1:
            printed[line.code, "满分"] = sum((leaf.full for leaf in _below(form, line)), start=line.full)
    return Grid(layout, printed)


def _below(form: Form, band: Line) -> tuple[Line, ...]:
    return tuple(leaf for leaf in form.leaves if leaf.code.startswith(f"{band.code}."))


def measure_format(line: Line) -> str:
    """The number format of 目标值 and 完成值: the unit of measure stands in it, never in the value."""
    if line.scale != 1:
        return "0.00%"
    unit = line.measure.replace('"', "")
    return f'General" {unit}"' if unit else "General"


def sheet(form: Form, object_code: str, unit_name: str, prefilled: Prefilled, fill: Fill) -> Sheet:
    """The sheet 评分 of one unit."""
    page = Page(form, form.layout(SCORES), object_code, fill)
    who = {"目标值": "单位填"} if page.column("目标值").is_input else {}
    page.head(title_line(SCORES, unit_name, form), live_line(page, ""), who)
    page.totals()
    for row, line in enumerate(form.lines, page.layout.first_row):
        if line.is_leaf:
            _leaf(page, row, line, prefilled)
        else:
            _band(page, row, line)
    page.colour_states()
    lost = page.formula('=AND(ISNUMBER({得分}),N({得分})<N({满分}),{办法}<>"")', page.layout.first_row)
    page.conditionals.append(Conditional(page.area("得分"), lost, looks.LOST))
    _checks(page)
    return page.page(looks.TAB_TEAM, freeze_after="指标")


def _band(page: Page, row: int, line: Line) -> None:
    """Level 1 holds the subtotals of the rows below it; deeper bands only their name."""
    top = line.level == 1
    base = looks.BAND if top else looks.SUBBAND
    styles = {"编码": "center", "满分": "center", "自评": "right", "得分": "right", "状态": "center"}
    below = [page.layout.row(leaf.code) for leaf in _below(page.form, line)]
    for column in page.layout.columns:
        if column.hidden or column.title == "校验提示":
            continue
        style = msgspec.structs.replace(base, align=styles.get(column.title, "left"), format=column.format)
        if column.title == "编码":
            page.put(row, "编码", line.code, style)
        elif column.title == "指标":
            page.put(row, "指标", line.name, style)
        elif not top or not below:
            page.put(row, column.title, None, style)
        elif column.title == "满分":
            page.put(row, "满分", number(page.form.grids[SCORES].printed[line.code, "满分"]), style)  # type: ignore[arg-type]
        elif column.title in ("自评", "得分"):
            area = f"{page.letter(column.title)}{below[0]}:{page.letter(column.title)}{below[-1]}"
            page.compute(row, column.title, f'=IF(COUNT({area})=0,"",ROUND(SUM({area}),6))', style)
        elif column.title == "状态":
            area = f"{page.letter('状态')}{below[0]}:{page.letter('状态')}{below[-1]}"
            page.compute(row, "状态", f'=SUMPRODUCT((LEFT({area},1)="√")*1)&" / {len(below)}"', style)
        else:
            page.put(row, column.title, None, style)
    page.put(row, "行号", line.number)
    page.put(row, "上级号", line.parent_number)
    page.heights[row] = 20


def _leaf(page: Page, row: int, line: Line, prefilled: Prefilled) -> None:
    cases = page.form.cases_of(line.code)
    comment = "\n".join([line.standard, *(f"· {case.name}：{case.rule}" for case in cases)])
    page.put(row, "编码", line.code)
    page.put(row, "指标", line.name, looks.PRINTED)
    small = msgspec.structs.replace(looks.PRINTED, size=_STANDARD_SIZE)
    page.put(row, "评分标准", line.standard, small, comment=comment if cases else "")
    page.put(row, "满分", number(line.full))
    page.put(row, "办法", line.method, msgspec.structs.replace(looks.PRINTED, align="center"))
    _measures(page, row, line, prefilled)
    page.answer(row, line.code, "自评")
    page.answer(row, line.code, "核查", spare=not line.needs_checked)
    for title, wanted in (("情形", line.has_option), ("名次", line.types_place)):
        if wanted:
            page.answer(row, line.code, title)
        elif page.layout.has(title):
            page.closed(row, title, DASH)
    if line.types_points:
        page.answer(row, line.code, "得分")
    else:
        computed = Style(size=10, border=looks.LINE, fill=looks.COMPUTED_FILL, align="right", format="0.00")
        page.compute(row, "得分", points(page, line), computed)
    page.compute(row, "与自评差", difference())
    page.answer(row, line.code, "说明")
    begun = 'OR({核查}<>"",{说明}<>"")'
    page.compute(row, "状态", state("FALSE", begun))
    page.note(row, line.code)
    workings(page, row, line)
    texts = {page.column("指标").width: line.name}
    standard = looks.height_for({page.column("评分标准").width: line.standard}, _STANDARD_SIZE)
    page.heights[row] = max(looks.height_for(texts), standard, page.answer_text_height(line.code, ("说明",)))


def _measures(page: Page, row: int, line: Line, prefilled: Prefilled) -> None:
    form = measure_format(line)
    if line.asks_target:
        style = msgspec.structs.replace(page.style(page.column("目标值")), format=form)
        page.answer(row, line.code, "目标值", style=style)
    elif line.target is not None:
        style = msgspec.structs.replace(looks.PRINTED, align="right", format=form, wrap=False)
        page.put(row, "目标值", scaled(line.target, line.scale), style)
    else:
        fact = prefilled.get(SCORES, {}).get(line.code, {}).get("目标值", "")
        page.closed(row, "目标值", fact or DASH)
    if line.has_actual:
        page.answer(
            row, line.code, "完成值", style=msgspec.structs.replace(page.style(page.column("完成值")), format=form)
        )
    else:
        page.closed(row, "完成值", DASH)


def _checks(page: Page) -> None:
    form = page.form
    by_choices: dict[tuple[str, ...], list[str]] = {}
    for line in form.leaves:
        by_choices.setdefault(checked_choices(line), []).append(page.layout.address(line.code, "核查"))
    for choices, cells in by_choices.items():
        text = "现场查过选“已查”，得分才计算；本单位没有这项工作选“不适用”，并在“说明”写明原因。"
        only = "选了情形、填了得分就算查过，这里不用选；没有这项工作的选“不适用”，并在“说明”写明原因。"
        page.check(
            tuple(cells), "list", source=choices, input_title="核查", input_text=text if len(choices) > 1 else only,
            error_title="核查", error_text=f"请选择：{'、'.join(choices)}。",
        )  # fmt: skip
    options: dict[str, list[str]] = {}
    for line in form.leaves:
        cell = page.layout.address(line.code, "自评")
        full, floor = number(line.full), number(line.floor)
        span = f"{plain(line.floor)} 到 {plain(line.full)}"
        page.check(
            cell,
            "decimal",
            minimum=floor,
            maximum=full,
            error_title="自评超出范围",
            error_text=f"自评请填 {span} 之间的数。",
        )
        if line.has_actual:
            _check_measure(page, line, "完成值")
        if line.asks_target:
            _check_measure(page, line, "目标值")
        if line.has_option:
            options.setdefault(option_name(form, line), []).append(page.layout.address(line.code, "情形"))
        if line.types_place:
            page.check(
                page.layout.address(line.code, "名次"), "integer", minimum=1, maximum=9999, error_title="名次",
                error_text="名次请填 1、2、3 这样的整数。",
            )  # fmt: skip
        if line.types_points:
            span = f"{plain(line.low or line.floor)} 到 {plain(line.high or line.full)}"
            unit = f"，最小 {plain(line.unit_step)} 分" if line.unit_step else ""
            page.check(
                page.layout.address(line.code, "得分"), "decimal", minimum=number(line.low), maximum=number(line.high),
                error_title="得分超出范围", error_text=f"本项满分 {marks(line.full)}，请填 {span} 之间的数{unit}。",
                input_title="得分", input_text=f"填 {span} 之间的数{unit}。",
            )  # fmt: skip
    for name, cells in options.items():
        words = options_of(form, name)
        source: str | tuple[str, ...] = words if name == YES_NO_NAME else f"={name}"
        shown = "、".join(words)
        page.check(
            tuple(cells), "list", source=source, error_title="情形", error_text=f"请从下拉列表选择：{shown}。"[:250],
            input_title="情形", input_text=f"选择：{shown}。"[:250],
        )  # fmt: skip
    page.check_text("说明")
    page.check_note()


YES_NO_NAME = "是否"


def _check_measure(page: Page, line: Line, title: str) -> None:
    percent = line.scale != 1
    unit = (
        "带百分号输入，如 95%"
        if percent
        else f"只填数字，单位（{line.measure}）已印在格式里"
        if line.measure
        else "只填数字"
    )
    page.check(
        page.layout.address(line.code, title), "decimal", minimum=0, maximum=PERCENT_MOST if percent else 10**9,
        error_title="请输入数字", error_text="请输入数字，不要带“万元”等文字。" if not percent else "请输入百分数，如 95%。",
        input_title=title, input_text=f"{unit}。",
    )  # fmt: skip
