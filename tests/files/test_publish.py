"""Publishing: whatever moment the process dies at, the published folder is wholly old or wholly new after `recover`.

1. A published folder is what its manifest promises; the replaced run and every sealed one are kept.
2. A process killed at any step leaves, after `recover`, the old state or the new one, and `recover` says which.
3. check's own files are replaced without touching the run's, and its mark is put last.
4. Only one process works on a period; a second one learns who.
5. What a power failure finds: all files are on the disk before the mark that promises them.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from kaohe.files import disk
from kaohe.files.disk import digest, put, remove
from kaohe.files.lock import Busy, NoRoom, Unwritable, lock, prepare
from kaohe.files.publish import Recovered, commit_check, hash_tree, is_own_of_check, publish, recover, sweep, write_file
from makers.reports import PERIOD, check, manifest, run, stage


def state(folder: Path) -> str:
    """The version of a whole published folder, or what is wrong with it."""
    if not (folder / "manifest.json").is_file():
        return "no manifest"
    promised = json.loads((folder / "manifest.json").read_bytes())["files"]
    there = {name: digest for name, digest in hash_tree(folder).items() if name in promised or not _is_free(name)}
    if there != promised:
        return "not what is promised"
    return (folder / "data/results.csv").read_text().split()[0]


def _is_free(name: str) -> bool:
    return is_own_of_check(name) or name in ("manifest.json", "run.json", "seal.json")


def check_state(folder: Path) -> str:
    """The version of a whole set of check, or what is wrong with it."""
    mark = json.loads((folder / "check.json").read_bytes())
    there = {
        name: digest for name, digest in hash_tree(folder).items() if is_own_of_check(name) and name != "check.json"
    }
    return str(mark["version"]) if there == mark["files"] else "not what is promised"


def test_a_file_is_replaced_whole_and_its_folder_made(tmp_path: Path):
    path = tmp_path / "a" / "b.json"
    write_file(path, b"1")
    write_file(path, b"22")
    assert [each.name for each in path.parent.iterdir()] == ["b.json"] and path.read_bytes() == b"22"


def test_the_hashes_of_a_tree_stand_under_posix_paths_in_order(tmp_path: Path):
    write_file(tmp_path / "文书" / "甲.docx", b"x")
    write_file(tmp_path / "a.txt", b"")
    assert list(hash_tree(tmp_path).items()) == [
        ("a.txt", hashlib.sha256(b"").hexdigest()),
        ("文书/甲.docx", hashlib.sha256(b"x").hexdigest()),
    ]


def test_a_file_is_hashed_once_by_a_process_until_it_is_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    real, read = hashlib.file_digest, []
    monkeypatch.setattr(hashlib, "file_digest", lambda file, kind: read.append(file.name) or real(file, kind))
    old, new, another = tmp_path / "old", tmp_path / "new", tmp_path / "another"
    for path in (old, new, another):
        path.write_bytes(b"one")
    monkeypatch.setattr(time, "time_ns", lambda: new.stat().st_ctime_ns + 3 * 10**9)
    one, two = (hashlib.sha256(data).hexdigest() for data in (b"one", b"two"))
    assert {digest(old), digest(old)} == {one} and len(read) == 1
    monkeypatch.setattr(time, "time_ns", lambda: new.stat().st_ctime_ns + 10**9)
    assert {digest(new), digest(new)} == {one} and len(read) == 3, "it may have changed again since"
    was = old.stat()
    another.write_bytes(b"two")
    os.utime(another, ns=(was.st_atime_ns, was.st_mtime_ns))
    another.replace(old)
    assert digest(old) == two, "the same size and time, and another file"


def test_what_was_hashed_meanwhile_need_not_be_read_again_and_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in "abc":
        put(tmp_path / name, name.encode())
    monkeypatch.setattr(time, "time_ns", lambda: (tmp_path / "c").stat().st_ctime_ns + 3 * 10**9)
    real, read = hashlib.file_digest, []

    def slow(file: IO[bytes], kind: str) -> object:
        read.append(Path(file.name).name)
        if threading.current_thread() is not threading.main_thread() and read[-1] == "b":
            over.wait(10)
        return real(file, kind)

    monkeypatch.setattr(hashlib, "file_digest", slow)
    over = threading.Event()
    with disk.hashed_meanwhile([tmp_path / name for name in ("gone", "a", "b", "c")]):
        threading.Timer(0.05, over.set).start()
        while "b" not in read:
            time.sleep(0.001)
    assert read == ["a", "b"], "the file at hand is the last one"
    assert list(hash_tree(tmp_path)) == ["a", "b", "c"] and read == ["a", "b", "c"]


def test_a_folder_is_removed_with_what_is_below_it_and_nothing_that_it_leads_to(tmp_path: Path):
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for name in [f"{group}/{number}" for group in "ab" for number in range(9)]:
        put(folder / name, b"")
    put(outside / "kept", b"kept")
    (folder / "link").symlink_to(outside)
    remove(folder)
    assert not folder.exists() and (outside / "kept").read_bytes() == b"kept"


def test_the_first_run_is_published_and_nothing_else_is_left(tmp_path: Path):
    assert run(tmp_path, "old") == tmp_path / PERIOD
    assert state(tmp_path / PERIOD) == "old"
    assert [each.name for each in tmp_path.iterdir()] == [PERIOD]


def test_of_replaced_runs_the_last_and_every_sealed_one_are_kept(tmp_path: Path):
    for version in ("1", "2", "3", "4"):
        run(tmp_path, version)
        if version == "2":
            write_file(tmp_path / PERIOD / "seal.json", b"{}")
    assert state(tmp_path / PERIOD) == "4"
    assert sorted(each.name for each in (tmp_path / "历史" / PERIOD).iterdir()) == ["run-2", "run-3"]
    assert state(tmp_path / "历史" / PERIOD / "run-3") == "3"


def test_a_run_of_the_same_name_is_kept_beside_its_namesake(tmp_path: Path):
    run(tmp_path, "1")
    write_file(tmp_path / PERIOD / "seal.json", b"{}")
    run(tmp_path, "1")
    run(tmp_path, "2")
    assert sorted(each.name for each in (tmp_path / "历史" / PERIOD).iterdir()) == ["run-1", "run-1 (2)"]


def test_the_set_of_check_is_carried_along_by_a_run(tmp_path: Path):
    check(tmp_path, "c", "甲.xlsx")
    run(tmp_path, "old")
    assert (state(tmp_path / PERIOD), check_state(tmp_path / PERIOD)) == ("old", "c")
    assert not (tmp_path / "历史" / PERIOD / "未完成").exists()


def test_a_later_check_replaces_only_its_own_set(tmp_path: Path):
    check(tmp_path, "c", "甲.xlsx", "乙.xlsx")
    run(tmp_path, "old")
    check(tmp_path, "d", "乙.xlsx", "丙.xlsx")
    assert (state(tmp_path / PERIOD), check_state(tmp_path / PERIOD)) == ("old", "d")
    assert sorted(each.name for each in (tmp_path / PERIOD / "退回件").iterdir()) == ["丙.xlsx", "乙.xlsx"]


@pytest.mark.parametrize("name", ["考核结果.xlsx", "check.json", "退回件/../manifest.json"])
def test_check_may_write_nothing_but_its_own(tmp_path: Path, name: str):
    with pytest.raises(ValueError, match="not of check's set"):
        commit_check(tmp_path, PERIOD, {name: b""})
    assert list(tmp_path.iterdir()) == []


#: Every change of the disk counts as a step; a forked process dies at the step given instead of making it. Prints how each one ended.
KILLED = """
import json, os, pathlib, shutil, sys
sys.path.insert(0, {tests!r})
from makers.reports import PERIOD, check, manifest, publish, stage
before, work, action = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]

