"""Which groups may be shown by themselves: nobody's ballot may follow from what is published (reliability, privacy).

A group with fewer valid ballots than 最少列示票数 is merged with others, because its mean would follow from the score and the means of the
rest: so at least two groups are merged, with enough ballots together. The merged row holds their weighted mean, which leaves the score as
it is, and no votes; the votes over all groups are not shown either, for two sums over the same two groups would give both. Where one
ballot counts in several groups, groups whose differences would leave only a few ballots are merged as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from msgspec.structs import replace

from kaohe.core.exact import add
from kaohe.records.rated import GroupRating

#: stands for "all ballots" among the groups whose differences are looked at
ALL = ""
_MOST_GROUPS = 6  # of so many groups every difference is looked at; of more, those of two
Overlaps = tuple[tuple[tuple[str, ...], int], ...]


class Shown(NamedTuple):
    """The rows that may be published, and whether the votes over all groups may be."""

    groups: tuple[GroupRating, ...]
    votes: bool


def shown(
    groups: Sequence[GroupRating], weights: Mapping[str, Fraction], overlaps: Overlaps, least: int, has_mean: bool
) -> Shown:
    """The rows of an object's groups as they may be published. `weights` of the groups that enter the score; `has_mean` = the instrument
    is scored. The score follows from the rows as from the groups themselves."""
    few = {each.group for each in groups if 0 < each.valid < least}
    names = tuple(each.group for each in groups if each.valid and each.group not in few)
    together = any(len(pattern) > 1 or not {*pattern} & {*names} for pattern, _ in overlaps)
    votes = not few
    while together:
        found = _difference((*names, ALL) if votes else names, overlaps, least)
        if not found:
            break
        if ALL in found:
            votes = False
            continue
        few |= found
        votes, names = False, tuple(name for name in names if name not in found)
    if not few:
        return Shown(tuple(groups), votes)
    if not has_mean:
        return Shown(tuple(_bare(each) if each.group in few else each for each in groups), False)
    return Shown(_merged(groups, weights, few, least), False)


def _merged(
    groups: Sequence[GroupRating], weights: Mapping[str, Fraction], few: set[str], least: int
) -> tuple[GroupRating, ...]:
    """The groups of `few` that enter the score become one row, with as many others as it takes; those that do not lose what they say."""
    acting = [each for each in groups if each.group in weights and each.mean is not None]
    mine = [each for each in acting if each.group in few]
    rest = sorted((each for each in acting if each.group not in few), key=lambda each: each.valid)
    while mine and rest and (len(mine) < 2 or sum(each.valid for each in mine) < least):
        mine.append(rest.pop(0))
    inside = {each.group for each in mine}
    mine = [each for each in groups if each.group in inside]
    one = _one([each for each in mine], weights, sum(each.valid for each in mine) >= least) if mine else None
    found: list[GroupRating] = []
    for each in groups:
        if each.group in inside:
            if one is not None:
                found.append(one)
                one = None
        else:
            found.append(_bare(each) if each.group in few else each)
    return tuple(found)


def _one(mine: Sequence[GroupRating], weights: Mapping[str, Fraction], enough: bool) -> GroupRating:
    """Several groups as one: weighted mean, no votes; the dimensions only where there are enough ballots."""
    whole = add([weights[each.group] for each in mine])

    def mean(values: Sequence[Fraction]) -> Fraction:
        if not whole:
            return add(values) / len(values)
        return add(weights[each.group] * value for each, value in zip(mine, values, strict=True)) / whole

    codes = [code for code, _, _ in mine[0].means] if enough else []
    by_code = [{code: (value, kept) for code, value, kept in each.means} for each in mine]
    means = tuple(
        (code, mean([means[code][0] for means in by_code]), sum(means[code][1] for means in by_code)) for code in codes
    )
    return GroupRating(
        "+".join(each.group for each in mine),
        "、".join(each.name for each in mine) + ("（合并）" if len(mine) > 1 else ""),
        whole,
        sum(each.due for each in mine),
        sum(each.returned for each in mine),
        sum(each.valid for each in mine),
        means,
        mean([each.mean for each in mine if each.mean is not None]),
        sum(each.void for each in mine),
        sum(each.abstained for each in mine),
        (),
        tuple(each.group for each in mine),
    )


def _bare(each: GroupRating) -> GroupRating:
    """A group without anything that its few ballots say."""
    return replace(each, means=(), mean=None, votes=())


@lru_cache(4096)
def _difference(names: tuple[str, ...], overlaps: Overlaps, least: int) -> frozenset[str]:
    """Groups whose counts, added to and taken from each other, leave only ballots of fewer than `least` voters; empty where there are
    none."""
    if len(names) <= _MOST_GROUPS + 1:
        signs = product((-1, 0, 1), repeat=len(names))
    else:
        signs = (
            tuple(1 if n == one else -1 if n == other else 0 for n in range(len(names)))
            for one in range(len(names))
            for other in range(len(names))
            if one != other
        )  # type: ignore[assignment]
    for way in signs:
        if sum(map(abs, way)) < 2:
            continue
        left = 0
        for pattern, number in overlaps:
            here = sum(sign for name, sign in zip(names, way, strict=True) if sign and (name == ALL or name in pattern))
            if here < 0:
                left = 0
                break
            left += number if here else 0
        if 0 < left < least:
            return frozenset(name for name, sign in zip(names, way, strict=True) if sign)
    return frozenset()
