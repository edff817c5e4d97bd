"""申诉复核答复 (official-documents.md, 5.6): to each object with a decided appeal, once the result shows what was accepted.

1. Open appeals get none; an accepted one whose score is not computed yet waits. 2. Claim, finding, decision, scores. 3. Where the archived
result was computed anew, both versions are named and every changed figure of the object is listed.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from kaohe.documents import appeal_reply
from kaohe.documents.checks import breaches
from kaohe.documents.plan import plan
from kaohe.records.edition import Edition
from kaohe.records.followup import Appeal
from kaohe.records.scheme import DocumentKind
from makers.edition import FULL, PERIOD, F, edition

ROW = DocumentKind("DF", "申诉复核答复", "申诉复核答复.docx", layout="信函", prefix="云党函", addressee="{单位名称}")
APPEAL = Appeal(
    "2026Q3-Y02-SS-01", PERIOD, FULL, "总分", "会议记录在档案室。", day="2026-10-16", decision="采纳", old=F("97.25"), new=F("97.85"),
    place="U 表 C6", finding="原件属实。", reviewer="沈既白", decided_on="2026-10-20",
)  # fmt: skip
OPEN = replace(APPEAL, appeal_id="2026Q3-Y02-SS-02", decision="")


def appealed(*appeals: Appeal) -> Edition:
    made = edition()
    return replace(
        made,
        scheme=replace(made.scheme, documents=(ROW,)),
        ledger=replace(made.ledger, appeals=appeals),
        mark="newnewnewnew",
    )


def recomputed() -> Edition:
    """The total was 97.25 and the grade 较好 when the period was archived."""
    made = appealed(APPEAL)
    old = tuple(
        replace(each, total=F("97.25"), grade="较好") if each.code == FULL else each for each in made.outcome.objects
    )
    return replace(
        made,
        archived=replace(made.outcome, objects=old),
        archived_as="第1次归档（2026年10月15日）的结果，标识oldoldoldold",
        reason="申诉复核后更正",
    )


def reply(made: Edition) -> dict[str, Any]:
    values = appeal_reply.fields(made, ROW, FULL, "云党函〔2026〕50号")
    assert breaches(made, ROW, FULL, values) == ()
    return values


def test_who_gets_one() -> None:
    assert [(each.unit_code, each.status) for each in plan(appealed(APPEAL, OPEN)).documents] == [(FULL, "正式")]
    assert plan(appealed(OPEN)).documents == ()
    assert plan(appealed(replace(APPEAL, new=F("98")))).documents == ()
    assert plan(appealed(replace(APPEAL, period="2026Q2"))).documents == ()


def test_claim_finding_and_scores() -> None:
    found = reply(appealed(APPEAL))
    (row,) = found["申诉"]
    assert (row["内容"], row["理由"], row["结论"], row["情况"]) == ("总分", "会议记录在档案室", "采纳申诉", "原件属实")
    assert (row["原得分"], row["现得分"], row["更正位置"]) == ("97.25", "97.85", "U 表 C6")
    assert found["成文日期"] == "2026年10月20日"  # the results are of 14 October, the review came later
    assert (found["申诉数"], found["采纳数"], found["维持数"], found["差异"], found["原版本"]) == (1, 1, 0, [], "")


def test_upheld_needs_no_score_and_changes_nothing() -> None:
    upheld = replace(APPEAL, about="1.1", decision="维持", old=None, new=None, place="")
    found = reply(appealed(upheld))
    assert (found["维持数"], found["申诉"][0]["内容"], found["申诉"][0]["现得分"]) == (1, "指标1.1“组织生活”", "")


def test_both_versions_are_named_with_every_figure_that_changed() -> None:
    found = reply(recomputed())
    assert (found["原版本"][-12:], found["现版本"], found["重算理由"]) == (
        "oldoldoldold",
        "newnewnewnew",
        "申诉复核后更正",
    )
    assert (found["原总分"], found["总分"]) == ("97.25", "97.85")
    now = recomputed().outcome.of(FULL)
    assert now is not None
    assert [(row["项目"], row["原"], row["现"]) for row in found["差异"]] == [
        ("总分", "97.25", "97.85"), ("等次", "较好", now.grade),
    ]  # fmt: skip


def test_a_reply_that_the_result_does_not_bear_out_is_not_written() -> None:
    made = appealed(replace(APPEAL, new=F("98")))
    values = appeal_reply.fields(made, ROW, FULL, "")
    assert [each.code for each in breaches(made, ROW, FULL, values)] == ["WRITE-002"]
    silent = recomputed()
    told = {**reply(silent), "原版本": ""}
    assert [each.code for each in breaches(silent, ROW, FULL, told)] == ["WRITE-001"]


def test_no_reply_says_that_a_correction_has_come_in_while_the_form_is_in_doubt() -> None:
    made = appealed(APPEAL)
    doubtful = tuple(replace(each, status="存疑") if each.code == FULL else each for each in made.outcome.objects)
    made = replace(made, outcome=replace(made.outcome, objects=doubtful))
    assert plan(made).documents == ()
