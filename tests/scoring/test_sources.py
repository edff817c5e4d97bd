"""Component sources (scheme model 2): 日常积分, 任务清单, 等次折算, 其他方案结果, 关联对象, 下级构成; and which components a class has.

Each source has a small example to be checked by hand. 0 marks, a blank and 不适用 stay three different things.
"""

from __future__ import annotations

from typing import Any

import pytest

from kaohe.records.results import ComponentResult, ObjectResult, Outcome
from kaohe.records.returns import Shared
from kaohe.records.scheme import Scheme
from makers.scoring import F, claim
from makers.sheets import ballots, daily, facts, figures, forms, of, outcome, roster, scheme, score

ONE = "| 代码 |\n| Ⅰ |"
UNITS = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |"


def points(found: Outcome) -> dict[str, Any]:
    return {each.code: each.total for each in found.objects}


def codes(found: Outcome) -> dict[str, tuple[str, ...]]:
    return {each.code: each.withheld_for for each in found.objects}


# 日常积分

ENTRIES = """
    | 对象 | 日期       | 分值 | 事由     | 条款   |
    | 甲   | 2026-03-02 | -2   | 迟报材料 | 第五条 |
    | 乙   | 2026-02-01 | 3    | 上级通报 |        |
    | 甲   | 2026-01-15 | 0.5  | 承办现场会 |      |
"""
DAILY = "| 代码 | 权重 | 来源 | 取值 |\n| RC | 100 | 日常积分 | {start} |"


def daily_score(start: str = "", entries: str = ENTRIES, **more: Any) -> Outcome:
    rules = scheme(分类=ONE, 构成=DAILY.format(start=start), **more.pop("sheets", {}))
    return outcome(rules, roster(单位=UNITS), shared=Shared(daily=daily(entries), **more))


def test_daily_points_start_at_100_or_as_the_scheme_says_and_stay_within_0_and_100() -> None:
    assert points(daily_score()) == {"甲": F("98.5"), "乙": 100}
    assert points(daily_score("90")) == {"甲": F("88.5"), "乙": 93}
    assert points(daily_score("1")) == {"甲": 0, "乙": 4}


def test_nothing_noted_is_the_start_and_no_form_is_needed() -> None:
    found = daily_score("80", "| 对象 | 分值 |\n| 乙 | -80 |")
    assert points(found) == {"甲": 80, "乙": 0}  # 0 marks are a score
    assert {each.status for each in found.objects} == {"正式"}


def test_each_entry_is_a_result_and_a_figure_in_the_order_of_days() -> None:
    found = of(daily_score("90"), "甲")
    assert [(one.component, one.day, one.points, one.reason, one.clause) for one in found.daily] == [
        ("RC", "2026-01-15", F("0.5"), "承办现场会", ""), ("RC", "2026-03-02", -2, "迟报材料", "第五条"),
    ]  # fmt: skip
    figure = figures(found)["构成:RC"]
    assert figure.how == "起始分 90.00 + 0.5 - 2"
    assert [str(part.source) for part in figure.parts[1:]] == [
        "日常积分表.xlsx 日常积分!A3",
        "日常积分表.xlsx 日常积分!A1",
    ]


def test_a_workbook_of_daily_points_that_has_not_come_back_withholds_whoever_has_such_a_component() -> None:
    sheets = {
        "分类": "| 代码 |\n| Ⅰ |\n| Ⅱ |",
        "构成": "| 代码 | 权重:Ⅰ | 权重:Ⅱ | 来源 |\n| A | 100 | | 日常积分 |\n| B | | 100 | 日常积分 |",
        "填报表": "| 代码 | 内容 | 份数 |\n| RA | 日常积分:A | 每部门 |\n| RB | 日常积分:B | 每部门 |\n| QT | 日常积分 | 每部门 |",
    }
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅱ |"

    def withheld(form: str) -> dict[str, tuple[str, ...]]:
        shared = Shared(missing=((form, "宣传部"),))
        return codes(outcome(scheme(**sheets), roster(单位=units), shared=shared))

    assert withheld("RA") == {"甲": ("RUN-007",), "乙": ()}
    assert withheld("RB") == {"甲": (), "乙": ("RUN-007",)}
    assert withheld("QT") == {"甲": ("RUN-007",), "乙": ("RUN-007",)}
    assert withheld("别的表") == {"甲": (), "乙": ()}


