"""Scheme, roster and returned forms as small pipe tables with only the columns that matter, and an evaluation of them.

The cells are read by the toolkit's own readers; columns that are left out are blank. The check of whole schemes is not run: a test
here says one thing and need not be a complete scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from kaohe.core.cells import Source, a1
from kaohe.core.exact import exact
from kaohe.core.periods import Period, parse_period
from kaohe.records.figures import Figure
from kaohe.records.people import Fact, Person, Rater, Roster, Unit
from kaohe.records.problems import Ledger
from kaohe.records.results import ObjectResult, Outcome
from kaohe.records.returns import (
    Ballot,
    Claim,
    DailyEntry,
    Day,
    Number,
    PeriodFact,
    Score,
    Shared,
    Submission,
    TaskDone,
    Text,
)
from kaohe.records.scheme import PeriodRow, Scheme
from kaohe.records.tables import CellValue, Reading, Table
from kaohe.scheme.parse import scheme_of
from kaohe.scheme.rows import Rows
from kaohe.scheme.sheets import SHEETS
from kaohe.scoring.evaluate import evaluate
from makers.pipes import table

PERIOD = "2026"
NOTHING: Mapping[str, Any] = MappingProxyType({})
#: columns of a cell that most tests do not care about
DEFAULTS: dict[str, dict[str, CellValue]] = {
    "构成": {"计入总分": "是", "来源": "指标评分"},
    "分类": {"对象": "单位"},
    "评价表": {"方式": "分数"},
    "评分细则": {"序": 1},
}


def scheme(info: Mapping[str, str] = NOTHING, **sheets: str) -> Scheme:
    """The scheme of these sheets. 名称 defaults to 代码; `info` are rows of 基本信息."""
    tables = {name: _filled(table(name, text)) for name, text in sheets.items()}
    basics = {"方案代码": "S", "方案名称": "小方案", "期别": "年", **info}
    tables["基本信息"] = Table("基本信息", (("名称", "取值"), *basics.items()))
    for name, columns in SHEETS.items():
        found = tables.get(name, Table(name, ()))
        tables[name] = _with_columns(found, [column.title for column in columns])
    rows = Rows(Reading("xlsx", tuple(tables.values())), "方案.xlsx", SHEETS)
    made = scheme_of(rows)
    wrong = [fault for fault in rows.faults if fault.code.startswith("CELL")]
    assert not wrong, wrong
    return made


def _filled(given: Table) -> Table:
    header = [str(cell) for cell in given.rows[0]]
    rows = []
    for row in given.rows[1:]:
        cells = dict(zip(header, row, strict=True))
        defaults = {**DEFAULTS.get(given.name, {}), "名称": cells.get("代码")}
        rows.append({**defaults, **{key: value for key, value in cells.items() if value is not None}})
    titles = list(dict.fromkeys([*header, *(key for row in rows for key in row)]))
    return Table(given.name, (tuple(titles), *(tuple(row.get(title) for title in titles) for row in rows)))


def _with_columns(given: Table, titles: list[str]) -> Table:
    header = [str(cell) for cell in given.rows[0]] if given.rows else []
    known = set(header)
    added = [title for title in titles if title not in known]
    drop = [index for index, title in enumerate(header) if title.partition(":")[0] not in titles]
    rows = [tuple(cell for index, cell in enumerate(row) if index not in drop) for row in given.rows] or [()]
    first = (*rows[0], *added)
    return Table(given.name, (first, *((*row, *([None] * len(added))) for row in rows[1:])))


def _rows(name: str, text: str) -> Iterable[dict[str, CellValue]]:
    found = table(name, text)
    header = [str(cell) for cell in found.rows[0]]
    return [dict(zip(header, row, strict=True)) for row in found.rows[1:]]


def _word(row: dict[str, CellValue], title: str) -> str:
    value = row.get(title)
    return "" if value is None else str(value)


def _words(row: dict[str, CellValue], title: str) -> tuple[str, ...]:
    return tuple(word for word in _word(row, title).split("、") if word)


def roster(**sheets: str) -> Roster:
    """单位, 人员, 评委, 资料 as tables; a name that is left out is the code."""
    return Roster(
        units=tuple(
            Unit(
                _word(row, "代码"), _word(row, "名称") or _word(row, "代码"), _word(row, "代码"), _word(row, "分类"),
                standing=_word(row, "状态") or "参评", reason=_word(row, "原因"),  # type: ignore[arg-type]
            )
            for row in _rows("单位", sheets.get("单位", "| 代码 |"))
        ),
        persons=tuple(
            Person(
                _word(row, "代码"), _word(row, "姓名") or _word(row, "代码"), _word(row, "单位"), _word(row, "分类"),
                roles=_words(row, "角色"), since=_word(row, "起"), until=_word(row, "止"),
            )
            for row in _rows("人员", sheets.get("人员", "| 代码 |"))
        ),
        raters=tuple(
            Rater(_word(row, "代码"), _words(row, "身份"), _word(row, "单位"))
            for row in _rows("评委", sheets.get("评委", "| 代码 |"))
        ),
        facts=tuple(
            Fact(_word(row, "对象"), _word(row, "事项"), _word(row, "取值"), Source("名册.xlsx", "资料", f"C{number}"))
            for number, row in enumerate(_rows("资料", sheets.get("资料", "| 对象 |")), 2)
        ),
    )  # fmt: skip


# what came back


def ballots(instrument: str, text: str, group: str = "", file: str = "评价打分表.xlsx") -> tuple[Ballot, ...]:
    """Rows are raters, columns objects (`U1`) or objects with a dimension (`U1 政治`); blank cells are blank, `–` no ballot cell."""
    found = table(instrument, text)
    columns = [str(cell).split() for cell in found.rows[0][1:]]
    made = []
    for index, row in enumerate(found.rows[1:], 2):
        marks: dict[str, list[tuple[str, Number]]] = {}
        for place, ((object_code, *dimension), value) in enumerate(zip(columns, row[1:], strict=True), 2):
            if value is not None:
                source = Source(file, instrument, a1(index, place))
                mark = (dimension[0] if dimension else "评分", Number(exact(value), source))  # type: ignore[arg-type]
                marks.setdefault(object_code, []).append(mark)
        for object_code, mine in marks.items():
            made.append(Ballot(instrument, str(row[0]), group, object_code, tuple(mine), mine[0][1].source))
    return tuple(made)


def daily(text: str, file: str = "日常积分表.xlsx") -> tuple[DailyEntry, ...]:
    """| 对象 | 日期 | 分值 | 事由 | 条款 | 构成 |"""
    return tuple(
        DailyEntry(
            f"{number:02d}",
            _word(row, "对象"),
            _word(row, "构成"),
            Day(_word(row, "日期"), Source(file, "日常积分", f"C{number}")) if row.get("日期") else None,
            Number(exact(row["分值"]), Source(file, "日常积分", f"D{number}")),  # type: ignore[arg-type]
            Text(_word(row, "事由") or "事由", Source(file, "日常积分", f"E{number}")),
            Text(_word(row, "条款"), Source(file, "日常积分", f"F{number}")) if row.get("条款") else None,
            source=Source(file, "日常积分", f"A{number}"),
        )
        for number, row in enumerate(_rows("日常积分", text), 1)
    )


def facts(text: str) -> tuple[PeriodFact, ...]:
    """| 对象 | 事项 | 取值 |"""
    return tuple(
        PeriodFact(
            _word(row, "对象"),
            _word(row, "事项"),
            Text(_word(row, "取值"), Source("资料表.xlsx", "资料", f"C{number}")),
        )
        for number, row in enumerate(_rows("资料", text), 2)
    )


def forms(text: str, claims: tuple[Claim, ...] = ()) -> tuple[Submission, ...]:
    """Rows are objects, columns lines: `1.1` typed points, `1.1 完成值`, `1.1 名次`, `1.1 情形`, `1.1 核查`, `任务 T1` points of a task.

    A line with 完成值 has been inspected."""
    found = table("评分", text)
    header = [str(cell).split() for cell in found.rows[0][1:]]
    made = []
    for row in found.rows[1:]:
        file = f"{row[0]}.xlsx"
        scores: dict[str, dict[str, Any]] = {}
        tasks = []
        for place, (title, value) in enumerate(zip(header, row[1:], strict=True), 2):
            if value is None:
                continue
            source = Source(file, "评分", a1(len(made) + 2, place))
            if title[0] == "任务":
                tasks.append(TaskDone(title[1], points=Number(exact(value), source), source=source))  # type: ignore[arg-type]
                continue
            field = {"完成值": "actual", "名次": "place", "情形": "case", "核查": "checked"}.get(
                title[1] if len(title) > 1 else "", "points"
            )
            typed = Text(str(value), source) if field in ("case", "checked") else Number(exact(value), source)  # type: ignore[arg-type]
            scores.setdefault(title[0], {})[field] = typed
            if field == "actual":
                scores[title[0]].setdefault("checked", Text("已查", source))
        mine = tuple(Score(code, **given) for code, given in scores.items())
        made.append(Submission(str(row[0]), "TB", file, scores=mine, tasks=tuple(tasks), claims=claims))
    return tuple(made)


# the evaluation


def outcome(
    rules: Scheme,
    people: Roster,
    *,
    returned: tuple[Submission, ...] = (),
    shared: Shared = Shared(),
    others: tuple[Outcome, ...] = (),
    earlier: tuple[Outcome, ...] = (),
    withheld: Mapping[str, tuple[str, ...]] = NOTHING,
    period: str = PERIOD,
) -> Outcome:
    """Evaluate."""
    when = parse_period(period)
    assert isinstance(when, Period)
    row = PeriodRow(period, "2026-01-01", "2026-12-31", as_of="2027-01-10")
    return evaluate(
        rules, people, returned, earlier, Ledger(period, row.reference_date), when, row, withheld, shared, others
    )


def of(found: Outcome, code: str) -> ObjectResult:
    """The result of an object."""
    each = found.of(code)
    assert each is not None
    return each


def score(found: Outcome, code: str, component: str) -> Any:
    """The score of a component of an object, None where it has none."""
    part = of(found, code).component(component)
    return None if part is None else part.score


def figures(found: ObjectResult) -> dict[str, Figure]:
    """Every figure of an object's derivation by its key."""
    assert found.figure is not None
    made: dict[str, Figure] = {}

    def walk(figure: Figure) -> None:
        made.setdefault(figure.key, figure)
        for part in figure.parts:
            walk(part)

    walk(found.figure)
    return made
