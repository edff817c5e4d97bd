"""A program that runs a period in forked processes, each killed (SIGKILL) at another change of the disk, and tells what the next start finds.

    python -m makers.killed PLACE WORK NUMBER

PLACE: a working place whose published results are out of date. NUMBER moments are tried: the last ones, in which the folders are exchanged,
and others spread over the run. Prints a JSON list, one story a moment.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kaohe.cli.screens import settled
from kaohe.files.publish import recover
from kaohe.stages.workspace import Place
from makers.steps import PERIOD, hashes, run_here

#: how many of the last changes are tried one by one
LAST = 6


def counted(limit: int) -> Callable[[], int]:
    """Every change of the disk counts; at the `limit`-th the process is killed instead of making it. Tells how many there were."""
    changes = 0

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def change(*args: Any, **more: Any) -> Any:
            nonlocal changes
            changes += 1
            if changes == limit:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **more)

        return change

    for name in ("rename", "replace", "unlink", "mkdir", "write_bytes"):
        setattr(Path, name, wrap(getattr(Path, name)))
    for name in ("rmtree", "copyfile"):
        setattr(shutil, name, wrap(getattr(shutil, name)))
    return lambda: changes


def forked(work: Callable[[], None]) -> int:
    """Do something in a process of its own; how it ended (-9 = killed)."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(place: Path, work: Path, number: int) -> None:
    def at(root: Path) -> Place:
        return Place(root, "small", PERIOD)

    def run_all(count: Path) -> None:
        number_of = counted(0)
        run_here(at(work / "expected"))
        count.open("w").write(str(number_of()))

    old = hashes(at(place).report)
    shutil.copytree(place, work / "expected")
    if forked(lambda: run_all(work / "count")):
        sys.exit("the run itself failed")
    new = hashes(at(work / "expected").report)
    total = int((work / "count").read_text())
    spread = max((total - LAST) // (number - LAST), 1)
    moments = [*range(2, total - LAST, spread), *range(total - LAST + 1, total + 1)]
    stories = []
    for moment in moments:
        here = at(work / str(moment))
        shutil.copytree(place, here.root)

        def doomed(here: Place = here, moment: int = moment) -> None:
            counted(moment)
            run_here(here)

        ended = forked(doomed)
        before = "whole" if here.report.is_dir() else "gap"
        told = settled(recover(here.reports))
        found = hashes(here.report)
        state = "old" if found == old else "new" if found == new else "torn"
        report, said = run_here(here)
        litter = [path.name for path in here.reports.iterdir() if not path.name.startswith(".lock")]
        stories.append(
            {
                "moment": moment,
                "ended": ended,
                "before": before,
                "told": told,
                "state": state,
                "said": said,
                "lines": report.lines,
                "same": hashes(here.report) == new,
                "left": sorted(litter),
            }
        )
        shutil.rmtree(here.root)
    print(json.dumps(stories, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
