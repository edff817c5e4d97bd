"""Bonus and penalty (scheme model 4, step 6): only what is confirmed and proved counts, one matter once, each up to its caps.

Caps act in the order of the rows: per case (每例上限 × 次数), per item, per category, then all bonuses together. Penalties have their
own subtotal, which no cap of the bonuses touches. Items that count into a component act on its score and stay out of the two sums. Items
that the ledger counts (计数来源 台账:…) bring 每例上限 a case without a claim, after the rows, in the order of the scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

import msgspec

from kaohe.core.exact import ZERO
from kaohe.core.periods import Clock
from kaohe.records.figures import Figure
from kaohe.records.problems import Ledger, Problem
from kaohe.records.results import AdjustmentResult
from kaohe.records.returns import Claim, Deduction, Submission
from kaohe.records.rules import Adjustment
from kaohe.records.scheme import Scheme
from kaohe.scoring.shown import marks, number_part, text_part

CONFIRMED = "已确认"


#: 计数来源 → the problems of an object that it counts, and how they are called
LEDGER: Mapping[str, tuple[Callable[[Ledger, str], tuple[Problem, ...]], str]] = {
    "台账:逾期数": (Ledger.overdue_of, "逾期未销号问题"),
    "台账:复发数": (Ledger.relapses_of, "复发问题"),
}


class Counted(msgspec.Struct, frozen=True, gc=False):
    """An item with what it brought: `points` ≥ 0 after caps, `why` says what was cut or refused. `claim` None = the ledger counted, and
    `problems` are what it counted."""

    claim: Claim | None
    item: Adjustment
    points: Fraction
    why: str
    problems: tuple[Problem, ...] = ()

    @property
    def component(self) -> str:
        """Code of the component that it counts into; "" = the total."""
        return self.item.into.removeprefix("构成:") if self.item.into.startswith("构成:") else ""

    @property
    def signed(self) -> Fraction:
        """Bonuses up, penalties down."""
        return -self.points if self.item.nature == "减分" else self.points


class Adjusted(msgspec.Struct, frozen=True, gc=False):
    """All claims of one object."""

    claims: tuple[Counted, ...] = ()

    def of_total(self, nature: str) -> tuple[Counted, ...]:
        """Those that count into the total, of one nature (加分 or 减分)."""
        return tuple(each for each in self.claims if each.item.nature == nature and not each.component)

    def of_component(self, code: str) -> tuple[Counted, ...]:
        """Those that count into a component."""
        return tuple(each for each in self.claims if each.component == code)

    @property
    def results(self) -> tuple[AdjustmentResult, ...]:
        """One result a claim, in the order of the rows, then what the ledger counted."""
        return tuple(_result(each) for each in self.claims)


class _Cap(NamedTuple):
    key: str
    limit: Fraction
    words: str


def adjust(
    scheme: Scheme, clock: Clock, submission: Submission | None, ledger: Ledger | None = None, code: str = ""
) -> Adjusted:
    """What the claims of one object bring at a clock, and the ledger's counts for the object `code`; an item that the clock does not have
    brings nothing and is left out."""
    items = {each.code: each for each in scheme.adjustments_at(clock) if each.nature != "事项"}
    claims = submission.claims if submission is not None else ()
    rows = [(claim, items[claim.item]) for claim in claims if claim.item in items]
    best = _best(rows)
    purse = _Purse(scheme, tuple(items.values()))
    found = []
    for claim, item in rows:
        points, why = _worth(claim, item)
        if not why and (other := best.get(_matter(claim, item), claim.number)) != claim.number:
            points, why = ZERO, f"与第{other}条同一事项，只计一次，就高"
        points, why = purse.take(item, points, why)
        if item.nature == "减分" and points and scheme.settings.double_penalty == "提示":
            why = _joined(why, _twice(claim, submission.deductions if submission else ()))
        found.append(Counted(claim, item, points, why))
    for item in items.values() if ledger is not None else ():
        if item.counted_from in LEDGER and ledger is not None:
            problems = LEDGER[item.counted_from][0](ledger, code)
            if problems:
                points, why = purse.take(item, _each(item) * len(problems), "")
                found.append(Counted(None, item, points, why, problems))
    return Adjusted(tuple(found))


class _Purse:
    """The caps and what is left of them, while the rows are gone through."""

    def __init__(self, scheme: Scheme, items: Sequence[Adjustment]) -> None:
        self._scheme, self._items = scheme, items
        self._used: dict[str, Fraction] = {}

    def take(self, item: Adjustment, points: Fraction, why: str) -> tuple[Fraction, str]:
        """What the caps of an item leave of its points, and why."""
        caps = _caps(self._scheme, item, self._items)
        for cap in caps:
            room = max(cap.limit - self._used.get(cap.key, ZERO), ZERO)
            if points > room:
                points, why = room, _joined(why, f"{cap.words}上限 {marks(cap.limit)}")
        for cap in caps:
            self._used[cap.key] = self._used.get(cap.key, ZERO) + points
        return points, why


def _each(item: Adjustment) -> Fraction:
    """Points of one case that the ledger counts: 每例上限, which the scheme check wants equal to 每例下限."""
    return item.most if item.most is not None else item.least or ZERO


def sum_of(claims: Sequence[Counted]) -> Fraction:
    """Their points, signed."""
    return sum((each.signed for each in claims), ZERO)


def figure_of(each: Counted) -> Figure:
    """The derivation of one claim, down to the cells; of a count of the ledger, down to the problems."""
    claim, item = each.claim, each.item
    label = f"{item.code} {item.name}"
    if claim is None:
        parts = tuple(
            Figure("问题", f"问题 {problem.problem_id}", None, problem.fact, source=problem.source, typed=problem.fact)
            for problem in each.problems
        )
        how = _joined(f"{_matter_of(each)} × {marks(_each(item))}", each.why)
        key = f"{item.nature}:{item.code}"
        return Figure(key, label, each.signed, marks(each.signed), how, source=item.source, parts=parts)
    parts = (text_part("事项", claim.matter),)
    if claim.reference is not None:
        parts += (text_part("文号或事项编号", claim.reference),)
    if claim.evidence is not None:
        parts += (text_part("佐证", claim.evidence),)
    if claim.verified is not None:
        parts += (number_part("核定分", claim.verified),)
    if claim.decision is not None:
        parts += (text_part("核定", claim.decision),)
    return Figure(
        f"{item.nature}:{item.code}:{claim.number}",
        label,
        each.signed,
        marks(each.signed),
        each.why or "已确认",
        source=claim.source,
        typed=claim.item,
        parts=parts,
    )


def _matter_of(each: Counted) -> str:
    """`逾期未销号问题 2 个`, or what the claim says."""
    if each.claim is not None:
        return each.claim.matter.value
    return f"{LEDGER[each.item.counted_from][1]} {len(each.problems)} 个"


def _joined(first: str, second: str) -> str:
    return "；".join(part for part in (first, second) if part)


def _matter(claim: Claim, item: Adjustment) -> tuple[str, str]:
    """Nature and document; the document is "" where the claim names none."""
    return item.nature, claim.document


def _best(rows: Sequence[tuple[Claim, Adjustment]]) -> Mapping[tuple[str, str], str]:
    """By matter: the row that counts, the highest of those that could (就高), the first among equals."""
    best: dict[tuple[str, str], tuple[Fraction, str]] = {}
    for claim, item in rows:
        points, why = _worth(claim, item)
        matter = _matter(claim, item)
        if matter[1] and not why and (matter not in best or points > best[matter][0]):
            best[matter] = (points, claim.number)
    return {matter: number for matter, (_, number) in best.items()}


def _worth(claim: Claim, item: Adjustment) -> tuple[Fraction, str]:
    """Points before caps, and why there are none."""
    if item.counted_from in LEDGER:
        return ZERO, "由台账计数，填报不计"
    if claim.decision is None or claim.decision.value != CONFIRMED:
        return ZERO, "未确认，不计"
    if claim.verified is None:
        return ZERO, "没有核定分，不计"
    if item.needs_evidence and claim.evidence is None:
        return ZERO, "没有佐证，不计"
    most = None if item.most is None else item.most * (claim.count.value if claim.count else 1)
    return (claim.verified.value if most is None else min(claim.verified.value, most)), ""


def _caps(scheme: Scheme, item: Adjustment, items: Sequence[Adjustment]) -> tuple[_Cap, ...]:
    """The caps of an item, the narrowest first. A category's cap may stand in the row of one of its items only."""
    found = []
    if item.cap is not None:
        found.append(_Cap(f"项:{item.code}", item.cap, "本项"))
    stated = [
        each.category_cap
        for each in items
        if each.category == item.category and each.nature == item.nature and each.category_cap is not None
    ]
    if item.category and stated:
        found.append(_Cap(f"类:{item.nature}:{item.category}", min(stated), f"“{item.category}”"))
    if item.nature == "加分" and not item.into.startswith("构成:") and scheme.settings.bonus_cap is not None:
        found.append(_Cap("加分", scheme.settings.bonus_cap, "加分合计"))
    return tuple(found)


def _twice(claim: Claim, deductions: Sequence[Deduction]) -> str:
    """Says that a penalty names the same document as a deduction: one matter punished twice (一事两罚 = 提示)."""
    if claim.reference is None:
        return ""
    number = "".join(claim.reference.value.split())
    rows = [row.number for row in deductions if row.evidence and number in "".join(row.evidence.value.split())]
    return f"与扣分第{'、'.join(rows)}条依据相同，请核对是否一事两罚" if rows else ""


def _result(each: Counted) -> AdjustmentResult:
    nature: Literal["加分", "减分"] = "减分" if each.item.nature == "减分" else "加分"
    claim = each.claim
    return AdjustmentResult(
        item=each.item.code,
        name=each.item.name,
        nature=nature,
        matter=_matter_of(each),
        claimed=claim.claimed.value if claim and claim.claimed else None,
        verified=claim.verified.value if claim and claim.verified else None,
        counted=each.points,
        why=each.why,
        source=claim.source if claim else each.item.source,
    )
