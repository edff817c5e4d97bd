"""Places to measure in: made by `kaohe demo`, or copied from the repository's sample quarters."""

from __future__ import annotations

import csv
import shutil
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
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
        for old in (self.report, home / f".staging-{self.period}", home / ".remembered", home / "历史", self.plain):
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


@contextmanager
def one_changed(bench: Bench) -> Iterator[None]:
    """While it lasts, one returned form tells the fact of one of its problems in other words, as after a late correction."""
    with (bench.report / "data" / "problems.csv").open(encoding="utf-8-sig", newline="") as rows:
        problem = next(row for row in csv.DictReader(rows) if row["source_file"] and row["fact"])
    path = bench.folder / "回收" / problem["source_file"]
    before, draft = path.read_bytes(), path.with_suffix(".draft")
    fact, changed = (escape(text, quote=False).encode() for text in (problem["fact"], f"{problem['fact']}（已补充）"))
    found = 0
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            found += content.count(fact)
            new.writestr(member, content.replace(fact, changed))
    assert found, f"{path} does not hold the fact of its problem"
    draft.replace(path)
    try:
        yield
    finally:
        path.write_bytes(before)