def act(home, at):
    steps = 0
    def counted(real):
        def change(*args, **more):
            nonlocal steps
            steps += 1
            if steps == at:
                os._exit(9)
            return real(*args, **more)
        return change
    for owner, names in ((pathlib.Path, ("rename", "replace", "unlink", "mkdir", "write_bytes")), (shutil, ("rmtree", "copyfile"))):
        for name in names:
            setattr(owner, name, counted(getattr(owner, name)))
    if action == "run":
        publish(home, PERIOD, manifest)
    else:
        check(home, "d", "乙.xlsx", "丙.xlsx")

for at in range(1, 100):
    home = work / str(at)
    shutil.copytree(before, home)
    stage(home, "new")
    child = os.fork()
    if not child:
        act(home, at)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        print(at)
        break
"""


def killed_at_each_step(before: Path, work: Path, action: str) -> list[Path]:
    """A copy of the place for each step at which a process died, and one in which it came to its end."""
    code = KILLED.format(tests=str(Path(__file__).parents[1]))
    done = subprocess.run(
        [sys.executable, "-c", code, str(before), str(work), action], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and done.stdout.strip(), done.stderr
    return [work / str(at) for at in range(1, int(done.stdout) + 1)]


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A period that was checked and run twice."""
    home = tmp_path / "before"
    check(home, "c", "甲.xlsx", "乙.xlsx")
    run(home, "older")
    run(home, "old")
    return home


