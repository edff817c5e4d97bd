"""What the cross-checks share: a breach, and how printed figures are read back."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from kaohe.core.exact import exact
from kaohe.documents.printed import MINUS

Values = Mapping[str, Any]


class Breach(NamedTuple):
    """One contradiction: the code of its sentence, what was found, and the other words of the sentence."""

    code: str
    found: str
    words: Mapping[str, str] = {}


def figure(text: object) -> Fraction | None:
    """A printed number (true minus, sign); None for words and dashes.

    >>> figure("−0.50"), figure("+1.5"), figure("待定")
    (Fraction(-1, 2), Fraction(3, 2), None)
    """
    return _read(str(text))


@lru_cache(maxsize=4096)
def _read(text: str) -> Fraction | None:
    try:
        return exact(text.replace(MINUS, "-").removeprefix("+"))
    except ValueError:
        return None


@lru_cache
def half(places: int) -> Fraction:
    """Half a unit of the last decimal: how far a printed figure may lie from its exact one."""
    return Fraction(1, 2 * 10**places)


def rows(values: Values, name: str) -> list[Values]:
    """A list field."""
    found = values.get(name)
    return found if isinstance(found, list) else []


def breach(code: str, found: object, **words: str) -> Breach:
    """A contradiction, with the words of its sentence but kind and object."""
    return Breach(code, str(found), words)


def count(what: str, found: object, expected: object) -> tuple[Breach, ...]:
    """A breach where two counts differ."""
    return () if found == expected else (breach("WRITE-004", found, what=what, expected=str(expected)),)
