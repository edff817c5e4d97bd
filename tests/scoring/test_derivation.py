"""Every figure of a result is built with its derivation, down to the cells that somebody typed (scheme model 4, step 15)."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.records.figures import Figure
from kaohe.records.results import ObjectResult
from kaohe.records.rules import Adjustment
from kaohe.records.scheme import Component
from kaohe.records.settings import Settings
from makers.scoring import (
    F,
    case,
    claim,
    counted,
    deducted,
    inspected,
    line,
    points,
    reached,
    result,
    rule,
    scheme,
)

LINES = (
    line("3", full=20), line("3.1", "扣分", 12, clause="第六条（一）"), line("3.2", "计数", 8), line("4", full=80),
    line("4.1", "完成率", 4, target=F(32)), line("4.2", "直接打分", 76), line("9", "直接打分", 50, "LZ"),
)  # fmt: skip
RULES = scheme(
    *LINES,
    components=(Component("DJ", "基层党建", weight={"": F(100)}), Component("LZ", "党风廉政", counted=False)),
    cases=(case("3.1", "缺一次", "0.5", cap=F(1)), case("3.2", "省级", "0.5")),
    adjustments=(Adjustment("JF1", "上级表彰", "加分"),),
    rules=(
        rule("R1", "上榜", ("基础分", "≥", "80"), parameter="红榜", clause="第九条"),
        rule("R2", "绩效加减", ("榜", "=", "红榜"), parameter="1.5", target="月度绩效"),
        rule("R3", "否优", ("构成:LZ", "<", "100")),
    ),
    settings=Settings(bonus_cap=F(1)),
)
FOUND = result(
    RULES, inspected("3.1"), inspected("3.2"), reached("4.1", 30), points("4.2", "74.126"), points("9", 49),
    deducted("03", "3.1", "缺一次", 3), counted("05", "3.2", "省级", 9, 8), claim("01", "JF1", "2"),
)  # fmt: skip


def figures(found: ObjectResult) -> dict[str, Figure]:
    def walk(figure: Figure) -> Iterator[Figure]:
        yield figure
        for part in figure.parts:
            yield from walk(part)

    assert found.figure is not None
    return {each.key: each for each in walk(found.figure)}


KEYS = figures(FOUND)


def test_every_figure_of_the_result_has_its_key() -> None:
    assert {
        "结果", "总分", "基础分", "构成:DJ", "构成:LZ", "指标:3", "指标:3.1", "扣分:03", "计数:05", "指标:4.1", "完成值", "目标值", "加分",
        "加分:JF1:01", "名次", "构成名次:LZ", "等次", "榜", "规则:R1", "规则:R2", "规则:R3",
    } <= set(KEYS)  # fmt: skip


def test_the_root_leads_to_the_total_and_the_total_to_base_and_bonus() -> None:
    assert [part.key for part in KEYS["结果"].parts] == [
        "总分", "构成:LZ", "名次", "构成名次:LZ", "等次", "榜", "规则:R1", "规则:R2", "规则:R3",
    ]  # fmt: skip
    assert [part.key for part in KEYS["总分"].parts] == ["基础分", "加分"]
    assert [part.key for part in KEYS["指标:3"].parts] == ["指标:3.1", "指标:3.2"]


def test_the_figures_are_those_of_the_result() -> None:
    assert (KEYS["总分"].value, KEYS["基础分"].value) == (FOUND.total, FOUND.base_exact)
    assert (KEYS["总分"].shown, KEYS["总分"].how) == ("93.88", "基础分 加分 1.00；93.876 四舍五入到 2 位小数")
    assert (KEYS["基础分"].shown, KEYS["基础分"].how) == ("92.88", "基层党建得分；92.876 四舍五入到 2 位小数")
    assert (KEYS["等次"].shown, KEYS["榜"].shown, KEYS["名次"].shown) == (FOUND.grade, "红榜", "1")


def test_a_rate_is_explained_by_its_arithmetic_and_the_typed_cell() -> None:
    assert KEYS["指标:4.1"].how == "4.00 × 30 ÷ 32 = 3.75"
    assert (KEYS["完成值"].typed, str(KEYS["完成值"].source)) == ("30", "甲 石桥公司党总支.xlsx 评分!G7")
    assert KEYS["目标值"].how == "方案规定"


def test_a_deduction_row_says_what_was_asked_and_what_it_cost() -> None:
    row = KEYS["扣分:03"]
    assert (row.label, row.value, row.shown) == ("第03条 缺一次", -1, "-1.00")
    assert row.how == "3 × 0.50，单项上限 1.00，实扣 1.00"
    assert [part.label for part in row.parts] == ["次数", "事实", "依据或佐证"]
    assert KEYS["指标:3.1"].clause == "第六条（一）"


def test_each_leaf_of_the_tree_below_the_total_names_a_cell() -> None:
    def leaves(figure: Figure) -> Iterator[Figure]:
        if not figure.parts:
            yield figure
        for part in figure.parts:
            yield from leaves(part)

    for leaf in leaves(KEYS["总分"]):
        assert leaf.source is not None, leaf
        assert leaf.typed or leaf.label == "目标值"


def test_parts_add_up() -> None:
    for key in ("指标:3", "指标:4", "构成:DJ"):
        parts = [part.value for part in KEYS[key].parts]
        assert sum(value for value in parts if value is not None) == KEYS[key].value, key
    assert sum(part.value or 0 for part in KEYS["总分"].parts) == FOUND.total_exact


def test_the_cap_of_all_bonuses_is_said_where_it_cut() -> None:
    assert (KEYS["加分"].shown, KEYS["加分"].how) == ("1.00", "合计不超过 1.00")
    assert KEYS["加分:JF1:01"].how == "加分合计上限 1.00"


def test_a_rule_shows_its_conditions_and_the_figure_compared() -> None:
    assert KEYS["规则:R1"].how == "R1 基础分不低于 80（92.88）"
    assert KEYS["规则:R2"].how == "R2 榜为 红榜；2026-10 兑现"
    assert KEYS["等次"].how == "经限制后的等次"
    assert [part.how for part in KEYS["等次"].parts] == ["党风廉政得分低于 100（98.00）"]


def test_an_unending_figure_is_cut_and_says_so() -> None:
    found = result(scheme(line("1", "完成率", 100, target=F(3))), reached("1", 1))
    keys = figures(found)
    assert keys["指标:1"].how == "100.00 × 1 ÷ 3 ≈ 33.333333"
    assert found.total == F("33.33")


def test_a_component_that_is_adjusted_shows_its_base_score_below() -> None:
    rules = scheme(adjustments=(Adjustment("JG", "加分", "加分", into="构成:DJ"),))
    keys = figures(result(rules, points("1", 99), claim("01", "JG", "2")))
    assert (keys["构成:DJ"].shown, keys["构成:DJ"].how) == ("100.00", "99.00 加减分 2.00，限于 0–100")
    assert keys["构成基础:DJ"].value == 99
    assert keys["总分"].how == "基础分 构成加减分 1.00"
