"""表彰通报 (official-documents.md, 5.6): only decided grades; names, grades, and what can be learned."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from kaohe.documents import commendation
from kaohe.documents.plan import plan
from kaohe.records.edition import Edition
from makers.annual import edition


def fields(made: Edition | None = None) -> dict[str, Any]:
    return commendation.fields(made or edition(), None, "", "云党发〔2027〕3号")


def test_those_whom_a_rule_commends_stand_by_rank_with_their_decided_grade() -> None:
    found = fields()
    assert found["标题"] == "关于表彰2026年度党建工作先进党委的通报" and found["对象数"] == 2
    assert found["表彰"] == [
        {
            "序号": "一",
            "称号": "党建工作先进党委",
            "依据": "第十七条（一）",
            "对象": [
                {"序号": 1, "名称": "云陵甲河水务有限公司党委", "等次": "优秀"},
                {"序号": 2, "名称": "云陵丙原交运有限公司党委", "等次": "优秀"},
            ],
        }
    ]


@pytest.mark.parametrize(
    ("parameter", "name"),
    [
        ("确定为年度党建工作先进单位", "党建工作先进单位"),
        ("授予“党建红旗单位”称号", "“党建红旗单位”称号"),
        ("予以通报表扬", "先进单位"),
        ("", "先进单位"),
    ],
)
def test_the_title_has_what_is_awarded_without_its_verb(parameter: str, name: str) -> None:
    assert commendation.honour(edition(), parameter) == name


def test_practices_are_words_of_the_appraisal_or_verified_bonus_items() -> None:
    assert [(row["名称"][2:6], row["内容"]) for row in fields()["做法"]] == [
        ("甲河水务", "班组党员责任区包保到岗，隐患整改率98%。"),
        ("丙原交运", "“先锋号”品牌获省级表彰（党建品牌创建，加3.00分）。"),
    ]


def test_a_proposal_is_no_decision() -> None:
    made = edition()
    objects = list(made.outcome.objects)
    objects[2] = replace(
        objects[2], consequences=tuple(replace(one, soft=one.effect == "表彰") for one in objects[2].consequences)
    )
    found = fields(replace(made, outcome=replace(made.outcome, objects=tuple(objects))))
    assert [each["名称"][2:6] for each in found["表彰"][0]["对象"]] == ["甲河水务"]


def test_it_waits_for_withheld_units_and_for_the_meeting() -> None:
    made = edition()
    assert [each.status for each in plan(made).documents if each.code == "BZ"] == ["正式"]
    undecided = replace(made, row=replace(made.row, meeting=""))
    assert [(each.code, each.reason) for each in plan(undecided).waiting] == [("BZ", "等次尚未审定")]
    assert not [each for each in plan(edition(held=True)).documents if each.code == "BZ"]