def test_an_entry_names_its_component_where_a_scheme_has_several() -> None:
    parts = "| 代码 | 权重 | 来源 |\n| A | 50 | 日常积分 |\n| B | 50 | 日常积分 |"
    entries = daily("| 对象 | 分值 | 构成 |\n| 甲 | -10 | A |\n| 甲 | -20 | B |")
    found = outcome(scheme(分类=ONE, 构成=parts), roster(单位=UNITS), shared=Shared(daily=entries))
    assert (score(found, "甲", "A"), score(found, "甲", "B"), of(found, "甲").total) == (90, 80, 85)


# 任务清单

TASKS = """
    | 期次   | 编号 | 任务     | 责任对象 | 分值 |
    | 2026   | T1   | 全部都做 |          | 10   |
    | 2026   | T2   | 甲的任务 | 甲       | 20   |
    | 2026   | T3   | Ⅱ类任务  | Ⅱ        | 20   |
    | 2026Q3 | T4   | 别的期次 |          | 30   |
"""


def tasks(typed: str, 任务: str = TASKS, **sheets: str) -> Outcome:
    parts = "| 代码 | 权重 | 来源 |\n| RW | 60 | 任务清单 |\n| RC | 40 | 日常积分 |"
    rules = scheme(分类="| 代码 |\n| Ⅰ |\n| Ⅱ |", 构成=parts, 任务=任务, **sheets)
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |\n| 丙 | Ⅱ |"
    return outcome(rules, roster(单位=units), returned=forms(typed))


def test_tasks_give_the_share_of_their_marks() -> None:
    found = tasks("| 单位 | 任务 T1 | 任务 T2 | 任务 T3 |\n| 甲 | 8 | 16 | |\n| 乙 | 0 | | |\n| 丙 | 10 | | 5 |")
    assert [score(found, code, "RW") for code in "甲乙丙"] == [80, 0, 50]  # 24 ÷ 30, 0 ÷ 10, 15 ÷ 30
    assert [(one.number, one.marks, one.points) for one in of(found, "甲").tasks] == [("T1", 10, 8), ("T2", 20, 16)]
    assert figures(of(found, "甲"))["构成:RW"].how == "24.00 ÷ 任务分值 30.00 × 100"


def test_points_of_a_task_stay_within_its_marks() -> None:
    found = tasks("| 单位 | 任务 T1 | 任务 T2 |\n| 甲 | 99 | -5 |\n| 乙 | 1 | |\n| 丙 | 1 | |")
    assert score(found, "甲", "RW") == F("100/3")


def test_a_task_without_points_is_a_blank_and_never_0() -> None:
    found = tasks("| 单位 | 任务 T1 | 任务 T2 | 任务 T3 |\n| 甲 | 8 | | |\n| 乙 | 7 | | |\n| 丙 | 10 | | 5 |")
    assert codes(found) == {"甲": ("RUN-001",), "乙": (), "丙": ()}


def test_an_object_without_tasks_has_no_such_component_and_needs_no_form() -> None:
    only = "| 期次 | 编号 | 任务 | 责任对象 | 分值 |\n| 2026 | T2 | 甲的任务 | 甲 | 20 |"
    found = tasks("| 单位 | 任务 T2 |\n| 甲 | 10 |", 任务=only)
    assert (score(found, "乙", "RW"), of(found, "乙").status, of(found, "乙").total) == (None, "正式", 100)
    assert of(tasks("| 单位 |\n| 乙 |", 任务=only), "甲").withheld_for == ("未报",)


# 等次折算

