"""Sample places of the ready-made schemes, made once a session."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from kaohe.demo.place import Wish, make
from makers.clocks import Silent

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


def _made(scheme: str, factory: pytest.TempPathFactory) -> Demo:
    said: list[str] = []
    root = factory.mktemp(scheme)
    code = make(Wish(root, scheme, seed=7), Silent(), said.append)
    return Demo(root, scheme, SCHEMES[scheme], code, tuple(said))


@pytest.fixture(scope="session")
def responsibility(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """System A, with all periods that its scheme has dated."""
    return _made("group-responsibility", tmp_path_factory)


@pytest.fixture(scope="session")
def debriefing(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """System B, with all periods that its scheme has dated."""
    return _made("group-debriefing", tmp_path_factory)


@pytest.fixture(scope="module", params=["responsibility", "debriefing"])
def demo(request: pytest.FixtureRequest) -> Demo:
    """Each of the two."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Demo)
    return found
