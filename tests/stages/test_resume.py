"""An interrupted run is gone on with where nothing changed, and comes to the same bytes; else it is begun from nothing, and that is said.

1. Killed at any moment (SIGKILL, also between the two moves), the published results are the old or the new ones after the next start, and the
   run after it comes to what an uninterrupted run gives, without a step done twice.
2. A step counts as done only with the very files that it left, for the same inputs, program and published results.
3. `--only` leaves steps that a run goes on with; a run that could not move the open folder puts its results in place the next time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import pytest

from hostile.place import Small
from hostile.run import file_of
from kaohe.cli.screens import show_run
from kaohe.execution import STEPS
from kaohe.files.cells import fill
from kaohe.pipeline import Request, run
from kaohe.stages.status import status
from kaohe.stages.turns import step
from kaohe.stages.workspace import NotReady
from makers.steps import Screen, copied, hashes, run_here, steps, three_units

FIRST, SECOND, THIRD = STEPS.values()
GONE_ON = "接着上次没有发布的计算：输入没有变化，"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three units, run once; then 甲 handed in a corrected form. To be copied."""
    small = three_units(tmp_path_factory.mktemp("resume") / "place", letters=False)
    run_here(small.at)
    hand_in(small, 60)
    return small


@pytest.fixture(scope="module")
def expected(changed: Small, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an uninterrupted run gives."""
    other = copied(changed, tmp_path_factory.mktemp("resume") / "whole")
    run_here(other.at)
    return hashes(other.at.report)


@pytest.fixture
def small(changed: Small, tmp_path: Path) -> Small:
    return copied(changed, tmp_path / "place")


def hand_in(small: Small, points: int) -> None:
    data = fill(small.good["甲"], {"评分": {small.cell("K01", "得分"): points}})
    small.hand_in(file_of("甲"), data)


def stopped_after(small: Small, done: int) -> None:
    """A run that came to its end after so many steps, in the middle of the next one."""

    def stopping(at, names, as_of, reason, display, workshop, told):  # type: ignore[no-untyped-def]
        steps(at, names[:done], as_of, reason, display, workshop, told)
        (at.staging / "store" / "half.jsonl").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), patch("kaohe.pipeline.execute", stopping):
        run(small.at, Request(), Screen())


def test_1_killed_at_any_moment_a_run_is_gone_on_with(changed: Small, tmp_path: Path) -> None:
    number = int(os.environ.get("KAOHE_KILLS", 10))
    (tmp_path / "work").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "makers.killed", str(changed.at.root), str(tmp_path / "work"), str(number)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr
    stories = json.loads(done.stdout)
    assert len(stories) >= number
    assert [each for each in stories if each["ended"] != -9 or each["state"] == "torn" or not each["same"]] == []
    assert {each["state"] for each in stories} == {"old", "new"}
    assert "gap" in {each["before"] for each in stories}, "the moment between the two moves was not tried"
    for each in stories:
        assert all("上次计算在发布时中断" in line for line in each["told"]), each
        assert bool(each["told"]) >= (each["before"] == "gap"), each
        assert each["left"] == [".remembered", "2026Q3", "历史"], each
        if each["state"] == "new":
            assert each["said"] == [] and "没有变化" in each["lines"][0], each
        elif each["said"][0].startswith(GONE_ON):
            assert len(each["said"]) == 1 + len(STEPS) - each["said"][0].count("第"), each
    assert any(each["state"] == "old" and each["said"][0].startswith(GONE_ON) for each in stories)


@pytest.mark.parametrize("done", [1, 2, 3])
def test_1_only_the_steps_that_were_not_done_are_executed(small: Small, expected: dict[str, str], done: int) -> None:
    stopped_after(small, done)
    _, said = run_here(small.at)
    names = "、".join(("第一步", "第二步", "第三步")[:done])
    assert said == [f"{GONE_ON}{names}已做完，不再重做。", *(FIRST, SECOND, THIRD)[done:]]
    assert hashes(small.at.report) == expected
    assert not (small.at.reports / ".progress-2026Q3.json").exists()


def _another_form(small: Small) -> None:
    hand_in(small, 61)


def _edited_store(small: Small) -> None:
    path = small.at.staging / "store" / "submissions.jsonl"
    path.write_bytes(path.read_bytes().replace("甲".encode(), "丁".encode()))


def _checked_since(small: Small) -> None:
    path = small.at.report / "check.json"
    path.write_bytes(path.read_bytes() + b"\n")


def _progress_lost(small: Small) -> None:
    path = small.at.reports / ".progress-2026Q3.json"
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize("harm", [_another_form, _edited_store, _checked_since, _progress_lost])
def test_2_where_anything_changed_a_run_begins_from_nothing_and_says_so(small: Small, harm) -> None:  # type: ignore[no-untyped-def]
    stopped_after(small, 2)
    harm(small)
    _, said = run_here(small.at)
    assert said == ["上次的计算没有做完，留下的已清除，从头计算。", FIRST, SECOND, THIRD]


def test_2_full_begins_from_nothing(small: Small, expected: dict[str, str]) -> None:
    stopped_after(small, 2)
    _, said = run_here(small.at, full=True)
    assert said[-3:] == [FIRST, SECOND, THIRD] and hashes(small.at.report) == expected


def test_2_a_step_that_read_other_inputs_than_the_run_began_with_does_not_count(small: Small) -> None:
    """A form arrives while the first step is at work: what it left is not what the key stands for."""

    def late(at, names, *rest):  # type: ignore[no-untyped-def]
        hand_in(small, 62)
        steps(at, names[:1], *rest)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), patch("kaohe.pipeline.execute", late):
        run(small.at, Request(), Screen())
    assert not (small.at.reports / ".progress-2026Q3.json").exists()


def test_3_a_run_goes_on_with_steps_that_were_executed_alone(small: Small, expected: dict[str, str]) -> None:
    run_here(small.at, only="collect")
    run_here(small.at, only="evaluate")
    assert run_here(small.at)[1] == [f"{GONE_ON}第一步、第二步已做完，不再重做。", THIRD]
    assert hashes(small.at.report) == expected


def test_3_after_a_step_alone_the_next_thing_to_do_is_the_others(
    small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    run_here(small.at)
    show_run(small.at, run_here(small.at, only="collect")[0])
    said = capsys.readouterr().out
    assert "尚未发布" in said and "做完其余各步并发布" in said and "核看" not in said


def test_3_a_step_alone_upon_another_one_that_is_not_known_does_not_count(small: Small) -> None:
    run_here(small.at, only="evaluate")
    assert run_here(small.at)[1][0].startswith("上次的计算没有做完")


def test_3_results_beside_an_open_folder_are_put_in_place_the_next_time(
    small: Small, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, before = Path.rename, hashes(small.at.report)

    def rename(self: Path, target: Path) -> Path:
        if self == small.at.report:
            raise PermissionError(13, "open in an office program")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    report, _ = run_here(small.at)
    beside = small.at.reports / "2026Q3（新成果）"
    assert "没有换下" in report.lines[0] and beside.name in report.lines[0] and beside.name in report.lines[1]
    assert (hashes(small.at.report), hashes(beside)) == (before, expected)
    (standing,) = status(small.at.root, "small")
    assert any(beside.name in note for note in standing.notes)
    monkeypatch.undo()
    report, said = run_here(small.at)
    assert said == [f"{GONE_ON}第一步、第二步、第三步已做完，不再重做。"]
    assert hashes(small.at.report) == expected and not beside.exists()


def test_3_results_beside_that_somebody_edited_are_kept_and_made_anew(
    small: Small, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self == small.at.report:
            raise PermissionError(13, "open in an office program")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    run_here(small.at)
    monkeypatch.undo()
    edited = small.at.reports / "2026Q3（新成果）" / "考核结果.xlsx"
    edited.write_bytes(b"edited")
    _, said = run_here(small.at)
    assert said == [FIRST, SECOND, THIRD] and hashes(small.at.report) == expected
    (kept,) = small.at.reports.glob("历史/2026Q3/*（有改动）*/考核结果.xlsx")
    assert kept.read_bytes() == b"edited"


def test_a_step_of_another_run_keeps_the_next_one_waiting(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notebook's process outlives a run that was killed: while it writes, nobody else does."""
    monkeypatch.setattr("kaohe.stages.turns.PATIENCE", 0.1)
    with ThreadPoolExecutor(1) as other:
        with step(small.at):
            with pytest.raises(NotReady, match="正在由另一个程序处理"):
                other.submit(run_here, small.at).result()
        monkeypatch.setenv("KAOHE_RUNNER", "1")
        with pytest.raises(NotReady, match="已经中断"), step(small.at):
            pytest.fail("the run that asked for this step is gone")
