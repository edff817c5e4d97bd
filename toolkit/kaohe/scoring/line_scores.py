"""The lines of one component for all objects of a field (scheme model 4, steps 1 and 2): figures that lines take from elsewhere and places
by value first, means of lines that do not apply last."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.scheme.order import read_of
from kaohe.scoring.leaves import (
    NOTHING_TYPED,
    Leaf,
    score_leaves,
    shares_of_full,
    takes_mean,
    with_means,
    with_zeros,
)
from kaohe.scoring.lines import Line, Placed, Quoted, Typed
from kaohe.scoring.ranks import places
from kaohe.scoring.reading import found_for
from kaohe.scoring.sources import NO_FACT
from kaohe.scoring.standing import BLANK, NO_MEAN
from kaohe.scoring.work import Evaluation, Work


def score_lines(study: Evaluation, code: str, members: Sequence[Work]) -> None:
    """Puts the leaves of a component into every object of a field that is still scored, or says why it is not."""
    settings = study.setup.scheme.settings
    trees = {work.who.unit_class: work.tree for work in members}
    known = [line for tree in trees.values() for line in tree.leaves_of.get(code, ())]
    quotes = any(line.indicator.method == "引用" for line in known)
    _rank_values(study, known, members)
    for work in members:
        lines = work.tree.leaves_of.get(code, ())
        if not work.is_scored or not lines or (quotes and not _quote(study, work, code)):
            continue
        leaves = score_leaves(lines, work.typed, settings)
        if leaves is None:
            work.withhold("存疑", _why_blank(work, code))
            continue
        for leaf in with_zeros(work.tree, leaves):
            work.leaves[leaf.line.code] = leaf
            if leaf.of_field:
                work.reads.add(work.who.group)
    if any(takes_mean(line, settings) for line in known):
        _fill_means(study, code, members)


def _why_blank(work: Work, code: str) -> str:
    """A target that stands in 资料 and is not there has a reason of its own."""
    lines = [line for line in work.tree.leaves_of[code] if line.indicator.target_from.startswith("资料:")]
    return NO_FACT if any(_lacks_target(work.typed[line.code]) for line in lines) else BLANK


def _lacks_target(typed: Typed) -> bool:
    return typed.target is None and not typed.is_away


def _quote(study: Evaluation, work: Work, code: str) -> bool:
    """Puts in the figures that lines take from elsewhere; whether all are there."""
    lines = [line for line in work.tree.leaves_of[code] if line.indicator.method == "引用"]
    if not lines:
        return True
    typed = dict(work.typed)
    for line in lines:
        if typed.get(line.code, NOTHING_TYPED).is_away:
            continue
        found = found_for(study, work, read_of(line.indicator.reference))
        if found.missing:
            work.withhold("存疑", found.missing)
            return False
        typed[line.code] = msgspec.structs.replace(
            typed.get(line.code, NOTHING_TYPED), quoted=Quoted(found.value, found.figure)
        )
    work.typed = typed
    return True


def _rank_values(study: Evaluation, known: Sequence[Line], members: Sequence[Work]) -> None:
    """排名赋分 by value: places among the 参评 objects with a value on the line; 不定等次 get the place that they would have."""
    wanted = {
        line.code: line.indicator.direction
        for line in known
        if line.indicator.method == "排名赋分" and line.indicator.place_rule == "按值"
    }
    for line, direction in wanted.items():
        values: dict[str, tuple[Fraction]] = {}
        rest: dict[str, tuple[Fraction]] = {}
        for work in members:
            typed = work.typed.get(line)
            if (
                not work.is_scored
                or typed is None
                or typed.is_away
                or typed.score is None
                or typed.score.actual is None
            ):
                continue
            value = typed.score.actual.value
            key = (-value if direction == "低优" else value,)
            (values if work.who.standing == "参评" else rest)[work.who.code] = key
        found = places(values)
        for name in values:
            _put_place(study.works[name], line, Placed(found[name].rank, len(values)))
        for name, key in rest.items():
            _put_place(study.works[name], line, Placed(1 + sum(one > key for one in values.values()), len(values)))


def _put_place(work: Work, line: str, placed: Placed) -> None:
    work.typed = {**work.typed, line: msgspec.structs.replace(work.typed[line], placed=placed)}


def _fill_means(study: Evaluation, code: str, members: Sequence[Work]) -> None:
    """Lines that do not apply and take the mean, filled from the 参评 objects of the same field that were scored on them."""
    settings = study.setup.scheme.settings
    there = [(work, _mine(work, code)) for work in members if work.is_scored]
    if not any(leaf.given is None and takes_mean(leaf.line, settings) for _, leaves in there for leaf in leaves):
        return
    means = shares_of_full(leaves for work, leaves in there if work.who.standing == "参评")
    for work, leaves in there:
        filled = with_means(leaves, means, settings)
        if filled is None:
            work.withhold("存疑", NO_MEAN)
            continue
        for leaf in filled:
            work.leaves[leaf.line.code] = leaf
            if leaf.of_field:
                work.reads.add(work.who.group)


def _mine(work: Work, code: str) -> list[Leaf]:
    return [work.leaves[line.code] for line in work.tree.leaves_of.get(code, ())]
