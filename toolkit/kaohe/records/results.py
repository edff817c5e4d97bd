"""Results: every figure with its derivation, and what follows from it for each assessed object.

`gc=False`: these values hold no cycles, and an evaluation of many thousand objects makes millions of them; the collector that would
walk them all took a third of its time.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import cached_property
from typing import ClassVar, Literal

import msgspec

from kaohe.core.cells import Source
from kaohe.core.exact import ZERO
from kaohe.core.faults import Fault
from kaohe.records.derivations import Derivation
from kaohe.records.figures import Figure
from kaohe.records.rated import RatingResult
from kaohe.records.shares import Shares, shares_in

Status = Literal["正式", "暂定", "存疑", "未报", "不参评", "不定等次"]


class LeafResult(msgspec.Struct, frozen=True, gc=False):
    """Points on one leaf. `points` None = not applicable (`applicable` False). `source`: the one typed cell, or None where several
    cells made it. `lost` = full − points."""

    indicator: str
    component: str
    full: Fraction
    points: Fraction | None
    applicable: bool = True
    source: Source | None = None

    @property
    def lost(self) -> Fraction:
        """Marks lost on this line; 0 where it does not apply."""
        # Full marks are mostly one and the same number in both places.
        return ZERO if self.points is None or self.points is self.full else self.full - self.points


class Loss(msgspec.Struct, frozen=True, gc=False):
    """One row of the form that is a problem, with the marks it really cost (after caps, floors and zero rules; several rows of one
    capped case share the cap in their order, so the losses of a leaf add up to full − points)."""

    indicator: str
    case: str
    count: Fraction
    asked: Fraction
    lost: Fraction
    fact: str
    evidence: str
    kind: str
    severity: str
    problem_id: str
    clause: str
    source: Source


class DailyResult(msgspec.Struct, frozen=True, gc=False):
    """One dated entry of 日常积分, signed. `problem_id` "" where it is no problem."""

    component: str
    number: str
    day: str
    points: Fraction
    reason: str
    clause: str
    problem_id: str
    source: Source


class TaskResult(msgspec.Struct, frozen=True, gc=False):
    """One task of the period with its marks and the points given for it."""

    number: str
    name: str
    marks: Fraction
    points: Fraction
    source: Source


class Decided(msgspec.Struct, frozen=True, gc=False):
    """The committee's decision on an object's grade: it stands beside the computed one. `note` says a breach (突破比例，须报批), or why the
    line is doubtful; then `adopted` is False and the computed grade stands."""

    grade: str
    reason: str
    decided_by: str
    note: str
    source: Source
    adopted: bool = True


class ComponentResult(msgspec.Struct, frozen=True, gc=False):
    """A component: `score` on 0–100 unrounded (None = not applicable or withheld), `base_score` before adjustments into it,
    `assessable` full marks, `points` = weight × score on the total's scale (None where it does not count), rank in its field."""

    code: str
    name: str
    counted: bool
    weight: Fraction | None
    score: Fraction | None
    base_score: Fraction | None
    assessable: Fraction | None
    points: Fraction | None
    rank: int | None = None
    rank_last: int | None = None
    origin: str = ""  # 来源
    parent: str = ""  # 上级构成


class AdjustmentResult(msgspec.Struct, frozen=True, gc=False):
    """A claim and what it brought: `counted` after verification and caps, `why` says what was cut or refused."""

    item: str
    name: str
    nature: Literal["加分", "减分"]
    matter: str
    claimed: Fraction | None
    verified: Fraction | None
    counted: Fraction
    why: str
    source: Source


class Consequence(msgspec.Struct, frozen=True, gc=False):
    """A rule that fired: effect with amount (绩效加减), target (去向), month, and the reason with its clause."""

    rule: str
    effect: str
    parameter: str
    amount: Fraction | None
    target: str
    month: str
    reason: str
    clause: str
    soft: bool = False
    provisional: bool = False