GRADED = """
    | 用于    | 名称 | 最低分 | 折算分 |
    | 评价:SZ | 好   | 85     | 100    |
    | 评价:SZ | 一般 |        | 70     |
    | 资料:GW | 一级 |        | 95     |
    | 资料:GW | 二级 |        | 0      |
"""


def converted(source: str, fact: str = "", period_fact: str = "") -> Outcome:
    rules = scheme(
        分类=ONE, 构成=f"| 代码 | 权重 | 来源 | 取自 |\n| ZS | 100 | 等次折算 | {source} |", 等次=GRADED,
        评价表="| 代码 | 评谁 |\n| SZ | Ⅰ |", 评价主体="| 评价表 | 代码 | 名称 | 权重 |\n| SZ | LD | 领导 | 100 |",
    )  # fmt: skip
    people = roster(
        单位=UNITS,
        评委="| 代码 | 身份 |\n| L1 | 领导 |",
        资料=f"| 对象 | 事项 | 取值 |\n| 甲 | GW | {fact} |" if fact else "| 对象 |",
    )
    marks = ballots("SZ", "| 评委 | 甲 | 乙 |\n| L1 | 86 | 84 |")
    given = facts(f"| 对象 | 事项 | 取值 |\n| 甲 | GW | {period_fact} |\n| 乙 | GW | 二级 |") if period_fact else ()
    return outcome(rules, people, shared=Shared(ballots=marks, facts=given))


def test_the_grade_of_an_instrument_is_worth_its_conversion() -> None:
    found = converted("评价:SZ")
    assert points(found) == {"甲": 100, "乙": 70}
    assert figures(of(found, "甲"))["构成:ZS"].how == "等次“好”折算 100.00 分"


def test_a_grade_that_stands_in_the_facts_is_worth_its_conversion_and_a_blank_one_withholds() -> None:
    assert points(converted("资料:GW", "", "一级")) == {"甲": 95, "乙": 0}
    found = converted("资料:GW", "一级")
    assert (points(found), codes(found)) == ({"甲": 95, "乙": None}, {"甲": (), "乙": ("RUN-008",)})
    assert codes(converted("资料:GW", "三级"))["甲"] == ("RUN-008",)  # a grade without 折算分


# 其他方案结果


def other(value: str | None, full_scale: str = "100") -> Outcome:
    """The outcome of another scheme for 甲; 乙 is not in it."""
    result = ObjectResult(
        "甲", "甲", "甲", "Ⅰ", "Ⅰ", base_exact=F("80"), total_exact=None if value is None else F(value),
        components=(ComponentResult("JY", "经营", True, F(100), F("77"), F("75"), F(100), F("77")),),
    )  # fmt: skip
    return Outcome("YJ", "2026", "", (result,), (), full_scale=F(full_scale))


def elsewhere(
    taken: str = "", missing: str = "", given: tuple[Outcome, ...] = (other("91.237"),), **info: str
) -> Outcome:
    parts = f"""
        | 代码 | 权重 | 来源 | 取自 | 取值 | 缺期 |
        | YJ | 40 | 其他方案结果 | YJ | {taken} | {missing} |
        | RC | 60 | 日常积分 | | | |
    """
    return outcome(scheme(info, 分类=ONE, 构成=parts), roster(单位=UNITS), others=given)


def test_a_figure_of_another_scheme_enters_unrounded_unless_every_step_is_rounded() -> None:
    assert score(elsewhere(), "甲", "YJ") == F("91.237")
    assert score(elsewhere(舍入="逐级"), "甲", "YJ") == F("91.24")
    assert [score(elsewhere(word), "甲", "YJ") for word in ("总分", "基础分", "构成:JY", "构成基础:JY")] == [
        F("91.237"), 80, 77, 75,
    ]  # fmt: skip


def test_a_total_of_another_scale_is_brought_to_100_and_a_component_is_on_it() -> None:
    assert score(elsewhere(given=(other("120", "150"),)), "甲", "YJ") == 80
    assert score(elsewhere("构成:JY", given=(other("120", "150"),)), "甲", "YJ") == 77


