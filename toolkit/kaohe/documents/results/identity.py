"""The columns by which every object sheet names its rows: 数据 holds them, 结果 and 核对 take them over by formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaohe.documents.results.grid import Column, Formula, Look, Refs
from kaohe.documents.results.model import Frame
from kaohe.records.books import Value
from kaohe.records.results import ObjectResult

#: where a sheet takes a column over from: references, key, row → address
Taken = Callable[[Refs, str, int], str]
_COLUMNS: Mapping[str, tuple[Callable[[ObjectResult], Value], Look]] = {
    "编码": (lambda each: each.code, "centre"),
    "分类": (lambda each: each.unit_class, "centre"),
    "单位": (lambda each: each.short or each.name, "text"),
}


def identity(frame: Frame, widths: Mapping[str, float], taken: Taken | None = None) -> tuple[Column, ...]:
    """The columns named in `widths`, in their order: values, or formulas that take them over."""
    return tuple(_column(frame, key, width, taken) for key, width in widths.items())


def _column(frame: Frame, key: str, width: float, taken: Taken | None) -> Column:
    value, look = _COLUMNS[key]
    return Column(key, frame.object_word if key == "单位" else key, value, _formula(key, taken), look, width)


def _formula(key: str, taken: Taken | None) -> Formula | None:
    if taken is None:
        return None
    return lambda refs, row: f"={taken(refs, key, row)}"
