"""What one rater group's counts of an object amount to: a mean per dimension, the dimensions weighted (scheme model 4, step 4).

Marks: the extremes are dropped and the rest averaged. Options: Σ coefficient × votes ÷ valid votes of that dimension. Nominations have
votes and no mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from kaohe.core.exact import ZERO, add, common, plain
from kaohe.records.ballots import GroupCount
from kaohe.records.rated import GroupRating
from kaohe.records.ratings import Dimension, Instrument, Option
from kaohe.records.settings import Settings
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import equals, marks


class Ruler(NamedTuple):
    """An instrument as its counts are measured: `worth` gives the coefficient of an option, by dimension ("" = of every dimension)."""

    instrument: Instrument
    dimensions: tuple[Dimension, ...]
    worth: Mapping[tuple[str, str], Fraction]
    settings: Settings


class Trimmed(NamedTuple):
    """The mean of one dimension: of how many marks or votes, and how many were dropped at each end."""

    mean: Fraction
    kept: int
    high: int = 0
    low: int = 0


def worths(options: Iterable[Option]) -> dict[tuple[str, str], Fraction]:
    """Coefficients by (dimension, option); an option without a coefficient counts 0."""
    return {(each.dimension, each.code): each.coefficient or ZERO for each in options}


def amount(ruler: Ruler, name: str, weight: Fraction, count: GroupCount) -> tuple[GroupRating, tuple[Trimmed, ...]]:
    """A group's rating of an object. `mean` None where it has too few valid ballots, none on a dimension, or where nothing is scored."""
    rule = ruler.instrument
    found: list[Trimmed | None] = []
    if rule.way == "选项":
        found = [_by_options(ruler, dimension.code, count) for dimension in ruler.dimensions]
    elif rule.way == "分数":
        histograms = dict(count.marks)
        sums = {dimension: (number, total) for dimension, number, total in count.sums}
        ballots = count.returned if rule.drop_basis == "交回" else count.valid
        found = [
            _by_marks(ruler, histograms.get(each.code, ()), sums.get(each.code), ballots) for each in ruler.dimensions
        ]
    there = tuple(one for one in found if one is not None)
    mean = None
    if found and len(there) == len(found) and count.valid >= max(rule.least_valid, 1):
        mean = there[0].mean if len(there) == 1 else _combined(ruler, there)
    means = tuple(
        (dimension.code, one.mean, one.kept)
        for dimension, one in zip(ruler.dimensions, found, strict=False)
        if one is not None
    )
    rating = GroupRating(
        count.group, name, weight, count.due, count.returned, count.valid, means, mean, count.void, count.abstained,
        count.votes,
    )  # fmt: skip
    return rating, there


def _by_marks(
    ruler: Ruler, histogram: Sequence[tuple[Fraction, int]], sums: tuple[int, Fraction] | None, ballots: int
) -> Trimmed | None:
    """The mean of a dimension after dropping extremes: where more ballots came than 超过几人才去, and something is left. Marks of which only
    the sum is known cannot be dropped: the scheme check does not let such tallies be trimmed."""
    rule = ruler.instrument
    number = sum([times for _, times in histogram]) + (sums[0] if sums else 0)
    if not number:
        return None
    values, unit = common([mark for mark, _ in histogram])
    counts = [times for _, times in histogram]
    low = high = 0
    if sums is None and ballots > rule.drop_above and number > rule.drop_high + rule.drop_low:
        low, high = rule.drop_low, rule.drop_high
    total = sum([value * times for value, times in zip(values, counts, strict=True)])
    total -= _ends(values, counts, low) + _ends(values[::-1], counts[::-1], high)
    kept = number - low - high
    whole = Fraction(total, unit) + (sums[1] if sums else ZERO)
    return Trimmed(stepped(ruler.settings, whole / kept), kept, high, low)


def _ends(values: Sequence[int], counts: Sequence[int], drop: int) -> int:
    """The sum of the first `drop` marks of a histogram."""
    total = 0
    for value, times in zip(values, counts, strict=True):
        taken = min(times, drop)
        total += value * taken
        drop -= taken
        if not drop:
            break
    return total


def _by_options(ruler: Ruler, dimension: str, count: GroupCount) -> Trimmed | None:
    number, total = 0, ZERO
    for code, option, votes in count.votes:
        if code == dimension:
            number += votes
            total += votes * ruler.worth.get((code, option), ruler.worth.get(("", option), ZERO))
    return Trimmed(stepped(ruler.settings, total / number), number) if number else None


def _combined(ruler: Ruler, found: Sequence[Trimmed]) -> Fraction:
    """The dimensions weighted."""
    pairs = zip(ruler.dimensions, found, strict=True)
    return stepped(ruler.settings, add(dimension.weight * one.mean for dimension, one in pairs) / 100)


def ballot_words(rating: GroupRating) -> str:
    """`应评 20 票，交回 18 票，有效 17 票，作废 1 票`."""
    words = [f"应评 {rating.due} 票"] if rating.due else []
    words += [f"交回 {rating.returned} 票", f"有效 {rating.valid} 票"]
    words += [f"作废 {rating.void} 票"] if rating.void else []
    words += [f"弃权 {rating.abstained} 票"] if rating.abstained else []
    return "，".join(words)


def mean_words(ruler: Ruler, rating: GroupRating, found: Sequence[Trimmed]) -> str:
    """How a group's mean came about: `去掉 1 个最高分，4 个分数平均`."""
    if ruler.instrument.way == "推荐":
        return ""
    if rating.mean is None:
        return "没有足够的有效票"
    each = "按系数平均" if ruler.instrument.way == "选项" else "平均"
    unit = "票" if ruler.instrument.way == "选项" else "个分数"
    if len(found) == 1:
        return f"{_dropped(found[0])}{found[0].kept} {unit}{each}"
    terms = (
        f"{dimension.name} {marks(one.mean)} × {plain(dimension.weight)}%"
        for dimension, one in zip(ruler.dimensions, found, strict=True)
    )
    return f"每项{_dropped(found[0])}{each}，{' + '.join(terms)} {equals(rating.mean)}"


def _dropped(one: Trimmed) -> str:
    words = [f"{number} 个最{name}分" for number, name in ((one.high, "高"), (one.low, "低")) if number]
    return f"去掉 {'、'.join(words)}，" if words else ""
