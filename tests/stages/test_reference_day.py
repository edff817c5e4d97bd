"""The reference day (基准日) of a period: the frozen scheme's, read anew by each run, unless `--as-of` gave another, which reruns keep."""

from __future__ import annotations

from pathlib import Path

from hostile.place import Small
from kaohe.files.cells import fill
from kaohe.pipeline import Request, run
from kaohe.stages.manifest import read
from kaohe.stages.workspace import SCHEME
from makers.steps import Screen, in_process, three_units


def write_day(small: Small, day: str) -> None:
    """An analyst writes 基准日 into the period's own scheme."""
    path = small.at.folder / SCHEME
    path.write_bytes(fill(path.read_bytes(), {"期次": {"E2": day}}))


def day_of_run(small: Small, as_of: str = "") -> str:
    with in_process():
        run(small.at, Request(as_of=as_of), Screen())
    made = read(small.at.report)
    assert made is not None
    return made.as_of


def test_a_day_corrected_after_a_run_holds_and_a_day_that_was_asked_for_stays(tmp_path: Path) -> None:
    small = three_units(tmp_path / "place")
    assert day_of_run(small) == "2026-10-10"
    write_day(small, "2026-10-12")
    assert day_of_run(small) == "2026-10-12"
    assert day_of_run(small, "2026-10-20") == "2026-10-20"
    write_day(small, "2026-10-13")
    assert day_of_run(small) == "2026-10-20"