def test_a_missing_result_withholds_unless_those_that_are_there_will_do() -> None:
    assert codes(elsewhere()) == {"甲": (), "乙": ("RUN-010",)}
    assert codes(elsewhere(given=())) == {"甲": ("RUN-010",), "乙": ("RUN-010",)}
    assert codes(elsewhere(given=(other(None),)))["甲"] == ("RUN-010",)
    found = elsewhere(missing="按已有")
    assert (of(found, "乙").total, [part.weight for part in of(found, "乙").components]) == (100, [None, 100])


# 关联对象

PERSONS = """
    | 代码 | 单位 | 分类 | 角色           | 起         | 止         |
    | P1   | 甲   | SJ   | 书记           |            |            |
    | P2   | 乙   | SJ   | 书记           |            |            |
    | P3   | 乙   | SJ   | 书记、分管领导 |            |            |
"""
WITH_PERSONS = "| 代码 | 对象 |\n| Ⅰ | 单位 |\n| SJ | 人员 |"


def related(parts: str, entries: str, persons: str = PERSONS, units: str = UNITS, **more: Any) -> Outcome:
    rules = scheme(more.pop("info", {}), 分类=WITH_PERSONS, 构成=parts, **more.pop("sheets", {}))
    return outcome(rules, roster(单位=units, 人员=persons), shared=Shared(daily=daily(entries)), **more)


OF_THE_UNIT = """
    | 代码 | 权重:Ⅰ | 权重:SJ | 来源     | 取自 | 取值 |
    | RC   | 100    |         | 日常积分 |      |      |
    | DW   |        | 50      | 关联对象 | 单位 | {taken} |
    | GR   |        | 50      | 日常积分 |      |      |
"""
MINUS = "| 对象 | 分值 | 构成 |\n| 甲 | -10 | RC |\n| 乙 | -1.234 | RC |\n| P1 | -20 | GR |"


def test_a_person_takes_a_figure_of_the_unit() -> None:
    found = related(OF_THE_UNIT.format(taken=""), MINUS)
    assert points(found) == {"甲": 90, "乙": F("98.77"), "P1": 85, "P2": F("99.38"), "P3": F("99.38")}
    assert score(found, "P2", "DW") == F("98.766")  # unrounded
    assert score(related(OF_THE_UNIT.format(taken="构成:RC"), MINUS), "P1", "DW") == 90
    steps = related(OF_THE_UNIT.format(taken=""), MINUS, info={"舍入": "逐级"})
    assert score(steps, "P2", "DW") == F("98.77")  # as printed
    half = related(OF_THE_UNIT.format(taken=""), MINUS, info={"总分满分": "50"})
    assert (of(half, "甲").total, score(half, "P1", "DW"), of(half, "P1").total) == (45, 90, F("42.5"))


OF_THE_SECRETARY = """
    | 代码 | 权重:Ⅰ | 权重:SJ | 来源     | 取自     | 取值 |
    | SJ   | 40     |         | 关联对象 | 书记     |      |
    | RC   | 60     |         | 日常积分 |          |      |
    | GR   |        | 100     | 日常积分 |          |      |
"""


def test_a_unit_takes_the_mean_of_its_secretaries() -> None:
    entries = "| 对象 | 分值 | 构成 |\n| P1 | -20 | GR |\n| P2 | -10 | GR |\n| P3 | -30 | GR |"
    found = related(OF_THE_SECRETARY, entries)
    assert (score(found, "甲", "SJ"), score(found, "乙", "SJ")) == (80, 80)  # 80; (90 + 70) ÷ 2
    assert figures(of(found, "乙"))["关联:书记:总分"].how == "2 人平均"
    assert [part.label for part in figures(of(found, "乙"))["关联:书记:总分"].parts] == ["P2总分", "P3总分"]


