"""What returned workbooks amount to: several forms of one object are one submission; group-wide workbooks bring shared records."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kaohe.core.cells import Source
from kaohe.core.sentences import fault, say
from kaohe.files.xlsx import write
from kaohe.forms.frame import Fill
from kaohe.forms.group.book import book, entry, group_forms
from kaohe.forms.merge import merge, needed_forms
from kaohe.forms.plan import plan
from kaohe.forms.receive import Received, Receiver, receive
from kaohe.records.people import Roster
from kaohe.records.returns import Deduction, Number, Submission, Text
from kaohe.records.run import Context
from kaohe.records.scheme import FormKind, Scheme
from kaohe.stages import collect as stage
from kaohe.stages.ballots import shared_kept
from kaohe.stages.collection import Collection
from kaohe.stages.gathering import Used, copies_due, hints, missing_units, shared_of, submissions_of
from kaohe.stages.issue import Register
from kaohe.stages.workspace import Place
from makers.filled_form import blank
from makers.group import BY_GROUP, DAILY, EVENTS, KINDS, OPENINGS, Rows, filled, planned, roster, scheme
from makers.paper import without
from makers.scheme_red import FORM, Q3, ROW, UNITS, F

MINUS = {
    "对象": "U106 石桥公司党总支", "日期": date(2026, 7, 31), "分值": -0.5, "事由": "信息迟报2日", "条款": "第十条",
    "问题类别": "W02 台账记录", "严重程度": "一般",
}  # fmt: skip
SPEECH = FormKind("SZYD", "述职要点表", ("季",), ("封面", "述职要点"), "每对象", "单位")


def _receiver(first: bool = False, *kinds: FormKind, register: bool = True) -> Receiver:
    rules = msgspec.structs.replace(scheme(), forms=(FORM, *KINDS, *kinds))
    forms = {
        (kind.code, each.code): plan(rules, Q3, each.code, kind)
        for kind in (FORM, *kinds)
        for each in rules.classes
        if each.object == "单位"
    }
    went_out = Register("E", "2026Q3", tuple(entry for entry, _ in group_forms(rules, roster(), Q3, first)))
    return Receiver(rules, roster(), Q3, forms, went_out if register else None)


def _daily(rows: Rows, copy: str = "组织部") -> Received:
    return receive(_receiver(), filled(planned(DAILY, copy), rows), f"日常积分表 {copy}.xlsx")


def _used(*found: Received) -> list[Used]:
    return [(each, each.faults) for each in found]


def test_shared_holds_what_came_back_and_names_what_is_missing() -> None:
    used = _used(_daily({"01": MINUS}), _daily({}, "宣传部"))
    shared = shared_of(_receiver(), used)
    assert [each.object_code for each in shared.daily] == ["U106"]
    assert shared.returned == (("RC", "组织部"), ("RC", "宣传部"))
    rest = [
        ("PF", "LD"),
        ("PF", "SJ"),
        *(("PW", rater) for rater in ("R01", "R02", "S06", "S07", "D06")),
        ("SX", ""),
        ("ZL", ""),
    ]
    assert list(shared.missing) == rest


def test_only_what_went_out_is_waited_for_and_without_a_register_all_that_the_scheme_asks_for() -> None:
    assert {row.form for row in copies_due(_receiver(), [])} == {"RC", "PF", "PW", "SX", "ZL"}
    assert {row.form for row in copies_due(_receiver(register=False), [])} == {"RC", "PF", "PW", "SX", "ZL"}
    first = copies_due(_receiver(True), [])
    assert [(row.form, row.optional, row.is_absent) for row in first if row.form == "QC"] == [("QC", True, False)]


def test_a_doubt_about_one_object_leaves_the_workbook_in_use() -> None:
    found = _daily({"01": MINUS, "02": {**MINUS, "分值": "约1"}})
    shared = shared_of(_receiver(), _used(found))
    assert shared.returned == (("RC", "组织部"),) and [each.number for each in shared.daily] == ["01"]
    assert {each.object_code for each in found.faults} == {"U106"}


@pytest.mark.parametrize("harm", ["nobody", "no sheet", "two versions"])
def test_a_doubt_that_concerns_no_single_object_counts_the_workbook_as_not_returned(harm: str) -> None:
    found = _daily({"01": MINUS, "02": {**MINUS, "对象": "U999 谁" if harm == "nobody" else MINUS["对象"]}})
    used = _used(found)
    if harm == "no sheet":
        reading = without(filled(planned(DAILY, "组织部"), {"01": MINUS}), "日常积分")
        used = _used(receive(_receiver(), reading, "日常积分表 组织部.xlsx"))
    if harm == "two versions":
        items = [stage.Item(f"{name}.xlsx", name, found, None, found.faults) for name in ("甲", "乙")]
        settled = stage._settle(items, roster())
        assert [each.faults[-1].code for each in settled] == ["COLLECT-001", "COLLECT-001"]
        used = [(each.received, each.faults) for each in settled if each.received is not None]
    shared = shared_of(_receiver(), used)
    assert shared.daily == () and ("RC", "组织部") in shared.missing and shared.returned == ()


def test_two_versions_are_told_with_the_cells_in_which_they_differ() -> None:
    one, other = _daily({"01": MINUS}), _daily({"01": {**MINUS, "分值": -1}, "02": MINUS})
    items = [stage.Item(f"{name}.xlsx", name, found, None, ()) for name, found in (("甲", one), ("乙", other))]
    words = say(stage._settle(items, roster())[0].faults[-1])
    assert "甲.xlsx、乙.xlsx" in words and "日常积分 D6、日常积分 B7" in words
    same = [msgspec.structs.replace(item, received=one) for item in items]
    assert "读到的内容相同" in say(stage._settle(same, roster())[0].faults[-1])


def test_two_departments_are_no_duplicates_of_each_other() -> None:
    items = [
        stage.Item(name, name, found, None, found.faults)
        for name, found in (("a", _daily({})), ("b", _daily({}, "宣传部")))
    ]
    assert stage._settle(items, roster()) == items


def _submission(form: str, code: str = "U106", **more: object) -> Submission:
    return Submission(code, form, f"{form}.xlsx", **more)  # type: ignore[arg-type]


def _sent(*found: Submission) -> list[Used]:
    return [(Received(each.object_code, each.form, each), ()) for each in found]


def test_an_object_with_two_forms_has_one_submission_led_by_the_form_that_carries_points() -> None:
    receiver = _receiver(False, SPEECH)
    (speech, _), form = _sent(_submission("SZYD"), _submission("DW"))
    (made,) = submissions_of(receiver, [(speech, (fault("VALUE-003", Source("SZYD.xlsx"), field="原因"),)), form])
    assert (made.object_code, made.form, made.file, made.withheld) == ("U106", "DW", "DW.xlsx", True)


def test_without_the_form_that_carries_points_a_unit_is_missing_and_another_one_is_only_named() -> None:
    receiver = _receiver(False, SPEECH)
    assert needed_forms(receiver.forms) == {"Ⅰ": ("DW",), "Ⅱ": ("DW",), "Ⅲ": ("DW",)}
    used = _sent(_submission("SZYD"), _submission("DW", "U107"))
    assert [unit.code for unit in missing_units(receiver, used)] == ["U106", "U301"]
    assert [(f.code, f.effect, f.found, f.object_code) for f in hints(receiver, used)] == [
        ("COLLECT-005", "提示", "述职要点表", "U107")
    ]


def test_a_class_without_any_form_that_carries_points_owes_nothing() -> None:
    receiver = _receiver(False, SPEECH)
    only = {key: form for key, form in receiver.forms.items() if key[0] == "SZYD"}
    assert missing_units(msgspec.structs.replace(receiver, forms=only), []) == ()


def test_merged_forms_keep_every_row_and_problem_ids_stay_unique() -> None:
    def row(text: str) -> Deduction:
        here = Source(f"{text}.xlsx", "扣分与问题", "C6")
        return Deduction(
            "01",
            "2026Q3-U106-01",
            "1.1",
            "缺次数",
            Number(F(1), here),
            None,
            Text(text, here),
            None,
            "W01",
            "一般",
            None,
            here,
        )

    made = merge(
        (_submission("BM", deductions=(row("乙"),)), _submission("DW", deductions=(row("甲"),))), ("DW", "BM"), Q3
    )
    assert [(each.problem_id, each.fact.value) for each in made.deductions] == [
        ("2026Q3-U106-01", "甲"),
        ("2026Q3-U106-BM-01", "乙"),
    ]


def _collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]) -> tuple[Place, Collection]:
    """The stage over real files, with scheme, roster and register given."""
    receiver = _receiver()
    rules: tuple[Scheme, Roster, tuple[()]] = (receiver.scheme, receiver.roster, ())
    context = Context("E", "2026Q3", ROW, {}, {}, (), "0", "0" * 12)
    monkeypatch.setattr(stage, "frozen", lambda at: None)
    monkeypatch.setattr(stage, "rules", lambda at: rules)
    monkeypatch.setattr(stage, "make_context", lambda *given: context)
    monkeypatch.setattr(stage, "register_of", lambda at: receiver.register)
    at = Place(tmp_path, "E", "2026Q3")
    shutil.rmtree(at.returned, ignore_errors=True)
    at.returned.mkdir(parents=True)
    for name, data in files.items():
        (at.returned / name).write_bytes(data)
    return at, stage.collect(at)


def _typed(kind: FormKind, copy: str, rows: Rows) -> bytes:
    made = planned(kind, copy)
    name = made.tables[0].name
    typed = {(name, code, title): value for code, titles in rows.items() for title, value in titles.items()}
    return write(book(made, Fill(typed)))


def test_the_stage_lists_keeps_and_returns_group_wide_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "日常积分表 组织部.xlsx": _typed(DAILY, "组织部", {"01": MINUS}),
        "宣传部报送.xlsx": _typed(DAILY, "宣传部", {"01": {**MINUS, "日期": date(2026, 6, 1)}}),
        "公司领导.xlsx": _typed(BY_GROUP, "LD", {"R01/U106": {"履责实绩": 92, "问题剖析": 88}}),
        "降档事项表（副本）.xlsx": _typed(EVENTS, "", {}),
        "降档事项表.xlsx": _typed(EVENTS, "", {}),
        "U106.xlsx": write(blank()),
    }
    at, found = _collected(tmp_path, monkeypatch, files)
    assert {row.file: (row.verdict, row.unit_code) for row in found.files} == {
        "U106.xlsx": ("存疑", "U106"),
        "降档事项表.xlsx": ("受理", ""),
        "降档事项表（副本）.xlsx": ("忽略", ""),
        "公司领导.xlsx": ("提示", ""),
        "宣传部报送.xlsx": ("存疑", ""),
        "日常积分表 组织部.xlsx": ("受理", ""),
    }
    stored = shared_kept(at.staging)
    assert stored == found.shared
    assert [(each.object_code, each.filler) for each in stored.daily] == [("U106", "组织部"), ("U106", "宣传部")]
    assert stored.ballots == () and sum(each.valid for each in stored.counted) == 1
    assert ("PF", "SJ") in stored.missing and ("RC", "宣传部") in stored.returned
    assert found.marked["宣传部报送.xlsx"] == "退回件/日常积分表 宣传部.xlsx"
    held = [each for each in found.faults if each.code == "VALUE-043"]
    assert [(each.object_code, each.source.sheet, each.source.cell) for each in held] == [("U106", "日常积分", "C6")]
    assert found.has_findings and ("PF", "书记述职评议评分表　党组织书记", "", "") in found.missing_rows
    assert ("日常积分表", 2, 2, 1, 0, 1, 0, 0) in found.progress[1]
    assert (at.staging / "退回件" / "日常积分表 宣传部.xlsx").is_file()


def test_the_acceptance_list_names_group_wide_workbooks_that_have_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kaohe.files.reader import read
    from kaohe.records.tables import Reading

    at, found = _collected(tmp_path, monkeypatch, {"日常积分表 组织部.xlsx": _typed(DAILY, "组织部", {})})
    reading = read((at.staging / "受理清单.xlsx").read_bytes())
    assert isinstance(reading, Reading)
    table = reading.table("催报")
    assert table is not None
    names = [row[3] for row in table.rows[3:]]
    assert names[:3] == [unit.name for unit in UNITS]
    assert "日常积分表　宣传部" in names and "日常积分表　组织部" not in names
    assert f"另有公用表 **{len(found.absent)}** 份没有交回。" in found.sentence


def test_the_register_names_every_copy_with_its_file_and_fingerprint() -> None:
    made = planned(DAILY, "组织部")
    assert entry(made).file == "日常积分表 组织部.xlsx" and entry(made).fingerprint == made.form.fingerprint
    files = [each.file for each, _ in group_forms(scheme(), roster(), Q3, True)]
    assert len(files) == len(set(files)) and "期初问题清单.xlsx" in files and "等次决定表.xlsx" not in files
    assert "期初问题清单.xlsx" not in [each.file for each, _ in group_forms(scheme(), roster(), Q3, False)]
    assert planned(OPENINGS).copy.slot == "全体"
