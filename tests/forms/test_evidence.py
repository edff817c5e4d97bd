"""Claims and their evidence: a document claimed twice, a date outside the period, no evidence, a form filled after the deadline.

All of it is said and nothing of it refuses the form: what counts is the scheme's affair (tests/scoring/test_adjustments.py).
"""

from __future__ import annotations

from datetime import date

import pytest

from kaohe.core.cells import Source
from kaohe.core.sentences import say
from kaohe.forms.evidence import claimed_twice
from kaohe.records.returns import Claim, Submission, Text, document_key
from makers.filled_form import Fields, at, filled, received, said

NATURES = {"JF1": "加分", "JF2": "加分", "KF1": "减分"}
ORDER = "岚委〔2026〕41号"


def sent(unit: str, *rows: tuple[str, str], form: str = "DW", file: str = "") -> Submission:
    """A unit's workbook with claims (item, document), in the rows 7, 8 … of 加减分."""
    name = file or f"{unit}.xlsx"
    claims = []
    for row, (item, document) in enumerate(rows, 7):
        at, text = (Source(name, "加减分", f"{column}{row}") for column in "BE")
        reference = Text(document, text) if document else None
        claims.append(
            Claim(f"{row - 6:02d}", item, Text("事项", at), None, reference, None, None, None, None, None, at)
        )
    return Submission(unit, form, name, claims=tuple(claims))


def places(*submissions: Submission) -> list[tuple[str, str, str, str]]:
    return [(f.code, f.effect, f.source.file, f.source.cell) for f in claimed_twice(submissions, NATURES)]


def test_a_document_claimed_twice_by_one_unit_is_said_at_each_later_row_with_the_first_cell() -> None:
    mine = sent(
        "U101", ("JF1", ORDER), ("JF1", "岚委〔2026〕40号"), ("JF2", "岚委[2026] 41 号"), ("JF1", "岚委（2026）41号")
    )
    assert places(mine) == [("ROW-036", "提示", "U101.xlsx", "E9"), ("ROW-036", "提示", "U101.xlsx", "E10")]
    first = claimed_twice([mine], NATURES)[0]
    assert "加减分 E7" in say(first) and first.object_code == "U101" and first.found == "岚委[2026] 41 号"


def test_a_document_that_two_units_claim_is_said_at_both_cells_each_naming_the_other_file_and_cell() -> None:
    one, other = sent("U101", ("JF1", ORDER)), sent("U109", ("JF2", "12号"), ("JF2", ORDER))
    assert places(one, other) == [("ROW-037", "提示", "U101.xlsx", "E7"), ("ROW-037", "提示", "U109.xlsx", "E8")]
    words = [say(each) for each in claimed_twice([one, other], NATURES)]
    assert "加减分 E8（U109.xlsx）" in words[0] and "加减分 E7（U101.xlsx）" in words[1]


def test_many_units_with_one_document_are_counted_not_all_listed() -> None:
    found = claimed_twice([sent(f"U10{n}", ("JF1", ORDER)) for n in range(1, 6)], NATURES)
    assert len(found) == 5 and all("等 4 处" in say(each) for each in found)


@pytest.mark.parametrize(
    "submissions",
    [
        [sent("U101", ("JF1", ORDER), ("KF1", ORDER))],  # a bonus and a penalty are two matters
        [sent("U101", ("KF1", ORDER)), sent("U102", ("KF1", ORDER))],  # one circular criticises two units
        [
            sent("U101", ("JF1", "无"), ("JF2", "无")),
            sent("U102", ("JF1", "推广通知"), ("JF2", "推广通知")),
        ],  # names no document
        [sent("U101", ("JF1", ORDER)), sent("U101", ("JF1", ORDER), file="U101 改.xlsx")],  # two versions of one form
        [sent("U101", ("JF1", ""), ("JF2", ""))],
    ],
    ids=["two natures", "a circular", "no number", "two versions", "blank"],
)
def test_what_is_no_double_claim_is_not_said(submissions: list[Submission]) -> None:
    assert places(*submissions) == []


def test_two_forms_of_one_unit_count_as_one_unit_and_the_other_file_is_named() -> None:
    (only,) = claimed_twice(
        [sent("U101", ("JF1", ORDER)), sent("U101", ("JF2", ORDER), form="JS", file="加分表.xlsx")], NATURES
    )
    assert (only.code, only.source.file) == ("ROW-036", "加分表.xlsx") and "加减分 E7（U101.xlsx）" in say(only)


@pytest.mark.parametrize(
    ("one", "other"),
    [("岚委〔2026〕41号", "岚委[2026]41号"), ("岚委［２０２６］４１号", "岚委【2026】41 号"), ("Q/CL 41", "q/cl41")],
)
def test_the_same_number_written_differently_is_the_same_document(one: str, other: str) -> None:
    assert document_key(one) == document_key(other) != ""


PROOF: Fields = {("加减分", "01", "佐证"): None}


def test_missing_evidence_is_said_at_its_cell_also_while_the_claim_waits_for_its_decision() -> None:
    waiting: Fields = {**PROOF, ("加减分", "01", "核定"): "待确认", ("加减分", "01", "核定分"): None}
    undecided: Fields = {**PROOF, ("加减分", "01", "核定"): None, ("加减分", "01", "核定分"): None}
    mine = ("ROW-034", "提示", *at("加减分", "01", "佐证"))
    assert said(filled(PROOF)) == [mine] == said(filled(waiting))
    assert said(filled(undecided)) == [("ROW-030", "提示", *at("加减分", "01", "核定")), mine]


def test_a_form_filled_after_the_deadline_is_taken_and_the_delay_is_said() -> None:
    day = ("封面", "填报日期", "内容")
    assert said(filled({day: date(2026, 10, 8)})) == []  # the deadline itself
    late = received(filled({day: date(2026, 10, 9)}))
    assert [(f.code, f.effect) for f in late.faults] == [("COVER-008", "提示")]
    assert "2026-10-09 晚于报送截止 2026-10-08" in say(late.faults[0])
    assert late.submission is not None and not late.submission.withheld and late.submission.cover.filled_on is not None
