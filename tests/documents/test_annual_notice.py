"""The notice of a year that is made of several sources: daily points, inspection, evaluations below a component, a decided grade.

1. The body names the components with their shares, and the grade of the debriefing review.
2. The score table goes from lines through components to the total; each source says how its score came about.
3. Daily entries that cost points are lost marks with reason and clause; those that brought points are merits.
4. Evaluations show means and ballots by rater group, never the mark of a few.
5. Where the committee decided another grade, both stand there with the reason; bars and places are told with their clause.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from kaohe.documents import notice
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult
from makers.annual import BARRED, BEST, DECIDED, FULL, UNITS, WORST, edition


def fields(unit: str, made: Edition | None = None) -> dict[str, Any]:
    return notice.fields(made or edition(), unit, "云党函〔2027〕1号")


def changed(unit: str, **how: Any) -> Edition:
    """The edition with one unit's result changed."""
    made = edition()
    objects = tuple(replace(each, **how) if each.code == unit else each for each in made.outcome.objects)
    return replace(made, outcome=replace(made.outcome, objects=objects))


def result(unit: str) -> ObjectResult:
    found = edition().outcome.of(unit)
    assert found is not None
    return found


def test_the_body_names_components_with_their_shares_and_the_review_with_its_grade() -> None:
    found = fields(BARRED)
    assert found["构成"] == [
        {"名称": "日常考核", "得分": "95.00分", "权重": "20%"},
        {"名称": "现场检查", "得分": "96.00分", "权重": "60%"},
        {"名称": "综合评价", "得分": "86.50分", "权重": "20%"},
    ]
    graded = [(each["名称"], each["得分"], each["等次"]) for each in found["评价"] if each["等次"]]
    assert graded == [("书记抓基层党建述职评议", "78.00", "一般")]


def test_the_score_table_goes_from_lines_through_components_to_the_total() -> None:
    """甲: 0.2 × 92 + 0.6 × 95.5 + 0.2 × (94 + 93) ÷ 2 = 94.40, with the bonus 96.40."""
    rows = [(row["序号"], row["内容"], row["得分"], row["失分"]) for row in fields(BEST)["得分表"]]
    assert rows == [
        ("", "日常考核", "92.00", "8.00"),
        (1, "政治建设", "49.50", "0.50"),
        (2, "组织建设", "46.00", "4.00"),
        ("", "现场检查", "95.50", "4.50"),
        ("", "委员评价", "94.00", "6.00"),
        ("", "书记述职评议", "93.00", "7.00"),
        ("", "综合评价", "93.50", "6.50"),
        ("", "基础分", "94.40", "5.60"),
        ("", "加分：党建品牌创建", "+2.00", ""),
        ("", "总分", "96.40", ""),
    ]


def test_each_source_says_how_its_score_came_about() -> None:
    words = {row["内容"]: row["说明"] for row in fields(BEST)["得分表"]}
    assert words["日常考核"] == "起始分90分，加分1项2.00分；权重20%，计入总分18.40分"
    assert words["书记述职评议"] == "应评16票，交回15票，有效14票；等次好；占综合评价50%"
    assert words["综合评价"] == "权重20%，计入总分18.70分"


def test_points_of_the_components_add_up_to_the_base() -> None:
    for unit in UNITS:
        mine = result(unit.code)
        assert sum(each.points for each in mine.components if each.points is not None) == mine.base_exact


def test_a_component_that_does_not_apply_is_named_with_its_weight_gone_to_the_others() -> None:
    parts = tuple(
        replace(each, score=None, points=None, weight=None) if each.code == "RC" else each
        for each in result(BEST).components
    )
    rows = {row["内容"]: row for row in fields(BEST, changed(BEST, components=parts))["得分表"]}
    assert (rows["日常考核"]["得分"], rows["日常考核"]["说明"]) == ("—", "不适用，权重由其他构成按比例分担")


