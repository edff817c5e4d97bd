"""Lines, components and totals, step by step over the fields, and the result of each object (scheme model 4, steps 1–7).

A field is scored step by step for all its objects, because some lines need the others of the field, and one field may read another.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.records.results import Figure, ObjectResult
from kaohe.records.scheme import Component
from kaohe.scheme.order import PART, Step, read_of
from kaohe.scoring.components import NO_PERIOD, part_of
from kaohe.scoring.leaves import (
    Leaf,
    losses_of,
    result_of,
    score_leaves,
    shares_of_full,
    takes_mean,
    with_means,
    with_zeros,
)
from kaohe.scoring.lines import Line, Placed, Quoted, Typed
from kaohe.scoring.parts import with_claims
from kaohe.scoring.progress import Scored
from kaohe.scoring.ranks import places
from kaohe.scoring.reading import CIRCLE, NO_RELATED, found_for
from kaohe.scoring.rounding import printed
from kaohe.scoring.sources import NO_FACT, NO_SCHEME
from kaohe.scoring.standing import BLANK, NO_MEAN, NOTHING
from kaohe.scoring.totals import totals_of
from kaohe.scoring.work import Evaluation, Work

#: reasons for which a component beside the total goes without a score, and the object does not
_OF_OTHERS = (NO_PERIOD, NO_RELATED, NO_SCHEME, CIRCLE)


def run_steps(study: Evaluation, steps: Sequence[Step]) -> None:
    """Every step for the objects of its field that are still scored."""
    fields: dict[str, list[Work]] = {}
    for work in study.works.values():
        fields.setdefault(work.who.group, []).append(work)
    for step in steps:
        members = fields.get(step.field, [])
        kind, _, code = step.figure.partition(":")
        if kind == PART:
            _component(study, code, members)
        else:
            for work in members:
                if work.is_scored:
                    _total(study, work)
    for work in study.works.values():
        if work.is_scored and work.totals is None:
            _total(study, work)


def _component(study: Evaluation, code: str, members: Sequence[Work]) -> None:
    by_class = {name: part for name, parts in study.components.items() for part in parts if part.code == code}
    mine = [(work, by_class[work.who.unit_class]) for work in members if work.who.unit_class in by_class]
    if mine and mine[0][1].origin == "指标评分":
        _lines(study, code, [work for work, _ in mine])
    settings = study.setup.scheme.settings
    for work, component in mine:
        if not work.is_scored:
            continue
        part = part_of(component, work, study)
        if work.adjusted.claims:
            part = with_claims(part, work.adjusted.of_component(code), settings)
        work.parts[code] = part
        if part.missing and _withholds(study, work, component, part.missing):
            work.withhold("存疑", part.missing)


def _withholds(study: Evaluation, work: Work, component: Component, code: str) -> bool:
    """A blank always withholds; what is missing elsewhere only where the component counts, also through the one above it."""
    if code not in _OF_OTHERS:
        return True
    above = {part.code: part for part in study.components[work.who.unit_class]}
    while component.counted and component.parent:
        component = above[component.parent]
    return component.counted


def _lines(study: Evaluation, code: str, members: Sequence[Work]) -> None:
    """The leaves of a component for all objects of a field: places by value first, means of lines that do not apply last."""
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
    return NO_FACT if any(work.typed[line.code].target is None for line in lines) else BLANK


def _quote(study: Evaluation, work: Work, code: str) -> bool:
    """Puts in the figures that lines take from elsewhere; whether all are there."""
    lines = [line for line in work.tree.leaves_of[code] if line.indicator.method == "引用"]
    if not lines:
        return True
    typed = dict(work.typed)
    for line in lines:
        found = found_for(study, work, read_of(line.indicator.reference))
        if found.missing:
            work.withhold("存疑", found.missing)
            return False
        typed[line.code] = msgspec.structs.replace(
            typed.get(line.code, Typed()), quoted=Quoted(found.value, found.figure)
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


def _total(study: Evaluation, work: Work) -> None:
    """A class without a counted component has no total, and withholds nobody for it."""
    mine = study.components[work.who.unit_class]
    parts = tuple(work.parts[part.code] for part in mine if part.code in work.parts)
    if len(parts) < len(mine):
        work.withhold("存疑", CIRCLE)
        return
    work.totals = totals_of(parts, work.adjusted, work.who.unit_class, study.setup.scheme.settings)
    if work.totals.total is None and any(part.component.counted and not part.component.parent for part in parts):
        work.withhold("存疑", NOTHING)


def scored(study: Evaluation, work: Work) -> Scored:
    """The object as ranks, grades and rules see it."""
    who, totals = work.who, work.totals
    ratings = tuple(rated.result for rated in work.ratings.values())
    then = study.setup.previous.of(who.code) if study.setup.previous else None
    result = ObjectResult(
        code=who.code,
        name=who.name,
        short=who.short,
        unit_class=who.unit_class,
        field=who.field,
        object=who.object,
        status=work.status,
        eligible="待定"
        if work.status in ("存疑", "未报")
        else "是"
        if work.is_scored and work.status == "正式"
        else "否",
        reasons=(who.reason,) if who.reason and work.status in ("不参评", "不定等次") else (),
        previous_total=then.total if then else None,
        previous_rank=then.rank if then else None,
        withheld_for=work.codes or (),
        ratings=ratings,
    )
    if not work.is_scored or totals is None:
        return Scored(who, result)
    settings = study.setup.scheme.settings
    leaves = tuple(work.leaves[line.code] for line in work.tree.leaves if line.code in work.leaves)
    result = msgspec.structs.replace(
        result,
        base_exact=totals.base,
        base=None if totals.base is None else printed(settings, totals.base),
        bonus=totals.bonus,
        penalty=totals.penalty,
        total_exact=totals.total,
        total=None if totals.total is None else printed(settings, totals.total),
        components=totals.components,
        leaves=tuple([result_of(leaf) for leaf in leaves]),
        losses=tuple([loss for leaf in leaves for loss in losses_of(leaf)]),
        adjustments=work.adjusted.results,
        daily=work.daily,
        tasks=work.tasks,
    )
    return Scored(
        who,
        result,
        work.nodes,
        msgspec.structs.replace(totals, beside=(*totals.beside, *_unread(work))),
        reads=frozenset(work.reads),
    )


def _unread(work: Work) -> tuple[Figure, ...]:
    """Ratings that entered no component: they stand beside the total."""
    return tuple(rated.figure for code, rated in work.ratings.items() if code not in work.embedded)
