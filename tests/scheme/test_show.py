"""A scheme in words: every sheet is told, decided settings first, defaults folded below."""

from __future__ import annotations

import pytest

from kaohe.records.scheme import Scheme
from kaohe.scheme import check
from kaohe.scheme.parse import parse_scheme
from kaohe.scheme.sheets import SHEETS
from kaohe.scheme.show import show
from makers.rated_scheme import RATED, Edit, rated


@pytest.fixture(autouse=True)
def nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "CHECKS", ())


def told(*edits: Edit) -> dict[str, tuple[str, ...]]:
    return {section.title: section.lines for section in show(parsed(*edits))}


def parsed(*edits: Edit) -> Scheme:
    scheme, _ = parse_scheme(rated(*edits), "方案.xlsx")
    assert scheme is not None
    return scheme


def has(lines: tuple[str, ...], *words: str) -> bool:
    return any(all(word in line for word in words) for line in lines)


def test_a_line_tells_its_marks_by_class_its_method_and_its_cases() -> None:
    lines = told()["指标：DJ 党建"]
    assert lines[0] == "1 组织（100 分）"
    assert has(lines, "1.1 会议（40 分，扣分）")
    assert has(lines, "· 缺一次：每次扣 0.5 分，最多 3 分〔会议不全〕")
    assert has(lines, "· 缺记录：每次扣 0.2–0.3 分，由检查组酌定，第 3 次起本项为 0 分〔会议不全〕")
    assert has(lines, "1.2 学时（Ⅰ 20 分，Ⅱ 10 分，完成率）")
    assert has(lines, "1.3 特色（10 分，直接打分，只适用 Ⅱ）")
    assert has(lines, "目标 95%，每低 1 扣 1 分，不足一步不扣")
    assert has(lines, "满分 × 本单位书记的书记测评得分 ÷ 100")


def test_components_tell_their_sources_as_a_tree() -> None:
    lines = told()["季度总分怎样构成"]
    assert "RC 日常　Ⅰ、Ⅱ 10%：起始 90 分，加减每一笔，限于 0–100" in lines
    assert "PY 评议　Ⅰ、Ⅱ 20%：述职评议得分" in lines
    assert "  ZH2 评议折算　Ⅰ、Ⅱ 40%：述职评议等次折算（好 100、差 60）" in lines
    assert "DW 所在单位　SJ 40%：所在单位的总分" in lines
    assert "JD 季度平均　Ⅰ、Ⅱ 80%，SJ 100%：各季度总分的均值，缺期即报错" in told()["年度总分怎样构成"]


def test_an_instrument_tells_groups_trimming_dimensions_and_void_rules() -> None:
    lines = told()["评价表：SZ 述职评议"]
    assert lines[0] == "评 Ⅰ、Ⅱ 类，季度，按分数，60–100 分，只打整数"
    assert has(
        lines, "每个主体有效票超过 4 张时去掉 1 个最高分和 1 个最低分", "有效票少于 2 张", "回收率低于 80%", "对象存疑"
    )
    assert "  LD 领导　Ⅰ 60%，Ⅱ 100%：评委身份“班子”" in lines
    assert "  DB 代表　Ⅰ 40%，Ⅱ 0%：评委身份“代表”，不评本单位" in lines
    assert "维度：实绩 70%、作风 30%" in lines
    assert "有下列情形之一的，整张票作废：高于等于 95 的超过 3 个" in lines


def test_rules_grades_and_adjustments_are_sentences() -> None:
    found = told()
    assert "R05（季）  分类为 SJ，且所在单位的等次为 较差：年度考核不得评优  第十条" in found["规则"]
    assert "R02（季）  事项“事故”不低于 1：降低 1 个等次  第十条" in found["规则"]
    assert found["等次：总评"] == ("优秀：90 分及以上，不超过参评家数的 30%", "良好：80 分及以上", "较差：不到 80 分")
    assert has(found["加减分和事项"], "JF2 推广：加分，每例 0.1–0.3 分", "“荣誉”类合计最多 2 分", "计入党建")
    assert has(found["加减分和事项"], "KF1 逾期：减分，每例 0.2 分", "按逾期数从台账计数")


def test_decided_settings_stand_first_and_defaults_are_folded_into_one_line() -> None:
    lines = told(
        ("基本信息", "| 小数位 | 2 | |", "| 小数位 | 2 | 缺省：两位 |"),
        ("基本信息", "| 比例范围 | 排名组 | |", "| 比例范围 | 全体 | 办法第六条 |"),
    )["计算设置"]
    assert lines[0] == "比例范围：全体　办法第六条" and lines[1].startswith("同分排序1：党建得分高的在前")
    assert lines[-1].startswith("其余按缺省：") and "小数位 2" in lines[-1] and "比例范围" not in lines[-1]


def test_every_row_of_every_sheet_is_told() -> None:
    """The second cell of each row (its name) stands somewhere in the text."""
    text = "\n".join(line for section in show(parsed()) for line in (section.title, *section.lines))
    for sheet in SHEETS:
        if sheet in ("基本信息", "期次", "规则", "等次", "评价主体", "评价项", "评分细则"):
            continue  # told above, or named otherwise
        for row in RATED.get(sheet, "").strip().splitlines()[1:]:
            assert row.split("|")[2].strip() in text, (sheet, row)
