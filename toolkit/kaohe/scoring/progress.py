"""An object with its score on its way through the steps that rank, grade and follow, and what they may look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

import msgspec

from kaohe.records.results import FieldResult, ObjectResult
from kaohe.scoring.facts import Facts
from kaohe.scoring.objects import Assessed
from kaohe.scoring.ranks import Key, Place
from kaohe.scoring.setup import Setup
from kaohe.scoring.totals import Totals

__all__ = ["Scored", "Setup", "facts_of"]


class Scored(msgspec.Struct, frozen=True, gc=False):
    """One object. `totals` and `places` are empty before their step, and for ever where the object is withheld. `reads`: fields whose
    other members its own figures were made with; `unsettled`: one of them is incomplete. `held`: numbers of the rules of the grade that
    hold; `steps` and `ceiling`: how far down its bars bring it, and the best place that they leave."""

    who: Assessed
    result: ObjectResult
    nodes: Mapping[str, Fraction] = {}
    totals: Totals | None = None
    reads: frozenset[str] = frozenset()
    unsettled: bool = False
    places: Mapping[str, Place] = {}
    key: Key = ()
    held: tuple[str, ...] = ()
    steps: int = 0
    ceiling: int = 0

    @property
    def is_scored(self) -> bool:
        """Whether its own figures stand."""
        return self.result.status in ("正式", "暂定", "不定等次")

    @property
    def is_graded(self) -> bool:
        """Whether it can have a grade: 不定等次 is scored and shown only."""
        return self.is_scored and self.result.status != "不定等次" and self.result.total_exact is not None

    @property
    def group(self) -> str:
        """Its field; a class that is not ranked is by itself."""
        return self.who.group

    def having(self, **changes: object) -> Scored:
        """The same with other values in its result."""
        return msgspec.structs.replace(self, result=msgspec.structs.replace(self.result, **changes))


Peers = Mapping[str, Facts]
NOBODY: Peers = MappingProxyType({})


def facts_of(setup: Setup, each: Scored, fields: Mapping[str, FieldResult], peers: Peers = NOBODY) -> Facts:
    """What rules may look at for an object as it stands."""
    field = fields.get(each.who.field)
    large = field is not None and field.size >= setup.scheme.settings.least_ranked
    return Facts(
        setup.scheme,
        setup.period,
        each.result,
        each.nodes,
        each.places,
        large,
        setup.earlier,
        setup.ledger,
        setup.lookup,
        setup.others,
        peers,
    )


def peers_of(setup: Setup, objects: Iterable[Scored], fields: Mapping[str, FieldResult]) -> Peers:
    """The facts of every object as it stands, for rules that read related ones; empty where no rule does."""
    if not any(part.object.startswith("关联:") for rule in setup.rules for part in rule.conditions):
        return NOBODY
    return {each.who.code: facts_of(setup, each, fields) for each in objects}
