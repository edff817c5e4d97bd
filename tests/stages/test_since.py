"""What became of the last check's mistakes: mended, still there, new; a second look at the same files tells the same."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kaohe.core.cells import Source
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.records.edition import FileRow
from kaohe.stages.since import Last, baseline, hash_of, last_check, since

FILE = "U101 长坪公司党总支.xlsx"


def wrong(cell: str = "I6", code: str = "VALUE-006", unit: str = "U101", file: str = FILE) -> Fault:
    return fault(code, Source(file, "评分", cell), "四分半", unit, field="得分", count=1, files="", where="")


def codes(before: list[Fault] | None, now: list[Fault], *owners: str) -> tuple[list[str], ...] | None:
    """Cells of what was mended, lasts, is new."""
    found = since(before, now, owners or ("U101",))
    return found and tuple([each.source.cell for each in some] for some in (found.mended, found.lasting, found.fresh))


def test_a_first_check_has_nothing_to_compare_with() -> None:
    assert codes(None, [wrong()]) is None


def test_mended_lasting_and_new_are_told_apart() -> None:
    assert codes([wrong("I6"), wrong("I7")], [wrong("I7"), wrong("I8")]) == (["I6"], ["I7"], ["I8"])


def test_what_replaces_one_mistake_by_another_in_the_same_cell_has_mended_nothing() -> None:
    assert codes([wrong()], [wrong(code="VALUE-003")]) == ([], [], ["I6"])
    assert codes([wrong()], [wrong(code="VALUE-001")]) == (["I6"], [], ["I6"])  # read now, with a 提示


def test_a_workbook_that_was_only_taken_away_has_mended_nothing() -> None:
    assert codes([wrong()], [], "U102") == ([], [], [])


def test_a_file_of_nobody_is_known_by_its_name() -> None:
    refused = [wrong("", "FILE-001", "", "甲.xlsx")]
    assert codes(refused, [], "甲.xlsx") == ([""], [], []) and codes(refused, [], "乙.xlsx") == ([], [], [])


def test_two_files_with_one_doubt_are_mended_once() -> None:
    assert codes([wrong("", "COLLECT-001"), wrong("", "COLLECT-001", file="副本.xlsx")], []) == ([""], [], [])


def test_the_same_files_again_are_compared_with_what_the_last_check_compared_with() -> None:
    last = Last("abc", (wrong("I7"),), (wrong("I6"),))
    assert baseline(None, "abc") is None
    assert baseline(last, "abc") == last.before and baseline(last, "def") == last.named


def test_litter_that_comes_and_goes_is_no_change() -> None:
    rows = (FileRow(FILE, "受理", "U101", "", "1" * 64), FileRow(f"~${FILE}", "忽略"))
    assert hash_of(rows) == hash_of(rows[:1])
    assert hash_of(rows) != hash_of((msgspec.structs.replace(rows[0], sha256="2" * 64),))


def test_a_check_mark_that_cannot_be_read_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "check.json"
    assert last_check(path) is None
    path.write_text("{", encoding="utf-8")
    assert last_check(path) is None
    path.write_bytes(msgspec.json.encode({"returned": "abc", "named": [wrong()], "missing": []}))
    assert last_check(path) == Last("abc", (wrong(),), None)
