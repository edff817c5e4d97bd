"""The one normaliser: what a cell of a returned workbook says, as a value or as the fault that says why it cannot be read.

Nothing is guessed (reliability U11): a text that is plainly one number is read and the reading stated (提示); everything else is
存疑. Blank, 0, `-` and 不适用 are four things.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache

import msgspec

from kaohe.core.cells import Source
from kaohe.core.exact import exact, exceeds, plain
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.forms.form import marks
from kaohe.records.tables import CellValue

_WIDE = str.maketrans("０１２３４５６７８９＋－．％", "0123456789+-.%")
# Zero width, or a mark of direction that comes with copied numbers; not one that turns digits round (U+202B, U+202E, U+2067).
_INVISIBLE = dict.fromkeys(
    (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202C, 0x202D, 0x2060, 0x2066, 0x2068, 0x2069, 0xFEFF)
)
_SPACES = "\u3000\u00a0"
# Digits of other scripts (٩٥) are digits to Python, but nobody here types them on purpose.
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_MOST_DIGITS = 15
_TOO_MANY = 10**_MOST_DIGITS
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKED = re.compile(r"[\u2400-\u241f\ufffd]")  # what the reader puts in place of control characters
_DAY = re.compile(r"(20[0-9]{2})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
# Nothing of these is seen, or it makes what follows look otherwise: marks of direction, line separators, controls above ASCII.
_UNSEEN = re.compile("[\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "Err:")

# Why a text is no number, most telling reason first: (pattern, code of the fault).
_REASONS = (
    (r"[-－—–−]|/|／|\\", "VALUE-011"),
    (r"无|没有|空|暂无", "VALUE-011"),
    (r"不适用|[Nn]/?[Aa]|不涉及", "VALUE-012"),
    (r"待定|未定|待评|待查|未评", "VALUE-013"),
    (r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?", "VALUE-015"),
    (r"(?=.*[oOlI])[\doOlI.]+", "VALUE-014"),
    (r"[零〇一二三四五六七八九十百千万两半点]+分?半?", "VALUE-006"),
    (r"(?=.*\d)(?=.*[零〇一二三四五六七八九十百千两半]).+", "VALUE-006"),
    (r"\d+(?:\.\d+)?\s*(?:-|－|—|–|~|～|至|到)\s*\d+(?:\.\d+)?", "VALUE-007"),
    (r"(?:约|大约|近|>|<|≥|≤|＞|＜|不少于|不低于|超过|左右).*\d.*|.*\d.*(?:左右|以上|以下|余|多)", "VALUE-008"),
    (r"[+-]?\d+(?:\.\d+)?(?:[+\-*/×÷]\d+(?:\.\d+)?)+", "VALUE-010"),
    (r"[+-]?\d+\s+\d[\d\s.]*", "VALUE-021"),
    (r"[+-]?\d+(?:,\d+)+(?:\.\d+)?", "VALUE-019"),
    (r"[+-]?\d+(?:[，、。;；·]\d+)+", "VALUE-024"),
    (r"[+-]?\d+(?:\.\d+)?[eE][+]?0*(?:1[5-9]|[2-9]\d)", "VALUE-034"),
    (r"[+-]?\.\d+", "VALUE-023"),
    (r"[①-⓿❶-➓⑴-⒇½¼¾⅓⅔²³¹]+.*", "VALUE-022"),
    (r"[+-]?\d+(?:\.\d+)?.*[（(].*", "VALUE-009"),
    (r"[+-]?\d+(?:\.\d+)?[^\d,，.%．％]+", "VALUE-009"),
)


class NumberField(msgspec.Struct, frozen=True):
    """What a numeric field takes. Bounds are inclusive, in the scheme's numbers; `scale` is 100 for a percentage (cells hold ratios).

    `unit` may follow a typed text (`95分`). `most_is` says what the upper bound is: 上限 5, 满分 5.
    """

    title: str
    least: Fraction | None = Fraction(0)
    most: Fraction | None = None
    unit: str = ""
    scale: Fraction = Fraction(1)
    whole: bool = False
    step: Fraction | None = None
    most_is: str = "上限"


class Read(msgspec.Struct, frozen=True):
    """What a cell says: a value, or None with the fault that says why; `fault` beside a value is a 提示 that states the reading."""

    value: Fraction | str | None = None
    fault: Fault | None = None


_exact = lru_cache(maxsize=4_096)(exact)  # the numbers of forms are few, and come again


def is_blank(value: CellValue) -> bool:
    """Whether a cell holds nothing, or only spaces and invisible characters."""
    if value is None:
        return True
    return isinstance(value, str) and not value[:1].isalnum() and not value.translate(_INVISIBLE).strip()


def number(value: CellValue, field: NumberField, source: Source) -> Read:
    """A typed number, exact, in the scheme's numbers. `value` is not blank (callers look first).

    Faults: VALUE-001, -002 (提示, reading stated), VALUE-005 … -025 (no number), VALUE-030 … -035 (out of bounds).
    """
    if isinstance(value, bool):
        return Read(fault=fault("VALUE-025", source, value, field=field.title))
    if isinstance(value, datetime | date):
        return Read(fault=fault("VALUE-016", source, value, field=field.title))
    if isinstance(value, time | timedelta):
        return Read(fault=fault("VALUE-015", source, value, field=field.title))
    if isinstance(value, int | float):
        try:
            found = _exact(value)
        except ValueError:
            return Read(fault=fault("VALUE-005", source, value, field=field.title))
        if abs(found.numerator) >= _TOO_MANY * found.denominator:
            return Read(fault=fault("VALUE-034", source, value, field=field.title))
        if field.scale != 1:
            found *= field.scale
        return _bounded(found, field, source, value, None)
    return _text_number(str(value), field, source)


def _text_number(text: str, field: NumberField, source: Source) -> Read:
    visible = text.translate(_INVISIBLE)
    core = visible.translate(_WIDE)
    for space in _SPACES:
        core = core.replace(space, " ")
    core = core.strip().removeprefix("'")
    if field.unit and core.endswith(field.unit):
        core = core[: -len(field.unit)].rstrip()
    if core.startswith(_ERRORS):
        return Read(fault=fault("VALUE-017", source, core, field=field.title))
    digits = core.replace(",", "") if _THOUSANDS.fullmatch(core) else core
    if not _NUMBER.fullmatch(digits):
        return Read(fault=fault(_why(core), source, text, field=field.title))
    if len(digits.strip("+-%").replace(".", "").lstrip("0")) > _MOST_DIGITS:
        return Read(fault=fault("VALUE-034", source, text, field=field.title))
    if digits.endswith("%"):
        if field.scale == 1:
            return Read(fault=fault("VALUE-020", source, text, field=field.title))
        found = exact(digits.rstrip("%").lstrip("+"))
    else:
        found = exact(digits.lstrip("+")) * field.scale
    code = "VALUE-002" if visible != text else "VALUE-001"
    return _bounded(found, field, source, text, fault(code, source, text, field=field.title, read=shown(found, field)))


def _why(text: str) -> str:
    return next((code for pattern, code in _REASONS if re.fullmatch(pattern, text, re.ASCII)), "VALUE-005")


def shown(value: Fraction, field: NumberField) -> str:
    """A number of a field as messages write it."""
    return f"{plain(value, 15)}%" if field.scale != 1 else plain(value, 15)


def _bounded(found: Fraction, field: NumberField, source: Source, typed: object, note: Fault | None) -> Read:
    code, bound = "", {}
    if field.most is not None and exceeds(found, field.most):
        code, bound = "VALUE-030", {"most": f"{field.most_is} {marks(field.most)}"}
    elif field.least is not None and exceeds(field.least, found):
        code, bound = "VALUE-031", {"least": shown(field.least, field)}
    elif field.whole and found.denominator != 1:
        code = "VALUE-032"
    elif field.step and (found / field.step).denominator != 1:
        code, bound = "VALUE-033", {"step": plain(field.step)}
    if code:
        return Read(fault=fault(code, source, typed, **bound, field=field.title, read=shown(found, field)))
    return Read(found, note)


def text(value: CellValue, title: str, source: Source, most: int = 0) -> Read:
    """A typed text, stripped. Control characters stand as visible marks and are said (VALUE-051), as are characters that nobody sees
    (VALUE-058) and texts longer than `most` (VALUE-052); all 提示."""
    words = _FORBIDDEN.sub(_mark, plain_text(value)).strip()
    if not words:
        return Read()
    if _MARKED.search(words):
        return Read(words, fault("VALUE-051", source, words, field=title))
    if _UNSEEN.search(words):
        return Read(words, fault("VALUE-058", source, words, field=title))
    if most and len(words) > most:
        return Read(words, fault("VALUE-052", source, words, field=title, most=most, length=len(words)))
    return Read(words)


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def plain_text(value: CellValue) -> str:
    """A cell's content as text, numbers without trailing zeros, dates ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, float | int):
        try:
            return plain(_exact(value), 15)
        except ValueError:
            return str(value)
    return value if isinstance(value, str) else str(value)


