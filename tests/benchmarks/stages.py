"""`python stages.py PLACE PERIOD TIMES OUT`: each stage of kaohe in one process, beside the plain way and the floor where there is one.

Writes its `Row`s as JSON. Run in a process of its own by `run.py`, so that its memory is its own.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import floors
from measure import Cost, cpu_seconds, interleaved, of_call
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


class Laps:
    """CPU and wall seconds by label: what passed since the last lap of this process."""

    def __init__(self) -> None:
        self.found: dict[str, Cost] = defaultdict(lambda: Cost(0.0, 0.0))
        self._last = (time.perf_counter(), cpu_seconds())

    def lap(self, label: str) -> None:
        now, old = (time.perf_counter(), cpu_seconds()), self.found[label]
        self.found[label] = Cost(old.wall + now[0] - self._last[0], old.cpu + now[1] - self._last[1])
        self._last = now


@contextmanager
def lapping(module: ModuleType, names: dict[str, str]) -> Iterator[Laps]:
    """Laps of a stage while it runs: its `write_file` closes one named after the file's folder, each function of `names` (name in the
    stage's module → label) one of its own. A name that the module no longer has is left out."""
    kept = {name: getattr(module, name) for name in ("write_file", *names) if hasattr(module, name)}
    laps = Laps()

    def wrapped(name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            found = inner(*arguments, **options)
            laps.lap(names.get(name) or _label(arguments[0]))
            return found

        return call

    for name, inner in kept.items():
        setattr(module, name, wrapped(name, inner))
    try:
        yield laps
    finally:
        for name, inner in kept.items():
            setattr(module, name, inner)


def _label(path: Path) -> str:
    """Many of a kind go by their folder (documents, data tables, issued forms), single files by their name."""
    return path.parent.name if path.suffix in (".docx", ".csv") or path.parent.name == "下发" else path.name


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

    def parts(self) -> list[Row]:
        """What the stages consist of, in CPU and wall seconds."""
        from kaohe.stages import collect, evaluate, issue, publish

        self.prepare("issue")
        self.prepare("collect")
        found = []
        for module, call, names in (
            (issue, self._issue, {"rules": "scheme and roster", "plans": "plans"}),
            (collect, lambda: collect.collect(self.at), {
                "rules": "scheme and roster", "make_context": "hashes of the inputs", "_read": "read, extract, compare", "_settle": "settle",
                "_gather": "gather", "keep": "store", "check_files": "acceptance list and marked copies"}),
            (evaluate, lambda: evaluate.evaluate(self.at), {
                "kept": "store read", "one": "store read", "roll": "ledger", "score": "scoring with derivations", "keep": "store written",
                "edition": "store read"}),
            (publish, lambda: publish.publish(self.at), {
                "load_edition": "store read", "compile_templates": "templates compiled", "_plan": "documents planned", "keep": "store written"}),
        ):  # fmt: skip
            with lapping(module, names) as laps:
                call()
                laps.lap("rest")
            stage = module.__name__.rpartition(".")[2]
            costs = laps.found.items()
            found += [Row(f"{stage}: {label}", "kaohe", self.units, cost.wall, cost.cpu) for label, cost in costs]
        return found

    def readers(self) -> dict[str, Callable[[], object]]:
        """Reading alone, in this process: guard and tables; then extraction and comparison; beside openpyxl and the floor."""
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
        return {
            "read and guard|kaohe": lambda: [read(data) for _, data in files],
            "extract and compare|kaohe": lambda: [receive(receiver, each, name) for each, name in readings],
            "read and guard|floor": lambda: floors.parse_sheets([data for _, data in files]),
            "read and guard|plain": lambda: reading.read_folder(folder),
        }

    def papers(self) -> Iterator[tuple[str, int, dict[str, Callable[[], object]]]]:
        """Per document kind: its name, how many, and the ways to make them. Fields are captured while kaohe publishes."""
        from kaohe.files.word import Template
        from kaohe.stages import publish

        captured: dict[str, list[tuple[Any, Any, Any]]] = defaultdict(list)
        inner = Template.render

        def render(self: Any, fields: Any, *finish: Any) -> bytes:
            captured[self._file].append((self, fields, finish))
            return inner(self, fields, *finish)

        Template.render = render  # type: ignore[method-assign]
        try:
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
    found += stages.parts()
    some = min(stages.units, SLICE)
    ways = {name: partial(of_call, call) for name, call in stages.readers().items()}
    found += [Row(*name.split("|"), some, *cost) for name, cost in interleaved(ways, times).items()]
    for kind, count, makers in stages.papers():
        made = interleaved({way: partial(of_call, call) for way, call in makers.items()}, times)
        found += [Row(f"render {kind}", way, count, *cost) for way, cost in made.items()]
    plain = {name: partial(of_call, call) for name, call in plain_stages(root, period).items()}
    found += [Row(name, "plain", some, *cost) for name, cost in interleaved(plain, times).items()]
    return found


if __name__ == "__main__":
    rows = main(Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3]))
    Path(sys.argv[4]).write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
