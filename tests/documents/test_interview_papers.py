"""约谈提纲 and 约谈记录 (official-documents.md, 5.3 and 5.6): inner papers to everybody whom a rule interviews, without a number.

1. They go to whom the letter goes to, units and persons; a row that names a rule serves that rule only.
2. The outline gives lost points of the total, open problems with the ledger's ids, and questions that follow from the facts.
3. The record knows object, host, reason and problems; the rest is left to be written by hand.
"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from kaohe.documents import interview_papers
from kaohe.documents.plan import plan
from kaohe.records.scheme import DocumentKind
from makers.annual import WORST, edition

OUTLINE = DocumentKind("TG", "约谈提纲", "约谈提纲.docx", layout="无", circulation="约谈人、记录人")
RECORD = DocumentKind("JL", "约谈记录", "约谈记录.docx", recipients="R22", layout="无")


def outline(code: str = WORST, **how: Any) -> dict[str, Any]:
    return interview_papers.outline(edition(**how), OUTLINE, code, "云党谈〔2027〕1号")


def test_they_go_to_whom_a_rule_interviews() -> None:
    made = edition()
    found = plan(replace(made, scheme=replace(made.scheme, documents=(OUTLINE, RECORD))))
    assert [(each.code, each.unit_code, each.number) for each in found.documents] == [
        ("TG", WORST, ""), ("TG", "S02", ""), ("TG", "S07", ""), ("JL", "S02", ""), ("JL", "S07", ""),
    ]  # fmt: skip


def test_an_outline_gives_reason_lost_points_and_open_problems() -> None:
    """庚: of 100 the inspection gave 66.6: 0.5 on 1.1, 32.9 on 2.1; the daily entry costs no marks of a line."""
    found = outline()
    assert (found["文号"], found["知悉范围"], found["约谈人"]) == ("", "约谈人、记录人", "集团公司党委书记")
    assert [(row["序号"], row["内容"], row["失分"]) for row in found["失分"]] == [
        (1, "会议记录不完整", "32.90"), (2, "台账不清", "0.50"),
    ]  # fmt: skip
    assert (found["失分合计"], found["失分其余数"]) == ("33.40", 0)
    assert [row["编号"] for row in found["问题"]] == ["2026-Z07-01", "2026-Z07-08", "2025-Z07-01"]


def test_the_questions_follow_from_the_facts() -> None:
    assert outline()["提问"] == [
        "考核等次为较差，主要原因是什么，本人应负什么责任？",
        "失分最多的是“会议记录不完整”，平时怎样抓的，差在哪个环节？",
        "问题2025-Z07-01已超过完成时限，卡在哪里，什么时候完成？",
        "上述问题在本单位是个别的还是普遍的，自查了没有？",
        "下一步有哪些措施，谁负责，什么时候见效？",
    ]
    made = edition()
    again = tuple(
        replace(each, relapse_of="2025-Z07-02") if each.problem_id == "2026-Z07-08" else each
        for each in made.ledger.problems
    )
    made = replace(made, ledger=replace(made.ledger, problems=again))
    told = interview_papers.outline(made, OUTLINE, WORST, "")["提问"]
    assert "问题2026-Z07-08属于销号后复发，原来的措施为什么没有管住？" in told  # type: ignore[operator]


def test_a_row_for_a_rule_asks_for_the_reason_of_that_rule_only() -> None:
    made = edition()
    objects = list(made.outcome.objects)
    first = next(one for one in objects[6].consequences if one.effect == "约谈")
    objects[6] = replace(objects[6], consequences=(first, replace(first, rule="R16", reason="书记述职评议等次为差")))
    made = replace(made, outcome=replace(made.outcome, objects=tuple(objects)))
    told = interview_papers.outline(made, replace(OUTLINE, recipients="R16"), WORST, "")["提问"]
    assert told[0] == "书记述职评议等次为差，主要原因是什么，本人应负什么责任？"  # type: ignore[index]
    assert not any("考核等次为较差" in each for each in told)  # type: ignore[attr-defined]


def test_many_lost_points_are_cut_and_counted() -> None:
    made = edition()
    objects = list(made.outcome.objects)
    loss = objects[6].losses[1]
    shared = tuple(replace(loss, problem_id=f"x{n}", lost=loss.lost / 10, fact=f"第{n}处") for n in range(10))
    objects[6] = replace(objects[6], losses=(objects[6].losses[0], *shared))
    found = interview_papers.outline(
        replace(made, outcome=replace(made.outcome, objects=tuple(objects))), OUTLINE, WORST, ""
    )
    assert (len(found["失分"]), found["失分其余数"], found["失分合计"]) == (8, 3, "33.40")  # type: ignore[arg-type]


def test_a_persons_papers_tell_no_unit_figures() -> None:
    found = outline("S02")
    assert (found["总分"], found["失分"], found["失分合计"], found["问题"]) == ("", [], "", [])
    assert found["提问"][0] == "第一责任测评等次为“一般”，主要原因是什么，本人应负什么责任？"


def test_a_provisional_interview_leaves_the_rank_open_in_both_papers() -> None:
    for made in (interview_papers.outline, interview_papers.record):
        found = made(edition(held=True), None, WORST, "", True)
        assert (found["名次"], found["标注"]) == ("", "暂定（名次、等次待定）")


def test_a_record_is_prefilled_with_what_is_known() -> None:
    found = interview_papers.record(edition(), RECORD, "S02", "云党谈〔2027〕1号")
    assert (found["约谈对象"], found["约谈人"]) == (
        "陆见川（云陵乙山热电有限公司党委，党委书记、董事长）", "集团公司专职副书记",
    )  # fmt: skip
    assert (found["文号"], found["标题"]) == ("", "陆见川2026年度约谈记录")
    assert found["事由文"] == "1.第一责任测评等次为“一般”，依据第十七条（八）。"


def test_who_is_not_interviewed_gets_neither() -> None:
    for made in (interview_papers.outline, interview_papers.record):
        with pytest.raises(KeyError):
            made(edition(), None, "Z01", "")
