"""An object on its way through the steps of an evaluation, and what every step reads."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from kaohe.core.periods import Period
from kaohe.records.problems import Ledger
from kaohe.records.results import FieldResult, ObjectResult, Outcome
from kaohe.records.returns import Submission
from kaohe.records.scheme import PeriodRow, Rule, Scheme
from kaohe.scoring.adjustments import Adjusted
from kaohe.scoring.facts import Facts
from kaohe.scoring.leaves import Leaf
from kaohe.scoring.lines import Tree
from kaohe.scoring.objects import Assessed
from kaohe.scoring.ranks import Key, Place
from kaohe.scoring.totals import Totals


class Setup(msgspec.Struct, frozen=True):
    """What all steps read: rules in their order, trees by class, the period, what came before."""

    scheme: Scheme
    period: Period
    row: PeriodRow
    rules: tuple[Rule, ...]
    trees: Mapping[str, Tree]
    earlier: tuple[Outcome, ...]
    ledger: Ledger


class Scored(msgspec.Struct, frozen=True):
    """One object. `leaves`, `totals` and `places` are empty before their step, and for ever where the object is withheld."""

    who: Assessed
    result: ObjectResult
    submission: Submission | None = None
    leaves: tuple[Leaf, ...] = ()
    adjusted: Adjusted = Adjusted()
    nodes: Mapping[str, Fraction] = {}
    totals: Totals | None = None
    places: Mapping[str, Place] = {}
    key: Key = ()

    @property
    def is_scored(self) -> bool:
        """Whether its own figures stand."""
        return self.result.status in ("正式", "暂定", "不定等次")

    @property
    def is_graded(self) -> bool:
        """Whether it can have a grade: 不定等次 is scored and shown only."""
        return self.is_scored and self.result.status != "不定等次" and self.result.total_exact is not None

    @property
    def reads_mean(self) -> bool:
        """Whether a line of it was filled with the mean of the others."""
        return any(leaf.from_mean for leaf in self.leaves)

    @property
    def group(self) -> str:
        """Its field; a class that is not ranked is by itself."""
        return self.who.field or f"不排名:{self.who.unit_class}"

    def having(self, **changes: object) -> Scored:
        """The same with other values in its result."""
        return msgspec.structs.replace(self, result=msgspec.structs.replace(self.result, **changes))


def facts_of(setup: Setup, each: Scored, fields: Mapping[str, FieldResult]) -> Facts:
    """What rules may look at for an object as it stands."""
    field = fields.get(each.who.field)
    large = field is not None and field.size >= setup.scheme.settings.least_ranked
    return Facts(setup.scheme, setup.period, each.result, each.nodes, each.places, large, setup.earlier, setup.ledger)
