"""Exact numbers: a cell's binary number becomes a fraction here and nowhere else; rounding is a rule, half away from zero."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

HUNDRED = Fraction(100)
ZERO = Fraction(0)


def exact(number: int | float | str | Decimal | Fraction) -> Fraction:
    """The number that a person sees: a float is the decimal of its 15 significant digits, text is read as a plain decimal or `p/q`.

    Raises ValueError for text that is no number and for NaN or infinity (a caller reads people's cells through
    `kaohe.forms.normalise`, which reports them as faults first). Source of the rule: scheme model 4, step 1.

    >>> exact(0.1) + exact(0.2) == exact("0.3")
    True
    """
    if isinstance(number, Fraction):
        return number
    if isinstance(number, bool):
        raise ValueError("a truth value is no number")
    if isinstance(number, int):
        return Fraction(number)
    if isinstance(number, float):
        if number != number or number in (float("inf"), float("-inf")):
            raise ValueError("not a finite number")
        return Fraction(f"{number:.15g}")
    if isinstance(number, str) and "/" in number:
        return Fraction(number)
    try:
        value = Decimal(number)
    except InvalidOperation:
        raise ValueError(f"not a number: {number!r}") from None
    if not value.is_finite():
        raise ValueError("not a finite number")
    return Fraction(value)


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Round to decimal places, halves away from zero (as ROUND does in every office program).

    >>> round_half_up(Fraction("79.995"), 2) == Fraction("80")
    True
    """
    scale = 10**places
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def fixed(value: Fraction, places: int) -> str:
    """Decimal text with exactly this many places, rounded half away from zero: `98.00`, `-0.50`."""
    rounded = round_half_up(value, places)
    scaled = abs(rounded.numerator * 10**places // rounded.denominator)
    sign = "-" if rounded < 0 else ""
    if not places:
        return f"{sign}{scaled}"
    whole, rest = divmod(scaled, 10**places)
    return f"{sign}{whole}.{rest:0{places}d}"


def is_decimal(value: Fraction) -> bool:
    """Whether the value has a finite decimal expansion."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def plain(value: Fraction, most: int = 6) -> str:
    """Shortest decimal text, at most `most` places (rounded when it does not end there): `4`, `0.3`, `3.333333`."""
    text = fixed(value, most)
    return text.rstrip("0").rstrip(".") if "." in text else text


def ratio(value: Fraction) -> str:
    """Exact text `p/q` (or `p`), the form of the columns `…_exact` and of the store."""
    return str(value)
