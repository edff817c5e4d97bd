"""The hidden sheets: `_lists` (drop-downs, the form's own reckoning), `_cases` (one row a case, with live sums), `_meta` (identity)."""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.cells import letters
from kaohe.core.exact import plain
from kaohe.forms import looks
from kaohe.forms.form import (
    CASES,
    COUNTS,
    DEDUCTIONS,
    LISTS,
    META,
    NO,
    REPORT_STATES,
    SCORES,
    YES,
    Form,
    Grid,
    Line,
    Value,
)
from kaohe.forms.frame import number
from kaohe.records.books import Cell, Sheet
from kaohe.records.layouts import Column, SheetLayout

CASE_COLUMNS = (
    "例号", "行号", "上级号", "指标", "情形", "从", "至", "系数", "得分", "单项上限", "第几次起归零", "归零范围", "问题类别", "严重程度",
    "标准", "键", "次数", "分值", "封顶", "本项零", "上级零",
)  # fmt: skip
_CONSTANT = CASE_COLUMNS[1:16]
DEDUCTION_LABELS, COUNT_LABELS, ITEM_LABELS, SEVERITIES = "扣分指标", "计分指标", "加减分项目", "严重程度表"
_FIRST = 2


def grids(form: Form) -> dict[str, Grid]:
    """Layout and printed cells of `_cases`: the only hidden sheet whose locked numbers come from the scheme alone."""
    layout = SheetLayout(
        CASES, "例号", tuple(Column(title, "已印好", width=10) for title in CASE_COLUMNS),
        tuple(str(case.number) for case in form.cases), header_row=1, first_row=_FIRST,
    )  # fmt: skip
    printed: dict[tuple[str, str], Value] = {}
    for case in form.cases:
        values: tuple[Value, ...] = (
            Fraction(case.line_number), Fraction(case.parent_number), case.label, case.name, case.each_from, case.each_to,
            case.factor, case.award, case.cap, None if case.zero_from is None else Fraction(case.zero_from), case.zero_scope,
            case.kind_name, case.severity, case.rule, case.key,
        )  # fmt: skip
        for title, value in zip(_CONSTANT, values, strict=True):
            if value not in (None, ""):
                printed[str(case.number), title] = value
    return {CASES: Grid(layout, printed)} if form.cases else {}


def cases_range(form: Form, title: str) -> str:
    """The absolute range of a column of `_cases`."""
    letter = letters(CASE_COLUMNS.index(title) + 1)
    return f"{CASES}!${letter}${_FIRST}:${letter}${max(len(form.cases), 1) + _FIRST - 1}"


def option_name(form: Form, line: Line) -> str:
    """The defined name of a line's choices in 情形; `是否` for yes and no. Lines with the same choices share one name."""
    if line.method == "是否":
        return "是否"
    names = tuple(case.name for case in form.cases_of(line.code))
    return f"情形表{list(_option_lists(form)).index(names) + 1}"


def options_of(form: Form, name: str) -> tuple[str, ...]:
    """The choices behind a name of `option_name`."""
    return (YES, NO) if name == "是否" else list(_option_lists(form))[int(name.removeprefix("情形表")) - 1]


def _option_lists(form: Form) -> dict[tuple[str, ...], None]:
    return dict.fromkeys(
        tuple(case.name for case in form.cases_of(line.code)) for line in form.leaves if line.method in ("档次", "就高")
    )


def columns(form: Form) -> dict[str, tuple[str, ...]]:
    """The drop-down lists by defined name, in the order of their columns in `_lists`."""
    found = {
        DEDUCTION_LABELS: tuple(line.label for line in form.leaves if line.method == "扣分"),
        COUNT_LABELS: tuple(line.label for line in form.leaves if line.method == "计数"),
        ITEM_LABELS: tuple(item.label for item in form.items),
        SEVERITIES: form.severities,
        "整改情况表": REPORT_STATES,
    }
    found |= {f"情形表{number}": words for number, words in enumerate(_option_lists(form), 1)}
    return {name: words for name, words in found.items() if words}


def names(form: Form) -> dict[str, str]:
    """The defined names of the workbook."""
    found = {}
    for index, (name, words) in enumerate(columns(form).items(), 1):
        letter = letters(index)
        found[name] = f"{LISTS}!${letter}${_FIRST}:${letter}${len(words) + _FIRST - 1}"
    if form.cases:
        head = letters(CASE_COLUMNS.index("情形") + 1)
        found |= {
            "情形首": f"{CASES}!${head}$1",
            "情形指标": cases_range(form, "指标"),
            "例键": cases_range(form, "键"),
        }
    return found


def lists_sheet(form: Form) -> Sheet:
    """`_lists`: one column a list, then the block in which the form reckons its own score."""
    cells = []
    found = columns(form)
    for index, (name, words) in enumerate(found.items(), 1):
        cells.append(Cell(1, index, name, looks.HIDDEN))
        cells.extend(Cell(row, index, word, looks.HIDDEN) for row, word in enumerate(words, _FIRST))
    cells.extend(_reckoning(form, len(found) + 2))
    return Sheet(LISTS, tuple(cells), visibility="hidden", protected=True, grid=True)


