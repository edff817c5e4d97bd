"""What one rater group gave one object: valid marks, trimmed per dimension, and their mean (scheme model 4, step 4).

All marks of an object on an instrument are whole numbers over one common unit, so that they sort and add fast and stay exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from kaohe.core.exact import add, common, plain
from kaohe.records.results import Figure, GroupRating, Spread
from kaohe.records.returns import Ballot
from kaohe.records.scheme import Settings
from kaohe.scoring.objects import Assessed
from kaohe.scoring.polls import Key, Poll
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import equals, marks
from kaohe.scoring.spread import spread_of

FAR = "与其他票相差较大，仍计入"


class Vote(NamedTuple):
    """A row of a ballot: marks by dimension as typed, and in the object's common unit, None = blank; `void` says why it counts for
    nothing; `far` from the others."""

    ballot: Ballot
    void: str
    typed: Sequence[Fraction | None]
    marks: Sequence[int | None]
    far: bool = False


class Votes(NamedTuple):
    """All rows about one object on one instrument, in the order of raters."""

    rows: tuple[Vote, ...]
    unit: int
    spread: Spread | None


class Trimmed(NamedTuple):
    """The mean of one dimension: of how many marks, and which votes were dropped, 高 or 低."""

    mean: Fraction
    kept: int
    dropped: Mapping[int, str]


def votes_of(poll: Poll, each: Assessed) -> Votes:
    """The rows about an object, with their spread over all groups: of complete valid ballots, dimensions weighted."""
    ballots = poll.rows.get(each.code, ())
    typed = [_by_dimension(poll, ballot) for ballot in ballots]
    numbers, unit = common([mark for row in typed for mark in row if mark is not None])
    left = iter(numbers)
    rows = [
        Vote(
            ballot,
            poll.voids.get(Key(ballot.rater, ballot.group, each.group), "") if poll.voids else "",
            mine,
            [None if mark is None else next(left) for mark in mine],
        )
        for ballot, mine in zip(ballots, typed, strict=True)
    ]
    weights, parts = poll.weights
    sums = {
        index: sum([weight * mark for weight, mark in zip(weights, row.marks, strict=True) if mark is not None])
        for index, row in enumerate(rows)
        if not row.void and None not in row.marks
    }
    if not sums:
        return Votes(tuple(rows), unit, None)
    spread, far = spread_of(list(sums.values()), unit * parts * 100)
    if far:
        for place, index in enumerate(sums):
            if place in far:
                rows[index] = rows[index]._replace(far=True)
    return Votes(tuple(rows), unit, spread)


def _by_dimension(poll: Poll, ballot: Ballot) -> list[Fraction | None]:
    """The marks in the order of the dimensions, None = blank."""
    found: list[Fraction | None] = [None] * len(poll.places)
    for code, number in ballot.marks:
        if code in poll.places:
            found[poll.places[code]] = number.value
    return found


def group_of(
    poll: Poll, place: int, weight: Fraction, each: Assessed, votes: Votes, settings: Settings
) -> tuple[GroupRating, int, Figure]:
    """What a group of this weight gave an object, and how many void ballots; `mean` None where it has too few valid ballots, or none on a
    dimension."""
    members, home = poll.groups[place], poll.home_of(each)
    mine = []
    for row, vote in enumerate(votes.rows):
        lives = members.homes.get(vote.ballot.rater)
        if lives is None or vote.ballot.group not in ("", members.group.code):
            continue
        if members.are_due(lives, lives == home):
            mine.append((row, vote))
    valid = [(row, vote) for row, vote in mine if not vote.void] if poll.voids else mine
    due, returned, void = poll.counts(place, each.group, home)
    ballots = returned if poll.instrument.drop_basis == "交回" else len(valid)
    trimmed = [_trimmed(poll, index, valid, ballots, votes.unit, settings) for index in range(len(poll.dimensions))]
    found = [one for one in trimmed if one is not None]
    mean = None
    if len(found) == len(trimmed) and len(valid) >= poll.instrument.least_valid:
        mean = found[0].mean if len(found) == 1 else _combined(poll, found, settings)
    rating = GroupRating(
        members.group.code,
        members.group.name,
        weight,
        due,
        returned,
        len(valid),
        tuple((dimension.code, one.mean, one.kept) for dimension, one in zip(poll.dimensions, trimmed, strict=True) if one),
        mean,
    )  # fmt: skip
    how = f"应评 {due} 票，交回 {returned} 票，有效 {len(valid)} 票" + (f"，作废 {void} 票" if void else "")
    how += "；没有足够的有效票" if mean is None else f"；{_words(poll, found, mean)}"
    single = found[0] if len(trimmed) == 1 and found else None
    figure = Figure(
        f"评价:{poll.instrument.code}:{members.group.code}",
        members.group.name,
        mean,
        "无" if mean is None else marks(mean),
        how,
        source=members.group.source,
        parts=tuple([_leaf(poll, number, row, vote, single) for number, (row, vote) in enumerate(mine, 1)]),
    )
    return rating, void, figure


def _trimmed(
    poll: Poll, dimension: int, valid: Sequence[tuple[int, Vote]], ballots: int, unit: int, settings: Settings
) -> Trimmed | None:
    """The mean of a dimension after dropping extremes: where more ballots came than 超过几人才去, and something is left."""
    rule = poll.instrument
    ordered = sorted((mark, row) for row, vote in valid if (mark := vote.marks[dimension]) is not None)
    if not ordered:
        return None
    low = high = 0
    if ballots > rule.drop_above and len(ordered) > rule.drop_high + rule.drop_low:
        low, high = rule.drop_low, rule.drop_high
    kept = ordered[low : len(ordered) - high]
    mean = stepped(settings, Fraction(sum([mark for mark, _ in kept]), unit * len(kept)))
    dropped = dict.fromkeys([row for _, row in ordered[:low]], "低")
    dropped |= dict.fromkeys([row for _, row in ordered[len(ordered) - high :]], "高") if high else {}
    return Trimmed(mean, len(kept), dropped)


def _combined(poll: Poll, found: Sequence[Trimmed], settings: Settings) -> Fraction:
    """The dimensions weighted."""
    pairs = zip(poll.dimensions, found, strict=True)
    return stepped(settings, add(dimension.weight * one.mean for dimension, one in pairs) / 100)


def _words(poll: Poll, found: Sequence[Trimmed], mean: Fraction) -> str:
    if len(found) == 1:
        return _dropped(found[0]) + f"{found[0].kept} 个分数平均"
    terms = (
        f"{dimension.name} {marks(one.mean)} × {plain(dimension.weight)}%"
        for dimension, one in zip(poll.dimensions, found, strict=True)
    )
    return f"每项{_dropped(found[0])}平均，{' + '.join(terms)} {equals(mean)}"


def _dropped(one: Trimmed) -> str:
    counts = [(sum(way == name for way in one.dropped.values()), name) for name in "高低"] if one.dropped else []
    words = [f"{number} 个最{name}分" for number, name in counts if number]
    return f"去掉 {'、'.join(words)}，" if words else ""


@lru_cache(4096)
def _names(prefix: str, number: int) -> tuple[str, str]:
    """Key and label of a ballot: the same for every object, and therefore the same text."""
    return f"{prefix}{number}", f"第{number}票"


def _leaf(poll: Poll, number: int, row: int, vote: Vote, single: Trimmed | None) -> Figure:
    """One ballot with its cell. The rater stays unnamed."""
    source, (key, label) = vote.ballot.source, _names(poll.leaf_key, number)
    only = vote.typed[0] if single is not None and not vote.void else None
    if only is None:
        text = "、".join("空" if mark is None else plain(mark) for mark in vote.typed)
        how = f"作废：{vote.void}" if vote.void else FAR if vote.far else ""
        return Figure(key, label, how=how, source=source, typed=text)
    text, how = plain(only), ""
    if single is not None and row in single.dropped:
        how = f"最{single.dropped[row]}分，去掉"
    if vote.far:
        how += f"，{FAR}" if how else FAR
    return Figure(key, label, only, text, how, source=source, typed=text)
