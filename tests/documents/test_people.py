"""Documents about persons: feedback to one person, profiles of a team and of a person, and the restricted summary of nominations.

1. A person's dimension is Σ weight × group figure: 头1 政治素质 = 0.6 × (8×100 + 2×80)/10 + 0.4 × (12×100 + 8×80)/20 = 0.6×96 + 0.4×92 = 94.4.
2. It stands beside the mean of the class, without anybody else's figure; of a class of fewer than three there is no mean.
3. Total = 60 % own ballot + 40 % unit; the unit's result and what the person reported stand in the feedback.
4. A profile has the same sides in a chart, and says where the gap to the mean is widest.
5. Nominations: votes, shares of valid ballots, by group; a group with too few ballots is not told, and neither is the sum.
6. Nominees get neither feedback nor profile, because they have no total.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from kaohe.documents import nominations, person_notice, profile
from kaohe.documents.board.rules import read_rules
from kaohe.documents.board.units import unit_groups
from kaohe.documents.dimensions import option_shares, standings
from kaohe.documents.plan import plan
from makers.people import edition


def feedback(code: str = "Z1") -> dict[str, Any]:
    made = edition()
    return person_notice.fields(made, made.scheme.documents[0], code, "虚党考〔2027〕1号")


def test_1_2_dimensions_stand_beside_the_mean_of_the_class() -> None:
    made = edition()
    result = made.outcome.of("Z1")
    assert result is not None
    politics, results = standings(made, result)
    assert (politics.name, politics.own) == ("政治素质", Fraction("94.4"))
    # U2 100, U3 0.6×84 + 0.4×86 = 84.8, U4 0.6×98 + 0.4×99 = 98.4
    assert politics.mean == (Fraction("94.4") + 100 + Fraction("84.8") + Fraction("98.4")) / 4
    assert results.own == Fraction(90)
    few = [each for each in made.outcome.objects if each.code not in ("Z3", "Z4")]
    lone = replace(made, outcome=replace(made.outcome, objects=tuple(few)))
    assert [each.mean for each in standings(lone, result)] == [None, None]


def test_2_3_a_person_is_told_the_own_result_the_units_and_what_was_reported() -> None:
    found = feedback()
    assert found["主送"] == "头1同志" and found["职务"] == "书记" and found["单位名称"] == "第1分公司党支部"
    # own ballot (94.4 + 90)/2 = 92.2, the unit's is the same: 92.2
    assert (
        found["总分"] == "92.20"
        and found["单位总分"] == "92.20"
        and found["名次"] == "列第3名"
        and found["同类数"] == 4
    )
    assert found["维度"][0] == {"名称": "政治素质", "得分": "94.40", "同类平均": "94.40", "与平均": "0.00"}
    assert found["测评票"] == "好58.3%、较好41.7%、一般0.0%"  # 35 and 25 of the 60 votes
    assert found["短处"] == "工作实绩" and found["长处"] == ""
    assert found["查摆"] == ["一是调研不够。", "二是督办不严。"] and found["打算"] == ["每月到一线一次。"]
    assert found["同类平均"] and "同类最高" not in found  # the best of a class is somebody's figure


def test_3_somebody_whom_no_one_knows_has_no_feedback() -> None:
    made = edition()
    assert [person_notice.applies(made, code) for code in ("Z1", "H11", "U1", "没有")] == [True, False, False, False]
    assert profile.applies(made, "U1") and not profile.applies(made, "H11")


def test_4_a_profile_names_the_widest_gaps_and_draws_the_same_sides() -> None:
    made = edition()
    found = profile.fields(made, made.scheme.documents[1], "Z3", "")
    assert (
        found["是人员"] is True and found["知悉范围"] == "限公司党委" and found["画像图"] == []
    )  # two sides make no chart
    assert found["短板"].startswith("政治素质比同类平均低9.6分")  # 84.8 against 94.4
    # 政治素质 84.8, 工作实绩 0.6×88 + 0.4×88 = 88: half each
    assert found["测评"].startswith("个人民主测评86.40分，等次较好；有效票30张，其中好")
    assert found["述职"] == "" and profile.fields(made, None, "U1", "")["述职"].startswith(
        "头1：一是调研不够；二是督办不严"
    )


def test_5_nominations_are_told_by_group_with_their_share_of_valid_ballots() -> None:
    made = edition()
    rows = nominations.fields(made, made.scheme.documents[2], "", "")["推荐"][0]["行"]  # type: ignore[index]
    first = rows[0]
    assert (first["姓名"], first["得票"], first["得票率"], first["票数"]) == ("候11", "22", "73.3%", "30／30／30")
    assert first["主体"] == "骨干 7／10票\n职工 15／20票" and first["建议"].startswith("建议：")
    assert [row["姓名"] for row in rows] == ["候11", "候12", "候22", "候21", "候31", "候32"]  # by unit, then by share
    assert rows[5]["得票"] == "0" and rows[5]["得票率"] == "0.0%" and rows[5]["建议"] == ""


def test_5_a_group_of_two_is_not_told_and_neither_is_the_sum_that_would_tell_it() -> None:
    made = edition(voters=2)
    first = nominations.fields(made, made.scheme.documents[2], "", "")["推荐"][0]["行"][0]  # type: ignore[index]
    assert first["得票"] == nominations.HIDDEN and first["得票率"] == "—"
    assert "骨干 票数少，不单列" in first["主体"] and "2／2" not in first["主体"]


def test_6_who_gets_which_document() -> None:
    made = edition()
    found = plan(made)
    codes = {
        kind: [each.unit_code for each in found.documents if each.kind == kind]
        for kind in ("个人考核结果反馈函", "画像")
    }
    assert codes["个人考核结果反馈函"] == ["Z1", "Z2", "Z3", "Z4"]
    assert codes["画像"] == ["U1", "U2", "U3", "U4", "Z1", "Z2", "Z3", "Z4"]
    assert [each.file for each in found.documents if each.kind == "画像"][4] == "文书/画像/Z1 头1.docx"
    early = replace(made, row=replace(made.row, meeting=""))
    assert [each.kind for each in plan(early).waiting] == ["推荐情况汇总"]


def test_shares_of_options_are_of_all_votes_and_of_marks_there_are_none() -> None:
    made = edition()
    rating = made.outcome.of("Z2").rating("GR")  # type: ignore[union-attr]
    assert rating is not None
    assert option_shares(made, rating)[0] == ("好", Fraction(58, 60))
    assert option_shares(made, replace(rating, votes=())) == ()


def test_5_the_page_for_everybody_names_no_nominee() -> None:
    made = edition()
    told = replace(made, scheme=replace(made.scheme, settings=replace(made.scheme.settings, person_detail="全部")))
    groups = unit_groups(told, (), read_rules(told.scheme, told.when.clock))
    assert [(group.label, [each.name for each in group.units]) for group in groups] == [
        ("基层单位", [f"第{number}分公司党支部" for number in range(1, 5)]),
        ("班子正职", ["头1", "头2", "头3", "头4"]),
    ]
