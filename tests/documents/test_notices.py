"""What officials receive: the fields of notice, bulletin and list (official documents, section 5).

1. Score, rank and grade in words equal the result; the class is shown as a whole, no other unit is named.
2. A draft or provisional document says so and has no number; rank and grade wait.
3. The list prints states and dates as the standard wants them.
4. Every field that a template names is one that the kind documents.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from kaohe.documents import bulletin, notice, rectification
from kaohe.documents.wording import consequence_text, numbered
from kaohe.files.word import Template
from kaohe.official.layout import NATIONAL
from kaohe.official.templates import TEMPLATES
from kaohe.records.edition import Edition
from kaohe.records.problems import Ledger, Problem
from kaohe.records.results import Consequence
from kaohe.records.scheme import Severity
from makers.board import edition as whole_edition

KINDS = {
    "考核结果反馈通知书.docx": notice.FIELDS,
    "考核结果通报.docx": bulletin.FIELDS,
    "整改清单.docx": rectification.FIELDS,
}


def problem(number: int, unit: str, **more: object) -> Problem:
    made = Problem(
        f"2026Q3-{unit}-{number:02d}",
        unit,
        "3.1",
        "P01",
        "一般",
        f"事实{number}",
        "记录本",
        "陆文棠",
        "2026Q3",
        "2026-09-20",
        "2026-09-29",
        "2026-10-22",
    )
    return replace(made, **more)


@pytest.fixture(scope="module")
def edition() -> Edition:
    made = whole_edition()
    unit = made.outcome.objects[9].code
    problems = (
        problem(1, unit),
        problem(2, unit, state="已完成待核验", reported="已完成", measures="补记录", deadline="2026-10-05"),
        problem(3, unit, reported="未完成", state="推进中", relapse_of="2026Q1-X-01"),
    )
    scheme = replace(made.scheme, severities=(Severity("一般", 5, 20),))
    return replace(
        made, scheme=scheme, row=replace(made.row, as_of="2026-10-10"), ledger=Ledger("2026Q3", "2026-10-10", problems)
    )


@pytest.fixture(scope="module")
def unit(edition: Edition) -> str:
    return edition.outcome.objects[9].code


def test_score_rank_and_grade_in_words_equal_the_result(edition: Edition, unit: str) -> None:
    result = edition.outcome.of(unit)
    assert result is not None and result.total is not None
    text = str(notice.fields(edition, unit, "岚函〔2026〕31号")["结果说明"])
    assert f"考核总分{float(result.total):.2f}分" in text and f"第{result.rank}名（共{result.field_size}个）" in text


def test_a_notice_names_no_other_unit(edition: Edition, unit: str) -> None:
    everything = str(notice.fields(edition, unit, ""))
    own = edition.roster.unit(unit)
    assert own is not None and own.name in everything
    assert not [other.name for other in edition.roster.units if other.code != unit and other.name in everything]


def test_the_score_table_closes(edition: Edition, unit: str) -> None:
    rows = {str(row["内容"]): row for row in notice.fields(edition, unit, "")["得分表"]}  # type: ignore[attr-defined]
    result = edition.outcome.of(unit)
    assert result is not None and rows["总分"]["得分"] == f"{float(result.total or 0):.2f}"
    lost = sum(Fraction(str(row["失分"])) for row in rows.values() if row["序号"] != "")
    assert lost == 100 - (result.base or 0)


def test_each_problem_of_the_period_is_told_with_its_deadline_and_relapse(edition: Edition, unit: str) -> None:
    told = notice.fields(edition, unit, "")["问题"]
    assert [row["序号"] for row in told] == [1, 2, 3]  # type: ignore[attr-defined]
    assert "2026年10月22日前完成整改" in told[0]["说明"] and "属于复发" in told[2]["说明"]  # type: ignore[index]


def test_without_a_decided_date_it_is_a_draft_without_a_number(edition: Edition, unit: str) -> None:
    undated = replace(edition, row=replace(edition.row, document_date=""))
    found = notice.fields(undated, unit, "岚函〔2026〕31号")
    assert found["文号"] == "" and "草稿" in str(found["草稿"]) and found["成文日期"] == "成文日期待定"


def test_a_provisional_result_leaves_rank_and_grade_open() -> None:
    waiting = whole_edition(withheld={whole_edition().outcome.objects[0].code: "存疑"})
    other = next(each for each in waiting.outcome.objects if each.status == "暂定")
    found = notice.fields(waiting, other.code, "岚函〔2026〕31号")
    assert "名次、等次待定" in str(found["结果说明"]) and "等次为" not in str(found["结果说明"]) and found["文号"] == ""


def test_the_list_prints_states_dates_and_close_out_as_the_standard_wants(edition: Edition, unit: str) -> None:
    rows = rectification.fields(edition, unit)["清单"]
    assert [(row["整改情况"], row["销号"]) for row in rows] == [
        ("未启动", "未销号"),
        ("已完成", "未销号"),
        ("未完成", "未销号"),
    ]  # type: ignore[attr-defined]
    assert [row["完成时限"] for row in rows] == ["2026年10月22日", "2026年10月5日（已逾期）", "2026年10月22日"]  # type: ignore[attr-defined]


def test_the_bulletin_ranks_every_scored_unit_once_and_equal_scores_equally(edition: Edition) -> None:
    groups = bulletin.fields(edition, "岚发〔2026〕12号")["分组"]
    rows = [row for group in groups for row in group["行"]]  # type: ignore[attr-defined]
    assert len({row["单位"] for row in rows}) == len(rows) == 31
    for group in groups:  # type: ignore[attr-defined]
        totals = [Fraction(row["总分"]) for row in group["行"]]
        assert totals == sorted(totals, reverse=True)
        for row, total in zip(group["行"], totals, strict=True):
            assert int(row["名次"]) == 1 + sum(other > total for other in totals)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_field_of_a_template_is_documented_for_its_kind(name: str) -> None:
    assert Template.compile(TEMPLATES[name](NATIONAL), name).unknown_names(KINDS[name]) == ()


def test_a_consequence_is_reason_effect_month_and_clause() -> None:
    hit = Consequence(
        "R05", "绩效加减", "-0.5", Fraction(-1, 2), "月度绩效", "2026-10", "基础分97.99，低于98分", "第十二条（三）"
    )
    assert consequence_text(hit) == "基础分97.99，低于98分：月度绩效减0.5分，10月兑现（第十二条（三））"


@pytest.mark.parametrize(("count", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (33, "三十三")])
def test_headings_are_counted_in_chinese(count: int, text: str) -> None:
    assert numbered(count) == text
