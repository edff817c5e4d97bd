"""Ctrl-C while workbooks are read: the command ends within five seconds with its sentence, its children with it, nothing published changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hostile.place import Small
from hostile.run import file_of
from kaohe.files.publish import hash_tree
from makers.steps import PERIOD, copied, hears_ctrl_c

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="the processes of a command are looked up in /proc")


@pytest.fixture(scope="module")
def small(first: Small, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three units, run once; then one handed in another form."""
    made = copied(first, tmp_path_factory.mktemp("stop") / "place")
    made.hand_in(file_of("甲"), made.good["甲"] + b"\0")
    return made


def reader_of(process: int, task: str = "kaohe.stages.tasks") -> int:
    """The reading child somewhere below a process; 0 while there is none."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
        except OSError:
            continue
    below = [process]
    for each in below:
        below += parents.get(each, [])
        try:
            if task in Path(f"/proc/{each}/cmdline").read_text():
                return each
        except OSError:
            continue
    return 0


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("command", ["check", pytest.param("run", marks=pytest.mark.office)])
def test_ctrl_c_while_reading_stops_within_five_seconds(small: Small, command: str) -> None:
    before = hash_tree(small.at.report)
    process = subprocess.Popen(
        [sys.executable, "-m", "kaohe.cli", command, "small", PERIOD, "--full"],
        cwd=small.at.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears_ctrl_c,
    )
    until = time.monotonic() + 60
    while not (child := reader_of(process.pid)):
        assert process.poll() is None and time.monotonic() < until
    os.kill(child, signal.SIGSTOP)  # it is in the middle of a file, or about to be given one
    time.sleep(0.5)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - started < 5
    assert process.returncode == 130 and said.startswith("已停止。已发布的结果没有改动")
    if is_alive(child):
        os.kill(child, signal.SIGCONT)  # only a kernel's child, whose parent cannot be asked any more
    while is_alive(child):
        assert time.monotonic() - started < 5
        time.sleep(0.05)
    assert hash_tree(small.at.report) == before
