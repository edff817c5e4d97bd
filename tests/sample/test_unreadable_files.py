"""A file that cannot be read, is gone, or still grows is refused by name; the others are collected (hostile cases L03-perm, -gone, -grow)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kaohe.stages.check import check

if TYPE_CHECKING:
    from sample.conftest import Quarter


def test_three_files_cannot_be_read_and_the_others_are_collected(
    elsewhere: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, gone, growing = (elsewhere.returned(unit) for unit in ("U101", "U205", "U301"))
    read = Path.read_bytes

    def reading(path: Path) -> bytes:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        if path == gone:
            raise FileNotFoundError(2, "No such file or directory")
        data = read(path)
        if path == growing:
            with path.open("ab") as file:
                file.write(b"more")
        return data

    monkeypatch.setattr(Path, "read_bytes", reading)
    found = check(elsewhere.at())
    assert {each.source.file: each.code for each in found.faults if each.effect == "拒收"} == {
        locked.name: "FILE-034",
        gone.name: "FILE-035",
        growing.name: "FILE-036",
    }
    assert {each.file for each in found.files if each.verdict == "拒收"} == {locked.name, gone.name, growing.name}
    assert {unit.code for unit in found.missing} == {"U101", "U205", "U301"}
    assert len(found.submissions) == 28
