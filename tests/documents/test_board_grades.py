"""The board page of schemes without boards, with persons, with totals of many sources: grades, distribution, ranking and drill-down.

1. The first sentence counts units; persons, who often only repeat them, stand behind.
2. Grades stand where boards would: a row a field, the counts adding up to the field, the scheme's share in words.
3. No empty section of a board; persons with a total have a table of their own, those without one a line with their rating.
4. The drill-down shows what a total is made of: components with weight and source, entries, the committee's decision.
5. The figures of one page agree: what is 不定等次 is drawn and stays out of the mean.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kaohe.documents.board.page import fields, links
from kaohe.documents.board.views import field_views
from kaohe.files.html import page, templates_in
from kaohe.records.edition import Edition
from makers import board, everything

TEMPLATES = templates_in(Path(__file__).parents[2] / "templates" / "html")


@cache
def year() -> Edition:
    """A year in which everything of persons may be told."""
    made = everything.edition()
    return replace(made, scheme=replace(made.scheme, settings=replace(made.scheme.settings, person_detail="全部")))


@cache
def shown() -> dict[str, Any]:
    return fields(year())


@cache
def html() -> str:
    return page(TEMPLATES, "board.html.j2", shown()).decode()


def unit(name: str) -> Any:
    return next(each for group in shown()["units"] for each in group.units if each.name == name)


def test_the_sentence_counts_units_and_persons_apart() -> None:
    words = "".join(segment.text for segment in shown()["lead"])
    assert words == "9个单位中8个已计分，平均87.39分。优秀2个、良好4个、一般1个；9名人员好4名、不好3名。"


def test_grades_stand_where_boards_would() -> None:
    large, small, persons = shown()["grades"]
    assert [(each.name, each.count) for each in large.grades] == [("优秀", 2), ("良好", 2), ("一般", 0)]
    assert (large.open, large.size, large.provisional, large.note) == (1, "5个", True, "优秀不超过30%，1名")
    assert (small.open, small.note) == (0, "优秀不超过30%"), "less than one place is no number"
    assert [each.name for each in persons.grades] == ["好", "不好"] and persons.size == "9名"
    for row in (large, small, persons):
        assert sum(each.count for each in row.grades) + row.open == int(row.size[:-1])
        assert abs(sum(each.share for each in row.grades) + row.open_share - 100) < 0.1
    assert 'class="grades"' in html() and 'class="board ' not in html()


def test_a_scheme_with_boards_shows_them_instead() -> None:
    assert fields(board.edition())["grades"] == ()


def test_persons_with_a_total_have_their_table_and_those_without_a_line() -> None:
    heads = [(table.label, table.unit_head, table.caption.partition(" · ")[0]) for table in shown()["tables"]]
    assert heads == [
        ("子公司党委", "单位", "6个单位"),
        ("直属党支部", "单位", "3个单位"),
        ("党委书记", "姓名", "9名人员"),
    ]
    group = next(group for group in shown()["units"] if group.label == "班子成员")
    assert group.title == "不计总分" and len(group.units) == 6
    assert unit("成员Z03").summary == "成员测评83.00分，差"
    assert unit("成员Z03").follows == ("个人考核不得评优：限制其他考核的理由（第R05条）",)
    assert (unit("成员Z03").made_of, unit("成员Z03").parts[0].note) == ("评价", "应评5票，有效1票，等次差")


def test_a_total_is_made_of_its_components_with_weight_and_source() -> None:
    parts = {each.name: each for each in unit("虚构Z01党委").parts}
    assert (parts["日常考核"].score, parts["日常考核"].weight, parts["日常考核"].note) == (
        "92.00",
        "20%",
        "起始分90，记录2条",
    )
    assert (parts["重点工作"].inner, parts["重点工作"].weight) == (True, "60%")
    assert parts["述职评议"].note == "应评13票，有效12票，作废1票，等次好"
    assert parts["专项检查"].note == "等次“甲”折算 95.00 分" and parts["经营考核"].note == "business 2026 总分 93.00"
    absent = next(each for each in unit("虚构Z04党委").parts if each.name == "经营考核")
    assert (absent.score, absent.weight) == ("不适用", "")


def test_entries_and_decisions_stand_in_the_drill_down() -> None:
    lines = [(line.name, line.marks, line.place) for line in unit("虚构Z01党委").lines]
    assert ("材料迟报", "−0.50", "日常考核 · 2026年2月12日 · 第2条") in lines
    assert unit("虚构Z02党委").follows[0] == "计算等次为良好，审定为优秀：综合考虑全年表现（党委会）"
    assert "良好" in html() and "审定为优秀" in html()


def test_a_component_is_told_by_what_it_is_made_of() -> None:
    cards = {card.name: card for card in shown()["components"]}
    assert (cards["日常考核"].figure, cards["日常考核"].counts) == ("均分78.97", "计入总分，占20%至30%")
    assert cards["日常考核"].facts == ("记录6条，加23.50分、减98.75分",)
    assert cards["述职评议"].facts == ("应评65票，交回65票，作废5票",)
    assert "所在单位得分" not in cards, "what only persons have"
    assert shown()["components_title"] == "九个领域", "one of them has a score of its own"


def test_what_has_no_grade_is_drawn_and_stays_out_of_the_mean() -> None:
    strip, table = shown()["strips"][0], shown()["tables"][0]
    assert len(strip.drawing.dots) == 5 and strip.note == "总分，均值90.78"
    assert "均分90.78" in table.caption


def test_an_open_field_without_boards_does_not_speak_of_boards() -> None:
    words = shown()["provisional"]
    assert "子公司党委单位Z05（存疑）" in words and "名次、均分、等次为暂定" in words and "上榜" not in words


def test_rules_are_told_in_words_and_count_persons_too() -> None:
    lines = {line.number: line for line in shown()["rules"]}
    assert lines["R05"].conditions == "分类等于CY；成员测评等次等于差" and lines["R05"].hits == "4"
    assert lines["R05"].effect == "个人考核不得评优"


def test_many_classes_have_one_link_in_the_head() -> None:
    assert [label for _, label in shown()["links"]] == ["子公司党委", "直属党支部", "党委书记"]
    view = field_views(year())[0]
    assert links([view] * 5) == (("f-1", "各类名次"),)


def test_the_page_is_whole_for_one_unit_and_for_one_class() -> None:
    for units in (("Z01",), ("B01", "B02", "B03")):
        found = page(TEMPLATES, "board.html.j2", fields(everything.edition(units=units))).decode()
        anchors = set(re.findall(r'\bid="([^"]+)"', found))
        assert set(re.findall(r'href="#([^"]+)"', found)) <= anchors
        assert all(f"虚构{code}党委" in found for code in units)
