"""The store: equal records are equal lines; what is read again holds each number once, and no more than was asked for."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from kaohe.core.cells import Source
from kaohe.records.results import LeafResult
from kaohe.records.returns import Entry, Number, Score, Submission, Unlisted
from kaohe.records.store import lines, parse

AT = Source("甲.xlsx", "评分", "G7")
FULL, THIRD = Fraction(4), Fraction(1, 3)


def test_records_come_back_as_they_were_with_equal_numbers_shared() -> None:
    given = (LeafResult("1.1", "JC", FULL, Fraction(4)), LeafResult("1.2", "JC", FULL, THIRD, source=AT))
    one, other = parse(lines(given).splitlines(), LeafResult)
    assert (one, other) == given
    assert one.points is one.full is other.full and one.lost == 0 and other.lost == Fraction(11, 3)


@pytest.mark.parametrize("line", [b"{", b'{"indicator":1}', b'{"value":[1],"source":{}}', b'{"value":"x","source":{}}'])
def test_a_damaged_line_is_told(line: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        list(parse([line], Number))


def test_a_submission_is_read_without_its_entries_where_nobody_asks_for_them() -> None:
    score = Score("1.1", actual=Number(THIRD, AT))
    typed = Submission("U1", "TB", "甲.xlsx", scores=(score,), entries=(Entry("TB", "完成值", "1.1", "1/3", AT),))
    (read,) = parse(lines([typed]).splitlines(), Unlisted)
    assert read.entries == () and read.scores == (score,) and read.score("1.1") == score
    assert tuple(parse(lines([typed]).splitlines(), Submission)) == (typed,)