def choice(value: CellValue, options: tuple[str, ...], title: str, source: Source) -> Read:
    """One of a list's words (spaces and invisible characters around it do not count). Else VALUE-036."""
    words = _chosen(plain_text(value))
    if words in options:
        return Read(words)
    few = "、".join(options[:8]) + ("……" if len(options) > 8 else "")
    return Read(fault=fault("VALUE-036", source, value, field=title, options=few))


@lru_cache(maxsize=1_024)
def _chosen(words: str) -> str:
    words = words.translate(_INVISIBLE)
    for space in _SPACES:
        words = words.replace(space, " ")
    return words.strip()


def day(value: CellValue, title: str, source: Source, example: str) -> Read:
    """A typed date, ISO. A text such as 2026/9/30 is read with VALUE-040 (提示); else VALUE-041."""
    if isinstance(value, datetime):
        return Read(value.date().isoformat())
    if isinstance(value, date):
        return Read(value.isoformat())
    if isinstance(value, str):
        words = value.translate(_INVISIBLE).translate(_WIDE).strip()
        match = _DAY.fullmatch(words.replace(" ", ""))
        if match:
            try:
                found = date(int(match[1]), int(match[2]), int(match[3])).isoformat()
            except ValueError:
                return Read(fault=fault("VALUE-041", source, value, field=title, example=example))
            return Read(found, None if found == words else fault("VALUE-040", source, value, field=title, read=found))
    return Read(fault=fault("VALUE-041", source, plain_text(value), field=title, example=example))
