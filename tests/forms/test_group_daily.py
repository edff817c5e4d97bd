"""日常积分: one workbook a department; dated entries with signed points, of which a negative one is a problem."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec
import pytest

from kaohe.core.cells import row_column
from kaohe.forms.group.book import book
from kaohe.forms.group.copies import copies_of
from kaohe.forms.marked import marked_book
from kaohe.records.tables import CellValue, Reading
from makers.group import DAILY, filled, planned, received, roster, said, scheme
from makers.paper import reading_of, rows_of, with_rows, without
from makers.scheme_red import Q3

FILE = "日常积分表 组织部.xlsx"
PLUS: dict[str, CellValue] = {
    "对象": "U107 云口公司党总支", "日期": date(2026, 8, 3), "分值": 2, "事由": "承办公司级党建现场会", "条款": "第九条",
}  # fmt: skip
MINUS: dict[str, CellValue] = {
    "对象": "U106 石桥公司党总支", "日期": date(2026, 7, 31), "分值": -0.5, "事由": "信息迟报2日", "条款": "第十条",
    "问题类别": "W02 台账记录", "严重程度": "一般", "佐证": "报送登记",
}  # fmt: skip


def _reading(*rows: dict[str, CellValue], copy: str = "组织部") -> Reading:
    return filled(planned(DAILY, copy), {f"{number:02d}": row for number, row in enumerate(rows, 1)})


def test_each_department_of_the_form_gets_a_workbook_of_its_own() -> None:
    assert [(each.key, each.file) for each in copies_of(scheme(), roster(), Q3, DAILY)] == [
        ("组织部", "日常积分表 组织部.xlsx"),
        ("宣传部", "日常积分表 宣传部.xlsx"),
    ]


def test_entries_come_with_exact_points_and_a_negative_one_is_a_problem_whose_id_names_the_department() -> None:
    found = received(_reading(PLUS, MINUS), FILE)
    assert found.faults == () and (found.object_code, found.form_code, found.copy) == ("", "RC", "组织部")
    assert found.shared is not None
    plus, minus = found.shared.daily
    assert (plus.object_code, plus.points.value, plus.problem_id, plus.kind) == ("U107", Fraction(2), "", "")
    assert (minus.object_code, minus.points.value, minus.kind, minus.severity) == (
        "U106",
        Fraction(-1, 2),
        "W02",
        "一般",
    )
    assert (minus.problem_id, minus.filler) == ("2026Q3-U106-RC-组织部-02", "组织部")
    assert minus.day is not None and (minus.day.value, minus.source.cell) == ("2026-07-31", "D7")
    assert ("分值", "-0.5") in [(each.field, each.value) for each in found.shared.entries]


def test_the_same_row_of_two_departments_gives_two_problems() -> None:
    ids = set()
    for copy in ("组织部", "宣传部"):
        shared = received(_reading(MINUS, copy=copy), f"日常积分表 {copy}.xlsx").shared
        assert shared is not None
        ids |= {each.problem_id for each in shared.daily}
    assert ids == {"2026Q3-U106-RC-组织部-01", "2026Q3-U106-RC-宣传部-01"}


def test_only_objects_whose_class_has_the_component_are_offered() -> None:
    (field, *_) = planned(DAILY, "组织部").tables[0].fields
    assert field.words == ("U106 石桥公司党总支", "U107 云口公司党总支")


@pytest.mark.parametrize(
    ("title", "typed", "code", "effect"),
    [
        ("对象", "U301 发展策划部党支部", "VALUE-055", "存疑"),
        ("日期", None, "VALUE-003", "存疑"),
        ("日期", date(2026, 6, 30), "VALUE-043", "存疑"),
        ("分值", None, "VALUE-003", "存疑"),
        ("分值", "约-0.5", "VALUE-008", "存疑"),
        ("分值", -101, "VALUE-031", "存疑"),
        ("事由", None, "VALUE-003", "存疑"),
        ("问题类别", None, "VALUE-003", "存疑"),
        ("问题类别", "W99 没有", "VALUE-055", "存疑"),
        ("严重程度", None, "VALUE-003", "存疑"),
        ("条款", None, "ROW-050", "提示"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_cell_with_the_object_that_it_concerns(
    title: str, typed: CellValue, code: str, effect: str
) -> None:
    found = received(_reading(PLUS, {**MINUS, title: typed}), FILE)
    place = planned(DAILY, "组织部").form.layout("日常积分").address("02", title)
    assert (code, effect, place, "" if title == "对象" else "U106") in said(found)
    assert found.shared is not None and found.shared.daily[0].object_code == "U107"


def test_kind_and_severity_of_a_positive_entry_are_not_used_and_that_is_said() -> None:
    found = received(_reading({**PLUS, "问题类别": "W02 台账记录"}), FILE)
    assert said(found) == [("ROW-060", "提示", "G6", "U107")]
    assert found.shared is not None and found.shared.daily[0].kind == ""


def test_a_text_that_is_plainly_one_signed_number_is_read_and_the_reading_stated() -> None:
    found = received(_reading({**MINUS, "分值": "－0.5分"}), FILE)
    assert [each[0] for each in said(found)] == ["VALUE-001"]
    assert found.shared is not None and found.shared.daily[0].points.value == Fraction(-1, 2)


def test_a_workbook_of_a_department_that_got_none_is_refused() -> None:
    reading = _reading(MINUS)
    for name in ("填报说明", "日常积分"):
        rows = rows_of(reading, name)
        rows[0][0] = str(rows[0][0]).replace("组织部", "工会")
        reading = with_rows(reading, name, rows)
    found = received(without(reading, "_meta"), FILE)
    assert said(found) == [("FORM-013", "拒收", "", "")] and found.shared is None


def test_a_missing_sheet_is_doubtful_because_what_stood_there_is_not_known() -> None:
    assert said(received(without(_reading(MINUS), "日常积分"), FILE)) == [("FORM-020", "存疑", "", "")]


def _live(*rows: dict[str, CellValue]) -> tuple[object, object]:
    """The live line, and the state of the first row."""
    made = planned(DAILY, "组织部")
    found = received(filled(made, {f"{n:02d}": row for n, row in enumerate(rows, 1)}), FILE)
    reading = filled(made, {f"{n:02d}": row for n, row in enumerate(rows, 1)})
    marked = marked_book(found, reading, (), scheme(), roster())
    sheet = next(each for each in marked.sheets if each.name == "日常积分")
    cells = {(cell.row, cell.column): cell.value for cell in sheet.cells}
    return cells[3, 1], cells[row_column(made.form.layout("日常积分").address("01", "状态"))]


def test_the_live_line_and_the_state_say_what_is_there_what_lacks_and_what_is_wrong() -> None:
    assert _live() == ("已填 0 条　本期没有的，空表也要交回", "")
    assert _live(PLUS, MINUS) == ("已填 2 条　全部通过，可以报送", "√")
    assert _live({**MINUS, "问题类别": None}) == ("已填 1 条　待填 1 格", "缺问题类别")
    assert _live({**MINUS, "分值": "约1"})[1] == "×分值"
    assert _live({**PLUS, "严重程度": "一般"}) == ("已填 1 条　有 1 行有误，见“状态”列红格", "×严重程度")
    assert _live({**MINUS, "日期": date(2026, 6, 30)})[1] == "×日期"


def test_the_marked_copy_reads_the_same_and_names_the_faulty_cells() -> None:
    reading = _reading(PLUS, {**MINUS, "日期": date(2026, 6, 30)})
    found = received(reading, FILE)
    marked = marked_book(found, reading, found.faults, scheme(), roster())
    again = received(reading_of(marked), FILE)
    assert (again.faults, again.shared) == (found.faults, found.shared)
    notes = [
        str(c.value) for s in marked.sheets if s.name == "日常积分" for c in s.cells if str(c.value).startswith("〔")
    ]
    assert len(notes) == 1 and notes[0].startswith("〔日期〕")


def test_the_fingerprint_follows_the_scheme_and_not_the_roster() -> None:
    form = planned(DAILY, "组织部").form
    assert planned(DAILY, "宣传部").form.fingerprint == form.fingerprint
    assert form.identity("组织部") == f"模板编码 E/2026Q3/组织部/RC/1/{form.fingerprint}"
    no_severities = msgspec.structs.replace(scheme(), severities=())
    from kaohe.forms.group.plan import plan

    other = plan(no_severities, roster(), Q3, DAILY, planned(DAILY, "组织部").copy)
    assert other is not None and other.form.fingerprint != form.fingerprint


def test_the_book_opens_on_the_table_and_every_sheet_is_protected() -> None:
    made = book(planned(DAILY, "组织部"))
    assert [sheet.name for sheet in made.sheets] == ["填报说明", "日常积分", "_lists", "_meta"]
    assert made.first == 1 and all(sheet.protected for sheet in made.sheets)
