"""Tidy tables: text cannot become a formula, numbers are plain and exact, texts come back as they were."""

from __future__ import annotations

import csv
import io
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.files.csv import Value, write


def back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def one(value: Value) -> str:
    return back(write([(value,)], ("x",)))[1][0]


def test_the_file_begins_with_the_mark_and_ends_lines_with_a_line_feed():
    assert write([("甲", 1)], ("unit_name", "rank")) == "\ufeffunit_name,rank\n甲,1\n".encode()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|'/c calc'!A0",
        "-5",
        "-",
        "@某同志",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(1)",
        " =1",
        "\u3000=1",
        "\ufeff=1",
        "\n=1",
    ],
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text: str):
    assert one(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["甲", "'=1+1", "%0A=1+1", "A&B<C>\"D\"'E'", "一行\n二行", "a,b;c", "0012", "emoji😀", ""]
)
def test_other_text_comes_back_as_it_was(text: str):
    assert one(text) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (-5, "-5"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(197, 2), "98.5"),
        (Fraction(1, 2**10), "0.0009765625"),
        (Fraction(0), "0"),
        (date(2026, 9, 30), "2026-09-30"),
        (None, ""),
    ],
)
def test_numbers_are_plain_decimal_text(number: Value, text: str):
    assert one(number) == text


def test_an_endless_fraction_is_exact_or_rounded_only_where_its_column_says_so():
    third = Fraction(1, 3)
    assert back(write([(third, third)], ("total_exact", "score"), {"score": 6}))[1] == ["1/3", "0.333333"]
    with pytest.raises(ValueError, match="no finite decimal"):
        write([(third,)], ("score",))


def test_an_exact_column_takes_whole_and_decimal_numbers_as_ratios():
    assert [row[0] for row in back(write([(Fraction(3),), (98.5,)], ("total_exact",)))[1:]] == ["3", "197/2"]


def test_a_mapping_may_lack_columns_but_not_invent_them():
    assert back(write([{"b": 2}], ("a", "b")))[1] == ["", "2"]
    with pytest.raises(ValueError, match="no such column"):
        write([{"c": 1}], ("a", "b"))


def test_our_own_mistakes_are_not_written():
    with pytest.raises(ValueError):
        write([("a", "b")], ("a",))
    with pytest.raises(ValueError):
        write([(float("nan"),)], ("a",))
    with pytest.raises(TypeError):
        write([(True,)], ("a",))


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_every_text_is_read_back_but_for_its_apostrophe(rows: list[tuple[str, str]]):
    for row, found in zip(rows, back(write(rows, ("a", "b")))[1:], strict=True):
        for text, read in zip(row, found, strict=True):
            assert read in (text, f"'{text}")
            assert not read.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("text", "written"), [("-0.5", "-0.5"), ("98", "98"), ("1.50", "1.5"), ("-0", "0"), ("+3", "3"), ("", "")]
)
def test_a_text_in_a_numeric_column_is_a_number(text: str, written: str):
    assert back(write([(text, "-5")], ("points", "note"), numeric=("points",)))[1] == [written, "'-5"]


def test_a_numeric_column_takes_no_words():
    with pytest.raises(ValueError):
        write([("甲",)], ("points",), numeric=("points",))
