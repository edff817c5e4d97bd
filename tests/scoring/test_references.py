"""Lines that look elsewhere: 排名赋分, 引用, targets that stand in 资料; lines of other scorers; and in which order figures are made.

1. Points of a place: by table or by step, equal values equal points, 不适用 and withheld objects outside. 2. 引用: full × figure ÷ 100,
several persons by their mean, nobody = 不适用. 3. Units before persons that read them, or the reverse; a circle is said, never guessed.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.core.sentences import CATALOGUE
from kaohe.records.results import Outcome
from kaohe.records.returns import Shared, Submission
from kaohe.scheme.order import Step, order
from kaohe.scheme.places import span_of
from makers.scoring import F
from makers.sheets import ballots, daily, facts, figures, forms, of, outcome, roster, scheme, score

LINES = "| 代码 | 构成 | 办法 | 满分 | 名次取法 | 方向 | 每步 | 最低分 | 适用分类 |"
PARTS = "| 代码 | 权重 |\n| ZB | 100 |"
FOUR = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |\n| 丙 | Ⅰ |\n| 丁 | Ⅰ |"


def placed(row: str, typed: str, cases: str = "", units: str = FOUR, **more: Any) -> Outcome:
    """A line 1 of 10 marks that is scored by place, beside one of 90."""
    lines = f"{LINES}\n| 1 | ZB | 排名赋分 | 10 | {row} | |\n| 2 | ZB | 直接打分 | 90 | | | | | |"
    rules = scheme(
        more.pop("info", {}),
        分类=more.pop("classes", "| 代码 |\n| Ⅰ |"),
        构成=PARTS,
        指标=lines,
        **({"评分细则": cases} if cases else {}),
    )
    return outcome(rules, roster(单位=units), returned=forms(typed), **more)


def given_points(found: Outcome) -> dict[str, Any]:
    return {each.code: (leaf.points if (leaf := each.leaf("1")) else None) for each in found.objects}


TYPED_PLACES = "| 单位 | 1 名次 | 2 |\n| 甲 | 1 | 90 |\n| 乙 | 2 | 90 |\n| 丙 | 3 | 90 |\n| 丁 | 9 | 90 |"
TABLE = "| 指标 | 情形或档 | 得分 |\n| 1 | 1 | 10 |\n| 1 | 2–3 | 8 |"
VALUES = "| 单位 | 1 完成值 | 2 |\n| 甲 | 95 | 90 |\n| 乙 | 88 | 90 |\n| 丙 | 95 | 90 |\n| 丁 | 70 | 90 |"


def test_a_typed_place_has_the_points_of_the_table_and_the_floor_where_the_table_ends() -> None:
    assert given_points(placed("填报名次 | | |", TYPED_PLACES, TABLE)) == {"甲": 10, "乙": 8, "丙": 8, "丁": 0}
    assert given_points(placed("填报名次 | | | 2", TYPED_PLACES, TABLE))["丁"] == 2
    backwards = "| 指标 | 情形或档 | 得分 |\n| 1 | 2–3 | 8 |\n| 1 | 1 | 10 |"
    assert given_points(placed("填报名次 | | |", TYPED_PLACES, backwards))["甲"] == 10
    rest = TABLE + "\n| 1 | 4– | 5 |"
    assert given_points(placed("填报名次 | | |", TYPED_PLACES, rest))["丁"] == 5


def test_without_a_table_each_place_costs_a_step_down_to_the_floor() -> None:
    assert given_points(placed("填报名次 | | 1.5 |", TYPED_PLACES)) == {"甲": 10, "乙": F("8.5"), "丙": 7, "丁": 0}
    assert given_points(placed("填报名次 | | 1.5 | 4", TYPED_PLACES))["丁"] == 4


def test_values_are_ranked_within_the_field_and_equal_values_have_equal_points() -> None:
    found = placed("按值 | | 2 |", VALUES)
    assert given_points(found) == {"甲": 10, "丙": 10, "乙": 6, "丁": 4}  # places 1, 1, 3, 4
    assert figures(of(found, "乙"))["指标:1"].how == "第 3 名（4 家按完成值排），10.00 - 2.00 × 2 = 6.00"
    assert given_points(placed("按值 | 低优 | 2 |", VALUES)) == {"丁": 10, "乙": 8, "甲": 6, "丙": 6}
    assert given_points(placed("按值 | | |", VALUES, TABLE)) == {"甲": 10, "丙": 10, "乙": 8, "丁": 0}


def test_each_field_ranks_its_own_values() -> None:
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |\n| 丙 | Ⅱ |\n| 丁 | Ⅱ |"
    assert given_points(placed("按值 | | 2 |", VALUES, units=units, classes="| 代码 |\n| Ⅰ |\n| Ⅱ |")) == {
        "甲": 10, "乙": 8, "丙": 10, "丁": 8,
    }  # fmt: skip
    together = "| 代码 | 排名组 |\n| Ⅰ | A |\n| Ⅱ | A |"
    assert given_points(placed("按值 | | 2 |", VALUES, units=units, classes=together))["乙"] == 6


def test_who_does_not_apply_is_not_ranked_and_who_takes_no_grade_ranks_without_pushing_others() -> None:
    typed = VALUES.replace("| 甲 | 95 | 90 |", "| 甲 | | 90 |").replace("| 2 |", "| 2 | 1 核查 |", 1)
    rows = typed.splitlines()
    typed = "\n".join((rows[0], "| 甲 | | 90 | 不适用 |", *(f"{row} |" for row in rows[2:])))
    assert given_points(placed("按值 | | 2 |", typed)) == {"甲": None, "丙": 10, "乙": 8, "丁": 6}
    units = (
        "| 代码 | 分类 | 状态 | 原因 |\n| 甲 | Ⅰ | 不定等次 | 新建 |\n| 乙 | Ⅰ | | |\n| 丙 | Ⅰ | | |\n| 丁 | Ⅰ | | |"
    )
    assert given_points(placed("按值 | | 2 |", VALUES, units=units)) == {"甲": 10, "丙": 10, "乙": 8, "丁": 6}


def test_points_by_value_are_provisional_while_somebody_of_the_field_is_missing() -> None:
    found = placed("按值 | | 2 |", VALUES.rsplit("\n", 1)[0])
    assert {each.code: each.status for each in found.objects} == {
        "甲": "暂定",
        "乙": "暂定",
        "丙": "暂定",
        "丁": "未报",
    }
    alone = placed("按值 | | 2 |", VALUES.rsplit("\n", 1)[0], classes="| 代码 | 排名组 |\n| Ⅰ | 不排名 |")
    assert of(alone, "甲").status == "暂定"  # not ranked, and made with the others all the same


def test_a_blank_place_or_value_withholds_and_is_never_the_last_place() -> None:
    assert of(placed("填报名次 | | 1 |", "| 单位 | 2 |\n| 甲 | 90 |"), "甲").withheld_for == ("RUN-001",)
    assert of(placed("按值 | | 1 |", "| 单位 | 2 |\n| 甲 | 90 |"), "甲").withheld_for == ("RUN-001",)


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("1", (1, 1)),
        ("第1名", (1, 1)),
        ("2–3", (2, 3)),
        ("2-3名", (2, 3)),
        ("第4至6名", (4, 6)),
        ("7–", (7, None)),
        ("3–2", None),
        ("其余", None),
    ],
)
def test_names_of_places(name: str, span: Any) -> None:
    assert span_of(name) == span


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=4), st.booleans())
def test_better_values_never_have_fewer_points(values: list[int], low: bool) -> None:
    typed = "| 单位 | 1 完成值 | 2 |\n" + "\n".join(
        f"| {code} | {value} | 90 |" for code, value in zip("甲乙丙丁", values, strict=False)
    )
    units = "\n".join(FOUR.splitlines()[: len(values) + 1])
    found = given_points(placed(f"按值 | {'低优' if low else '高优'} | 3 |", typed, units=units))
    for one, first in zip("甲乙丙丁", values, strict=False):
        for other, second in zip("甲乙丙丁", values, strict=False):
            assert (first == second) <= (found[one] == found[other])
            assert ((first < second) if low else (first > second)) <= (found[one] >= found[other])


# 引用

QUOTING = """
    | 代码 | 构成 | 办法     | 满分 | 引用   | 不适用办法 |
    | 1    | ZB   | 引用     | 20   | {read} | {away}     |
    | 2    | ZB   | 直接打分 | 80   |        |            |
