"""What a condition may find, and how it compares: a number, words, nothing, or what cannot be told (scheme model 2).

Three answers are possible: holds, fails, cannot be told (None). Grades compare by their order, the best highest; texts that are both
numbers compare as numbers; other words only as equal or not.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor

import msgspec

from kaohe.core.exact import ZERO, exact

LISTS = ("属于", "不属于")
BLANKS = ("为空", "不为空")
NUMBERS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq, "≠": operator.ne, "≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt,
}  # fmt: skip
_AFFIRMS = ("=", "属于")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class Untold(msgspec.Struct, frozen=True):
    """A figure that is not known yet: `why` in words. `blank`: nobody filled it in, which 为空 and 不为空 can tell."""

    why: str
    blank: bool = False


class Between(msgspec.Struct, frozen=True):
    """A count of which only bounds are known: `least` are certain; `most` None = there may be any number more. `why` in words."""

    least: int
    most: int | None
    why: str


#: None = the object has no such figure, which fulfils nothing but 为空; several words = a fact with several values, roles, boards
Value = Fraction | str | tuple[str, ...] | Between | Untold | None
#: the names of grades, best first, that may hold both compared ones
Orders = Sequence[Sequence[str]]


@lru_cache(4096)
def words_of(value: str) -> tuple[str, ...]:
    """The values of a condition or fact: several are separated by 、 or a comma."""
    return tuple(word.strip() for word in re.split(r"[、，,]", value) if word.strip())


@lru_cache(4096)
def number_in(text: str) -> Fraction | None:
    """The number that a text is, a percentage as its number; None for any other text.

    >>> number_in("−0.5"), number_in("95%"), number_in("良好")
    (Fraction(-1, 2), Fraction(95, 1), None)
    """
    plain = text.strip().rstrip("%％").replace("−", "-").replace("－", "-")
    return exact(plain) if _NUMBER.fullmatch(plain) else None


def answer(comparison: str, value: Value, wanted: str, orders: Orders = ()) -> bool | None:
    """Whether a value fulfils a comparison with what a condition wants; None = cannot be told."""
    if comparison in BLANKS:
        if isinstance(value, Untold) and not value.blank:
            return None
        missing = value is None or value == () or isinstance(value, Untold)
        return missing == (comparison == "为空")
    if value is None:
        return False
    if isinstance(value, Untold):
        return None
    if isinstance(value, Between):
        return _agreed(_compare(comparison, Fraction(n), words_of(wanted), orders) for n in _counts(value, wanted))
    if isinstance(value, tuple):
        return _of_several(comparison, value, words_of(wanted), orders)
    return _compare(comparison, value, words_of(wanted), orders)


def _agreed(answers: Iterable[bool | None]) -> bool | None:
    """The answer that all give; None where they differ or there is none."""
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def _counts(value: Between, wanted: str) -> range:
    """Every count that may come out; beyond the greatest number that is compared with, nothing changes any more."""
    beyond = floor(max((number_in(word) or ZERO for word in words_of(wanted)), default=ZERO)) + 2
    top = max(value.least, beyond)
    return range(value.least, (top if value.most is None else min(value.most, top)) + 1)


def _of_several(comparison: str, values: Sequence[str], wanted: Sequence[str], orders: Orders) -> bool | None:
    """属于 and = hold where any value is among the wanted ones, 不属于 and ≠ where none is; an order is told where all values agree."""
    if comparison in NUMBERS and comparison not in ("=", "≠"):
        return _agreed(_compare(comparison, value, wanted, orders) for value in values)
    return any(_among(value, wanted) for value in values) == (comparison in _AFFIRMS)


def _compare(comparison: str, value: Fraction | str, wanted: Sequence[str], orders: Orders) -> bool | None:
    if comparison in LISTS or comparison in ("=", "≠"):
        number = isinstance(value, Fraction) and comparison not in LISTS
        if number and any(number_in(word) is None for word in wanted):
            return None
        return _among(value, wanted) == (comparison in _AFFIRMS)
    if len(wanted) != 1:
        return None
    one, other = value if isinstance(value, Fraction) else number_in(value), number_in(wanted[0])
    if one is not None and other is not None:
        return NUMBERS[comparison](one, other)
    for names in orders:
        if value in names and wanted[0] in names:
            return NUMBERS[comparison](Fraction(-names.index(str(value))), Fraction(-names.index(wanted[0])))
    return None


def _among(value: Fraction | str, words: Iterable[str]) -> bool:
    number = value if isinstance(value, Fraction) else number_in(value)
    return any(value == word or (number is not None and number == number_in(word)) for word in words)
