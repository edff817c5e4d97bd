"""考核结果通报 (official-documents.md, 5.2).

1. Every assessed unit stands once; ranks follow totals, equal totals share a rank; means and counts are recomputed here.
2. Boards and consequences name rule, clause, units and reason.
3. While a field has a withheld unit, its ranks, grades and boards wait.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from kaohe.documents import bulletin
from kaohe.records.shares import shares_of
from makers import annual
from makers.board import edition as whole_quarter
from makers.edition import UNITS, edition


def fields(**how: bool) -> dict[str, Any]:
    return bulletin.fields(edition(**how), "云党发〔2026〕12号")


def rows(found: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (row["名次"], row["单位"][:2], row["总分"], row["等次"], row["榜"])
        for group in found["分组"]
        for row in group["行"]
    ]


def test_every_unit_stands_once_by_rank_within_its_class() -> None:
    assert rows(fields()) == [
        ("1", "甲河", "99.50", "好", "先锋榜"),
        ("2", "丙原", "97.85", "一般", "—"),
        ("2", "乙山", "97.85", "一般", "—"),
        ("1", "丁楼", "98.50", "较好", "—"),
        ("2", "戊台", "98.00", "较好", "—"),
        ("1", "己阁", "97.99", "一般", "—"),
    ]


def test_groups_are_headed_by_class_size_and_mean() -> None:
    found = fields()["分组"]
    assert [(group["序号"], group["名称"], group["注"]) for group in found] == [
        ("一", "Ⅰ类县区公司（3个，平均98.40分）", "得分相同的名次并列。"),
        ("二", "Ⅱ类专业中心（2个，平均98.25分）", ""),
        ("三", "Ⅲ类本部（1个，平均97.99分）", ""),
    ]


def test_the_summary_is_recomputed_from_the_totals() -> None:
    """99.5 + 97.85 + 97.85 + 98.5 + 98 + 97.99 = 589.69, mean 98.28; before 590.05, mean 98.34."""
    found = fields()
    assert [found[name] for name in ("参评数", "计分数", "平均分", "最高分", "最低分", "与上期")] == [
        6, 6, "98.28", "99.50", "97.85", "比上期下降0.06分",
    ]  # fmt: skip
    assert found["等次分布"] == "好1个、较好2个、一般3个"
    counts = ("问题数", "类别数", "复发数", "销号数", "未销号数", "逾期数")
    assert [found[name] for name in counts] == [4, 3, 1, 1, 6, 1]


def test_consequences_stand_by_rule_with_clause_units_and_reason() -> None:
    assert [row["内容"] for row in fields()["结果运用"]] == [
        "依据第十条（一），列入先锋榜：甲河公司党总支。理由：总分排名第一。",
        "依据第十条（二），月度绩效减0.5分，2026年10月兑现：己阁办公室党支部。理由：基础分97.99分，低于98分。",
        "依据第十条（三），由公司党委约谈党组织书记：己阁办公室党支部。理由：基础分97.99分，低于98分。",
    ]


def test_addressee_copies_and_imprint_come_from_the_scheme() -> None:
    found = fields()
    assert (found["主送"], found["抄送"], found["印发机关"], found["印发日期"]) == (
        "各党（总）支部", "集团纪委，人力资源部", "云陵集团办公室", "2026年10月14日",
    )  # fmt: skip
    assert found["公示期"] == "2026年10月15日至10月21日" and found["文号"] == "云党发〔2026〕12号"


@pytest.mark.parametrize(
    ("form", "own", "copies"), [("文件", "", "公司纪委"), ("文件", "人力资源部。", "人力资源部"), ("信函", "", "")]
)
def test_a_document_without_copies_of_its_own_goes_to_those_of_the_scheme(
    form: Literal["文件", "信函"], own: str, copies: str
) -> None:
    made = edition()
    made = replace(made, scheme=replace(made.scheme, info={**made.scheme.info, "抄送机关": "公司纪委"}))
    row = replace(made.scheme.documents[0], layout=form, copies_to=own)
    assert bulletin.fields(made, "", row)["抄送"] == copies


def test_a_field_with_a_withheld_unit_waits_and_says_who() -> None:
    found = fields(held=True)
    assert rows(found)[3:5] == [("待定", "丁楼", "98.50", "待定", "—"), ("待定", "戊台", "存疑", "待定", "—")]
    assert rows(found)[0] == ("1", "甲河", "99.50", "好", "先锋榜")
    assert found["未计分"] == "戊台中心党支部填报内容待核实，有关排名组的名次、等次待定。"
    assert found["等次分布"] == "" and found["文号"] == "" and found["标注"] == "暂定（名次、等次待定）"
    assert len({row["单位"] for group in found["分组"] for row in group["行"]}) == len(UNITS)


def test_in_a_whole_quarter_ranks_are_recomputed_from_the_printed_totals() -> None:
    groups = bulletin.fields(whole_quarter(), "")["分组"]
    assert sum(len(group["行"]) for group in groups) == 31  # type: ignore[attr-defined]
    for group in groups:  # type: ignore[attr-defined]
        totals = [Fraction(row["总分"]) for row in group["行"]]
        assert [int(row["名次"]) for row in group["行"]] == [
            1 + sum(other > total for other in totals) for total in totals
        ]


def test_what_went_well_is_figures_of_all_and_words_of_the_inspectors() -> None:
    """四 of the year's schemes: the mean shares are recomputed; the practices are the typed ones, the best place first."""
    made = annual.edition()
    shares: dict[str, list[Fraction]] = {}
    for each in made.outcome.objects:
        for code, share in shares_of(each).items() if each.object == "单位" and each.total is not None else ():
            shares.setdefault(code, []).append(share)
    best = max(shares, key=lambda code: sum(shares[code], Fraction(0)) / len(shares[code]))
    names = {each.code: each.name for each in (*made.scheme.components, *made.scheme.indicators)}
    found: dict[str, Any] = bulletin.fields(made, "")
    if len(shares) > 3:
        assert found["成效"][0].startswith(f"平均得分率较高的是{names[best]}（")
    ranks = {each.name: each.rank or 0 for each in made.outcome.objects}
    assert found["做法"] and [ranks[each["名称"]] for each in found["做法"]] == sorted(
        ranks[each["名称"]] for each in found["做法"]
    )


def test_where_nothing_is_known_the_bulletin_says_so() -> None:
    """The quarter's units have no lines but two, and nothing to be compared with."""
    made = edition()
    objects = tuple(replace(each, leaves=(), components=(), previous_total=None) for each in made.outcome.objects)
    found: dict[str, Any] = bulletin.fields(replace(made, outcome=replace(made.outcome, objects=objects)), "")
    assert found["成效"] == ["本期没有单独总结的做法。"]
