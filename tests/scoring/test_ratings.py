"""评价 by marks (scheme model 4, step 4): every setting of 评价表, 评价主体 and 评价项 on a sheet of ballots that can be checked by hand.

1. Who rates: identity, class, relation, recusal. 2. Ballots due, returned, valid, void. 3. Trimming per group and dimension. 4. Dimension
weights, then group weights, then ÷ 上限. 5. An empty group is never silently 0. 6. Step rounding. 7. Grade, spread, derivation.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.core.exact import plain
from kaohe.records.rated import GroupRating, RatingResult
from kaohe.records.results import Outcome
from kaohe.records.returns import Ballot, Shared
from kaohe.records.scheme import Scheme
from kaohe.scoring.counting import counted
from kaohe.scoring.objects import objects_of
from makers.scoring import F
from makers.sheets import ballots, figures, of, outcome, roster, scheme, score

UNITS = """
    | 代码 | 分类 |
    | 甲   | Ⅰ    |
    | 乙   | Ⅰ    |
"""
LEADERS = """
    | 代码 | 身份     | 单位 |
    | L1   | 班子成员 |      |
    | L2   | 班子成员 |      |
    | L3   | 班子成员 |      |
    | L4   | 班子成员 |      |
    | L5   | 班子成员 |      |
"""
ONE_GROUP = """
    | 评价表 | 代码 | 名称     | 权重 |
    | SZ     | BZ   | 班子成员 | 100  |
"""


def debrief(
    table: str = "", groups: str = ONE_GROUP, items: str = "", info: dict[str, str] | None = None, **sheets: str
) -> Scheme:
    """A scheme whose one component is the rating SZ, and which shows groups of any size. `table` continues its row: | 去高 | 1 |."""
    pairs = [cell.strip() for cell in table.strip("| ").split("|")] if table else []
    titles, values = pairs[::2], pairs[1::2]
    return scheme(
        {"最少列示票数": "1", **(info or {})},
        分类=sheets.pop("分类", "| 代码 |\n| Ⅰ |"),
        构成=sheets.pop("构成", "| 代码 | 权重 | 来源 | 取自 |\n| PY | 100 | 评价 | SZ |"),
        评价表="\n".join(
            (f"| 代码 | 名称 | 评谁 | {' | '.join(titles)} |", f"| SZ | 述职评议 | Ⅰ、SJ | {' | '.join(values)} |")
            if titles
            else ("| 代码 | 名称 | 评谁 |", "| SZ | 述职评议 | Ⅰ、SJ |")
        ),
        评价主体=groups,
        **({"评价项": items} if items else {}),
        **sheets,
    )


def rated(rules: Scheme, marks: str, *, raters: str = LEADERS, units: str = UNITS, **more: Any) -> Outcome:
    votes = ballots("SZ", marks) if marks else ()
    shared = Shared(ballots=(*votes, *more.pop("more", ())), returned=more.pop("returned", ()))
    return outcome(rules, roster(单位=units, 评委=raters, **more.pop("people", {})), shared=shared, **more)


def rating(found: Outcome, code: str) -> RatingResult:
    each = of(found, code).rating("SZ")
    assert each is not None
    return each


def group(found: Outcome, code: str, name: str = "BZ") -> GroupRating:
    return next(each for each in rating(found, code).groups if each.group == name)


MARKS = """
    | 评委 | 甲 | 乙 |
    | L1   | 90 | 80 |
    | L2   | 92 | 85 |
    | L3   | 95 | 85 |
    | L4   | 60 | 90 |
    | L5   | 98 | 88 |
