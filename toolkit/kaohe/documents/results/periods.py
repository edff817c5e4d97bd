"""历史期次 in formulas: a column of 数据 for each period that a component gathers, and the mean, sum or latest of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from kaohe.core.exact import add
from kaohe.documents.results.grid import Column, Formula, Refs
from kaohe.documents.results.model import Frame, Part, number, stepped
from kaohe.documents.results.sums import derivation_of
from kaohe.records.books import Value
from kaohe.records.figures import Figure
from kaohe.records.results import ObjectResult
from kaohe.scoring.periods import UNSEALED

_KEY = "历史:"


def _figures(each: ObjectResult, code: str) -> tuple[Figure, ...]:
    """What the derivation of an object's component names of each period."""
    component = each.component(code)
    if component is not None and component.origin not in ("", "历史期次"):  # no need to read a derivation
        return ()
    found = derivation_of(each, f"构成基础:{code}") or derivation_of(each, f"构成:{code}")
    return tuple(part for part in found.parts if part.key.startswith(_KEY)) if found is not None else ()


def periods_of(code: str, objects: Sequence[ObjectResult]) -> tuple[str, ...]:
    """The periods that a component gathers for these objects, in order of time."""
    return tuple(dict.fromkeys(part.key.removeprefix(_KEY) for each in objects for part in _figures(each, code)))


def gathered(code: str, objects: Sequence[ObjectResult]) -> tuple[tuple[str, bool], ...]:
    """The periods whose figures a component took for some object, and whether they were archived then."""
    found: dict[str, bool] = {}
    for each in objects:
        for part in _figures(each, code):
            if part.value is not None:
                found[part.key.removeprefix(_KEY)] = not part.how.endswith(UNSEALED)
    return tuple(found.items())


def gathered_score(part: Part, each: ObjectResult) -> Fraction | None:
    """The component's score from the periods' figures; None where one is missing that may not be."""
    found = [figure.value for figure in _figures(each, part.code) if figure.value is not None]
    if not found or (part.component.missing != "按已有" and len(found) < len(part.periods)):
        return None
    if part.component.gather == "最近":
        return found[-1]
    return add(found) / (1 if part.component.gather == "合计" else len(found))


def period_columns(part: Part) -> list[Column]:
    """One column a period: the figure that enters, on the scale of 100, exact; blank where there is none."""
    what = part.component.taken or "总分"
    return [
        Column(
            _column(part, period), f"{part.component.name}\n{period} {what}", _value(part, period), None, "exact", 12
        )
        for period in part.periods
    ]


def _column(part: Part, period: str) -> str:
    return f"期:{part.code}:{period}"


def _value(part: Part, period: str) -> Callable[[ObjectResult], Value]:
    def value(each: ObjectResult) -> Value:
        known = next((one for one in _figures(each, part.code) if one.key == f"{_KEY}{period}"), None)
        return number(known.value) if known is not None else None

    return value


def period_score(part: Part, frame: Frame) -> Formula:
    """Mean, sum or latest of the periods; "" where fewer are there than the scheme needs (缺期)."""
    need = 1 if part.component.missing == "按已有" else len(part.periods)

    def formula(refs: Refs, row: int) -> str:
        cells = [refs.typed(_column(part, period), row) for period in part.periods]
        every = ",".join(cells)
        if part.component.gather == "最近":
            score = '""'
            for cell in cells:
                score = f"IF(ISNUMBER({cell}),{cell},{score})"
        else:
            score = f"SUM({every})" + ("" if part.component.gather == "合计" else f"/COUNT({every})")
        return f'=IF(COUNT({every})<{need},"",{stepped(frame, score)})'

    return formula
