"""等次决定: computed grades stand printed, the committee's stand beside them; a doubtful line is said and withholds nobody."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from kaohe.forms.group.book import decision_forms, group_forms
from kaohe.forms.group.content import Computed
from kaohe.forms.marked import marked_book
from kaohe.records.tables import CellValue, Reading
from makers.group import received, roster, said, scheme
from makers.paper import reading_of
from makers.scheme_red import Q3

FILE = "等次决定表.xlsx"
RESULTS = (
    Computed("U106", "优秀", Fraction("96.4"), 1),
    Computed("U107", "良好", Fraction("94.9"), 2, ("规则3：述职评议为一般，不得评优秀",)),
    Computed("U301", "一般", Fraction(72), None),
)


def _reading(rows: dict[str, dict[str, CellValue]]) -> Reading:
    ((_, made),) = decision_forms(scheme(), roster(), Q3, RESULTS)
    columns = {"审定等次": "H", "理由": "I", "决定人": "J", "计算等次": "F"}
    order = [each.object_code for each in RESULTS]
    typed = {
        ("等次决定", f"{columns[title]}{6 + order.index(code)}"): value
        for code, titles in rows.items()
        for title, value in titles.items()
    }
    return reading_of(made, typed)


def test_the_computed_results_are_printed_and_not_issued_with_the_other_forms() -> None:
    ((issued, made),) = decision_forms(scheme(), roster(), Q3, RESULTS)
    sheet = next(each for each in made.sheets if each.name == "等次决定")
    row = {cell.column: cell.value for cell in sheet.cells if cell.row == 7}
    assert [row[column] for column in range(1, 8)] == [
        "U107", "云口公司党总支", "Ⅰ", 94.9, 2, "良好", "规则3：述职评议为一般，不得评优秀",
    ]  # fmt: skip
    assert issued.file == FILE and FILE not in [entry.file for entry, _ in group_forms(scheme(), roster(), Q3, True)]


def test_a_decision_comes_with_the_computed_grade_as_it_stood_printed() -> None:
    found = received(_reading({"U107": {"审定等次": "优秀", "理由": "全年工作突出", "决定人": "党委会"}}), FILE)
    assert found.faults == () and found.shared is not None
    (decision,) = found.shared.decisions
    assert (decision.object_code, decision.computed, decision.grade.value) == ("U107", "良好", "优秀")
    assert decision.reason is not None and decision.decided_by is not None
    assert (decision.reason.value, decision.decided_by.value) == ("全年工作突出", "党委会")


def test_the_same_grade_needs_neither_reason_nor_name_and_blank_rows_decide_nothing() -> None:
    found = received(_reading({"U106": {"审定等次": "优秀"}}), FILE)
    assert found.faults == () and found.shared is not None
    assert [each.object_code for each in found.shared.decisions] == ["U106"]


def test_what_will_not_be_adopted_is_said_as_a_hint() -> None:
    rows: dict[str, dict[str, CellValue]] = {
        "U106": {"审定等次": "特优", "理由": "甲", "决定人": "乙"},
        "U107": {"审定等次": "优秀", "决定人": "党委会"},
        "U301": {"理由": "表现进步"},
    }
    assert said(received(_reading(rows), FILE)) == [
        ("VALUE-036", "提示", "H6", ""),
        ("ROW-064", "提示", "I7", ""),
        ("ROW-065", "提示", "I8", ""),
    ]


def test_the_marked_copy_keeps_rows_and_what_was_typed() -> None:
    reading = _reading({"U107": {"审定等次": "优秀", "决定人": "党委会"}})
    found = received(reading, FILE)
    marked = marked_book(found, reading, found.faults, scheme(), roster())
    again = received(reading_of(marked), FILE)
    assert (again.faults, again.shared) == (found.faults, found.shared)
    sheet = next(each for each in marked.sheets if each.name == "等次决定")
    states = {cell.row: cell.value for cell in sheet.cells if cell.column == 11 and cell.row >= 6}
    assert states == {6: "", 7: "缺理由", 8: ""}
    live = {cell.value for cell in sheet.cells if (cell.row, cell.column) == (3, 1)}
    assert live == {"已定 1 / 3 个　有 1 行有误，见“状态”列红格"}


def test_the_live_line_says_what_rows_left_blank_mean() -> None:
    ((_, made),) = decision_forms(scheme(), roster(), Q3, RESULTS)
    sheet = next(each for each in made.sheets if each.name == "等次决定")
    assert (
        next(cell.value for cell in sheet.cells if (cell.row, cell.column) == (3, 1))
        == "已定 0 / 3 个　没有选的按计算等次"
    )


def test_grades_of_another_use_or_clock_are_not_offered() -> None:
    ((_, made),) = decision_forms(scheme(), roster(), Q3, RESULTS)
    words = [cell.value for sheet in made.sheets if sheet.name == "_lists" for cell in sheet.cells]
    assert words == ["审定等次表", "优秀", "良好", "一般"]
    other = msgspec.structs.replace(
        scheme(), grades=tuple(msgspec.structs.replace(g, clocks=("年",)) for g in scheme().grades)
    )
    assert list(decision_forms(other, roster(), Q3, RESULTS)) == []
