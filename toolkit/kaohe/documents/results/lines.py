"""Points of lines in formulas: leaves as inputs in 数据 or as formulas beside each other in 结果, and what a level-1 node of them sums up to.

A block is a level-1 node with all its leaves. Where each line is worth its own marks, blocks are all that a component needs; where weights
combine lines, or what does not apply is spread at every node, `results_tree` goes on from the leaves.
"""

from __future__ import annotations

from fractions import Fraction

from kaohe.documents import book_styles as looks
from kaohe.documents.printed import number as shown
from kaohe.documents.results.grid import Column, Refs, working_column
from kaohe.documents.results.model import Block, Frame, or_blank, stepped, stepwise
from kaohe.documents.results.names import full_name
from kaohe.records.books import Value
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Indicator


def leaf_cell(block: Block, leaf: str, refs: Refs, row: int) -> str:
    """The cell with a leaf's points."""
    return refs.here(f"叶:{leaf}", row) if block.copied else refs.typed(f"分:{leaf}", row)


def leaves_span(block: Block, refs: Refs, row: int) -> str:
    """The neighbouring cells with the points of a block's leaves."""
    first, last = block.leaves[0].code, block.leaves[-1].code
    if block.copied:
        return refs.span(f"叶:{first}", f"叶:{last}", row)
    return refs.typed_span(f"分:{first}", f"分:{last}", row)


def copied_leaf(leaf: Indicator, frame: Frame) -> Column:
    """A leaf of 数据 beside the leaves that are formulas."""

    def formula(refs: Refs, row: int) -> str:
        cell = refs.typed(f"分:{leaf.code}", row)
        return f'=IF(ISNUMBER({cell}),{cell},"")'

    return working_column(
        f"叶:{leaf.code}", f"{leaf.code}\n{leaf.name}", lambda each: points_of(frame, leaf, each), formula, "points"
    )


def points_of(frame: Frame, leaf: Indicator, each: ObjectResult) -> Value:
    """The program's points of a leaf; "" where it does not apply."""
    found = frame.sums[each.code].leaves.get(leaf.code)
    return or_blank(found.points if found else None)


def block_column(block: Block, frame: Frame, working: bool = False) -> Column:
    """Points of a level-1 node: the sum of its leaves; blank where none applies."""
    by_class = (
        sum((frame.full_of(leaf.code, each.code) or Fraction(0) for leaf in block.leaves), Fraction(0))
        for each in frame.classes
    )
    full = "/".join(shown(each) for each in dict.fromkeys(by_class) if each)

    def formula(refs: Refs, row: int) -> str:
        span = leaves_span(block, refs, row)
        return f'=IF(COUNT({span})=0,"",{stepped(frame, f"SUM({span})")})'

    def value(each: ObjectResult) -> Value:
        return or_blank(stepwise(frame, frame.sums[each.code].points(block.code)))

    return Column(
        f"块:{block.code}",
        f"{looks.balanced(block.name, 8.5)}\n满分 {full or '0'}",
        value,
        formula,
        "points",
        8.5,
        working,
    )


def assessable_column(block: Block, frame: Frame) -> Column:
    """Full marks of those leaves of a level-1 node that apply."""

    def value(each: ObjectResult) -> Value:
        return or_blank(frame.sums[each.code].assessable(block.code))

    def formula(refs: Refs, row: int) -> str:
        span = leaves_span(block, refs, row)
        marks = f"SUMPRODUCT(ISNUMBER({span})*INDEX({full_name(block.code)},{refs.here('类序', row)},0))"
        return f'=IF(COUNT({span})=0,"",{marks})'

    return working_column(f"评:{block.code}", f"可评满分\n{block.name}", value, formula, "points")


def lost_column(frame: Frame) -> Column:
    """Marks lost on all lines, also those of components with a score of their own: what 扣分 must add up to."""
    first, last = f"评:{frame.blocks[0].code}", f"评:{frame.blocks[-1].code}"
    codes = tuple(block.code for block in frame.blocks)

    def value(each: ObjectResult) -> Value:
        sums = frame.sums[each.code]
        return or_blank(sums.lost_on(codes)) if sums.nodes else ""

    def formula(refs: Refs, row: int) -> str:
        points = ",".join(leaves_span(block, refs, row) for block in frame.blocks)
        span = refs.span(first, last, row)
        return f'=IF(COUNT({span})=0,"",ROUND(SUM({span})-SUM({points}),净位))'

    return working_column("各项失分", "各项失分\n（含单独计分）", value, formula, "points")
