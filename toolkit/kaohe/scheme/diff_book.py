"""The comparison of two years as a workbook: one sheet with every change, one with the marks of level-1 indicators."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.records.books import Book, Cell, Print, Sheet, Style, Value
from kaohe.scheme.diff import ADDED, DROPPED, MOVED, Change, Diff

_TITLE = Style(size=14, bold=True)
_NOTE = Style(size=9, colour="7F7F7F")
_HEAD = Style(bold=True, colour="FFFFFF", fill="1F4E79", border="BFBFBF", align="center")
_BODY = Style(border="BFBFBF", wrap=True, valign="top")
_NUMBER = Style(border="BFBFBF", align="right", valign="top")
_KINDS = {
    ADDED: Style(border="BFBFBF", valign="top", align="center", colour="006100", fill="C6EFCE"),
    DROPPED: Style(border="BFBFBF", valign="top", align="center", colour="9C0006", fill="FFC7CE"),
    MOVED: Style(border="BFBFBF", valign="top", align="center", colour="7F6000", fill="FFEB9C"),
}
_KIND = Style(border="BFBFBF", valign="top", align="center")
_FIRST = 4


def book(found: Diff) -> Book:
    """The workbook."""
    changes = _sheet(
        "改动清单",
        f"{found.before} → {found.after}",
        (
            ("序号", 6),
            ("表", 10),
            ("改动", 10),
            ("代码", 18),
            ("名称", 26),
            ("项目", 12),
            ("原", 44),
            ("新", 44),
            ("增减", 9),
        ),
        [
            (number, each.topic, each.kind, each.code, each.name, each.title, *_values(each), each.by)
            for number, each in enumerate(found.changes, 1)
        ],
        kind=2,
    )
    sums = _sheet(
        "一级指标分值",
        "一级指标的满分（按权重计的为权重），各类分别列出",
        (("构成", 10), ("代码", 9), ("一级指标", 34), ("类别", 8), ("原", 9), ("新", 9), ("增减", 9)),
        [
            (
                each.component,
                each.code,
                each.name,
                each.unit_class,
                None if each.before is None else float(each.before),
                None if each.after is None else float(each.after),
                float((each.after or 0) - (each.before or 0)),
            )
            for each in found.sums
        ],
    )
    return Book("方案比较", (changes, sums), subject="考核方案的改动")


def _values(change: Change) -> tuple[Value, Value]:
    """Before and after, as numbers where both are."""
    return (float(change.before), float(change.after)) if change.by else (change.before, change.after)


def _sheet(
    name: str, note: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[Value]], kind: int = -1
) -> Sheet:
    cells = [Cell(1, 1, name, _TITLE), Cell(2, 1, note, _NOTE)]
    cells += [Cell(_FIRST - 1, column, title, _HEAD) for column, (title, _) in enumerate(columns, 1)]
    for number, row in enumerate(rows, _FIRST):
        for column, value in enumerate(row, 1):
            style = _NUMBER if isinstance(value, int | float) else _BODY
            if column - 1 == kind:
                style = _KINDS.get(str(value), _KIND)
            cells.append(Cell(number, column, value if value != "" else None, style))
    last = max(_FIRST - 1 + len(rows), _FIRST)
    right = chr(64 + len(columns))
    return Sheet(
        name,
        tuple(cells),
        {column: width for column, (_, width) in enumerate(columns, 1)},
        {1: 26},
        freeze=(_FIRST, 1),
        filter=f"A{_FIRST - 1}:{right}{last}",
        print=Print(rows=(_FIRST - 1, _FIRST - 1), footer=f"&L{name}&R第 &P 页 共 &N 页"),
    )
