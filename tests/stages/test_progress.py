"""How far the work is: told through a file by whoever works, in this process or another, shown by the command, and kept out of every output."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from kaohe.cli import progress_screen
from kaohe.cli.progress_screen import Progress, _told
from kaohe.files.publish import hash_tree
from kaohe.stages.check import check
from kaohe.stages.means import Means, given, means
from kaohe.stages.progress import counted, counting, part, watching
from makers.steps import run_here, three_units

Shown = list[tuple[str, int, int]]


def test_what_is_counted_here_and_in_another_process_is_shown() -> None:
    shown: Shown = []
    there = "from kaohe.stages.progress import counted; list(counted('计分', 'ab', 2))"
    with watching(lambda *told: shown.append(told)):
        assert list(counted("读表", "甲乙丙", 3)) == ["甲", "乙", "丙"]
        assert list(counting("文书")([])) == []
        subprocess.run([sys.executable, "-c", there], check=True)
    assert {told[0]: told for told in shown} == {"读表": ("读表", 3, 3), "文书": ("文书", 0, 0), "计分": ("计分", 2, 2)}


def test_the_time_of_a_part_is_added_up_and_one_that_fails_has_none() -> None:
    with watching() as watch:
        for _ in range(2):
            with part("reading"):
                pass
        with pytest.raises(ValueError), part("scoring"):
            raise ValueError
        assert watch.take_parts().keys() == {"reading"} and watch.take_parts() == {}


def test_where_nobody_looks_nothing_is_written_and_strange_means_are_the_ordinary_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert means() == Means() and list(counted("读表", [1], 1)) == [1]
    with given(Means(workers=3)):
        assert means().workers == 3
    assert means() == Means()
    monkeypatch.setenv("KAOHE_MEANS", '{"workers": "many"}')
    assert means() == Means()


def test_a_run_counts_all_three_stages_and_keeps_the_time_of_its_parts(tmp_path: Path) -> None:
    small = three_units(tmp_path / "place")
    shown: Shown = []
    with watching(lambda *told: shown.append(told)):
        check(small.at)
    assert shown[-1] == ("读表", 3, 3)
    run_here(small.at)
    kept = json.loads((small.at.report / "run.json").read_bytes())
    assert kept["parts"].keys() == {"reading", "scoring", "documents", "workbooks", "pages", "data", "bytes"}
    before = hash_tree(small.at.report)
    with watching(lambda *told: shown.append(told)):
        run_here(small.at, full=True)
    after = hash_tree(small.at.report)
    assert {path for path in before if before[path] != after[path]} <= {"run.json", "run.log"}


def screen(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> io.StringIO:
    stream = io.StringIO()
    made = Console(file=stream, force_terminal=terminal, width=100, highlight=False)
    monkeypatch.setattr(progress_screen, "console", lambda: made)
    return stream


def test_a_log_gets_the_steps_and_now_and_then_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = screen(monkeypatch, terminal=False)
    clock = iter(range(0, 1000, 4))
    monkeypatch.setattr(progress_screen.time, "monotonic", lambda: next(clock))
    with Progress() as progress:
        progress.step("第一步 收齐与校验", 9)
        progress.advance()
        for done in (0, 20, 40, 60, 80, 100, 200):
            progress.counted("读表", done, 200)
        progress.say("完")
    assert stream.getvalue().splitlines() == [
        "第一步 收齐与校验",
        "  读表 60/200  每秒 5.0 份  还要 28 秒",
        "完",
    ]


def test_quiet_says_only_what_must_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for terminal in (True, False):
        stream = screen(monkeypatch, terminal)
        with Progress(quiet=True) as progress:
            progress.step("第一步", 9)
            progress.advance()
            progress.counted("读表", 1, 2)
            progress.say("2026Q2 还没有结果")
        assert stream.getvalue() == "2026Q2 还没有结果\n"


def test_a_terminal_gets_bars_with_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = screen(monkeypatch, terminal=True)
    with Progress() as progress:
        progress.step("第一步 收齐与校验", 4)
        progress.advance()
        progress.counted("读表", 50, 200)
        progress.counted("读表", 120, 200)
    assert "第一步 收齐与校验" in stream.getvalue() and "读表" in stream.getvalue() and "120/200" in stream.getvalue()


def test_rate_and_rest_are_told_in_words() -> None:
    assert _told(50, 200, 0.5) == "50/200"
    assert _told(50, 200, 2) == "50/200  每秒 25 份  还要 6 秒"
    assert _told(2, 200, 2) == "2/200  每秒 1.0 份  还要 3 分 18 秒"
    assert _told(200, 200, 2) == "200/200  每秒 100 份"
