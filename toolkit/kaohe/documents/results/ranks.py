"""Working columns of 结果 for places: sizes of fields, ranks from both ends, tie-breaks, and whether rules may read a place."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.core.exact import round_half_up
from kaohe.documents.results.grid import Column, Formula, Refs, working_column
from kaohe.documents.results.model import CLEAN_PLACES, Frame, Part, component_of, or_blank
from kaohe.documents.results.parameters import NO_FIGURE
from kaohe.documents.results.rules import tie_figure, tie_key
from kaohe.documents.results.values import Standings, is_fair
from kaohe.records.books import Value
from kaohe.records.results import ObjectResult


def rank_columns(frame: Frame, found: Standings) -> list[Column]:
    """Sizes, tie-breaks and ranks from the end; ranks of components that rules read."""
    columns = [working_column("排名家数", "排名家数", lambda each: found.sizes[each.code], _size, "whole")]
    if frame.counted:
        breaks = frame.scheme.settings.tie_breaks
        columns += [_tie_column(frame, n, thing, way) for n, (thing, way) in enumerate(breaks, 1)]
        last = total_rank(frame, False)
        columns.append(working_column("倒数名次", "倒数名次", lambda each: each.rank_last or "", last, "whole"))
        columns.append(_fair(frame, "", found))
    for part in frame.parts:
        if part.ranked:
            columns += _part_ranks(part, frame, found)
    return columns


def rank_formula(refs: Refs, row: int, key: str, best: bool, ties: Sequence[tuple[str, str, bool]] = ()) -> str:
    """Rank of a figure within the field, from the best or from the end; equal figures share it and the next are skipped.

    `ties`: area, cell and whether high is better, of figures that separate equal ones in their order.
    """
    group, ranked = refs.typed_area("组"), refs.typed_area("排名")
    same = f"{group},{refs.typed('组', row)},{ranked},1"
    parts = []
    keys = [(refs.area(key), refs.here(key, row), True), *ties]
    for count, (area, cell, high) in enumerate(keys):
        equal = "".join(f",{before[0]},{before[1]}" for before in keys[:count])
        sign = ">" if high == best else "<"
        parts.append(f'COUNTIFS({same}{equal},{area},"{sign}"&{cell})')
    here = refs.here(key, row)
    return f'=IF(AND({refs.typed("排名", row)}=1,ISNUMBER({here})),1+{"+".join(parts)},"")'


def _size(refs: Refs, row: int) -> str:
    """N of the field, withheld objects included; 0 for objects that are not in it."""
    group, flag = refs.typed("组", row), refs.typed("家数", row)
    return f"=IF({flag}=1,COUNTIFS({refs.typed_area('组')},{group},{refs.typed_area('家数')},1),0)"


def total_rank(frame: Frame, best: bool) -> Formula:
    """The formula of the rank by total, with the scheme's tie-breaks."""
    key = "精确总分" if frame.scheme.settings.compare == "精确值" else "总分"
    breaks = tuple(enumerate(frame.scheme.settings.tie_breaks, 1))

    def formula(refs: Refs, row: int) -> str:
        ties = [(refs.area(f"同分{n}"), refs.here(f"同分{n}", row), way == "高") for n, (_, way) in breaks]
        return rank_formula(refs, row, key, best, ties)

    return formula


def _tie_column(frame: Frame, n: int, thing: str, way: str) -> Column:
    """A figure that separates equal totals; an object without it comes after those with it, whichever way is better."""
    key = tie_key(frame, thing)
    precise = frame.scheme.settings.compare == "精确值"
    sign = "-" if way == "高" else ""

    def value(each: ObjectResult) -> Value:
        found = tie_figure(frame, thing, each)
        if found is None:
            return -NO_FIGURE if way == "高" else NO_FIGURE
        return or_blank(found)

    def formula(refs: Refs, row: int) -> str:
        cell = refs.typed(f"键{n}", row) if key is None else key(refs, row)
        inner = f"ROUND({cell},净位)"
        rounded = inner if precise or key is None else f"ROUND({inner},小数位)"
        return f"=IF(ISNUMBER({cell}),{rounded},{sign}缺值)"

    return working_column(f"同分{n}", f"同分排序{n}\n{thing} {way}", value, formula)


def _fair(frame: Frame, code: str, found: Standings) -> Column:
    """Whether conditions on a place hold: the field is large enough, and the object is not first and last at once."""
    suffix = f":{code}" if code else ""

    def value(each: ObjectResult) -> Value:
        place = component_of(each, code) if code else each
        rank, last = (place.rank, place.rank_last) if place else (None, None)
        return int(is_fair(frame, found.sizes[each.code], rank, last))

    def formula(refs: Refs, row: int) -> str:
        first, final = refs.here(f"名次{suffix}", row), refs.here(f"倒数名次{suffix}", row)
        large = f"{refs.here('排名家数', row)}>=最小排名家数"
        return f"=IF(AND(ISNUMBER({first}),{large},NOT(AND({first}=1,{final}=1))),1,0)"

    return working_column(f"可比{suffix}", "名次可用\n（家数够，非首末合一）", value, formula, "flag")


def _part_ranks(part: Part, frame: Frame, found: Standings) -> list[Column]:
    def last(each: ObjectResult) -> Value:
        result = component_of(each, part.code)
        return (result.rank_last if result else None) or ""

    def formula(refs: Refs, row: int) -> str:
        return rank_formula(refs, row, f"得分:{part.code}", False)

    columns = [score_column(part, frame, True), rank_column(part, True)] if part.component.counted else []
    title = f"{part.component.name}\n倒数名次"
    columns.append(working_column(f"倒数名次:{part.code}", title, last, formula, "whole"))
    columns.append(_fair(frame, part.code, found))
    return columns


def rank_column(part: Part, working: bool = False) -> Column:
    """Rank by a component's own score."""

    def value(each: ObjectResult) -> Value:
        result = component_of(each, part.code)
        return (result.rank if result else None) or ""

    def formula(refs: Refs, row: int) -> str:
        return rank_formula(refs, row, f"得分:{part.code}", True)

    return Column(f"名次:{part.code}", f"{part.component.name}\n名次", value, formula, "whole", 7.5, working)


def score_column(part: Part, frame: Frame, working: bool = False) -> Column:
    """A component's score as printed and compared: rounded once, on the scale of 100."""
    precise = frame.scheme.settings.compare == "精确值"

    def value(each: ObjectResult) -> Value:
        result = component_of(each, part.code)
        if result is None or result.score is None:
            return ""
        return or_blank(round_half_up(result.score, CLEAN_PLACES if precise else frame.places))

    def formula(refs: Refs, row: int) -> str:
        cell = refs.here(f"构成:{part.code}", row)
        inner = f"ROUND({cell},净位)"
        return f'=IF(ISNUMBER({cell}),{inner if precise else f"ROUND({inner},小数位)"},"")'

    return Column(f"得分:{part.code}", f"{part.component.name}\n得分", value, formula, "points", 8, working)
