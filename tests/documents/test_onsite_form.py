"""现场反馈表 (official-documents.md, 5.5): one page to every inspected unit, without scores; nothing is invented.

1. Every unit whose workbook came back gets one, also while its score is withheld; without one nobody does.
2. Its number begins the ids of its problems, which are those of the ledger; problems of daily points are not its business.
3. What does not fit on the page is counted, and evidence goes before problems do.
4. It is no draft without a document date, and says no score.
"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from kaohe.core.cells import Source
from kaohe.documents import onsite_form
from kaohe.documents.plan import plan
from kaohe.documents.room import fitting, lines, shortened
from kaohe.records.edition import Edition
from kaohe.records.returns import Cover, Text
from kaohe.records.scheme import DocumentKind
from makers import annual
from makers.edition import FULL, WITHHELD, edition

ROW = DocumentKind("XC", "现场反馈表", "现场反馈表.docx", layout="无", provisional_ok=False)


def with_row(made: Edition) -> Edition:
    return replace(made, scheme=replace(made.scheme, documents=(ROW,)))


def fields(made: Edition, code: str = FULL) -> dict[str, Any]:
    return onsite_form.fields(made, ROW, code, "")


def withheld() -> Edition:
    """乙's workbook, sent back by 戊, whose score is withheld."""
    made = edition(held=True)
    mine = replace(made.submissions[0], object_code=WITHHELD, withheld=True)
    return replace(made, submissions=(*made.submissions, mine))


def test_every_inspected_unit_gets_one_also_while_its_score_is_withheld() -> None:
    made = plan(with_row(withheld()))
    assert [(each.unit_code, each.status, each.number) for each in made.documents] == [
        (FULL, "正式", ""), (WITHHELD, "正式", ""),
    ]  # fmt: skip
    assert not made.waiting
    with pytest.raises(KeyError):
        fields(edition(), "J01")


def test_it_is_no_draft_without_a_document_date_and_takes_no_document_number() -> None:
    made = with_row(edition(dated=False, sample=True))
    assert [each.status for each in plan(made).documents] == ["正式"]
    found = onsite_form.fields(made, ROW, FULL, "云党函〔2026〕31号")
    assert (found["标注"], found["文号"]) == ("示例数据（单位和人员均为虚构）", "")


def test_its_number_begins_the_ids_of_its_problems() -> None:
    found = fields(edition())
    assert found["反馈编号"] == "2026Q3-Y02"
    assert [(each["序号"], each["编号"], each["指标"], each["事实"], each["佐证"]) for each in found["问题"]] == [
        ("01", "2026Q3-Y02-01", "1.1", "7月支委会记录缺主持人", "记录本"),
        ("02", "2026Q3-Y02-02", "1.1", "8月党员大会记录缺应到人数", "记录本"),
        ("03", "2026Q3-Y02-03", "1.2", "台账停在7月", "记录本"),
        ("04", "2026Q3-Y02-04", "9.1", "1份谈话记录没有签字", "记录本"),
    ]  # fmt: skip


def test_what_was_inspected_and_praised_and_is_to_be_done_is_said_without_a_score() -> None:
    found = fields(edition())
    assert (found["检查组"], found["检查组长"], found["检查日期"]) == ("第二检查组", "方砚秋", "2026年9月22日")
    assert found["考核内容"] == "2026年第三季度党建、廉政情况，3类指标、5个考核点。"
    assert found["肯定"] == "支部工作有计划、有记录。"
    assert found["整改建议"] == (
        "按月自查台账。上述问题逐项明确整改措施和责任人，自收到问题整改清单之日起3个自然日内报送整改方案。"
    )
    assert "97.85" not in str(found) and "0.30" not in str(found)


def test_without_words_the_lines_without_problem_or_loss_are_named() -> None:
    """The year's 甲: 1 lost half a mark by a problem, 2 has one too; of the quarter's first unit nothing was found on line 1."""
    made = edition()
    first = replace(made.submissions[0], object_code="J01", words=type(made.submissions[0].words)())
    assert fields(replace(made, submissions=(first,)), "J01")["肯定"] == "组织建设没有发现问题。"
    year = annual.edition()
    bare = replace(year.submissions[1], object_code="Z02")
    assert fields(replace(year, submissions=(bare,)), "Z02")["肯定"] == ""


def test_daily_entries_are_not_of_the_inspection() -> None:
    """庚: 01 was found on site, 08 is an entry of daily points."""
    assert [each["编号"] for each in fields(annual.edition(), annual.WORST)["问题"]] == ["2026-Z07-01"]


def test_a_problem_without_deadline_is_put_right_at_once() -> None:
    made = edition()
    problems = tuple(
        replace(each, deadline="") if each.problem_id.endswith("Q3-Y02-02") else each for each in made.ledger.problems
    )
    told = fields(replace(made, ledger=replace(made.ledger, problems=problems)))["整改建议"]
    assert "第02项立行立改。其余问题逐项" in told


def test_the_units_opinion_is_printed_where_it_was_typed() -> None:
    made = edition()
    cover = Cover(opinion=Text("有异议", Source()), objection=Text("指标1.2\n台账已补记。", Source()))
    found = fields(replace(made, submissions=(replace(made.submissions[0], cover=cover),)))
    assert (found["意见"], found["异议理由"], found["检查日期"]) == ("有异议", "指标1.2；台账已补记", "")
    assert fields(edition())["意见"] == ""


def many(count: int, evidence: str = "记录本") -> dict[str, Any]:
    made = edition()
    one = next(each for each in made.ledger.problems if each.problem_id == "2026Q3-Y02-01")
    fact = "抽查8月记录，缺应到人数、实到人数和表决结果"
    problems = tuple(
        replace(one, problem_id=f"2026Q3-Y02-{n:02d}", fact=fact, evidence=evidence) for n in range(1, count + 1)
    )
    return fields(replace(made, ledger=replace(made.ledger, problems=problems)))


def test_what_does_not_fit_on_the_page_loses_its_evidence_first_and_is_then_counted() -> None:
    few, some, all_of = many(5, "支部手册第12页至第30页"), many(12, "支部手册第12页至第30页"), many(40)
    assert few["问题"][0]["佐证"] and few["其余数"] == 0
    assert not some["问题"][0]["佐证"] and some["其余数"] == 0
    assert all_of["问题数"] == 40 and 10 <= len(all_of["问题"]) < 40
    assert all_of["其余数"] == 40 - len(all_of["问题"])


def test_room_is_reckoned_in_lines() -> None:
    assert (lines("一" * 30, 30), lines("一" * 31, 30), lines("1" * 48, 30), lines("", 30)) == (1, 2, 1, 1)
    assert fitting(["一" * 40, "二", "三"], 30, 3) == 2
    assert shortened("一" * 70, 30, 2) == "一" * 59 + "…" and shortened("短", 30, 2) == "短"
