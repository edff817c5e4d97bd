"""Lines, components and totals, step by step over the fields, and the result of each object (scheme model 4, steps 1–7).

A field is scored step by step for all its objects, because some lines need the others of the field, and one field may read another.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kaohe.records.derivations import folded
from kaohe.records.figures import Figure
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Component
from kaohe.scheme.order import PART, Step
from kaohe.scoring.components import part_of
from kaohe.scoring.leaves import losses_of, result_of
from kaohe.scoring.line_scores import score_lines
from kaohe.scoring.parts import with_claims
from kaohe.scoring.periods import NO_PERIOD
from kaohe.scoring.progress import Scored
from kaohe.scoring.reading import CIRCLE, NO_RELATED
from kaohe.scoring.rounding import printed
from kaohe.scoring.sources import NO_SCHEME
from kaohe.scoring.standing import NOTHING
from kaohe.scoring.totals import totals_of
from kaohe.scoring.work import Evaluation, Work

#: reasons for which a component beside the total goes without a score, and the object does not
_OF_OTHERS = (NO_PERIOD, NO_RELATED, NO_SCHEME, CIRCLE)


def run_steps(study: Evaluation, steps: Sequence[Step]) -> None:
    """Every step for the objects of its field that are still scored. A component beside the total may be made after the total, which it
    may read; it joins the others at the end."""
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
        if work.is_scored and (work.totals is None or len(work.totals.components) < len(work.parts)):
            _total(study, work)


def _component(study: Evaluation, code: str, members: Sequence[Work]) -> None:
    by_class = {name: part for name, parts in study.components.items() for part in parts if part.code == code}
    mine = [(work, by_class[work.who.unit_class]) for work in members if work.who.unit_class in by_class]
    if mine and mine[0][1].origin == "指标评分":
        score_lines(study, code, [work for work, _ in mine])
    settings = study.setup.scheme.settings
    for work, component in mine:
        if not work.is_scored:
            continue
        part = part_of(component, work, study)
        if work.adjusted.claims:
            part = with_claims(part, work.adjusted.of_component(code), settings)
        # The tree below a component is most of what an object holds, and nothing reads it before the object is explained.
        work.parts[code] = msgspec.structs.replace(part, figure=folded(part.figure))
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


def _total(study: Evaluation, work: Work) -> None:
    """A class without a counted component has no total, and withholds nobody for it."""
    mine = study.components[work.who.unit_class]
    parts = [work.parts[part.code] for part in mine if part.code in work.parts]
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
