"""One period of one assessment, from what was typed to what follows from it: the steps of scheme model 4 in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import HUNDRED, ZERO, round_half_up
from kaohe.core.periods import Period
from kaohe.records.people import Roster, Unit
from kaohe.records.problems import Ledger
from kaohe.records.results import ComponentResult, FieldResult, ObjectResult, Outcome
from kaohe.records.returns import Submission
from kaohe.records.scheme import PeriodRow, Scheme, UnitClass
from kaohe.scoring.adjustments import Adjusted, adjust
from kaohe.scoring.components import Part, base_score, history_part, indicator_part
from kaohe.scoring.derivation import with_figure
from kaohe.scoring.effects import with_effects, with_grades
from kaohe.scoring.leaves import Leaf, score_leaves
from kaohe.scoring.ranks import Key, ranks, ranks_from_end, shared
from kaohe.scoring.rules import rounded


class Scored(msgspec.Struct, frozen=True):
    """One object on its way: its result so far and the pieces that its derivation is built from."""

    result: ObjectResult
    leaves: tuple[Leaf, ...] = ()
    parts: tuple[Part, ...] = ()
    adjusted: Adjusted | None = None


def evaluate(
    scheme: Scheme,
    roster: Roster,
    submissions: Iterable[Submission],
    earlier: tuple[Outcome, ...],
    ledger: Ledger,
    period: Period,
    row: PeriodRow,
    withheld: Mapping[str, tuple[str, ...]],
) -> Outcome:
    """The outcome of a period: one result per unit of the roster, each figure with its derivation.

    `earlier` are outcomes of earlier periods, oldest first (all clocks). `withheld` maps objects that must not be scored to the fault
    codes of the reason; objects without a submission are 未报. Independent of the order of submissions.
    """
    returned = {each.object_code: each for each in submissions}
    same_clock = tuple(each for each in earlier if _clock_of(each) == period.clock)
    scored = [_score(scheme, unit, returned.get(unit.code), earlier, period, withheld) for unit in roster.units]
    fields = _fields(scheme, [each.result for each in scored])
    ranked = _with_ranks(scheme, scored, fields)
    results = [_with_before(each.result, period, same_clock) for each in ranked]
    graded = with_grades(scheme, period.clock, results, same_clock, ledger)
    final = with_effects(
        scheme, period, row, graded, same_clock, ledger, frozenset(f.field for f in fields if not f.complete)
    )
    derived = tuple(
        with_figure(scheme, result, each.parts, each.adjusted) for result, each in zip(final, ranked, strict=True)
    )
    previous = next((each for each in reversed(same_clock) if each.period == str(period.previous)), None)
    return Outcome(scheme.code, str(period), row.reference_date, derived, fields, previous.period if previous else "")


def _clock_of(outcome: Outcome) -> str:
    from kaohe.core.periods import parse_period

    then = parse_period(outcome.period)
    return then.clock if then else ""


def field_of(unit_class: UnitClass | None) -> str | None:
    """The ranking field of a class: its 排名组, else the class itself; None = 不排名."""
    if unit_class is None or unit_class.field is None:
        return None
    return unit_class.field or unit_class.code


def _score(
    scheme: Scheme,
    unit: Unit,
    submission: Submission | None,
    earlier: tuple[Outcome, ...],
    period: Period,
    withheld: Mapping[str, tuple[str, ...]],
) -> Scored:
    """Steps 0–7 for one object."""
    field = field_of(scheme.class_of(unit.unit_class)) or ""
    blank = ObjectResult(unit.code, unit.name, unit.short, unit.unit_class, field)
    if unit.standing == "不参评":
        return Scored(msgspec.structs.replace(blank, status="不参评", eligible="否", reasons=(unit.reason,)))
    if unit.code in withheld:
        return Scored(_held(blank, "存疑", withheld[unit.code]))
    if submission is None:
        return Scored(_held(blank, "未报", ("未报",)))
    leaves = score_leaves(scheme, period.clock, unit.unit_class, submission)
    if leaves is None:
        return Scored(_held(blank, "存疑", ("缺少必填的数",)))
    parts = _parts(scheme, unit, leaves, earlier, period)
    missing = tuple(part.missing for part in parts if part.missing and part.component.counted)
    base, weights = base_score(parts, unit.unit_class, scheme.settings.full_scale)
    if missing or base is None:
        return Scored(_held(blank, "存疑", missing or ("没有可评的指标",)))
    adjusted = adjust(scheme, period.clock, submission)
    total = _bounded(scheme, base + adjusted.bonus - adjusted.penalty)
    result = msgspec.structs.replace(
        blank,
        status="不定等次" if unit.standing == "不定等次" else "正式",
        base_exact=base,
        base=round_half_up(base, scheme.settings.places),
        bonus=adjusted.bonus,
        penalty=adjusted.penalty,
        total_exact=total,
        total=round_half_up(total, scheme.settings.places),
        components=tuple(_component(part, weights, scheme.settings.full_scale) for part in parts),
        leaves=tuple(leaf.result for leaf in leaves),
        losses=tuple(loss for leaf in leaves for loss in leaf.losses),
        adjustments=adjusted.results,
    )
    return Scored(result, leaves, parts, adjusted)


def _held(blank: ObjectResult, status: str, why: tuple[str, ...]) -> ObjectResult:
    return msgspec.structs.replace(blank, status=status, eligible="待定", withheld_for=why)


def _parts(
    scheme: Scheme, unit: Unit, leaves: Sequence[Leaf], earlier: tuple[Outcome, ...], period: Period
) -> tuple[Part, ...]:
    found = []
    for component in scheme.components_at(period.clock):
        if component.origin == "历史期次":
            found.append(history_part(component, unit.code, period, earlier, scheme.settings.full_scale))
        else:
            found.append(indicator_part(scheme, component, unit.unit_class, leaves))
    return tuple(found)


def _component(part: Part, weights: Mapping[str, Fraction], full_scale: Fraction) -> ComponentResult:
    component = part.component
    weight = weights.get(component.code)
    points = None if part.score is None or weight is None else part.score * weight * full_scale / HUNDRED / HUNDRED
    return ComponentResult(
        component.code, component.name, component.counted, weight, part.score, part.score, part.assessable, points
    )


def _bounded(scheme: Scheme, total: Fraction) -> Fraction:
    low, high = scheme.settings.total_min, scheme.settings.total_max
    if low is not None:
        total = max(total, low)
    return min(total, high) if high is not None else total


def _fields(scheme: Scheme, results: Sequence[ObjectResult]) -> tuple[FieldResult, ...]:
    """Each field in the order of its first class; N counts every 参评 object, withheld ones included (step 0a)."""
    found = []
    for field in dict.fromkeys(field_of(each) for each in scheme.classes):
        if field is None:
            continue
        classes = [each for each in scheme.classes if field_of(each) == field]
        members = [each for each in results if each.field == field and each.status not in ("不参评", "不定等次")]
        totals = [each.total_exact for each in members if each.total_exact is not None]
        mean = sum(totals, ZERO) / len(totals) if totals else None
        found.append(
            FieldResult(
                field,
                "、".join(f"{each.code} {each.name}" for each in classes),
                tuple(each.code for each in classes),
                len(members),
                len(totals),
                len(totals) == len(members),
                mean,
                max(totals, default=None),
            )
        )
    return tuple(found)


def _with_ranks(scheme: Scheme, scored: Sequence[Scored], fields: tuple[FieldResult, ...]) -> list[Scored]:
    """Step 8: ranks by total (with the tie-breaks of the scheme) and by component, within each field."""
    settled = {each.result.code: each for each in scored}
    for field in fields:
        members = [each for each in scored if each.result.field == field.field and each.result.status == "正式"]
        keys = {each.result.code: _key(scheme, each.result) for each in members}
        first, last = ranks(keys), ranks_from_end(keys)
        ties = shared(first)
        parts = _component_ranks(scheme, [each.result for each in members])
        for each in members:
            code = each.result.code
            enough = len(members) >= scheme.settings.least_ranked
            result = msgspec.structs.replace(
                each.result,
                rank=first[code] if enough else None,
                rank_last=last[code] if enough else None,
                shared=code in ties,
                field_size=field.size,
                status="正式" if field.complete else "暂定",
                components=tuple(
                    msgspec.structs.replace(
                        part, rank=parts[part.code][0].get(code), rank_last=parts[part.code][1].get(code)
                    )
                    for part in each.result.components
                ),
            )
            settled[code] = msgspec.structs.replace(each, result=result)
    return [settled[each.result.code] for each in scored]


def _key(scheme: Scheme, result: ObjectResult) -> Key:
    """Total first, then the tie-breaks, each so that higher is better."""
    total = result.total if scheme.settings.compare == "舍入值" else result.total_exact
    found = [total or ZERO]
    for name, way in scheme.settings.tie_breaks:
        part = result.component(name.partition(":")[2]) if name.startswith("构成:") else None
        value = {"基础分": result.base_exact, "加分合计": result.bonus, "减分合计": result.penalty}.get(name)
        value = part.score if part is not None else value
        chosen = rounded(scheme, value) if value is not None else ZERO
        found.append(chosen if way == "高" else -chosen)
    return tuple(found)


def _component_ranks(
    scheme: Scheme, members: Sequence[ObjectResult]
) -> dict[str, tuple[dict[str, int], dict[str, int]]]:
    found = {}
    for code in dict.fromkeys(part.code for each in members for part in each.components):
        keys = {
            each.code: (rounded(scheme, part.score),)
            for each in members
            if (part := each.component(code)) is not None and part.score is not None
        }
        found[code] = (ranks(keys), ranks_from_end(keys))
    return found


def _with_before(result: ObjectResult, period: Period, earlier: Sequence[Outcome]) -> ObjectResult:
    previous = next((each for each in reversed(earlier) if each.period == str(period.previous)), None)
    then = previous.of(result.code) if previous else None
    if then is None:
        return result
    return msgspec.structs.replace(result, previous_total=then.total, previous_rank=then.rank)
