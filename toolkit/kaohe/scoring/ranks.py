"""Ranks within a field: from the best and from the end, equal values share a rank and the next is skipped (scheme model 4, step 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from kaohe.core.exact import common

Key = tuple[Fraction, ...]


class Place(NamedTuple):
    """A place in a field: from the best, from the end, and how many share it."""

    rank: int
    last: int
    sharing: int


def places(keys: Mapping[str, Key]) -> dict[str, Place]:
    """The place of each object by its key, the highest first: 1, 2, 2, 4; and from the end likewise. Keys have equally many figures, which
    are compared as whole numbers.

    >>> places({"a": (Fraction(3),), "b": (Fraction(2),), "c": (Fraction(2),)})["c"]
    Place(rank=2, last=1, sharing=2)
    """
    whole = dict(
        zip(keys, zip(*(common(column)[0] for column in zip(*keys.values(), strict=True)), strict=True), strict=True)
    )
    counts = Counter(whole.values())
    above = 0
    found: dict[tuple[int, ...], Place] = {}
    for key in sorted(counts, reverse=True):
        sharing = counts[key]
        found[key] = Place(above + 1, len(keys) - above - sharing + 1, sharing)
        above += sharing
    return {code: found[key] for code, key in whole.items()}
