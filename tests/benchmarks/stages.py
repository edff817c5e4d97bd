"""`python stages.py PLACE PERIOD TIMES OUT`: each stage of kaohe in one process, beside the plain way and the floor where there is one.

Writes its `Row`s as JSON. Run in a process of its own by `run.py`, so that its memory is its own.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import floors
from measure import interleaved, of_call
from places import ASSESSMENT, TEMPLATES
from plain import documents, reading, rules, scoring, workbook

#: Workbooks and documents on which a way is compared with others; a stage as a whole runs over all units.
SLICE = 31


@dataclass(frozen=True)
class Row:
    """One line of the table. `units`: over how many units the costs are; `way`: kaohe, plain or floor."""

    stage: str
    way: str
    units: int
    wall: float
    cpu: float
    peak: int = 0


class Stages:
    """The stages of one period of a place, ready to be called again and again."""

    def __init__(self, root: Path, period: str) -> None:
        from kaohe.stages.workspace import place, returned_files

        self.at = place(root, ASSESSMENT, period)
        found = list(returned_files(self.at))
        self.units = len(found)
        self.files = [(name, path.read_bytes()) for name, path in found[:SLICE]]

    def whole(self) -> dict[str, Callable[[], object]]:
        """Stage → call, in the order of a quarter."""
        from kaohe.stages import check, collect, evaluate, publish

        return {
            "issue": self._issue,
            "check": lambda: check.check(self.at),
            "collect": lambda: collect.collect(self.at),
            "evaluate": lambda: evaluate.evaluate(self.at),
            "publish": lambda: publish.publish(self.at),
            "swap": self._swap,
        }

    def _issue(self) -> object:
        """Into a copy of the place in which nothing was issued."""
        from kaohe.stages.issue import issue
        from kaohe.stages.workspace import Place

        return issue(Place(self.scratch, ASSESSMENT, self.at.period))

    def prepare(self, stage: str) -> None:
        """What a stage needs around it; not measured."""
        if stage == "issue":
            self.scratch = Path(tempfile.mkdtemp(prefix="kaohe-issue-"))
            skip = shutil.ignore_patterns("回收", "下发", ".staging*", "文书")
            for folder in ("workbooks", "reports"):
                shutil.copytree(self.at.root / folder, self.scratch / folder, ignore=skip)
            shutil.rmtree(self.scratch / "reports" / ASSESSMENT / self.at.period, ignore_errors=True)
        if stage in ("check", "collect"):
            shutil.rmtree(self.at.reports / ".remembered", ignore_errors=True)
        if stage == "collect":
            shutil.rmtree(self.at.reports / "历史", ignore_errors=True)
            shutil.rmtree(self.at.report, ignore_errors=True)

    def _swap(self) -> object:
        from kaohe.files.publish import publish
        from kaohe.records.run import Context
        from kaohe.records.scheme import Scheme
        from kaohe.stages.manifest import make
        from kaohe.stages.workspace import one

        made, scheme = one(self.at.staging, "context", Context), one(self.at.staging, "scheme", Scheme)
        return publish(self.at.reports, self.at.period, lambda files: make(made, scheme, files))

    def readers(self) -> dict[str, Callable[[], object]]:
        """Reading alone, in this process: guard and tables; then extraction and comparison; beside openpyxl and the floor."""
        from kaohe.files import rows
        from kaohe.files.reader import read
        from kaohe.forms.receive import Receiver, receive
        from kaohe.stages.issue import plans, register_of
        from kaohe.stages.issue import rules as load_rules

        scheme, roster, _ = load_rules(self.at)
        receiver = Receiver(scheme, roster, self.at.when, plans(scheme, self.at.when), register_of(self.at))
        files = self.files
        readings = [(read(data), name) for name, data in files]
        folder = Path(tempfile.mkdtemp(prefix="kaohe-slice-"))
        for name, data in files:
            (folder / Path(name).name).write_bytes(data)

        def read_first() -> None:
            """As a child reads them: rows that these files have in common are known from the second file on, not from the last call."""
            rows._kept.cache_clear()  # type: ignore[attr-defined]
            for _, data in files:
                read(data)

        return {
            "read and guard|kaohe": read_first,
            "extract and compare|kaohe": lambda: [receive(receiver, each, name) for each, name in readings],
            "read and guard|floor": lambda: floors.parse_sheets([data for _, data in files]),
            "read and guard|plain": lambda: reading.read_folder(folder),
        }

    def workbook(self) -> Callable[[], object]:
        """The results workbook of all units, from an edition that is there."""
        from kaohe.documents.results.book import book
        from kaohe.files.xlsx import write
        from kaohe.stages.evaluate import edition

        found = edition(self.at)
        return lambda: write(book(found))

    def papers(self) -> Iterator[tuple[str, int, dict[str, Callable[[], object]]]]:
        """Per document kind: its name, how many, and the ways to make them. Fields are captured while kaohe publishes."""
        from kaohe.files.word import Template
        from kaohe.stages import publish
        from kaohe.stages.means import Means, given
        from kaohe.stages.written import forget

        captured: dict[str, list[tuple[Any, Any, Any]]] = defaultdict(list)
        inner = Template.render

        def render(self: Any, fields: Any, *finish: Any) -> bytes:
            captured[self._file].append((self, fields, finish))
            return inner(self, fields, *finish)

        Template.render = render  # type: ignore[method-assign]
        try:
            forget(self.at)  # so that every one of them is rendered
            with given(Means(workers=1)):  # in this process
                publish.publish(self.at)
        finally:
            Template.render = inner  # type: ignore[method-assign]
        for file, calls in captured.items():
            some = calls[:SLICE]
            parts = [(part.template, fields) for template, fields, _ in some for part in template._parts]
            ways = {"kaohe": partial(_render, inner, some), "floor": partial(_render_floor, parts)}
            yield Path(file).stem, len(some), ways


def _render(inner: Callable[..., bytes], calls: list[tuple[Any, Any, Any]]) -> None:
    for template, fields, finish in calls:
        inner(template, fields, *finish)


def _render_floor(parts: list[tuple[Any, Any]]) -> None:
    floors.deflate([template.render(fields) for template, fields in parts])


def plain_stages(root: Path, period: str) -> dict[str, Callable[[], object]]:
    """The plain way's scoring, workbook and documents, on a slice of the units."""
    folder = root / "workbooks" / ASSESSMENT / period
    scheme = rules.load(folder)
    some = Path(tempfile.mkdtemp(prefix="kaohe-slice-"))
    for path in sorted((folder / "回收").iterdir())[:SLICE]:
        shutil.copyfile(path, some / path.name)
    returned = reading.read_folder(some)
    scored = scoring.score(scheme, returned)
    problems = documents.problem_rows(scheme, returned, scored)
    out = Path(tempfile.mkdtemp(prefix="kaohe-plain-"))
    return {
        "scoring": lambda: scoring.score(scheme, returned),
        "results workbook": lambda: workbook.write(scheme, scored, problems, out / "考核结果.xlsx"),
        "documents": lambda: documents.write_all(scheme, returned, scored, TEMPLATES, out / "文书"),
    }


