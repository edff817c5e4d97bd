"""The command line: Chinese sentences, exit codes, and nothing heavy loaded for help (architecture, commands; performance, targets)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "pandas",
    "papermill",
    "matplotlib",
    "nbconvert",
    "openpyxl",
    "docxtpl",
    "docx",
    "jinja2",
    "numpy",
    "IPython",
    "xlwings",
    "dask",
    "distributed",
)


def kaohe(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kaohe.cli", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run",), 2, "缺少“考核”"),
        (("new", "处"), 2, "缺少“--scheme 方案”"),
        (("runn",), 2, "没有这个命令"),
        (("run", "a", "b", "--x"), 2, "没有选项“--x”"),
        (("run", "a", "b", "--workers", "x"), 2, "“个数”的取值不对"),
        (("run", "red-blue", "2026Q3", "--only", "all"), 2, "--only 只能是"),
        (("run", "red-blue", "2026Q3"), 3, "没有考核“red-blue”"),
        (("scheme", "check", "没有.xlsx"), 3, "没有找到 没有.xlsx"),
    ],
)
def test_a_wrong_command_gets_a_chinese_sentence_and_its_code(
    tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = kaohe(*arguments, cwd=tmp_path)
    assert done.returncode == code and words in done.stderr
    assert "Error" not in done.stderr and "Traceback" not in done.stderr


def test_help_is_chinese_and_names_every_command(tmp_path: Path) -> None:
    done = kaohe("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("下发", "校验", "计算", "new", "status", "explain", "scheme"))


@pytest.mark.parametrize("command", ["check", "run"])
def test_the_cluster_stands_behind_everything_that_a_small_place_needs(tmp_path: Path, command: str) -> None:
    plain, _, advanced = kaohe(command, "--help", cwd=tmp_path).stdout.partition("高级选项")
    assert "--as-of" in plain and "--full" in plain and "--quiet" in plain and "--cluster" not in plain
    assert "--cluster" in advanced and "--workers" in advanced and "--as-of" not in advanced


@pytest.mark.parametrize("command", [("run",), ("scheme",), ("demo",), ("template", "fields")])
def test_help_has_no_english_of_the_library(command: tuple[str, ...], tmp_path: Path) -> None:
    text = kaohe(*command, "--help", cwd=tmp_path).stdout
    assert text.startswith("用法：kaohe")
    assert not re.findall(r"Usage|Options|Commands|Arguments|OPTIONS|ARGS|Show this|required|default|<\w+>|[{}]", text)


@pytest.mark.parametrize("work", ["import kaohe", "import kaohe.cli.commands"])
def test_nothing_heavy_is_loaded_for_help(work: str) -> None:
    text = f"{work}; import sys; print(','.join(sorted(m for m in sys.modules if '.' not in m)))"
    loaded = (
        subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
        .stdout.strip()
        .split(",")
    )
    assert not set(HEAVY) & set(loaded)


def test_a_new_place_is_issued_checked_and_names_who_is_missing(tmp_path: Path) -> None:
    assert kaohe("new", "处", "--scheme", "red-blue", cwd=tmp_path).returncode == 0
    again = kaohe("new", "处", "--scheme", "red-blue", cwd=tmp_path)
    assert again.returncode == 3 and "没有改动" in again.stderr
    place = tmp_path / "处"
    issued = kaohe("issue", "red-blue", "2026Q2", cwd=place)
    assert issued.returncode == 0 and "新写 33 份" in issued.stdout
    again = kaohe("issue", "red-blue", "2026Q2", cwd=place)
    assert again.returncode == 0 and "未变 33 份" in again.stdout
    checked = kaohe("check", "red-blue", "2026Q2", cwd=place)
    assert checked.returncode == 1 and "未报 31 个单位" in checked.stdout and "内线" in checked.stdout
    assert (place / "reports/red-blue/2026Q2/受理清单.xlsx").is_file()
