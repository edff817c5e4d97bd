"""Ranks within a field: from the best and from the end, equal values share a rank and the next is skipped (scheme model 4, step 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

Key = tuple[Fraction, ...]


class Place(NamedTuple):
    """A place in a field: from the best, from the end, and how many share it."""

    rank: int
    last: int
    sharing: int


def places(keys: Mapping[str, Key]) -> dict[str, Place]:
    """The place of each object by its key, the highest first: 1, 2, 2, 4; and from the end likewise.

    >>> places({"a": (Fraction(3),), "b": (Fraction(2),), "c": (Fraction(2),)})["c"]
    Place(rank=2, last=1, sharing=2)
    """
    counts = Counter(keys.values())
    above = 0
    found: dict[Key, Place] = {}
    for key in sorted(counts, reverse=True):
        sharing = counts[key]
        found[key] = Place(above + 1, len(keys) - above - sharing + 1, sharing)
        above += sharing
    return {code: found[key] for code, key in keys.items()}
