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


def deviations(paths: list[Path]) -> dict[Path, list[str]]:
    """What is wrong in each file in which something is."""
    found = {path: check_document(path.read_bytes(), path.name) for path in paths}
    return {
        path: [f"{each.source.cell} {each.found} {say(each)}" for each in told] for path, told in found.items() if told
    }


def test_the_first_and_the_last_two_documents_of_each_kind_have_the_layout_in_their_file(demo: Demo) -> None:
    kinds: dict[Path, list[Path]] = {}
    for path in documents(demo):
        kinds.setdefault(path.parent, []).append(path)
    chosen = {path for paths in kinds.values() for path in (*paths[:2], *paths[-2:])}
    assert deviations(sorted(chosen)) == {} and len(chosen) > 20


@pytest.mark.office  # no office program: they are many
def test_every_document_has_the_layout_in_its_file(demo: Demo) -> None:
    assert deviations(documents(demo)) == {} and len(documents(demo)) > 80


@pytest.mark.office
def test_one_document_of_each_kind_has_the_layout_on_paper(demo: Demo) -> None:
    kinds = {(path.parent.parent.parent.name, path.parent.name): path for path in documents(demo)}
    found = {
        path: [(each.code, each.found) for each in faults if each.code != "LAYOUT-072"]
        for path, faults in check_layouts(list(kinds.values()))
    }
    assert {path: faults for path, faults in found.items() if faults} == {} and len(found) == len(kinds) > 5