def test_daily_entries_that_cost_points_are_lost_marks_with_reason_clause_and_row() -> None:
    found = fields(WORST)
    assert [
        (row["序号"], row["指标"], row["失分"], row["事实"], row["条款"], row["出处"]) for row in found["失分明细"]
    ][2:] == [
        (3, "日常考核", "15.00", "2026年5月12日：党建数据月报有误", "第八条（四）", "日常积分 组织部第1条"),
        (4, "日常考核", "5.00", "2026年8月3日：季度报表逾期5天报送", "第八条（三）", "日常积分 组织部第2条"),
    ]
    assert "日常考核起始分90分，减分2项20.00分，得70.00分" in found["失分明细注"]
    kinds = {each["类别"]: each["内容"] for each in found["问题"]}
    assert kinds["材料报送不及时"] == "季度报表逾期5天报送（日常考核，失5.00分）。"


def test_daily_entries_that_brought_points_and_words_of_the_appraisal_are_merits() -> None:
    found = fields(BEST)
    assert found["主要成绩"] == [
        "把第一议题列入党委会固定议程，全年学习36次。",
        "可以推广的做法：班组党员责任区包保到岗，隐患整改率98%。",
        "经核定的加分事项：“‘先锋号’品牌获省级表彰”加2.00分（党建品牌创建）。",
        "日常考核加分事项：基层党建品牌在集团交流（加2.00分）。",
    ]
    assert (found["点评"], found["整改建议"]) == (
        "书记亲自抓、带头讲，还要抓到支部。",
        "一是规范会议记录；二是每月核对台账。",
    )


def test_evaluations_show_means_and_ballots_by_group() -> None:
    assert [tuple(row.values()) for row in fields(BEST)["评价表"]] == [
        ("书记抓基层党建述职评议", "集团领导", "60%", "4／4／4", "95.00"),
        ("书记抓基层党建述职评议", "部门负责人", "40%", "10／11／12", "90.00"),
        ("委员评价", "党委委员", "100%", "9／9／9", "94.00"),
    ]


def test_the_mean_of_two_ballots_is_not_told() -> None:
    rating = result(BEST).ratings[0]
    few = replace(rating, groups=(replace(rating.groups[0], valid=2), rating.groups[1]))
    shown = fields(BEST, changed(BEST, ratings=(few,)))["评价表"]
    assert [row["平均分"] for row in shown] == ["—", "90.00"]


def test_a_decided_grade_stands_beside_the_computed_one_with_its_reason() -> None:
    found = fields(DECIDED)
    assert (found["等次"], found["计算等次"], found["审定人"], found["审定理由"]) == (
        "一般", "良好", "集团公司党委", "年内发生一般安全事故，经研究下调一档",
    )  # fmt: skip
    same = fields(BEST)
    assert (same["等次"], same["计算等次"], same["审定人"], same["审定理由"]) == ("优秀", "", "", "")


def test_a_decision_that_was_not_adopted_is_not_told() -> None:
    doubtful = replace(result(DECIDED).decided, adopted=False)  # type: ignore[type-var]
    assert fields(DECIDED, changed(DECIDED, decided=doubtful, grade="良好"))["计算等次"] == ""


def test_bars_and_places_are_told_with_their_clause_and_consequences_are_not_told_twice() -> None:
    assert fields(BARRED)["等次说明"] == ["党委书记述职评议等次为“一般”，本单位不得评为优秀，依据第十六条（一）。"]
    assert fields(FULL)["等次说明"] == ["优秀名额2个已用完。"]
    told = changed(WORST, reasons=tuple(one.reason for one in result(WORST).consequences))
    assert fields(WORST, told)["等次说明"] == []


def test_a_reminder_to_an_office_is_not_told_to_the_unit() -> None:
    mine = result(WORST)
    inner = replace(mine.consequences[-1], rule="R17", target="党委组织部", reason="连续2年为较差，请研究班子调整")
    shown = fields(WORST, changed(WORST, consequences=(*mine.consequences, inner)))["结果运用"]
    assert not [row for row in shown if "班子调整" in row["内容"]]
    assert [row["内容"] for row in shown][-1].startswith("有1个问题超过时限未销号")


def test_a_provisional_notice_tells_neither_grade_nor_its_reasons() -> None:
    found = fields(BARRED, edition(held=True))
    assert (found["等次"], found["计算等次"], found["等次说明"], found["名次"]) == ("", "", [], "")


def test_a_notice_names_no_other_unit() -> None:
    for unit in UNITS:
        shown = str(fields(unit.code))
        assert [each.code for each in UNITS if each.name in shown or each.short in shown] == [unit.code]
