"""评价 by options and nominations (scheme model 4, step 4), from ballots and from tallies, worked out by hand.

1. Σ coefficient × votes ÷ valid votes of the dimension. 2. Dimension weights, group weights, never single ballots across groups. 3. Void
rules. 4. One ballot in two groups. 5. Shares of votes in conditions. 6. Nominations. 7. Tallies.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.core.cells import Source
from kaohe.records.ballots import Cast, Due, Sums, Tally, Votes
from kaohe.records.rated import RatingResult
from kaohe.records.results import Outcome
from kaohe.records.returns import Shared
from kaohe.records.scheme import Scheme
from makers.scoring import F
from makers.sheets import figures, of, outcome, roster, scheme, score

UNITS = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |"
ONE = "| 评价表 | 代码 | 名称 | 权重 |\n| MZ | ZG | 职工 | 100 |"
TWO = "| 评价表 | 代码 | 名称 | 权重 |\n| MZ | ZC | 中层 | 60 |\n| MZ | ZG | 职工 | 40 |"
OPTIONS = """
    | 评价表 | 类   | 代码 | 名称 | 权重或系数 |
    | MZ     | 选项 | A    | 好   | 100        |
    | MZ     | 选项 | B    | 较好 | 80         |
    | MZ     | 选项 | C    | 一般 | 60         |
    | MZ     | 选项 | D    | 差   | 40         |
"""
DIMENSIONS = """
    | MZ     | 维度 | ZZ   | 政治 | 70         |
    | MZ     | 维度 | ZF   | 作风 | 30         |
