"""How a line lost marks without a problem, in words: its method, what was typed, the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kaohe.core.cells import Source
from kaohe.records.edition import Edition
from kaohe.records.figures import Figure, Working
from kaohe.records.results import ObjectResult


def by_line(edition: Edition, result: ObjectResult) -> Mapping[str, Working]:
    """How the lines of an object came about that lost marks or have a problem, by indicator code. An object's derivation is read once for
    all that ask."""
    found = edition.workings.get(result.code)
    if found is None:
        lost = {leaf.indicator for leaf in result.leaves if leaf.lost} | {loss.indicator for loss in result.losses}
        found = edition.workings[result.code] = dict(_lines(result.figure, lost))
    return found


def _lines(figure: Figure | None, wanted: set[str]) -> Iterator[tuple[str, Working]]:
    stack = [figure] if figure and wanted else []
    while stack:
        each = stack.pop()
        stack.extend(each.parts)
        kind, _, code = each.key.partition(":")
        if kind == "指标" and code in wanted:
            shown = (f"{one.label}{one.shown or one.typed}" for one in each.parts[:4] if one.shown or one.typed)
            yield code, Working(each.how, "，".join(shown), _first_source(each))


def _first_source(figure: Figure) -> Source | None:
    """The first typed cell below a figure."""
    if figure.source is not None:
        return figure.source
    return next((found for part in figure.parts if (found := _first_source(part)) is not None), None)


def working(method: str, line: Working | None) -> str:
    """How a line lost marks without a problem: its method, the typed figures, the arithmetic."""
    head = f"按“{method}”计分" if method else ""
    if line is None:
        return head
    how = "" if method and line.how.startswith(method) else line.how
    return "；".join(part for part in (f"{head}：{line.typed}" if line.typed else head, how) if part)
