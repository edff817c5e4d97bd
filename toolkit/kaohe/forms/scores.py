"""The sheet 评分: one row a leaf, band rows above; who fills what depends on the leaf's method (scheme model 4, step 1)."""

from __future__ import annotations

import msgspec

from kaohe.core.exact import plain
from kaohe.forms import looks
from kaohe.forms.form import (
    CHECKED,
    NO,
    NOT_APPLICABLE,
    SCORES,
    YES,
    Form,
    Grid,
    Line,
    Value,
    marks,
)
from kaohe.forms.formulas import lacking, live_line, state
from kaohe.forms.frame import (
    FAULTY,
    HELPERS,
    TEAM_ASKED,
    TEAM_LACKS,
    UNIT_ASKED,
    UNIT_LACKS,
    Fill,
    Page,
    helper,
    note_column,
    number,
    scaled,
    title_line,
)
from kaohe.forms.lists import cases_range, option_name, options_of
from kaohe.forms.prefill import Prefilled
from kaohe.records.books import Conditional, Sheet, Style
from kaohe.records.layouts import Column, SheetLayout

DASH = "—"  # printed where a line takes nothing
_PRINTED = ("编码", "指标", "评分标准", "满分", "办法")
_EXTRA = ("行号", "上级号", "最低分", "下限", "上限", "步长", "每步", "计满", "未分")
_STANDARD_SIZE = 9