"""


def test_a_score_is_the_mean_of_the_group() -> None:
    found = rated(debrief(), MARKS)
    assert (score(found, "甲", "PY"), score(found, "乙", "PY")) == (87, F("85.6"))  # 435 ÷ 5, 428 ÷ 5
    assert (of(found, "甲").total, of(found, "甲").rank) == (87, 1)
    assert [(one.due, one.returned, one.valid, one.mean) for one in rating(found, "甲").groups] == [(5, 5, 5, 87)]


@pytest.mark.parametrize(
    ("drop", "mean"),
    [
        ("| 去高 | 1 | 去低 | 1 |", "277/3"),  # 90 + 92 + 95
        ("| 去高 | 1 |", "337/4"),  # 60 + 90 + 92 + 95
        ("| 去低 | 2 |", "95"),  # 92 + 95 + 98
        ("| 去高 | 1 | 去低 | 1 | 超过几人才去 | 4 |", "277/3"),  # five ballots are more than four
        ("| 去高 | 1 | 去低 | 1 | 超过几人才去 | 5 |", "87"),
        ("| 去高 | 3 | 去低 | 2 |", "87"),  # nothing would be left: nothing is dropped
    ],
)
def test_extremes_are_dropped_where_more_came_than_the_limit(drop: str, mean: str) -> None:
    assert score(rated(debrief(drop), MARKS), "甲", "PY") == F(mean)


def test_one_copy_of_a_tied_extreme_is_dropped() -> None:
    marks = "| 评委 | 甲 |\n| L1 | 70 |\n| L2 | 70 |\n| L3 | 80 |\n| L4 | 90 |\n| L5 | 90 |"
    found = rated(debrief("| 去高 | 1 | 去低 | 1 |"), marks, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")
    assert score(found, "甲", "PY") == 80  # 70 + 80 + 90
    assert group(found, "甲").means == (("评分", Fraction(80), 3),)


@pytest.mark.parametrize(("basis", "mean"), [("有效", "90"), ("交回", "91")])
def test_人数口径_counts_valid_ballots_or_those_returned(basis: str, mean: str) -> None:
    """Five came back, one of them void: four valid ones are not more than four."""
    items = "| 评价表 | 类 | 名称 | 界限 | 个数 |\n| SZ | 作废 | 低于x的少于n个 | 99 | 1 |"
    marks = "| 评委 | 甲 |\n| L1 | 80 |\n| L2 | 90 |\n| L3 | 92 |\n| L4 | 98 |\n| L5 | 99 |"
    rules = debrief(f"| 去高 | 1 | 去低 | 1 | 超过几人才去 | 4 | 人数口径 | {basis} |", items=items)
    found = rated(rules, marks, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")
    assert (rating(found, "甲").returned, rating(found, "甲").valid, rating(found, "甲").void) == (5, 4, 1)
    assert score(found, "甲", "PY") == F(mean)  # (80 + 90 + 92 + 98) ÷ 4, or (90 + 92) ÷ 2


# who rates whom

TWO_GROUPS = """
    | 评价表 | 代码 | 名称     | 权重 |
    | SZ     | BZ   | 班子成员 | 60   |
    | SZ     | ZG   | 职工代表 | 40   |
