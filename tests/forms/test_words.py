"""The sheets of words, 综合评语, 述职要点 and 谈话记录: carried as typed; what is lacking is said and withholds nobody."""

from __future__ import annotations

from datetime import date

from kaohe.records.returns import Submission
from makers.filled_form import Fields, at, filled, received, said


def _submission(changes: Fields | None = None) -> Submission:
    found = received(filled(changes)).submission
    assert found is not None
    return found


def test_what_the_secretary_reports_arrives_as_typed() -> None:
    debrief = _submission().debrief
    assert debrief.shortcomings is not None and debrief.shortcomings.value == "支部工作条例学得不深。"
    assert (debrief.shortcomings.source.sheet, debrief.shortcomings.source.cell) == at("述职要点", "存在不足", "内容")


def test_a_blank_field_of_the_report_is_said_and_withholds_nobody() -> None:
    changes: Fields = {("述职要点", "原因", "内容"): None}
    assert [f[:3] for f in said(filled(changes))] == [("ROW-050", "提示", "述职要点")]
    assert _submission(changes).debrief.roots is None and not _submission(changes).withheld


def test_a_talk_is_a_row_with_a_person_a_date_and_what_was_said() -> None:
    (talk,) = _submission().talks
    assert (talk.person.value, talk.post and talk.post.value) == ("秦若溪", "组织委员")
    assert talk.day is not None and talk.day.value == "2026-09-21"


def test_a_talk_outside_the_period_or_without_words_is_said() -> None:
    changes: Fields = {("谈话记录", "01", "日期"): date(2025, 9, 21), ("谈话记录", "01", "主要内容"): None}
    assert [f[0] for f in said(filled(changes))] == ["VALUE-043", "ROW-050"]