"""


def survey(groups: str = ONE, items: str = OPTIONS, table: str = "", way: str = "选项", **sheets: str) -> Scheme:
    """A scheme whose one component is MZ. `table` continues the row of 评价表: | 空主体 | 重分 |."""
    cells = [cell.strip() for cell in table.strip("| ").split("|")] if table else []
    head, row = (
        " | ".join(["代码", "名称", "评谁", "方式", *cells[::2]]),
        " | ".join(["MZ", "测评", "Ⅰ", way, *cells[1::2]]),
    )
    parts = sheets.pop("构成", "| 代码 | 权重 | 来源 | 取自 |\n| CP | 100 | 评价 | MZ |")
    info = {"最少列示票数": sheets.pop("least", "1")}
    return scheme(
        info,
        分类="| 代码 |\n| Ⅰ |",
        构成=parts,
        评价表=f"| {head} |\n| {row} |",
        评价主体=groups,
        评价项=items,
        **sheets,
    )


def casts(text: str, dimension: str = "评分", words: tuple[str, ...] = ("职工",), unit: str = "") -> tuple[Cast, ...]:
    """`甲A 乙B；甲A`: ballots apart by ；, each cell an object and an option (or 甲.ZZ.A with its dimension)."""
    found = []
    for ballot in text.split("；"):
        cells = [cell.split(".") if "." in cell else [cell[0], dimension, cell[1:]] for cell in ballot.split()]
        found.append(Cast("MZ", words, unit, choices=tuple((a, b, c) for a, b, c in cells)))
    return tuple(found)


def polled(
    rules: Scheme, ballots: tuple[Cast, ...] = (), *, units: str = UNITS, **shared: tuple[object, ...]
) -> Outcome:
    return outcome(rules, roster(单位=units), shared=Shared(casts=ballots, **shared))  # type: ignore[arg-type]


def rating(found: Outcome, code: str = "甲") -> RatingResult:
    each = of(found, code).rating("MZ")
    assert each is not None
    return each


ALONE = "| 代码 | 分类 |\n| 甲 | Ⅰ |"


def test_the_worked_example_of_twenty_ballots() -> None:
    found = polled(survey(), casts("甲A；" * 12 + "甲B；" * 5 + "甲C；" * 2 + "甲D"), units=ALONE)
    assert score(found, "甲", "CP") == 88  # (12 × 100 + 5 × 80 + 2 × 60 + 1 × 40) ÷ 20
    assert (rating(found).valid, rating(found).votes) == (
        20, (("评分", "A", 12), ("评分", "B", 5), ("评分", "C", 2), ("评分", "D", 1)),
    )  # fmt: skip


def test_a_blank_cell_leaves_the_denominator_of_its_dimension_only() -> None:
    found = polled(survey(items=OPTIONS + DIMENSIONS), casts("甲.ZZ.A 甲.ZF.B；甲.ZZ.B；甲.ZZ.A 甲.ZF.D"), units=ALONE)
    (group,) = rating(found).groups
    assert group.means == (("ZZ", F("280/3"), 3), ("ZF", Fraction(60), 2))
    assert score(found, "甲", "CP") == F("280/3") * F("0.7") + 60 * F("0.3")


def test_groups_are_weighted_and_ballots_never_mix() -> None:
    ballots = casts("甲A；甲A", words=("中层",)) + casts("甲C；甲C；甲C；甲C")
    found = polled(survey(TWO), ballots, units=ALONE)
    assert score(found, "甲", "CP") == 84  # 100 × 60 % + 60 × 40 %; all six ballots together would be 73.33


def test_one_ballot_may_count_in_two_groups_by_identity_and_relation() -> None:
    """A member of U marks 甲 (of U) among 本单位 and 乙 among 他单位; a Party member counts in 党员 besides."""
    groups = """
        | 评价表 | 代码 | 名称   | 权重 | 身份 | 关系   |
        | MZ     | BD   | 本单位 | 50   | 职工 | 本单位 |
        | MZ     | TD   | 他单位 | 20   | 职工 | 他单位 |
        | MZ     | DY   | 党员   | 30   |      | 不限   |
    """
    ballots = casts("甲A 乙D", words=("职工", "党员"), unit="甲") + casts("甲C 乙B", unit="乙")
    found = polled(survey(groups, table="| 空主体 | 重分 |"), ballots)
    assert score(found, "甲", "CP") == 50 + 60 * F("0.2") + 30  # 本单位 100, 他单位 60, 党员 100
    assert score(found, "乙", "CP") == 80 * F("0.5") + 40 * F("0.2") + 40 * F("0.3")
    assert (rating(found).valid, rating(found).ballots) == (3, 2)


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("全部相同 | | ", "B"),  # the first ballot says A twice
        ("高于等于x的超过n个 | 100 | 1", "B"),  # two of 100 are more than one
        ("低于x的少于n个 | 90 | 1", "B"),  # the first has nothing below 90
        ("缺项超过n | | 0", "AB"),  # nobody left a cell blank
    ],
)
def test_void_rules_look_at_the_whole_ballot(rule: str, kept: str) -> None:
    name, bound, number = (cell.strip() for cell in rule.split("|"))
    items = f"""
        | 评价表 | 类   | 代码 | 名称 | 权重或系数 | 界限 | 个数 |
        | MZ | 选项 | A | 好 | 100 | | |
        | MZ | 选项 | B | 较好 | 80 | | |
        | MZ | 作废 | | {name} | | {bound} | {number} |
    """
    found = polled(survey(items=items), casts("甲A 乙A；甲B 乙A"))
    assert "".join(option for _, option, _ in rating(found).votes) == kept
    assert (rating(found).void, rating(found).returned) == (2 - len(kept), 2)


def test_a_ballot_with_more_blanks_than_allowed_is_void() -> None:
    items = """
        | 评价表 | 类   | 代码 | 名称 | 权重或系数 | 个数 |
        | MZ | 选项 | A | 好 | 100 | |
        | MZ | 选项 | B | 较好 | 80 | |
        | MZ | 作废 | | 缺项超过n | | 0 |
    """
    found = polled(survey(items=items), casts("甲A；甲B 乙B"))
    assert (score(found, "甲", "CP"), rating(found).void) == (80, 1)


def test_a_blank_ballot_is_an_abstention() -> None:
    found = polled(survey(), (*casts("甲A；甲B"), Cast("MZ", ("职工",))), units=ALONE)
    group = rating(found).groups[0]
    assert (score(found, "甲", "CP"), group.returned, group.valid, group.abstained) == (90, 3, 2, 1)


def test_a_voter_of_no_group_counts_for_nothing() -> None:
    found = polled(survey(), casts("甲A") + casts("甲D", words=("来宾",)), units=ALONE)
    assert (score(found, "甲", "CP"), rating(found).returned) == (100, 1)


@pytest.mark.parametrize(("word", "total"), [("重分", 100), ("计0", 40), ("报错", None)])
def test_an_empty_group_is_never_silently_0(word: str, total: int | None) -> None:
    found = polled(survey(TWO, table=f"| 空主体 | {word} |"), casts("甲A；甲A"), units=ALONE)
    assert of(found, "甲").total == total
    assert of(found, "甲").withheld_for == (() if total is not None else ("RUN-005",))


def test_最低回收率_of_the_ballots_that_could_be_cast() -> None:
    for least, codes in (("50", ()), ("51", ("RUN-006",))):
        rules = survey(table=f"| 最低回收率 | {least} |")
        found = polled(rules, casts("甲A；甲B"), units=ALONE, due=(Due("MZ", "ZG", 4),))
        assert of(found, "甲").withheld_for == codes


def test_a_share_of_votes_in_a_condition() -> None:
    rule = "| 规则号 | 对象 | 比较 | 值 | 效果 | 理由 |\n| R1 | 得票率:MZ:差 | ≥ | 25 | 否优 | 差票占{值}% |"
    grades = "| 用于 | 名称 | 最低分 |\n| 总评 | 优秀 | 80 |\n| 总评 | 一般 | |"
    found = polled(survey(规则=rule, 等次=grades), casts("甲A 乙A；甲A 乙A；甲A 乙A；甲D 乙A"))
    assert [(of(found, code).grade, of(found, code).reasons) for code in "甲乙"] == [
        ("一般", ("差票占25.00%",)), ("优秀", ()),
    ]  # fmt: skip


def test_a_share_of_one_dimension() -> None:
    rule = "| 规则号 | 对象 | 比较 | 值 | 效果 | 理由 |\n| R1 | 得票率:MZ:作风:差 | ≥ | 50 | 否优 | 作风差 |"
    grades = "| 用于 | 名称 | 最低分 |\n| 总评 | 优秀 | 0 |\n| 总评 | 一般 | |"
    rules = survey(items=OPTIONS + DIMENSIONS, 规则=rule, 等次=grades)
    found = polled(rules, casts("甲.ZZ.A 甲.ZF.D；甲.ZZ.A；甲.ZZ.A 甲.ZF.A"), units=ALONE)
    assert of(found, "甲").reasons == ("作风差",)  # one of two votes on 作风, one of five on all


# nominations

NOBODY = "| 评价表 | 类 | 名称 |"
EXCESS = "| 评价表 | 类 | 名称 |\n| MZ | 作废 | 推荐超额 |"
SOURCE = "| 代码 | 权重 | 来源 |\n| RC | 100 | 日常积分 |"


def nominated(text: str, items: str = NOBODY, **more: str) -> Outcome:
    rules = survey(
        "| 评价表 | 代码 | 名称 |\n| MZ | ZG | 职工 |", items, "| 每票最多推荐 | 1 |", "推荐", 构成=SOURCE, **more
    )
    ballots = tuple(
        Cast("MZ", ("职工",), choices=tuple((code, "评分", "推荐") for code in names.split()))
        for names in text.split("；")
    )
    return polled(rules, ballots)


def test_nominations_have_votes_and_no_score() -> None:
    found = nominated("甲；甲；乙；")
    assert [(rating(found, code).votes, rating(found, code).ballots, rating(found, code).score) for code in "甲乙"] == [
        ((("评分", "推荐", 2),), 3, None), ((("评分", "推荐", 1),), 3, None),
    ]  # fmt: skip
    assert [of(found, code).total for code in "甲乙"] == [100, 100]
    assert (figures(of(found, "甲"))["评价:MZ"].shown, rating(found).groups[0].abstained) == ("2 票", 1)


def test_a_ballot_that_nominates_too_many_is_void_where_the_scheme_says_so() -> None:
    assert [rating(nominated("甲 乙；甲", items)).ballots for items in (NOBODY, EXCESS)] == [2, 1]
    assert rating(nominated("甲 乙；甲", EXCESS)).votes == (("评分", "推荐", 1),)


def test_a_share_of_nominations_is_of_the_valid_ballots() -> None:
    rule = "| 规则号 | 对象 | 比较 | 值 | 效果 | 理由 |\n| R1 | 得票率:MZ:推荐 | ≥ | 66.67 | 提示 | 得票{值}% |"
    found = nominated("甲；甲；乙", 规则=rule)
    assert [[each.reason for each in of(found, code).consequences] for code in "甲乙"] == [["得票66.67%"], []]


# tallies


def tally(votes: str, valid: int, group: str = "ZG", **counts: int) -> Tally:
    """`甲A12 甲B5`: how many votes each option got."""
    found = tuple(
        Votes(cell[0], "评分", cell[1], int(cell[2:]), Source("计票.xlsx", "得票 MZ", f"D{n}"))
        for n, cell in enumerate(votes.split(), 6)
    )
    returned = counts.get("returned", valid)
    return Tally(
        "MZ", group, counts.get("due", returned), returned, returned, returned, valid, counts.get("abstained", 0), found
    )


def test_a_tally_counts_as_its_ballots() -> None:
    papers = tally("甲A12 甲B5 甲C2 甲D1", 20, returned=23, due=25, abstained=1)
    found = polled(survey(), tallies=(papers,), units=ALONE)
    group = rating(found).groups[0]
    assert (score(found, "甲", "CP"), group.due, group.returned, group.valid, group.void, group.abstained) == (
        88,
        25,
        23,
        20,
        2,
        1,
    )
    leaf = figures(of(found, "甲"))["票:MZ:ZG:评分:A"]
    assert (leaf.shown, str(leaf.source), leaf.typed) == ("12 票", "计票.xlsx 得票 MZ!D6", "12")


def test_tallies_and_online_ballots_add_up() -> None:
    found = polled(survey(), casts("甲A；甲A"), tallies=(tally("甲B2", 2),), units=ALONE)
    assert (score(found, "甲", "CP"), rating(found).valid, rating(found).ballots) == (90, 4, 4)


def test_a_tally_of_marks_has_a_mean_and_no_spread() -> None:
    papers = Tally("MZ", "ZG", 3, 3, 3, 3, 3, 0, (), (Sums("甲", "评分", 3, Fraction(271)),))
    found = polled(survey(items=NOBODY, way="分数"), tallies=(papers,), units=ALONE)
    assert (score(found, "甲", "CP"), rating(found).spread) == (F("271/3"), None)


# laws

BALLOTS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD "), st.sampled_from(["职工", "中层"])), max_size=9
)


def _cast(drawn: tuple[str, str, str]) -> Cast:
    own, other, word = drawn
    choices = ((code, "评分", option) for code, option in (("甲", own), ("乙", other)) if option != " ")
    return Cast("MZ", (word,), choices=tuple(choices))


@settings(max_examples=20, deadline=None)
@given(BALLOTS, st.randoms())
def test_shuffling_ballots_changes_nothing(drawn: list[tuple[str, str, str]], random: object) -> None:
    ballots = [_cast(each) for each in drawn]
    mixed = list(ballots)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    rules = survey(TWO, table="| 空主体 | 重分 |")
    assert polled(rules, tuple(ballots)) == polled(rules, tuple(mixed))


@settings(max_examples=20, deadline=None)
@given(BALLOTS)
def test_a_void_ballot_changes_only_the_void_count(drawn: list[tuple[str, str, str]]) -> None:
    items = """
        | 评价表 | 类   | 代码 | 名称 | 权重或系数 | 界限 | 个数 |
        | MZ | 选项 | A | 好 | 100 | | |
        | MZ | 选项 | B | 较好 | 80 | | |
        | MZ | 选项 | C | 一般 | 60 | | |
        | MZ | 选项 | D | 差 | 40 | | |
        | MZ | 作废 | | 低于x的少于n个 | | 30 | 0 |
        | MZ | 作废 | | 高于等于x的超过n个 | | 100 | 1 |
    """
    rules, ballots = survey(TWO, items, "| 空主体 | 计0 |"), tuple(_cast(each) for each in drawn)
    before, after = polled(rules, ballots), polled(rules, (*ballots, *casts("甲A 乙A")))
    for code in "甲乙":
        assert of(before, code).total == of(after, code).total
        one, other = rating(before, code), rating(after, code)
        assert (other.void, other.valid, other.votes) == (one.void + 1, one.valid, one.votes)


@settings(max_examples=25, deadline=None)
@given(BALLOTS)
def test_the_score_agrees_with_a_naive_one(drawn: list[tuple[str, str, str]]) -> None:
    worth = {"A": 100, "B": 80, "C": 60, "D": 40}
    found = polled(survey(TWO, table="| 空主体 | 重分 |"), tuple(_cast(each) for each in drawn))
    for place, code in enumerate("甲乙"):
        means = []
        for word, weight in (("中层", 60), ("职工", 40)):
            mine = [worth[each[place]] for each in drawn if each[2] == word and each[place] != " "]
            if mine:
                means.append((weight, Fraction(sum(mine), len(mine))))
        whole = sum(weight for weight, _ in means)
        expected = sum(weight * mean for weight, mean in means) / whole if whole else None
        assert rating(found, code).score == expected
