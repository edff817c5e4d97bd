"""Who gets which document (scheme model 4, step 0a; sheet 文书): 对象 is 全部 or a rule, 暂定可发 = 否 waits for the unit's own field only."""

from __future__ import annotations

from msgspec.structs import replace

from kaohe.documents.drafts import DECIDED
from kaohe.documents.kinds import KINDS
from kaohe.documents.plan import plan
from kaohe.records.edition import Edition
from kaohe.records.scheme import DocumentKind
from kaohe.records.words import DOCUMENTS
from makers.annual import edition as year
from makers.edition import edition as quarter


def with_row(made: Edition, **how: object) -> Edition:
    row = DocumentKind("FK", "考核结果反馈通知书", "考核结果反馈通知书.docx", layout="信函", prefix="云党函")
    return replace(made, scheme=replace(made.scheme, documents=(replace(row, **how),)))


def test_every_kind_that_the_language_knows_is_built() -> None:
    assert set(DOCUMENTS) == set(KINDS)


def test_a_row_for_a_rule_reaches_the_objects_of_that_rule_only() -> None:
    """R3 interviews 己 alone; R1 puts 甲 on the board."""
    assert [each.unit_code for each in plan(with_row(quarter(), recipients="R3")).documents] == ["S06"]
    assert [each.unit_code for each in plan(with_row(quarter(), recipients="R1")).documents] == ["J01"]
    assert len(plan(with_row(quarter())).documents) == 6


def test_what_may_not_be_provisional_waits_for_its_own_field_and_the_other_fields_are_served() -> None:
    """戊 of class Ⅱ is withheld: 丁 waits, Ⅰ and Ⅲ are served; 戊 has no score to be told."""
    made = plan(with_row(quarter(held=True), provisional_ok=False))
    assert [(each.unit_code, each.status) for each in made.documents] == [
        ("J01", "正式"), ("Y02", "正式"), ("B03", "正式"), ("S06", "正式"),
    ]  # fmt: skip
    assert [tuple(each) for each in made.waiting] == [("FK", "考核结果反馈通知书", "专业中心还有单位未报或存疑（1份）")]


def test_a_rule_that_is_settled_does_not_settle_a_notice_that_reads_the_field() -> None:
    """丁's rule reads its own score only, but the notice tells its rank; the list of problems reads nothing of the field."""
    made = quarter(held=True)
    low = next(one for each in made.outcome.objects for one in each.consequences if one.rule == "R3")
    objects = tuple(replace(each, consequences=(low,)) if each.code == "D04" else each for each in made.outcome.objects)
    made = replace(made, outcome=replace(made.outcome, objects=objects))
    statuses = [(each.unit_code, each.status) for each in plan(with_row(made, recipients="R3")).documents]
    assert statuses == [("D04", "暂定"), ("S06", "正式")]


def test_what_may_be_provisional_is_written_so() -> None:
    made = plan(with_row(quarter(held=True)))
    assert {each.unit_code: each.status for each in made.documents}["D04"] == "暂定" and not made.waiting


def test_a_document_to_all_is_provisional_while_any_field_is_incomplete() -> None:
    row = {"code": "TB", "kind": "考核结果通报"}
    assert [each.status for each in plan(with_row(quarter(held=True), **row)).documents] == ["暂定"]
    assert [each.status for each in plan(with_row(quarter(), **row)).documents] == ["正式"]
    assert [each.status for each in plan(with_row(quarter(dated=False), **row)).documents] == ["草稿"]


def test_two_rows_of_one_kind_are_served_each_under_its_own_name() -> None:
    made = year()
    rows = [each for each in made.scheme.documents if each.kind == "工作提示"]
    twice = replace(made, scheme=replace(made.scheme, documents=(*rows, replace(rows[1], code="T3"))))
    files = [(each.code, each.file) for each in plan(twice).documents]
    assert files == [
        ("TS", "文书/工作提示/2026年度工作提示.docx"),
        ("T2", "文书/工作提示/Z07 云陵庚桥物产有限公司党委.docx"),
        ("T3", "文书/工作提示/Z07 云陵庚桥物产有限公司党委 (2).docx"),
    ]


def test_rows_of_another_clock_are_left_out() -> None:
    assert plan(with_row(quarter(), clocks=("年",))).documents == ()


def test_every_planned_document_has_all_fields_of_its_kind() -> None:
    for made in (year(), year(held=True), year(dated=False), quarter(), quarter(held=True)):
        rows = {row.code: row for row in made.scheme.documents}
        for each in plan(made).documents:
            found = KINDS[each.kind].fields(made, rows[each.code], each.unit_code, "", each.status == "暂定")
            top = {name for name in KINDS[each.kind].known if "." not in name}
            assert top == set(found), each


def test_what_announces_a_decision_is_a_draft_until_a_meeting_has_taken_it() -> None:
    """A dated notice without 审定会议 says 草稿 on every page and has no number; the list of problems needs no decision."""
    made = quarter()
    undecided = replace(made, row=replace(made.row, meeting=""))
    assert {each.status for each in plan(with_row(undecided)).documents} == {"草稿"}
    notice = KINDS["考核结果反馈通知书"].fields(
        undecided, with_row(made).scheme.documents[0], "Y02", "云党函〔2026〕1号", False
    )
    assert (notice["标注"], notice["文号"]) == ("草稿", "")
    listed = with_row(undecided, kind="整改清单", layout="无")
    assert {each.status for each in plan(listed).documents} == {"正式"}
    row = listed.scheme.documents[0]
    assert KINDS["整改清单"].fields(listed, row, "Y02", "", False)["标注"] == ""


def test_the_kinds_that_need_a_decision_are_kinds() -> None:
    assert DECIDED <= set(KINDS)


def test_a_kind_that_begins_with_its_clock_says_it_once_in_the_name_of_its_file() -> None:
    made = quarter()
    row = DocumentKind("BJ", "季度比较", "季度比较.docx", layout="无")
    names = [each.file for each in plan(replace(made, scheme=replace(made.scheme, documents=(row,)))).documents]
    assert names == [f"文书/季度比较/{made.when.title}比较.docx"] and made.when.title.endswith("季度")