"""
RATED = {
    "评价表": "| 代码 | 名称 | 评谁 |\n| CS | 测评 | Ⅰ、SJ |",
    "评价主体": "| 评价表 | 代码 | 名称 | 权重 |\n| CS | LD | 领导 | 100 |",
}
CLASSES = "| 代码 | 对象 |\n| Ⅰ | 单位 |\n| SJ | 人员 |"
PERSONS = "| 代码 | 单位 | 分类 | 角色 |\n| P1 | 甲 | SJ | 书记 |\n| P2 | 乙 | SJ | 书记 |\n| P3 | 乙 | SJ | 书记 |"
VOTES = "| 评委 | 甲 | 乙 | 丙 | P1 | P2 | P3 |\n| L1 | 90 | 80 | 75 | 88 | 60 | 90 |"
THREE = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |\n| 丙 | Ⅰ |"
TYPED = "| 单位 | 2 |\n| 甲 | 80 |\n| 乙 | 80 |\n| 丙 | 40 |"


def quoting(read: str, parts: str = "| 代码 | 权重:Ⅰ |\n| ZB | 100 |", away: str = "", **more: Any) -> Outcome:
    info, votes = more.pop("info", {}), more.pop("votes", VOTES)
    rules = scheme(info, 分类=CLASSES, 构成=parts, 指标=QUOTING.format(read=read, away=away), **RATED)
    people = roster(单位=THREE, 人员=PERSONS, 评委="| 代码 | 身份 |\n| L1 | 领导 |")
    shared = Shared(ballots=ballots("CS", votes), daily=more.pop("daily", ()))
    return outcome(rules, people, returned=forms(TYPED), shared=shared, **more)


def test_a_line_takes_the_own_rating() -> None:
    found = quoting("评价:CS")
    assert given_points(found) | {"P1": 0} == {"甲": 18, "乙": 16, "丙": 15, "P1": 0, "P2": None, "P3": None}
    line = figures(of(found, "甲"))["指标:1"]
    assert (line.how, line.parts[0].key) == ("20.00 × 90.00 ÷ 100 = 18.00", "评价:CS")


def test_a_line_takes_the_mean_of_the_persons_in_a_role_and_does_not_apply_where_there_is_nobody() -> None:
    found = quoting("关联:书记:评价:CS")
    assert [given_points(found)[code] for code in "甲乙丙"] == [F("17.6"), 15, None]  # 88; (60 + 90) ÷ 2
    assert (of(found, "丙").total, of(found, "丙").status) == (50, "正式")  # 40 of 80
    by_mean = quoting("关联:书记:评价:CS", away="均值")
    assert given_points(by_mean)["丙"] == F("16.3")  # the mean of 17.6 and 15


def test_a_line_takes_another_component_whatever_the_order_of_the_rows() -> None:
    for parts in (
        "| 代码 | 权重:Ⅰ | 来源 |\n| ZB | 60 | 指标评分 |\n| RC | 40 | 日常积分 |",
        "| 代码 | 权重:Ⅰ | 来源 |\n| RC | 40 | 日常积分 |\n| ZB | 60 | 指标评分 |",
    ):
        found = quoting("构成:RC", parts, daily=daily("| 对象 | 分值 |\n| 甲 | -30 |"))
        assert given_points(found)["甲"] == 14
        assert of(found, "甲").total == F("84.4")  # (14 + 80) × 60 % + 70 × 40 %


def test_figures_enter_unrounded_and_as_printed_where_every_step_is_rounded() -> None:
    votes = "| 评委 | 甲 | 乙 | 丙 | P1 | P2 | P3 |\n| L1 | 90 | 80 | 75 | 88 | 60.004 | 90.003 |"
    assert given_points(quoting("关联:书记:评价:CS", votes=votes))["乙"] == F("15.0007")
    assert given_points(quoting("关联:书记:评价:CS", votes=votes, info={"舍入": "逐级"}))["乙"] == 15


def test_a_person_without_a_rating_withholds_the_unit_that_quotes_it() -> None:
    votes = "| 评委 | 甲 | 乙 | 丙 | P1 | P3 |\n| L1 | 90 | 80 | 75 | 88 | 90 |"
    found = quoting("关联:书记:评价:CS", votes=votes)
    assert {each.code: each.withheld_for for each in found.objects if each.withheld_for} == {
        "P2": ("RUN-005",),
        "乙": ("RUN-009",),
    }


def test_a_line_that_was_marked_不适用_takes_no_figure() -> None:
    """丙 has no result to quote, and says that the line does not apply to it."""
    votes = "| 评委 | 甲 | 乙 | 丙 | P1 | P2 |\n| L1 | 90 | 80 | 75 | 88 | 60 |"
    rules = scheme(
        分类=CLASSES,
        构成="| 代码 | 权重:Ⅰ |\n| ZB | 100 |",
        指标=QUOTING.format(read="关联:书记:评价:CS", away=""),
        **RATED,
    )
    people = roster(单位=THREE, 人员=PERSONS, 评委="| 代码 | 身份 |\n| L1 | 领导 |")
    typed = "| 单位 | 1 核查 | 2 |\n| 甲 | | 80 |\n| 乙 | 不适用 | 60 |\n| 丙 | | 80 |"
    found = outcome(rules, people, returned=forms(typed), shared=Shared(ballots=ballots("CS", votes)))
    assert (of(found, "乙").total, of(found, "乙").status) == (75, "正式")  # P3 has no ballot: 乙 would be withheld
    assert of(found, "P3").withheld_for == ("RUN-005",)


# 资料 and other scorers


TARGET = """
    | 代码 | 构成 | 办法   | 满分 | 目标值  | 计量单位 |
    | 1    | ZB   | 完成率 | 100  | 资料:XS | 学时     |
