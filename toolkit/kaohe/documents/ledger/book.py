"""问题台账.xlsx: every problem ever opened as it stands, its whole history, and close-out by class, kind and unit with live formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.documents import book_styles as looks
from kaohe.documents.ledger.followup import appeals_sheet, interviews_sheet, name_of
from kaohe.documents.ledger.lookback import look_back_sheet, looked_at, summary_sheet
from kaohe.documents.ledger.statistics import STATISTICS, Group, statistics_sheet
from kaohe.documents.results.model import number
from kaohe.records.books import Book, Cell, Cells, Conditional, Print, Sheet, Sheets, Style, Value
from kaohe.records.edition import Edition
from kaohe.records.problems import Problem

LEDGER, HISTORY = "台账", "历程"
_HEAD, _FIRST = 3, 4


class LedgerColumn(NamedTuple):
    """A column of the ledger; 逾期 and 账龄 are formulas on the reference date."""

    title: str
    width: float
    style: Style


_COLUMNS = (
    LedgerColumn("问题编号", 17, looks.TEXT),
    LedgerColumn("单位", 14, looks.WRAP),
    LedgerColumn("分类", 6, looks.CENTRE),
    LedgerColumn("问题类别", 19, looks.WRAP),
    LedgerColumn("严重程度", 7, looks.CENTRE),
    LedgerColumn("问题事实", 36, looks.WRAP),
    LedgerColumn("责任人", 8, looks.WRAP),
    LedgerColumn("提出日期", 11, looks.DAY),
    LedgerColumn("完成时限", 11, looks.DAY),
    LedgerColumn("状态", 12, looks.WRAP),
    LedgerColumn("逾期", 6, looks.computed(looks.CENTRE)),
    LedgerColumn("账龄（天）", 8, looks.computed(looks.COUNT)),
    LedgerColumn("整改措施", 28, looks.WRAP),
    LedgerColumn("整改佐证", 16, looks.WRAP),
    LedgerColumn("销号日期", 11, looks.DAY),
    LedgerColumn("核验人", 13, looks.WRAP),
    LedgerColumn("复发自", 17, looks.WRAP),
    LedgerColumn("单位异议", 20, looks.WRAP),
    LedgerColumn("时限要求", 9, looks.CENTRE),
    LedgerColumn("撤销原因", 18, looks.WRAP),
    LedgerColumn("单位编码", 8, looks.CENTRE),
    LedgerColumn("指标", 8, looks.CENTRE),
    LedgerColumn("依据或佐证", 18, looks.WRAP),
    LedgerColumn("扣分", 7, replace(looks.TEXT, align="right", format="0.0##")),
    LedgerColumn("提出期次", 9, looks.CENTRE),
    LedgerColumn("方案时限", 11, looks.DAY),
    LedgerColumn("单位所报进展", 10, looks.WRAP),
    LedgerColumn("完成日期", 11, looks.DAY),
    LedgerColumn("销号期次", 9, looks.CENTRE),
    LedgerColumn("来源文件", 28, looks.WRAP),
    LedgerColumn("工作表", 11, looks.WRAP),
    LedgerColumn("单元格", 7, looks.CENTRE),
)
_PRINTED = "复发自"  # the last column on paper; what follows is read on the screen
_NUMBER = {column.title: n for n, column in enumerate(_COLUMNS, 1)}
_HISTORY = (
    ("问题编号", 18), ("单位编码", 9), ("单位", 18), ("期次", 10), ("日期", 12), ("事项", 12), ("之后的状态", 14), ("内容", 60),
    ("经办", 14), ("来源文件", 28), ("工作表", 12), ("单元格", 8),
)  # fmt: skip


def book(edition: Edition) -> Book:
    """The ledger workbook: 台账 (all problems), 历程 (all events), 统计 (close-out rate and age by class, kind and unit); where there are any,
    回头看 with its counts, 约谈 and 申诉.

    逾期 and 账龄 are formulas on the reference date; every formula cell carries the program's value.
    """
    count = len(edition.ledger.problems)
    areas = {
        title: f"{LEDGER}!${letters(n)}${_FIRST}:${letters(n)}${max(_FIRST, _FIRST + count - 1)}"
        for title, n in _NUMBER.items()
    }
    foot = footer(edition)
    looked = looked_at(edition)
    sheets: list[Callable[[], Sheet]] = [
        partial(_ledger, edition),
        partial(_history, edition),
        lambda: statistics_sheet(edition, _groups(edition), areas, foot),
    ]
    if looked:
        sheets += [partial(look_back_sheet, edition, looked, foot), partial(summary_sheet, edition, looked, foot)]
    if edition.ledger.interviews:
        sheets.append(partial(interviews_sheet, edition, foot))
    if edition.ledger.appeals:
        sheets.append(partial(appeals_sheet, edition, foot))
    return Book(
        title=f"{edition.scheme.name}问题台账（{edition.when.title}）",
        sheets=Sheets(sheets),
        names={"基准日": f"{STATISTICS}!$B$3", "账龄界一": f"{STATISTICS}!$D$3", "账龄界二": f"{STATISTICS}!$F$3"},
        created=edition.ledger.as_of or edition.outcome.as_of,
        author=edition.scheme.info.get("组织名称", ""),
        subject=f"输入标记 {edition.mark}",
    )


def footer(edition: Edition) -> str:
    """The footer of every sheet."""
    left = (
        f"{edition.scheme.name}　问题台账　{edition.when.title}　基准日 {edition.ledger.as_of}　输入标记 {edition.mark}"
    )
    return f"&L&8{left.replace('&', '&&')}&R&8&A　第 &P 页 共 &N 页"


def age_of(problem: Problem, as_of: str) -> int | str:
    """Days from opening to close-out, or to the reference date while it is open; "" without an opening date."""
    if not problem.opened:
        return ""
    return (date.fromisoformat(problem.closed or as_of) - date.fromisoformat(problem.opened)).days


def _ledger(edition: Edition) -> Sheet:
    problems, as_of = edition.ledger.problems, edition.ledger.as_of
    still = sum(problem.state != "已销号" for problem in problems)
    late = sum(problem.overdue(as_of) for problem in problems)
    note = f"截至基准日 {as_of}：共 {len(problems)} 项，未销号 {still} 项，其中逾期 {late} 项；销号不删除。逾期、账龄按“统计”中的基准日计算。"
    rows = [_values(edition, problem) for problem in problems]
    widths = tuple(column.width for column in _COLUMNS)

    def cells() -> Iterator[Cell]:
        yield from looks.heading(f"问题台账　{edition.scheme.name}　{edition.when.title}", note)
        yield from looks.head_row(_HEAD, tuple(column.title for column in _COLUMNS))
        for row, values in enumerate(rows, _FIRST):
            formulas = {_NUMBER["逾期"]: _overdue_formula(row), _NUMBER["账龄（天）"]: _age_formula(row)}
            for n, (column, value) in enumerate(zip(_COLUMNS, values, strict=True), 1):
                yield Cell(row, n, value, column.style, formulas.get(n, ""))

    last = max(_FIRST, _FIRST + len(problems) - 1)
    right = letters(len(_COLUMNS))
    return Sheet(
        LEDGER,
        Cells(cells),
        widths=dict(enumerate(widths, 1)),
        heights={1: 26.0, _HEAD: 32.0} | {n: looks.height_of(row, widths) for n, row in enumerate(rows, _FIRST)},
        freeze=(_FIRST, 3),
        filter=f"A{_HEAD}:{right}{last}",
        tab=looks.HEAD_FILL,
        conditionals=_marks(last),
        print=Print(rows=(_HEAD, _HEAD), area=f"A1:{letters(_NUMBER[_PRINTED])}{last}", footer=footer(edition)),
    )


def _values(edition: Edition, each: Problem) -> tuple[Value, ...]:
    unit = edition.roster.unit(each.unit_code) or edition.roster.unit(each.answerable)
    as_of = edition.ledger.as_of
    return (
        each.problem_id, name_of(edition, each.unit_code), unit.unit_class if unit else "",
        edition.scheme.kind_name(each.kind) if each.kind else "", each.severity, each.fact, each.owner, looks.day(each.opened),
        looks.day(each.deadline), each.state, "是" if each.overdue(as_of) else "", age_of(each, as_of), each.measures, each.proof,
        looks.day(each.closed), each.verifier, each.relapse_of, each.objection, each.term or "限期", each.withdrawn, each.unit_code,
        each.indicator, each.evidence, number(each.points),
        each.period, looks.day(each.plan_deadline), each.reported, looks.day(each.done_on), each.closed_in, each.source.file,
        each.source.sheet, each.source.cell,
    )  # fmt: skip


def _at(title: str, row: int) -> str:
    return f"${letters(_NUMBER[title])}{row}"


def _overdue_formula(row: int) -> str:
    state, due = _at("状态", row), _at("完成时限", row)
    return f'=IF(AND({state}<>"已销号",ISNUMBER({due}),N({due})<基准日),"是","")'


def _age_formula(row: int) -> str:
    opened, closed = _at("提出日期", row), _at("销号日期", row)
    return f'=IF(ISNUMBER({opened}),IF(ISNUMBER({closed}),{closed},基准日)-{opened},"")'


def _marks(last: int) -> tuple[Conditional, ...]:
    """Overdue, closed and relapsed problems: bold word and tint together, never colour alone."""
    state, late, again = (letters(_NUMBER[title]) for title in ("状态", "逾期", "复发自"))
    return (
        Conditional(
            f"{late}{_FIRST}:{late}{last}",
            f'=${late}{_FIRST}="是"',
            Style(bold=True, colour=looks.BAD_TEXT, fill=looks.BAD_FILL),
        ),
        Conditional(
            f"{state}{_FIRST}:{state}{last}",
            f'=${state}{_FIRST}="已销号"',
            Style(colour=looks.OK_TEXT, fill=looks.OK_FILL),
        ),
        Conditional(f"{again}{_FIRST}:{again}{last}", f'=${again}{_FIRST}<>""', Style(bold=True, fill=looks.WEAK_FILL)),
    )


def _history(edition: Edition) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    for problem in edition.ledger.problems:
        name = name_of(edition, problem.unit_code)
        rows += [
            (
                problem.problem_id, problem.unit_code, name, event.period, looks.day(event.day), event.what, event.state, event.text,
                event.by, event.source.file, event.source.sheet, event.source.cell,
            )
            for event in problem.events
        ]  # fmt: skip
    widths = tuple(float(width) for _, width in _HISTORY)
    styles = [looks.WRAP] * len(_HISTORY)
    styles[4] = looks.DAY
    last = max(_FIRST, _FIRST + len(rows) - 1)
    note = f"每个问题从提出到销号的每一次变化，共 {len(rows)} 条，按问题编号和时间排列。"

    def cells() -> Iterator[Cell]:
        yield from looks.heading(f"历程　{edition.when.title}", note)
        yield from looks.head_row(_HEAD, tuple(title for title, _ in _HISTORY))
        yield from looks.each_of(_FIRST, rows, styles)

    return Sheet(
        HISTORY,
        Cells(cells),
        widths=dict(enumerate(widths, 1)),
        heights={1: 26, _HEAD: 22} | {row: looks.height_of(values, widths) for row, values in enumerate(rows, _FIRST)},
        freeze=(_FIRST, 2),
        filter=f"A{_HEAD}:{letters(len(_HISTORY))}{last}",
        print=Print(rows=(_HEAD, _HEAD), footer=footer(edition)),
    )


def _groups(edition: Edition) -> Sequence[Group]:
    """Classes, kinds and units that have problems or are assessed, each with its own problems."""
    problems = edition.ledger.problems
    units = {unit.code: unit for unit in edition.roster.units}
    classes = [each.code for each in edition.scheme.classes if each.object == "单位"]
    kinds = list(dict.fromkeys(problem.kind for problem in problems))
    order = {kind.code: n for n, kind in enumerate(edition.scheme.kinds)}
    kinds.sort(key=lambda code: order.get(code, len(order)))

    def of_class(code: str) -> tuple[Problem, ...]:
        return tuple(p for p in problems if p.unit_code in units and units[p.unit_code].unit_class == code)

    codes = list(dict.fromkeys([*units, *(problem.unit_code for problem in problems)]))
    by_unit: dict[str, list[Problem]] = {code: [] for code in codes}
    for problem in problems:
        by_unit[problem.unit_code].append(problem)
    shorts = {code: name_of(edition, code) for code in codes}
    titles = {each.code: each.name for each in edition.scheme.classes}
    kinds_named = {code: edition.scheme.kind_name(code) if code else "" for code in kinds}
    return (
        Group("按分类", "分类", tuple((code, titles[code], of_class(code)) for code in classes)),
        Group(
            "按问题类别",
            "问题类别",
            tuple((kinds_named[code], "", tuple(p for p in problems if p.kind == code)) for code in kinds),
        ),
        Group("按单位", "单位编码", tuple((code, shorts[code], tuple(by_unit[code])) for code in codes)),
    )
