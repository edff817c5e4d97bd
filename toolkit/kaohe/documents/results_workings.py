"""Working columns of 结果 from leaf points to the total: nodes, components, exact base and total, grade by score.

Each column has the program's value and one formula for all rows; where the scheme rounds step by step (逐级) the formulas round at the
same steps.
"""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.exact import round_half_up
from kaohe.documents.printed import number as shown
from kaohe.documents.results_follow import follow_columns
from kaohe.documents.results_grid import Column, Formula, Refs, working_column
from kaohe.documents.results_model import (
    CLEAN_PLACES,
    Block,
    Frame,
    Part,
    component_of,
    is_graded,
    is_scored,
    or_blank,
    stepwise,
)
from kaohe.documents.results_parameters import full_name
from kaohe.documents.results_ranks import rank_columns
from kaohe.documents.results_rules import band_of
from kaohe.documents.results_sums import total
from kaohe.documents.results_values import Standings
from kaohe.records.books import Value
from kaohe.records.results import ObjectResult


def workings(frame: Frame, found: Standings) -> tuple[Column, ...]:
    """All working columns, in the order in which a total comes about."""
    columns = [working_column("类序", "类序", lambda each: _class_row(frame, each), _class_formula, "whole")]
    columns += [_assessable(block, frame) for block in frame.blocks]
    columns += [block_column(block, frame, True) for part in frame.apart for block in part.blocks]
    rescaled = [block for part in (*frame.counted, *frame.apart) if part.by_parent for block in part.blocks]
    columns += [_full(block, frame) for block in rescaled] + [_rescaled(block, frame) for block in rescaled]
    if frame.blocks:
        columns.append(_lost(frame))
    if any(part.changes for part in frame.counted):
        columns += [_score(part, frame, base=True) for part in frame.counted]
    columns += [_score(part, frame, base=True) for part in frame.apart if part.changes]
    columns += [_score(part, frame) for part in (*frame.counted, *frame.apart)]
    if frame.counted:
        columns += _exact(frame)
    if frame.counted and frame.bands:
        columns.append(
            working_column("分数等次", "分数等次", lambda each: _band_word(frame, each), _band(frame), "centre")
        )
    return (*columns, *rank_columns(frame, found), *follow_columns(frame, found))


def block_column(block: Block, frame: Frame, working: bool = False) -> Column:
    """Points of a level-1 node: the sum of its leaves; blank where none applies."""
    by_class = (
        sum((leaf.full_marks(each.code) for leaf in block.leaves if leaf.applies_to(each.code)), Fraction(0))
        for each in frame.classes
    )
    full = "/".join(shown(each) for each in dict.fromkeys(by_class) if each)

    def formula(refs: Refs, row: int) -> str:
        span = refs.typed_span(*block.span, row)
        return f'=IF(COUNT({span})=0,"",{stepped(frame, f"SUM({span})")})'

    def value(each: ObjectResult) -> Value:
        return or_blank(stepwise(frame, frame.sums[each.code].points(block.code)))

    return Column(f"块:{block.code}", f"{block.name}\n满分 {full or '0'}", value, formula, "points", 8.5, working)


def stepped(frame: Frame, expression: str) -> str:
    """An expression, rounded where it arises if the scheme says 逐级."""
    return f"ROUND(ROUND({expression},净位),小数位)" if frame.scheme.settings.rounding == "逐级" else expression


def _class_row(frame: Frame, each: ObjectResult) -> Value:
    codes = [unit_class.code for unit_class in frame.classes]
    return codes.index(each.unit_class) + 1 if each.unit_class in codes else ""


def _class_formula(refs: Refs, row: int) -> str:
    return f'=IFERROR(MATCH({refs.typed("分类", row)},类别,0),"")'


def _assessable(block: Block, frame: Frame) -> Column:
    def value(each: ObjectResult) -> Value:
        return or_blank(frame.sums[each.code].assessable(block.code))

    def formula(refs: Refs, row: int) -> str:
        span = refs.typed_span(*block.span, row)
        marks = f"SUMPRODUCT(ISNUMBER({span})*INDEX({full_name(block.code)},{refs.here('类序', row)},0))"
        return f'=IF(COUNT({span})=0,"",{marks})'

    return working_column(f"评:{block.code}", f"可评满分\n{block.name}", value, formula, "points")


def _full(block: Block, frame: Frame) -> Column:
    """Full marks of a level-1 node for the object's class, where anything of it applies."""

    def value(each: ObjectResult) -> Value:
        return or_blank(_full_of(block, frame, each))

    def formula(refs: Refs, row: int) -> str:
        marks = f"SUM(INDEX({full_name(block.code)},{refs.here('类序', row)},0))"
        return f'=IF(ISNUMBER({refs.here(f"评:{block.code}", row)}),{marks},"")'

    return working_column(f"折满:{block.code}", f"满分\n{block.name}", value, formula, "points")


def _full_of(block: Block, frame: Frame, each: ObjectResult) -> Fraction | None:
    if frame.sums[each.code].points(block.code) is None:
        return None
    return total(leaf.full_marks(each.unit_class) for leaf in block.leaves if leaf.applies_to(each.unit_class))


