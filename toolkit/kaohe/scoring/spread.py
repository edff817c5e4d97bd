"""How valid marks lie, for people to look at: quartiles and ballots far from the others. Nothing of it enters a score."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kaohe.records.rated import Spread


def spread_of(marks: Sequence[int], unit: int) -> tuple[Spread, frozenset[int]]:
    """The spread of marks, given as whole numbers over `unit`, at least one; and the indexes of those beyond 1.5 interquartile ranges.

    Quartiles lie between two marks in proportion, as QUARTILE.INC of office programs has them.
    """
    ordered = sorted(marks)
    lower, upper = _quartile(ordered, 1), _quartile(ordered, 3)  # fourfold
    low, high = (
        5 * lower - 3 * upper,
        5 * upper - 3 * lower,
    )  # eightfold: lower − 1.5 × (upper − lower), and above likewise
    far = frozenset(index for index, mark in enumerate(marks) if not low <= 8 * mark <= high)
    return (
        Spread(
            number=len(marks),
            least=Fraction(ordered[0], unit),
            lower=Fraction(lower, 4 * unit),
            median=Fraction(_quartile(ordered, 2), 4 * unit),
            upper=Fraction(upper, 4 * unit),
            greatest=Fraction(ordered[-1], unit),
            outliers=len(far),
        ),
        far,
    )


def _quartile(ordered: Sequence[int], which: int) -> int:
    """Four times the quartile."""
    place, rest = divmod(which * (len(ordered) - 1), 4)
    above = ordered[place + 1] if rest else 0
    return ordered[place] * (4 - rest) + above * rest
