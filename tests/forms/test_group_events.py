"""事项: downgrade and veto events; only a confirmed case counts, one that nobody decided waits."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from kaohe.forms.group.plan import plan
from kaohe.records.tables import CellValue
from makers.group import EVENTS, copy_of, filled, planned, received, roster, said, scheme
from makers.scheme_red import Q3

FILE = "降档事项表.xlsx"
ROW: dict[str, CellValue] = {
    "对象": "U106 石桥公司党总支", "事项": "SX1 发生责任事件", "日期": date(2026, 8, 20), "事实": "发生一起责任事件", "文号": "安监〔2026〕7号",
    "核定": "已确认", "核定机关": "安委会",
}  # fmt: skip


def test_an_event_comes_with_object_item_fact_and_decision() -> None:
    found = received(filled(planned(EVENTS), {"01": ROW}), FILE)
    assert found.faults == () and found.shared is not None
    (event,) = found.shared.events
    assert (event.object_code, event.item, event.fact.value) == ("U106", "SX1", "发生一起责任事件")
    assert event.decision is not None and event.authority is not None and event.day is not None
    assert (event.decision.value, event.authority.value, event.day.value) == ("已确认", "安委会", "2026-08-20")


def test_persons_can_be_chosen_too_with_their_unit_in_words() -> None:
    (field, *_) = planned(EVENTS).tables[0].fields
    assert field.words[-1] == "P07 程远（云口公司）"


@pytest.mark.parametrize(
    ("title", "typed", "code", "effect", "whose"),
    [
        ("对象", "U999 谁", "VALUE-055", "存疑", ""),
        ("事项", "SX9 没有", "VALUE-055", "存疑", "U106"),
        ("事实", None, "VALUE-003", "存疑", "U106"),
        ("日期", date(2026, 5, 1), "VALUE-043", "存疑", "U106"),
        ("日期", None, "ROW-050", "提示", "U106"),
        ("核定", None, "ROW-062", "提示", "U106"),
        ("核定", "同意", "VALUE-036", "存疑", "U106"),
        ("核定机关", None, "ROW-050", "提示", "U106"),
    ],
)
def test_each_mistake_is_named_at_its_cell(title: str, typed: CellValue, code: str, effect: str, whose: str) -> None:
    found = received(filled(planned(EVENTS), {"01": {**ROW, title: typed}}), FILE)
    place = planned(EVENTS).form.layout("事项").address("01", title)
    assert said(found) == [(code, effect, place, whose)]


def test_one_document_for_the_same_item_of_the_same_object_is_said_because_each_row_counts() -> None:
    rows = {
        "01": {**ROW, "文号": "安〔2026〕3号"},
        "02": {**ROW, "文号": "安[2026] 3号"},
        "03": {**ROW, "文号": "无"},
        "04": {**ROW, "文号": "无"},
    }
    found = received(filled(planned(EVENTS), rows), FILE)
    place = planned(EVENTS).form.layout("事项").address("02", "文号")
    assert said(found) == [("ROW-038", "提示", place, "U106")]
    assert found.shared is not None and len(found.shared.events) == 4


def test_a_scheme_without_events_has_no_such_workbook() -> None:
    none = msgspec.structs.replace(scheme(), adjustments=())
    assert plan(none, roster(), Q3, EVENTS, copy_of(EVENTS)) is None
