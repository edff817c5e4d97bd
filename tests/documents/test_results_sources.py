"""考核结果.xlsx for every source of a score. What must hold beyond test_results_book:

1. What can be a formula is one; only figures from other periods, schemes and objects enter as values, with where they come from.
2. With the ratings, entries and weights of another year the formulas give that year's totals.
3. Ballots far from the others are shown and counted; an entry stands with the cell that was typed.
4. Objects that only rules speak of stand on a sheet of their own, without formulas.
5. Computed and decided grade stand side by side, with the reason.
6. A scheme without boards shows its grades on the first sheet.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from kaohe.core.cells import a1
from kaohe.documents.results import model as results_model
from kaohe.documents.results.book import book
from kaohe.documents.results.frame import frame_of
from kaohe.files import xlsx
from kaohe.records.books import Book, Cell, Value
from kaohe.records.edition import Edition
from makers import everything, recalculation
from makers.books import heads, rows, sheet, with_cells, with_inputs_of
from makers.everything import F


@cache
def year() -> Edition:
    return everything.edition()


@cache
def made() -> Book:
    return book(year())


def values_of(row: dict[str, Cell], *names: str) -> tuple[Value, ...]:
    return tuple(row[name].value for name in names)


def test_only_figures_from_elsewhere_enter_as_values() -> None:
    frame = frame_of(year())
    assert {part.code: part.kind for part in frame.parts} == {
        "RC": "daily", "JC": "parts", "JCA": "tree", "JCB": "lines", "PJ": "rating", "RW": "tasks", "DJ": "grade", "ZJ": "grade",
        "QT": "value", "LS": "periods", "DWF": "value", "LZ": "lines",
    }  # fmt: skip
    assert [(live.code, live.quotes) for live in frame.lives] == [
        ("2.1", "评价:SZ"),
        ("2.2", ""),
        ("3.1", ""),
        ("3.2", ""),
    ]
    assert [item.code for item in frame.counted_items] == ["KF3"]
    said = "\n".join(str(cell.value) for cell in sheet(made(), "说明").cells if cell.value)
    assert "其他方案结果 business 总分" in said and "计入“季度均分”；尚未归档" in said and "关联对象 单位 总分" in said


def test_a_figure_from_elsewhere_says_from_where() -> None:
    found = {row["编码"].value: row for row in rows(made(), "数据")}
    assert "business 2026" in str(found["Z01"]["经营考核 取自"].value)
    assert str(found["B01"]["季度均分 取自"].value).startswith("2026Q1 90.333")
    assert "虚构Z01党委" in str(found["SZ01"]["所在单位得分 取自"].value)


def test_each_period_that_is_gathered_is_an_input_and_their_mean_a_formula() -> None:
    found = {row["编码"].value: row for row in rows(made(), "数据")}["B01"]
    quarters = [found[f"季度均分 2026Q{number} 总分"].value for number in (1, 2, 3, 4)]
    result = {row["编码"].value: row for row in rows(made(), "结果")}["B01"]
    score = next(cell for cell in result.values() if "SUM(数据!" in cell.formula and "/COUNT(数据!" in cell.formula)
    assert score.value == pytest.approx(sum(float(str(each)) for each in quarters) / 4)


def test_the_means_of_the_groups_stand_in_the_inputs() -> None:
    found = {row["编码"].value: row for row in rows(made(), "数据")}
    assert found["Z01"]["书记述职评议 领导　履职"].value == 92, "95 − n without the highest and the lowest of five"
    assert found["Z04"]["书记述职评议 部门　履职"].value is None, "nobody of the departments rated Z04"
    assert found["Z05"]["书记述职评议 领导　履职"].value is None, "a withheld object has no figures"


def test_ballots_far_from_the_others_are_shown_and_counted() -> None:
    found = next(
        row
        for row in rows(made(), "评价")
        if values_of(row, "编码", "评价表", "评价主体") == ("Z01", "书记述职评议", "书记")
    )
    assert values_of(found, "应评", "交回", "有效", "作废", "离群票") == (5, 5, 5, 1, 2)
    assert found["均值1"].value == 92, "one of five marks is 30: trimmed, since more than three ballots came"
    assert found["最低"].value == pytest.approx(29.85) and found["中位"].value == pytest.approx(92.05)
    rating = year().outcome.of("Z01").rating("SZ")  # type: ignore[union-attr]
    assert rating is not None and found["得分 （百分制）"].value == float(rating.score or 0)
    without = next(
        row
        for row in rows(made(), "评价")
        if values_of(row, "编码", "评价表", "评价主体") == ("Z04", "书记述职评议", "部门")
    )
    assert values_of(without, "主体均值", "实际权重 （%）", "折合分") == (None, None, None)


def test_each_entry_stands_with_its_cell_and_those_of_a_withheld_object_stay_away() -> None:
    found = rows(made(), "日常积分")
    assert [values_of(row, "编码", "分值", "单元格") for row in found][:2] == [("Z01", 2.5, "D6"), ("Z01", -0.5, "D7")]
    assert "Z05" not in {row["编码"].value for row in found}


def test_objects_that_only_rules_speak_of_stand_apart_without_formulas() -> None:
    found = {row["编码"].value: row for row in rows(made(), "资格")}
    assert values_of(found["MZ03"], "对象", "所在单位", "职务", "评价结果", "可评优", "结果运用") == (
        "成员Z03", "单位Z03", "副总经理", "成员测评 83.00，差（交回1/5）", "是", "个人考核不得评优",
    )  # fmt: skip
    assert not [cell for cell in sheet(made(), "资格").cells if cell.formula]
    assert "MZ03" not in {row["编码"].value for row in rows(made(), "结果")}
    assert "MZ03" in {row["编码"].value for row in rows(made(), "决定")}


def test_computed_and_decided_grade_stand_side_by_side_with_the_reason() -> None:
    found = {row["编码"].value: row for row in rows(made(), "结果")}
    assert values_of(found["Z02"], "计算 等次", "审定 等次", "等次") == ("良好", "优秀", "优秀")
    assert "综合考虑全年表现（党委会）" in str(found["Z02"]["决定理由"].value)
    assert values_of(found["Z03"], "计算 等次", "审定 等次", "等次") == ("良好", "", "良好")
    without = everything.edition(decisions=False)
    assert "审定 等次" not in heads(book(without), "结果").values()


def test_a_withheld_object_says_why_although_its_form_is_right() -> None:
    told = {row["编码"].value: str(row["理由"].value) for row in rows(made(), "决定") if "理由" in row}
    assert told["SZ05"].startswith("关联对象（所在单位或有关人员）没有得分")
    assert told["Z05"].startswith("填报表有差错")


def test_a_scheme_without_boards_shows_its_grades_on_the_first_sheet() -> None:
    first = made().sheets[0]
    assert first.name == "党建工作责任制考核等次"
    cells = {(cell.row, cell.column): cell.value for cell in first.cells}
    assert [cells[4, column] for column in (1, 3, 4, 5, 6, 7)] == ["排名组", "家数", "均分", "优秀", "良好", "一般"]
    assert [cells[5, column] for column in (1, 3, 5, 6, 7, 10)] == ["子公司党委", 5, 2, 2, 0, 1]
    words = {str(value) for value in cells.values()}
    assert {"姓名", "等次"} <= words and "榜" not in words and any("优秀不超过30%" in word for word in words)


def altered() -> Edition:
    """Another year: other ballots, an entry more, other weights, another start, other points of a grade, another step of places."""
    rules = everything.scheme()
    parts = {
        "RC": {"weight": {"DW": F(25), "ZB": F(35)}, "taken": "80"},
        "PJ": {"weight": {"DW": F(5)}},
        "JC": {"weight": {"DW": F(40), "ZB": F(45)}},
        "JCA": {"weight": {"DW": F(30), "ZB": F(70)}},
        "JCB": {"weight": {"DW": F(70), "ZB": F(30)}},
    }
    components = tuple(replace(each, **parts.get(each.code, {})) for each in rules.components)
    grades = tuple(replace(each, converts_to=F(70)) if each.converts_to == 85 else each for each in rules.grades)
    dimensions = tuple(
        replace(each, weight=F({"LZ": 20, "CX": 20, "WT": 60}[each.code])) if each.instrument == "SZ" else each
        for each in rules.dimensions
    )
    groups = tuple(
        replace(each, weight={"DW": F({"LD": 10, "BM": 10, "SJ": 80}[each.code])}) if each.instrument == "SZ" else each
        for each in rules.rater_groups
    )
    lines = tuple(replace(each, per_step=F("0.5")) if each.code == "2.2" else each for each in rules.indicators)
    items = tuple(
        replace(each, most=F("0.1"), least=F("0.1")) if each.code == "KF3" else each for each in rules.adjustments
    )
    scheme = replace(
        rules,
        components=components,
        grades=grades,
        dimensions=dimensions,
        rater_groups=groups,
        indicators=lines,
        adjustments=items,
    )
    return everything.edition(scheme, decisions=False)


@pytest.mark.office
def test_with_other_inputs_and_parameters_the_formulas_give_the_other_totals(tmp_path: Path) -> None:
    one, other = book(everything.edition(decisions=False)), book(altered())
    mixed = with_inputs_of(one, other)
    for name in ("参数", "日常积分"):
        mixed = with_cells(mixed, name, sheet(other, name).cells)
    after = recalculation.values(recalculation.recalculated({"mixed": xlsx.write(mixed)}, tmp_path)["mixed"])
    wanted, moved = {row["编码"].value: row for row in rows(other, "结果")}, 0
    for row in rows(one, "结果"):
        for name in (
            "日常考核 得分",
            "现场检查 得分",
            "述职评议 得分",
            "委员评价 得分",
            "减分",
            "总分",
            "名次",
            "等次",
        ):
            found, right = after["结果", a1(row[name].row, row[name].column)], wanted[row["编码"].value][name].value
            assert recalculation.equal(found, "" if right is None else right), (row["编码"].value, name, found, right)
            moved += not recalculation.equal(found, row[name].value)
    assert moved > 40


def test_the_totals_are_on_the_schemes_scale() -> None:
    thousand = everything.edition(
        everything.scheme(settings=replace(everything.scheme().settings, full_scale=Fraction(1000), bonus_cap=None))
    )
    found = {row["编码"].value: row for row in rows(book(thousand), "结果")}
    base = thousand.outcome.of("Z01").base  # type: ignore[union-attr]
    assert base is not None and base > 900
    assert found["Z01"]["失分"].value == float(1000 - base), "marks lost of a thousand"


def test_a_very_large_field_holds_values_on_every_sheet_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results_model, "MOST_LIVE", 5)
    large = book(year())
    assert not [cell for each in large.sheets for cell in each.cells if cell.formula]
    found = {row["编码"].value: row for row in rows(large, "结果")}
    assert values_of(found["Z01"], "日常考核 得分", "总分", "等次") == (92, 96.95, "优秀")
    assert any("只列数值，不放公式" in str(cell.value) for cell in sheet(large, "说明").cells)


def test_a_class_that_is_rated_for_a_rule_only_has_no_such_component() -> None:
    found = {row["编码"].value: row for row in rows(made(), "结果")}
    assert year().outcome.of("B01").rating("SZ") is not None  # type: ignore[union-attr]
    assert found["B01"]["述职评议 得分"].value == "" and found["B01"]["书记述职评议 得分（百分制）"].value != ""


def test_the_same_year_gives_the_same_bytes() -> None:
    assert xlsx.write(book(everything.edition())) == xlsx.write(book(everything.edition()))


def test_each_task_stands_with_its_points_and_they_add_up_to_the_inputs() -> None:
    tasks, inputs = rows(made(), "任务清单"), {row["编码"].value: row for row in rows(made(), "数据")}
    codes = {row["编码"].value for row in tasks}
    assert codes and "Z05" not in codes, "a withheld object has no figures"
    for code in codes:
        mine = [row for row in tasks if row["编码"].value == code]
        for head, title in (("得分", "任务清单 各项任务得分合计"), ("分值", "任务清单 各项任务分值合计")):
            assert sum(row[head].value for row in mine) == pytest.approx(inputs[code][title].value)  # type: ignore[misc]
        assert all(row["来源文件"].link.endswith(f"!{row['单元格'].value}") for row in mine)
