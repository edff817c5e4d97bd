"""The minimal workbooks of the catalogue through the reading child: which cells are read, what is odd about them, what is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hostile.bare import CASES, Bare
from kaohe.files.child import Reader
from kaohe.files.reader import remarks
from kaohe.records.tables import Reading, Refusal


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_minimal_workbook_is_read_whole_or_refused(case: Bare, reader: Reader) -> None:
    found = reader.read(case.data)
    if case.rows is None:
        assert isinstance(found, Refusal) and found.code == case.refusal
        return
    assert isinstance(found, Reading), found
    (table,) = found.tables
    assert (table.rows, table.oddities, found.outside) == (case.rows, case.oddities, case.outside)
    assert tuple(each.code for each in remarks(found, case.file)) == case.remarks
