"""What something costs: wall time, CPU time with that of children, peak memory (PSS) of the whole process tree; interleaved medians."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

_LOOK_S = 0.2


class Cost(NamedTuple):
    """Seconds of wall and CPU time; peak PSS in bytes, 0 where it was not watched."""

    wall: float
    cpu: float
    peak: int = 0


class Watch:
    """Samples the PSS of a process and everything below it while the `with` block runs; `peak` afterwards, in bytes."""

    def __init__(self, pid: int | None = None) -> None:
        self._root, self.peak = psutil.Process(pid), 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(_LOOK_S):
            try:
                tree = [self._root, *self._root.children(recursive=True)]
            except psutil.Error:
                return
            self.peak = max(self.peak, sum(_pss(each) for each in tree))


def _pss(process: psutil.Process) -> int:
    try:
        found = process.memory_full_info()
        return int(getattr(found, "pss", found.uss))
    except psutil.Error:
        return 0


def of_call(call: Callable[[], object], watched: bool = False) -> Cost:
    """The cost of a call in this process, children that it waited for included."""
    if watched:
        with Watch() as watch:
            return of_call(call)._replace(peak=watch.peak or _pss(psutil.Process()))
    cpu, wall = cpu_seconds(), time.perf_counter()
    call()
    return Cost(time.perf_counter() - wall, cpu_seconds() - cpu)


def of_command(command: Sequence[str | Path], folder: Path) -> Cost:
    """The cost of a command, run in a folder; CPU time of all its descendants. Raises RuntimeError with what it said if it fails.

    Exit code 1 is no failure: kaohe says with it that something in the workbooks wants attention.
    """
    before, wall = _children(), time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command], cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        with Watch(process.pid) as watch:
            said, _ = process.communicate()
    wall = time.perf_counter() - wall
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command} → {process.returncode}\n{said.decode(errors='replace')[-3000:]}")
    return Cost(wall, _children() - before, watch.peak)


def environment() -> dict[str, str]:
    """The environment for both ways: compiled modules are kept, as on any user's machine."""
    found = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return found | {"PYTHONWARNINGS": "ignore"}


def interleaved(
    methods: Mapping[str, Callable[[], Cost]], times: int, before: Callable[[str], None] = lambda name: None
) -> dict[str, Cost]:
    """Each method `times` times in turn; the medians. `before` prepares one, unmeasured."""
    found: dict[str, list[Cost]] = {name: [] for name in methods}
    for _ in range(times):
        for name, method in methods.items():
            before(name)
            found[name].append(method())
    return {name: median(costs) for name, costs in found.items()}


def median(costs: Iterable[Cost]) -> Cost:
    """Medians of the times; the highest peak."""
    rows = list(costs)
    return Cost(
        statistics.median(each.wall for each in rows),
        statistics.median(each.cpu for each in rows),
        max(each.peak for each in rows),
    )


def machine() -> str:
    """Cores and Python version: all that is said of the machine."""
    return f"{os.cpu_count()} cores, CPython {sys.version.split()[0]}"


def cpu_seconds() -> float:
    """CPU time of this process and of the children that it waited for."""
    return time.process_time() + _children()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
