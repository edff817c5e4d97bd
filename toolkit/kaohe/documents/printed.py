"""How numbers, dates and lists are printed for people: true minus, two decimals, 10月20日, 甲、乙等5个 (no typed space beside digits)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from kaohe.core.exact import fixed, plain, round_half_up
from kaohe.core.periods import Clock
from kaohe.records.scheme import UnitClass

MINUS = "−"
_DIGITS = "零一两三四五六七八九"


class ClockWords(NamedTuple):
    """How the periods of a clock are called: 本季, 上季, 季."""

    this: str
    last: str
    unit: str


CLOCK_WORDS: dict[Clock, ClockWords] = {
    "月": ClockWords("本月", "上月", "月"),
    "季": ClockWords("本季", "上季", "季"),
    "年": ClockWords("本年", "上年", "年"),
}


PERIOD_WORDS: dict[Clock, str] = {"月": "月", "季": "季度", "年": "年度"}


def marks(value: Fraction, places: int) -> str:
    """`98.00`, `−0.50`: always with all places."""
    return fixed(value, places).replace("-", MINUS)


def signed(value: Fraction, places: int) -> str:
    """`+0.35`, `−0.10`, `±0.00`: always with a sign and all places."""
    rounded = round_half_up(value, places)
    return ("+" if rounded > 0 else "" if rounded else "±") + marks(rounded, places)


def signed_plain(value: Fraction) -> str:
    """`+1.5`, `−0.5`: a rule's amount as the rule writes it."""
    return ("+" if value > 0 else "") + plain(value).replace("-", MINUS)


def number(value: Fraction) -> str:
    """`98`, `0.5`, `−2`: the shortest decimal."""
    return plain(value).replace("-", MINUS)


def counted(count: int) -> str:
    """A small count in words, `两` for 2; digits from 10 on."""
    return _DIGITS[count] if 0 <= count < 10 else str(count)


def month_day(iso: str) -> str:
    """2026-10-05 → 10月5日; "" stays ""."""
    return f"{int(iso[5:7])}月{int(iso[8:10])}日" if iso else ""


def day_span(first: str, last: str) -> str:
    """From one ISO date to another: 9月14日—25日, 9月28日—10月9日; one date when they are equal or the second is blank."""
    if not last or first == last:
        return month_day(first)
    same_month = first[:7] == last[:7]
    return f"{month_day(first)}—{f'{int(last[8:10])}日' if same_month else month_day(last)}"


def listed(names: Sequence[str], most: int = 6, measure: str = "个") -> str:
    """Names joined by 、; with more than `most`, the first ones and how many there are."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[: max(1, most // 2)])}等{len(names)}{measure}"


def class_label(unit_class: UnitClass) -> str:
    """How a class is called in a line: Ⅰ类 for a one-letter code, else its name."""
    return f"{unit_class.code}类" if len(unit_class.code) == 1 else unit_class.name


def class_title(unit_class: UnitClass) -> str:
    """The part of a class's name that its label does not say already; "" where the label is the name."""
    if len(unit_class.code) != 1:
        return ""
    rest = unit_class.name.removeprefix(class_label(unit_class)).removeprefix(unit_class.code).strip(" 　—：:")
    return rest[1:-1] if rest.startswith("（") and rest.endswith("）") else rest


def sentences(parts: Iterable[str]) -> str:
    """Clauses joined by ； and closed by 。; blank parts are left out, no mark is doubled."""
    kept = [part.strip().rstrip("。；") for part in parts if part.strip()]
    return "；".join(kept) + "。" if kept else ""