"""


def test_groups_are_weighted_and_single_marks_never_mix() -> None:
    raters = (
        "| 代码 | 身份 |\n| L1 | 班子成员 |\n| L2 | 班子成员 |\n| Z1 | 职工代表 |\n| Z2 | 职工代表 |\n| Z3 | 职工代表 |"
    )
    marks = "| 评委 | 甲 |\n| L1 | 90 |\n| L2 | 80 |\n| Z1 | 70 |\n| Z2 | 80 |\n| Z3 | 90 |"
    found = rated(debrief(groups=TWO_GROUPS), marks, raters=raters, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")
    assert score(found, "甲", "PY") == 83  # 85 × 60 % + 80 × 40 %; all five marks together would be 82
    assert figures(of(found, "甲"))["评价:SZ"].how == "班子成员 85.00 × 60% + 职工代表 80.00 × 40%"


def test_a_rater_of_two_identities_counts_in_both_groups() -> None:
    raters = "| 代码 | 身份 |\n| L1 | 班子成员、职工代表 |\n| Z1 | 职工代表 |"
    marks = "| 评委 | 甲 |\n| L1 | 90 |\n| Z1 | 70 |"
    found = rated(debrief(groups=TWO_GROUPS), marks, raters=raters, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")
    assert score(found, "甲", "PY") == 86  # 90 × 60 % + (90 + 70) ÷ 2 × 40 %
    assert (rating(found, "甲").due, rating(found, "甲").valid) == (3, 3)


def test_a_ballot_in_the_workbook_of_a_group_counts_in_that_group_only() -> None:
    raters = "| 代码 | 身份 |\n| L1 | 班子成员、职工代表 |\n| Z1 | 职工代表 |"
    rows = (
        *ballots("SZ", "| 评委 | 甲 |\n| L1 | 90 |", group="BZ"),
        *ballots("SZ", "| 评委 | 甲 |\n| L1 | 80 |\n| Z1 | 70 |", group="ZG"),
    )
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |"
    found = rated(debrief(groups=TWO_GROUPS), "", raters=raters, units=units, more=rows)
    assert score(found, "甲", "PY") == 84  # 90 × 60 % + 75 × 40 %


def test_身份_names_the_raters_where_the_group_is_called_otherwise() -> None:
    groups = "| 评价表 | 代码 | 名称 | 权重 | 身份 |\n| SZ | LD | 公司领导 | 100 | 班子成员 |"
    assert score(rated(debrief(groups=groups), MARKS), "甲", "PY") == 87
    nobody = "| 评价表 | 代码 | 名称 | 权重 |\n| SZ | LD | 公司领导 | 100 |"
    assert of(rated(debrief(groups=nobody), MARKS), "甲").withheld_for == ("RUN-005",)


HOMES = """
    | 代码 | 身份 | 单位 |
    | D1   | 代表 | 甲   |
    | D2   | 代表 | 乙   |
    | D3   | 代表 | 丙   |
