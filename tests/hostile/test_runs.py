"""The cases R… and TPL-… of the catalogue that concern one command in a working place: disks, other processes, templates, what was published.

(R01, R01-swap and R05 are told of the exchange of folders, in tests/files/test_publish.py; R10-clock in tests/sample/test_same_bytes.py.)
Each is tried in a small place whose last results must stay as they were.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import nbformat
import pytest

from hostile.place import SCORES, Small, small_place
from hostile.run import file_of
from hostile.test_outputs import LETTER
from kaohe.cli import main
from kaohe.core.sentences import say
from kaohe.execution import NotebookFailed
from kaohe.files.limits import Limits
from kaohe.files.lock import lock
from kaohe.files.publish import hash_tree
from kaohe.files.publish import publish as exchange
from kaohe.records.tables import Refusal
from kaohe.stages.check import check
from kaohe.stages.collect import collect, gather
from kaohe.stages.collection import Collection
from kaohe.stages.evaluate import evaluate
from kaohe.stages.manifest import make, valid
from kaohe.stages.means import Means
from kaohe.stages.pool import Children
from kaohe.stages.publish import publish
from kaohe.stages.resources import share
from kaohe.stages.status import status
from kaohe.stages.tasks import Validator
from kaohe.stages.workspace import NotReady, place

UNITS = ("甲", "乙", "丙")


@dataclass(frozen=True)
class Run:
    """A place with published results of three units."""

    small: Small
    before: dict[str, str]

    @property
    def report(self) -> Path:
        return self.small.at.report

    def again(self, *arguments: str) -> tuple[int, str, str]:
        """`kaohe …` in this place: exit code, what it printed, and what it said on the error channel."""
        shown, said = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(said), pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.small.at.root)
            patch.setattr(sys, "argv", ["kaohe", *arguments])
            with pytest.raises(SystemExit) as end:
                main()
        return int(end.value.code or 0), shown.getvalue(), said.getvalue()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Small:
    small = small_place(tmp_path_factory.mktemp("runs"), {code: f"{code}局" for code in UNITS}, [LETTER])
    for code in UNITS:
        small.hand_in(file_of(code), small.good[code])
    at = small.at
    found = collect(at)
    evaluate(at)
    publish(at)
    run_json = {"run": f"{at.period}-{found.context.mark}"}
    (at.staging / "run.json").write_bytes(json.dumps(run_json).encode())
    exchange(at.reports, at.period, lambda files: make(found.context, found.scheme, files))
    return small


@pytest.fixture
def run(tmp_path: Path, published: Small) -> Run:
    """A copy of the published place."""
    shutil.copytree(published.at.root, tmp_path / "place")
    small = replace(published, at=place(tmp_path / "place", "small", "2026Q3"))
    assert valid(small.at) is not None
    return Run(small, hash_tree(small.at.report))


# the disk
class _Full:
    """`os.fsync` on a volume that has room for so many more files."""

    def __init__(self, room: int) -> None:
        self.room, self._own = room, os.fsync

    def __call__(self, file: int) -> None:
        self.room -= 1
        if self.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._own(file)


@pytest.mark.parametrize("room", [0, 2])
def test_r03_a_volume_that_fills_up_leaves_the_old_results_whole(
    run: Run, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr("kaohe.files.disk.os.fsync", _Full(room))
    code, _, said = run.again("check", "small", "2026Q3")
    assert code == 3 and "磁盘空间不足" in said and "No space" not in said and "Errno" not in said
    monkeypatch.undo()
    kept = {path: digest for path, digest in hash_tree(run.report).items() if path in run.before}
    assert kept == run.before or valid(run.small.at) is not None
    assert not [path for path in run.small.at.reports.rglob("*") if path.suffix == ".tmp"]
    assert run.again("check", "small", "2026Q3")[0] == 0


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "只读"),
        (errno.EIO, "磁盘读写出错"),
        (9999, "系统错误 9999"),
        (0, "系统错误 不明"),
    ],
)
def test_what_the_system_says_of_a_file_is_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, words: str
) -> None:
    def app(**_: object) -> int:
        raise OSError(number, "Some english words", "甲.xlsx")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("kaohe.cli.commands.app", app)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 3 and words in said.getvalue() and "english" not in said.getvalue()


@pytest.mark.parametrize(
    "error", [BrokenPipeError(errno.EPIPE, "Broken pipe"), ValueError("I/O operation on closed file")]
)
def test_r10_a_screen_that_is_gone_stops_nothing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise error

    done: list[str] = []

    def app(**_: object) -> int:
        print("第一步 收齐与校验")
        done.append("第一步")
        print("已写出", flush=True)
        return 1

    monkeypatch.setattr("kaohe.cli.commands.app", app)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(Gone()), pytest.raises(SystemExit) as end:
        main()
    assert (done, end.value.code, said.getvalue()) == (["第一步"], 1, "")


@pytest.mark.parametrize(
    ("case", "error", "code", "words"),
    [
        ("R02", KeyboardInterrupt(), 130, "已停止。已发布的结果没有改动"),
        ("R11-error", NotebookFailed("第一步 收齐与校验 第 3 格：ZeroDivisionError: division by zero"), 3, "笔记本出错：第一步 收齐与校验 第 3 格。"),
        ("R11-silent", RuntimeError("Kernel didn't respond in 60 seconds"), 3, "安全软件挡住了本机内部的连接"),
        ("R11-kernel", ModuleNotFoundError("No module named 'ipykernel'", name="ipykernel"), 3, "缺少笔记本内核"),
        ("any", RuntimeError("some english words"), 3, "程序出错，没有写出结果"),
    ],
)  # fmt: skip
def test_what_stops_a_command_is_told_in_chinese_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str, error: BaseException, code: int, words: str
) -> None:
    def app(**_: object) -> int:
        raise error

    (tmp_path / "reports").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kaohe.cli.commands.app", app)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == code and words in said.getvalue(), case
    assert not {"Error", "division", "module", "english"} & set(re.findall("[A-Za-z]+", said.getvalue()))


def test_r11_a_cell_that_never_ends_is_stopped_and_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = nbformat.read(share("notebooks") / "1_collect.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    ours.cells = [cell for cell in ours.cells if "parameters" in cell.metadata.get("tags", ())]
    ours.cells.append(nbformat.v4.new_code_cell("while True: pass"))  # type: ignore[no-untyped-call]
    folder = run.small.at.root / "notebooks"
    folder.mkdir(exist_ok=True)
    nbformat.write(ours, folder / "1_collect.ipynb")  # type: ignore[no-untyped-call]
    run.small.hand_in(file_of("甲"), run.small.good["乙"])
    monkeypatch.setattr("kaohe.execution.CELL_SECONDS", 1)
    code, _, said = run.again("run", "small", "2026Q3")
    assert code == 3 and "第一步 收齐与校验 第 3 格超时（2 秒）。没有写出结果" in said
    assert hash_tree(run.report) == run.before


# other processes
def test_r06_a_second_command_of_the_same_period_ends_at_once_and_names_the_first(run: Run) -> None:
    with lock(run.small.at.reports, "2026Q3"), ThreadPoolExecutor(1) as other:
        with pytest.raises(NotReady, match=rf"正在由另一个程序处理（.+进程 {os.getpid()}"):
            other.submit(check, run.small.at).result()
    assert hash_tree(run.report) == run.before


def _told(found: Collection, unit: str) -> tuple[str, list[str]]:
    (row,) = (each for each in found.files if each.file == file_of(unit))
    return row.verdict, [each.code for each in found.faults if each.source.file == file_of(unit)]


@pytest.mark.skipif(sys.platform == "win32", reason="signals as on POSIX systems")
@pytest.mark.parametrize(
    ("dies", "code", "says"), [(True, "FILE-031", "读取"), (False, "FILE-030", "秒")], ids=["die", "sleep"]
)
def test_r09_a_reader_that_dies_or_sleeps_costs_one_file(
    run: Run, monkeypatch: pytest.MonkeyPatch, dies: bool, code: str, says: str
) -> None:
    sick, ask = (run.small.at.returned / file_of("乙")).read_bytes(), Validator.ask

    def asked(self: Validator, *frames: bytes) -> bytes | Refusal:
        if frames[-1] == sick:
            child = self._ready().pid
            os.kill(child, signal.SIGSTOP)
            if dies:
                ends = (signal.SIGABRT, signal.SIGCONT)
                threading.Timer(0.2, lambda: [os.kill(child, each) for each in ends]).start()
        return ask(self, *frames)

    monkeypatch.setattr(Validator, "ask", asked)
    monkeypatch.setattr("kaohe.stages.pool.Children", partial(Children, make=lambda: Validator(Limits(seconds=0.6))))
    found, _ = gather(run.small.at, by=Means(fresh=True))
    assert _told(found, "乙") == ("拒收", [code])
    assert says in "".join(say(each) for each in found.faults if each.source.file == file_of("乙"))
    for unit in ("甲", "丙"):
        (sent,) = (each for each in found.submissions if each.object_code == unit)
        assert {each.indicator: each.points and each.points.value for each in sent.scores} == SCORES


# what was published
def test_r07_a_store_that_was_cut_is_named_and_never_read_as_results(run: Run) -> None:
    path = run.report / "store" / "outcome.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    assert valid(run.small.at) is None
    (standing,) = status(run.small.at.root, "small")
    assert "outcome" in "".join(standing.notes) or "改动" in "".join(standing.row) + "".join(standing.notes)


def test_r08_a_period_without_its_manifest_counts_as_unfinished(run: Run) -> None:
    (run.report / "manifest.json").unlink()
    assert valid(run.small.at) is None
    (standing,) = status(run.small.at.root, "small")
    assert "有效" not in standing.row


# templates
Broken = Callable[[bytes], bytes]


def _word(old: str, new: str) -> Broken:
    """A template with another word in its text."""
    from kaohe.files.opc import Package

    def made(data: bytes) -> bytes:
        package = Package(data)
        xml = package.read("word/document.xml")
        assert old.encode() in xml
        return package.replace({"word/document.xml": xml.replace(old.encode(), new.encode())})

    return made


#: case → how the template is harmed (None = it is not there), and what is said of it
TEMPLATES: dict[str, tuple[Broken | None, tuple[str, ...]]] = {
    "TPL-misspelt": (_word("{{ 总分 }}", "{{ 总份 }}"), ("总份", "总分", "段")),
    "TPL-unknown": (_word("{{ 总分 }}", "{{ 不存在的字段 }}"), ("不存在的字段",)),
    "TPL-unused": (_word("{{ 总分 }}", "九十分"), ("总分", "必")),
    "TPL-missing": (None, ("不能读取",)),
    "TPL-locked": (None, ("不能读取",)),
    "TPL-damaged": (lambda data: data[: len(data) // 2], ("损坏",)),
}


@pytest.mark.parametrize("case", TEMPLATES)
def test_tpl_a_template_that_cannot_be_used_is_named_before_a_document_is_written(
    run: Run, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    harm, words = TEMPLATES[case]
    name, read = "考核结果反馈通知书.docx", Path.read_bytes
    shutil.copytree(run.report / "store", run.small.at.staging / "store")
    if harm is not None:
        own = run.small.at.root / "templates" / "word" / name
        own.parent.mkdir(parents=True)
        own.write_bytes(harm((share("templates") / "word" / name).read_bytes()))

    def refuse(path: Path) -> bytes:
        if path.name == name:
            raise FileNotFoundError(2, "No such file") if case == "TPL-missing" else PermissionError(13, "denied")
        return read(path)

    if harm is None:
        monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(NotReady) as said:
        publish(run.small.at)
    assert all(word in str(said.value) for word in (name, *words)), said.value
    assert not list(run.small.at.staging.rglob("*.docx"))
    assert hash_tree(run.report) == run.before
