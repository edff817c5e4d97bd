"""Two years side by side: what was added, dropped, renamed, moved, and the sums that the meeting looks at."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kaohe.records.scheme import Scheme
from kaohe.scheme import check
from kaohe.scheme.diff import Diff, diff
from kaohe.scheme.parse import parse_scheme
from kaohe.stages.comparing import write_table
from kaohe.stages.workspace import NotReady
from makers.rated_scheme import Edit, rated


@pytest.fixture(autouse=True)
def nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "CHECKS", ())


def scheme(*edits: Edit) -> Scheme:
    found, faults = parse_scheme(rated(*edits), "方案.xlsx")
    assert found is not None, faults
    return found


def against(*edits: Edit) -> Diff:
    """The scheme with one of everything, and next year's with these edits."""
    return diff(scheme(), scheme(*edits))


def told(found: Diff) -> list[tuple[str, str, str, str, str, str]]:
    return [(each.topic, each.kind, each.code, each.title, each.before, each.after) for each in found.changes]


def test_the_same_scheme_has_no_changes() -> None:
    assert against().changes == () and all(each.by == "0" for each in against().sums)


def test_moved_marks_are_told_by_line_and_class_with_the_sums_of_level_one() -> None:
    """1.1 40 → 35, 1.6 10 → 13, the level-1 indicator 100 → 98 for both classes."""
    found = against(
        ("指标", "扣分 | 40 |", "扣分 | 35 |"),
        ("指标", "档次 | 10 |", "档次 | 13 |"),
        ("指标", "| 100 | | |", "| 98 | | |"),
    )
    assert told(found) == [
        ("指标", "分值变动", "1", "满分", "100", "98"),
        ("指标", "分值变动", "1.1", "满分", "40", "35"),
        ("指标", "分值变动", "1.6", "满分", "10", "13"),
    ]
    assert [each.by for each in found.changes] == ["-2", "-5", "+3"]
    assert [(each.code, each.unit_class, each.before, each.after, each.by) for each in found.sums] == [
        ("1", "Ⅰ", 100, 98, "-2"),
        ("1", "Ⅱ", 100, 98, "-2"),
    ]


def test_a_mark_of_one_class_is_told_for_that_class() -> None:
    assert told(against(("指标", "| 20 | 10 |", "| 20 | 12 |"))) == [("指标", "分值变动", "1.2", "满分:Ⅱ", "10", "12")]


def test_the_sum_of_a_level_one_indicator_without_marks_of_its_own_is_that_of_its_lines() -> None:
    found = diff(
        scheme(("指标", "| 100 | | |", "| | | |")),
        scheme(("指标", "| 100 | | |", "| | | |"), ("指标", "扣分 | 40 |", "扣分 | 45 |")),
    )
    assert [(each.unit_class, each.before, each.after) for each in found.sums] == [("Ⅰ", 100, 105), ("Ⅱ", 100, 105)]


def test_a_new_name_under_the_same_code_is_a_renaming() -> None:
    assert told(against(("指标", "| 1.4 | 培训 |", "| 1.4 | 培训覆盖率 |"))) == [
        ("指标", "改名", "1.4", "名称", "培训", "培训覆盖率")
    ]


def test_a_code_given_to_another_line_is_one_dropped_and_one_added() -> None:
    found = against(("指标", "| 1.1 | 会议 | | 按期开会 |", "| 1.1 | 廉政谈话 | | 谈话记录完整 |"))
    assert [(each.kind, each.code, each.name) for each in found.changes] == [
        ("增加", "1.1", "廉政谈话"),
        ("取消", "1.1", "会议"),
    ]


def test_a_line_under_a_new_code_is_told_as_moved_not_as_dropped() -> None:
    found = against(
        ("指标", "| 1.6 | 品牌 |", "| 1.9 | 品牌 |"),
        ("评分细则", "| 1.6 | 1 |", "| 1.9 | 1 |"),
        ("评分细则", "| 1.6 | 2 |", "| 1.9 | 2 |"),
    )
    lines = [each for each in found.changes if each.topic == "指标"]
    assert [(each.kind, each.before, each.after) for each in lines] == [("改代码", "1.6", "1.9")]


