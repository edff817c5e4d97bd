"""评价: from counts to an object's score, votes, grade and spread on an instrument (scheme model 4, step 4).

Per group and dimension a mean of marks or options, then dimension weights, then group weights; marks are brought to 100 by ÷ 上限 × 100.
Single ballots are never put together across groups. A group without enough valid ballots is empty, which is never silently 0.
Nominations have votes and never a score.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

import msgspec

from kaohe.core.exact import HUNDRED, ZERO, add, is_hundred, plain, times
from kaohe.records.ballots import Counted, GroupCount
from kaohe.records.by_class import of_class
from kaohe.records.figures import Figure
from kaohe.records.rated import GroupRating, RatingResult
from kaohe.records.ratings import Instrument, Option, RaterGroup
from kaohe.records.rules import GradeBand
from kaohe.scoring.counting import counted
from kaohe.scoring.disclosure import shown
from kaohe.scoring.grades import bands_of, by_score
from kaohe.scoring.objects import Assessed
from kaohe.scoring.rounding import compared, stepped
from kaohe.scoring.setup import Setup
from kaohe.scoring.shown import marks
from kaohe.scoring.votes import Ruler, Trimmed, amount, ballot_words, mean_words, worths

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


class _Survey(NamedTuple):
    """An instrument with everything that does not depend on the object."""

    ruler: Ruler
    groups: tuple[RaterGroup, ...]
    options: tuple[Option, ...]

    @property
    def rule(self) -> Instrument:
        return self.ruler.instrument

    @property
    def full(self) -> Fraction:
        """The mean that is worth 100: coefficients stand on that scale already."""
        return self.rule.most if self.rule.way == "分数" else HUNDRED


def ratings_of(setup: Setup, objects: Sequence[Assessed], doubtful: Collection[str]) -> dict[str, dict[str, Rated]]:
    """The results on all instruments of the period: by object, then by instrument.

    An object of `doubtful` (faults withhold it, perhaps in the ballots themselves) keeps its counts and has no score.
    """
    found: dict[str, dict[str, Rated]] = {}
    scheme, clock = setup.scheme, setup.period.clock
    by_code = {each.code: each for each in objects}
    surveys = {
        each.code: _Survey(
            Ruler(each, scheme.dimensions_of(each.code), worths(scheme.options_of(each.code)), scheme.settings),
            scheme.groups_of(each.code),
            scheme.options_of(each.code),
        )
        for each in scheme.instruments_at(clock)
    }
    for count in counted(scheme, setup.roster, clock, objects, setup.shared):
        each, survey = by_code.get(count.object_code), surveys.get(count.instrument)
        if each is None or survey is None:
            continue
        bands = bands_of(scheme, clock, each.unit_class, f"评价:{count.instrument}")
        rated = _rate(survey, each, count, bands)
        if each.code in doubtful:
            result = msgspec.structs.replace(rated.result, score=None, grade="", why="存疑，暂不计分")
            rated = msgspec.structs.replace(rated, result=result)
        found.setdefault(each.code, {})[count.instrument] = rated
    return found


def _rate(survey: _Survey, each: Assessed, count: Counted, bands: Sequence[GradeBand]) -> Rated:
    rule, settings = survey.rule, survey.ruler.settings
    known = {group.code: group for group in survey.groups}
    groups: list[GroupRating] = []
    hows: dict[str, tuple[Trimmed, ...]] = {}
    acting: list[_Acting] = []
    for one in count.groups:
        group = known.get(one.group)
        weight = of_class(group.weight, each.unit_class) if group is not None else None
        if group is None or (weight is None and rule.way != "推荐"):
            continue
        rating, hows[one.group] = amount(survey.ruler, group.name, weight or ZERO, one)
        groups.append(rating)
        if rule.way != "推荐" and (rating.mean is not None or rule.empty == "计0"):
            acting.append(_Acting(rating, weight or ZERO, rating.mean or ZERO))
    fails, why = _fails(survey, groups, acting)
    whole = add([one.weight for one in acting])
    if not fails and not whole and rule.way != "推荐":
        fails, why = EMPTY_GROUP, "各评价主体都没有足够的有效票"
    score = None
    if not fails and rule.way != "推荐":
        score = stepped(
            settings,
            times(add([times(one.weight, one.mean) for one in acting]), HUNDRED, over=times(whole, survey.full)),
        )
    shares = {one.rating.group: _share(one.weight, whole) for one in acting} if whole else {}
    groups = [_acting_as(one, shares.get(one.group)) for one in groups]
    rows = shown(groups, shares, count.overlaps, settings.least_shown, rule.way != "推荐")
    enough = count.valid >= settings.least_shown
    result = RatingResult(
        instrument=rule.code,
        name=rule.name,
        score=score,
        grade="" if score is None else by_score(bands, compared(settings, score)),
        due=sum([one.due for one in groups]),
        returned=sum([one.returned for one in groups]),
        valid=sum([one.valid for one in groups]),
        void=sum([one.void for one in groups]),
        why=why,
        groups=rows.groups,
        spread=count.spread if enough else None,
        ballots=count.valid,
        votes=count.votes if enough and rows.votes else (),
    )
    how = why or _how(survey, rows.groups, result)
    how += f"；等次 {result.grade}" if result.grade else ""
    text = "无结果" if score is None else marks(score)
    sources = {one.group: one for one in count.groups}
    parts = [_figure(survey, known, row, hows, sources) for row in rows.groups]
    if rule.way == "推荐":
        text = _share_words(result)
    return Rated(result, Figure(f"评价:{rule.code}", rule.name, score, text, how, parts=tuple(parts)), fails)


def _share(weight: Fraction, whole: Fraction) -> Fraction:
    """The weight in per cent of those that act."""
    return weight if is_hundred(whole) else times(weight, HUNDRED, over=whole)


def _acting_as(rating: GroupRating, weight: Fraction | None) -> GroupRating:
    """The group with the weight that really acted."""
    return rating if rating.weight is weight else msgspec.structs.replace(rating, weight=weight)


def _fails(survey: _Survey, groups: Sequence[GroupRating], acting: Sequence[_Acting]) -> tuple[str, str]:
    """Code and words of the reason why the instrument gives no result: too few came back, or a group is empty and that is an error."""
    least = survey.rule.least_returned
    if least is not None:
        due, returned = sum(one.due for one in groups), sum(one.returned for one in groups)
        if returned * HUNDRED < least * due:
            return FEW_RETURNED, f"应评 {due} 票，交回 {returned} 票，回收率不足 {plain(least)}%"
    if survey.rule.way == "推荐":
        return "", ""
    if len(acting) < len(groups) and survey.rule.empty == "报错":
        empty = next(one for one in groups if one.mean is None)
        return EMPTY_GROUP, f"“{empty.name}”没有足够的有效票"
    return "", ""


def _how(survey: _Survey, rows: Sequence[GroupRating], result: RatingResult) -> str:
    """`班子成员 91.20 × 60% + 职工代表 88.00 × 40%`, brought to 100; of nominations the ballots."""
    if survey.rule.way == "推荐":
        return f"有效 {result.ballots} 票"
    terms = (
        f"{one.name} {marks(one.mean or ZERO)} × {plain(one.weight)}%"
        + ("（没有足够的有效票，计 0）" if one.mean is None else "")
        for one in rows
        if one.weight is not None and (one.mean is not None or survey.rule.empty == "计0")
    )
    words = " + ".join(terms)
    return words if is_hundred(survey.full) else f"({words}) ÷ 上限 {plain(survey.full)} × 100"


def _share_words(result: RatingResult) -> str:
    """`12 票` of nominations; without votes that may be shown, nothing is said."""
    if not result.votes:
        return "无" if result.ballots == 0 else "不单列"
    return f"{sum(number for _, _, number in result.votes)} 票"


def _figure(
    survey: _Survey,
    known: dict[str, RaterGroup],
    row: GroupRating,
    hows: dict[str, tuple[Trimmed, ...]],
    counts: dict[str, GroupCount],
) -> Figure:
    """A row's derivation: ballots, how the mean came about, and its votes with the cells where somebody typed them. Never a ballot."""
    count = counts.get(row.group)
    is_whole = count is not None and not row.members and (row.mean is not None or bool(row.votes))
    words = ballot_words(row)
    if row.members and len(row.members) > 1:
        words += "；票数少，合并列示，各主体按权重平均"
    elif row.members:
        words += "；票数少，不列明细"
    elif count is not None and count.valid and row.mean is None and count.valid >= survey.rule.least_valid:
        words += "" if survey.rule.way == "推荐" else "；票数少，不单列" if not row.means else "；没有足够的有效票"
    else:
        said = mean_words(survey.ruler, row, hows.get(row.group, ()))
        words += f"；{said}" if said else ""
    group = known.get(row.members[0] if row.members else row.group)
    source = (count.source if is_whole and count is not None else None) or (group.source if group else None)
    return Figure(
        f"评价:{survey.rule.code}:{row.group}",
        row.name,
        row.mean,
        "无" if row.mean is None else marks(row.mean),
        words,
        source=source,
        parts=tuple(_votes(survey, row, count)) if is_whole and count is not None else (),
    )


def _votes(survey: _Survey, row: GroupRating, count: GroupCount) -> list[Figure]:
    """One figure a dimension and option: how many votes; from a tally with its cell."""
    names = {each.code: each.name for each in survey.ruler.dimensions}
    options = {each.code: each.name for each in survey.options}
    cells = {(dimension, option): source for dimension, option, source in count.cells}
    several = len(names) > 1
    found = []
    for dimension, option, number in row.votes:
        label = options.get(option, option)
        label = f"{names.get(dimension, dimension)}　{label}" if several else label
        source = cells.get((dimension, option))
        key = f"票:{survey.rule.code}:{row.group}:{dimension}:{option}"
        typed = str(number) if source is not None else ""
        found.append(Figure(key, label, Fraction(number), f"{number} 票", source=source, typed=typed))
    return found
