"""The tidy tables: exact columns and order, exact numbers as text, every unit of the roster."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from kaohe.core.sentences import CATALOGUE, fault, say
from kaohe.documents.check_tables import check_tables
from kaohe.documents.tables import tables
from kaohe.records.documents import Document
from kaohe.records.edition import FileRow
from kaohe.records.tidy import Table, decimal
from makers import everything, results

COLUMNS = {
    "results": "unit_code unit_name object unit_class status base total total_exact rank grade_computed grade eligible reasons boards",
    "components": "unit_code component score points source_file source_sheet source_cell",
    "points": "unit_code indicator_code full_marks points source_file source_sheet source_cell",
    "entries": "unit_code form field indicator_code value source_file source_sheet source_cell",
    "ratings": "unit_code instrument group group_name weight due returned valid void abstained mean score grade note",
    "votes": "unit_code instrument group dimension option option_name votes ballots",
    "adjustments": "unit_code code effect amount target month reason clause",
    "consequences": "unit_code rule effect amount target month reason clause",
    "decisions": "unit_code total grade_by_score barred_by grade_after_bars grade_computed moved grade_decided",
    "quotas": "group grade share size product seats reached holders line next barred moved_up tied final provisional",
    "boundaries": "unit_code limit subject figure value line distance met other_code description",
    "problems": "problem_id unit_code indicator_code kind severity fact points source_file source_sheet source_cell",
    "ledger": "problem_id unit_code owner kind opened deadline state overdue relapse_of closed text",
    "documents": "kind unit_code file number form sealed status",
}


NOTICE = Document(
    "考核结果反馈通知书", "U101", "文书/考核结果反馈通知书/U101.docx", "虚构党〔2026〕7号", "文件", "是", "正式", "FK"
)


def rows(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_the_columns_stand_in_the_order_of_the_contract() -> None:
    made = tables(results.edition(), (NOTICE,))
    assert set(made) == set(COLUMNS)
    for name, columns in COLUMNS.items():
        assert " ".join(made[name].columns).startswith(columns), name


def test_results_name_every_unit_of_the_roster_with_its_status() -> None:
    edition = results.edition()
    found = {row["unit_code"]: row for row in rows(tables(edition)["results"])}
    assert set(found) == {unit.code for unit in edition.roster.units}
    assert [found[code]["status"] for code in ("U101", "U201", "U203", "U303", "U304", "U305")] == [
        "正式", "暂定", "存疑", "未报", "不定等次", "不参评",
    ]  # fmt: skip
    assert (found["U203"]["total"], found["U203"]["rank"], found["U203"]["total_exact"]) == ("", "", "")


def test_numbers_are_exact_text() -> None:
    found = {row["unit_code"]: row for row in rows(tables(results.edition())["results"])}
    assert (found["U102"]["base"], found["U102"]["total"], found["U102"]["total_exact"]) == ("98.33", "99.33", "298/3")
    assert decimal(Fraction(-1, 2)) == "-0.5" and decimal(None) == "" and decimal(Fraction(10, 3)) == "3.3333333333"


def test_points_name_the_one_cell_that_was_typed() -> None:
    found = {(row["unit_code"], row["indicator_code"]): row for row in rows(tables(results.edition())["points"])}
    rate, deducted, gone = found["U101", "2.1"], found["U101", "1.1"], found["U103", "2.1"]
    assert (rate["full_marks"], rate["points"], rate["source_sheet"], rate["source_cell"]) == ("20", "20", "评分", "I8")
    assert deducted["points"] == "59.7" and deducted["source_cell"] == "", "several cells made it"
    assert gone["points"] == "", "not applicable is blank, never 0"


def test_bonus_counts_up_and_penalty_down() -> None:
    found = {(row["unit_code"], row["code"]): row for row in rows(tables(results.edition())["adjustments"])}
    assert (found["U102", "JF1"]["amount"], found["U102", "JF1"]["effect"]) == ("1", "加分")
    assert found["U104", "KF1"]["amount"] == "-1"


def test_consequences_and_ledger_carry_reason_clause_and_state() -> None:
    made = tables(results.edition())
    blue = next(row for row in rows(made["consequences"]) if row["unit_code"] == "U104" and row["effect"] == "绩效加减")
    assert (blue["rule"], blue["amount"], blue["target"], blue["month"], blue["clause"]) == (
        "R04", "-1.5", "月度绩效", "2026-10", "第R04条",
    )  # fmt: skip
    states = {row["problem_id"]: (row["state"], row["overdue"]) for row in rows(made["ledger"])}
    assert states["2026Q3-U104-01"] == ("未启动", "是") and states["2026Q3-U101-03"] == ("已销号", "否")


def test_documents_stand_as_the_register_has_them() -> None:
    assert tables(results.edition(), (NOTICE,))["documents"].rows == (
        (
            "考核结果反馈通知书",
            "U101",
            "文书/考核结果反馈通知书/U101.docx",
            "虚构党〔2026〕7号",
            "文件",
            "是",
            "正式",
            "FK",
            "长坪公司党支部",
            "",
        ),
    )


def test_a_check_lists_files_and_faults() -> None:
    code = next(code for code, sentence in CATALOGUE.items() if "{" not in sentence.text + sentence.advice)
    made = check_tables((FileRow("甲.xlsx", "存疑", "U101", "说明"),), (fault(code, found="约95"),))
    assert made["files"].columns == ("file", "verdict", "unit_code", "note")
    assert made["faults"].columns == ("code", "effect", "file", "sheet", "cell", "found", "message")
    assert made["faults"].rows[0][-1] == say(fault(code))


def test_every_row_has_as_many_fields_as_columns_and_numbers_look_like_numbers() -> None:
    for name, table in tables(results.graded_year(), (NOTICE,)).items():
        for row in rows(table):
            for column in table.numeric:
                assert row[column] == "" or decimal(Fraction(row[column])) == row[column], (name, column)


def test_every_person_with_a_class_is_an_object_and_blank_where_there_is_nothing() -> None:
    edition = everything.edition()
    found = {row["unit_code"]: row for row in rows(tables(edition)["results"])}
    people = [each.code for each in edition.roster.persons if each.person_class]
    assert set(found) == {*(unit.code for unit in edition.roster.units), *people}
    member, secretary = found["MZ03"], found["SZ01"]
    assert (member["object"], member["unit_class"], member["total"], member["rank"], member["grade"]) == (
        "人员",
        "CY",
        "",
        "",
        "",
    )
    assert (member["eligible"], member["reasons"]) == ("是", "限制其他考核的理由")
    assert (secretary["unit_name"], secretary["total"], secretary["grade"]) == ("书记Z01", "96.95", "好")
    assert (found["Z02"]["grade_computed"], found["Z02"]["grade"]) == ("良好", "优秀"), "as decided"
    without = msgspec.structs.replace(edition, outcome=msgspec.structs.replace(edition.outcome, objects=()))
    assert {row["unit_code"]: row["status"] for row in rows(tables(without)["results"])}["MZ03"] == "未报"


def test_components_name_the_one_cell_that_was_typed() -> None:
    found = {(row["unit_code"], row["component"]): row for row in rows(tables(everything.edition())["components"])}

    def cell(code: str, component: str) -> tuple[str, str, str]:
        row = found[code, component]
        return row["source_file"], row["source_sheet"], row["source_cell"]

    assert cell("Z03", "RC") == ("组织部.xlsx", "日常积分", "D9"), "its only entry"
    assert cell("B02", "RC") == ("", "", ""), "an entry, and a penalty that acts on it"
    assert cell("Z01", "RC") == ("", "", ""), "two entries"
    assert cell("Z04", "RC") == ("", "", ""), "the start, without an entry"
    assert cell("Z02", "ZJ") == ("名册.xlsx", "资料", "C3"), "the fact whose grade it is"
    assert cell("Z01", "RW") == cell("Z01", "PJ") == cell("Z01", "JC") == cell("SZ01", "DWF") == ("", "", "")
    assert (found["Z04", "QT"]["score"], found["Z04", "QT"]["points"]) == ("", ""), "not applicable is blank, never 0"
    assert found["B01", "RC"]["score"] == "0", "a score of 0 is 0"


def test_entries_of_group_wide_workbooks_name_the_object_of_their_row() -> None:
    edition = everything.edition()
    found = [row for row in rows(tables(edition)["entries"]) if row["form"] == "RC"]
    assert len(found) == len(edition.shared.daily)
    assert (found[1]["unit_code"], found[1]["field"], found[1]["value"]) == ("Z01", "分值", "-0.5")
    assert (found[1]["source_file"], found[1]["source_cell"]) == ("组织部.xlsx", "D7")
    assert {row["unit_code"] for row in rows(tables(edition)["entries"]) if row["form"] == "TB"} >= {"Z01", "B01"}


def test_persons_have_their_consequences() -> None:
    found = [row for row in rows(tables(everything.edition())["consequences"]) if row["unit_code"] == "MZ03"]
    assert [(row["rule"], row["effect"], row["target"]) for row in found] == [("R05", "限制其他考核", "个人考核")]


def test_a_penalty_that_the_ledger_counts_is_an_adjustment_up_to_its_cap() -> None:
    found = [row for row in rows(tables(everything.edition())["adjustments"]) if row["code"] == "KF3"]
    assert {(row["unit_code"], row["amount"]) for row in found} == {("Z02", "-0.5"), ("B02", "-0.2")}
