"""The store: equal records are equal lines; what is read again holds each number and word once, and no more than was asked for."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from kaohe.core.cells import Source
from kaohe.records.derivations import Derivation, folded
from kaohe.records.figures import Figure
from kaohe.records.results import LeafResult, ObjectResult, Outcome
from kaohe.records.returns import Entry, Listed, Number, Quoted, Score, Submission, Text, Unlisted, Words
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


def test_publication_reads_of_a_submission_what_documents_quote_and_the_entries_apart() -> None:
    noted = Score("1.2", points=Number(FULL, AT), note=Text("补课", AT))
    words = Words(comment=Text("扎实", AT))
    entries = (Entry("TB", "完成值", "1.1", "1/3", AT),)
    typed = Submission("U1", "TB", "甲.xlsx", scores=(Score("1.1"), noted), words=words, entries=entries)
    (read,) = parse(lines([typed]).splitlines(), Quoted)
    assert (read.object_code, read.file, read.words, read.entries) == ("U1", "甲.xlsx", words, ())
    assert [(each.indicator, each.note, each.points) for each in read.scores] == [("1.2", noted.note, None)]
    assert tuple(parse(lines([typed]).splitlines(), Listed)) == (Listed("U1", entries),)


def test_words_that_held_records_repeat_are_shared() -> None:
    given = tuple(LeafResult(code, "JC", FULL, THIRD, source=Source("甲.xlsx", "评分", f"G{code}")) for code in "12")
    one, other = parse(lines(given).splitlines(), LeafResult, held=True)
    assert (one, other) == given and one.source is not None and other.source is not None
    assert (
        one.source.file is other.source.file
        and one.source.sheet is other.source.sheet
        and one.component is other.component
    )


TREE = Figure(
    "结果", "甲", THIRD, parts=(Figure("总分", "总分", FULL, "4", parts=(Figure("1.1", "学时", THIRD, source=AT),)),)
)


def test_a_derivation_is_read_only_when_somebody_asks_and_says_what_it_said() -> None:
    away = folded(TREE)
    assert away.parts != TREE.parts and lines([away]) == lines([TREE])
    assert Derivation(away) == Derivation(TREE) and Derivation(away).figure == TREE
    assert Derivation(away) != Derivation(Figure("结果", "甲", THIRD))


def test_each_object_of_an_outcome_stands_in_a_line_of_its_own() -> None:
    objects = tuple(ObjectResult(code, code, "", "SC", "", derivation=Derivation(TREE)) for code in ("U1", "U2"))
    outcome = Outcome("RB", "2026Q3", "", objects, (), before="abc")
    written = lines([outcome]).splitlines()
    assert len(written) == 3 and b'"U2"' in written[2]
    (read,) = parse(written, Outcome, held=True)
    assert read == outcome and [each.figure for each in read.objects] == [TREE, TREE]
    with pytest.raises(msgspec.MsgspecError):
        list(
            parse([written[0], b'{"code":"U1","name":"","short":"","unit_class":"","field":"","figure":[1]}'], Outcome)
        )
