"""考核结果反馈通知书 (official-documents.md, 5.1): what the office signs, on an edition that can be checked by hand.

1. Score, rank and grade in words equal the result; the class is shown as a whole, without another unit's name or score.
2. Every lost mark stands in the annex with reason, clause, evidence and cell; annex, table and score agree.
3. Problems are grouped by kind; a unit without problems is told so.
4. The plan's deadline counts from the document date, completion stands as the ledger has it.
5. Drafts and provisional documents say so and carry no number; ranks, grades and comparisons wait.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from kaohe.core.sentences import say
from kaohe.documents import notice
from kaohe.documents.checks import breaches
from makers.edition import FIRST, FULL, LOW, UNITS, WITHHELD, edition


def fields(unit: str, **how: bool) -> dict[str, Any]:
    return notice.fields(edition(**how), unit, "云党函〔2026〕31号")


def test_result_and_comparison_are_those_of_the_unit_and_its_class() -> None:
    """Ⅰ: 99.50, 97.85, 97.85: mean 98.40; 乙 is 0.55 below it and 0.40 below its own 98.25."""
    found = fields(FULL)
    assert (found["总分"], found["基础分"], found["加分"], found["名次"], found["同类数"], found["等次"]) == (
        "97.85", "97.85", "", "并列第2名", 3, "一般",
    )  # fmt: skip
    assert (found["分类"], found["同类平均"], found["同类最高"], found["与平均"]) == (
        "Ⅰ类县区公司", "98.40", "99.50", "比平均分低0.55分",
    )  # fmt: skip
    assert (found["上期总分"], found["上期名次"], found["与上期"]) == ("98.25", "列第3名", "下降0.40分")
    assert found["单列构成"] == [{"名称": "廉政", "得分": "99.50"}]


@pytest.mark.parametrize("unit", [each.code for each in UNITS])
def test_a_notice_names_no_other_unit(unit: str) -> None:
    shown = str(fields(unit))
    assert [each.code for each in UNITS if each.name in shown or each.short in shown] == [unit]


def test_law_meeting_inspection_and_addressee_are_named() -> None:
    found = fields(FULL)
    assert (found["主送"], found["办法名称"], found["依据文号"]) == (
        "乙山公司党总支",
        "云陵集团考核办法",
        "云党发〔2026〕3号",
    )
    assert (found["检查组"], found["检查日期"], found["审定会议"]) == (
        "第二检查组",
        "2026年9月22日",
        "集团党委第9次会议",
    )
    assert fields(FIRST)["检查组"] == "考核组" and fields(FIRST)["检查日期"] == ""


def test_consequences_give_reason_clause_effect_and_month() -> None:
    assert [row["内容"] for row in fields(LOW)["结果运用"]] == [
        "基础分97.99分，低于98分，依据第十条（二），月度绩效减0.5分，2026年10月兑现。",
        "基础分97.99分，低于98分，依据第十条（三），由公司党委约谈党组织书记。",
    ]


def test_merits_are_words_of_the_inspectors_and_facts() -> None:
    assert fields(FULL)["主要成绩"] == ["支部工作有计划、有记录。"]
    assert fields(FIRST)["主要成绩"] == [
        "组织建设没有失分。",
        "经核定的加分事项：“支部品牌在集团推广”加0.30分（经验推广）。",
    ]
    assert fields(LOW)["主要成绩"] == ["各项得分见附件1。"]


def test_problems_are_grouped_by_kind_with_line_and_cost() -> None:
    found = fields(FULL)
    assert found["问题"] == [
        {
            "序号": "一",
            "类别": "会议记录不完整",
            "内容": "7月支委会记录缺主持人（指标1.1，失0.30分）；8月党员大会记录缺应到人数（指标1.1，失0.30分）。",
        },
        {"序号": "二", "类别": "台账不清", "内容": "台账停在7月（指标1.2，失1.00分，销号后复发）。"},
        {"序号": "三", "类别": "谈话不规范", "内容": "1份谈话记录没有签字（指标9.1，未扣分）。"},
    ]
    assert [found[name] for name in ("问题数", "类别数", "复发数", "遗留数", "逾期数", "销号数")] == [4, 3, 1, 2, 1, 1]


def test_of_many_problems_of_one_kind_the_text_has_those_that_cost_most_and_the_list_all() -> None:
    """Ten more of K1 without deduction: the two that cost marks stay, four of the others in the order of their numbers."""
    made = edition()
    one = next(
        each
        for each in made.ledger.problems
        if each.unit_code == FULL and each.kind == "K1" and each.period == made.period
    )
    more = tuple(replace(one, problem_id=f"2026Q3-Y02-{n}", fact=f"第{n}件事") for n in range(10, 20))
    many = replace(made, ledger=replace(made.ledger, problems=(*made.ledger.problems, *more)))
    row = next(each for each in made.scheme.documents if each.code == "FK")
    found: dict[str, Any] = notice.fields(many, FULL, "", row)
    words = next(each["内容"] for each in found["问题"] if "件事" in each["内容"])
    assert words.count("（指标") == notice.MOST_FACTS and words.count("失0.30分") == 2
    assert words.endswith("第13件事（指标1.1，未扣分）；其余6个见附件3。")
    assert len(found["问题清单"]) == found["问题数"] + found["遗留数"]
    assert breaches(many, row, FULL, found) == ()
    found["问题"][0]["内容"] = words.replace("其余6个", "其余5个")
    assert [say(each) for each in breaches(many, row, FULL, found)] != []


def test_without_problems_there_is_neither_a_list_nor_a_deadline() -> None:
    found = fields(LOW)
    assert (found["问题"], found["问题清单"], found["整改时限"]) == ([], [], "")


def test_the_plan_counts_from_the_document_date_and_completion_from_the_ledger() -> None:
    """Wednesday 14 October + 3 calendar days (严重 is the shorter plan) = 17 October; severities end on different days."""
    found = fields(FULL)
    assert (found["方案期限"], found["方案时限"]) == ("3个自然日", "2026年10月17日")
    assert found["整改时限"] == "一般问题2026年10月22日前、严重问题2026年11月6日前"
    assert fields(FULL, dated=False)["方案时限"] == ""


def test_the_score_table_agrees_with_the_score() -> None:
    """1: 60 − 1.6 = 58.40; 2: 30 assessable, 29.665; rescaled (58.4 + 29.665) ÷ 90 × 100 = 97.85."""
    rows = [(row["序号"], row["内容"], row["满分"], row["得分"], row["失分"]) for row in fields(FULL)["得分表"]]
    assert rows == [
        (1, "组织建设", "60", "58.40", "1.60"),
        (2, "党员教育", "30", "29.67", "0.34"),
        ("", "基础分", "100", "97.85", "2.15"),
        ("", "总分", "", "97.85", ""),
        ("", "廉政", "100", "99.50", "0.50"),
    ]
    words = [row["说明"] for row in fields(FULL)["得分表"]]
    assert words[:3] == ["会议记录不完整、台账不清", "学时（指标2.2不适用）", "有指标2.2不适用，按可评满分折算"]


def test_claims_that_were_refused_stand_in_the_score_table_with_the_reason() -> None:
    rows = [(row["内容"], row["得分"], row["说明"]) for row in fields(FIRST)["得分表"] if "加分" in row["内容"]]
    assert rows == [
        ("加分：经验推广", "+0.30", "支部品牌在集团推广"),
        ("加分：经验推广", "0.00", "未报佐证的一项；没有佐证，不计"),
    ]


def test_every_lost_mark_has_reason_clause_evidence_and_cell() -> None:
    rows = fields(FULL)["失分明细"]
    assert [(row["序号"], row["指标"], row["失分"], row["条款"], row["出处"]) for row in rows] == [
        (1, "1.1 组织生活", "0.30", "第五条（一）", "扣分与问题C6"),
        (2, "1.1 组织生活", "0.30", "第五条（一）", "扣分与问题C7"),
        (3, "1.2 台账", "1.00", "第五条（二）", "扣分与问题C8"),
        (4, "2.1 学时", "0.34", "第六条（一）", "评分G9"),
        (5, "9.1 廉政谈话", "0.00", "第八条", "扣分与问题C9"),
    ]
    facts = [row["事实"] for row in rows]
    assert facts[0] == "记录缺项：7月支委会记录缺主持人；佐证：记录本"
    assert facts[2].endswith("按细则应扣2分，受封顶或最低分限制")
    assert facts[3] == "按“完成率”计分：完成值31.64，目标值32；30 × 31.64 ÷ 32"


def test_lost_marks_add_up_to_the_score_table() -> None:
    found = fields(FULL)
    lost = sum(Fraction(row["失分"]) for row in found["失分明细"])
    lines = sum(Fraction(row["失分"]) for row in found["得分表"] if row["序号"])
    assert lost == lines == Fraction("1.94") and "党建失1.94分" in found["失分明细注"]


def test_a_sum_that_was_rounded_says_so_and_another_does_not() -> None:
    assert "可能差0.01分" in fields(FULL)["失分明细注"] and "可能差" not in fields(LOW)["失分明细注"]


def test_the_problem_list_has_new_ones_first_then_what_is_still_open() -> None:
    rows = fields(FULL)["问题清单"]
    assert [(row["编号"][:6], row["程度"], row["时限"], row["情况"]) for row in rows] == [
        ("2026Q3", "一般", "2026年10月22日", "新提出"),
        ("2026Q3", "一般", "2026年10月22日", "新提出"),
        ("2026Q3", "严重", "2026年11月6日", "复发"),
        ("2026Q3", "一般", "2026年10月22日", "新提出"),
        ("2026Q2", "一般", "2026年7月20日", "已逾期"),
        ("2026Q2", "一般", "2026年10月31日", "未销号"),
    ]


def test_a_draft_says_so_and_has_no_number() -> None:
    found = fields(FULL, dated=False)
    assert found["文号"] == "" and found["成文日期"] == "成文日期待定" and found["标注"] == "草稿"
    assert fields(FULL)["文号"] == "云党函〔2026〕31号" and fields(FULL)["标注"] == ""


def test_a_provisional_notice_leaves_rank_grade_and_comparison_open() -> None:
    found = fields("D04", held=True)
    assert (found["名次"], found["等次"], found["同类平均"], found["审定会议"], found["文号"]) == ("", "", "", "", "")
    assert found["总分"] == "98.50" and "名次、等次待定" in found["待定"] and found["标注"] == "暂定（名次、等次待定）"


def test_a_unit_without_a_score_gets_no_notice() -> None:
    with pytest.raises(KeyError):
        fields(WITHHELD, held=True)


def test_samples_are_marked_on_every_page() -> None:
    assert fields(FULL, sample=True)["标注"] == "示例数据（单位和人员均为虚构）"


def test_a_period_without_grades_says_so() -> None:
    made = edition()
    bare = replace(made, scheme=replace(made.scheme, grades=()))
    objects = tuple(replace(each, grade="", grade_computed="", reasons=()) for each in made.outcome.objects)
    bare = replace(bare, outcome=replace(bare.outcome, objects=objects))
    found = notice.fields(bare, FULL, "云党函〔2026〕31号")
    assert (found["等次"], found["等次说明"]) == ("", ["本期不评定等次。"])
    assert "本期不评定等次。" not in fields(FULL)["等次说明"]