def test_each_of_several_figures_enters_as_printed_where_every_step_is_rounded() -> None:
    """乙's secretaries have 90.005 and 70.002 with their bonus: printed 90.01 and 70.00, whose mean is 80.005."""
    sheets = {"加减分": "| 代码 | 类 | 计入 |\n| JF | 加分 | 总分 |"}
    entries = "| 对象 | 分值 | 构成 |\n| P2 | -10 | GR |\n| P3 | -30 | GR |"
    returned = tuple(
        form
        for code, bonus in (("P2", "0.005"), ("P3", "0.002"))
        for form in forms(f"| 人员 |\n| {code} |", (claim("01", "JF", bonus),))
    )
    once = related(OF_THE_SECRETARY, entries, sheets=sheets, returned=returned)
    assert score(once, "乙", "SJ") == F("80.0035")
    steps = related(OF_THE_SECRETARY, entries, sheets=sheets, returned=returned, info={"舍入": "逐级"})
    assert score(steps, "乙", "SJ") == F("80.01")


def test_nobody_in_the_role_means_that_the_component_does_not_apply() -> None:
    found = related(
        OF_THE_SECRETARY,
        "| 对象 | 分值 | 构成 |\n| 乙 | -10 | RC |",
        persons="| 代码 | 单位 | 分类 | 角色 |\n| P1 | 甲 | SJ | 书记 |",
    )
    assert (score(found, "乙", "SJ"), of(found, "乙").total, of(found, "乙").status) == (None, 90, "正式")


def test_a_withheld_unit_withholds_the_persons_who_read_it_and_nobody_else() -> None:
    found = related(OF_THE_UNIT.format(taken=""), MINUS, withheld={"甲": ("VALUE-003",)})
    assert codes(found) == {"甲": ("VALUE-003",), "乙": (), "P1": ("RUN-009",), "P2": (), "P3": ()}


def test_a_unit_that_takes_no_part_is_nobody_to_read_from() -> None:
    units = "| 代码 | 分类 | 状态 | 原因 |\n| 甲 | Ⅰ | 不参评 | 撤并 |\n| 乙 | Ⅰ | | |"
    found = related(OF_THE_UNIT.format(taken=""), MINUS, units=units)
    assert (of(found, "P1").total, of(found, "P1").status) == (80, "正式")


def test_what_was_made_with_an_incomplete_field_is_provisional_for_those_who_read_it() -> None:
    sheets = {
        "指标": "| 代码 | 构成 | 办法 | 满分 | 不适用办法 |\n| 1 | ZB | 直接打分 | 60 | |\n| 2 | ZB | 直接打分 | 40 | 均值 |"
    }
    parts = """
        | 代码 | 权重:Ⅰ | 权重:SJ | 来源     | 取自 |
        | ZB   | 100    |         | 指标评分 |      |
        | DW   |        | 100     | 关联对象 | 单位 |
    """
    units = "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅰ |\n| 丙 | Ⅰ |"
    typed = "| 单位 | 1 | 2 | 2 核查 |\n| 甲 | 50 | | 不适用 |\n| 乙 | 60 | 30 | |"
    persons = "| 代码 | 单位 | 分类 | 角色 |\n| P1 | 甲 | SJ | 书记 |"
    found = related(parts, "| 对象 | 分值 |", persons, units, sheets=sheets, returned=forms(typed))
    assert {each.code: each.status for each in found.objects} == {
        "甲": "暂定",
        "乙": "暂定",
        "丙": "未报",
        "P1": "暂定",
    }
    whole = forms(typed + "\n| 丙 | 60 | 40 | |")
    found = related(parts, "| 对象 | 分值 |", persons, units, sheets=sheets, returned=whole)
    assert {each.status for each in found.objects} == {"正式"}
    assert (of(found, "甲").total, of(found, "P1").total) == (85, 85)  # 50 + the mean of 30 and 40


# 下级构成

