"""Nobody's ballot follows from what is published: small groups are merged, and with them what their votes could be computed from."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.records.rated import GroupRating
from kaohe.scoring.disclosure import Shown, shown
from makers.scoring import F


def group(code: str, valid: int, mean: str | None, *, votes: bool = True) -> GroupRating:
    value = None if mean is None else F(mean)
    means = (("D", value, valid),) if value is not None else ()
    return GroupRating(
        code,
        f"主体{code}",
        None,
        valid,
        valid,
        valid,
        means,
        value,
        votes=(("D", "A", valid),) if votes and valid else (),
    )


def published(*groups: GroupRating, least: int = 3, overlaps: tuple[tuple[tuple[str, ...], int], ...] = ()) -> Shown:
    weights = {each.group: Fraction(100, len(groups)) for each in groups if each.mean is not None}
    apart = overlaps or tuple(((each.group,), each.valid) for each in groups if each.valid)
    return shown(groups, weights, apart, least, True)


def names(found: Shown) -> list[str]:
    return [each.group for each in found.groups]


def test_groups_with_enough_ballots_stand_by_themselves() -> None:
    found = published(group("A", 3, "90"), group("B", 30, "80"))
    assert names(found) == ["A", "B"] and found.votes and found.groups[0].votes


def test_a_small_group_is_merged_with_the_smallest_other_so_that_it_does_not_follow_from_the_score() -> None:
    found = published(group("A", 2, "90"), group("B", 30, "80"), group("C", 20, "70"))
    assert names(found) == ["A+C", "B"]
    merged = found.groups[0]
    assert (merged.mean, merged.valid, merged.votes, merged.members) == (80, 22, (), ("A", "C"))
    assert not found.votes, (
        "all votes less those of B would be those of A and C, whose weighted mean is known: two sums, two unknowns"
    )


def test_two_small_groups_have_enough_together() -> None:
    assert names(published(group("A", 2, "90"), group("B", 1, "80"), group("C", 20, "70"))) == ["A+B", "C"]


def test_a_group_alone_shows_its_mean_which_is_the_score_and_nothing_else() -> None:
    (found,) = published(group("A", 2, "90")).groups
    assert (found.mean, found.means, found.votes) == (90, (), ())


def test_a_small_group_that_does_not_count_says_nothing() -> None:
    few = GroupRating("A", "主体A", None, 5, 2, 2, (("D", F("90"), 2),), None, votes=(("D", "A", 2),))
    found = published(few, group("B", 30, "80"))
    assert (found.groups[0].means, found.groups[0].votes, found.votes) == ((), (), False)


def test_groups_that_share_voters_are_merged_where_their_difference_is_a_few() -> None:
    """29 of 30 staff are Party members: the votes of all staff less theirs are one voter's."""
    overlaps = ((("DY", "ZG"), 29), (("ZG",), 1))
    assert names(published(group("ZG", 30, "80"), group("DY", 29, "82"), overlaps=overlaps)) == ["ZG+DY"]
    wide = ((("DY", "ZG"), 20), (("ZG",), 10))
    assert names(published(group("ZG", 30, "80"), group("DY", 20, "82"), overlaps=wide)) == ["ZG", "DY"]


def test_the_votes_of_all_are_withheld_where_they_leave_a_few() -> None:
    """Two voters belong to no group that is shown: all votes less the groups' are theirs."""
    overlaps = ((("A",), 10), (("B",), 12), (("X",), 2))
    found = published(group("A", 10, "80"), group("B", 12, "82"), overlaps=overlaps)
    assert names(found) == ["A", "B"] and not found.votes


GROUPS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 100)), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(GROUPS)
def test_the_score_follows_from_the_rows_and_no_row_is_of_a_few(drawn: list[tuple[int, int]]) -> None:
    groups = tuple(group(f"G{n}", valid, str(mean) if valid else None) for n, (valid, mean) in enumerate(drawn))
    weights = {each.group: Fraction(n + 1) for n, each in enumerate(groups) if each.mean is not None}
    apart = tuple(((each.group,), each.valid) for each in groups if each.valid)
    found = shown(groups, weights, apart, 3, True)
    whole = sum((weights[each.group] * each.mean for each in groups if each.mean is not None), Fraction(0))
    rows = [
        (sum((weights[code] for code in each.members or (each.group,)), Fraction(0)), each)
        for each in found.groups
        if each.mean is not None
    ]
    assert sum((weight * each.mean for weight, each in rows if each.mean is not None), Fraction(0)) == whole
    telling = [each for each in found.groups if each.means or each.votes]
    assert all(each.valid >= 3 for each in telling)
    # With the score known, a row left out of all others must not stand for one small group alone.
    for _, each in rows:
        alone = each.members or (each.group,)
        small = [code for code in alone if next(g.valid for g in groups if g.group == code) < 3]
        assert not small or len(alone) > 1 or len(rows) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([("A",), ("B",), ("A", "B"), ("A", "B", "C"), ("C",), ("B", "C")]), st.integers(1, 5)
        ),
        max_size=6,
    )
)
def test_no_sum_or_difference_of_published_votes_is_of_a_few(drawn: list[tuple[tuple[str, ...], int]]) -> None:
    """A naive search over everything that is published: all sums and differences of groups, and of all votes."""
    patterns: dict[tuple[str, ...], int] = {}
    for pattern, number in drawn:
        patterns[pattern] = patterns.get(pattern, 0) + number
    sizes = {code: sum(number for pattern, number in patterns.items() if code in pattern) for code in "ABC"}
    groups = tuple(group(code, size, "80" if size else None) for code, size in sizes.items())
    found = shown(
        groups,
        {code: Fraction(100, 3) for code, size in sizes.items() if size},
        tuple(sorted(patterns.items())),
        3,
        True,
    )
    told = [each.group for each in found.groups if each.votes] + (["all"] if found.votes else [])
    for signs in product((-1, 0, 1), repeat=len(told)):
        if sum(map(abs, signs)) < 1:
            continue
        net = [
            sum(sign for name, sign in zip(told, signs, strict=True) if name == "all" or name in pattern)
            for pattern in patterns
        ]
        if all(sign >= 0 for sign in net):
            left = sum(number for number, sign in zip(patterns.values(), net, strict=True) if sign)
            assert left == 0 or left >= 3