def main(root: Path, period: str, times: int) -> list[Row]:
    """All rows of a place."""
    stages, found = Stages(root, period), []
    calls = stages.whole()
    once = times == 1  # then the watched call is the measured one
    costs = (
        {}
        if once
        else interleaved({name: partial(of_call, call) for name, call in calls.items()}, times, stages.prepare)
    )
    for name, call in calls.items():
        stages.prepare(name)
        watched = of_call(call, watched=True)
        found.append(Row(name, "kaohe", stages.units, *costs.get(name, watched)._replace(peak=watched.peak)))
    some = min(stages.units, SLICE)
    ways = {name: partial(of_call, call) for name, call in stages.readers().items()}
    found += [Row(*name.split("|"), some, *cost) for name, cost in interleaved(ways, times).items()]
    cost = of_call(stages.workbook())
    found.append(Row("results workbook", "kaohe", stages.units, *cost))
    for kind, count, makers in stages.papers():
        made = interleaved({way: partial(of_call, call) for way, call in makers.items()}, times)
        found += [Row(f"render {kind}", way, count, *cost) for way, cost in made.items()]
    plain = {name: partial(of_call, call) for name, call in plain_stages(root, period).items()}
    found += [Row(name, "plain", some, *cost) for name, cost in interleaved(plain, times).items()]
    return found


if __name__ == "__main__":
    rows = main(Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3]))
    Path(sys.argv[4]).write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