def test_a_run_killed_at_any_step_leaves_the_old_results_or_the_new(tmp_path: Path, before: Path):
    seen, said, gaps = set(), set(), 0
    for home in killed_at_each_step(before, tmp_path, "run"):
        gaps += not (home / PERIOD).exists()
        told = recover(home)
        assert state(home / PERIOD) in ("old", "new"), home.name
        assert check_state(home / PERIOD) == "c", home.name
        seen.add(state(home / PERIOD))
        said |= set(told)
        assert recover(home) == (), home.name
        assert {each.name for each in home.iterdir()} <= {PERIOD, "历史", f".staging-{PERIOD}", f".lock-{PERIOD}"}
        run(home, "next")
        assert state(home / PERIOD) == "next", home.name
    assert (seen, said) == ({"old", "new"}, {Recovered(PERIOD, "run", True)})
    assert gaps, "the moment between the two moves was not tried"


def test_a_check_killed_at_any_step_leaves_its_old_set_or_the_new(tmp_path: Path, before: Path):
    seen = set()
    for home in killed_at_each_step(before, tmp_path, "check"):
        recover(home)
        assert state(home / PERIOD) == "old", home.name
        assert check_state(home / PERIOD) in ("c", "d"), home.name
        seen.add(check_state(home / PERIOD))
        assert recover(home) == (), home.name
    assert seen == {"c", "d"}


