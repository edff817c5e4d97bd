"""Workbooks that are open in a spreadsheet program, looked at by the validator of files, and what 校验提示 shall say in them.

What takes several files to see (two versions of one form, a document claimed twice) only `kaohe check` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from kaohe.analysis import summary
from kaohe.core.cells import a1
from kaohe.core.faults import Fault
from kaohe.forms.marked import fill_of
from kaohe.forms.own_rows import row_layouts
from kaohe.forms.parse import open_sheets
from kaohe.forms.receive import Received
from kaohe.records.layouts import NOTE, clean
from kaohe.records.tables import Reading, Table
from kaohe.stages.collect import receiver_of
from kaohe.stages.collection import Rows, fault_table
from kaohe.stages.evaluate import edition
from kaohe.stages.manifest import damage, frozen, read
from kaohe.stages.tasks import received
from kaohe.stages.workspace import NotReady, Place

Field = tuple[str, str]  # sheet and A1 address, as in the workbook that was looked at
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,11})(\.\d+)?")
_HEADERS = 40  # rows in which the header of 校验提示 is looked for
_OURS = "〔"  # every note of ours begins with the header of its field in these brackets


class Opened(msgspec.Struct, frozen=True):
    """One workbook: every fault that can be seen in it alone, and the notes that belong into its 校验提示 cells now."""

    file: str
    faults: tuple[Fault, ...]
    notes: dict[Field, str]


def examine(at: Place, workbooks: Sequence[tuple[str, Reading]], as_of: str = "") -> tuple[Opened, ...]:
    """Each workbook (its name in the faults, what was read of it) as `kaohe check` would see its file.

    Raises NotReady where the period was not issued or its rules cannot be used.
    """
    frozen(at)
    receiver, _, _ = receiver_of(at, as_of)
    found = []
    for file, reading in workbooks:
        given, faults = received(receiver, reading, file)
        found.append(Opened(file, faults, _notes(given, reading, faults)))
    return tuple(found)


def _notes(given: Received, reading: Reading, faults: tuple[Fault, ...]) -> dict[Field, str]:
    """The notes of the marked copy, at the places that their rows have in this workbook. A refused one has none."""
    form = given.form
    if form is None:
        return {}
    issued = None if given.plan is not None else given.issued
    sheets = open_sheets(form, reading, "", given.object_code, issued, [], [])
    if given.plan is not None:
        layouts = {table.name: form.layout(table.name) for table in given.plan.tables}
    else:
        layouts = row_layouts(form, issued.prefilled if issued is not None else {})
    notes = {}
    for (name, code), text in fill_of(sheets, layouts, faults).notes.items():
        address = sheets[name].located.address(code, NOTE)
        if address:
            notes[sheets[name].table.name, address] = text
    return notes


def notes_in(reading: Reading) -> dict[Field, str]:
    """The notes of ours that stand in a workbook's 校验提示 columns; what a person typed there is none."""
    return {(table.name, address): text for table in reading.tables for address, text in _notes_of(table)}


def _notes_of(table: Table) -> Iterator[tuple[str, str]]:
    for header, cells in enumerate(table.rows[:_HEADERS], 1):
        for column, title in enumerate(cells, 1):
            if clean(title) == NOTE:
                for row in range(header + 1, len(table.rows) + 1):
                    value = table.at(row, column)
                    if isinstance(value, str) and value.startswith(_OURS):
                        yield a1(row, column), value
                return


def results(at: Place) -> tuple[Rows, Rows]:
    """A period's results, one row an object, and the faults that were found; from what was published. Columns of numbers hold Decimals,
    with the decimals that the scheme shows.

    Raises NotReady where there are no results, or somebody changed them.
    """
    manifest = read(at.report)
    if manifest is None:
        raise NotReady(f"{at.period} 还没有结果。请先运行 kaohe run {at.assessment} {at.period}。")
    if damage(at.report, manifest, "store/"):
        raise NotReady(f"{at.period} 的结果文件被改动过。请重新运行 kaohe run {at.assessment} {at.period} --full。")
    found = edition(at, at.report)
    titles, rows = summary.results_table(found)
    return (titles, _numbers(rows)), fault_table(found.faults)


def _numbers(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The rows with the texts of wholly numeric columns as numbers, which a spreadsheet can sort and add."""
    columns = list(zip(*rows, strict=True))
    for index, column in enumerate(columns):
        filled = [str(value) for value in column if value != ""]
        if filled and all(map(_NUMBER.fullmatch, filled)):
            columns[index] = tuple("" if value == "" else Decimal(str(value)) for value in column)
    return list(zip(*columns, strict=True))