def test_lines_added_and_dropped_tell_what_they_are_worth() -> None:
    found = against(
        (
            "指标",
            "| 1.3 | 特色 | | 看成效 | 直接打分 | | 10 | | Ⅱ |",
            "| 1.7 | 融合 | | 看成果 | 直接打分 | | 10 | | Ⅱ |",
        )
    )
    added, dropped = found.changes
    assert (added.kind, added.code) == ("增加", "1.7") and "满分:Ⅱ 10" in added.after and "办法 直接打分" in added.after
    assert (dropped.kind, dropped.code) == ("取消", "1.3") and "看成效" in dropped.before


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("基本信息", "| 比例范围 | 排名组 |", "| 比例范围 | 全体 |"), ("设置", "修改", "比例范围", "取值", "排名组", "全体")),
        (("构成", "| 50 | 50 |", "| 50 | 60 |"), ("构成", "分值变动", "DJ", "权重:Ⅱ", "50", "60")),
        (("指标", "| 看成效 |", "| 看实效 |"), ("指标", "修改", "1.3", "评分标准", "看成效", "看实效")),
        (("评分细则", "| 0.5 |", "| 0.8 |"), ("评分细则", "修改", "1.1 缺一次", "每次分值", "0.5", "0.8")),
        (("评价主体", "| 60 | 100 |", "| 50 | 100 |"), ("评价表", "分值变动", "SZ 主体 LD", "权重", "60", "50")),
        (("评价项", "| 95 | 3 |", "| 95 | 5 |"), ("评价表", "修改", "SZ 作废 高于等于x的超过n个", "个数", "3", "5")),
        (("评价表", "| 2 | 80 |", "| 2 | 70 |"), ("评价表", "修改", "SZ", "最低回收率", "80", "70")),
        (("加减分", "| 0.2 | 0.5 | 1 |", "| 0.2 | 0.6 | 1 |"), ("加减分", "修改", "JF1", "每例", "0.2–0.5", "0.2–0.6")),
        (("等次", "| 90 | | 30 |", "| 90 | | 25 |"), ("等次", "修改", "总评 优秀", "最高比例", "30", "25")),
        (("规则", "| 降档 | 1 |", "| 降档 | 2 |"), ("规则", "修改", "R02", "效果", "降低 1 个等次", "降低 2 个等次")),
        (("规则", "| 名次 | = | 1 |", "| 名次 | ≤ | 2 |"), ("规则", "修改", "R01", "条件", "分类属于 Ⅰ、Ⅱ，且名次为 1", "分类属于 Ⅰ、Ⅱ，且名次不高于 2")),
        (("整改", "| 5 | 20 |", "| 5 | 30 |"), ("整改", "修改", "一般", "完成期限", "20 个工作日", "30 个工作日")),
        (("填报表", "| 组织部、宣传部 |", "| 组织部 |"), ("填报表", "修改", "RC", "填报人", "组织部、宣传部", "组织部")),
        (("文书", "| 虚党函 |", "| 虚党发 |"), ("文书", "修改", "TZ", "代字", "虚党函", "虚党发")),
        (("任务", "| 2026-09-20 | 10 |", "| 2026-09-20 | 20 |"), ("任务", "修改", "2026Q3 1", "分值", "10", "20")),
    ],
    ids=lambda value: value[0],
)  # fmt: skip
def test_a_change_of_any_sheet_is_told_once(edit: Edit, expected: tuple[str, ...]) -> None:
    assert told(against(edit)) == [expected]


def test_the_table_holds_every_change_and_every_sum(tmp_path: Path) -> None:
    found = against(("指标", "扣分 | 40 |", "扣分 | 35 |"), ("规则", "| 降档 | 1 |", "| 降档 | 2 |"))
    write_table(found, tmp_path / "比较.xlsx")
    book = openpyxl.load_workbook(tmp_path / "比较.xlsx")
    rows = [row[1:9] for row in book["改动清单"].iter_rows(min_row=4, values_only=True)]
    assert rows == [
        ("指标", "分值变动", "1.1", "会议", "满分", 40, 35, "-5"),
        ("规则", "修改", "R02", "发生事故", "效果", "降低 1 个等次", "降低 2 个等次", None),
    ]
    assert [row[3:7] for row in book["一级指标分值"].iter_rows(min_row=4, values_only=True)] == [
        ("Ⅰ", 100, 100, 0),
        ("Ⅱ", 100, 100, 0),
    ]
    with pytest.raises(NotReady, match="没有覆盖"):
        write_table(found, tmp_path / "比较.xlsx")