NESTED = """
    | 代码 | 上级构成 | 权重 | 来源     | 计入总分 |
    | A    |          | 60   | 下级构成 | 是       |
    | A1   | A        | 75   | 日常积分 | 是       |
    | A2   | A        | 25   | 任务清单 | 是       |
    | A3   | A        |      | 日常积分 | 否       |
    | B    |          | 40   | 日常积分 | 是       |
"""
NESTED_ENTRIES = "| 对象 | 分值 | 构成 |\n| 甲 | -20 | A1 |\n| 甲 | -50 | A3 |\n| 甲 | -10 | B |\n| 乙 | -20 | A1 |"
ONE_TASK = "| 期次 | 编号 | 任务 | 责任对象 | 分值 |\n| 2026 | T1 | 任务 | 甲 | 10 |"


def nested(**more: Any) -> Outcome:
    sheets = more.pop("sheets", {})
    rules = scheme(分类=ONE, 构成=NESTED, 任务=ONE_TASK, **sheets)
    returned = forms("| 单位 | 任务 T1 |\n| 甲 | 4 |", more.pop("claims", ()))
    return outcome(rules, roster(单位=UNITS), returned=returned, shared=Shared(daily=daily(NESTED_ENTRIES)))


def test_components_are_made_of_components_by_their_weights_inside_the_parent() -> None:
    found = nested()
    assert (score(found, "甲", "A"), of(found, "甲").total) == (70, 78)  # 80 × 75 % + 40 × 25 %; 70 × 60 % + 90 × 40 %
    assert figures(of(found, "甲"))["构成:A"].how == "80.00 × 75% + 40.00 × 25%"


def test_a_part_that_does_not_apply_leaves_its_weight_to_its_siblings_only() -> None:
    found = of(nested(), "乙")  # has no task
    assert {part.code: part.weight for part in found.components} == {
        "A": 60,
        "A1": 100,
        "A2": None,
        "A3": None,
        "B": 40,
    }
    assert found.total == 88  # 80 × 60 % + 100 × 40 %


def test_the_parts_are_listed_below_their_parent_and_only_the_top_ones_bring_points() -> None:
    found = of(nested(), "甲")
    assert [(part.code, part.parent, part.origin, part.points) for part in found.components] == [
        ("A", "", "下级构成", 42), ("A1", "A", "日常积分", None), ("A2", "A", "任务清单", None), ("A3", "A", "日常积分", None),
        ("B", "", "日常积分", 36),
    ]  # fmt: skip
    assert figures(found)["构成:A3"].how == "起始分 100.00 - 50；单独计分，不计入上级构成"


def test_a_bonus_into_a_part_acts_through_its_parent_and_leaves_the_base_alone() -> None:
    sheets = {"加减分": "| 代码 | 类 | 计入 |\n| JF | 加分 | 构成:A1 |"}
    found = of(nested(sheets=sheets, claims=(claim("01", "JF", "8"),)), "甲")
    assert {part.code: (part.base_score, part.score) for part in found.components if part.code in ("A", "A1")} == {
        "A": (70, 76), "A1": (80, 88),
    }  # fmt: skip
    assert (found.base, found.total) == (78, F("81.6"))  # 6 × 60 % more
    assert figures(found)["总分"].how == "基础分 构成加减分 3.60"


def test_a_blank_below_withholds_and_two_levels_reweight_one_by_one() -> None:
    deep = """
        | 代码 | 上级构成 | 权重 | 来源     | 取自 |
        | A    |          | 100  | 下级构成 |      |
        | A1   | A        | 50   | 下级构成 |      |
        | A11  | A1       | 20   | 日常积分 |      |
        | A12  | A1       | 80   | 任务清单 |      |
        | A2   | A        | 50   | 等次折算 | 资料:GW |
    """
    fact = "| 对象 | 事项 | 取值 |\n| 甲 | GW | 一级 |"
    rules = scheme(分类=ONE, 构成=deep, 任务=ONE_TASK.replace("甲", "别人"), 等次=GRADED)
    found = outcome(rules, roster(单位=UNITS, 资料=fact), shared=Shared(daily=daily("| 对象 | 分值 |\n| 甲 | -40 |")))
    assert of(found, "甲").total == F("77.5")  # A12 does not apply: A1 = 60; (60 + 95) ÷ 2
    assert of(found, "乙").withheld_for == ("RUN-008",)