"""


def aimed(standing: str = "", period: str = "") -> Outcome:
    people = roster(单位=FOUR, 资料=f"| 对象 | 事项 | 取值 |\n| 甲 | XS | {standing} |" if standing else "| 对象 |")
    given = facts(f"| 对象 | 事项 | 取值 |\n| 甲 | XS | {period} |") if period else ()
    rules = scheme(分类="| 代码 |\n| Ⅰ |", 构成=PARTS, 指标=TARGET)
    return outcome(rules, people, returned=forms("| 单位 | 1 完成值 |\n| 甲 | 30 |"), shared=Shared(facts=given))


def test_a_target_may_stand_in_the_facts_of_the_roster_or_of_the_period() -> None:
    assert of(aimed("40"), "甲").total == 75
    assert of(aimed(period="60"), "甲").total == 50
    target = figures(of(aimed("40"), "甲"))["目标值"]
    assert (target.typed, str(target.source)) == ("40", "名册.xlsx 资料!C2")


@pytest.mark.parametrize("word", ["", "四十"])
def test_a_target_that_is_blank_or_no_number_withholds(word: str) -> None:
    assert of(aimed(word), "甲").withheld_for == ("RUN-008",)


def test_lines_of_several_scorers_are_scored_together_once_their_forms_are_merged() -> None:
    lines = "| 代码 | 构成 | 办法 | 满分 | 评分人 |\n| 1 | ZB | 直接打分 | 60 | |\n| 2 | ZB | 直接打分 | 40 | 党委 |"
    rules = scheme(分类="| 代码 |\n| Ⅰ |", 构成=PARTS, 指标=lines)
    (team,), (board,) = forms("| 单位 | 1 |\n| 甲 | 50 |"), forms("| 单位 | 2 |\n| 甲 | 30 |")
    merged = Submission("甲", "TB", team.file, scores=(*team.scores, *board.scores))
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |"
    assert of(outcome(rules, roster(单位=units), returned=(merged,)), "甲").total == 80
    assert of(outcome(rules, roster(单位=units), returned=(team,)), "甲").withheld_for == ("RUN-001",)


# the order in which figures are made

BOTH_WAYS = """
    | 代码 | 权重:Ⅰ | 权重:SJ | 来源     | 取自 | 取值    |
    | DW   |        | 100     | 关联对象 | 单位 | {unit}  |
    | SJ   | 50     |         | 关联对象 | 书记 | {chief} |
    | RC   | 50     |         | 日常积分 |      |         |
