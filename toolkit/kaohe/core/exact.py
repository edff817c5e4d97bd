"""Exact numbers: a cell's binary number becomes a fraction here and nowhere else; rounding is a rule, half away from zero."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import gcd

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


def times(*factors: Fraction, over: Fraction = Fraction(1)) -> Fraction:
    """Their product divided by `over`, reduced once at the end instead of once a step. Raises ZeroDivisionError.

    >>> times(Fraction(4), Fraction(30), over=Fraction(32)) == Fraction(15, 4)
    True
    """
    below, above = over.as_integer_ratio()
    for factor in factors:
        number, unit = factor.as_integer_ratio()
        above *= number
        below *= unit
    return Fraction(above, below)


def exceeds(one: Fraction, other: Fraction) -> bool:
    """`one > other`, without the detours by which fractions compare with every other kind of number: the inner loops ask it often."""
    number, unit = one.as_integer_ratio()
    against, part = other.as_integer_ratio()
    return number * part > against * unit


def is_hundred(value: Fraction) -> bool:
    """`value == 100`, asked as often as `exceeds`."""
    return value.as_integer_ratio() == (100, 1)


def within(value: Fraction, least: Fraction, most: Fraction) -> Fraction:
    """The value, not below `least` and not above `most`."""
    return least if exceeds(least, value) else most if exceeds(value, most) else value


def add(values: Iterable[Fraction]) -> Fraction:
    """Their sum, with one common denominator at the end instead of one a step: several times as fast as `sum`.

    >>> add([Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)]) == 1
    True
    """
    given = list(values)
    if len(given) == 1:
        return given[0]
    total, unit = 0, 1
    for value in given:
        number, part = value.as_integer_ratio()
        if part == unit:
            total += number
        elif unit % part == 0:
            total += number * (unit // part)
        else:
            shared = gcd(unit, part)
            total = total * (part // shared) + number * (unit // shared)
            unit *= part // shared
    return Fraction(total, unit)


def common(values: Iterable[Fraction]) -> tuple[list[int], int]:
    """The values as whole numbers over one denominator, which compare and add fast.

    >>> common([Fraction(1, 2), Fraction(3)])
    ([1, 6], 2)
    """
    pairs = [value.as_integer_ratio() for value in values]
    unit = 1
    for _, part in pairs:
        if unit % part:
            unit = unit // gcd(unit, part) * part
    return [number * (unit // part) for number, part in pairs], unit


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Round to decimal places, halves away from zero (as ROUND does in every office program).

    >>> round_half_up(Fraction("79.995"), 2) == Fraction("80")
    True
    """
    scale: int = 10**places
    number, unit = value.as_integer_ratio()
    if scale % unit == 0:
        return value
    whole = (2 * abs(number) * scale + unit) // (2 * unit)
    return Fraction(whole if number >= 0 else -whole, scale)


def fixed(value: Fraction, places: int) -> str:
    """Decimal text with exactly this many places, rounded half away from zero: `98.00`, `-0.50`."""
    scale: int = 10**places
    number, unit = value.as_integer_ratio()
    scaled = (2 * abs(number) * scale + unit) // (2 * unit)
    sign = "-" if number < 0 and scaled else ""
    if not places:
        return f"{sign}{scaled}"
    whole, rest = divmod(scaled, scale)
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
    if value.denominator == 1:
        return str(value.numerator)
    text = fixed(value, most)
    return text.rstrip("0").rstrip(".") if "." in text else text


def ratio(value: Fraction) -> str:
    """Exact text `p/q` (or `p`), the form of the columns `…_exact` and of the store."""
    return str(value)
