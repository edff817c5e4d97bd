"""评价 by marks: from ballots to an object's score, grade and spread on an instrument (scheme model 4, step 4).

Per group and dimension the extremes are dropped and the rest averaged; then dimension weights, then group weights, then ÷ 上限 × 100.
Single marks are never put together across groups. A group without enough valid ballots is empty, which is never silently 0.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

import msgspec

from kaohe.core.exact import HUNDRED, ZERO, add, is_hundred, plain, times
from kaohe.records.results import Figure, GroupRating, RatingResult
from kaohe.records.scheme import GradeBand, Settings, of_class
from kaohe.scoring.grades import bands_of, by_score
from kaohe.scoring.objects import Assessed
from kaohe.scoring.polls import Poll, poll_of
from kaohe.scoring.rounding import compared, stepped
from kaohe.scoring.setup import Setup
from kaohe.scoring.shown import marks
from kaohe.scoring.votes import group_of, votes_of

#: codes of the faults that leave an instrument without a score (kaohe.core.sentences.run)
EMPTY_GROUP, FEW_RETURNED = "RUN-005", "RUN-006"


class Rated(msgspec.Struct, frozen=True, gc=False):
    """An object's result on one instrument with its derivation. `fails`: code of the reason why there is no score, "" where there is."""

    result: RatingResult
    figure: Figure
    fails: str = ""


class _Acting(NamedTuple):
    """A group whose weight acts: an empty one with 0 where the instrument says 计0."""

    rating: GroupRating
    weight: Fraction
    mean: Fraction


def ratings_of(setup: Setup, objects: Sequence[Assessed], doubtful: Collection[str]) -> dict[str, dict[str, Rated]]:
    """The results on all instruments of the period that are marked with numbers: by object, then by instrument.

    An object of `doubtful` (faults withhold it, perhaps in the ballots themselves) keeps its counts and has no score.
    """
    found: dict[str, dict[str, Rated]] = {}
    clock, settings = setup.period.clock, setup.scheme.settings
    for instrument in setup.scheme.instruments_at(clock):
        if instrument.way != "分数":
            continue
        poll = poll_of(setup, instrument, objects)
        bands = {
            code: bands_of(setup.scheme, clock, code, f"评价:{instrument.code}")
            for code in dict.fromkeys(each.unit_class for each in poll.objects)
        }
        for each in poll.objects:
            rated = _rate(poll, each, bands[each.unit_class], settings)
            if each.code in doubtful:
                result = msgspec.structs.replace(rated.result, score=None, grade="", why="存疑，暂不计分")
                rated = msgspec.structs.replace(rated, result=result)
            found.setdefault(each.code, {})[instrument.code] = rated
    return found


def _rate(poll: Poll, each: Assessed, bands: Sequence[GradeBand], settings: Settings) -> Rated:
    rule, votes = poll.instrument, votes_of(poll, each)
    groups: list[GroupRating] = []
    figures: list[Figure] = []
    acting: list[_Acting] = []
    void = 0
    for place, members in enumerate(poll.groups):
        weight = of_class(members.group.weight, each.unit_class)
        if weight is None:
            continue
        rating, void_here, figure = group_of(poll, place, weight, each, votes, settings)
        groups.append(rating)
        figures.append(figure)
        void += void_here
        if rating.mean is not None or rule.empty == "计0":
            acting.append(_Acting(rating, weight, rating.mean or ZERO))
    fails, why = _fails(poll, groups, acting)
    whole = add([one.weight for one in acting])
    if not fails and not whole:
        fails, why = EMPTY_GROUP, "各评价主体都没有足够的有效票"
    score = None
    if not fails:
        marked = add([times(one.weight, one.mean) for one in acting])
        score = stepped(settings, times(marked, HUNDRED, over=times(whole, rule.most)))
    shares = {one.rating.group: _share(one.weight, whole) for one in acting} if whole else {}
    result = RatingResult(
        instrument=rule.code,
        name=rule.name,
        score=score,
        grade="" if score is None else by_score(bands, compared(settings, score)),
        due=sum([one.due for one in groups]),
        returned=sum([one.returned for one in groups]),
        valid=sum([one.valid for one in groups]),
        void=void,
        why=why,
        groups=tuple([_acting_as(one, shares.get(one.group)) for one in groups]),
        spread=votes.spread,
    )
    how = why or _how(poll, acting, shares)
    how += f"；等次 {result.grade}" if result.grade else ""
    shown = "无结果" if score is None else marks(score)
    return Rated(result, Figure(f"评价:{rule.code}", rule.name, score, shown, how, parts=tuple(figures)), fails)


def _share(weight: Fraction, whole: Fraction) -> Fraction:
    """The weight in per cent of those that act."""
    return weight if is_hundred(whole) else times(weight, HUNDRED, over=whole)


def _acting_as(rating: GroupRating, weight: Fraction | None) -> GroupRating:
    """The group with the weight that really acted."""
    return rating if rating.weight is weight else msgspec.structs.replace(rating, weight=weight)


def _fails(poll: Poll, groups: Sequence[GroupRating], acting: Sequence[_Acting]) -> tuple[str, str]:
    """Code and words of the reason why the instrument gives no score: too few came back, or a group is empty and that is an error."""
    least = poll.instrument.least_returned
    if least is not None:
        due, returned = sum(one.due for one in groups), sum(one.returned for one in groups)
        if returned * HUNDRED < least * due:
            return FEW_RETURNED, f"应评 {due} 票，交回 {returned} 票，回收率不足 {plain(least)}%"
    if len(acting) < len(groups) and poll.instrument.empty == "报错":
        empty = next(one for one in groups if one.mean is None)
        return EMPTY_GROUP, f"“{empty.name}”没有足够的有效票"
    return "", ""


def _how(poll: Poll, acting: Sequence[_Acting], shares: dict[str, Fraction]) -> str:
    """`班子成员 91.20 × 60% + 职工代表 88.00 × 40%`, brought to 100."""
    terms = (
        f"{one.rating.name} {marks(one.mean)} × {plain(shares[one.rating.group])}%"
        + ("（没有足够的有效票，计 0）" if one.rating.mean is None else "")
        for one in acting
    )
    words = " + ".join(terms)
    most = poll.instrument.most
    return words if is_hundred(most) else f"({words}) ÷ 上限 {plain(most)} × 100"