"""


def test_units_come_before_persons_that_read_them_or_the_reverse() -> None:
    people = roster(单位=THREE, 人员=PERSONS)
    entries = Shared(daily=daily("| 对象 | 分值 | 构成 |\n| 甲 | -20 | RC |\n| P1 | -10 | GR |"))
    down = "| 代码 | 权重:Ⅰ | 权重:SJ | 来源 | 取自 |\n| DW | | 100 | 关联对象 | 单位 |\n| RC | 100 | | 日常积分 | |"
    up = "| 代码 | 权重:Ⅰ | 权重:SJ | 来源 | 取自 |\n| ZR | 100 | | 关联对象 | 书记 |\n| GR | | 100 | 日常积分 | |"
    assert of(outcome(scheme(分类=CLASSES, 构成=down), people, shared=entries), "P1").total == 80
    assert of(outcome(scheme(分类=CLASSES, 构成=up), people, shared=entries), "甲").total == 90


def test_a_step_stands_behind_what_it_reads() -> None:
    rules = scheme(分类=CLASSES, 构成=BOTH_WAYS.format(unit="构成:RC", chief=""))
    steps = order(rules, "年")
    assert steps.index(Step("Ⅰ", "构成:RC")) < steps.index(Step("SJ", "构成:DW")) < steps.index(Step("SJ", "总分"))
    assert steps.index(Step("SJ", "总分")) < steps.index(Step("Ⅰ", "构成:SJ")) < steps.index(Step("Ⅰ", "总分"))


def test_figures_of_each_other_that_are_no_circle_are_made_in_turn() -> None:
    people = roster(单位=THREE, 人员=PERSONS)
    rules = scheme(分类=CLASSES, 构成=BOTH_WAYS.format(unit="构成:RC", chief=""))
    found = outcome(rules, people, shared=Shared(daily=daily("| 对象 | 分值 |\n| 甲 | -20 |")))
    assert (of(found, "P1").total, of(found, "甲").total) == (80, 80)


def test_a_circle_withholds_and_says_so() -> None:
    people = roster(单位=THREE, 人员=PERSONS)
    found = outcome(scheme(分类=CLASSES, 构成=BOTH_WAYS.format(unit="总分", chief="总分")), people)
    withheld = {each.code: each.withheld_for for each in found.objects}
    assert withheld["甲"] in (("RUN-011",), ("RUN-009",)) and withheld["P1"] in (("RUN-011",), ("RUN-009",))
    assert {"RUN-011"} <= {code for codes in withheld.values() for code in codes}
    assert of(found, "丙").total == 100  # nobody is its secretary


def test_a_circle_within_an_object_withholds_it() -> None:
    lines = "| 代码 | 构成 | 办法 | 满分 | 引用 |\n| 1 | A | 引用 | 100 | 构成:B |\n| 2 | B | 引用 | 100 | 构成:A |"
    rules = scheme(分类="| 代码 |\n| Ⅰ |", 构成="| 代码 | 权重 |\n| A | 50 |\n| B | 50 |", 指标=lines)
    assert {each.withheld_for for each in outcome(rules, roster(单位=THREE)).objects} == {("RUN-011",)}


def test_roles_of_the_roster_tell_which_class_is_read() -> None:
    """The deputy reads the secretary: two classes of persons, no circle."""
    classes = "| 代码 | 对象 |\n| Ⅰ | 单位 |\n| SJ | 人员 |\n| FS | 人员 |"
    parts = """
        | 代码 | 权重:Ⅰ | 权重:SJ | 权重:FS | 来源     | 取自   |
        | RC   | 100    |         |         | 日常积分 |        |
        | DW   |        | 100     |         | 关联对象 | 单位   |
        | ZZ   |        |         | 100     | 关联对象 | 书记   |
    """
    people = roster(
        单位="| 代码 | 分类 |\n| 甲 | Ⅰ |",
        人员="| 代码 | 单位 | 分类 | 角色 |\n| F1 | 甲 | FS | 专职副书记 |\n| P1 | 甲 | SJ | 书记 |",
    )
    found = outcome(
        scheme(分类=classes, 构成=parts), people, shared=Shared(daily=daily("| 对象 | 分值 |\n| 甲 | -7 |"))
    )
    assert (of(found, "P1").total, of(found, "F1").total) == (93, 93)


def test_every_reason_has_its_sentence() -> None:
    reasons = [f"RUN-{number:03d}" for number in range(5, 12)]
    assert {CATALOGUE[code].effect for code in reasons} == {"存疑"}


def test_the_order_of_the_forms_does_not_matter() -> None:
    lines = f"{LINES}\n| 1 | ZB | 排名赋分 | 10 | 按值 | | 2 | | |\n| 2 | ZB | 直接打分 | 90 | | | | | |"
    rules = scheme(分类="| 代码 |\n| Ⅰ |", 构成=PARTS, 指标=lines)
    typed = forms(VALUES)
    there, back = (outcome(rules, roster(单位=FOUR), returned=each) for each in (typed, tuple(reversed(typed))))
    assert there == back


def test_the_score_of_a_component_that_only_quotes_needs_no_form() -> None:
    lines = "| 代码 | 构成 | 办法 | 满分 | 引用 |\n| 1 | ZB | 引用 | 100 | 评价:CS |"
    rules = scheme(分类=CLASSES, 构成="| 代码 | 权重:SJ |\n| ZB | 100 |", 指标=lines, **RATED)
    people = roster(单位=THREE, 人员=PERSONS, 评委="| 代码 | 身份 |\n| L1 | 领导 |")
    found = outcome(rules, people, shared=Shared(ballots=ballots("CS", VOTES)))
    assert (score(found, "P1", "ZB"), of(found, "P1").status) == (88, "正式")