def _rescaled(block: Block, frame: Frame) -> Column:
    """Points of a level-1 node after rescaling what does not apply within the node (折算层级 直接上级)."""

    def value(each: ObjectResult) -> Value:
        sums, full = frame.sums[each.code], _full_of(block, frame, each)
        points, marks = sums.points(block.code), sums.assessable(block.code)
        return "" if points is None or not marks or full is None else or_blank(stepwise(frame, points / marks * full))

    def formula(refs: Refs, row: int) -> str:
        points, marks = f"SUM({refs.typed_span(*block.span, row)})", refs.here(f"评:{block.code}", row)
        scaled = stepped(frame, f"{points}/{marks}*{refs.here(f'折满:{block.code}', row)}")
        return f'=IF(ISNUMBER({marks}),{scaled},"")'

    return working_column(f"折:{block.code}", f"折算得分\n{block.name}", value, formula, "points")


def _lost(frame: Frame) -> Column:
    first, last = f"评:{frame.blocks[0].code}", f"评:{frame.blocks[-1].code}"
    codes = tuple(block.code for block in frame.blocks)

    def value(each: ObjectResult) -> Value:
        sums = frame.sums[each.code]
        return or_blank(sums.lost_on(codes)) if sums.nodes else ""

    def formula(refs: Refs, row: int) -> str:
        leaves_span = refs.typed_span(frame.blocks[0].span[0], frame.blocks[-1].span[1], row)
        span = refs.span(first, last, row)
        return f'=IF(COUNT({span})=0,"",ROUND(SUM({span})-SUM({leaves_span}),净位))'

    return working_column("各项失分", "各项失分\n（含单独计分）", value, formula, "points")


def _score(part: Part, frame: Frame, base: bool = False) -> Column:
    """Score of a component on 0–100; with adjustments, the base score first and the score after them."""
    changed = part.changes and not base

    def value(each: ObjectResult) -> Value:
        found = component_of(each, part.code)
        return "" if found is None else or_blank(found.base_score if base else found.score)

    def own(refs: Refs, row: int) -> str:
        if not part.blocks:
            cell = refs.typed(f"值:{part.code}", row)
            return f'=IF(ISNUMBER({cell}),{cell},"")'
        keys = ("折满", "折") if part.by_parent else ("评", "块")
        full, points = (refs.span(f"{key}:{part.blocks[0].code}", f"{key}:{part.blocks[-1].code}", row) for key in keys)
        return f'=IF(COUNT({full})=0,"",{stepped(frame, f"100*SUM({points})/SUM({full})")})'

    def after(refs: Refs, row: int) -> str:
        before = refs.here(f"基:{part.code}", row)
        total = f"{before}+N({refs.typed(f'入:{part.code}', row)})" if part.adjusted else before
        clipped = f"MAX(0,MIN(100,{total}))" if frame.scheme.settings.clip_components else total
        return f'=IF(ISNUMBER({before}),{clipped},"")'

    title = f"{part.component.name}\n{'基础分' if base else '得分（百分制）'}"
    return working_column(f"{'基' if base else '构成'}:{part.code}", title, value, after if changed else own)


def _exact(frame: Frame) -> list[Column]:
    settings = frame.scheme.settings
    codes = [part.code for part in frame.counted]
    changed = any(part.changes for part in frame.counted)

    def weighted(refs: Refs, row: int, kind: str) -> str:
        span, row_of = (
            refs.span(f"{kind}:{codes[0]}", f"{kind}:{codes[-1]}", row),
            f"INDEX(权重,{refs.here('类序', row)},0)",
        )
        sums = f"SUMPRODUCT({row_of},{span})/SUMPRODUCT({row_of}*ISNUMBER({span}))"
        return f"总分满分*{sums}/100"

    def base(refs: Refs, row: int) -> str:
        kind = "基" if changed else "构成"
        span = refs.span(f"{kind}:{codes[0]}", f"{kind}:{codes[-1]}", row)
        return f'=IF(COUNT({span})=0,"",{stepped(frame, f"ROUND({weighted(refs, row, kind)},净位)")})'

    def total(refs: Refs, row: int) -> str:
        amount = refs.here("精确基础", row)
        if changed:
            amount += f"+{weighted(refs, row, '构成')}-{weighted(refs, row, '基')}"
        if frame.has_bonus:
            amount += f"+{refs.here('加分', row)}"
        if frame.has_penalty:
            amount += f"-{refs.here('减分', row)}"
        if settings.total_min is not None:
            amount = f"MAX(总分下限,{amount})"
        if settings.total_max is not None:
            amount = f"MIN(总分上限,{amount})"
        return f'=IF(ISNUMBER({refs.here("精确基础", row)}),ROUND({amount},净位),"")'

    return [
        working_column("精确基础", "基础分\n（舍入前）", lambda each: _settled(each, each.base_exact), base),
        working_column("精确总分", "总分\n（舍入前）", lambda each: _settled(each, each.total_exact), total),
    ]


def _settled(each: ObjectResult, value: Fraction | None) -> Value:
    return or_blank(round_half_up(value, CLEAN_PLACES)) if value is not None and is_scored(each) else ""


def _band_word(frame: Frame, each: ObjectResult) -> str:
    return band_of(frame, each) if is_graded(each) else ""


def _band(frame: Frame) -> Formula:
    key = "精确总分" if frame.scheme.settings.compare == "精确值" else "总分"

    def formula(refs: Refs, row: int) -> str:
        total, row_of = refs.here(key, row), refs.here("类序", row)
        live = f"AND({refs.typed('评等', row)}=1,ISNUMBER({total}))"
        return f'=IF({live},LOOKUP({total},INDEX(等次界,{row_of},0),INDEX(等次名,{row_of},0)),"")'

    return formula
