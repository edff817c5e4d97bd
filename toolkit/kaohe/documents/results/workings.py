"""Working columns of 结果 from leaf points to the total: nodes, components, exact base and total, grade by score.

Each column has the program's value and one formula for all rows; where the scheme rounds step by step (逐级) the formulas round at the
same steps.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from kaohe.core.exact import round_half_up
from kaohe.documents.results.adjustments import counted_columns
from kaohe.documents.results.follow import follow_columns
from kaohe.documents.results.grading import grading_columns
from kaohe.documents.results.grid import Column, Refs, working_column
from kaohe.documents.results.lines import assessable_column, block_column, copied_leaf, lost_column
from kaohe.documents.results.live import place_columns, points_column
from kaohe.documents.results.model import (
    CLEAN_PLACES,
    Frame,
    Part,
    component_of,
    has_base,
    is_scored,
    or_blank,
    stepped,
)
from kaohe.documents.results.ranks import rank_columns
from kaohe.documents.results.ratings import rating_columns
from kaohe.documents.results.sources import reckoned, source_score
from kaohe.documents.results.sums import step_of
from kaohe.documents.results.tree import tree_columns, tree_score
from kaohe.documents.results.values import Standings
from kaohe.records.books import Value
from kaohe.records.results import ObjectResult


def workings(frame: Frame, found: Standings) -> tuple[Column, ...]:
    """All working columns, in the order in which a total comes about."""
    columns = [working_column("类序", "类序", lambda each: _class_row(frame, each), _class_formula, "whole")]
    for survey in frame.surveys:
        columns += rating_columns(survey, frame)
    columns += place_columns(frame)
    columns += _leaves(frame)
    columns += [assessable_column(block, frame) for block in frame.blocks]
    shown = {block.code for part in frame.counted if part.kind == "lines" for block in part.blocks}
    columns += [block_column(block, frame, True) for block in frame.blocks if block.code not in shown]
    for part in frame.parts:
        columns += tree_columns(part, frame)
    if frame.blocks:
        columns.append(lost_column(frame))
    columns += _scores(frame)
    columns += counted_columns(frame)
    if frame.counted:
        columns += _exact(frame)
    graded = grading_columns(frame, found.levels)
    return (*columns, *rank_columns(frame, found), *graded, *follow_columns(frame, found))


def _class_row(frame: Frame, each: ObjectResult) -> Value:
    codes = [unit_class.code for unit_class in frame.classes]
    return codes.index(each.unit_class) + 1 if each.unit_class in codes else ""


def _class_formula(refs: Refs, row: int) -> str:
    return f'=IFERROR(MATCH({refs.typed("分类", row)},类别,0),"")'


def _leaves(frame: Frame) -> list[Column]:
    """The leaves of blocks with formulas among them, side by side."""
    columns = []
    for block in frame.blocks:
        for leaf in block.leaves if block.copied else ():
            live = frame.live(leaf.code)
            columns.append(copied_leaf(leaf, frame) if live is None else points_column(live, frame))
    return columns


def _scores(frame: Frame) -> list[Column]:
    """Scores of components, siblings side by side: base scores first where one of them changes, then the scores."""
    columns = []
    groups: dict[tuple[str, bool], list[Part]] = {}
    for part in frame.parts:
        beside = part.is_top and not part.component.counted
        groups.setdefault((part.component.parent, beside), []).append(part)
    for siblings in groups.values():
        columns += [_score(part, frame, "基") for part in siblings if has_base(frame, part)]
        columns += [_score(part, frame, "前") for part in siblings if part.kind == "parts" and part.adjusted]
        columns += [_score(part, frame, "构成") for part in siblings]
    return columns


def _score(part: Part, frame: Frame, step: Literal["基", "前", "构成"]) -> Column:
    """A component on 0–100: its base score without any bonus and penalty (基), before what counts into itself (前), and its score."""

    def value(each: ObjectResult) -> Value:
        found = component_of(each, part.code)
        if found is None or found.score is None:
            return ""
        if step == "前":
            parts = {one.code: one for one in frame.parts}
            return or_blank(reckoned(part, each, parts, frame.lookup, step_of(frame.scheme.settings), base=False))
        return or_blank(found.base_score if step == "基" else found.score)

    def of_lines(refs: Refs, row: int) -> str:
        if part.kind == "tree":
            score, cells = tree_score(part, refs, row)
        else:
            cells, points = (
                refs.span(f"{key}:{part.blocks[0].code}", f"{key}:{part.blocks[-1].code}", row) for key in ("评", "块")
            )
            score = f"100*SUM({points})/SUM({cells})"
        return f'=IF(COUNT({cells})=0,"",{stepped(frame, score)})'

    def after(refs: Refs, row: int) -> str:
        before = refs.here(f"{'前' if part.kind == 'parts' else '基'}:{part.code}", row)
        if not part.adjusted:
            return f'=IF(ISNUMBER({before}),{before},"")'
        claims = refs.typed(f"入:{part.code}", row)
        moved = f"{before}+{claims}"
        clipped = f"MAX(0,MIN(100,{moved}))" if frame.scheme.settings.clip_components else moved
        return f'=IF(ISNUMBER({before}),IF(ISNUMBER({claims}),{clipped},{before}),"")'

    own = of_lines if part.kind in ("lines", "tree") else source_score(part, frame, step == "基")
    moved = part.adjusted if part.kind == "parts" else has_base(frame, part)
    words = {"基": "基础分", "前": "计入加减分前", "构成": "得分（百分制）"}[step]
    formula = after if step == "构成" and moved else own
    return working_column(f"{step}:{part.code}", f"{part.component.name}\n{words}", value, formula)


def _exact(frame: Frame) -> list[Column]:
    settings = frame.scheme.settings
    codes = [part.code for part in frame.counted]
    changed = has_base(frame, frame.counted[0])

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
