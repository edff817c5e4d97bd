"""A Dask cluster reads what children of this machine would: a scheduler and workers as processes of their own, elsewhere, with no way into
the working place."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from hostile.place import Small, small_place
from hostile.run import file_of
from kaohe import __file__ as package
from kaohe import __version__
from kaohe.files.cells import fill
from kaohe.files.publish import hash_tree
from kaohe.records.tables import Refusal
from kaohe.stages import cluster
from kaohe.stages.at_worker import which
from kaohe.stages.cluster import Cluster
from kaohe.stages.collect import collect, gather, receiver_of
from kaohe.stages.means import Means
from kaohe.stages.pool import Children, Job
from kaohe.stages.tasks import packed
from kaohe.stages.workspace import NotReady

pytest.importorskip("distributed", reason="distributed (extra `cluster`) is not installed")

#: in every process of the cluster: whoever opens something in the working place leaves a note
GUARD = """
import os, sys
def look(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and str(arguments[0]).startswith(os.environ["FORBIDDEN"]):
        with open(os.environ["NOTE"], "a") as note:
            note.write(f"{event} {arguments[0]}\\n")
sys.addaudithook(look)
"""


@dataclass
class Machines:
    """A scheduler with its workers, each a process in a folder of its own."""

    folder: Path
    forbidden: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def note(self) -> Path:
        return self.folder / "note.txt"

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    @property
    def address(self) -> str:
        return str(json.loads(self._file.read_bytes())["address"])

    def start(self, *arguments: str, code: Path | None = None) -> subprocess.Popen[bytes]:
        """`dask scheduler` or `dask worker`; `code`: a folder whose package goes before the installed one."""
        home = self.folder / f"home{len(self.running)}"
        home.mkdir()
        paths = [str(each) for each in (code, self.folder / "guard") if each is not None]
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": os.pathsep.join(paths),
            "FORBIDDEN": str(self.forbidden),
            "NOTE": str(self.note),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        }
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], "--scheduler-file", str(self._file)]
        with (home / "log.txt").open("wb") as log:
            started = subprocess.Popen(
                [*command, "--no-dashboard", *arguments[1:]], cwd=home, env=environment, stdout=log, stderr=log
            )
        self.running.append(started)
        return started

    def worker(self, name: str, code: Path | None = None) -> subprocess.Popen[bytes]:
        """One worker of one thread, once it has told the scheduler that it is there."""
        started = self.start("worker", "--nthreads", "1", "--no-nanny", "--name", name, code=code)
        self.wait(lambda: f"worker: {name}" in self.log or f"name: {name}" in self.log)
        return started

    @property
    def log(self) -> str:
        return (self.folder / "home0" / "log.txt").read_text()

    def wait(self, is_so: Callable[[], bool]) -> None:
        until = time.monotonic() + 40
        while not is_so():
            assert time.monotonic() < until, self.log
            time.sleep(0.05)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A good form, one with a doubtful score, one that is no workbook."""
    made = small_place(tmp_path_factory.mktemp("处"), {"甲": "甲队", "乙": "乙队", "丙": "丙队"})
    made.hand_in(file_of("甲"), made.good["甲"])
    made.hand_in(file_of("乙"), fill(made.good["乙"], {"评分": {made.cell("K02", "得分"): "约 82"}}))
    made.hand_in(file_of("丙"), b"Rar!\x1a\x07\x00")
    return made


@pytest.fixture(scope="module")
def machines(small: Small, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    made = Machines(tmp_path_factory.mktemp("machines"), small.at.root)
    (made.folder / "guard").mkdir()
    (made.folder / "guard" / "sitecustomize.py").write_text(GUARD)
    made.start("scheduler", "--host", "127.0.0.1", "--port", "0")
    made.wait(made._file.is_file)
    try:
        yield made
    finally:
        for each in made.running:
            each.kill()
            each.wait()


def jobs(small: Small, count: int) -> list[Job]:
    """The three files again and again, under names of their own."""
    files = [(small.at.returned / file_of(unit)).read_bytes() for unit in ("甲", "乙", "丙")]
    return [Job(f"{number}.xlsx", partial(bytes, files[number % 3])) for number in range(count)]


def test_a_cluster_without_workers_is_named_before_anything_is_sent(small: Small, machines: Machines) -> None:
    with pytest.raises(NotReady, match=r"里没有工作进程。请在各台机器上运行 dask worker tcp://127"):
        gather(small.at, by=Means(cluster=machines.address))


def test_two_workers_without_the_working_place_give_the_same_bytes(small: Small, machines: Machines) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(machines.folder / "guard"),
        "FORBIDDEN": str(small.at.root),
        "NOTE": str(machines.note),
    }
    subprocess.run([sys.executable, "-c", f"open({str(small.at.folder / '方案.xlsx')!r})"], env=environment, check=True)
    assert "方案.xlsx" in machines.note.read_text(), "the guard sees who opens what"
    machines.note.unlink()
    machines.worker("one")
    machines.worker("two")
    outcomes = []
    for by in (Means(workers=1, fresh=True), Means(workers=3, fresh=True), Means(cluster=machines.address, fresh=True)):
        collect(small.at, by=by)
        outcomes.append(hash_tree(small.at.staging))
    assert outcomes[0] == outcomes[1] == outcomes[2] and "退回件/乙 乙队.xlsx" in outcomes[0]
    assert not machines.note.exists(), machines.note.read_text()


def test_a_worker_that_is_killed_in_the_middle_costs_nothing(small: Small, machines: Machines) -> None:
    receiver, _, _ = receiver_of(small.at)
    rules, asked = packed(receiver), jobs(small, 150)
    with Children(2, 1) as children:
        expected = dict(children.run(rules, asked))
    with Cluster(machines.address, True) as pool:
        answers = pool.run(rules, asked)
        found = dict([next(answers)])
        os.kill(machines.running[1].pid, signal.SIGKILL)
        found |= dict(answers)
    assert found == expected and "marked as failed" in machines.log, machines.log


def test_a_worker_with_another_version_is_refused_with_both_versions(
    small: Small, machines: Machines, tmp_path: Path
) -> None:
    shutil.copytree(Path(package).parent, tmp_path / "kaohe", ignore=shutil.ignore_patterns("__pycache__"))
    start = tmp_path / "kaohe" / "__init__.py"
    start.write_text(start.read_text().replace(__version__, "0.0.9"))
    strange = machines.worker("strange", tmp_path)
    with pytest.raises(NotReady) as said:
        gather(small.at, by=Means(cluster=machines.address, fresh=True))
    strange.kill()
    assert "有 1 个工作进程的版本与本机不同" in str(said.value) and "kaohe 0.0.9（代码" in str(said.value)
    assert f"本机  {which()}" in str(said.value)


def test_a_scheduler_that_cannot_be_reached_is_said_soon(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_S", 1)
    for address in ("tcp://127.0.0.1:1", "无名"):
        with pytest.raises(NotReady, match=f"连不上集群 {address}"):
            gather(small.at, by=Means(cluster=address, fresh=True))


def test_without_dask_the_sentence_says_what_to_install(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NotReady, match=r"没有装 dask.*kaohe\[cluster\]"):
        gather(small.at, by=Means(cluster="tcp://127.0.0.1:1", fresh=True))


def test_a_file_that_takes_every_worker_along_is_refused_and_other_failures_are_not_blamed_on_it() -> None:
    class KilledWorker(Exception):
        pass

    class Future:
        status = "error"

        def __init__(self, error: Exception) -> None:
            self.exception = lambda: error

    class Client:
        status = "running"

        def scheduler_info(self, n_workers: int) -> dict[str, list[str]]:
            return {"workers": ["one"]}

    pool = Cluster("tcp://a:1", False)
    assert pool._lost(Client(), Future(KilledWorker())) == Refusal("FILE-031")
    with pytest.raises(NotReady, match="RuntimeError"):
        pool._lost(Client(), Future(RuntimeError()))
    with pytest.raises(NotReady, match=r"新加入的工作进程  kaohe 0\.0\.9"):
        pool._lost(Client(), Future(cluster.OtherCode("kaohe 0.0.9")))
    Client.status = "closed"
    with pytest.raises(NotReady, match="连接断了"):
        pool._lost(Client(), Future(RuntimeError()))
