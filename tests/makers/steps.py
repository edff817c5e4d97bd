"""A run whose steps are executed in this process instead of in kernels: cheap, and everything around them is the real thing."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

from hostile.place import Small, small_place
from hostile.run import file_of
from kaohe.execution import NOTEBOOKS, STEPS, DoneStep
from kaohe.files.child import Reader
from kaohe.files.disk import hash_tree, put
from kaohe.files.html import templates_in
from kaohe.files.reader import read
from kaohe.pipeline import Request, RunReport, run
from kaohe.stages.collect import collect
from kaohe.stages.evaluate import evaluate
from kaohe.stages.publish import publish
from kaohe.stages.workspace import Place, place

PERIOD = "2026Q3"
_templates_in = cache(templates_in)
#: what may differ between equal runs
CLOCKED = ("run.json", "run.log")
#: a letter to each unit
LETTER = ["FK", "考核结果反馈通知书", "考核结果反馈通知书.docx", "季", "全部", "信函", "是"]
UNITS = ("甲", "乙", "丙")


@dataclass
class Screen:
    """A display that keeps what it is told."""

    said: list[str] = field(default_factory=list)

    def step(self, title: str, cells: int) -> None:
        self.said.append(title)

    def advance(self) -> None:
        pass

    def say(self, text: str) -> None:
        self.said.append(text)


def steps(at: Place, names: list[str], as_of: str, reason: str, display: Screen, _: object, done: DoneStep) -> None:
    """Instead of `execution.execute`."""
    for name in names:
        display.step(STEPS[name], 1)
        if name == "collect":
            collect(at, as_of, reason=reason)
        else:
            {"evaluate": evaluate, "publish": publish}[name](at)
        put(at.staging / "notebooks" / NOTEBOOKS[list(STEPS).index(name)], name.encode())
        done(name, 0.0, hash_tree(at.staging))


@contextmanager
def in_process() -> Iterator[None]:
    """Steps in this process; scheme and roster are read in it, too."""
    with (
        patch("kaohe.pipeline.execute", steps),
        patch.object(Reader, "__enter__", lambda self: self),
        patch.object(Reader, "__exit__", lambda *about: None),
        patch.object(Reader, "read", lambda self, data: read(data)),
        patch("kaohe.stages.publish.templates_in", _templates_in),
    ):
        yield


def run_here(at: Place, *, full: bool = False, only: str = "", reason: str = "") -> tuple[RunReport, list[str]]:
    """`kaohe run` without kernels: its report, and what was shown on the way."""
    screen = Screen()
    with in_process():
        return run(at, Request(full=full, only=only, reason=reason), screen), screen.said


def three_units(root: Path, letters: bool = True) -> Small:
    """A small place in which everybody has handed in; with or without a letter to each."""
    small = small_place(root, {code: f"{code}局" for code in UNITS}, [LETTER] if letters else [])
    for code in UNITS:
        small.hand_in(file_of(code), small.good[code])
    return small


def copied(small: Small, to: Path) -> Small:
    """The same place elsewhere, as it is now."""
    shutil.copytree(small.at.root, to)
    return Small(place(to, small.at.assessment, small.at.period), small.good, small.cells)


def hashes(report: Path) -> dict[str, str]:
    """A published folder, but for what may differ between equal runs."""
    return {name: digest for name, digest in hash_tree(report).items() if name not in CLOCKED}


def hears_ctrl_c() -> None:
    """Before a process begins: somebody sits before it. What a script begins in the background is told by its shell to ignore Ctrl-C, and so
    is all that it begins."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
