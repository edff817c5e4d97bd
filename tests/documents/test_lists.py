"""结果限制清单 and 绩效联动清单 (official-documents.md, 5.6): what the personnel office has to act on.

1. One row per object and rule, with clause and reason; persons by name, unit and post; a proposal says that it is one.
2. Sums equal consequences.csv.
3. What reads an incomplete field waits, and is counted.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from kaohe.documents import limits_list, points_list
from kaohe.documents.plan import plan
from kaohe.documents.tables import tables
from kaohe.records.edition import Edition
from makers.annual import edition
from makers.edition import edition as quarter


def limits(made: Edition | None = None, pending: bool = False) -> dict[str, Any]:
    return limits_list.fields(made or edition(), None, "", "", pending)


def points(made: Edition | None = None, pending: bool = False) -> dict[str, Any]:
    return points_list.fields(made or edition(), None, "", "", pending)


def test_limits_stand_by_rule_with_grade_reason_and_clause() -> None:
    rows = [(row["序号"], row["对象"], row["等次"], row["限制"], row["规则"], row["条款"]) for row in limits()["清单"]]
    assert rows == [
        (1, "云陵戊台装备有限公司党委", "一般", "领导班子年度考核不得评为优秀", "R14", "第十七条（四）"),
        (2, "云陵己阁设计有限公司党委", "一般", "领导班子年度考核不得评为优秀", "R14", "第十七条（四）"),
        (3, "云陵庚桥物产有限公司党委", "较差", "领导班子年度考核不得评为优秀", "R14", "第十七条（四）"),
        (4, "陆见川", "—", "个人年度考核不得评为优秀", "R21", "第十六条（四）"),
        (5, "顾南屏", "—", "个人年度考核不得评为优秀", "R21", "第十六条（四）"),
        (6, "沈怀谷", "—", "个人年度考核不得评为优秀", "R21", "第十六条（四）"),
        (7, "白云起", "—", "个人年度考核不得评为优秀", "R21", "第十六条（四）"),
    ]


def test_persons_stand_with_unit_and_post_and_units_with_their_class() -> None:
    rows = limits()["清单"]
    assert (rows[0]["归属"], rows[3]["归属"]) == ("子公司党委", "云陵乙山热电有限公司党委\n党委书记、董事长")


def test_a_proposal_says_that_it_is_one() -> None:
    rows = limits()["清单"]
    assert rows[0]["理由"] == "考核等次为一般（建议，按规定程序决定）" and "建议" not in rows[3]["理由"]


def test_the_note_counts_units_and_persons_and_names_who_decided() -> None:
    assert limits()["清单注"] == "共7条，涉及3个单位、4名人员；由集团公司党委（集团公司党委2027年第2次会议）审定。"


def test_points_and_shares_are_told_with_target_month_and_working() -> None:
    """94.90 × 20 % = 18.98; the shares of 领导班子年度考核 stand before the points because their rule does."""
    rows = [(row["对象"][2:6], row["类别"], row["分值"], row["去向"], row["月份"]) for row in points()["清单"]]
    assert rows[1] == ("乙山热电", "计入", "94.90×20%＝18.98", "领导班子年度考核", "—")
    assert rows[7:] == [
        (name, "绩效加减", "−1.5", "月度绩效", "2027年2月") for name in ("戊台装备", "己阁设计", "庚桥物产")
    ]
    assert len(rows) == 10


def test_the_sums_are_those_of_the_table_of_consequences() -> None:
    made = edition()
    table = tables(made)["consequences"]
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    def amounts(target: str) -> Fraction:
        return sum((Fraction(row["amount"]) for row in rows if row["target"] == target and row["amount"]), Fraction(0))

    assert (amounts("月度绩效"), amounts("领导班子年度考核")) == (Fraction("-4.5"), Fraction("121.912"))
    found = points(made)["合计"]
    assert [(row["类别"], row["去向"], row["月份"], row["条数"], row["分值"]) for row in found] == [
        ("计入", "领导班子年度考核", "—", 7, "121.912"),
        ("绩效加减", "月度绩效", "2027年2月", 3, "−4.5"),
    ]
    assert (found[1]["加分"], found[1]["减分"]) == ("—", "3个，−4.5")


def test_points_up_and_down_are_summed_apart_and_together() -> None:
    """+1.5, −1.5 and −1.5 of one month."""
    made = edition()
    objects = list(made.outcome.objects)
    penalty = next(one for one in objects[6].consequences if one.effect == "绩效加减")
    objects[0] = replace(
        objects[0], consequences=(replace(penalty, parameter="+1.5", amount=Fraction(3, 2), reason="总分第一"),)
    )
    objects[5] = replace(objects[5], consequences=())
    found = points(replace(made, outcome=replace(made.outcome, objects=tuple(objects))))["合计"]
    assert [(row["加分"], row["减分"], row["分值"]) for row in found if row["类别"] == "绩效加减"] == [
        ("1个，+1.5", "2个，−3", "−1.5")
    ]


def test_what_reads_an_incomplete_field_is_left_out_and_counted() -> None:
    made = edition(held=True)
    found = limits(made, pending=True)
    assert {row["规则"] for row in found["清单"]} == {"R21"}
    assert found["清单注"] == "共4条，涉及4名人员；另有3条与名次、等次有关，待有关单位考核完成后确定。"
    assert {row["规则"] for row in points(made, pending=True)["清单"]} == {"R12"}
    assert [row["类别"] for row in points(made, True)["合计"]] == ["计入"]
    assert found["标注"] == "暂定（名次、等次待定）"


def test_a_list_that_may_not_be_provisional_waits_and_the_other_says_so() -> None:
    """The scheme's row XZ has 暂定可发 = 否, LD has not."""
    made = plan(edition(held=True))
    assert [(each.code, each.reason) for each in made.waiting if each.code == "XZ"] == [
        ("XZ", "子公司党委还有单位未报或存疑")
    ]
    assert [each.status for each in made.documents if each.code == "LD"] == ["暂定"]
    assert [each.status for each in plan(edition()).documents if each.code in ("XZ", "LD")] == ["正式", "正式"]


def test_a_period_without_limits_has_no_list_of_them() -> None:
    made = quarter()
    row = made.scheme.documents[0]
    assert not limits_list.applies(made, row) and points_list.applies(made, row)
