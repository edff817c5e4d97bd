"""The worked examples of the scheme model, section 5; what it says of ⌈share × N⌉ stands in test_shares.

1. Ranks within a class: 99.2, 98.6, 98.6 → 1, 2, 2. 2. Red: firsts of Ⅰ and Ⅱ, +1.5; blue: the lasts, −1.5. 3. Class Ⅲ below 98 on the
base score: −0.5 and an interview; 97.996 shows and compares as 98.00. 4. Seven units with bars, shares and a total of exactly 79.995.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from kaohe.core.exact import round_half_up
from kaohe.records.people import Rater, Roster
from kaohe.records.problems import Ledger, Problem
from kaohe.records.ratings import ONLY_MARK, Instrument, RaterGroup
from kaohe.records.results import ObjectResult, Outcome
from kaohe.records.returns import Ballot, DailyEntry, Shared
from kaohe.records.rules import Adjustment, GradeBand
from kaohe.records.scheme import Component, Scheme
from kaohe.records.settings import Settings
from kaohe.scoring.evaluate import evaluate
from kaohe.scoring.shares import seats
from makers.scoring import (
    GRADES,
    Q3,
    ROW,
    F,
    away,
    by_code,
    claim,
    event,
    form,
    leaf,
    line,
    number,
    outcome,
    points,
    reached,
    result,
    rule,
    scheme,
    text,
    unit,
)

ENDS = ("分类", "属于", "Ⅰ、Ⅱ")
FIRST, LAST = ("名次", "=", "1"), ("倒数名次", "=", "1")
LOW = (("分类", "=", "Ⅲ"), ("基础分", "<", "98"))
RULES = (
    rule("R01", "上榜", ENDS, FIRST, parameter="红榜"),
    rule("R02", "绩效加减", ENDS, FIRST, parameter="+1.5", target="月度绩效", clause="第十一条（一）"),
    rule("R03", "上榜", ENDS, LAST, parameter="蓝榜"),
    rule("R04", "绩效加减", ENDS, LAST, parameter="-1.5", target="月度绩效"),
    rule("R05", "约谈", ("榜", "=", "蓝榜"), parameter="公司党委"),
    rule("R06", "绩效加减", *LOW, parameter="−0.5", target="月度绩效", reason="基础分 {值} 低于 98 分"),
    rule("R07", "约谈", *LOW, parameter="公司党委"),
)
SEVEN = {"甲": ("Ⅰ", "99.2"), "乙": ("Ⅰ", "98.6"), "丙": ("Ⅰ", "98.6"), "丁": ("Ⅱ", "97.5"), "戊": ("Ⅱ", "96.0"),
         "己": ("Ⅲ", "98.0"), "庚": ("Ⅲ", "97.99")}  # fmt: skip


def red_blue(scores: dict[str, tuple[str, str]] = SEVEN, **settings: object) -> Outcome:
    rules = scheme(classes="ⅠⅡⅢ", rules=RULES, settings=Settings(**settings))  # type: ignore[arg-type]
    units = tuple(unit(code, unit_class) for code, (unit_class, _) in scores.items())
    return outcome(rules, {code: score for code, (_, score) in scores.items()}, units=units)


def effects(found: Outcome, code: str) -> list[tuple[str, Fraction | None]]:
    each = found.of(code)
    assert each is not None
    return [(one.rule, one.amount) for one in each.consequences]


def test_the_seven_units_of_the_red_and_blue_board_are_ranked_only_within_their_class() -> None:
    found = red_blue()
    assert by_code(found, "rank") == {"甲": 1, "乙": 2, "丙": 2, "丁": 1, "戊": 2, "己": 1, "庚": 2}
    assert by_code(found, "rank_last") == {"甲": 3, "乙": 1, "丙": 1, "丁": 2, "戊": 1, "己": 2, "庚": 1}
    assert {code for code, shared in by_code(found, "shared").items() if shared} == {"乙", "丙"}
    assert by_code(found, "field_size") == {"甲": 3, "乙": 3, "丙": 3, "丁": 2, "戊": 2, "己": 2, "庚": 2}


def test_firsts_are_red_with_1_5_and_both_tied_lasts_blue_with_minus_1_5_and_an_interview() -> None:
    found = red_blue()
    assert by_code(found, "boards") == {
        "甲": ("红榜",), "乙": ("蓝榜",), "丙": ("蓝榜",), "丁": ("红榜",), "戊": ("蓝榜",), "己": (), "庚": (),
    }  # fmt: skip
    assert effects(found, "甲") == [("R01", None), ("R02", F("1.5"))]
    for code in ("乙", "丙", "戊"):
        assert effects(found, code) == [("R03", None), ("R04", F("-1.5")), ("R05", None)]


def test_a_tie_break_separates_the_tied_lasts() -> None:
    rules = scheme(
        line("1", "直接打分", 60),
        line("2", "直接打分", 40),
        rules=RULES,
        settings=Settings(tie_breaks=(("指标:2", "高"),)),
    )
    forms = {code: (points("1", one), points("2", two)) for code, one, two in
             (("甲", "60", "39.2"), ("乙", "59.6", "39"), ("丙", "59", "39.6"))}  # fmt: skip
    found = outcome(rules, forms)
    assert by_code(found, "total") == {"甲": F("99.2"), "乙": F("98.6"), "丙": F("98.6")}
    assert by_code(found, "rank") == {"甲": 1, "乙": 3, "丙": 2}
    assert by_code(found, "boards")["丙"] == ()


def test_of_class_three_only_a_base_score_below_98_loses_half_a_point_and_is_interviewed() -> None:
    found = red_blue()
    assert effects(found, "己") == []
    assert effects(found, "庚") == [("R06", F("-0.5")), ("R07", None)]
    each = found.of("庚")
    assert each is not None and each.reasons == ("基础分 97.99 低于 98 分",)
    assert each.consequences[0].month == "2026-10"


@pytest.mark.parametrize(
    ("score", "compare", "hit"),
    [("98", "舍入值", False), ("97.99", "舍入值", True), ("97.996", "舍入值", False), ("97.995", "舍入值", False),
     ("97.994", "舍入值", True), ("97.996", "精确值", True), ("98", "精确值", False)],
)  # fmt: skip
def test_98_is_compared_as_it_is_printed_unless_the_scheme_compares_exact_figures(
    score: str, compare: str, hit: bool
) -> None:
    found = red_blue({"庚": ("Ⅲ", score), "己": ("Ⅲ", "99")}, compare=compare)
    assert bool(effects(found, "庚")) is hit
    assert by_code(found, "base")["庚"] == round_half_up(F(score), 2)


# Seven units, one class: inspection 60, daily 20, committee 10, debriefing 10
PARTS = {"JC": 60, "RC": 20, "DW": 10, "SZ": 10}
TABLE = {  # inspection, daily, committee, debriefing, bonus, penalty
    "甲": ("95.5", "92", "94", "93", "2", ""),
    "乙": ("96", "95", "95", "78", "1", ""),
    "丙": ("93", "91", "92", "90", "5", ""),
    "丁": ("92", "93", "91", "92", "", ""),
    "戊": ("79.1", "79.1", "81.4", "85.75", "", ""),
    "己": ("85", "84", "80", "82", "", ""),
    "庚": ("66.6", "70", "71", "69", "", "1"),
}


def seven(settings: Settings = Settings(bonus_cap=F(3)), units: dict[str, tuple[str, ...]] = TABLE) -> Outcome:
    grades = (replace(GRADES[0], share=F(30)), *GRADES[1:])
    rules = Scheme(
        "A", "责任制考核", clocks=("季",), settings=settings, classes=scheme().classes, grades=grades,
        components=tuple(Component(code, code, weight={"": F(weight)}) for code, weight in PARTS.items()),
        indicators=tuple(line(f"{number}", "直接打分", 100, code) for number, code in enumerate(PARTS, 1)),
        adjustments=(Adjustment("JF", "加分", "加分"), Adjustment("KF", "减分", "减分")),
        rules=(
            rule("R1", "否优", ("构成:SZ", "<", "80"), reason="述职评议 {值} 分，不得评为优秀"),
            rule("R2", "降档", ("未整改数", "≥", "1"), parameter="1", reason="有降档事项"),
        ),
    )  # fmt: skip
    forms = {}
    for code, (one, two, three, four, bonus, penalty) in units.items():
        rows = [points("1", one), points("2", two), points("3", three), points("4", four)]
        rows += [claim("01", "JF", bonus)] if bonus else []  # type: ignore[list-item]
        rows += [claim("02", "KF", penalty)] if penalty else []  # type: ignore[list-item]
        forms[code] = form(code, *rows)
    item = Problem("P1", "己", "1", "W", "一般", "降档事项", "", "", "2026Q3", "2026-09-01", "", "")
    return outcome(rules, forms, ledger=Ledger(str(Q3), "2026-10-10", (item,)))


def of(found: Outcome, code: str) -> ObjectResult:
    each = found.of(code)
    assert each is not None
    return each


def test_the_table_of_seven_units_to_the_last_decimal() -> None:
    found = seven()
    assert by_code(found, "total") == {
        "甲": F("96.40"), "乙": F("94.90"), "丙": F("95.20"), "丁": F("92.10"), "戊": F("80"), "己": F("84"), "庚": F("66.96"),
    }  # fmt: skip
    assert by_code(found, "rank") == {"甲": 1, "乙": 3, "丙": 2, "丁": 4, "戊": 6, "己": 5, "庚": 7}
    assert by_code(found, "grade") == {
        "甲": "优秀", "乙": "良好", "丙": "优秀", "丁": "良好", "戊": "良好", "己": "一般", "庚": "较差",
    }  # fmt: skip
    assert (of(found, "丙").bonus, of(found, "庚").penalty) == (F(3), F(1))


def test_a_barred_unit_and_one_without_a_place_are_told_why() -> None:
    found = seven()
    assert (of(found, "乙").eligible, of(found, "乙").reasons) == ("否", ("述职评议 78.00 分，不得评为优秀",))
    assert of(found, "丁").reasons == ("“优秀”不超过 7 家的 30%，共 2 名，按得分次序未进入",)
    assert of(found, "己").reasons == ("有降档事项",)


# The same table from its real sources: marks typed on the form, dated daily points, committee members' and delegates' ballots, an event

BY_DEBRIEFING = tuple(
    GradeBand(name, "评价:SZ", least=F(least) if least else None)
    for name, least in (("好", "90"), ("较好", "80"), ("一般", "70"), ("差", ""))
)
SYSTEM = Scheme(
    "A", "责任制考核", clocks=("季",), settings=Settings(bonus_cap=F(3)), classes=scheme().classes,
    grades=(replace(GRADES[0], share=F(30)), *GRADES[1:], *BY_DEBRIEFING), indicators=(line("1", "直接打分", 100, "JC"),),
    components=(
        Component("JC", "现场检查", weight={"": F(60)}), Component("RC", "日常考核", weight={"": F(20)}, origin="日常积分"),
        Component("DW", "委员评价", weight={"": F(10)}, origin="评价", taken_from="WY"),
        Component("SZ", "述职评议", weight={"": F(10)}, origin="评价", taken_from="SZ"),
    ),
    instruments=(Instrument("WY", "委员评价", ("Ⅰ",), places=2), Instrument("SZ", "述职评议", ("Ⅰ",), places=2)),
    rater_groups=(RaterGroup("WY", "W", "委员", {"": F(100)}), RaterGroup("SZ", "D", "代表", {"": F(100)})),
    adjustments=(
        Adjustment("JF", "加分", "加分"), Adjustment("KF", "减分", "减分"), Adjustment("SX", "班子成员受处分", "事项"),
    ),
    rules=(
        rule("R1", "否优", ("评价等次:SZ", "属于", "一般、差"), reason="述职评议等次为{值}"),
        rule("R2", "降档", ("事项:SX", "≥", "1"), parameter="1", reason="班子成员受处分{值}件"),
    ),
)  # fmt: skip


def from_sources(units: dict[str, tuple[str, ...]] = TABLE, **more: object) -> Outcome:
    ballots, daily, forms = [], [], []
    for code, (inspection, points_of_year, committee, debriefing, bonus, penalty) in units.items():
        for instrument, rater, mark in (("WY", "P1", committee), ("SZ", "P2", debriefing)):
            ballots.append(Ballot(instrument, rater, "", code, ((ONLY_MARK, number(mark)),)))
        daily.append(DailyEntry("01", code, "", None, number(F(points_of_year) - 100), text("未按时报送")))
        rows = [points("1", inspection), *([claim("01", "JF", bonus)] if bonus else [])]
        forms.append(form(code, *rows, *([claim("02", "KF", penalty)] if penalty else [])))
    shared = Shared(tuple(ballots), tuple(daily), events=(event("己", "SX"),))
    raters = (Rater("P1", ("委员",)), Rater("P2", ("代表",)))
    roster = Roster(tuple(unit(code) for code in units), raters=raters)
    return evaluate(SYSTEM, roster, forms, (), Ledger(str(Q3), "2026-10-10"), Q3, ROW, {}, shared)


def test_the_table_of_seven_units_from_ballots_daily_points_and_an_event() -> None:
    found = from_sources()
    assert by_code(found, "total") == by_code(seven(), "total")
    assert by_code(found, "rank") == {"甲": 1, "乙": 3, "丙": 2, "丁": 4, "戊": 6, "己": 5, "庚": 7}
    assert by_code(found, "grade") == {
        "甲": "优秀", "乙": "良好", "丙": "优秀", "丁": "良好", "戊": "良好", "己": "一般", "庚": "较差",
    }  # fmt: skip
    assert {each.code: each.ratings[1].grade for each in found.objects} == {
        "甲": "好", "乙": "一般", "丙": "好", "丁": "好", "戊": "较好", "己": "较好", "庚": "差",
    }  # fmt: skip
    assert of(found, "戊").total_exact == F("79.995")
    assert {each.code: each.reasons for each in found.objects if each.reasons} == {
        "乙": ("述职评议等次为一般",), "丁": ("“优秀”不超过 7 家的 30%，共 2 名，按得分次序未进入",),
        "己": ("班子成员受处分1件",), "庚": ("述职评议等次为差",),
    }  # fmt: skip
    assert {each.code: each.eligible for each in found.objects} == {
        "甲": "是", "乙": "否", "丙": "是", "丁": "是", "戊": "是", "己": "否", "庚": "否",
    }  # fmt: skip


def test_twenty_ballots_of_100_80_60_and_40_make_88() -> None:
    marks = [100] * 12 + [80] * 5 + [60] * 2 + [40]
    ballots = tuple(Ballot("SZ", f"P{n}", "", "甲", ((ONLY_MARK, number(mark)),)) for n, mark in enumerate(marks))
    raters = tuple(Rater(f"P{n}", ("代表",)) for n in range(20))
    rules = scheme(
        instruments=SYSTEM.instruments[1:], rater_groups=SYSTEM.rater_groups[1:], indicators=(),
        components=(Component("SZ", "述职评议", weight={"": F(100)}, origin="评价", taken_from="SZ"),),
    )  # fmt: skip
    found = evaluate(
        rules, Roster((unit("甲"),), raters=raters), (), (), Ledger(str(Q3), ""), Q3, ROW, {}, Shared(ballots)
    )
    assert by_code(found, "total") == {"甲": 88}


def test_79_995_is_80_00_and_good_once_rounded_and_fair_when_compared_exactly() -> None:
    assert of(seven(), "戊").total_exact == F("79.995")
    exact = seven(Settings(bonus_cap=F(3), compare="精确值"))
    assert (of(exact, "戊").total, of(exact, "戊").grade) == (F("80"), "一般")


def test_a_vetoed_top_unit_leaves_the_two_places_to_the_next_two() -> None:
    units = {**TABLE, "甲": ("99", "99", "99", "79", "", "")}
    assert [code for code, grade in by_code(seven(units=units), "grade").items() if grade == "优秀"] == ["丙", "丁"]


# Small facts


def test_shares_are_whole_places_without_the_errors_of_binary_numbers() -> None:
    settings = Settings()
    assert [seats(F(share), size, settings) for share, size in ((30, 7), (30, 3), (29, 100), (35, 180))] == [
        2,
        0,
        29,
        63,
    ]


def test_89_985_is_89_99() -> None:
    assert by_code(outcome(scheme(), {"甲": "89.985"}), "total")["甲"] == F("89.99")


@pytest.mark.parametrize(
    ("scores", "ties", "breaks", "excellent"),
    [
        (("98", "97", "96", "96"), "全部不进", False, 2),
        (("98", "97", "96", "96"), "全部进", False, 4),
        (("98", "97", "96", "96"), "全部不进", True, 3),
        (("98", "97", "96", "96", "96"), "全部不进", False, 2),
        (("98", "97", "96", "96", "96"), "全部进", False, 5),
    ],
)
def test_ties_across_the_third_of_three_places(
    scores: tuple[str, ...], ties: str, breaks: bool, excellent: int
) -> None:
    settings = Settings(share_ties=ties, tie_breaks=(("指标:2", "高"),) if breaks else ())
    grades = (replace(GRADES[0], share=F(30)), *GRADES[1:])
    rules = scheme(line("1", "直接打分", 90), line("2", "直接打分", 10), grades=grades, settings=settings)
    second = [8 + Fraction(n, 2) for n in range(len(scores))]
    forms = {
        f"U{n}": (points("1", F(score) - more), points("2", more))
        for n, (score, more) in enumerate(zip(scores, second, strict=True))
    }
    forms |= {f"V{n}": (points("1", 80), points("2", 0)) for n in range(10 - len(scores))}
    grades_found = by_code(outcome(rules, forms), "grade")
    assert sum(grade == "优秀" for grade in grades_found.values()) == excellent


def test_a_line_not_applicable_is_spread_over_the_component_or_within_its_parent() -> None:
    lines = (line("1", full=10), line("1.1", "直接打分", 4), line("1.2", "直接打分", 6), line("2", "直接打分", 10))
    rows = (away("1.1"), points("1.2", 3), points("2", 10))
    assert result(scheme(*lines), *rows).total == F("81.25")
    assert result(scheme(*lines, settings=Settings(rescale_at="直接上级")), *rows).total == F(75)


def test_a_missing_component_leaves_its_weight_to_its_siblings() -> None:
    components = tuple(Component(code, code, weight={"": F(w)}) for code, w in (("A", 12), ("B", 22), ("C", 66)))
    lines = tuple(line(str(n), "直接打分", 100, code) for n, code in enumerate("ABC", 1))
    found = result(scheme(*lines, components=components), away("1"), points("2", 80), points("3", 100))
    assert [part.weight for part in found.components] == [None, F(25), F(75)]
    assert found.total == F(95)  # 80 × 25 % + 100 × 75 %


def test_a_shortfall_of_3_5_per_cent_is_three_whole_steps_or_three_and_a_half() -> None:
    target = {"target": F(95), "step": F(1), "per_step": F(1), "measure": "%"}
    whole = scheme(line("1", "阈值", 10, step_count="整步", **target))
    smooth = scheme(line("1", "阈值", 10, step_count="连续", **target))
    assert leaf(whole, "1", reached("1", "91.5")).points == F(7)
    assert leaf(smooth, "1", reached("1", "91.5")).points == F("6.5")
