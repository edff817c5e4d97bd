"""`python tests/benchmarks/hotspots.py PLACE PERIOD [--top 12] [--stages read,receive,evaluate,publish]`: where kaohe's own time goes.

A profiler over each stage of a place that was run (or collected) already; functions by their own time, then by time with callees.
The profiler slows small functions down: shares are a hint where to look, `stages.py` measures.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
from collections.abc import Callable
from pathlib import Path

from places import ASSESSMENT


def calls(root: Path, period: str) -> dict[str, Callable[[], object]]:
    """Stage → call; each does in this process what a run does in threads and children."""
    from kaohe.files.reader import read
    from kaohe.forms.receive import Receiver, receive
    from kaohe.records.tables import Reading
    from kaohe.stages import check, evaluate, issue, publish
    from kaohe.stages.means import Means
    from kaohe.stages.workspace import place, returned_files

    at = place(root, ASSESSMENT, period)
    scheme, roster, _ = issue.rules(at)
    receiver = Receiver(scheme, roster, at.when, issue.plans(scheme, at.when), issue.register_of(at))
    files = [(name, path.read_bytes()) for name, path in returned_files(at)]
    readings: list[tuple[str, Reading]] = []

    def read_all() -> None:
        found = ((name, read(data)) for name, data in files)
        readings.extend((name, each) for name, each in found if isinstance(each, Reading))

    return {
        "rules": lambda: issue.rules(at),
        "read": read_all,
        "receive": lambda: [receive(receiver, each, name) for name, each in readings],
        "check": lambda: check.check(at, by=Means(fresh=True)),
        "evaluate": lambda: evaluate.evaluate(at),
        "publish": lambda: publish.publish(at),
    }


def profile(call: Callable[[], object], top: int) -> str:
    """The heaviest functions of a call, by own time and by cumulated time."""
    profiler = cProfile.Profile()
    profiler.runcall(call)
    text = io.StringIO()
    stats = pstats.Stats(profiler, stream=text)
    for order in ("tottime", "cumulative"):
        stats.sort_stats(order).print_stats(top)
    lines = text.getvalue().splitlines()
    return "\n".join(_short(line) for line in lines if line.strip() and "List reduced" not in line)


def _short(line: str) -> str:
    for part in ("/site-packages/", "/toolkit/", "/lib/python"):
        head, found, tail = line.rpartition(part)
        if found:
            return f"{head[:46]} {tail}"
    return line


def main() -> None:
    """The command."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("place", type=Path)
    options.add_argument("period")
    options.add_argument("--top", type=int, default=12)
    options.add_argument("--stages", default="rules,read,receive,check,evaluate,publish")
    asked = options.parse_args()
    every = calls(asked.place.resolve(), asked.period)
    for name in asked.stages.split(","):
        print(f"\n===== {name}\n{profile(every[name], asked.top)}")


if __name__ == "__main__":
    main()
