"""Sample places of the ready-made schemes, made once a session."""

from __future__ import annotations

import csv
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from kaohe.demo.place import Wish, make
from makers.clocks import Silent
from makers.steps import in_process

SCHEMES = {"group-responsibility": ("2025", "2026"), "group-debriefing": ("2025", "2026")}


@dataclass(frozen=True)
class Demo:
    """A finished sample place."""

    root: Path
    scheme: str
    periods: tuple[str, ...]
    exit_code: int
    said: tuple[str, ...]

    def folder(self, period: str) -> Path:
        return self.root / "workbooks" / self.scheme / period

    def report(self, period: str) -> Path:
        return self.root / "reports" / self.scheme / period

    def table(self, period: str, name: str) -> list[dict[str, str]]:
        with (self.report(period) / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


def made(wish: Wish, kernels: bool = False) -> Demo:
    """The place, made and run with all its periods; its steps in kernels as everywhere, or in this process, which takes half the time."""
    said: list[str] = []
    with nullcontext() if kernels else in_process():
        code = make(wish, Silent(), said.append)
    return Demo(wish.folder, wish.scheme, wish.periods or SCHEMES[wish.scheme], code, tuple(said))


@pytest.fixture(scope="session")
def responsibility(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """System A, with all periods that its scheme has dated."""
    return made(Wish(tmp_path_factory.mktemp("responsibility"), "group-responsibility", seed=7))


@pytest.fixture(scope="session")
def debriefing(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """System B, with all periods that its scheme has dated."""
    return made(Wish(tmp_path_factory.mktemp("debriefing"), "group-debriefing", seed=7))


@pytest.fixture(scope="module", params=["responsibility", "debriefing"])
def demo(request: pytest.FixtureRequest) -> Demo:
    """Each of the two."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Demo)
    return found
