"""What the form reckons live is what the engine computes exactly (it stands there for checking only, but it must not mislead)."""

from __future__ import annotations

import random
from fractions import Fraction

import msgspec
import pytest

from kaohe.core.cells import row_column
from kaohe.core.exact import round_half_up
from kaohe.forms.book import filled_book
from kaohe.forms.frame import Fill
from kaohe.forms.parse import parse
from kaohe.forms.parse_scores import options
from kaohe.forms.plan import plan
from kaohe.records.books import Book
from kaohe.records.layouts import LISTED_ONLY
from kaohe.records.problems import Ledger
from kaohe.records.results import LeafResult
from kaohe.records.returns import Submission
from kaohe.records.scheme import Scheme
from kaohe.records.words import METHODS
from kaohe.scoring.evaluate import evaluate
from makers.filled_form import Fields
from makers.paper import reading_of
from makers.scheme_red import FORM, Q3, ROW, roster, scheme


def _rules() -> Scheme:
    """The scheme with the methods that the engine has."""
    rules = scheme()
    lines = tuple(each for each in rules.indicators if not each.method or each.method in METHODS)
    codes = {each.code for each in lines}
    return msgspec.structs.replace(rules, indicators=lines, cases=tuple(c for c in rules.cases if c.indicator in codes))


def _story(seed: int) -> Fields:
    """A form filled at random: everything inspected, up to a dozen deductions, counts and half points."""
    chance = random.Random(seed)
    form = plan(_rules(), Q3, "Ⅰ", FORM)
    found: Fields = {}
    for line in form.leaves:
        if line.needs_checked:
            found["评分", line.code, "核查"] = "已查"
        if line.has_option:
            found["评分", line.code, "情形"] = chance.choice(options(form, line))
        if line.types_points:
            low, high = line.low or 0, line.high or line.full
            found["评分", line.code, "得分"] = float(low) + chance.randint(0, int((high - low) * 2)) / 2
            found["评分", line.code, "说明"] = "座谈了解"
        if line.asks_target:
            found["评分", line.code, "目标值"] = chance.randint(1, 9)
        if line.has_actual:
            found["评分", line.code, "完成值"] = (
                chance.randint(70, 100) / 100 if line.scale != 1 else chance.randint(0, 40)
            )
    cases = [case for case in form.cases if case.method == "扣分"]
    for number in range(1, chance.randint(2, 12)):
        case, count = chance.choice(cases), chance.randint(1, 3)
        row = {
            "指标": case.label,
            "情形": case.name,
            "次数": count,
            "事实": "事实",
            "依据或佐证": "现场查看",
            "责任人": "某人",
        }
        if case.is_judged:
            row["酌定扣分"] = float((case.each_from or 0) * count)
        if not case.severity:
            row["严重程度"] = form.severities[0]
        found |= {("扣分与问题", f"{number:02d}", title): value for title, value in row.items()}
    for number, case in enumerate([case for case in form.cases if case.method == "计数"], 1):
        row = {
            "指标": case.label,
            "情形": case.name,
            "次数": 9,
            "核定次数": chance.randint(0, 4),
            "事实": "事",
            "佐证": "文号",
        }
        found |= {("计分事项", f"{number:02d}", title): value for title, value in row.items()}
    return found


def _shown(book: Book, address: str) -> object:
    cells = next(sheet.cells for sheet in book.sheets if sheet.name == "评分")
    return next(cell.value for cell in cells if (cell.row, cell.column) == row_column(address))


@pytest.mark.parametrize("seed", range(12))
def test_every_live_score_is_the_engine_s_score(seed: int) -> None:
    rules = _rules()
    form = plan(rules, Q3, "Ⅰ", FORM)
    book = filled_book(form, "U106", "石桥公司党总支", {}, "2026-09-01", Fill(_story(seed)))
    submission, faults, _ = parse(form, reading_of(book), "表.xlsx", "U106", None)
    assert [each.code for each in faults if each.effect != "提示"] == []
    scored = _scored(rules, submission)
    assert len(scored) == len(form.leaves)
    layout = form.layout("评分")
    for leaf in scored:
        shown = _shown(book, layout.address(leaf.indicator, "得分"))
        assert leaf.points is not None and isinstance(shown, int | float)
        assert Fraction(str(shown)) == round_half_up(leaf.points, 6), (leaf.indicator, seed)


def _scored(rules: Scheme, submission: Submission) -> tuple[LeafResult, ...]:
    """The engine's points on every leaf of the unit."""
    outcome = evaluate(rules, roster(), [submission], (), Ledger("2026Q3", ROW.end), Q3, ROW, {})
    found = outcome.of("U106")
    assert found is not None
    return found.leaves


def test_a_problem_that_is_only_listed_costs_nothing_in_both() -> None:
    rules = _rules()
    form = plan(rules, Q3, "Ⅰ", FORM)
    story: Fields = {key: value for key, value in _story(1).items() if key[0] != "扣分与问题"}
    row = {
        "指标": "3.10 活动阵地",
        "情形": LISTED_ONLY,
        "次数": 1,
        "事实": "事实",
        "依据或佐证": "现场查看",
        "严重程度": "一般",
        "责任人": "某人",
    }
    story |= {("扣分与问题", "01", title): value for title, value in row.items()}
    book = filled_book(form, "U106", "石桥公司党总支", {}, "2026-09-01", Fill(story))
    submission, _, _ = parse(form, reading_of(book), "表.xlsx", "U106", None)
    leaf = next(each for each in _scored(rules, submission) if each.indicator == "3.10")
    assert leaf.points == 4 and _shown(book, form.layout("评分").address("3.10", "得分")) == 4
