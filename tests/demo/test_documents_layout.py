"""Every document of the two sample places of the group follows the national layout: in the file, and one of each kind on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.conftest import Demo
from kaohe.core.sentences import say
from kaohe.official.check import check_document
from kaohe.stages.templates import check_layouts


def documents(demo: Demo) -> list[Path]:
    return [path for period in demo.periods for path in sorted((demo.report(period) / "文书").rglob("*.docx"))]


def test_every_document_has_the_layout_in_its_file(demo: Demo) -> None:
    found = {
        path.relative_to(demo.root).as_posix(): [f"{each.source.cell} {each.found} {say(each)}" for each in faults]
        for path in documents(demo)
        if (faults := check_document(path.read_bytes(), path.name))
    }
    assert found == {} and len(documents(demo)) > 20


@pytest.mark.office
def test_one_document_of_each_kind_has_the_layout_on_paper(demo: Demo) -> None:
    kinds = {(path.parent.parent.parent.name, path.parent.name): path for path in documents(demo)}
    found = {
        path: [(each.code, each.found) for each in faults if each.code != "LAYOUT-072"]
        for path, faults in check_layouts(list(kinds.values()))
    }
    assert {path: faults for path, faults in found.items() if faults} == {} and len(found) == len(kinds) > 5
