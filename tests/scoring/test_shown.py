"""Figures in words: at least the scheme's decimals, never a false equality."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.core.exact import fixed
from kaohe.scoring.shown import equals, marks
from makers.scoring import F


@pytest.mark.parametrize(
    ("value", "text"),
    [("4", "4.00"), ("-0.3", "-0.30"), ("3.625", "3.625"), ("0", "0.00"), ("-1/3", "-0.333333"), ("0.0000001", "0")],
)
def test_marks_have_two_decimals_and_more_where_the_figure_has_more(value: str, text: str) -> None:
    assert marks(F(value)) == text


def test_without_decimals_a_mark_is_a_whole_number() -> None:
    assert (marks(F(90), 0), marks(F("-90"), 0), marks(F("90.5"), 0)) == ("90", "-90", "90.5")


def test_a_cut_figure_is_about_equal_and_any_other_equal() -> None:
    assert (equals(F("3.75")), equals(Fraction(10, 3))) == ("= 3.75", "≈ 3.333333")


@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_marks_agree_with_the_fixed_text_where_that_is_exact(cents: int, places: int) -> None:
    value = Fraction(cents, 10**places)
    assert marks(value, places) == fixed(value, places)
