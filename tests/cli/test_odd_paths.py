"""A whole quarter by the command line where every folder has a blank and Chinese characters in its name: the place, HOME, the temporary one.

new → issue → filled by invented people → check → run → status → explain → seal → verify → print, the last two with an office program.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kaohe.demo.fill import fill_period
from kaohe.demo.roster import resized
from kaohe.files.xlsx import write
from kaohe.scheme.book import book
from kaohe.scheme.roster import tables_of
from kaohe.scheme.sheets import ROSTER_SHEETS
from kaohe.stages.schemes import load
from kaohe.stages.workspace import ROSTER, SCHEME, place

PLACE = "考核 办公室/二〇二六 年"
PERIOD = ("red-blue", "2026Q2")


@pytest.mark.office
def test_a_quarter_runs_in_folders_with_blanks_and_chinese_names(tmp_path: Path) -> None:
    homes = {name: tmp_path / folder for name, folder in (("HOME", "家 目录"), ("TMPDIR", "临 时"))}
    for folder in homes.values():
        folder.mkdir()
    environment = {**os.environ, **{name: str(folder) for name, folder in homes.items()}, "COLUMNS": "300"}

    def kaohe(*arguments: str, code: int = 0) -> str:
        command = [sys.executable, "-P", "-m", "kaohe.cli", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, (arguments, done.stdout, done.stderr)
        return done.stdout

    here = ("--workspace", PLACE)
    kaohe("new", PLACE, "--scheme", "red-blue")
    at = place(tmp_path / PLACE, *PERIOD)
    rules = load(at.pattern / SCHEME, at.pattern / ROSTER)
    assert rules.roster is not None
    (at.pattern / ROSTER).write_bytes(write(book("名册", ROSTER_SHEETS, tables_of(resized(rules.roster, 3)))))

    kaohe("issue", *PERIOD, *here)
    assert fill_period(at, 1) == len(list(at.issued.glob("U*.xlsx"))) + 2 == 5
    assert "回收文件 5 个  受理 5" in kaohe("check", *PERIOD, *here)
    assert "3/3 个单位算出结果" in kaohe("run", *PERIOD, *here)
    assert "有效" in kaohe("status", "red-blue", *here)
    unit = next(at.issued.glob("U*.xlsx")).name.split(" ")[0]
    assert "总分" in kaohe("explain", *PERIOD, unit, *here)
    assert "已归档  2026-07-20" in kaohe("seal", *PERIOD, "--date", "2026-07-20", *here)
    results = f"{PLACE}/reports/red-blue/2026Q2/考核结果.xlsx"
    assert "公式单元格" in kaohe("verify", results)  # exit code 0: every value is the same
    printed = kaohe("print", *PERIOD, "考核结果反馈通知书", "--pdf", *here)
    assert ".pdf" in printed
    (pdf,) = {line.split("  ")[1] for line in printed.splitlines() if line.endswith(".pdf")}
    assert (tmp_path / PLACE / pdf).read_bytes().startswith(b"%PDF")
    assert not list(homes["TMPDIR"].glob("*.log"))
