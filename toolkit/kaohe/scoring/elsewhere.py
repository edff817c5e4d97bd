"""Figures of other schemes: 其他方案:s:figure. The stage hands over one outcome a scheme: of the same period, else the newest by then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from kaohe.core.exact import HUNDRED
from kaohe.records.figures import Figure
from kaohe.records.results import ObjectResult, Outcome
from kaohe.scoring.values import Untold, Value


def figure_elsewhere(others: Sequence[Outcome], code: str, name: str) -> Value:
    """`s:figure` of an object: None where that scheme does not have the object or figure, untold where it has no result yet."""
    scheme, _, figure = name.partition(":")
    outcome = next((each for each in others if each.scheme == scheme), None)
    if outcome is None:
        return Untold(f"方案“{scheme}”还没有结果")
    result = outcome.of(code)
    if result is None:
        return None
    if result.status in ("存疑", "未报") and figure != "分类":
        return Untold(f"方案“{scheme}”{outcome.period}尚未计分")
    kind, colon, rest = figure.partition(":")
    return CODED[kind](rest, result) if colon else FIGURES[kind](result)


def _whole(number: int | None) -> Value:
    return None if number is None else Fraction(number)


def _part(code: str, result: ObjectResult, what: str) -> Value:
    part = result.component(code)
    found = getattr(part, what) if part is not None else None
    return Fraction(found) if found is not None else None


def _grade(code: str, result: ObjectResult) -> Value:
    rating = result.rating(code)
    return (rating.grade or None) if rating is not None else None


def _returned(code: str, result: ObjectResult) -> Value:
    rating = result.rating(code)
    return HUNDRED * rating.returned / rating.due if rating is not None and rating.due else None


def _points(code: str, result: ObjectResult) -> Value:
    """Points of a line, inner lines included: they stand in the derivation."""
    return _in(result.figure, f"指标:{code}") if result.figure is not None else None


def _in(figure: Figure, key: str) -> Fraction | None:
    if figure.key == key:
        return figure.value
    return next((found for part in figure.parts if (found := _in(part, key)) is not None), None)


#: what a condition may read of another scheme: what its results say of the object
FIGURES: Mapping[str, Callable[[ObjectResult], Value]] = {
    "总分": lambda result: result.total_exact,
    "基础分": lambda result: result.base_exact,
    "加分合计": lambda result: result.bonus,
    "减分合计": lambda result: result.penalty,
    "等次": lambda result: result.grade or None,
    "名次": lambda result: _whole(result.rank),
    "倒数名次": lambda result: _whole(result.rank_last),
    "排名家数": lambda result: _whole(result.field_size),
    "分类": lambda result: result.unit_class,
    "榜": lambda result: result.boards,
}
CODED: Mapping[str, Callable[[str, ObjectResult], Value]] = {
    "构成": lambda code, result: _part(code, result, "score"),
    "构成基础": lambda code, result: _part(code, result, "base_score"),
    "构成名次": lambda code, result: _part(code, result, "rank"),
    "指标": _points,
    "评价等次": _grade,
    "回收率": _returned,
}
