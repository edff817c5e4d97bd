"""Tidy tables as CSV: UTF-8 with BOM, lines ended by a line feed, quoted only where needed.

Text that begins like a formula gets a leading `'`, so that no office program runs it; numbers never do. Exact decimals are plain text,
a column whose name ends in `_exact` takes the ratio `p/q`. Source of the rule: architecture page, tidy tables; OWASP ASVS 1.2.10.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

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
    lines = [_BOM + _line(columns)]
    for row in rows:
        values = _in_order(row, columns) if isinstance(row, Mapping) else row
        texts = [
            (value if not value or value[0] not in _SUSPECT else _inert(value))
            if isinstance(value, str) and name not in numeric
            else _text(name, value, places)
            for name, value in zip(columns, values, strict=True)
        ]
        lines.append(_line(texts))
        if len(lines) == _PIECE:
            yield "".join(lines).encode(errors="replace")
            lines = []
    yield "".join(lines).encode(errors="replace")


def _line(texts: Sequence[str]) -> str:
    # Not csv.writer: with this line end it leaves a lone carriage return unquoted, which other readers take for a new row.
    line = ",".join(texts)
    if line.count(",") >= len(texts) or '"' in line or "\n" in line or "\r" in line:
        line = ",".join('"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text for text in texts)
    return (line or '""') + "\n"


def _inert(text: str) -> str:
    return f"'{text}" if text.lstrip(_UNSEEN).startswith(_FORMULA) else text


def _in_order(row: Mapping[str, Value], columns: Sequence[str]) -> list[Value]:
    strange = row.keys() - set(columns)
    if strange:
        raise ValueError(f"no such column: {sorted(strange)}")
    return [row.get(name) for name in columns]


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
