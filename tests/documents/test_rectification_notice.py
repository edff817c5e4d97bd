"""问题整改通知书 (official-documents.md, 5.4): what one unit has to put right, by when, how it is closed, and what follows otherwise.

1. Every problem that is not closed stands in the list once; this period's stand in the body too, led by their kind.
2. Limits, conditions of close-out and consequences come from the scheme, for the severities concerned only.
3. It reads nothing but the unit's own problems: a withheld unit gets it, and it is never 暂定.
"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from kaohe.documents import rectification_notice
from kaohe.documents.plan import plan
from makers import annual
from makers.edition import FULL, LOW, WITHHELD, edition


def fields(unit: str = FULL, **how: bool) -> dict[str, Any]:
    made = edition(**how)
    return rectification_notice.fields(made, None, unit, "云党改函〔2026〕3号")


def test_problems_of_this_period_stand_in_the_body_with_kind_line_and_severity() -> None:
    """A fact that begins with a digit must not run into the number of its line: the kind stands between."""
    assert [(row["序号"], row["类别"], row["事实"], row["说明"]) for row in fields()["问题"]] == [
        (1, "会议记录不完整", "7月支委会记录缺主持人", "指标1.1，一般问题"),
        (2, "会议记录不完整", "8月党员大会记录缺应到人数", "指标1.1，一般问题"),
        (3, "台账不清", "台账停在7月", "指标1.2，严重问题，销号后复发"),
        (4, "谈话不规范", "1份谈话记录没有签字", "指标9.1，一般问题"),
    ]


def test_the_list_has_every_open_problem_once_and_counts_agree() -> None:
    found = fields()
    assert [(row["编号"][:6] + row["编号"][-3:], row["时限"], row["情况"]) for row in found["清单"]] == [
        ("2026Q3-01", "2026年10月22日", "新提出"),
        ("2026Q3-02", "2026年10月22日", "新提出"),
        ("2026Q3-03", "2026年11月6日", "复发"),
        ("2026Q3-04", "2026年10月22日", "新提出"),
        ("2026Q2-01", "2026年7月20日", "已逾期"),
        ("2026Q2-02", "2026年10月31日", "未销号"),
    ]
    counts = [found[name] for name in ("问题数", "类别数", "复发数", "遗留数", "逾期数", "合计数", "逾期序号")]
    assert counts == [4, 3, 1, 2, 1, 6, "5"]
    assert found["清单注"] == "共6项，其中本期提出4项，以前提出、尚未销号2项。整改措施和整改情况填入随附的整改清单。"


def test_limits_count_from_the_document_date_and_stand_in_the_ledger() -> None:
    found = fields()
    assert (found["方案期限"], found["方案时限"]) == ("3个自然日", "2026年10月17日")
    assert found["整改时限"] == "一般问题2026年10月22日前、严重问题2026年11月6日前"
    assert (found["责任人"], found["检查组"], found["检查日期"]) == ("陆见川", "第二检查组", "2026年9月22日")


def test_a_deadline_that_is_over_is_not_asked_for_but_named() -> None:
    """A problem noted in May had its deadline in June; the document is of January."""
    made = annual.edition()
    early = tuple(
        replace(each, deadline="2026-06-30") if each.problem_id == f"2026-{annual.BEST}-01" else each
        for each in made.ledger.problems
    )
    made = replace(made, ledger=replace(made.ledger, problems=early))
    found = rectification_notice.fields(made, None, annual.BEST, "")
    assert (found["逾期数"], found["逾期序号"], found["整改时限"]) == (1, "1", "2027年2月26日前")
    assert [row["情况"] for row in found["清单"]] == ["已逾期", "新提出"]  # type: ignore[attr-defined]


def test_close_out_and_what_follows_come_from_the_scheme_for_the_severities_concerned() -> None:
    worst = rectification_notice.fields(annual.edition(), None, annual.WORST, "")
    assert worst["销号条件"] == [
        "一般问题：单位报告已完成并附佐证，检查组核验属实。",
        "严重问题：提交专题整改报告，检查组现场核验属实。",
    ]
    assert worst["不整改"] == [
        "一般问题逾期没有销号的，列入逾期清单，由党群工作部书面提醒。",
        "严重问题逾期没有销号的，报集团公司党委督办。",
        "考核时逾期没有销号的问题，每个减0.2分，最多减1分。",
        "考核时销号后复发的问题，每个减0.3分。",
    ]
    best = rectification_notice.fields(annual.edition(), None, annual.BEST, "")
    assert [text[:2] for text in best["销号条件"]] == ["一般"] and "严重" not in "".join(best["不整改"])  # type: ignore[union-attr, call-overload]


def test_a_problem_of_daily_assessment_says_where_it_was_noted() -> None:
    found = rectification_notice.fields(annual.edition(), None, annual.WORST, "")
    assert [(row["事实"], row["说明"]) for row in found["问题"]][-1] == ("季度报表逾期5天报送", "日常考核，严重问题")  # type: ignore[attr-defined]


def test_it_is_written_at_once_for_a_withheld_unit_too_and_never_provisional() -> None:
    made = edition(held=True)
    problem = replace(made.ledger.problems[-1], problem_id=f"2026Q3-{WITHHELD}-01", unit_code=WITHHELD)
    made = replace(made, ledger=replace(made.ledger, problems=(*made.ledger.problems, problem)))
    row = replace(made.scheme.documents[0], kind=rectification_notice.KIND, provisional_ok=False)
    made = replace(made, scheme=replace(made.scheme, documents=(row,)))
    assert [(each.unit_code, each.status) for each in plan(made).documents] == [(FULL, "正式"), (WITHHELD, "正式")]
    assert rectification_notice.fields(made, row, WITHHELD, "云党改函〔2026〕4号")["文号"] == "云党改函〔2026〕4号"


def test_a_unit_without_open_problems_gets_none() -> None:
    assert rectification_notice.applies(edition(), FULL) and not rectification_notice.applies(edition(), LOW)
    with pytest.raises(KeyError):
        fields("X99")


def test_a_draft_has_neither_number_nor_date() -> None:
    found = fields(dated=False)
    assert (found["文号"], found["方案时限"], found["标注"]) == ("", "", "草稿")
