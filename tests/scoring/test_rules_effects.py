"""Every effect with what it carries, for units and persons (scheme model 2 and 4, steps 0a, 14 and 15).

1. A consequence has its parameter, target, amount, month, reason and clause. 2. {值} is the figure of the first condition that is no class
and no board. 3. What reads a related object that is not settled is 暂定. 4. The derivation names rule, figures and cells.
"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from kaohe.core.cells import Source
from kaohe.records.figures import Figure
from kaohe.records.people import Fact
from kaohe.records.results import ObjectResult, Outcome
from kaohe.records.returns import Shared
from kaohe.records.rules import Adjustment, Rule
from kaohe.records.scheme import UnitClass
from kaohe.scoring.effects import EFFECTS
from makers.scoring import GRADES, F, by_code, cell, event, fact, outcome, person, points, result, rule, scheme, unit

ANY = ("总分", ">", "0")
ITEMS = (Adjustment("SX", "班子成员受处分", "事项"),)


def one(*rules: Rule, **more: Any) -> ObjectResult:
    return result(scheme(rules=rules, adjustments=ITEMS), points("1", "96.4"), **more)


#: effect, 参数, 去向, amount of an object with 96.40 points
CARRIED = (
    ("限制其他考核", "不得评为优秀", "领导班子年度考核", None), ("约谈", "公司党委", "党组织负责人", None),
    ("表彰", "先进党组织", "集团范围", None), ("计入", "20", "经营业绩考核", F("19.28")), ("计入", "12.5%", "经营业绩考核", F("12.05")),
    ("绩效加减", "+1.5", "月度绩效", F("1.5")), ("发文", "工作提示", "", None), ("提示", "书面说明", "本单位", None),
    ("上榜", "红榜", "", None), ("待定", "", "", None), ("封顶", "优秀", "", None), ("定为", "优秀", "", None), ("否优", "", "", None),
    ("降档", "1", "", None),
)  # fmt: skip


@pytest.mark.parametrize(("effect", "parameter", "target", "amount"), CARRIED)
def test_an_effect_carries_parameter_target_amount_reason_and_clause(
    effect: str, parameter: str, target: str, amount: Any
) -> None:
    given = rule("R1", effect, ANY, parameter=parameter, target=target, reason="总分{值}分", clause="第十条")
    (found,) = one(given).consequences
    assert (found.rule, found.effect, found.parameter, found.target) == ("R1", effect, parameter, target)
    assert (found.amount, found.reason, found.clause) == (amount, "总分96.40分", "第十条")
    assert bool(found.month) == (effect == "绩效加减")


def test_the_effects_above_are_all_that_the_language_has() -> None:
    assert {row[0] for row in CARRIED} == set(EFFECTS)


@pytest.mark.parametrize(
    ("conditions", "value"),
    [((("分类", "=", "Ⅰ"), ("总分", ">", "90")), "96.40"),
     ((("基础分", ">", "0"), ("总分", ">", "90"), ("分类", "=", "Ⅰ")), "96.40"),
     ((("总分", ">", "90"), ("等次", "=", "优秀")), "优秀"),
     ((ANY, ("事项:SX", "≥", "1")), "2"),
     ((ANY, ("资料:X", "属于", "B")), "A、B"),
     ((("未整改数", "=", "0"),), "0"),
     ((("分类", "=", "Ⅰ"),), "Ⅰ")],
)  # fmt: skip
def test_值_is_the_last_figure_that_was_compared(conditions: tuple[tuple[str, str, str], ...], value: str) -> None:
    shared = Shared(events=(event("甲", "SX"), event("甲", "SX", row=7)), facts=(fact("甲", "X", "A、B"),))
    assert one(rule("R1", "提示", *conditions, reason="为{值}"), shared=shared).reasons == (f"为{value}",)


# persons, and what is not settled

CLASSES = (UnitClass("Ⅰ", "单位"), UnitClass("SJ", "书记", "人员", None))
PEOPLE = (person("王", "甲", "SJ", "书记"), person("孙", "乙", "SJ", "书记"))
OF_UNIT = (
    rule("R1", "限制其他考核", ("关联:单位:等次", "<", "良好"), ("分类", "=", "SJ"), target="个人年度考核"),
    rule("R2", "绩效加减", ("关联:单位:榜", "=", "红榜"), ("分类", "=", "SJ"), parameter="+1", target="个人绩效"),
    rule("R3", "上榜", ("名次", "=", "1"), parameter="红榜"),
    rule("R4", "提示", ("关联:单位:总分", ">", "0"), ("分类", "=", "SJ"), reason="所在单位{值}分"),
)


def with_persons(forms: dict[str, Any], rules: tuple[Rule, ...] = OF_UNIT, **more: Any) -> Outcome:
    plain = scheme(classes=CLASSES, rules=rules, **more)
    parts = tuple(replace(part, weight={"Ⅰ": F(100)}) for part in plain.components)
    units = tuple(unit(code) for code in forms)
    return outcome(replace(plain, components=parts), forms, units=units, persons=PEOPLE)


def provisional(found: Outcome, code: str) -> dict[str, bool]:
    each = found.of(code)
    assert each is not None
    return {one.rule: one.provisional for one in each.consequences}


def test_boards_of_a_unit_reach_its_persons() -> None:
    found = with_persons({"甲": "95", "乙": "75"})
    assert {code: list(provisional(found, code)) for code in "王孙"} == {"王": ["R2", "R4"], "孙": ["R1", "R4"]}
    wang = found.of("王")
    assert wang is not None and wang.consequences[0].amount == 1 and wang.reasons == ("所在单位95.00分",)


def test_what_reads_a_unit_of_an_incomplete_field_is_provisional_where_that_reads_the_field() -> None:
    found = with_persons({"甲": "95", "乙": "75", "丙": None})
    assert provisional(found, "王") == {"R2": True, "R4": False}
    assert provisional(found, "孙") == {"R1": False, "R4": False}
    shared = (replace(GRADES[0], share=F(50)), *GRADES[1:])
    assert provisional(with_persons({"甲": "95", "乙": "75", "丙": None}, grades=shared), "孙") == {
        "R1": True,
        "R4": False,
    }


def test_a_grade_that_a_provisional_unit_caps_makes_what_reads_it_provisional() -> None:
    rules = (
        rule("R1", "封顶", ("关联:单位:名次", ">", "1"), ("分类", "=", "SJ"), parameter="良好"),
        rule("R2", "限制其他考核", ("等次", "≤", "良好"), ("分类", "=", "SJ"), target="个人年度考核"),
    )
    plain = scheme(classes=CLASSES, rules=rules)
    typed = {"甲": "95", "乙": "75", "王": "96", "孙": "96"}
    units = (unit("甲"), unit("乙"), unit("丙"))
    found = outcome(plain, {**typed, "丙": None}, units=units, persons=PEOPLE)
    assert by_code(found, "grade")["孙"] == "良好" and provisional(found, "孙") == {"R1": True, "R2": True}
    final = outcome(plain, {**typed, "丙": "60"}, units=units, persons=PEOPLE)
    assert provisional(final, "孙") == {"R1": False, "R2": False}


# derivation


def part(found: ObjectResult, key: str) -> Figure:
    assert found.figure is not None
    return next(each for each in found.figure.parts if each.key == key)


def test_a_rule_on_events_and_facts_names_the_cells_that_were_typed() -> None:
    bar = rule(
        "R1",
        "否优",
        ("事项:SX", "≥", "1"),
        ("资料:X", "=", "差"),
        clause="第八条",
        source=Source("方案.xlsx", "规则", "A2"),
    )
    shared = Shared(events=(event("甲", "SX"),), facts=(fact("甲", "X", "差", 9),))
    found = part(one(bar, shared=shared), "规则:R1")
    assert found.how == "R1 事项“班子成员受处分”不低于 1（1），且资料“X”为 差（差）"
    assert (found.clause, found.source) == ("第八条", Source("方案.xlsx", "规则", "A2"))
    assert [(each.typed, each.source) for each in found.parts] == [
        ("查实的事实", cell("事项", "E6")), ("差", cell("资料", "B9")),
    ]  # fmt: skip
    (bar_of_grade,) = part(one(bar, shared=shared), "等次").parts
    assert [each.source for each in bar_of_grade.parts] == [cell("事项", "E6"), cell("资料", "B9")]


def test_a_rule_on_a_related_object_shows_whose_figure_it_read() -> None:
    found = with_persons({"甲": "95", "乙": "75"}).of("孙")
    assert found is not None
    (unit_figure,) = part(found, "规则:R1").parts
    assert part(found, "规则:R1").how == "R1 所在单位的等次低于 良好（一般），且分类为 SJ"
    assert (unit_figure.label, unit_figure.shown) == ("乙党支部 等次", "一般")


def test_a_rule_that_cannot_be_told_says_what_is_missing() -> None:
    found = one(rule("R1", "提示", ("资料:X", "=", "差"), reason="见资料"), facts=(Fact("乙", "X", "差"),))
    assert found.consequences == () and part(found, "规则:R1").how == "R1 不能判断：资料“X”没有填写"


def test_a_proposal_of_a_minimum_share_stands_in_the_derivation_without_a_rule() -> None:
    grades = (*GRADES[:2], replace(GRADES[2], floor_share=F(100)), GRADES[3])
    found = result(scheme(grades=grades), points("1", 95))
    figure = part(found, "规则:最低比例:一般")
    assert figure.how == "“一般”及以下不少于 1 家的 100%，应有 1 名，现有 0 名，从末位起列；建议，由审定机关决定"
