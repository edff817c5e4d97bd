"""What a cell of a returned workbook says (page on forms, section 6; reliability, "Values in a score cell").

1. A text that is plainly one number is read, and the reading is stated (提示).
2. Everything else is 存疑 with its own reason; nothing is guessed, nothing unclear is 0.
3. A percentage is read with its sign or as the ratio that the cell holds.
4. Dates are read in the usual ways of writing; a text date is stated.
"""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.core.cells import Source
from kaohe.core.exact import fixed
from kaohe.core.sentences import say
from kaohe.forms.normalise import NumberField, choice, day, is_blank, number, text

SCORE = NumberField("得分", Fraction(0), Fraction(100), "分", most_is="满分")
RATE = NumberField("完成值", Fraction(0), None, scale=Fraction(100))
HERE = Source("表.xlsx", "评分", "K7")

# the text in the cell | what it is read as ("" = not at all) | the code
TEXTS = """
95            | 95   | VALUE-001
95_           | 95   | VALUE-001
\\u00a095     | 95   | VALUE-001
\\u300095     | 95   | VALUE-001
９５．５        | 95.5 | VALUE-001
+5            | 5    | VALUE-001
95 分         | 95   | VALUE-001
'95           | 95   | VALUE-001
0.95          | 0.95 | VALUE-001
\\u200b95     | 95   | VALUE-002
1,234         |      | VALUE-030
100.0000000001|      | VALUE-030
-95           |      | VALUE-031
1,23          |      | VALUE-019
95，5          |      | VALUE-024
‘95           |      | VALUE-005
—95           |      | VALUE-005
(95)          |      | VALUE-005
1e999         |      | VALUE-005
nan           |      | VALUE-005
-inf          |      | VALUE-005
None          |      | VALUE-005
TRUE          |      | VALUE-005
1_000         |      | VALUE-005
√             |      | VALUE-005
95％           |      | VALUE-020
九十五         |      | VALUE-006
零            |      | VALUE-006
四分半         |      | VALUE-006
九5           |      | VALUE-006
.95           |      | VALUE-023
95-97         |      | VALUE-007
>95           |      | VALUE-008
约95          |      | VALUE-008
95以上         |      | VALUE-008
95（含加分5）   |      | VALUE-009
68.30万元      |      | VALUE-009
95/100        |      | VALUE-010
90+5          |      | VALUE-010
0.1+0.2       |      | VALUE-010
-             |      | VALUE-011
/             |      | VALUE-011
无            |      | VALUE-011
N/A           |      | VALUE-012
不适用         |      | VALUE-012
待定          |      | VALUE-013
O             |      | VALUE-014
1O0           |      | VALUE-014
12:30         |      | VALUE-015
#N/A          |      | VALUE-017
9 5           |      | VALUE-021
⑨⑤            |      | VALUE-022
½             |      | VALUE-022
12345678901234567 |  | VALUE-034
"""


def _texts() -> list[tuple[str, str, str]]:
    rows = [[part.strip() for part in line.split("|")] for line in TEXTS.strip().splitlines()]
    return [(_real(raw), read, code) for raw, read, code in rows]


def _real(raw: str) -> str:
    for mark, letter in (("\\u00a0", "\u00a0"), ("\\u3000", "\u3000"), ("\\u200b", "\u200b"), ("95_", "95 ")):
        raw = raw.replace(mark, letter)
    return raw


@pytest.mark.parametrize(("typed", "read", "code"), _texts())
def test_a_text_in_a_score_cell_is_read_with_its_reading_stated_or_doubted_with_its_reason(
    typed: str, read: str, code: str
) -> None:
    found = number(typed, SCORE, HERE)
    assert found.fault is not None and found.fault.code == code and found.fault.source == HERE
    if read:
        assert found.value == Fraction(read) and found.fault.effect == "提示" and f"按 {read} 读取" in say(found.fault)
    else:
        assert found.value is None and found.fault.effect == "存疑"


def test_a_number_is_the_decimal_of_its_fifteen_digits_and_needs_no_word() -> None:
    found = number(0.1 + 0.2, SCORE, HERE)
    assert found.value == Fraction("0.3") and found.fault is None


