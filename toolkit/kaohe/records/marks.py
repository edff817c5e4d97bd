"""Marks on somebody's own workbook: painted cells with a comment, and a sheet that lists them. Pure code makes them, `kaohe.files.annotate`
writes them."""

from __future__ import annotations

import msgspec

#: the sheet that lists what was found in a scheme or roster; reading ignores it
LIST = "差错清单"


class Mark(msgspec.Struct, frozen=True):
    """A cell to be painted, and what its comment says. `severe`: it must be mended (else a hint)."""

    sheet: str
    cell: str
    text: str
    severe: bool = True


class Row(msgspec.Struct, frozen=True):
    """A line of the list: its texts, and the cell that it leads to ("" = none)."""

    texts: tuple[str, ...]
    sheet: str = ""
    cell: str = ""
    severe: bool = True


class Marks(msgspec.Struct, frozen=True):
    """All marks of a workbook. `columns`: title and width of the list's columns; `link`: the number of the one (from 0) that leads to the
    cell; `lines` stand above the list; `stamp` (small, below them) lets a later run see whether the copy was changed since."""

    marks: tuple[Mark, ...]
    columns: tuple[tuple[str, float], ...]
    link: int
    rows: tuple[Row, ...]
    lines: tuple[str, ...]
    stamp: str = ""
