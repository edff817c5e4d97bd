"""The tidy tables of a check: data/files.csv and data/faults.csv. Apart from the others, because a check needs nothing of a computation."""

from __future__ import annotations

from collections.abc import Iterable

from kaohe.core.faults import Fault
from kaohe.core.sentences import say
from kaohe.records.edition import FileRow
from kaohe.records.tidy import Table


def check_tables(files: Iterable[FileRow], faults: Iterable[Fault]) -> dict[str, Table]:
    """The tables of a check: files and faults. Raises KeyError for a fault code that is not in the catalogue."""
    return {
        "files": Table(
            ("file", "verdict", "unit_code", "note"),
            tuple((file.file, file.verdict, file.unit_code, file.note) for file in files),
        ),
        "faults": Table(
            ("code", "effect", "file", "sheet", "cell", "found", "message"),
            tuple(
                (each.code, each.effect, each.source.file, each.source.sheet, each.source.cell, each.found, say(each))
                for each in faults
            ),
        ),
    }