"""
THREE = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |\n| 丙 | Ⅱ |"
BY_HOME = "| 评委 | 甲 | 乙 |\n| D1 | 70 | 60 |\n| D2 | 80 | 90 |\n| D3 | 92 | 93 |"


def by_home(titles: str, values: str) -> list[tuple[int, int, Any]]:
    """Due, valid and score of 甲 and 乙, whose raters come from three units."""
    groups = f"| 评价表 | 代码 | 名称 | 权重 | {titles} |\n| SZ | BZ | 代表 | 100 | {values} |"
    classes = "| 代码 |\n| Ⅰ |\n| Ⅱ |"
    parts = "| 代码 | 权重:Ⅰ | 权重 | 来源 | 取自 |\n| PY | 100 | | 评价 | SZ |"
    found = rated(debrief(groups=groups, 分类=classes, 构成=parts), BY_HOME, raters=HOMES, units=THREE)
    return [(group(found, code).due, group(found, code).valid, score(found, code, "PY")) for code in "甲乙"]


def test_membership_by_home_class_relation_and_recusal() -> None:
    assert by_home("关系", "不限") == [(3, 3, F("242/3")), (3, 3, 81)]
    assert by_home("所在分类", "Ⅱ") == [(1, 1, 92), (1, 1, 93)]  # only D3 comes from a unit of class Ⅱ
    assert by_home("关系", "本单位") == [(1, 1, 70), (1, 1, 90)]
    assert by_home("关系", "他单位") == [(2, 2, 86), (2, 2, F("76.5"))]
    assert by_home("回避本单位", "是") == [(2, 2, 86), (2, 2, F("76.5"))]


def test_a_group_without_a_weight_for_a_class_does_not_rate_it_and_is_no_empty_group() -> None:
    groups = """
        | 评价表 | 代码 | 名称     | 权重:Ⅰ | 权重:SJ |
        | SZ     | BZ   | 班子成员 | 100    | 70      |
        | SZ     | ZG   | 职工代表 |        | 30      |
    """
    classes = "| 代码 | 对象 |\n| Ⅰ | 单位 |\n| SJ | 人员 |"
    people = {"人员": "| 代码 | 单位 | 分类 |\n| P1 | 甲 | SJ |"}
    raters = LEADERS + "| Z1 | 职工代表 | |"
    marks = "| 评委 | 甲 | P1 |\n| L1 | 90 | 90 |\n| Z1 | 50 | 80 |"
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |"
    found = rated(debrief(groups=groups, 分类=classes), marks, raters=raters, people=people, units=units)
    assert (score(found, "甲", "PY"), score(found, "P1", "PY")) == (90, 87)  # units and persons on one instrument
    assert [one.name for one in rating(found, "甲").groups] == ["班子成员"]


# dimensions and scales


def test_dimensions_are_trimmed_one_by_one_and_weighted_before_the_groups() -> None:
    items = "| 评价表 | 类 | 代码 | 名称 | 权重或系数 |\n| SZ | 维度 | Z | 政治 | 70 |\n| SZ | 维度 | Y | 业务 | 30 |"
    marks = """
        | 评委 | 甲 Z | 甲 Y |
        | L1   | 60   | 100  |
        | L2   | 80   | 90   |
        | L3   | 90   | 70   |
        | L4   | 100  | 50   |
    """
    rules = debrief("| 去高 | 1 | 去低 | 1 |", items=items)
    found = rated(rules, marks, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")
    assert group(found, "甲").means == (("Z", Fraction(85), 2), ("Y", Fraction(80), 2))
    assert score(found, "甲", "PY") == F("83.5")  # 85 × 70 % + 80 × 30 %


def test_上限_brings_the_score_to_100() -> None:
    marks = "| 评委 | 甲 |\n| L1 | 8 |\n| L2 | 9 |"
    found = rated(debrief("| 上限 | 10 |"), marks, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")
    assert (group(found, "甲").mean, score(found, "甲", "PY")) == (F("8.5"), 85)


def test_逐级_rounds_dimension_group_and_instrument_where_they_arise() -> None:
    raters = "| 代码 | 身份 |\n| L1 | 班子成员 |\n| L2 | 班子成员 |\n| L3 | 班子成员 |"
    marks = "| 评委 | 甲 |\n| L1 | 5 |\n| L2 | 5 |\n| L3 | 6 |"  # 16 ÷ 3 = 5.333…
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |"
    once = rated(debrief("| 上限 | 10 |"), marks, raters=raters, units=units)
    rules = debrief("| 上限 | 10 |", info={"舍入": "逐级"})
    steps = rated(rules, marks, raters=raters, units=units)
    assert (score(once, "甲", "PY"), of(once, "甲").total) == (F("160/3"), F("53.33"))
    assert (score(steps, "甲", "PY"), of(steps, "甲").total) == (F("53.3"), F("53.30"))  # 5.33 ÷ 10 × 100


# void ballots


def void(rule: str, bound: str, number: str, marks: str, table: str = "", **more: Any) -> tuple[list[str], int, int]:
    """Marks of 甲 that count, rising, and how many ballots are valid and void. 甲 and 乙 are one field."""
    items = f"| 评价表 | 类 | 名称 | 界限 | 个数 |\n| SZ | 作废 | {rule} | {bound} | {number} |"
    rules, people = debrief(table, items=items), roster(单位=more.get("units", UNITS), 评委=LEADERS)
    shared = Shared(ballots=ballots("SZ", marks))
    count = next(
        each for each in counted(rules, people, "年", objects_of(rules, people), shared) if each.object_code == "甲"
    ).groups[0]
    return [plain(mark) for _, found in count.marks for mark, _ in found], count.valid, count.void


def test_a_ballot_of_equal_marks_is_void_as_a_whole() -> None:
    marks = "| 评委 | 甲 | 乙 |\n| L1 | 90 | 90 |\n| L2 | 90 | 85 |"
    assert void("全部相同", "", "", marks) == (["90"], 1, 1)
    one = "| 代码 | 分类 |\n| 甲 | Ⅰ |"
    assert void("全部相同", "", "", "| 评委 | 甲 |\n| L1 | 90 |", units=one) == (
        ["90"],
        1,
        0,
    )  # one mark is no comparison


def test_too_many_high_marks_and_too_few_low_ones_make_a_ballot_void() -> None:
    marks = "| 评委 | 甲 | 乙 |\n| L1 | 95 | 90 |\n| L2 | 95 | 89 |\n| L3 | 88 | 79 |"
    assert void("高于等于x的超过n个", "90", "1", marks) == (["88", "95"], 2, 1)  # L1 has two of 90 and more
    assert void("低于x的少于n个", "90", "1", marks) == (["88", "95"], 2, 1)  # L1 has none below 90
    assert void("低于x的少于n个", "80", "1", marks) == (["88"], 1, 2)


def test_more_decimals_than_allowed_make_a_ballot_void() -> None:
    marks = "| 评委 | 甲 | 乙 |\n| L1 | 90.5 | 80 |\n| L2 | 90 | 80.25 |"
    assert void("小数位超限", "", "", marks) == ([], 0, 2)
    assert void("小数位超限", "", "", marks, table="| 小数位 | 1 |") == (["90.5"], 1, 1)


def test_more_blanks_than_allowed_make_a_ballot_void_and_others_count_where_they_are_filled() -> None:
    marks = "| 评委 | 甲 | 乙 |\n| L1 | 90 | |\n| L2 | 80 | 85 |"
    assert void("缺项超过n", "", "0", marks) == (["80"], 1, 1)
    assert void("缺项超过n", "", "1", marks) == (["80", "90"], 2, 0)


def test_cells_that_recusal_leaves_out_are_no_blanks() -> None:
    groups = "| 评价表 | 代码 | 名称 | 权重 | 回避本单位 |\n| SZ | BZ | 班子成员 | 100 | 是 |"
    items = "| 评价表 | 类 | 名称 | 个数 |\n| SZ | 作废 | 缺项超过n | 0 |"
    raters = "| 代码 | 身份 | 单位 |\n| L1 | 班子成员 | 乙 |\n| L2 | 班子成员 | 甲 |"
    found = rated(
        debrief(groups=groups, items=items), "| 评委 | 甲 | 乙 |\n| L1 | 90 | |\n| L2 | | 80 |", raters=raters
    )
    assert [(score(found, code, "PY"), rating(found, code).due, rating(found, code).void) for code in "甲乙"] == [
        (90, 1, 0), (80, 1, 0),
    ]  # fmt: skip


def test_a_ballot_is_void_in_its_field_only() -> None:
    classes = "| 代码 | 排名组 |\n| Ⅰ | |\n| Ⅱ | |"
    items = "| 评价表 | 类 | 名称 |\n| SZ | 作废 | 全部相同 |"
    rules = scheme(
        分类=classes, 构成="| 代码 | 权重 | 来源 | 取自 |\n| PY | 100 | 评价 | SZ |", 评价主体=ONE_GROUP, 评价项=items,
        评价表="| 代码 | 评谁 |\n| SZ | Ⅰ、Ⅱ |",
    )  # fmt: skip
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |\n| 丙 | Ⅱ |\n| 丁 | Ⅱ |"
    marks = "| 评委 | 甲 | 乙 | 丙 | 丁 |\n| L1 | 90 | 90 | 90 | 80 |\n| L2 | 70 | 75 | 71 | 75 |"
    found = rated(rules, marks, units=units)
    assert [score(found, code, "PY") for code in "甲乙丙丁"] == [70, 75, F("80.5"), F("77.5")]


def test_a_void_ballot_is_counted_and_counts_nowhere() -> None:
    items = "| 评价表 | 类 | 名称 | 界限 | 个数 |\n| SZ | 作废 | 高于等于x的超过n个 | 90 | 1 |"
    marks = "| 评委 | 甲 | 乙 |\n| L1 | 95 | 90 |\n| L2 | 88 | 79 |"
    parts = figures(of(rated(debrief(items=items), marks), "甲"))["评价:SZ:BZ"]
    assert parts.how == "应评 5 票，交回 2 票，有效 1 票，作废 1 票；1 个分数平均"
    assert score(rated(debrief(items=items), marks), "甲", "PY") == 88


# groups that are empty, ballots that did not come


EMPTY = "| 评委 | 甲 |\n| L1 | 90 |\n| L2 | 80 |"


def empty(word: str) -> Outcome:
    """The group 职工代表 has one rater, who did not answer."""
    raters = "| 代码 | 身份 |\n| L1 | 班子成员 |\n| L2 | 班子成员 |\n| Z1 | 职工代表 |"
    table = f"| 空主体 | {word} |" if word else ""
    return rated(debrief(table, groups=TWO_GROUPS), EMPTY, raters=raters, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")


def test_an_empty_group_is_an_error_unless_the_scheme_says_what_becomes_of_its_weight() -> None:
    for word in ("", "报错"):
        found = of(empty(word), "甲")
        assert (found.status, found.total, found.withheld_for) == ("存疑", None, ("RUN-005",))
        assert (rating(empty(word), "甲").score, rating(empty(word), "甲").why) == (None, "“职工代表”没有足够的有效票")
    assert score(empty("重分"), "甲", "PY") == 85
    assert [one.weight for one in rating(empty("重分"), "甲").groups] == [100, None]
    assert score(empty("计0"), "甲", "PY") == 51  # 85 × 60 % + 0 × 40 %
    assert "职工代表 0.00 × 40%（没有足够的有效票，计 0）" in figures(of(empty("计0"), "甲"))["评价:SZ"].how


def test_最少有效票_is_what_a_group_needs_to_be_heard() -> None:
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |"
    assert score(rated(debrief("| 最少有效票 | 2 |"), EMPTY, units=units), "甲", "PY") == 85
    assert of(rated(debrief("| 最少有效票 | 3 |"), EMPTY, units=units), "甲").withheld_for == ("RUN-005",)


@pytest.mark.parametrize(("least", "codes"), [("40", ()), ("41", ("RUN-006",))])
def test_最低回收率_decides_whether_there_is_a_result(least: str, codes: tuple[str, ...]) -> None:
    found = rated(debrief(f"| 最低回收率 | {least} |"), EMPTY, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")  # 2 of 5 = 40 %
    assert of(found, "甲").withheld_for == codes


def test_a_workbook_that_came_back_blank_is_returned_and_not_valid() -> None:
    forms = "| 代码 | 名称 | 内容 | 份数 |\n| PF | 打分表 | 评价打分:SZ | 每评委 |"
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |"
    found = rated(debrief(填报表=forms), EMPTY, units=units, returned=(("PF", "L1"), ("PF", "L2"), ("PF", "L3")))
    assert (group(found, "甲").due, group(found, "甲").returned, group(found, "甲").valid) == (5, 3, 2)


def test_an_object_without_a_result_withholds_itself_and_nobody_else() -> None:
    found = rated(debrief(), "| 评委 | 甲 | 乙 |\n| L1 | 90 | |")
    assert {each.code: each.status for each in found.objects} == {"甲": "暂定", "乙": "存疑"}


def test_an_object_with_a_fault_in_its_ballots_keeps_the_counts_and_has_no_score() -> None:
    found = rated(debrief(), MARKS, withheld={"乙": ("VALUE-003",)})
    assert (of(found, "乙").withheld_for, rating(found, "乙").score, rating(found, "乙").returned) == (
        ("VALUE-003",),
        None,
        5,
    )


def test_an_object_that_takes_no_part_is_not_rated() -> None:
    units = "| 代码 | 分类 | 状态 | 原因 |\n| 甲 | Ⅰ | | |\n| 乙 | Ⅰ | 不参评 | 撤并 |"
    found = rated(debrief(), "| 评委 | 甲 |\n| L1 | 90 |", units=units)
    assert (of(found, "乙").ratings, of(found, "甲").status) == ((), "正式")


# grade, spread, derivation


def test_the_instruments_own_bands_give_its_grade() -> None:
    grades = "| 用于 | 名称 | 最低分 |\n| 评价:SZ | 好 | 86 |\n| 评价:SZ | 一般 | |"
    found = rated(debrief(等次=grades), MARKS)
    assert (rating(found, "甲").grade, rating(found, "乙").grade) == ("好", "一般")
    assert of(found, "甲").grade == ""  # no grades for the total


def test_the_spread_shows_outliers_and_removes_none() -> None:
    marks = "| 评委 | 甲 |\n| L1 | 88 |\n| L2 | 89 |\n| L3 | 90 |\n| L4 | 91 |\n| L5 | 60 |"
    found = rated(debrief(), marks, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")
    spread = rating(found, "甲").spread
    assert spread is not None
    assert (spread.least, spread.lower, spread.median, spread.upper, spread.greatest) == (60, 88, 89, 90, 91)
    assert (spread.number, spread.outliers) == (5, 1)  # 60 lies below 88 − 1.5 × 2
    assert score(found, "甲", "PY") == F("83.6")


def test_the_derivation_names_the_workbook_and_no_single_ballot() -> None:
    group = figures(of(rated(debrief("| 去高 | 1 | 去低 | 1 |"), MARKS), "甲"))["评价:SZ:BZ"]
    assert group.how == "应评 5 票，交回 5 票，有效 5 票；去掉 1 个最高分、1 个最低分，3 个分数平均"
    assert (group.parts, str(group.source)) == ((), "评价打分表.xlsx SZ")


def test_a_rating_that_no_component_reads_stands_beside_the_total() -> None:
    parts = "| 代码 | 权重 |\n| DJ | 100 |"
    found = rated(
        debrief(构成=parts, 指标="| 代码 | 构成 | 办法 | 引用 | 满分 |\n| 1 | DJ | 引用 | 评价:SZ | 100 |"), MARKS
    )
    assert of(found, "甲").total == 87 and [part.key for part in of(found, "甲").figure.parts] == ["总分", "名次"]  # type: ignore[union-attr]
    alone = rated(debrief(构成="| 代码 | 权重 | 来源 |\n| RC | 100 | 日常积分 |"), MARKS)
    assert "评价:SZ" in [part.key for part in of(alone, "甲").figure.parts]  # type: ignore[union-attr]


# laws


@st.composite
def sheet(draw: st.DrawFn) -> tuple[list[Fraction], int, int, int]:
    marks = draw(st.lists(st.integers(0, 200).map(lambda half: Fraction(half, 2)), min_size=1, max_size=9))
    return marks, draw(st.integers(0, 3)), draw(st.integers(0, 3)), draw(st.integers(0, 6))


@settings(max_examples=80, deadline=None)
@given(sheet())
def test_the_mean_agrees_with_a_naive_one(drawn: tuple[list[Fraction], int, int, int]) -> None:
    marks, high, low, above = drawn
    raters = "| 代码 | 身份 |\n" + "\n".join(f"| R{n} | 班子成员 |" for n in range(len(marks)))
    votes = "| 评委 | 甲 |\n" + "\n".join(f"| R{n} | {float(mark)} |" for n, mark in enumerate(marks))
    rules = debrief(f"| 去高 | {high} | 去低 | {low} | 超过几人才去 | {above} | 小数位 | 1 |")
    found = rated(rules, votes, raters=raters, units="| 代码 | 分类 |\n| 甲 | Ⅰ |")
    kept = sorted(marks)
    if len(marks) > above and len(marks) > high + low:
        kept = kept[low : len(kept) - high]
    assert score(found, "甲", "PY") == sum(kept, Fraction(0)) / len(kept)


@settings(max_examples=40, deadline=None)
@given(st.permutations(ballots("SZ", MARKS)))
def test_the_order_of_the_ballots_does_not_matter(rows: list[Ballot]) -> None:
    assert rated(debrief("| 去高 | 1 |"), "", more=tuple(rows)) == rated(debrief("| 去高 | 1 |"), MARKS)
