"""How an object stands on the dimensions of a ballot, against the mean of its field: the figures of feedback to persons and of profiles.

Only what may be published is read: where a row of the rater groups does not show a dimension (too few ballots), the object has no figure
on it, and it enters no mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from kaohe.core.exact import HUNDRED, ZERO, add, fixed
from kaohe.documents.notice_why import FEWEST_PEERS
from kaohe.records.edition import Edition
from kaohe.records.rated import RatingResult
from kaohe.records.ratings import Instrument
from kaohe.records.results import ObjectResult

NOMINATION, OPTIONS = "推荐", "选项"


class Standing(NamedTuple):
    """An object's figure on a dimension, 0–100, and the mean of its field (None where fewer than FEWEST_PEERS have one)."""

    instrument: str
    code: str
    name: str
    own: Fraction
    mean: Fraction | None

    @property
    def gap(self) -> Fraction:
        """How far the object lies above the mean; 0 without one."""
        return ZERO if self.mean is None else self.own - self.mean


def standings(edition: Edition, result: ObjectResult) -> tuple[Standing, ...]:
    """The object's dimensions, in the order of the scheme; of each instrument that gave it a score. Means need a complete field."""
    found: list[Standing] = []
    for instrument, rating in scored(edition, result):
        own = by_dimension(instrument, rating)
        peers = _peers(edition, result, instrument)
        for dimension in edition.scheme.dimensions_of(instrument.code):
            if dimension.code in own and len(edition.scheme.dimensions_of(instrument.code)) > 1:
                marks = [each[dimension.code] for each in peers if dimension.code in each]
                mean = add(marks) / len(marks) if len(marks) >= FEWEST_PEERS else None
                found.append(Standing(instrument.code, dimension.code, dimension.name, own[dimension.code], mean))
    return tuple(found)


def scored(edition: Edition, result: ObjectResult) -> tuple[tuple[Instrument, RatingResult], ...]:
    """The instruments that gave an object a score, with what they gave."""
    pairs = ((edition.scheme.instrument(each.instrument), each) for each in result.ratings)
    return tuple(
        (one, each) for one, each in pairs if one is not None and one.way != NOMINATION and each.score is not None
    )


def by_dimension(instrument: Instrument, rating: RatingResult) -> dict[str, Fraction]:
    """Dimension → the groups' figures weighted, brought to 100; without the dimensions that some acting row does not show."""
    acting = [each for each in rating.groups if each.weight and (each.mean is not None or instrument.empty == "计0")]
    whole = add([each.weight or ZERO for each in acting])
    if not whole:
        return {}
    shown = [{code: mean for code, mean, _ in each.means} for each in acting]
    full = HUNDRED if instrument.way == OPTIONS else instrument.most
    codes = dict.fromkeys(code for each in shown for code in each)
    found = {}
    for code in codes:
        if all(code in mine or each.mean is None for each, mine in zip(acting, shown, strict=True)):
            total = add(
                [(each.weight or ZERO) * mine.get(code, ZERO) for each, mine in zip(acting, shown, strict=True)]
            )
            found[code] = total * HUNDRED / (whole * full)
    return found


def _peers(edition: Edition, result: ObjectResult, instrument: Instrument) -> list[dict[str, Fraction]]:
    field = edition.outcome.field_of(result.field)
    if field is None or not field.complete:
        return []
    members = (each for each in edition.outcome.objects if each.field == result.field)
    ratings = (each.rating(instrument.code) for each in members)
    return [by_dimension(instrument, each) for each in ratings if each is not None and each.score is not None]


def option_shares(edition: Edition, rating: RatingResult) -> tuple[tuple[str, Fraction], ...]:
    """Option → its share of all votes, 0 to 1, over all dimensions; () where the votes may not be shown, or marks were given."""
    counts: dict[str, int] = {}
    for _, option, count in rating.votes:
        counts[option] = counts.get(option, 0) + count
    whole = sum(counts.values())
    names = dict.fromkeys((each.code, each.name) for each in edition.scheme.options_of(rating.instrument))
    return tuple((name, Fraction(counts.get(code, 0), whole)) for code, name in names) if whole else ()


def share_words(shares: Sequence[tuple[str, Fraction]]) -> str:
    """`好80.0%、较好15.0%、一般5.0%、差0.0%`."""
    return "、".join(f"{name}{fixed(share * HUNDRED, 1)}%" for name, share in shares)


def best_and_worst(rows: Sequence[Standing], most: int = 2) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """The dimensions furthest above the mean, and furthest below it, at most so many of each, the widest gap first."""
    up = sorted((each for each in rows if each.gap > 0), key=lambda each: -each.gap)[:most]
    down = sorted((each for each in rows if each.gap < 0), key=lambda each: each.gap)[:most]
    return tuple(up), tuple(down)
