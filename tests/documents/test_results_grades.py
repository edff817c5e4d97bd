"""Grades in formulas. What must hold:

1. 数据 holds the bars with their rule numbers, 结果 every step from the grade by score to the computed grade, N and places among them.
2. Under every setting that shares have, an office program recalculates each step to the program's value, also with spoilt caches.
3. A mark that changes moves grades of others: the places are not remembered.
4. What the rows cannot tell enters as a value, and 说明 says so.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from kaohe.core.cells import a1
from kaohe.documents.results.book import book
from kaohe.files import xlsx
from kaohe.records.books import Cell
from kaohe.records.edition import Edition
from kaohe.records.rules import Condition, GradeBand, Rule
from kaohe.records.scheme import UnitClass
from kaohe.records.settings import Settings
from makers import recalculation, results
from makers.books import sheet, table, with_inputs_of

F = Fraction
GRADES = (
    GradeBand("优秀", least=F(90), share=F(30)), GradeBand("良好", least=F(80), share=F(40)), GradeBand("一般", least=F(70)),
    GradeBand("差"),
)  # fmt: skip


def rule(number: str, points: int, effect: str, parameter: str = "", **more: bool) -> Rule:
    """A rule for whoever has so many points on line 1.1 (of 60)."""
    return Rule(number, (Condition("指标:1.1", "=", str(points)),), effect, parameter, **more)


RULES = (
    rule("R1", 59, "降档", "1"),
    rule("R2", 57, "降档", "2"),
    rule("R3", 56, "封顶", "一般"),
    rule("R4", 54, "否优"),
)
LOST = {"Ⅰ": "1 2 3 3 4 5 6 7 21", "Ⅱ": "1 3 3 12 13 4", "Ⅲ": "1 2"}


def year(
    lost: dict[str, str] = LOST,
    rules: tuple[Rule, ...] = RULES,
    grades: tuple[GradeBand, ...] = GRADES,
    classes: tuple[UnitClass, ...] = (),
    **settings: object,
) -> Edition:
    """Units U0, U1, … by class, each lost so many of its 100 marks, all on line 1.1; the eighth has not come back."""
    marks = [(unit_class, text) for unit_class, texts in lost.items() for text in texts.split()]
    rows = tuple(
        results.ROWS[0]._replace(
            code=f"U{n}",
            name=f"单位{n}",
            unit_class=unit_class,
            deducted=text,
            bonus="",
            state="未报" if n == 7 else "",
        )
        for n, (unit_class, text) in enumerate(marks)
    )
    known = classes or (UnitClass("Ⅰ", "县区公司"), UnitClass("Ⅱ", "专业中心"), UnitClass("Ⅲ", "本部"))
    scheme = results.scheme(
        grades=grades,
        rules=rules,
        adjustments=(),
        settings=Settings(**settings),  # type: ignore[arg-type]
        classes=known,
    )
    return results.edition(rows=rows, scheme_=scheme)


def steps(row: dict[str, Cell], *heads: str) -> list[object]:
    return [row[head].value for head in heads]


def test_each_step_from_the_score_to_the_grade_stands_in_a_column() -> None:
    """Nine of Ⅰ, one of them missing: 30 % are two places, 40 % three. U0 is lowered by R1, so U1 has the first place; U2 and U3 tie for the
    second, and neither gets it."""
    found = table(book(year()), "结果")
    heads = (
        "分数档 （1＝最高）",
        "受限后的档",
        "第1档名额 家数",
        "第1档名额 比例 × 家数，舍去小数",
        "第1档 争取名额",
        "第1档 位次",
        "第1档 名额后的档",
        "等次",
    )
    assert steps(found["U0"], *heads) == [1, 2, 9, 2, 0, "", 2, "良好"]
    assert steps(found["U1"], *heads) == [1, 1, 9, 2, 1, 1, 1, "优秀"]
    assert steps(found["U2"], *heads)[:7] == [1, 3, 9, 2, 0, "", 3], "two steps down: 57 points"
    assert steps(found["U5"], *heads)[:7] == [1, 1, 9, 2, 1, 2, 1]
    assert steps(found["U7"], *heads) == ["", "", 9, 2, 0, "", "", ""], "counts in N and has no grade"


def test_bars_enter_with_their_rule_numbers_and_soft_ones_do_not() -> None:
    found = table(book(year(rules=(*RULES, rule("R5", 55, "封顶", "差", soft=True)))), "数据")
    heads = ("封顶 （最高可评）", "封顶 规则号", "降档 （档）", "降档 规则号")
    assert steps(found["U0"], *heads) == ["", "", 1, "R1"]
    assert steps(found["U2"], *heads) == ["", "", 2, "R2"]
    assert steps(found["U4"], *heads) == ["一般", "R3", None, ""]
    assert steps(found["U6"], *heads) == ["良好", "R4", None, ""], "否优 leaves the second best"
    assert steps(found["U5"], *heads) == ["", "", None, ""]


def test_thirty_per_cent_of_thirty_one_are_nine_by_formula() -> None:
    made = book(year({"Ⅰ": " ".join(f"{n}.5" for n in range(31))}, rules=()))
    row = table(made, "结果")["U0"]
    seats = row["第1档名额 比例 × 家数，舍去小数"]
    assert (
        seats.value == 9
        and seats.formula.startswith("=IF(ISNUMBER(")
        and "ROUNDDOWN(ROUND(INDEX(等次比例," in seats.formula
    )
    assert made.names["等次比例"].startswith("参数!") and "第1档" in made.names


def test_without_shares_and_bars_there_are_no_such_columns() -> None:
    made = book(year(rules=(), grades=tuple(replace(each, share=None) for each in GRADES)))
    assert not [head for head in table(made, "数据")["U0"] if "名额" in head or "封顶" in head or "降档" in head]
    assert not [head for head in table(made, "结果")["U0"] if "名额" in head or "争取" in head]


def test_what_the_rows_cannot_tell_enters_as_a_value_and_is_said() -> None:
    """As where objects without a row share the places: the program's grade is another than the rows would give."""
    edition = year(rules=())
    objects = tuple(
        replace(each, grade_computed="一般", grade="一般") if each.code == "U0" else each
        for each in edition.outcome.objects
    )
    made = book(replace(edition, outcome=replace(edition.outcome, objects=objects)))
    row = table(made, "数据")["U0"]
    assert row["等次核定 （否优、封顶、降档、比例）"].value == "一般" and "名额计算组 （空白＝不计入）" not in row
    assert table(made, "结果")["U0"]["等次"].value == "一般"
    assert any("等次不能由公式得到" in str(cell.value) for cell in sheet(made, "说明").cells)
    assert not any("等次不能由公式得到" in str(cell.value) for cell in sheet(book(edition), "说明").cells)


