"""Leaf methods (scheme model 4, step 1).

1. Points stay within [最低分 or 0, full]. 2. A case's cap acts over its rows in order; rows past cap or floor cost nothing and stay on
record. 3. From the n-th case on the line, or its parent, is 0. 4. The losses of a line add up to full − points. 5. Only verified counts
score. 6. Blank, 不适用 and 0 are three things.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from kaohe.records.returns import Score
from kaohe.records.scheme import Case, Scheme
from makers.scoring import (
    F,
    away,
    case,
    chosen,
    counted,
    deducted,
    inspected,
    leaf,
    line,
    outcome,
    points,
    reached,
    result,
    scheme,
    text,
)

MEETINGS = (
    case("1", "缺一次", "0.5"),
    case("1", "记录不全", "0.3", cap=F(1)),
    case("1", "节点晚", "0.2–0.4"),
    case("1", "补造记录", "1", zero_from=2, zero_scope="本项"),
)


def meetings(*cases: Case, full: int = 4, **more: object) -> Scheme:
    return scheme(line("1", "扣分", full, **more), cases=cases or MEETINGS)


def lost(found: Scheme, *rows: object) -> list[Fraction]:
    return [loss.lost for loss in result(found, inspected("1"), *rows).losses]  # type: ignore[arg-type]


def test_full_marks_less_the_cases_found() -> None:
    rows = (deducted("01", "1", "缺一次", 2), deducted("02", "1", "记录不全"))
    assert leaf(meetings(), "1", inspected("1"), *rows).points == F("2.7")
    assert lost(meetings(), *rows) == [F(1), F("0.3")]


def test_an_inspected_line_without_a_row_keeps_its_marks_and_names_the_cell_that_says_so() -> None:
    found = leaf(meetings(), "1", inspected("1"))
    assert found.points == 4 and found.source is not None and found.source.cell == "I7"


def test_a_judged_case_costs_what_the_assessor_decided() -> None:
    assert lost(meetings(), deducted("01", "1", "节点晚", 2, "0.7")) == [F("0.7")]
    assert lost(meetings(), deducted("01", "1", "缺一次", 2, "0.7")) == [
        F(1)
    ]  # no judgement where the case leaves none


def test_the_cap_of_a_case_is_used_up_in_the_order_of_the_rows() -> None:
    rows = (deducted("01", "1", "记录不全", 2), deducted("02", "1", "缺一次"), deducted("03", "1", "记录不全", 3))
    assert lost(meetings(), *rows) == [F("0.6"), F("0.5"), F("0.4")]
    assert leaf(meetings(), "1", inspected("1"), *rows).points == F("2.5")


def test_rows_past_the_floor_cost_nothing_and_stay_on_record() -> None:
    rows = [deducted(f"0{n}", "1", "缺一次", 3) for n in range(1, 5)]
    assert lost(meetings(), *rows) == [F("1.5"), F("1.5"), F(1), F(0)]
    found = result(meetings(), inspected("1"), *rows)
    assert [loss.asked for loss in found.losses] == [F("1.5")] * 4
    assert found.leaves[0].points == 0


def test_a_line_with_a_negative_floor_may_fall_below_zero() -> None:
    found = leaf(meetings(floor=F(-2)), "1", inspected("1"), deducted("01", "1", "缺一次", 9))
    assert found.points == F("-0.5")
    assert leaf(meetings(floor=F(-2)), "1", inspected("1"), deducted("01", "1", "缺一次", 99)).points == -2


def test_from_the_second_case_on_the_line_is_zero_and_that_row_bears_the_rest() -> None:
    rows = (deducted("01", "1", "补造记录"), deducted("02", "1", "缺一次"), deducted("03", "1", "补造记录"))
    assert leaf(meetings(), "1", inspected("1"), *rows[:2]).points == F("2.5")
    assert leaf(meetings(), "1", inspected("1"), *rows).points == 0
    assert lost(meetings(), *rows, deducted("04", "1", "缺一次")) == [F(1), F("0.5"), F("2.5"), F(0)]


def test_a_count_of_two_reaches_the_second_case_at_once() -> None:
    assert lost(meetings(), deducted("01", "1", "补造记录", 2)) == [F(4)]


def test_a_case_may_make_every_line_below_its_parent_zero() -> None:
    lines = (
        line("1", full=10), line("1.1", "扣分", 4), line("1.2", "直接打分", 4), line("1.3", full=2), line("1.3.1", "扣分", 2),
        line("2", "直接打分", 90),
    )  # fmt: skip
    cases = (
        case("1.1", "弄虚作假", "1", zero_from=1, zero_scope="上级"),
        case("1.1", "缺一次", "0.5"),
        case("1.3.1", "缺项", "0.5"),
    )
    found = result(
        scheme(*lines, cases=cases), inspected("1.1"), points("1.2", 3), inspected("1.3.1"), points("2", 90),
        deducted("01", "1.1", "缺一次"), deducted("02", "1.1", "弄虚作假"), deducted("03", "1.3.1", "缺项"),
    )  # fmt: skip
    assert [each.points for each in found.leaves] == [0, 0, 0, 90]
    assert [loss.lost for loss in found.losses] == [F("0.5"), F("3.5"), F(2)]
    assert found.total == 90


def test_a_problem_that_is_only_listed_costs_nothing_and_is_a_row_all_the_same() -> None:
    found = result(meetings(), inspected("1"), deducted("01", "1", "只列问题，不扣分", 3))
    assert (found.total, [loss.lost for loss in found.losses]) == (100, [0])


@pytest.mark.parametrize(("actual", "given"), [("30", "3.75"), ("32", "4"), ("40", "4"), ("0", "0"), ("29.6", "3.7")])
def test_a_rate_is_full_marks_by_the_share_reached_and_never_more(actual: str, given: str) -> None:
    assert leaf(scheme(line("1", "完成率", 4, target=F(32))), "1", reached("1", actual)).points == F(given)


@pytest.mark.parametrize(("actual", "given"), [("5", "2"), ("4", "2"), ("10", "1"), ("0", "2")])
def test_where_less_is_better_the_target_is_divided_by_what_was_reached(actual: str, given: str) -> None:
    rules = scheme(line("1", "完成率", 2, target=F(5), direction="低优"))
    assert leaf(rules, "1", reached("1", actual)).points == F(given)


def test_a_reported_target_makes_two_typed_cells_so_the_points_have_no_single_source() -> None:
    rules = scheme(line("1", "完成率", 2, target_from="填报"))
    found = leaf(rules, "1", reached("1", 3, 4))
    assert (found.points, found.source) == (F("1.5"), None)
    assert leaf(rules, "1", reached("1", 0, 0)).points == 2  # nothing was to be done, and nothing is missing


@pytest.mark.parametrize(("actual", "given"), [("3", "5"), ("5", "4"), ("4.9", "5"), ("40", "0")])
def test_a_threshold_takes_a_step_for_every_full_excess_and_stops_at_the_floor(actual: str, given: str) -> None:
    rules = scheme(line("1", "阈值", 5, target=F(3), step=F(2), per_step=F(1), step_count="整步", direction="低优"))
    assert leaf(rules, "1", reached("1", actual)).points == F(given)


def test_a_level_is_full_marks_by_its_factor() -> None:
    rules = scheme(line("1", "档次", 2), cases=(case("1", "好", factor=F(1)), case("1", "较好", factor=F("0.8"))))
    assert leaf(rules, "1", chosen("1", "较好")).points == F("1.6")


def test_the_best_case_awards_its_points_up_to_full_marks() -> None:
    rules = scheme(line("1", "就高", 6), cases=(case("1", "集团级", award=F(7)), case("1", "公司级", award=F(4))))
    assert leaf(rules, "1", chosen("1", "公司级")).points == 4
    assert leaf(rules, "1", chosen("1", "集团级")).points == 6


@pytest.mark.parametrize(("word", "given"), [("是", 2), ("否", 0)])
def test_yes_is_full_marks_and_no_the_floor(word: str, given: int) -> None:
    assert leaf(scheme(line("1", "是否", 2)), "1", chosen("1", word)).points == given


@pytest.mark.parametrize("method", ["直接打分", "区间"])
def test_typed_points_are_the_points_and_their_cell_is_the_source(method: str) -> None:
    found = leaf(scheme(line("1", method, 2)), "1", points("1", "1.5", "K29"))
    assert found.points == F("1.5") and found.source is not None and found.source.cell == "K29"


PAPERS = (case("1", "国家级", "1"), case("1", "省级", "0.5", cap=F(1)), case("1", "集团级", "0.2", cap=F("0.6")))


def test_only_verified_counts_score_each_case_up_to_its_cap_and_the_line_up_to_full_marks() -> None:
    rules = scheme(line("1", "计数", 2), cases=PAPERS)
    rows = (counted("01", "1", "省级", 5, 3), counted("02", "1", "集团级", 4, None), counted("03", "1", "集团级", 2, 2))
    assert leaf(rules, "1", inspected("1"), *rows).points == F("1.4")
    assert leaf(rules, "1", inspected("1"), *rows, counted("04", "1", "国家级", 1, 1)).points == 2
    assert leaf(rules, "1", inspected("1")).points == 0


@pytest.mark.parametrize("method", ["扣分", "完成率", "阈值", "计数", "档次", "直接打分", "是否"])
def test_a_blank_line_withholds_the_object_and_is_never_zero_or_full(method: str) -> None:
    rules = scheme(line("1", method, 4, target=F(1), step=F(1), per_step=F(1)), cases=(case("1", "好", factor=F(1)),))
    for blank in (Score("1"), Score("1", checked=text("已查") if method in ("完成率", "阈值") else None)):
        found = outcome(rules, {"甲": (blank,)}).of("甲")
        assert found is not None
        assert (found.status, found.total, found.withheld_for) == ("存疑", None, ("RUN-001",))


def test_a_line_that_does_not_apply_has_no_points_and_no_losses() -> None:
    rules = scheme(line("1", "扣分", 4), line("2", "直接打分", 96), cases=(case("1", "缺一次", "0.5"),))
    found = result(rules, away("1"), points("2", 48))
    assert (found.leaves[0].points, found.leaves[0].applicable, found.leaves[0].lost) == (None, False, 0)
    assert (found.total, found.components[0].assessable) == (50, 96)
