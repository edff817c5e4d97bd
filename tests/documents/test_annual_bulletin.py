"""The bulletin of a year: one class with a share of the best grade, decided grades, persons under rules of their own."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from kaohe.documents import bulletin
from kaohe.records.edition import Edition
from kaohe.records.results import FieldResult
from kaohe.records.scheme import UnitClass
from makers.annual import PERSONS, edition


def fields(made: Edition | None = None) -> dict[str, Any]:
    return bulletin.fields(made or edition(), "云党发〔2027〕3号")


def test_units_are_counted_and_listed_and_persons_are_not() -> None:
    found = fields()
    assert (found["参评数"], found["计分数"], found["平均分"]) == (7, 7, "87.08")
    assert [len(group["行"]) for group in found["分组"]] == [7]
    assert not any(person.name in str(found) for person in PERSONS)


def test_ranks_grades_and_the_share_with_its_places() -> None:
    found = fields()
    rows = [(row["名次"], row["单位"][2:6], row["总分"], row["等次"]) for row in found["分组"][0]["行"]]
    assert rows == [
        ("1", "甲河水务", "96.40", "优秀"),
        ("2", "丙原交运", "95.20", "优秀"),
        ("3", "乙山热电", "94.90", "良好"),
        ("4", "丁楼建工", "92.10", "良好"),
        ("5", "己阁设计", "84.00", "一般"),
        ("6", "戊台装备", "80.00", "一般"),
        ("7", "庚桥物产", "66.96", "较差"),
    ]
    assert found["等次分布"] == found["分组"][0]["等次分布"] == "优秀2个、良好2个、一般2个、较差1个"
    assert found["分组"][0]["注"] == "优秀不超过30%，名额2个，评定2个；1个单位审定的等次与按得分计算的不同。"


def test_a_class_of_persons_is_no_group_of_the_bulletin() -> None:
    made = edition()
    persons = FieldResult("SJ", "党委书记", ("SJ",), 7, 7, True, None, None)
    made = replace(made, outcome=replace(made.outcome, fields=(*made.outcome.fields, persons)))
    assert [group["名称"][:5] for group in fields(made)["分组"]] == ["子公司党委"]


def test_consequences_are_grouped_by_reason_and_a_share_that_reaches_all_is_told_once() -> None:
    texts = [row["内容"] for row in fields()["结果运用"]]
    assert texts[1] == "依据第十七条（二），按20%计入领导班子年度考核：全部7个单位。"
    assert texts[2] == (
        "依据第十七条（三），月度绩效减1.5分，2027年2月兑现：云陵戊台装备有限公司党委、云陵己阁设计有限公司党委（考核等次为一般）；"
        "云陵庚桥物产有限公司党委（考核等次为较差）。"
    )


def test_a_share_that_reaches_a_whole_class_names_the_class() -> None:
    """The first four become another class; the share of the other three names theirs, one that misses a unit names units."""
    made = edition()
    objects = [
        replace(each, unit_class="NS", field="NS", consequences=())
        if each.code in ("Z01", "Z02", "Z03", "Z04")
        else each
        for each in made.outcome.objects
    ]
    scheme = replace(made.scheme, classes=(*made.scheme.classes, UnitClass("NS", "内设机构党委")))
    made = replace(made, scheme=scheme, outcome=replace(made.outcome, objects=tuple(objects)))
    assert fields(made)["结果运用"][0]["内容"].endswith("：子公司党委全部3个单位。")
    fewer = tuple(replace(each, consequences=()) if each.code == "Z05" else each for each in objects)
    told = fields(replace(made, outcome=replace(made.outcome, objects=fewer)))["结果运用"][0]["内容"]
    assert told.endswith("：云陵己阁设计有限公司党委、云陵庚桥物产有限公司党委。")


def test_without_boards_the_table_has_no_column_for_them() -> None:
    assert fields()["有榜"] is False
    made = edition()
    objects = (replace(made.outcome.objects[0], boards=("红榜",)), *made.outcome.objects[1:])
    assert fields(replace(made, outcome=replace(made.outcome, objects=objects)))["有榜"] is True


def test_while_a_unit_is_withheld_neither_places_nor_distribution_are_told() -> None:
    found = fields(edition(held=True))
    group = found["分组"][0]
    assert (
        (found["等次分布"], group["等次分布"]) == ("", "") and "名额" not in group["注"] and "审定" not in group["注"]
    )
