"""Figures in words for derivations: marks with their decimals, and whether a text is exact or cut."""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.exact import plain
from kaohe.records.figures import Figure
from kaohe.records.returns import Day, Number, Text

PLACES = 2  # marks are shown with at least so many decimals
MOST = 6  # and with at most so many; beyond, the text is cut and says ≈


def marks(value: Fraction, places: int = PLACES) -> str:
    """`4.00`, `-0.30`, `3.625`; a figure that does not end within MOST decimals is cut there.

    Derivations hold some hundred figures per object, nearly all of them with few decimals: those need no rounding.
    """
    number, unit = value.as_integer_ratio()
    scale: int = 10**places
    if scale % unit:
        return plain(value, MOST)
    scaled = abs(number) * (scale // unit)
    sign = "-" if number < 0 else ""
    return f"{sign}{scaled // scale}.{scaled % scale:0{places}d}" if places else f"{sign}{scaled}"


def equals(value: Fraction) -> str:
    """`= 3.75`, or `≈ 3.757576` where the text is cut."""
    text = marks(value)
    return f"= {text}" if Fraction(text) == value else f"≈ {text}"


def number_part(label: str, number: Number, measure: str = "") -> Figure:
    """A typed number as a leaf of the derivation; a percentage with its sign."""
    text = plain(number.value) + ("%" if measure in ("%", "％") else "")
    return Figure(label, label, number.value, text, source=number.source, typed=text)


def text_part(label: str, text: Text | Day) -> Figure:
    """A typed text or date as a leaf of the derivation."""
    return Figure(label, label, None, text.value, source=text.source, typed=text.value)
