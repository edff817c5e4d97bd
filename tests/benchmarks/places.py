"""Places to measure in: made by `kaohe demo`, or copied from the repository's sample quarters."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from measure import of_command

from kaohe.stages.resources import share

CHECKOUT = Path(__file__).resolve().parents[2]
ASSESSMENT = "red-blue"
#: the Word templates of both ways
TEMPLATES = share("templates") / "word"
KAOHE = (sys.executable, "-m", "kaohe.cli")


@dataclass(frozen=True)
class Bench:
    """A working place with one period to measure; earlier periods are run already."""

    root: Path
    period: str
    units: int

    @property
    def folder(self) -> Path:
        """`workbooks/<assessment>/<period>`."""
        return self.root / "workbooks" / ASSESSMENT / self.period

    @property
    def report(self) -> Path:
        """The published results."""
        return self.root / "reports" / ASSESSMENT / self.period

    @property
    def plain(self) -> Path:
        """What the plain job writes."""
        return self.root / "plain" / self.period

    def clear(self) -> None:
        """As before the first run of the period: neither way has anything to build on."""
        home = self.report.parent
        for old in (self.report, home / f".staging-{self.period}", home / "历史", self.plain):
            shutil.rmtree(old, ignore_errors=True)


def demo(folder: Path, units: int, periods: list[str], seed: int) -> Bench:
    """A place of so many units; the last of the periods is measured. A place that is there already is used again."""
    root = folder / f"{ASSESSMENT}-{units}-{seed}"
    if not root.is_dir():
        options = ["--scheme", ASSESSMENT, "--units", str(units), "--periods", ",".join(periods), "--seed", str(seed)]
        made = _anew(root)
        of_command([*KAOHE, "demo", made, *options], folder)
        made.rename(root)
    return Bench(root, periods[-1], units)


def sample(folder: Path, period: str = "2026Q3") -> Bench:
    """A copy of the repository's sample: two quarters of 31 units, typed in an office program."""
    root = folder / "sample"
    if not root.is_dir():
        made = _anew(root)
        shutil.copytree(CHECKOUT / "workbooks", made / "workbooks")
        of_command([*KAOHE, "run", ASSESSMENT, period], made)
        made.rename(root)
    return Bench(root, period, 31)


def _anew(root: Path) -> Path:
    """Where a place is made before it gets its name: what was interrupted is not taken for a place."""
    made = root.with_name(f"{root.name}.making")
    shutil.rmtree(made, ignore_errors=True)
    return made