# which components a class has


def test_a_component_without_a_weight_for_a_class_does_not_belong_to_it() -> None:
    parts = "| 代码 | 权重:Ⅰ | 权重:Ⅱ | 来源 |\n| A | 100 | 30 | 日常积分 |\n| B | | 70 | 任务清单 |"
    classes, units = "| 代码 |\n| Ⅰ |\n| Ⅱ |", "| 代码 | 分类 |\n| 甲 | Ⅰ |\n| 乙 | Ⅱ |"
    job = "| 期次 | 编号 | 任务 | 分值 |\n| 2026 | T1 | 任务 | 10 |"
    found = outcome(scheme(分类=classes, 构成=parts, 任务=job), roster(单位=units))
    assert [part.code for part in of(found, "甲").components] == ["A"]
    assert (of(found, "甲").total, of(found, "乙").withheld_for) == (100, ("未报",))


def test_a_class_without_counted_components_has_no_total_rank_or_grade_and_is_withheld_for_nothing() -> None:
    sheets = {
        "等次": "| 用于 | 名称 | 最低分 |\n| 总评 | 优秀 | 90 |\n| 总评 | 一般 | |",
        "规则": "| 规则号 | 对象 | 比较 | 值 | 效果 | 参数 |\n| R1 | 分类 | = | SJ | 表彰 | 通报 |",
    }
    parts = "| 代码 | 权重:Ⅰ | 来源 |\n| RC | 100 | 日常积分 |"
    found = related(parts, "| 对象 | 分值 |", sheets=sheets)
    assert [(each.total, each.rank, each.grade) for each in found.objects][:2] == [(100, 1, "优秀"), (100, 1, "优秀")]
    person = of(found, "P1")
    assert (person.status, person.total, person.rank, person.grade) == ("正式", None, None, "")
    assert [one.rule for one in person.consequences] == ["R1"]


@pytest.mark.parametrize("part", ["ZB", "TK"])
def test_whoever_types_nothing_on_a_form_of_its_own_needs_none(part: str) -> None:
    parts = f"| 代码 | 权重 | 来源 |\n| {part} | 100 | {'指标评分' if part == 'ZB' else '日常积分'} |"
    lines = "| 代码 | 构成 | 办法 | 满分 |\n| 1 | ZB | 直接打分 | 100 |"
    found = outcome(scheme(分类=ONE, 构成=parts, **({"指标": lines} if part == "ZB" else {})), roster(单位=UNITS))
    assert {each.status for each in found.objects} == ({"未报"} if part == "ZB" else {"正式"})


def test_a_component_beside_the_total_may_read_who_reads_the_total() -> None:
    """The secretary takes the unit's total; the unit shows the secretary's score beside its own."""
    parts = """
        | 代码 | 权重:Ⅰ | 权重:SJ | 来源     | 取自 | 计入总分 |
        | ZR   |        |         | 关联对象 | 书记 | 否       |
        | RC   | 100    |         | 日常积分 |      | 是       |
        | DW   |        | 100     | 关联对象 | 单位 | 是       |
    """
    found = of(related(parts, "| 对象 | 分值 |\n| 甲 | -20 |"), "甲")
    assert (found.total, [(part.code, part.score) for part in found.components]) == (80, [("ZR", 80), ("RC", 80)])


def test_components_beside_the_total_have_their_own_score() -> None:
    parts = "| 代码 | 权重 | 来源 | 计入总分 |\n| A | 100 | 日常积分 | 是 |\n| LZ | | 日常积分 | 否 |"
    entries = daily("| 对象 | 分值 | 构成 |\n| 甲 | -5 | LZ |")
    found: Scheme = scheme(分类=ONE, 构成=parts)
    result = of(outcome(found, roster(单位=UNITS), shared=Shared(daily=entries)), "甲")
    assert (result.total, [(part.score, part.rank, part.points) for part in result.components]) == (
        100, [(100, 1, 100), (95, 2, None)],
    )  # fmt: skip
