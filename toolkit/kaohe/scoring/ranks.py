"""Ranks within a field: from the best and from the end, equal values share a rank and the next is skipped (scheme model 4, step 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

Key = tuple[Fraction, ...]


def ranks(values: Mapping[str, Key]) -> dict[str, int]:
    """Rank of each object by its key, the highest first: 1, 2, 2, 4.

    >>> ranks({"a": (Fraction(3),), "b": (Fraction(2),), "c": (Fraction(2),)})
    {'a': 1, 'b': 2, 'c': 2}
    """
    ordered = sorted(values.values(), reverse=True)
    first: dict[Key, int] = {}
    for number, key in enumerate(ordered, 1):
        first.setdefault(key, number)
    return {code: first[key] for code, key in values.items()}


def ranks_from_end(values: Mapping[str, Key]) -> dict[str, int]:
    """Rank of each object counted from the last: the lowest is 1."""
    return ranks({code: tuple(-part for part in key) for code, key in values.items()})


def shared(found: Mapping[str, int]) -> frozenset[str]:
    """Objects whose rank is shared."""
    numbers: Sequence[int] = list(found.values())
    return frozenset(code for code, number in found.items() if numbers.count(number) > 1)
