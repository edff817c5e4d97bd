"""Bonus and penalty: only what is confirmed and proved counts, each matter once, up to its caps (scheme model 4, step 6)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec

from kaohe.core.exact import ZERO, plain
from kaohe.core.periods import Clock
from kaohe.records.results import AdjustmentResult, Figure
from kaohe.records.returns import Claim, Submission
from kaohe.records.scheme import Adjustment, Scheme
from kaohe.scoring.methods import number_part, text_part

CONFIRMED = "已确认"


class Adjusted(msgspec.Struct, frozen=True):
    """All claims of one object with what each brought, and the two sums."""

    results: tuple[AdjustmentResult, ...]
    bonus: Fraction
    penalty: Fraction
    figures: tuple[Figure, ...]


def adjust(scheme: Scheme, clock: Clock, submission: Submission) -> Adjusted:
    """Bonus: caps per item, per category, in total, in the order of the rows; penalties have their own subtotal."""
    items = {each.code: each for each in scheme.adjustments_at(clock) if each.nature != "事项"}
    best = _best_by_reference(submission.claims, items)
    used: dict[str, Fraction] = {}
    results, figures = [], []
    for claim in submission.claims:
        item = items.get(claim.item)
        if item is None:
            continue
        points, why = _worth(claim, item, best)
        for key, cap, words in _caps(scheme, item):
            room = cap - used.get(key, ZERO)
            if points > room:
                points, why = max(room, ZERO), f"{words}上限 {plain(cap)}"
        for key, _, _ in _caps(scheme, item):
            used[key] = used.get(key, ZERO) + points
        nature: Literal["加分", "减分"] = "加分" if item.nature == "加分" else "减分"
        results.append(
            AdjustmentResult(
                item.code,
                item.name,
                nature,
                claim.matter.value,
                claim.claimed.value if claim.claimed else None,
                claim.verified.value if claim.verified else None,
                points,
                why,
                claim.source,
            )
        )
        figures.append(_figure(claim, item, points, why))
    bonus = sum((each.counted for each in results if each.nature == "加分"), ZERO)
    penalty = sum((each.counted for each in results if each.nature == "减分"), ZERO)
    return Adjusted(tuple(results), bonus, penalty, tuple(figures))


def _best_by_reference(claims: tuple[Claim, ...], items: dict[str, Adjustment]) -> dict[str, str]:
    """For each document or matter number the row that counts: the same matter counts once, at its highest (就高)."""
    best: dict[str, tuple[Fraction, str]] = {}
    for claim in claims:
        if (
            claim.reference is None
            or claim.item not in items
            or claim.decision is None
            or claim.decision.value != CONFIRMED
        ):
            continue
        value = claim.verified.value if claim.verified else ZERO
        known = best.get(claim.reference.value)
        if known is None or value > known[0]:
            best[claim.reference.value] = (value, claim.number)
    return {reference: number for reference, (_, number) in best.items()}


def _worth(claim: Claim, item: Adjustment, best: dict[str, str]) -> tuple[Fraction, str]:
    if claim.decision is None or claim.decision.value != CONFIRMED:
        return ZERO, "未确认，不计"
    if item.needs_evidence and claim.evidence is None:
        return ZERO, "没有佐证，不计"
    if claim.reference is not None and best.get(claim.reference.value, claim.number) != claim.number:
        return ZERO, "同一事项只计一次，就高"
    return (claim.verified.value if claim.verified else ZERO), ""


def _caps(scheme: Scheme, item: Adjustment) -> list[tuple[str, Fraction, str]]:
    """The caps that apply to an item: (key, cap, words), the narrowest first."""
    found = []
    if item.cap is not None:
        found.append((f"项:{item.code}", item.cap, "本项"))
    if item.category and item.category_cap is not None:
        found.append((f"类:{item.category}", item.category_cap, "同类"))
    if item.nature == "加分" and scheme.settings.bonus_cap is not None:
        found.append(("加分", scheme.settings.bonus_cap, "加分合计"))
    return found


def _figure(claim: Claim, item: Adjustment, points: Fraction, why: str) -> Figure:
    value = points if item.nature == "加分" else -points
    parts = [text_part("事项", claim.matter)]
    if claim.verified is not None:
        parts.append(number_part("核定分", claim.verified))
    if claim.decision is not None:
        parts.append(text_part("核定", claim.decision))
    label = f"{item.code} {item.name}"
    return Figure(
        f"{item.nature}:{item.code}:{claim.number}",
        label,
        value,
        plain(value),
        why or "已确认",
        "",
        claim.source,
        claim.item,
        tuple(parts),
    )
