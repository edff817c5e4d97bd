"""The starters: the shell ones are run for real, in a place whose path holds blanks and Chinese characters; the batch ones are read.

Batch files cannot be run here. What breaks them is looked for: bytes above ASCII, lone line feeds, an unquoted folder, a quotation mark
after the backslash that ends %~dp0, a path of this machine, a label that is not there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.place import small_place
from kaohe.stages.choosing import choices
from kaohe.stages.starters import put_starters, windows_text
from kaohe.stages.workspace import NotReady


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issued place; nothing has come back."""
    root = tmp_path_factory.mktemp("考核 办公室") / "二〇二六 年 (甲)"
    small_place(root, {"U1": "甲公司党总支", "U2": "乙公司党总支"})
    put_starters(root)
    return root


def double_click(script: Path, answer: str = "\n", path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    """The script run from elsewhere, its own folder only in its name."""
    return subprocess.run(
        [str(script)],
        input=answer,
        cwd="/",
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_double_click_offers_the_period_and_checks_it(place: Path) -> None:
    done = double_click(place / "检查填报.sh")
    assert (done.returncode, done.stderr) == (1, "")  # findings: nobody has reported
    assert "1  small  2026Q3（2026年第三季度）     2     0" in done.stdout and "未报 2 个单位" in done.stdout
    assert (place / "reports/small/2026Q3/受理清单.xlsx").is_file()


def test_a_number_that_is_not_offered_is_asked_again_and_no_answer_does_nothing(place: Path) -> None:
    again = double_click(place / "检查填报.sh", "7\n二\n1\n")
    assert again.stdout.count("请写 1 到 1。") == 2 and "未报 2 个单位" in again.stdout
    none = double_click(place / "运行考核.sh", "")
    assert none.returncode == 130 and "已停止" in none.stderr and "未报" not in none.stdout


def test_the_way_to_the_program_the_recorded_python_then_path_then_a_sentence(place: Path, tmp_path: Path) -> None:
    recorded = place / ".kaohe/posix.txt"
    assert recorded.read_bytes() == os.fsencode(sys.executable)
    recorded.write_text("/没有/了/python")
    try:
        lost = double_click(place / "检查填报.sh", path="/usr/bin:/bin")
        assert lost.returncode == 3 and "没有找到 kaohe 程序" in lost.stderr and "kaohe starters" in lost.stderr
        program = tmp_path / "程序 目录/kaohe"
        program.parent.mkdir()
        program.write_text('#!/bin/sh\necho "被叫到：$*"\n')
        program.chmod(0o755)
        found = double_click(place / "检查填报.sh", path=f"{program.parent}:/usr/bin:/bin")
        assert (found.returncode, found.stdout) == (0, "被叫到：ask check\n")
    finally:
        put_starters(place)
    assert recorded.read_bytes() == os.fsencode(sys.executable)


def test_an_environment_in_the_place_itself_is_found_when_the_recorded_one_is_gone(tmp_path: Path) -> None:
    (tmp_path / "workbooks").mkdir()
    put_starters(tmp_path, "/没有/了/python")
    own = tmp_path / ".venv/bin/python"
    own.parent.mkdir(parents=True)
    own.write_text('#!/bin/sh\necho "$*"\n')
    own.chmod(0o755)
    assert double_click(tmp_path / "运行考核.sh").stdout.splitlines()[-1] == "-P -m kaohe.cli ask run"


@pytest.mark.parametrize(("name", "what"), [("检查填报", "check"), ("运行考核", "run")])
def test_the_batch_files_read_the_same_on_every_windows(place: Path, name: str, what: str) -> None:
    data = (place / f"{name}.bat").read_bytes()
    assert data.isascii() and b"@" not in data[1:] and data.startswith(b"@echo off\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r") > 20
    text = data.decode()
    lines = [line for line in text.splitlines() if not line.startswith("rem ")]
    assert not [line for line in lines if "chcp" in line]
    for line in lines:  # inside quotation marks, and never %~dp0" whose backslash would escape the mark for a program
        for found in re.finditer(r"%~dp0", line):
            assert line[: found.start()].count('"') % 2 == 1, line
            assert not line[found.end() :].startswith('"') or line.startswith("pushd"), line
        for found in re.finditer(r"%KAOHE_PYTHON%", line):
            assert line[: found.start()].count('"') % 2 == 1, line
        assert line.count('"') % 2 == 0 and "(" not in line.replace("in (", "")  # a ) of a folder would end a block
    machine = (str(place), str(Path.home()), sys.prefix, "/tmp", ":\\")
    assert not [word for word in machine if word in text]
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", text)) == labels
    assert text.count(f"ask {what}\r\n") == 2 and "\r\npause\r\n" in text  # the window stays open


def test_windows_learns_the_python_in_a_form_that_every_code_page_reads(tmp_path: Path) -> None:
    (tmp_path / "workbooks").mkdir()
    python = r"D:\考核 程序\.venv\Scripts\python.exe"
    put_starters(tmp_path, python, "win32")
    assert (tmp_path / ".kaohe/windows.txt").read_bytes() == b"\xff\xfe" + python.encode("utf-16-le")
    missing = (tmp_path / ".kaohe/missing.txt").read_bytes()
    assert (
        missing.decode("utf-16").startswith("没有找到 kaohe 程序。\r\n")
        and windows_text("甲\n") == b"\xff\xfe2u\r\0\n\0"
    )


def test_a_folder_that_is_no_working_place_gets_no_starters(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="不是工作目录"):
        put_starters(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_current_period_is_offered_first_and_archived_ones_last(tmp_path: Path) -> None:
    place = small_place(tmp_path, {"U1": "甲公司党总支"})
    folder = place.at.pattern
    for name in ("2026Q1", "2026Q2"):
        (folder / name / "下发").mkdir(parents=True)
        (folder / name / "下发/发放.json").write_bytes((place.at.issued / "发放.json").read_bytes())
    (folder / "2026Q4").mkdir()  # not issued: nothing to be chosen
    place.hand_in("甲.xlsx", place.good["U1"])
    place.hand_in("不采用/旧.xlsx", b"")
    seal = '{"assessment":"small","period":"2026Q3","manifest":"","mark":"","date":"2026-10-22"}'
    (place.at.report).mkdir(parents=True)
    (place.at.report / "seal.json").write_text(seal)
    found = choices(tmp_path)
    assert [(each.period, each.returned, each.sealed) for each in found] == [
        ("2026Q2", 0, ""),
        ("2026Q1", 0, ""),
        ("2026Q3", 1, "2026-10-22"),
    ]
