"""What came back: each file hashed once and in order, those that are no input told why, the rest read by children that start at once."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest

from kaohe.core.cells import Source
from kaohe.forms.receive import Receiver
from kaohe.records.returns import Submission
from kaohe.stages import pool
from kaohe.stages.means import Means
from kaohe.stages.pool import Children, workers
from kaohe.stages.reading import Files, Found
from kaohe.stages.tasks import Taken, Validator, encode
from kaohe.stages.workspace import NotReady, Place, sha256
from makers.scheme_red import Q3, roster, scheme

FILES = ("U101.xlsx", "~$U101.xlsx", "不采用/旧.xlsx", "照片.png", "说明.txt", "甲.tmp")


class Child(Validator):
    """Stands for the reading child: keeps what it was given, and answers with the file's name."""

    given: ClassVar[list[tuple[str, bytes]]] = []
    begun = 0

    def _start(self) -> None:  # type: ignore[override]
        Child.begun += 1

    def take(self, name: str, data: bytes, tables: bool = False) -> bytes:
        if data == b"die":
            raise RuntimeError("the reading child process does not start")
        Child.given.append((name, data))
        return encode(Taken(None, name, "TB", submission=Submission(name, "TB", name)))


@pytest.fixture(autouse=True)
def child(monkeypatch: pytest.MonkeyPatch) -> None:
    Child.given, Child.begun = [], 0
    monkeypatch.setattr(pool, "Children", partial(Children, make=Child))


def place(folder: Path, *names: str) -> Place:
    at = Place(folder, "E", "2026Q3")
    for name in names:
        path = at.returned / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return at


def receiver() -> Receiver:
    return Receiver(scheme(), roster(), Q3, {})


def read(at: Place, by: Means = Means()) -> list[Found]:
    with Files(at, by) as files:
        return files.read(receiver())


def test_each_file_is_read_once_in_order_and_what_is_no_input_is_told_why(tmp_path: Path) -> None:
    found = read(place(tmp_path, *FILES))
    assert [each.file for each in found] == sorted(FILES) and Child.given == [("U101.xlsx", b"U101.xlsx")]
    assert {each.file: each.ignored for each in found} == {
        "U101.xlsx": "", "~$U101.xlsx": "系统或办公软件的临时文件", "不采用/旧.xlsx": "已移到“不采用”", "说明.txt": "不是填报表",
        "照片.png": "图片或文档不是填报表；佐证请写文号或存放处", "甲.tmp": "系统或办公软件的临时文件",
    }  # fmt: skip


def test_the_hashes_of_the_manifest_are_there_before_anything_is_read(tmp_path: Path) -> None:
    with Files(place(tmp_path, *FILES), Means()) as files:
        assert files.digests == {
            name: sha256(name.encode()) for name in FILES if not name.startswith("~") and name != "甲.tmp"
        }
        assert Child.begun == 1 and not Child.given


def test_when_the_rules_cannot_be_used_no_file_is_read_and_the_children_end(tmp_path: Path) -> None:
    with pytest.raises(NotReady), Files(place(tmp_path, *FILES), Means()) as files:
        raise NotReady("方案不能用。")
    assert not Child.given and all(each._closed.is_set() for each in files._pool._children)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("asked", "children"), [(0, 2), (1, 1), (3, 3), (9, 5)])
def test_there_are_as_many_children_as_asked_but_never_more_than_are_worth_their_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: int, children: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    found = read(place(tmp_path, *(f"U{number:03}.xlsx" for number in range(20))), Means(workers=asked))
    assert Child.begun == children == workers(asked, 20)
    assert [each.taken and each.taken.object_code for each in found] == [f"U{number:03}.xlsx" for number in range(20)]


def test_a_file_that_changes_between_hash_and_reading_is_not_read_for_a_whole_one(tmp_path: Path) -> None:
    at = place(tmp_path, "U101.xlsx")
    with Files(at, Means()) as files:
        (at.returned / "U101.xlsx").write_bytes(b"half")
        (found,) = files.read(receiver())
    assert found.refusal is not None and (found.refusal.code, found.refusal.source) == ("FILE-036", Source("U101.xlsx"))
    assert not Child.given


def test_what_a_thread_cannot_do_is_raised_where_its_files_are_awaited(tmp_path: Path) -> None:
    at = place(tmp_path, "U101.xlsx", "U102.xlsx")
    (at.returned / "U102.xlsx").write_bytes(b"die")
    with pytest.raises(RuntimeError, match="does not start"):
        read(at)
    assert threading.active_count() < 20