def grid(form: Form) -> Grid:
    """Layout and printed cells of 评分."""
    columns = [
        Column("编码", "已印好", width=7, align="center"),
        Column("指标", "已印好", width=19),
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
        *(helper(title) for title in (*HELPERS, *_EXTRA)),
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
    page.compute(row, "与自评差", _difference())
    page.answer(row, line.code, "说明")
    begun = 'OR({核查}<>"",{说明}<>"")'
    page.compute(row, "状态", state("FALSE", begun))
    page.note(row, line.code)
    _helpers(page, row, line)
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


def points(page: Page, line: Line) -> str:
    """The formula of 得分 of a leaf that is not typed: what the engine computes exactly, to six places."""
    if line.method == "扣分":
        return (
            f'=IF({{核查}}<>"{CHECKED}","",IF({_zero(page, "本项零", "行号")}+{_zero(page, "上级零", "上级号")}>0,0,'
            f"ROUND(MAX({{最低分}},{{满分}}-{_sum(page)}),6)))"
        )
    if line.method == "计数":
        return f'=IF({{核查}}<>"{CHECKED}","",ROUND(MIN({{满分}},{_sum(page)}),6))'
    known = f'OR({{核查}}<>"{CHECKED}",NOT(ISNUMBER({{目标值}})),NOT(ISNUMBER({{完成值}})))'
    if line.method == "完成率":
        share = "IF({完成值}<={目标值},1,{目标值}/{完成值})" if line.low_is_good else "MIN(1,{完成值}/{目标值})"
        return f'=IF({known},"",IF({{目标值}}<=0,"",ROUND(MAX({{最低分}},{{满分}}*{share}),6)))'
    if line.method == "阈值":
        short = "{完成值}-{目标值}" if line.low_is_good else "{目标值}-{完成值}"
        steps = f"ROUND(({short})/{{步长}},6)"
        steps = f"INT({steps})" if line.whole_steps else steps
        return f'=IF({known},"",ROUND(MAX({{最低分}},{{满分}}-{{每步}}*MAX(0,{steps})),6))'
    if line.method in ("档次", "就高"):
        key = '{编码}&" "&{指标}&"|"&{情形}'
        column = "系数" if line.method == "档次" else "得分"
        found = f"INDEX({cases_range(page.form, column)},MATCH({key},例键,0))"
        value = f"{{满分}}*{found}" if line.method == "档次" else found
        return f'=IF(OR({{核查}}="{NOT_APPLICABLE}",{{情形}}=""),"",IF(ISNA(MATCH({key},例键,0)),"",ROUND({value},6)))'
    if line.method == "是否":
        value = f'IF({{情形}}="{YES}",{{满分}},IF({{情形}}="{NO}",{{最低分}},""))'
        return f'=IF({{核查}}="{NOT_APPLICABLE}","",{value})'
    return '=""'


def _sum(page: Page) -> str:
    return f"SUMIF({cases_range(page.form, '行号')},{{行号}},{cases_range(page.form, '封顶')})"


def _zero(page: Page, column: str, join: str) -> str:
    return f"SUMIF({cases_range(page.form, join)},{{{join}}},{cases_range(page.form, column)})"


def _difference() -> str:
    both = "AND(ISNUMBER({自评}),ISNUMBER({得分}))"
    return f'=IF({both},IF(ABS({{得分}}-{{自评}})<0.000001,"",{{得分}}-{{自评}}),"")'


def _helpers(page: Page, row: int, line: Line) -> None:
    here, away = f'{{核查}}<>"{NOT_APPLICABLE}"', f'{{核查}}="{NOT_APPLICABLE}"'
    faulty = [
        ("自评", 'AND({自评}<>"",OR(NOT(ISNUMBER({自评})),N({自评})<{最低分},N({自评})>{满分}))'),
        ("核查", f'AND({{核查}}<>"",{_not_in("核查", checked_choices(line))})'),
    ]
    unit_lacks, team_lacks = [], []
    if line.asks_target:
        unit_lacks.append(("目标值", f'AND({here},{{目标值}}="")'))
        faulty.append(("目标值", 'AND({目标值}<>"",OR(NOT(ISNUMBER({目标值})),N({目标值})<0))'))
    if line.has_actual:
        unit_lacks.append(("完成值", f'AND({here},{{完成值}}="")'))
        wrong = "OR(NOT(ISNUMBER({完成值})),N({完成值})<0)"
        if line.scale != 1:
            wrong = f"OR(NOT(ISNUMBER({{完成值}})),N({{完成值}})<0,N({{完成值}})>{PERCENT_MOST})"
        faulty.append(("完成值", f'AND({{完成值}}<>"",{wrong})'))
    if line.needs_checked:
        team_lacks.append(("核查", '{核查}=""'))
    if line.has_option:
        team_lacks.append(("情形", f'AND({here},{{情形}}="")'))
        faulty.append(("情形", f'AND({{情形}}<>"",{_option_wrong(line)})'))
    if line.types_place:
        team_lacks.append(("名次", f'AND({here},{{名次}}="")'))
        faulty.append(("名次", 'AND({名次}<>"",OR(NOT(ISNUMBER({名次})),N({名次})<1,INT(N({名次}))<>N({名次})))'))
    if line.types_points:
        team_lacks.append(("得分", f'AND({here},{{得分}}="")'))
        faulty.append(("得分", f'AND({{得分}}<>"",{_points_wrong(line)})'))
    always_said = line.method == "区间"
    team_lacks.append(("说明", '{说明}=""' if always_said else f'AND({away},{{说明}}="")'))
    page.compute(row, FAULTY, lacking(*((condition, title) for title, condition in faulty)))
    page.compute(row, UNIT_LACKS, lacking(*((condition, title) for title, condition in unit_lacks)))
    page.compute(row, TEAM_LACKS, lacking(*((condition, title) for title, condition in team_lacks)))
    asked = len(unit_lacks)
    page.compute(row, UNIT_ASKED, f"=IF({away},0,{asked})" if asked else "=0")
    normal = len(team_lacks) - (0 if always_said else 1)
    on_leave = 1 + (1 if line.needs_checked else 0)
    page.compute(row, TEAM_ASKED, f"=IF({away},{on_leave},{normal})" if normal != on_leave else f"={normal}")
    engine = line.method == "引用" or (line.method == "排名赋分")
    for title, value in (
        ("行号", line.number), ("上级号", line.parent_number), ("最低分", number(line.floor)), ("下限", number(line.low)),
        ("上限", number(line.high)), ("步长", scaled(line.step, line.scale)), ("每步", number(line.per_step)),
    ):  # fmt: skip
        page.put(row, title, value)
    page.compute(row, "计满", "=0" if engine else f"=IF({away},0,{{满分}})")
    page.compute(row, "未分", "=0" if engine else f"=IF(OR({away},ISNUMBER({{得分}})),0,1)")


PERCENT_MOST = 10  # a percentage above 1000 % was typed without the percent sign


def checked_choices(line: Line) -> tuple[str, ...]:
    """The words that 核查 takes on a line."""
    return (CHECKED, NOT_APPLICABLE) if line.needs_checked else (NOT_APPLICABLE,)


def _not_in(title: str, words: tuple[str, ...]) -> str:
    return "AND(" + ",".join(f'{{{title}}}<>"{word}"' for word in words) + ")"


def _option_wrong(line: Line) -> str:
    if line.method == "是否":
        return _not_in("情形", (YES, NO))
    return 'ISNA(MATCH({编码}&" "&{指标}&"|"&{情形},例键,0))'


def _points_wrong(line: Line) -> str:
    wrong = "OR(NOT(ISNUMBER({得分})),N({得分})<{下限},N({得分})>{上限}"
    if line.unit_step:
        step = plain(line.unit_step)
        wrong += f",ABS(N({{得分}})-ROUND(N({{得分}})/{step},0)*{step})>0.000001"
    return wrong + ")"


def _checks(page: Page) -> None:
    form = page.form
    by_choices: dict[tuple[str, ...], list[str]] = {}
    for line in form.leaves:
        by_choices.setdefault(checked_choices(line), []).append(page.layout.address(line.code, "核查"))
    for choices, cells in by_choices.items():
        text = "现场查过选“已查”，得分才计算；本单位没有这项工作选“不适用”，并在“说明”写明原因。"
        only = "本单位没有这项工作时选“不适用”，并在“说明”写明原因；否则不填。"
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
