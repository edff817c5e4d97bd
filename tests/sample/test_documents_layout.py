"""Every document of the sample's quarters follows the national layout: in the file, and one of each kind on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kaohe.core.sentences import say
from kaohe.official.check import check_document
from kaohe.stages.templates import check_layouts

if TYPE_CHECKING:
    from sample.conftest import Quarter

PERIODS = ("2026Q2", "2026Q3")


def documents(quarter: Quarter) -> list[Path]:
    return [path for period in PERIODS for path in sorted((quarter.folder(period) / "文书").rglob("*.docx"))]


def test_every_document_has_the_layout_in_its_file(quarter: Quarter) -> None:
    found = {
        path.relative_to(quarter.root).as_posix(): [f"{each.source.cell} {each.found} {say(each)}" for each in faults]
        for path in documents(quarter)
        if (faults := check_document(path.read_bytes(), path.name))
    }
    assert found == {} and len(documents(quarter)) > 100


@pytest.mark.office
def test_one_document_of_each_kind_has_the_layout_on_paper(quarter: Quarter) -> None:
    """Warnings may say that this machine has other fonts; nothing else."""
    kinds = {(path.parent.parent.parent.name, path.parent.name): path for path in documents(quarter)}
    found = {
        path: [(each.code, each.found) for each in faults if each.code != "LAYOUT-072"]
        for path, faults in check_layouts(list(kinds.values()))
    }
    assert {path: faults for path, faults in found.items() if faults} == {} and len(found) == len(kinds) > 3
