"""`kaohe run` as processes that are killed, stopped, starved and shut out: what the screen says, what is left, what the next start does.

The moments of publishing are tried one by one in tests/files/test_publish.py and tests/stages/test_resume.py; here are the kernels.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from hostile.place import Small
from kaohe.stages.resources import share
from makers.steps import PERIOD, copied, hashes, hears_ctrl_c

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits as on POSIX systems")
RUN = ("run", "small", PERIOD)


@pytest.fixture
def small(changed: Small, tmp_path: Path) -> Small:
    return copied(changed, tmp_path / "place")


def begun(small: Small, *words: str, before: Callable[[], None] | None = None, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kaohe.cli", *words],
        cwd=small.at.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **env},
        preexec_fn=before,
    )


def kaohe(small: Small, *words: str, before: Callable[[], None] | None = None, **env: str) -> tuple[int, str, str]:
    """A command to its end: exit code, screen, error channel. Whatever happens, no word of English errors reaches people."""
    process = begun(small, *words, before=before, **env)
    shown, said = process.communicate(timeout=120)
    for word in ("Traceback", "Error", "Errno", "Exception"):
        assert word not in shown + said
    return process.returncode, shown, said


def until(what: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until something is so, while the process runs."""
    end = time.monotonic() + 90
    while not what():
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.01)


def children(of: int) -> list[int]:
    """Processes below one, from /proc."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        if parent == of:
            found += [int(path.parent.name), *children(int(path.parent.name))]
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.office
def test_r01_killed_in_the_second_step_the_next_run_goes_on_at_once(small: Small, tmp_path: Path) -> None:
    """The kernel of the killed run may still be at work when the next run begins."""
    before, whole = hashes(small.at.report), copied(small, tmp_path / "whole")
    process = begun(small, *RUN)
    until((small.at.reports / f".progress-{PERIOD}.json").is_file, process)
    process.kill()
    process.communicate()
    assert hashes(small.at.report) == before
    code, shown, _ = kaohe(small, *RUN)
    assert code == 0 and "接着上次没有发布的计算：输入没有变化，第一步已做完" in shown and "收齐与校验" not in shown
    assert kaohe(whole, *RUN, "--full")[0] == 0
    assert hashes(small.at.report) == hashes(whole.at.report)
    assert "没有变化" in kaohe(small, *RUN)[1]


@pytest.mark.office
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the processes of a run are looked up in /proc")
def test_r02_ctrl_c_stops_within_five_seconds_and_leaves_nothing_running(small: Small) -> None:
    before = hashes(small.at.report)
    process = begun(small, *RUN, before=hears_ctrl_c)
    until((small.at.staging / "store").is_dir, process)
    mine, started = children(process.pid), time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - started < 5
    assert process.returncode == 130 and "已停止。已发布的结果没有改动" in said and "Traceback" not in said
    time.sleep(0.2)
    assert mine and not [each for each in mine if alive(each)]
    assert hashes(small.at.report) == before


@pytest.mark.office
def test_r03_a_disk_that_fills_up_in_a_kernel_names_the_room_and_leaves_the_old_results(small: Small) -> None:
    """A limit on the size of a file stands for the end of the disk: it holds for the kernels too, and needs no leave of the system."""
    before = hashes(small.at.report)

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (24_000, 24_000))

    code, _, said = kaohe(small, *RUN, before=little)
    assert code == 3 and "磁盘空间不足：需要约 20 MB" in said and "原结果没有改动" in said
    assert hashes(small.at.report) == before
    assert not small.at.staging.exists(), "what was begun makes room again"
    assert kaohe(small, *RUN)[0] == 0


@pytest.mark.office
def test_r11_a_failing_cell_is_named_and_nothing_is_half_published(small: Small) -> None:
    before, own = hashes(small.at.report), small.at.root / "notebooks" / "2_evaluate.ipynb"
    book = nbformat.read(share("notebooks") / own.name, as_version=4)  # type: ignore[no-untyped-call]
    book.cells.append(nbformat.v4.new_code_cell("1 / 0"))  # type: ignore[no-untyped-call]
    own.parent.mkdir()
    nbformat.write(book, own)  # type: ignore[no-untyped-call]
    code, _, said = kaohe(small, *RUN)
    assert code == 3 and f"第二步 计算与定等 第 {len(book.cells)} 格。没有写出结果" in said
    assert "ZeroDivisionError" in (small.at.root / "reports" / "kaohe-error.log").read_text(encoding="utf-8")
    assert hashes(small.at.report) == before


@pytest.mark.office
def test_r11_a_kernel_that_does_not_start_is_told_in_chinese(small: Small, tmp_path: Path) -> None:
    before = hashes(small.at.report)
    (tmp_path / "ipykernel_launcher.py").write_text("raise ImportError('no kernel here')")
    code, _, said = kaohe(small, *RUN, PYTHONPATH=str(tmp_path))
    assert code == 3 and "笔记本内核没有启动（请重新安装 kaohe）" in said and "原有结果没有改动" in said
    assert hashes(small.at.report) == before


def test_r04_a_folder_that_cannot_be_written_is_said_before_anything_is_computed(small: Small) -> None:
    """A file stands where the folder should be: nobody can write there, root neither."""
    import shutil

    shutil.rmtree(small.at.root / "reports")
    (small.at.root / "reports").write_bytes(b"")
    started = time.process_time()
    code, shown, said = kaohe(small, *RUN)
    assert code == 3 and "reports 文件夹不能写入" in said and "第一步" not in shown
    assert time.process_time() - started < 5


def test_r06_a_second_process_ends_at_once_and_says_who_holds_the_period(small: Small) -> None:
    holding = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from kaohe.files.lock import lock\n"
            "with lock(pathlib.Path(sys.argv[1]), sys.argv[2]): print('held', flush=True); sys.stdin.read()",
            str(small.at.reports),
            PERIOD,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holding.stdout is not None and holding.stdout.readline() == "held\n"
    try:
        code, _, said = kaohe(small, *RUN)
        assert code == 3 and f"进程 {holding.pid}，" in said and os.uname().nodename in said and "开始" in said
        holding.kill()
        holding.wait()
        code, shown, _ = kaohe(small, "status", "small")
        assert code == 0 and "正在由另一个程序处理" not in shown, "who was killed holds nothing"
    finally:
        holding.kill()
        holding.communicate()
