"""评价打分: who marks whom, one row a rater and object, marks within the instrument's bounds."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from kaohe.core.cells import row_column
from kaohe.forms.group.book import book
from kaohe.forms.group.copies import copies_of
from kaohe.forms.group.plan import plan
from kaohe.forms.marked import marked_book
from kaohe.records.tables import CellValue, Reading
from makers.group import BY_GROUP, BY_RATER, copy_of, filled, planned, received, roster, said, scheme
from makers.paper import reading_of, rows_of, with_rows
from makers.scheme_red import Q3

FILE = "书记述职评议评分表 公司领导.xlsx"
SHEET = "书记述职评议"
Marks = dict[str, dict[str, CellValue]]
GOOD: Marks = {"R01/U106": {"履责实绩": 92, "问题剖析": 88}, "R02/U301": {"履责实绩": 85, "问题剖析": 90}}


def _reading(marks: Marks, copy: str = "LD") -> Reading:
    return filled(planned(BY_GROUP, copy), marks)


def test_a_group_gets_one_workbook_with_the_rows_that_are_due() -> None:
    assert [(each.key, each.file) for each in copies_of(scheme(), roster(), Q3, BY_GROUP)] == [
        ("LD", "书记述职评议评分表 公司领导.xlsx"),
        ("SJ", "书记述职评议评分表 党组织书记.xlsx"),
    ]
    leaders, secretaries = (planned(BY_GROUP, key).tables[0].codes for key in ("LD", "SJ"))
    assert leaders == ("R01/U106", "R01/U107", "R01/U301", "R02/U106", "R02/U107", "R02/U301")
    # They rate class Ⅰ alone, and nobody the own unit.
    assert secretaries == ("S06/U107", "S07/U106")


def test_each_rater_gets_a_workbook_with_a_sheet_for_each_instrument_in_which_he_marks() -> None:
    keys = [each.key for each in copies_of(scheme(), roster(), Q3, BY_RATER)]
    assert keys == ["R01", "R02", "S06", "S07", "D06"]
    names = {key: [table.name for table in planned(BY_RATER, key).tables] for key in keys}
    assert names["R01"] == [SHEET] and names["D06"] == ["书记测评"]
    # 关系 = 本单位: the delegate of U106 marks its secretary only.
    assert planned(BY_RATER, "D06").tables[0].codes == ("P06",)
    assert planned(BY_RATER, "S06").tables[0].codes == ("U107",)


def test_marks_come_with_rater_group_object_and_cell() -> None:
    found = received(_reading(GOOD), FILE)
    assert found.faults == () and found.copy == "LD" and found.shared is not None
    first, second = found.shared.ballots
    assert (first.instrument, first.rater, first.group, first.object_code) == ("SZ", "R01", "LD", "U106")
    assert [(code, mark.value) for code, mark in first.marks] == [("W1", Fraction(92)), ("W2", Fraction(88))]
    assert first.source.cell == "E6" and (second.rater, second.object_code) == ("R02", "U301")


def test_a_rater_s_own_workbook_names_no_group_and_one_mark_is_called_评分() -> None:
    found = received(filled(planned(BY_RATER, "D06"), {"P06": {"评分": 91.5}}), "委员评价表 评委 D06.xlsx")
    assert found.faults == () and found.shared is not None
    (ballot,) = found.shared.ballots
    assert (ballot.instrument, ballot.rater, ballot.group, ballot.object_code) == ("ZH", "D06", "", "P06")
    assert [(code, mark.value) for code, mark in ballot.marks] == [("评分", Fraction("91.5"))]


def test_a_row_left_blank_is_no_ballot_and_no_fault() -> None:
    found = received(_reading({}), FILE)
    assert found.faults == () and found.shared is not None and found.shared.ballots == ()


@pytest.mark.parametrize(
    ("typed", "code", "effect"),
    [
        (101, "VALUE-030", "存疑"),
        (-1, "VALUE-031", "存疑"),
        (88.5, "VALUE-032", "存疑"),
        ("优秀", "VALUE-005", "存疑"),
        ("约90", "VALUE-008", "存疑"),
        (None, "ROW-061", "提示"),
        ("９２分", "VALUE-001", "提示"),
    ],
)
def test_a_mark_is_checked_and_the_fault_names_the_object_of_its_row(typed: CellValue, code: str, effect: str) -> None:
    marks = {**GOOD, "R01/U106": {"履责实绩": typed, "问题剖析": 88}}
    assert said(received(_reading(marks), FILE)) == [(code, effect, "E6", "U106")]


def test_surplus_decimals_make_a_ballot_void_where_the_scheme_says_so_and_are_read() -> None:
    found = received(filled(planned(BY_RATER, "D06"), {"P06": {"评分": 91.55}}), "委员评价表 评委 D06.xlsx")
    assert found.faults == () and found.shared is not None
    assert found.shared.ballots[0].marks[0][1].value == Fraction("91.55")


def test_sorted_rows_and_moved_columns_change_nothing() -> None:
    reading = _reading(GOOD)
    rows = rows_of(reading, SHEET)
    moved = [*rows[:5], *reversed(rows[5:])]
    for row in moved[4:]:
        row[4], row[5] = row[5], row[4]
    found = received(with_rows(reading, SHEET, moved), FILE)
    assert [each[0] for each in said(found)] == ["ROW-009", "ROW-010"]
    assert found.shared is not None
    assert {(b.rater, b.object_code, b.marks[0][1].value) for b in found.shared.ballots} == {
        ("R01", "U106", Fraction(92)),
        ("R02", "U301", Fraction(85)),
    }


def test_a_row_of_an_object_that_is_not_due_is_never_counted() -> None:
    reading = _reading({"S06/U107": {"履责实绩": 90, "问题剖析": 90}}, "SJ")
    rows = rows_of(reading, SHEET)
    rows.append(["S06/U106", "S06", "U106 石桥公司党总支", 100, 100, *[None] * (len(rows[5]) - 5)])
    found = received(with_rows(reading, SHEET, rows), "书记述职评议评分表 党组织书记.xlsx")
    assert [each[:2] for each in said(found)] == [("ROW-002", "存疑")]
    assert found.shared is not None and [b.object_code for b in found.shared.ballots] == ["U107"]


def test_a_changed_printed_object_is_said_and_not_used() -> None:
    reading = _reading(GOOD)
    rows = rows_of(reading, SHEET)
    rows[5][2] = "U107 云口公司党总支"
    found = received(with_rows(reading, SHEET, rows), FILE)
    assert [each[:3] for each in said(found)] == [("FORM-031", "提示", "C6")]
    assert found.shared is not None and found.shared.ballots[0].object_code == "U106"


def test_a_rater_who_got_no_workbook_is_refused() -> None:
    other = msgspec.structs.replace(copy_of(BY_RATER, "R01"), key="R99")
    made = plan(scheme(), roster(), Q3, BY_GROUP, copy_of(BY_GROUP, "LD"))
    assert made is not None
    setting = msgspec.structs.replace(made.setting, copy=other)
    stray = msgspec.structs.replace(made, setting=setting)
    assert said(received(reading_of(book(stray)), FILE)) == [("FORM-013", "拒收", "", "")]


def test_two_instruments_of_one_name_have_two_sheets() -> None:
    rules = scheme()
    twin = msgspec.structs.replace(rules.instruments[0], code="SZ2")
    groups = tuple(msgspec.structs.replace(group, instrument="SZ2") for group in rules.rater_groups[:2])
    both = msgspec.structs.replace(
        rules, instruments=(*rules.instruments, twin), rater_groups=(*rules.rater_groups, *groups)
    )
    kind = msgspec.structs.replace(BY_GROUP, content=("评价打分:SZ", "评价打分:SZ2"))
    made = plan(both, roster(), Q3, kind, copy_of(BY_GROUP, "LD"))
    assert made is not None and [table.name for table in made.tables] == [SHEET, f"{SHEET} SZ2"]


def _drawn(marks: Marks) -> dict[tuple[int, int], object]:
    reading = _reading(marks)
    marked = marked_book(received(reading, FILE), reading, (), scheme(), roster())
    sheet = next(each for each in marked.sheets if each.name == SHEET)
    return {(cell.row, cell.column): cell.value for cell in sheet.cells}


def test_the_live_line_counts_rows_and_the_state_says_what_a_row_lacks() -> None:
    layout = planned(BY_GROUP, "LD").form.layout(SHEET)
    assert _drawn({})[3, 1] == "已评 0 / 6 行　待填 12 格"
    assert _drawn(GOOD)[3, 1] == "已评 2 / 6 行　待填 8 格"
    full = {code: {"履责实绩": 90, "问题剖析": 90} for code in planned(BY_GROUP, "LD").tables[0].codes}
    assert _drawn(full)[3, 1] == "已评 6 / 6 行　全部通过，可以报送"
    cells = _drawn({"R01/U106": {"履责实绩": 92}, "R01/U107": {"履责实绩": 92, "问题剖析": 100.5}})
    states = [cells[row_column(layout.address(code, "状态"))] for code in ("R01/U106", "R01/U107", "R01/U301")]
    assert states == ["缺问题剖析", "×问题剖析", "待填"]
    assert cells[3, 1] == "已评 2 / 6 行　有 1 行有误，见“状态”列红格"


def test_blocks_of_raters_alternate_and_panes_and_filter_keep_a_long_sheet_usable() -> None:
    sheet = next(each for each in book(planned(BY_GROUP, "LD")).sheets if each.name == SHEET)
    fills = [cell.style.fill for cell in sheet.cells if cell.column == 2 and cell.row >= 6]
    assert fills[0] == fills[2] != fills[3] == fills[5]
    assert sheet.freeze == (6, 5) and sheet.filter == "A5:G11"


def test_the_instructions_say_how_to_mark_who_is_left_out_and_when_a_ballot_is_void() -> None:
    lines = "".join(planned(BY_GROUP, "SJ").taught)
    assert "0 到 100 分，整数" in lines and "回避本单位" in lines
    assert "整张票作废：小数位超限" in "".join(planned(BY_RATER, "D06").taught)


def test_the_fingerprint_follows_bounds_and_weights_but_not_the_raters() -> None:
    base = planned(BY_GROUP, "LD").form.fingerprint
    fewer = msgspec.structs.replace(roster(), raters=roster().raters[:1])
    same = plan(scheme(), fewer, Q3, BY_GROUP, copy_of(BY_GROUP, "LD"))
    rules = scheme()
    wider = msgspec.structs.replace(
        rules, instruments=(msgspec.structs.replace(rules.instruments[0], places=1), *rules.instruments[1:])
    )
    other = plan(wider, roster(), Q3, BY_GROUP, copy_of(BY_GROUP, "LD"))
    assert same is not None and other is not None
    assert same.form.fingerprint == base != other.form.fingerprint
