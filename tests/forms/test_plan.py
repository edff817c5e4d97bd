"""Scheme × class × period → form: lines, cases, sheets, fingerprint (page on forms, sections 1 and 5)."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from kaohe.core.periods import Period
from kaohe.forms.load import load
from kaohe.forms.plan import fingerprint, plan
from kaohe.records.layouts import LISTED_ONLY
from makers.filled_form import form_of, prefilled
from makers.scheme_red import FORM, Q3, scheme


def test_a_class_has_its_own_lines_and_the_bands_above_them() -> None:
    first, third = form_of("Ⅰ"), form_of("Ⅲ")
    assert [line.code for line in first.lines if line.code.startswith("5")] == ["5", "5.1", "5.2", "5.3"]
    assert [line.code for line in third.lines if line.code.startswith("5")] == ["5", "5.1", "5.2", "5.4"]
    assert [line.code for line in first.lines if not line.is_leaf] == ["1", "3", "4", "5", "9"]
    assert sum(line.full for line in first.leaves if line.component == "DJ") == 100


def test_every_deduction_line_can_also_be_listed_without_points() -> None:
    form = form_of()
    for line in form.leaves:
        names = [case.name for case in form.cases_of(line.code)]
        assert (LISTED_ONLY in names) == (line.method == "扣分")
    listed = next(case for case in form.cases_of("3.10") if case.name == LISTED_ONLY)
    assert (listed.each_to, listed.kind, listed.severity, listed.rule) == (0, "W05", "", "不扣分")


@pytest.mark.parametrize(
    ("line", "case", "words"),
    [
        ("3.1", "记录要素不全", "每次 0.30，最多 1.50"),
        ("3.1", "节点晚于计划", "每次 0.20–0.30，酌定"),
        ("1.2", "应研究未研究", "每次 1.00，第 2 次起本项为 0"),
        ("3.1", "补造记录", "每次 1.00，第 1 次起上级指标为 0"),
        ("1.3", "较好", "系数 0.8"),
        ("3.11", "公司级", "得 4.00"),
    ],
)
def test_a_case_is_said_in_words(line: str, case: str, words: str) -> None:
    assert next(each.rule for each in form_of().cases_of(line) if each.name == case) == words


def test_a_sheet_without_anything_to_fill_is_left_out() -> None:
    rules = scheme()
    few = msgspec.structs.replace(
        rules, adjustments=(), tasks=(), indicators=tuple(each for each in rules.indicators if each.method != "计数")
    )
    sheets = [name for name in plan(few, Q3, "Ⅰ", FORM).grids if not name.startswith("_")]
    assert sheets == ["封面", "评分", "扣分与问题", "整改情况", "述职要点", "谈话记录", "综合评语"]


def test_a_line_that_somebody_else_scores_stands_in_another_form() -> None:
    rules = scheme()
    others = tuple(
        msgspec.structs.replace(each, scorer="部门") if each.code == "4.1" else each for each in rules.indicators
    )
    form = plan(msgspec.structs.replace(rules, indicators=others), Q3, "Ⅰ", FORM)
    assert form.line("4.1") is None and form.line("4.2") is not None


def test_a_period_or_class_that_the_scheme_lacks_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        plan(scheme(), Period(2026, "季", 4), "Ⅰ", FORM)
    with pytest.raises(KeyError):
        plan(scheme(), Q3, "Ⅸ", FORM)


def test_the_fingerprint_is_the_same_for_the_same_rules_and_another_for_any_locked_number() -> None:
    form = form_of()
    assert form.fingerprint == form_of().fingerprint == fingerprint(form) and len(form.fingerprint) == 12
    rules = scheme()
    changes = (
        {"indicators": tuple(_with(each, "4.1", target=Fraction(33)) for each in rules.indicators)},
        {"indicators": tuple(_with(each, "1.1", name="第一议题") for each in rules.indicators)},
        {"cases": tuple(_cap(each) for each in rules.cases)},
        {"adjustments": rules.adjustments[1:]},
        {"severities": rules.severities[:1]},
    )
    prints = {plan(msgspec.structs.replace(rules, **each), Q3, "Ⅰ", FORM).fingerprint for each in changes}
    assert len(prints) == len(changes) and form.fingerprint not in prints


def _with(each: object, code: str, **fields: object) -> object:
    return msgspec.structs.replace(each, **fields) if each.code == code else each  # type: ignore[attr-defined, type-var]


def _cap(each: object) -> object:
    return msgspec.structs.replace(each, cap=Fraction(2)) if each.name == "记录要素不全" else each  # type: ignore[attr-defined, type-var]


def test_the_fingerprint_does_not_know_the_deadline() -> None:
    rules = scheme()
    later = msgspec.structs.replace(rules.periods[0], due="2026-10-15")
    assert plan(msgspec.structs.replace(rules, periods=(later,)), Q3, "Ⅰ", FORM).fingerprint == form_of().fingerprint


def test_the_load_counts_the_cells_that_must_be_filled() -> None:
    burden = load(form_of(), prefilled(form_of()))
    # unit: 4 on the cover, 3 完成值, 1 目标值, 3 open problems, 4 述职要点, 2 tasks; team: 2 on the cover, 2 tasks, 10 核查, 3 情形, 2 得分, 1 说明 (区间)
    assert (burden.lines, burden.unit_cells, burden.team_cells) == (15, 17, 20)
