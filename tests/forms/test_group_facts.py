"""资料: facts of the period that the scheme reads and the roster lacks."""

from __future__ import annotations

import msgspec

from kaohe.forms.group.book import book
from kaohe.forms.group.plan import plan
from kaohe.forms.receive import Receiver, receive
from kaohe.records.people import Fact
from makers.group import FACTS, copy_of, filled, planned, received, roster, said, scheme
from makers.paper import reading_of
from makers.scheme_red import Q3

FILE = "资料核定表.xlsx"


def test_each_fact_that_is_read_is_asked_of_those_objects_whose_fact_is_read() -> None:
    (table,) = planned(FACTS).tables
    # ZJ: class Ⅲ has the component; MB: the target of line 4.1 of every unit; PX: of the secretaries, through 关联:书记.
    # CB is a standing fact of the roster and is not asked for.
    assert table.codes == ("U301/ZJ", "U106/MB", "U107/MB", "U301/MB", "P06/PX", "P07/PX")
    row = table.printed["U301/ZJ"]
    assert row["用在哪里"] == "构成“NS 年度述职”" and row["怎么填"] == "等次：好、一般"
    assert table.printed["U106/MB"]["怎么填"] == "数字，不带单位"


def test_filled_rows_come_back_and_blank_ones_do_not() -> None:
    typed = {"U301/ZJ": {"取值": "好"}, "U106/MB": {"取值": 32}, "P06/PX": {"取值": "是"}}
    found = received(filled(planned(FACTS), typed), FILE)
    assert found.faults == () and found.shared is not None
    assert [(f.object_code, f.fact, f.value.value) for f in found.shared.facts] == [
        ("U301", "ZJ", "好"),
        ("U106", "MB", "32"),
        ("P06", "PX", "是"),
    ]


def test_a_grade_that_is_none_and_a_target_that_is_no_number_are_doubtful_for_their_object() -> None:
    found = received(filled(planned(FACTS), {"U301/ZJ": {"取值": "优"}, "U106/MB": {"取值": "三十二"}}), FILE)
    assert said(found) == [("VALUE-036", "存疑", "F6", "U301"), ("VALUE-005", "存疑", "F7", "U106")]
    assert found.shared is not None and found.shared.facts == ()


def test_a_fact_that_the_roster_gives_by_now_is_doubtful_in_both_places() -> None:
    reading = filled(planned(FACTS), {"P06/PX": {"取值": "是"}, "U106/MB": {"取值": 32}})
    later = msgspec.structs.replace(roster(), facts=(*roster().facts, Fact("P07", "PX", "否")))
    found = receive(Receiver(scheme(), later, Q3, {}), reading, FILE)
    assert said(found) == [("ROW-063", "存疑", "A10", "P06")]
    assert found.shared is not None and [f.fact for f in found.shared.facts] == ["MB"]


def test_a_scheme_that_reads_no_fact_has_no_such_workbook() -> None:
    none = msgspec.structs.replace(scheme(), rules=(), components=scheme().components[:1], indicators=())
    assert plan(none, roster(), Q3, FACTS, copy_of(FACTS)) is None


def test_the_book_is_read_as_blank_without_a_fault() -> None:
    found = received(reading_of(book(planned(FACTS))), FILE)
    assert found.faults == () and found.shared is not None and found.shared.facts == ()
