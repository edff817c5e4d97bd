"""Tidy tables as CSV: UTF-8 with BOM, lines ended by a line feed, quoted only where needed.

Text that begins like a formula gets a leading `'`, so that no office program runs it; numbers never do. Exact decimals are plain text,
a column whose name ends in `_exact` takes the ratio `p/q`. Source of the rule: architecture page, tidy tables; OWASP ASVS 1.2.10.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from kaohe.core.exact import exact, fixed, is_decimal, plain, ratio

Value = str | int | float | Fraction | date | None

EXACT = "_exact"
_BOM = "\ufeff"
_PIECE = 10_000  # lines
# The full-width forms too: Chinese and Japanese editions of Excel take them for the plain ones.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_QUOTED = re.compile('[",\r\n]')
_UNSEEN = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\n"
#: the first characters of which one must stand for a text to begin like a formula
_SUSPECT = frozenset((*_FORMULA, *_UNSEEN))
#: a number as it is written here
_PLAIN = re.compile(r"(?!-0$)-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")


def write(
    rows: Iterable[Sequence[Value] | Mapping[str, Value]],
    columns: Sequence[str],
    places: Mapping[str, int] = {},
    numeric: Collection[str] = (),
) -> bytes:
    """The table's bytes: a header line of the columns, one line per row (a mapping may lack columns: blank).

    `places` names columns whose fractions are rounded to that many decimals where they do not end; `numeric` columns whose texts are
    numbers, so that a minus sign stays one. Raises ValueError for any other fraction without end, a text in a numeric column that is no
    number, a row of another length, a name that is no column, and a number that is not finite; TypeError for a truth value (the caller
    says 是 or 否).

    >>> write([("=1+1", Fraction(1, 4)), ("-5", -5)], ("text", "points")).decode("utf-8-sig")
    "text,points\\n'=1+1,0.25\\n'-5,-5\\n"
    """
    return b"".join(pieces(rows, columns, places, numeric))


def pieces(
    rows: Iterable[Sequence[Value] | Mapping[str, Value]],
    columns: Sequence[str],
    places: Mapping[str, int] = {},
    numeric: Collection[str] = (),
) -> Iterator[bytes]:
    """What `write` says, piece by piece, for rows that are not to stand in memory together."""
    words = _Known(_inert)
    made = [_Known(partial(_text, name, places=places)) if name in numeric else words for name in columns]
    lines = [_BOM + _line([_quoted(name) for name in columns])]
    for row in rows:
        values = _in_order(row, columns) if isinstance(row, Mapping) else row
        texts = [
            known[value] if value.__class__ is str else _quoted(_other(name, value, places, numeric))
            for name, known, value in zip(columns, made, values, strict=True)
        ]
        lines.append(_line(texts))
        if len(lines) == _PIECE:
            yield "".join(lines).encode(errors="replace")
            lines = []
            for known in made:
                known.clear()
    yield "".join(lines).encode(errors="replace")


class _Known(dict[str, str]):
    """Texts as they stand in a file, by what they are: most cells of a table repeat another one above them."""

    def __init__(self, made: Callable[[str], str]) -> None:
        self._made = made

    def __missing__(self, text: str) -> str:
        self[text] = found = _quoted(self._made(text))
        return found


def _quoted(text: str) -> str:
    # Not csv.writer: with this line end it leaves a lone carriage return unquoted, which other readers take for a new row.
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _line(texts: Sequence[str]) -> str:
    return (",".join(texts) or '""') + "\n"


def _inert(text: str) -> str:
    if text and text[0] in _SUSPECT and text.lstrip(_UNSEEN).startswith(_FORMULA):
        return f"'{text}"
    return text


def _in_order(row: Mapping[str, Value], columns: Sequence[str]) -> list[Value]:
    strange = row.keys() - set(columns)
    if strange:
        raise ValueError(f"no such column: {sorted(strange)}")
    return [row.get(name) for name in columns]


def _other(column: str, value: Value, places: Mapping[str, int], numeric: Collection[str]) -> str:
    """What is no plain text: a number, a date, a blank, a text of a kind of its own."""
    return _inert(value) if isinstance(value, str) and column not in numeric else _text(column, value, places)


def _text(column: str, value: Value, places: Mapping[str, int]) -> str:
    """What is no text, or a number in a text."""
    if value is None or value == "":
        return ""
    if isinstance(value, str) and not column.endswith(EXACT) and _PLAIN.fullmatch(value):
        return value
    if isinstance(value, bool):
        raise TypeError(f"column {column}: a truth value has no text")
    if isinstance(value, date):
        return value.isoformat()
    number = exact(value)
    if column.endswith(EXACT):
        return ratio(number)
    if is_decimal(number):
        return plain(number, _ends_after(number))
    if column in places:
        return fixed(number, places[column])
    raise ValueError(f"column {column}: {number} is no finite decimal")


def _ends_after(number: Fraction) -> int:
    """Decimal places after which a finite decimal ends, at least one."""
    count, power = 1, 10
    while power % number.denominator:
        count, power = count + 1, power * 10
    return count