class Disk:
    """What is on the disk when the power goes: names and contents count from the moment at which they were settled."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.order: list[str] = []
        real_tree, real_move = disk.sync_tree, disk.move

        def sync_tree(folder: Path) -> None:
            real_tree(folder)
            self.order.append(f"settled {folder.name}")

        def move(source: Path, target: Path) -> None:
            self.order.append(f"{source.name} → {target.name}")
            real_move(source, target)

        def write(path: Path, data: bytes) -> None:
            write_file(path, data)
            self.order.append(f"settled {path.name}")

        def names(folder: Path) -> None:
            self.order.append(f"names of {folder.name}")

        for module in ("publish", "checked"):
            monkeypatch.setattr(f"kaohe.files.{module}.sync_tree", sync_tree)
            monkeypatch.setattr(f"kaohe.files.{module}.write_file", write)
            monkeypatch.setattr(f"kaohe.files.{module}.settle_names", names)
        monkeypatch.setattr("kaohe.files.publish.move", move)


def test_all_files_are_on_the_disk_before_the_exchange_is_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run(tmp_path, "old")
    stage(tmp_path, "new")
    seen = Disk(monkeypatch)
    publish(tmp_path, PERIOD, manifest)
    assert seen.order == [
        f"settled .staging-{PERIOD}",
        f"settled .swap-{PERIOD}.json",
        f"{PERIOD} → run-old",
        f"names of {PERIOD}",
        f".staging-{PERIOD} → {PERIOD}",
        f"names of {tmp_path.name}",
    ]


def test_the_files_of_check_are_on_the_disk_before_its_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    seen = Disk(monkeypatch)
    check(tmp_path, "c", "甲.xlsx")
    assert seen.order[:2] == [f"settled .check-{PERIOD}", "settled check.json"]


@pytest.mark.parametrize("system", [True, False])
def test_a_tree_is_settled_by_the_system_or_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: bool):
    settled: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (settled.append(handle), real(handle)))
    if not system:
        monkeypatch.setattr(disk, "_sync_system", lambda folder: False)
    disk.put(tmp_path / "a" / "b.txt", b"1")
    disk.put(tmp_path / "a" / "c.txt", b"2")
    disk.sync_tree(tmp_path)
    assert len(settled) == (1 if system and sys.platform == "linux" else 4)


def test_a_disk_that_does_not_take_the_files_leaves_the_old_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run(tmp_path, "old")
    stage(tmp_path, "new")

    def full(folder: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("kaohe.files.publish.sync_tree", full)
    with pytest.raises(OSError, match="No space"):
        publish(tmp_path, PERIOD, manifest)
    assert state(tmp_path / PERIOD) == "old" and recover(tmp_path) == ()


def test_ctrl_c_in_the_middle_of_the_exchange_waits_for_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run(tmp_path, "old")
    stage(tmp_path, "new")
    real = disk.move

    def move(source: Path, target: Path) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        real(source, target)

    monkeypatch.setattr("kaohe.files.publish.move", move)
    before = signal.getsignal(signal.SIGINT)
    assert publish(tmp_path, PERIOD, manifest).folder == tmp_path / PERIOD
    assert (state(tmp_path / PERIOD), recover(tmp_path)) == ("new", ())
    assert signal.getsignal(signal.SIGINT) is before


def test_a_replaced_run_that_somebody_edited_is_kept_for_good(tmp_path: Path):
    run(tmp_path, "1")
    (tmp_path / PERIOD / "考核结果.xlsx").write_bytes(b"edited")
    stage(tmp_path, "2")
    assert publish(tmp_path, PERIOD, manifest, edited=True).replaced == tmp_path / "历史" / PERIOD / "run-1（有改动）"
    run(tmp_path, "3")
    run(tmp_path, "4")
    assert sorted(each.name for each in (tmp_path / "历史" / PERIOD).iterdir()) == ["run-1（有改动）", "run-3"]


@pytest.mark.parametrize("gap", [True, False])
def test_a_note_of_the_exchange_that_the_disk_lost_stops_nothing(tmp_path: Path, gap: bool):
    run(tmp_path, "older")
    run(tmp_path, "old")
    if gap:
        (tmp_path / PERIOD).rename(tmp_path / "历史" / PERIOD / "run-old")
    (tmp_path / f".swap-{PERIOD}.json").write_bytes(b"")
    recover(tmp_path)
    assert state(tmp_path / PERIOD) == "old" and recover(tmp_path) == ()
    run(tmp_path, "new")
    assert state(tmp_path / PERIOD) == "new"


def test_between_the_two_moves_the_new_results_are_put_in_place(tmp_path: Path):
    run(tmp_path, "old")
    stage(tmp_path, "new")
    write_file(tmp_path / f".staging-{PERIOD}" / "manifest.json", manifest(hash_tree(tmp_path / f".staging-{PERIOD}")))
    write_file(tmp_path / f".swap-{PERIOD}.json", b'{"old":"run-old"}')
    (tmp_path / "历史" / PERIOD).mkdir(parents=True)
    (tmp_path / PERIOD).rename(tmp_path / "历史" / PERIOD / "run-old")
    assert recover(tmp_path) == (Recovered(PERIOD, "run", True),)
    assert (state(tmp_path / PERIOD), state(tmp_path / "历史" / PERIOD / "run-old")) == ("new", "old")


def test_between_the_two_moves_the_old_results_come_back_where_the_new_ones_are_lost(tmp_path: Path):
    run(tmp_path, "old")
    write_file(tmp_path / f".swap-{PERIOD}.json", b'{"old":"run-old"}')
    (tmp_path / "历史" / PERIOD).mkdir(parents=True)
    (tmp_path / PERIOD).rename(tmp_path / "历史" / PERIOD / "run-old")
    assert recover(tmp_path) == (Recovered(PERIOD, "run", False),)
    assert state(tmp_path / PERIOD) == "old"


def test_a_folder_that_cannot_be_moved_gets_the_new_results_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run(tmp_path, "old")
    stage(tmp_path, "new")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == PERIOD:
            raise PermissionError("open in an office program")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    found = publish(tmp_path, PERIOD, manifest)
    assert found.beside and found.folder.parent == tmp_path
    assert (state(found.folder), state(tmp_path / PERIOD), recover(tmp_path)) == ("new", "old", ())


def test_a_list_that_is_open_stays_and_the_new_one_lies_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    check(tmp_path, "c")
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target) == tmp_path / PERIOD / "受理清单.xlsx":
            raise PermissionError("open in an office program")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert commit_check(tmp_path, PERIOD, {"受理清单.xlsx": b"d"}) == {"受理清单.xlsx": "受理清单（新）.xlsx"}
    assert (tmp_path / PERIOD / "受理清单（新）.xlsx").read_bytes() == b"d"


def test_a_file_that_cannot_be_replaced_is_left_whole_without_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_file(tmp_path / "a", b"old")

    def replace(self: Path, target: Path) -> Path:
        raise PermissionError("open in an office program")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        write_file(tmp_path / "a", b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a", b"old")]


def test_what_an_interrupted_run_left_can_be_swept(tmp_path: Path):
    run(tmp_path, "old")
    stage(tmp_path, "new")
    (tmp_path / PERIOD / ".seal.json.kaohe-tmp").write_bytes(b"half")
    sweep(tmp_path, PERIOD)
    assert [each.name for each in tmp_path.iterdir()] == [PERIOD] and state(tmp_path / PERIOD) == "old"


def test_a_second_process_learns_who_works_on_the_period(tmp_path: Path):
    code = (
        "import sys, pathlib; from kaohe.files.lock import lock, Busy\n"
        "try:\n    with lock(pathlib.Path(sys.argv[1]), sys.argv[2]): print('free')\n"
        "except Busy as busy: print(busy.holder.pid, busy.holder.host != '', busy.holder.started != '')"
    )

    def other(period: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), period], capture_output=True, text=True, check=True
        ).stdout.strip()

    with lock(tmp_path, PERIOD):
        assert other(PERIOD) == f"{os.getpid()} True True"
        assert other("2026Q4") == "free"
        with lock(tmp_path, PERIOD):
            pass
        assert other(PERIOD) == f"{os.getpid()} True True"
    assert other(PERIOD) == "free"


def test_another_thread_is_kept_out_as_well(tmp_path: Path):
    def other() -> str:
        try:
            with lock(tmp_path, PERIOD):
                return "free"
        except Busy:
            return "busy"

    with ThreadPoolExecutor(1) as pool:
        with lock(tmp_path, PERIOD):
            assert pool.submit(other).result() == "busy"
        assert pool.submit(other).result() == "free"


def test_recover_leaves_alone_what_another_one_works_on(tmp_path: Path):
    run(tmp_path, "old")
    write_file(tmp_path / f".swap-{PERIOD}.json", b'{"old":""}')
    with ThreadPoolExecutor(1) as pool, lock(tmp_path, PERIOD):
        assert pool.submit(recover, tmp_path).result() == ()
        assert recover(tmp_path) == (Recovered(PERIOD, "run", True),)


def test_room_and_leave_to_write_are_tried_before_anything_is_computed(tmp_path: Path):
    prepare(tmp_path / "reports", 1)
    with pytest.raises(NoRoom) as short:
        prepare(tmp_path, 1 << 60)
    assert short.value.needed == 1 << 60 > short.value.free
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unwritable):
        prepare(tmp_path / "file" / "below", 1)
    with pytest.raises(Unwritable), lock(tmp_path / "file", PERIOD):
        pytest.fail("locked nothing")


def test_nothing_staged_is_nothing_published(tmp_path: Path):
    run(tmp_path, "old")
    with pytest.raises(FileNotFoundError):
        publish(tmp_path, PERIOD, manifest)
    assert state(tmp_path / PERIOD) == "old"
