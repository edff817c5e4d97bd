"""Sample places of the ready-made schemes, made once a session."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from kaohe.demo.place import Wish, make

SCHEMES = {"group-responsibility": ("2025", "2026"), "group-debriefing": ("2025", "2026")}


class Silent:
    """A display that shows nothing."""

    def step(self, title: str, cells: int) -> None: ...
    def advance(self) -> None: ...
    def say(self, text: str) -> None: ...


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


@pytest.fixture(scope="session", params=list(SCHEMES))
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One place a scheme, with all periods that the scheme has dated."""
    scheme = request.param
    said: list[str] = []
    root = tmp_path_factory.mktemp(scheme)
    code = make(Wish(root, scheme, seed=7), Silent(), said.append)
    return Demo(root, scheme, SCHEMES[scheme], code, tuple(said))
