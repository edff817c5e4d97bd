"""Small schemes, typed forms and evaluations in a line each, so that a test of scoring shows rule, input and outcome together."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from kaohe.core.cells import Source
from kaohe.core.exact import exact
from kaohe.core.periods import Period
from kaohe.records.people import Fact, Person, Rater, Roster, Unit
from kaohe.records.problems import Ledger
from kaohe.records.results import LeafResult, ObjectResult, Outcome
from kaohe.records.returns import (
    Claim,
    Count,
    Cover,
    Day,
    Decision,
    Deduction,
    Event,
    Number,
    PeriodFact,
    Report,
    Score,
    Shared,
    Submission,
    Text,
)
from kaohe.records.rules import Condition, GradeBand, Rule
from kaohe.records.scheme import Case, Component, Indicator, PeriodRow, Scheme, UnitClass
from kaohe.records.settings import Settings
from kaohe.scoring.evaluate import evaluate

Q2, Q3, YEAR = Period(2026, "季", 2), Period(2026, "季", 3), Period(2026, "年")
ROW = PeriodRow("2026Q3", "2026-07-01", "2026-09-30", due="2026-10-09", as_of="2026-10-10")
FILE = "甲 石桥公司党总支.xlsx"
GRADES = (GradeBand("优秀", least=Fraction(90)), GradeBand("良好", least=Fraction(80)),
          GradeBand("一般", least=Fraction(70)), GradeBand("较差"))  # fmt: skip
PARTY = Component("DJ", "基层党建", weight={"": Fraction(100)})
ONE_SCORE = Indicator("1", "党建工作", "DJ", method="直接打分", full={"": Fraction(100)})
_Row = Score | Deduction | Count | Claim | Report


def F(text: str | int) -> Fraction:
    """An exact number."""
    return exact(text)


def cell(sheet: str, address: str) -> Source:
    """A cell of the one returned workbook."""
    return Source(FILE, sheet, address)


def number(value: str | int | Fraction, address: str = "K7", sheet: str = "评分") -> Number:
    """A typed number."""
    return Number(exact(value), cell(sheet, address))


def text(value: str, address: str = "I7", sheet: str = "评分") -> Text:
    """A typed text."""
    return Text(value, cell(sheet, address))


# the scheme


def line(code: str, method: str = "", full: str | int = 100, component: str = "DJ", **more: Any) -> Indicator:
    """A line; a leaf where it has a method. `full` may be {class: marks}."""
    marks = full if isinstance(full, dict) else {"": exact(full)}
    return Indicator(code, f"指标{code}", component, code.rpartition(".")[0], method=method, full=marks, **more)


def case(indicator: str, name: str, each: str = "", **more: Any) -> Case:
    """A case of a line; `each` is 0.5 or a range 0.2–0.3."""
    low, _, high = each.partition("–")
    bounds = (exact(low), exact(high or low)) if each else (None, None)
    return Case(indicator, 1, name, *bounds, **more)


def rule(number: str, effect: str, *conditions: tuple[str, str, str], **more: Any) -> Rule:
    """A rule; `parameter`, `target`, `reason`, `clause`, `soft`, `clocks` by name."""
    return Rule(number, tuple(Condition(*each) for each in conditions), effect, **more)


def scheme(
    *indicators: Indicator, classes: str | tuple[UnitClass, ...] = "Ⅰ", settings: Settings = Settings(), **more: Any
) -> Scheme:
    """A scheme with one counted component DJ of 100 per cent, graded 90/80/70; `classes` are codes or whole classes."""
    known = tuple(UnitClass(code, f"{code}类") for code in classes) if isinstance(classes, str) else classes
    lines = indicators or (ONE_SCORE,)
    parts = {"components": (PARTY,), "grades": GRADES, "clocks": ("季", "年"), "indicators": lines, **more}
    return Scheme("S", "小方案", settings=settings, classes=known, **parts)


# what was typed


def points(code: str, value: str | int | Fraction, address: str = "K7") -> Score:
    """得分 typed on a line."""
    return Score(code, points=number(value, address))


def inspected(code: str) -> Score:
    """核查 = 已查."""
    return Score(code, checked=text("已查"))


def away(code: str) -> Score:
    """核查 = 不适用."""
    return Score(code, checked=text("不适用"), note=text("本季无此项工作", "M7"))


def reached(code: str, actual: str | int, target: str | int | None = None) -> Score:
    """完成值 (and 目标值 where it is reported)."""
    wanted = None if target is None else number(target, "F7")
    return Score(code, target=wanted, actual=number(actual, "G7"), checked=text("已查"))


def chosen(code: str, name: str) -> Score:
    """情形 chosen on the line."""
    return Score(code, case=text(name, "J7"))


def deducted(
    row: str, indicator: str, name: str, count: int = 1, judged: str | None = None, unit: str = "甲", **more: Any
) -> Deduction:
    """A row of 扣分与问题."""
    address = str(int(row) + 5)
    parts = {
        "kind": "W01", "severity": "一般", "owner": None, "evidence": text("会议记录", f"I{address}", "扣分与问题"), **more,
    }  # fmt: skip
    return Deduction(
        row,
        f"2026Q3-{unit}-{row}",
        indicator,
        name,
        number(count, f"E{address}", "扣分与问题"),
        None if judged is None else number(judged, f"F{address}", "扣分与问题"),
        text("检查发现的事实", f"H{address}", "扣分与问题"),
        source=cell("扣分与问题", f"C{address}"),
        **parts,
    )


def counted(row: str, indicator: str, name: str, count: int, verified: int | None) -> Count:
    """A row of 计分事项."""
    checked = None if verified is None else number(verified, f"F{row}", "计分事项")
    place = cell("计分事项", f"C{row}")
    return Count(row, indicator, name, number(count, f"E{row}", "计分事项"), checked, None, None, place)


def claim(
    row: str,
    item: str,
    verified: str | None,
    decision: str = "已确认",
    reference: str = "",
    evidence: str = "文件",
    **more: Any,
) -> Claim:
    """A row of 加减分."""
    sheet = "加减分"
    parts = {"day": None, "count": None, "claimed": None, **more}
    return Claim(
        row,
        item,
        text("获得表彰", f"C{row}", sheet),
        reference=text(reference, f"E{row}", sheet) if reference else None,
        evidence=text(evidence, f"F{row}", sheet) if evidence else None,
        verified=None if verified is None else number(verified, f"I{row}", sheet),
        decision=text(decision, f"J{row}", sheet) if decision else None,
        source=cell(sheet, f"B{row}"),
        **parts,
    )


def form(unit: str, *rows: _Row, withheld: bool = False, inspected_on: str = "2026-09-20") -> Submission:
    """A returned workbook of a unit."""
    cover = Cover(
        filler=text("陆文棠", "C8", "封面"),
        filled_on=Day("2026-09-25", cell("封面", "C10")),
        inspectors=text("顾仲衡、许知行", "C11", "封面"),
        inspected_on=Day(inspected_on, cell("封面", "C12")) if inspected_on else None,
    )

    def of(kind: type) -> Any:
        return tuple(row for row in rows if isinstance(row, kind))

    return Submission(unit, "TB", FILE, withheld, cover, of(Score), of(Deduction), of(Count), of(Claim), of(Report))


# what group-wide workbooks brought


def event(code: str, item: str, decision: str = "已确认", row: int = 6) -> Event:
    """A row of 事项."""
    sheet = "事项"
    return Event(
        f"{row - 5:02d}",
        code,
        item,
        text("查实的事实", f"E{row}", sheet),
        decision=text(decision, f"G{row}", sheet) if decision else None,
        source=cell(sheet, f"B{row}"),
    )


def fact(code: str, name: str, value: str, row: int = 6) -> PeriodFact:
    """A row of 资料 of the period."""
    return PeriodFact(code, name, text(value, f"D{row}", "资料"), cell("资料", f"B{row}"))


def decision(
    code: str, computed: str, grade: str, reason: str = "集体研究", by: str = "公司党委会", row: int = 6
) -> Decision:
    """A row of 等次决定."""
    sheet = "等次决定"
    return Decision(
        code,
        computed,
        text(grade, f"F{row}", sheet),
        text(reason, f"G{row}", sheet) if reason else None,
        text(by, f"H{row}", sheet) if by else None,
        cell(sheet, f"B{row}"),
    )


# the evaluation


def person(code: str, home: str, person_class: str = "SJ", *roles: str) -> Person:
    """Somebody of a unit, whose name is the code."""
    return Person(code, code, home, person_class, roles=roles)


def unit(code: str, unit_class: str = "Ⅰ", standing: Any = "参评", reason: str = "") -> Unit:
    """A unit whose name is its code."""
    return Unit(code, f"{code}党支部", code, unit_class, standing=standing, reason=reason)


def outcome(
    rules: Scheme,
    forms: dict[str, Any],
    *,
    units: tuple[Unit, ...] = (),
    earlier: tuple[Outcome, ...] = (),
    ledger: Ledger | None = None,
    period: Period = Q3,
    withheld: dict[str, tuple[str, ...]] | None = None,
    row: PeriodRow = ROW,
    persons: tuple[Person, ...] = (),
    facts: tuple[Fact, ...] = (),
    raters: tuple[Rater, ...] = (),
    shared: Shared = Shared(),
    others: tuple[Outcome, ...] = (),
) -> Outcome:
    """Evaluate. `forms`: code → Submission, rows, or the points of the one line; units default to class Ⅰ, in that order, without those
    codes that are persons'. `facts` are standing ones."""
    mine = {each.code for each in persons}
    roster = Roster(
        units or tuple(unit(code) for code in forms if code not in mine), persons, facts=facts, raters=raters
    )
    submissions = [_submission(code, given) for code, given in forms.items() if given is not None]
    stand = ledger or Ledger(str(period), row.reference_date)
    return evaluate(rules, roster, submissions, earlier, stand, period, row, withheld or {}, shared, others)


def _submission(code: str, given: Any) -> Submission:
    if isinstance(given, Submission):
        return given
    return form(code, *given) if isinstance(given, tuple) else form(code, points("1", given))


def result(rules: Scheme, *rows: _Row, **more: Any) -> ObjectResult:
    """The result of one unit 甲 that typed these rows."""
    found = outcome(rules, {"甲": form("甲", *rows)}, **more).of("甲")
    assert found is not None
    return found


def leaf(rules: Scheme, code: str, *rows: _Row) -> LeafResult:
    """One leaf of that unit."""
    found = result(rules, *rows).leaf(code)
    assert found is not None
    return found


def by_code(found: Outcome, what: str) -> dict[str, Any]:
    """One attribute of every object, by code."""
    return {each.code: getattr(each, what) for each in found.objects}