@pytest.mark.parametrize(
    ("value", "code"),
    [(True, "VALUE-025"), (date(2025, 12, 9), "VALUE-016"), (datetime(2025, 12, 9), "VALUE-016"), (time(12, 30), "VALUE-015"),
     (float("nan"), "VALUE-005"), (float("inf"), "VALUE-005"), (100.0001, "VALUE-030"), (-0.5, "VALUE-031")],
)  # fmt: skip
def test_truth_values_dates_times_and_numbers_out_of_bounds_are_no_scores(value: object, code: str) -> None:
    found = number(value, SCORE, HERE)  # type: ignore[arg-type]
    assert found.value is None and found.fault is not None and found.fault.code == code


def test_a_score_between_two_scoring_units_is_doubted_and_a_count_must_be_whole() -> None:
    half = NumberField("得分", Fraction(0), Fraction(4), step=Fraction("0.5"))
    assert number(3.5, half, HERE).value == Fraction("3.5")
    assert number(3.3, half, HERE).fault.code == "VALUE-033"  # type: ignore[union-attr]
    assert number(1.5, NumberField("次数", Fraction(1), whole=True), HERE).fault.code == "VALUE-032"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "read", "said"),
    [(0.915, "91.5", False), ("91.5%", "91.5", True), ("91.5％", "91.5", True), ("0.915", "91.5", True)],
)
def test_a_percentage_is_read_with_its_sign_or_as_the_ratio_in_the_cell(typed: object, read: str, said: bool) -> None:
    found = number(typed, RATE, HERE)  # type: ignore[arg-type]
    assert found.value == Fraction(read) and (found.fault is not None) == said


@pytest.mark.parametrize(
    ("typed", "read", "code"),
    [
        (date(2026, 9, 30), "2026-09-30", ""),
        (datetime(2026, 9, 30), "2026-09-30", ""),
        ("2026-09-30", "2026-09-30", ""),
        ("2026/9/30", "2026-09-30", "VALUE-040"),
        ("2026年9月30日", "2026-09-30", "VALUE-040"),
        ("2026.9.30", "2026-09-30", "VALUE-040"),
        ("2026-9-31", "", "VALUE-041"),
        ("上周", "", "VALUE-041"),
        (46000, "", "VALUE-041"),
    ],
)
def test_dates_are_read_in_the_usual_ways_of_writing(typed: object, read: str, code: str) -> None:
    found = day(typed, "日期", HERE, "2026-09-30")  # type: ignore[arg-type]
    assert (found.value or "") == read and (found.fault.code if found.fault else "") == code


def test_blank_is_nothing_or_only_spaces_and_invisible_characters() -> None:
    assert all(is_blank(value) for value in (None, "", " ", "\u3000", "\u200b", "\ufeff "))
    assert not any(is_blank(value) for value in (0, 0.0, False, "0", "-", "不适用"))


def test_a_choice_forgives_spaces_around_it_and_nothing_else() -> None:
    assert choice(" 已查\u3000", ("已查", "不适用"), "核查", HERE).value == "已查"
    found = choice("查过", ("已查", "不适用"), "核查", HERE)
    assert (
        found.value is None
        and found.fault is not None
        and found.fault.code == "VALUE-036"
        and "已查、不适用" in say(found.fault)
    )


@given(st.text(max_size=60))
def test_a_text_comes_through_as_typed_but_for_spaces_around_it_and_control_characters(typed: str) -> None:
    found = text(typed, "说明", HERE)
    kept = "".join(
        chr(0x2400 + ord(c)) if ord(c) < 0x20 and c not in "\t\n\r" else "\ufffd" if c in "\ufffe\uffff" else c
        for c in typed
    )
    assert (found.value or "") == kept.strip()


@given(st.integers(0, 10**6), st.integers(0, 6))
def test_what_a_person_types_as_a_plain_decimal_is_read_exactly(digits: int, places: int) -> None:
    written = fixed(Fraction(digits, 10**places), places)
    found = number(written, NumberField("完成值", None, None), HERE)
    assert found.value == Fraction(digits, 10**places)
