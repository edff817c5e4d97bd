"""Grades in formulas: level by score, what bars leave, the order of all, and for each level with a share N, places, who competes, who stays.

Every step has a column of its own in 结果; 数据 holds what enters as a value: the group in which an object counts, and the bars with their
rule numbers (conditions are data). Levels count from 1, the best (scheme model 4, steps 9–11). Where the workbook cannot reproduce the
program's grades (`Levels.works`) the changed grades enter as values instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaohe.documents.results.grid import Column, Formula, Refs, working_column
from kaohe.documents.results.levels import (
    FIRST,
    LAST,
    Levels,
    bands_for,
    bars_of,
    ceiling_word,
    has_bars,
    scopes_of,
    steps_down,
)
from kaohe.documents.results.model import Frame, is_graded
from kaohe.documents.results.names import level_name
from kaohe.documents.results.pools import merges, pool_columns
from kaohe.documents.results.rules import band_of, override_of
from kaohe.records.books import Value
from kaohe.records.results import ObjectResult

_Place = Callable[[Refs, int], str]


def grading_data(frame: Frame, levels: Levels) -> list[Column]:
    """Columns of 数据: the group of the shares, ceilings and steps with their rule numbers."""
    if not frame.bands:
        return []
    if not levels.works:
        title = "等次核定\n（否优、封顶、降档、比例）"
        return [Column("等次核定", title, lambda each: override_of(frame, each), look="centre", width=16)]
    columns = []
    if levels.depths:
        scopes = scopes_of(frame)
        title = "名额计算组\n（空白＝不计入）"
        columns.append(Column("名额组", title, lambda each: scopes.get(each.code, ""), look="centre", width=11))
        if merges(frame):
            columns.append(Column("对象类", "对象", lambda each: each.object, look="centre", width=7))
    if has_bars(frame, False):
        columns.append(
            Column("封顶", "封顶\n（最高可评）", lambda each: ceiling_word(frame, each), look="centre", width=10)
        )
        columns.append(Column("封顶规则", "封顶\n规则号", _numbers(frame, False), look="centre", width=10))
    if has_bars(frame, True):
        columns.append(
            Column("降档", "降档\n（档）", lambda each: steps_down(frame, each) or None, look="whole", width=8)
        )
        columns.append(Column("降档规则", "降档\n规则号", _numbers(frame, True), look="centre", width=10))
    return columns


def _numbers(frame: Frame, stepping: bool) -> Callable[[ObjectResult], Value]:
    def value(each: ObjectResult) -> Value:
        return "、".join(rule.number for rule in bars_of(frame, each, stepping)) if is_graded(each) else ""

    return value


def grade_formula(frame: Frame, levels: Levels) -> Formula:
    """The computed grade as a word; "" without one."""

    def by_value(refs: Refs, row: int) -> str:
        decided = refs.typed("等次核定", row)
        return f'=IF({decided}="",{refs.here("分数等次", row)},IF({decided}="无","",{decided}))'

    def by_level(refs: Refs, row: int) -> str:
        return _word(refs, row, _last(levels)(refs, row))

    return by_level if levels.works else by_value


def grading_columns(frame: Frame, levels: Levels) -> list[Column]:
    """Working columns of 结果, from the grade by score to the level after the last share."""
    if not frame.bands or not frame.counted:
        return []
    columns = [
        working_column("线下", "总分以上\n的等次线（条）", _above(frame), _above_formula(frame), "whole"),
        working_column("分数档", "分数档\n（1＝最高）", _of(levels.by_score), _by_score, "whole"),
        working_column(
            "分数等次",
            "分数等次",
            lambda each: band_of(frame, each) if is_graded(each) else "",
            lambda refs, row: _word(refs, row, refs.here("分数档", row)),
            "centre",
        ),
    ]
    if not levels.works:
        return columns
    if has_bars(frame, False):
        columns.append(
            working_column(
                "封顶档", "封顶档\n（1＝不限）", lambda each: _ceiling(frame, each), _ceiling_formula, "whole"
            )
        )
    if levels.depths:
        columns.append(working_column("定序", "定等次序\n（全体）", _of(levels.order), _order(frame), "whole"))
    for depth in levels.depths:
        columns += pool_columns(frame, levels, depth)
    for number, name in enumerate(levels.passes):
        columns.append(_start(frame, levels, name, number))
        for depth in levels.depths:
            columns += _turn_columns(frame, levels, name, depth)
    return columns


def _of(figures: Mapping[str, int]) -> Callable[[ObjectResult], Value]:
    return lambda each: figures.get(each.code, "")


def _word(refs: Refs, row: int, level: str) -> str:
    return f'=IF(ISNUMBER({level}),INDEX(等次名,{refs.here("类序", row)},{level}),"")'


def _most(refs: Refs, row: int) -> str:
    return f"INDEX(等次数,{refs.here('类序', row)})"


def _compared(frame: Frame) -> str:
    return "精确总分" if frame.scheme.settings.compare == "精确值" else "总分"


def _above(frame: Frame) -> Callable[[ObjectResult], Value]:
    def value(each: ObjectResult) -> Value:
        if not is_graded(each) or each.total_exact is None:
            return ""
        total = each.total_exact if frame.scheme.settings.compare == "精确值" else each.total
        floors = (band.least for band in bands_for(frame, each.unit_class))
        return sum(least is not None and total is not None and least > total for least in floors)

    return value


def _above_formula(frame: Frame) -> Formula:
    key = _compared(frame)

    def formula(refs: Refs, row: int) -> str:
        total = refs.here(key, row)
        floors = f"INDEX(等次线,{refs.here('类序', row)},0)"
        return f'=IF(AND({refs.typed("评等", row)}=1,ISNUMBER({total})),SUMPRODUCT(({floors}>{total})*1),"")'

    return formula


def _by_score(refs: Refs, row: int) -> str:
    above = refs.here("线下", row)
    return f'=IF(ISNUMBER({above}),IF({above}<{_most(refs, row)},1+{above},""),"")'


def _ceiling(frame: Frame, each: ObjectResult) -> Value:
    word = ceiling_word(frame, each)
    return [band.name for band in bands_for(frame, each.unit_class)].index(word) + 1 if word else 1


def _ceiling_formula(refs: Refs, row: int) -> str:
    word = refs.typed("封顶", row)
    return f'=IF({word}="",1,MATCH({word},INDEX(等次名,{refs.here("类序", row)},0),0))'


def _order(frame: Frame) -> Formula:
    """The place among all who have a grade, by total and tie-breaks; equal ones share it. Shares compare places, which are whole."""
    breaks = tuple(enumerate(frame.scheme.settings.tie_breaks, 1))
    key = _compared(frame)

    def formula(refs: Refs, row: int) -> str:
        same = f"{refs.typed_area('评等')},1"
        parts = []
        for figure, sign in ((key, ">"), *((f"同分{n}", ">" if way == "高" else "<") for n, (_, way) in breaks)):
            area, cell = refs.area(figure), refs.here(figure, row)
            parts.append(f'COUNTIFS({same},{area},"{sign}"&{cell})')
            same += f",{area},{cell}"
        return f'=IF(ISNUMBER({refs.here("分数档", row)}),1+{"+".join(parts)},"")'

    return formula


def _start(frame: Frame, levels: Levels, name: str, number: int) -> Column:
    """The level with which an object comes to the shares: after its bars; in the second of two passes, the steps taken from what the first
    left."""
    late, stepped = len(levels.passes) > 1, has_bars(frame, True)

    def formula(refs: Refs, row: int) -> str:
        score, most = refs.here("分数档", row), _most(refs, row)
        lowest = refs.here("封顶档", row) if has_bars(frame, False) else "1"
        steps = f"N({refs.typed('降档', row)})" if stepped else ""
        if late and number:
            before = _after(levels, FIRST, levels.depths[-1])(refs, row)
            first = refs.here(f"起:{FIRST}", row)
            found = f"IF({steps}>0,MIN({most},MAX({before}+{steps},{lowest})),{first})"
        else:
            found = f"MIN({most},MAX({score}{f'+{steps}' if steps and not late else ''},{lowest}))"
        return f'=IF(ISNUMBER({score}),{found},"")'

    title = "受限后的档" if not late else "先不降档的档" if not number else "降档后的档"
    return working_column(f"起:{name}", title, lambda each: levels.start.get((name, each.code), ""), formula, "whole")


def _after(levels: Levels, name: str, depth: int) -> _Place:
    return lambda refs, row: refs.here(f"档:{name}{depth}", row)


def _last(levels: Levels) -> _Place:
    if levels.depths:
        return _after(levels, LAST, levels.depths[-1])
    return lambda refs, row: refs.here(f"起:{LAST}", row)


def _turn_columns(frame: Frame, levels: Levels, name: str, depth: int) -> list[Column]:
    """Who competes for the places of one level, in which place, and the level that is left."""
    place_in = levels.depths.index(depth)
    before = f"档:{name}{levels.depths[place_in - 1]}" if place_in else f"起:{name}"
    pool, limit = (f"池:{depth}", f"额:{depth}") if merges(frame) else (f"组:{depth}", f"本额:{depth}")
    flag, at, after = f"争:{name}{depth}", f"位:{name}{depth}", f"档:{name}{depth}"
    last = frame.scheme.settings.share_ties != "全部进"

    def competes(refs: Refs, row: int) -> str:
        return f'=IF(AND({refs.here(before, row)}={level_name(depth)},{refs.here(pool, row)}<>""),1,0)'

    def place(refs: Refs, row: int) -> str:
        order = refs.here("定序", row)
        same = f"{refs.area(pool)},{refs.here(pool, row)},{refs.area(flag)},1,{refs.area('定序')}"
        count = f'COUNTIFS({same},"<="&{order})' if last else f'1+COUNTIFS({same},"<"&{order})'
        return f'=IF({refs.here(flag, row)}=1,{count},"")'

    def level(refs: Refs, row: int) -> str:
        now = refs.here(before, row)
        fallen = f"MIN({_most(refs, row)},{now}+1)"
        return f"=IF({refs.here(flag, row)}=1,IF({refs.here(at, row)}<={refs.here(limit, row)},{now},{fallen}),{now})"

    def turn(what: str) -> Callable[[ObjectResult], Value]:
        def value(each: ObjectResult) -> Value:
            found = levels.turns.get((name, depth, each.code))
            if found is None:
                return 0 if what == "competes" else ""
            figure = getattr(found, what)
            return int(figure) if what == "competes" else "" if figure is None else figure

        return value

    words = f"第{depth}档" + ("（先不降档）" if name == FIRST else "")
    return [
        working_column(flag, f"{words}\n争取名额", turn("competes"), competes, "flag"),
        working_column(at, f"{words}\n位次", turn("place"), place, "whole"),
        working_column(after, f"{words}\n名额后的档", turn("level"), level, "whole"),
    ]
