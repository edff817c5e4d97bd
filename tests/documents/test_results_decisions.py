"""How grades came about: places of a share, bars, who moved up, ties at the line, who was near, and everybody near a limit.

One field of units whose lost marks are written in a line, so that the arithmetic can be checked by eye.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from kaohe.documents.results.book import book
from kaohe.documents.results.boundaries import boundaries_of
from kaohe.documents.results.quotas import grading_of
from kaohe.documents.tables import tables
from kaohe.records.books import Sheet
from kaohe.records.edition import Edition
from kaohe.records.rules import Condition, GradeBand, Rule
from kaohe.records.settings import Settings
from makers import results

GRADES = (
    GradeBand("优秀", least=Fraction(90), share=Fraction(30)),
    GradeBand("良好", least=Fraction(80)),
    GradeBand("一般"),
)


def year(lost: str, *rules: Rule, grades: tuple[GradeBand, ...] = GRADES, **settings: object) -> Edition:
    """Units U0, U1, … of one class, in the order in which they are written; each lost so many of its 100 marks, all on line 1.1."""
    rows = tuple(
        results.ROWS[0]._replace(code=f"U{n}", name=f"单位{n}", deducted=text, bonus="")
        for n, text in enumerate(lost.split())
    )
    scheme = results.scheme(grades=grades, rules=rules, adjustments=(), settings=Settings(**settings))  # type: ignore[arg-type]
    return results.edition(rows=rows, scheme_=scheme)


def barred(points: str) -> Rule:
    """A rule that bars whoever has so many points on line 1.1 (of 60) from the best grade."""
    return Rule("R90", (Condition("指标:1.1", "=", points),), "否优", clause="第九条")


def sheet(edition: Edition, name: str) -> Sheet:
    return next(each for each in book(edition).sheets if each.name == name)


def words(edition: Edition, name: str) -> str:
    return "\n".join(str(cell.value) for cell in sheet(edition, name).cells if cell.value is not None)


def near(edition: Edition) -> list[tuple[str, str, str, str, bool]]:
    """(unit, limit, subject, distance, met) of everybody near a limit."""
    return [
        (one.each.code, one.limit, one.subject, str(float(one.distance)), one.met) for one in boundaries_of(edition)
    ]


THIRTY_ONE = " ".join(f"{n}.5" for n in range(31))


def test_thirty_per_cent_of_thirty_one_are_nine_places() -> None:
    found = year(THIRTY_ONE)
    (quota,) = grading_of(found).quotas
    assert (quota.size, quota.product, quota.seats, len(quota.holders), quota.raised) == (31, Fraction("9.3"), 9, 9, ())
    told = words(found, "决定")
    assert "30% × 31 = 9.3 → 9　（“优秀”不超过 31 家的 30%，共 9 名）" in told
    assert "单位9 90.50（差 1.00）" in told, "the first one without a place, and how much it lacks"


def test_whoever_is_barred_gives_the_place_to_the_next_and_both_are_named() -> None:
    found = year("1 2 3 4 5 6 7", barred("58"))  # 30 % of 7: two places; U1 has 58 points on the line
    (quota,) = grading_of(found).quotas
    assert [step.each.code for step in quota.holders] == ["U0", "U2"]
    assert [step.each.code for step in quota.barred] == ["U1"] and [step.each.code for step in quota.raised] == ["U2"]
    told = words(found, "决定")
    assert "单位1 98.00（R90 否优）" in told
    assert "按分数在“优秀”2 个名额以外，前面的 单位1（R90 否优） 受限，依次递补" in told


@pytest.mark.parametrize(("ties", "holders"), [("全部不进", ["U0"]), ("全部进", ["U0", "U1", "U2"])])
def test_a_tie_over_the_last_place_is_named_with_the_rule_that_was_applied(ties: str, holders: list[str]) -> None:
    found = year("1 2 2 4 5 6 7", share_ties=ties)
    (quota,) = grading_of(found).quotas
    assert [step.each.code for step in quota.holders] == holders
    assert [step.each.code for step in quota.tied] == ["U1", "U2"]
    assert f"单位1 98.00、单位2 98.00，按“边界并列：{ties}”" in words(found, "决定")


def test_the_settings_that_decided_stand_on_the_sheet() -> None:
    told = words(year("1 2 3 4", share_ties="全部进", tie_breaks=(("指标:2.1", "高"),)), "决定")
    settings = told.partition("生效的设置（排名和定等）")[2]
    assert "边界并列\n全部进" in settings and "同分排序1" in settings and "检查组数" not in settings


def test_a_grade_that_falls_after_the_places_is_told_with_its_reason() -> None:
    """降档基准 = 名额后等次: U0 has a place first, and loses a grade then; its place goes to the next."""
    down = Rule("R91", (Condition("指标:1.1", "=", "59"),), "降档", "1")
    (quota,) = grading_of(year("1 2 3 4 5 6 7", down, downgrade_base="名额后等次")).quotas
    assert [step.each.code for step in quota.holders] == ["U1", "U2"]
    assert [step.each.code for step in quota.barred] == ["U0"] and [step.each.code for step in quota.raised] == ["U2"]


def test_everybody_within_one_unit_of_a_limit_is_listed_on_both_sides() -> None:
    talk = Rule("R92", (Condition("基础分", "<", "85"), Condition("分类", "=", "Ⅰ")), "约谈")
    elsewhere = Rule("R93", (Condition("基础分", "<", "85"), Condition("分类", "=", "Ⅱ")), "约谈")
    found = year("10 10.01 10.02 15 15.01 40", talk, elsewhere, grades=(replace(GRADES[0], share=None), *GRADES[1:]))
    assert near(found) == [
        ("U0", "等次线", "优秀", "0.0", True),
        ("U0", "名次", "1", "0.01", True),
        ("U1", "等次线", "优秀", "-0.01", False),
        ("U1", "名次", "2", "-0.01", False),
        ("U1", "名次", "2", "0.01", True),
        ("U2", "名次", "3", "-0.01", False),
        ("U3", "规则", "R92", "0.0", False),
        ("U3", "名次", "4", "0.01", True),
        ("U4", "规则", "R92", "-0.01", True),
        ("U4", "名次", "5", "-0.01", False),
    ]


def test_the_last_place_of_a_share_is_a_limit_too() -> None:
    found = year("1 2 2.01 4 5 6 7")
    assert [row for row in near(found) if row[1] == "名额线"] == [
        ("U1", "名额线", "优秀", "0.01", True),
        ("U2", "名额线", "优秀", "-0.01", False),
    ]
    rows = [row for row in tables(found)["boundaries"].rows if row[1] == "名额线"]
    assert [(row[0], row[5], row[6], row[8]) for row in rows] == [
        ("U1", "97.99", "0.01", "U2"),
        ("U2", "98", "-0.01", "U1"),
    ]
    assert "“优秀”2 个名额的最后一名是 单位1" in words(found, "临界")


def test_equal_totals_share_a_place_or_are_told_apart_by_the_tie_breaks() -> None:
    one, other = boundaries_of(year("1 1", grades=()))
    assert (one.words, other.words) == ("与 单位1 并列第 1 名", "与 单位0 并列第 1 名")
    one, other = boundaries_of(year("1 1", grades=(), tie_breaks=(("构成:LZ", "低"),)))
    assert one.met is False and other.met is False, "the tie-break is equal too"


def test_the_tables_tell_the_same() -> None:
    made = tables(year("1 2 3 4 5 6 7", barred("58")))
    steps = {row[0]: row[2:7] for row in made["decisions"].rows}
    assert steps["U1"] == ("优秀", "R90", "良好", "良好", "")
    assert steps["U2"] == ("优秀", "", "优秀", "优秀", "递补")
    assert steps["U3"] == ("优秀", "", "优秀", "良好", "名额未进")
    (row,) = made["quotas"].rows
    assert row[:9] == ("Ⅰ 县区公司", "优秀", "30", "7", "2.1", "2", "7", "2", "97")
    assert row[9:] == ("96", "U1", "U2", "", "2", "否")


def test_a_scheme_without_grades_has_no_decisions() -> None:
    made = tables(year("1 2", grades=()))
    assert not made["decisions"].rows and not made["quotas"].rows


def test_a_limit_on_another_schemes_result_is_a_limit_too() -> None:
    talk = Rule("R95", (Condition("其他方案:business:总分", "<", "90"),), "约谈", clause="第十条")
    found = year("1 2 3", talk, grades=())
    other = replace(year("10.01 9.99 20").outcome, scheme="business")
    assert near(found) == [], "the results of the other scheme are not known"
    assert [row for row in near(replace(found, others=(other,)))] == [
        ("U0", "规则", "R95", "-0.01", True),
        ("U1", "规则", "R95", "0.01", False),
    ]
    (first, _) = boundaries_of(replace(found, others=(other,)))
    assert first.value == Fraction("89.99") and "→ 约谈（第十条）" in first.words