class ObjectResult(msgspec.Struct, frozen=True, gc=False):
    """One assessed object. base, total: exact, unrounded; `total` is what is printed and ranked (rounded once). None = withheld.

    `rank` counts from the best, `rank_last` from the end, within `field_size` objects; `shared` = the rank is shared.
    `boards` are board names. `reasons` are the printed reasons of bars and rules in the order of the rule numbers.
    """

    code: str
    name: str
    short: str
    unit_class: str
    field: str
    object: Literal["单位", "人员"] = "单位"
    status: Status = "正式"
    base_exact: Fraction | None = None
    base: Fraction | None = None
    bonus: Fraction = Fraction(0)
    penalty: Fraction = Fraction(0)
    total_exact: Fraction | None = None
    total: Fraction | None = None
    rank: int | None = None
    rank_last: int | None = None
    field_size: int = 0
    shared: bool = False
    grade_computed: str = ""
    grade: str = ""
    eligible: str = "是"
    reasons: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    components: tuple[ComponentResult, ...] = ()
    leaves: tuple[LeafResult, ...] = ()
    losses: tuple[Loss, ...] = ()
    adjustments: tuple[AdjustmentResult, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    previous_total: Fraction | None = None
    previous_rank: int | None = None
    derivation: Derivation | None = msgspec.field(default=None, name="figure")
    withheld_for: tuple[str, ...] = ()  # fault codes or 未报
    ratings: tuple[RatingResult, ...] = ()
    daily: tuple[DailyResult, ...] = ()
    tasks: tuple[TaskResult, ...] = ()
    decided: Decided | None = None

    @property
    def figure(self) -> Figure | None:
        """The tree of the derivation, read for whoever asks; None for a withheld object."""
        return self.derivation.figure if self.derivation is not None else None

    def component(self, code: str) -> ComponentResult | None:
        """The result of a component, or None."""
        for each in self.components:  # a plain loop: rules ask this for every object
            if each.code == code:
                return each
        return None

    def rating(self, instrument: str) -> RatingResult | None:
        """The result on a rating instrument, or None."""
        return next((each for each in self.ratings if each.instrument == instrument), None)

    def leaf(self, indicator: str) -> LeafResult | None:
        """The result of a leaf, or None."""
        return next((each for each in self.leaves if each.indicator == indicator), None)


class FieldResult(msgspec.Struct, frozen=True):
    """A field: the objects ranked together. `complete` = nobody of it is withheld; mean and best over those with a total (exact)."""

    field: str
    name: str
    classes: tuple[str, ...]
    size: int
    scored: int
    complete: bool
    mean: Fraction | None
    best: Fraction | None


class Outcome(msgspec.Struct, frozen=True, dict=True):
    """Everything that one period decided. `before` is the previous period's manifest mark ("" = none), said on outputs when unsealed.

    `sealed`: the period is archived (归档), as far as is known where the outcome is read; one that was just computed is not.
    `faults` are mistakes that only the evaluation could see, and that withhold nobody: doubtful lines of 等次决定.
    `full_scale` is the scheme's 总分满分, on which totals stand: other schemes that read them bring them to 100. `one_a_line`: in the store
    its objects stand in lines of their own.
    """

    one_a_line: ClassVar[tuple[str, type]] = ("objects", ObjectResult)

    scheme: str
    period: str
    as_of: str
    objects: tuple[ObjectResult, ...]
    fields: tuple[FieldResult, ...]
    before: str = ""
    before_sealed: bool = False
    sealed: bool = False
    faults: tuple[Fault, ...] = ()
    full_scale: Fraction = Fraction(100)

    @cached_property
    def _by_code(self) -> dict[str, ObjectResult]:
        return {each.code: each for each in reversed(self.objects)}

    @cached_property
    def _shares(self) -> dict[str, Shares]:
        found: dict[str, list[ObjectResult]] = {}
        for each in self.objects:
            if each.total is not None:
                found.setdefault(each.field, []).append(each)
        return {field: shares_in(members) for field, members in found.items()}

    def of(self, code: str) -> ObjectResult | None:
        """The result of an object, or None."""
        return self._by_code.get(code)

    def shares(self, field: str) -> Shares:
        """The shares of a field's objects and their means, reckoned once."""
        return self._shares.get(field, Shares())

    @cached_property
    def _ladders(self) -> dict[str, list[tuple[int, Fraction]]]:
        found: dict[str, dict[int, Fraction]] = {}
        for each in self.objects:
            if each.rank is not None and each.total is not None:
                found.setdefault(each.field, {}).setdefault(each.rank, each.total)
        return {field: sorted(totals.items()) for field, totals in found.items()}

    def place_above(self, field: str, rank: int) -> tuple[int, Fraction] | None:
        """The next better place of a field that somebody has, with its total; None above the first."""
        ladder = self._ladders.get(field, [])
        at = bisect_left(ladder, rank, key=lambda each: each[0])
        return ladder[at - 1] if at else None

    def field_of(self, field: str) -> FieldResult | None:
        """A field, or None."""
        return next((each for each in self.fields if each.field == field), None)
