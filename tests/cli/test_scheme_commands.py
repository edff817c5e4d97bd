"""`kaohe scheme check`, `show` and `diff` from the command line: what is printed, what is written, exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from makers.commands import kaohe

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The red-blue scheme with a level-1 indicator of 16 instead of 15 marks, and its roster beside it."""
    book = openpyxl.load_workbook(TEMPLATES / "schemes/red-blue.xlsx")
    book["指标"]["F2"] = 16
    book.save(tmp_path / "方案.xlsx")
    (tmp_path / "名册.xlsx").write_bytes((TEMPLATES / "rosters/red-blue.xlsx").read_bytes())
    return tmp_path / "方案.xlsx"


def test_a_sound_scheme_is_usable_and_tells_its_load(tmp_path: Path) -> None:
    done = kaohe("scheme", "check", TEMPLATES / "schemes/red-blue.xlsx", cwd=tmp_path)
    assert done.returncode == 0 and "方案可以使用" in done.stdout
    load = next(line for line in done.stdout.splitlines() if "党建工作季度考核填报表" in line)
    assert "I 县区公司党总支" in load and load.split()[-1].endswith("%")
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("scheme", ["group-responsibility", "group-debriefing"])
def test_the_ready_made_schemes_have_nothing_to_mend(tmp_path: Path, scheme: str) -> None:
    done = kaohe("scheme", "check", TEMPLATES / f"schemes/{scheme}.xlsx", cwd=tmp_path)
    assert done.returncode == 0 and "差错 0 处" in done.stdout, done.stdout
    assert "公共表" in done.stdout  # the roster of the same name was read, too


def test_faults_are_told_and_marked_on_request_and_the_original_stays(wrong: Path) -> None:
    before = wrong.read_bytes()
    done = kaohe("scheme", "check", "方案.xlsx", cwd=wrong.parent)
    assert (
        done.returncode == 1
        and re.search(r"指标 +F2", done.stdout)
        and "MARK-001" in done.stdout
        and "--marked" in done.stdout
    )
    assert sorted(path.name for path in wrong.parent.iterdir()) == ["名册.xlsx", "方案.xlsx"]
    done = kaohe("scheme", "check", "方案.xlsx", "--marked", "方案-校验.xlsx", cwd=wrong.parent)
    assert done.returncode == 1 and "已写出  方案-校验.xlsx" in done.stdout
    again = kaohe("scheme", "check", "方案.xlsx", "--marked", "方案.xlsx", cwd=wrong.parent)
    assert again.returncode == 3 and "没有覆盖" in again.stderr
    assert wrong.read_bytes() == before


def test_show_tells_the_rules_or_why_it_cannot(wrong: Path) -> None:
    done = kaohe("scheme", "show", TEMPLATES / "schemes/red-blue.xlsx", cwd=wrong.parent)
    assert done.returncode == 0
    assert all(f"\n{title}\n" in f"\n{done.stdout}" for title in ("计算设置", "规则", "填报表", "文书", "填报量"))
    assert kaohe("scheme", "show", "方案.xlsx", cwd=wrong.parent).returncode == 1


def test_diff_prints_the_moved_marks_and_writes_the_table_once(tmp_path: Path) -> None:
    old = TEMPLATES / "schemes/red-blue.xlsx"
    book = openpyxl.load_workbook(old)
    book["指标"]["F3"], book["指标"]["F4"] = 4, 2
    book.save(tmp_path / "新.xlsx")
    done = kaohe("scheme", "diff", old, "新.xlsx", "--out", "比较.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "分值变动  满分：3 → 4（+1）" in done.stdout and "指标：分值变动 2" in done.stdout
    assert (tmp_path / "比较.xlsx").is_file()
    again = kaohe("scheme", "diff", old, "新.xlsx", "--out", "比较.xlsx", cwd=tmp_path)
    assert again.returncode == 3 and "没有覆盖" in again.stderr
    same = kaohe("scheme", "diff", old, old, cwd=tmp_path)
    assert same.returncode == 0 and "没有改动" in same.stdout
