"""A place of three units that has been run once, for the tests of what a second run does."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile.place import Small
from hostile.run import file_of
from kaohe.files.cells import fill
from kaohe.stages.means import Means, given
from makers.steps import copied, run_here, three_units


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three units, run once by one process. To be copied."""
    small = three_units(tmp_path_factory.mktemp("first") / "place")
    with given(Means(workers=1)):
        run_here(small.at)
    return small


@pytest.fixture(scope="session")
def changed(first: Small, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The same, and then 甲 handed in a corrected form. To be copied."""
    small = copied(first, tmp_path_factory.mktemp("changed") / "place")
    small.hand_in(file_of("甲"), fill(small.good["甲"], {"评分": {small.cell("K01", "得分"): 60}}))
    return small


@pytest.fixture
def small(first: Small, tmp_path: Path) -> Small:
    """A copy of it for one test."""
    return copied(first, tmp_path / "place")