@cache
def shapes() -> dict[str, Edition]:
    """Every value of every setting of shares, with grades that differ by class, groups of several classes, and a class without ranks."""
    apart = (
        *(replace(each, classes=("Ⅰ", "Ⅱ")) for each in GRADES),
        GradeBand("合格", classes=("Ⅲ",), least=F(60), share=F(20)), GradeBand("不合格", classes=("Ⅲ",)),
    )  # fmt: skip
    joined = (UnitClass("Ⅰ", "县区公司"), UnitClass("Ⅱ", "专业中心", field=None), UnitClass("Ⅲ", "本部", field="Ⅰ"))
    one_class = (
        GRADES[0],
        replace(GRADES[1], classes=("Ⅰ", "Ⅲ")),
        replace(GRADES[1], classes=("Ⅱ",), share=F(50)),
        *GRADES[2:],
    )
    breaks = (("指标:2.1", "高"), ("基础分", "低"))
    return {
        "as it stands": year(),
        "ties get in": year(share_ties="全部进"),
        "shares first, steps then": year(downgrade_base="名额后等次"),
        "shares first, ties get in, heaviest only": year(
            downgrade_base="名额后等次", share_ties="全部进", downgrade_sum="取最重"
        ),
        "one place at least": year(less_than_one="1"),
        "small groups merged": year(less_than_one="并入全体"),
        "small groups merged, grades by class": year(
            grades=apart, less_than_one="并入全体", downgrade_base="名额后等次"
        ),
        "all together": year(share_scope="全体", tie_breaks=breaks),
        "all together, shares by class": year(grades=one_class, share_scope="全体", share_ties="全部进"),
        "joined fields, exact figures": year(classes=joined, compare="精确值", tie_breaks=breaks[:1]),
        "joined fields, grades by class": year(classes=joined, grades=apart, less_than_one="1"),
    }


@pytest.mark.office
def test_every_step_is_recalculated_to_the_programs_value(tmp_path: Path) -> None:
    made = {name: book(each) for name, each in shapes().items()}
    after = recalculation.recalculated(
        {name: recalculation.spoilt(xlsx.write(each)) for name, each in made.items()}, tmp_path
    )
    for name, each in made.items():
        assert "名额计算组 （空白＝不计入）" in table(each, "数据")["U0"], name
        assert recalculation.differences(each, after[name]) == [], name


@pytest.mark.office
def test_a_mark_that_changes_moves_the_grades_of_others(tmp_path: Path) -> None:
    """U8 rises from the end to the second place of Ⅰ: U1 loses its place of the best grade by that, and U4 its place of the next."""
    one, other = book(year(rules=())), book(year({**LOST, "Ⅰ": "1 2 3 4 5 6 7 8 1.5"}, rules=()))
    mixed = with_inputs_of(one, other)
    after = recalculation.values(recalculation.recalculated({"mixed": xlsx.write(mixed)}, tmp_path)["mixed"])
    wanted, before = table(other, "结果"), table(one, "结果")
    found = {code: after["结果", a1(row["等次"].row, row["等次"].column)] for code, row in before.items()}
    assert found == {code: wanted[code]["等次"].value for code in found}
    moved = {
        code: (before[code]["等次"].value, grade)
        for code, grade in found.items()
        if grade != before[code]["等次"].value
    }
    assert moved == {"U8": ("一般", "优秀"), "U1": ("优秀", "良好"), "U4": ("良好", "一般")}
