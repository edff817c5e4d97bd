"""The benchmark: `python tests/benchmarks/run.py [--units 31,200,1000,10000] [--periods 2026Q3] [--seed 7] [--out docs/performance.md]`.

Makes a sample place for each number of units, runs a whole quarter in it with kaohe and in the plain way (`plain/`), compares what both
wrote, runs once more with one form changed and with nothing changed, measures stages and floors, and writes the page with its picture.
Speeds are ratios within one run, the ways interleaved; nothing is asserted of time. `--sample` measures the repository's own sample
quarter instead. The plain way needs an hour for 10,000 units: `--plain-most` says up to how many it runs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from growth import picture
from measure import Cost, interleaved, machine, of_command
from places import ASSESSMENT, KAOHE, TEMPLATES, Bench, demo, one_changed, sample
from report import page
from same import check, documents_of

from stages import Row

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Measured:
    """One place: whole jobs by way, stages, what was compared, and the parts that the run itself timed."""

    units: int
    times: int
    whole: dict[str, Cost]
    stages: list[Row]
    counts: dict[str, int]
    parts: dict[str, float]


def measure(bench: Bench, times: int, plain_most: int) -> Measured:
    """Everything about one place. Raises AssertionError where the two ways differ."""
    kaohe = partial(of_command, [*KAOHE, "run", ASSESSMENT, bench.period], bench.root)
    plain = [sys.executable, HERE / "plain" / "job.py", bench.folder, bench.plain, TEMPLATES]
    ways = {"kaohe": kaohe}
    if bench.units <= plain_most:
        ways["plain"] = partial(of_command, plain, bench.root)
    whole = interleaved(ways, times, lambda way: bench.clear() if way == "kaohe" else None)
    counts = check(bench) if "plain" in ways else documents_of(bench)
    parts = json.loads((bench.report / "run.json").read_text(encoding="utf-8"))["parts"]
    with one_changed(bench):
        whole["kaohe, one form changed"] = kaohe()
        whole |= interleaved({"kaohe, nothing changed": kaohe}, 3)
    with tempfile.TemporaryDirectory() as folder:
        floor = {
            f"{count} trivial notebook{'s' if count > 1 else ''}": partial(
                of_command, [sys.executable, HERE / "floors.py", str(count), folder], Path(folder)
            )
            for count in (1, 3)
        }
        whole |= interleaved(floor, max(times, 3))
    return Measured(bench.units, times, whole, _stages(bench, max(1, min(times, 3))), counts, parts)


def _stages(bench: Bench, times: int) -> list[Row]:
    """The stages, in a process of their own; it writes the rows as its last line."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        of_command([sys.executable, HERE / "stages.py", bench.root, bench.period, str(times), out], bench.root)
        return [Row(**row) for row in json.loads(out.read_text(encoding="utf-8"))]


def main() -> None:
    """The command."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--units", default="31,200,1000,10000", help="numbers of units, one place each")
    options.add_argument("--periods", default="2026Q3", help="periods of the places; the last one is measured")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--times", type=int, default=0, help="repetitions; 0 = five at 31 units, fewer for more")
    options.add_argument("--plain-most", type=int, default=1000, help="up to how many units the plain way runs too")
    options.add_argument("--sample", action="store_true", help="the repository's sample quarter instead of made places")
    kept = Path(tempfile.gettempdir()) / "kaohe-benchmark"
    options.add_argument("--folder", type=Path, default=kept, help="where the places are kept")
    options.add_argument(
        "--out", type=Path, help="the page to write, its picture beside it; without it, it is printed only"
    )
    asked = options.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.sample:
        benches = [sample(asked.folder)]
    else:
        periods = asked.periods.split(",")
        benches = [demo(asked.folder, int(units), periods, asked.seed) for units in asked.units.split(",")]
    found = [measure(bench, asked.times or max(1, min(5, 300 // bench.units)), asked.plain_most) for bench in benches]
    what = "--sample" if asked.sample else f"--units {asked.units} --periods {asked.periods} --seed {asked.seed}"
    what += f" --times {asked.times}" if asked.times else ""
    what += f" --plain-most {asked.plain_most}" if asked.plain_most != options.get_default("plain_most") else ""
    drawn = asked.out.with_suffix(".svg") if asked.out and len(found) > 1 else None
    text = page(found, f"python tests/benchmarks/run.py {what}", machine(), drawn.name if drawn else "")
    print(text)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    if drawn:
        drawn.write_text(picture({each.units: each.whole for each in found}), encoding="utf-8")


if __name__ == "__main__":
    main()