def reckoning_place(form: Form, title: str, index: int = 0) -> str:
    """The cell of the reckoning: of a component by `index`, in a column by title."""
    start = len(columns(form)) + 2
    return f"{LISTS}!${letters(start + _RECKONED.index(title))}${_FIRST + index}"


_RECKONED = ("构成", "权重", "得分合计", "计入满分", "未评", "构成得分")


def _reckoning(form: Form, start: int) -> list[Cell]:
    """Component scores on the scale of 100 as far as the form can tell; the engine's figures are the official ones."""
    cells = [Cell(1, start + at, title, looks.HIDDEN) for at, title in enumerate(_RECKONED)]
    if SCORES not in form.grids:
        return cells
    layout = form.layout(SCORES)
    for index, part in enumerate(form.parts):
        row = index + _FIRST
        rows = [layout.row(line.code) for line in form.leaves if line.component == part.code]

        def area(title: str, rows: list[int] = rows) -> str:
            letter = letters(layout.column(title))
            return f"{SCORES}!${letter}${rows[0]}:${letter}${rows[-1]}"

        # Bands in between hold subtotals: only leaves have 计满, so it picks the rows.
        total = f'=SUMIF({area("计满")},">0",{area("得分")})'
        put = [Cell(row, start, part.code, looks.HIDDEN), Cell(row, start + 1, number(part.weight), looks.HIDDEN)]
        formulas = (
            total,
            f"=SUM({area('计满')})",
            f"=SUM({area('未分')})",
            f'=IF({letters(start + 3)}{row}=0,"",IF({letters(start + 4)}{row}>0,"",'
            f"{letters(start + 2)}{row}/{letters(start + 3)}{row}*100))",
        )
        put.extend(Cell(row, start + 2 + at, None, looks.HIDDEN, formula=text) for at, text in enumerate(formulas))
        cells.extend(put)
    return cells


def cases_sheet(form: Form) -> Sheet:
    """`_cases`: the constants of every case, and what the typed rows add up to."""
    layout, printed = form.grids[CASES].layout, form.grids[CASES].printed
    cells = [Cell(1, index, title, looks.HIDDEN) for index, title in enumerate(CASE_COLUMNS, 1)]
    for case in form.cases:
        row = layout.row(str(case.number))
        cells.append(Cell(row, 1, case.number, looks.HIDDEN))
        for index, title in enumerate(_CONSTANT, 2):
            value = printed.get((str(case.number), title))
            if value is not None:
                cells.append(Cell(row, index, number(value) if isinstance(value, Fraction) else value, looks.HIDDEN))
        for title, text in _sums(form, case.method, row, case.zero_from, case.zero_scope).items():
            cells.append(Cell(row, CASE_COLUMNS.index(title) + 1, None, looks.HIDDEN, formula=text))
    return Sheet(CASES, tuple(cells), visibility="hidden", protected=True, grid=True)


def _sums(form: Form, method: str, row: int, zero_from: int | None, zero_scope: str) -> dict[str, str]:
    at = {title: f"{letters(index)}{row}" for index, title in enumerate(CASE_COLUMNS, 1)}
    if method == "扣分" and DEDUCTIONS in form.grids:
        layout = form.layout(DEDUCTIONS)
        case, count, worth = (f"{DEDUCTIONS}!{layout.span(title)}" for title in ("例号", "次数", "扣分"))
        found = {"次数": f"=SUMIF({case},{at['例号']},{count})", "分值": f"=SUMIF({case},{at['例号']},{worth})"}
    elif method == "计数" and COUNTS in form.grids:
        layout = form.layout(COUNTS)
        case, count = (f"{COUNTS}!{layout.span(title)}" for title in ("例号", "核定次数"))
        found = {"次数": f"=SUMIF({case},{at['例号']},{count})", "分值": f"={at['次数']}*{at['从']}"}
    else:
        return {}
    found["封顶"] = f'=IF({at["单项上限"]}="",{at["分值"]},MIN({at["分值"]},{at["单项上限"]}))'
    if zero_from is not None:
        title = "上级零" if zero_scope == "上级" else "本项零"
        found[title] = f"=IF({at['次数']}>={plain(Fraction(zero_from))},1,0)"
    return found


def meta(form: Form, object_code: str, object_name: str, issued: str, rows: dict[str, int]) -> Sheet:
    """`_meta`: identity as key and value, very hidden. `object_code` "" = a group-wide form; `rows`: how many rows each sheet has."""
    pairs: list[tuple[str, object]] = [
        ("方案", form.scheme), ("期次", str(form.period)), ("对象代码", object_code), ("对象名称", object_name),
        ("类别", form.unit_class), ("填报表", form.code), ("版本", form.version), ("指纹", form.fingerprint), ("下发日期", issued),
        *((f"行数:{name}", str(count)) for name, count in rows.items()),
    ]  # fmt: skip
    cells = [
        Cell(row, column, str(value), looks.HIDDEN)
        for row, pair in enumerate(pairs, 1)
        for column, value in enumerate(pair, 1)
    ]
    return Sheet(META, tuple(cells), visibility="very_hidden", protected=True, grid=True)
