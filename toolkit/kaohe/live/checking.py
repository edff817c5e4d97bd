"""Checks the forms that are open in Excel by the validator of files, and writes its findings into their 校验提示."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kaohe.core.faults import Fault
from kaohe.live.excel import attached, cause, quiet
from kaohe.live.grid import grid_from_book, peek
from kaohe.live.parameters import Parameters, console_of, is_console, read

if TYPE_CHECKING:
    from kaohe.shown import Shown
    from kaohe.stages.opened import Field
    from kaohe.stages.workspace import Place

_WORST_FIRST = {"拒收": 0, "存疑": 1, "提示": 2}


class Checked(msgspec.Struct, frozen=True):
    """What was found: the workbooks that were checked, every fault, and the sheets whose 校验提示 could not be written (`book!sheet`)."""

    books: tuple[str, ...]
    faults: tuple[Fault, ...]
    unwritten: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was found, in one line."""
        if not self.books:
            return "没有打开的填报表（看每本的模板编码）。请用 Excel 打开要校验的表。"
        must = sum(each.effect != "提示" for each in self.faults)
        hints = len(self.faults) - must
        found = f"须改正 {must} 处，提示 {hints} 处" if self.faults else "没有差错"
        shut = (
            f"。有 {len(self.unwritten)} 张表不能写“校验提示”（只读或格子锁定）：{'、'.join(self.unwritten)}"
            if self.unwritten
            else ""
        )
        return f"校验了 {len(self.books)} 本：{found}{shut}。"

    def table(self) -> Shown:
        """One row per fault, as after collecting: file, sheet, cell, what stands there, what to do, code."""
        from kaohe.shown import Shown
        from kaohe.stages.collection import fault_table

        return Shown(*fault_table(self.faults))

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def check(parameters: Parameters | None = None) -> Checked:
    """Check every open workbook that has the identity of a form, as it stands in Excel now, saved or not. 校验提示 is filled, and the first
    cell with a fault selected; nothing is saved. `parameters`: which period (default: what 控制台 says).

    Raises LiveUnavailable, NotReady. Faults that only several files together show are left to `kaohe check`.
    """
    from kaohe.stages.opened import examine, notes_in

    with attached() as xlwings:
        given = parameters or read(console_of(xlwings))
        at = given.place()
        forms = list(_forms(xlwings))
        readings = []
        for book in forms:
            with quiet(book.app, "校验中…"):
                readings.append((_name(book, at), grid_from_book(book)))
        found = examine(at, readings, given.as_of)
        unwritten: list[str] = []
        for book, (_, reading), opened in zip(forms, readings, found, strict=True):
            with quiet(book.app, "写校验提示…"):
                unwritten += _write(book, notes_in(reading), opened.notes)
        faults = tuple(each for opened in found for each in opened.faults)
        _select_first(dict(zip((name for name, _ in readings), forms, strict=True)), faults)
        return Checked(tuple(opened.file for opened in found), faults, tuple(unwritten))


def clear() -> tuple[str, ...]:
    """Empty 校验提示 in every open form; what a person typed there stays. Returns the names of the workbooks. Raises LiveUnavailable."""
    from kaohe.stages.opened import notes_in

    with attached() as xlwings:
        cleared = []
        for book in _forms(xlwings):
            with quiet(book.app, "清除校验提示…"):
                notes = notes_in(grid_from_book(book))
                _write(book, notes, {})
            cleared.append(str(book.name))
        return tuple(cleared)


def _forms(xlwings: Any) -> Iterator[Any]:
    """The open workbooks with an identity of ours."""
    from kaohe.forms.identity import mark_of

    for app in xlwings.apps:
        for book in app.books:
            if not is_console(book) and mark_of(peek(book)) is not None:
                yield book


def _name(book: Any, at: Place) -> str:
    """How the faults call a workbook: its path below 回收 like its file, or its name where it lies elsewhere."""
    try:
        return Path(book.fullname).resolve().relative_to(at.returned.resolve()).as_posix()
    except (ValueError, OSError):
        return str(book.name)


def _write(book: Any, before: Mapping[Field, str], after: Mapping[Field, str]) -> list[str]:
    """Write the notes that changed, cell by cell: between them lie locked cells. Returns the sheets that refused."""
    refused: dict[str, None] = {}
    for (sheet, address), text in {**dict.fromkeys(before, ""), **after}.items():
        if before.get((sheet, address), "") != text and sheet not in refused:
            try:
                book.sheets[sheet].range(address).value = text
            except Exception as error:  # each engine refuses a locked cell in its own way
                if cause(error):
                    raise
                refused[sheet] = None
    return [f"{book.name}!{sheet}" for sheet in refused]


def _select_first(books: Mapping[str, Any], faults: tuple[Fault, ...]) -> None:
    """Bring the first cell that must be mended into view; where there is none, the first one with a 提示."""
    for each in sorted(faults, key=lambda each: _WORST_FIRST[each.effect]):
        if each.source.cell:
            show(books[each.source.file], each.source.sheet, each.source.cell)
            return


def show(book: Any, sheet: str, cell: str) -> None:
    """Bring a cell into view; "" = the sheet as a whole."""
    book.activate(steal_focus=False)
    book.sheets[sheet].activate()
    if cell:
        book.sheets[sheet].range(cell).select()
