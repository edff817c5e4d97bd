"""One object at work: its scores while they are being made, and the whole evaluation that its sources may look at."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from kaohe.core.cells import Source
from kaohe.records.results import DailyResult, Status, TaskResult
from kaohe.records.returns import DailyEntry, Submission
from kaohe.records.scheme import Component, Task
from kaohe.scoring.adjustments import Adjusted
from kaohe.scoring.leaves import Leaf
from kaohe.scoring.lines import Tree, Typed
from kaohe.scoring.objects import Assessed
from kaohe.scoring.parts import Part
from kaohe.scoring.ratings import Rated
from kaohe.scoring.setup import Setup
from kaohe.scoring.totals import Totals

#: tasks of a period by owner and place in the workbook
Tasks = Mapping[str, dict[int, Task]]


class Work(msgspec.Struct, gc=False):
    """`codes`: why the object is withheld, None = it is not; `status` says how it stands. `leaves`, `parts` by code, `nodes` the points of
    every line; `embedded`: instruments whose derivation stands within a component's. `reads`: fields whose other members its own
    figures were made with, through related objects too (scheme model 4, step 0a)."""

    who: Assessed
    tree: Tree
    status: Status = "正式"
    codes: tuple[str, ...] | None = None
    submission: Submission | None = None
    typed: Mapping[str, Typed] = {}
    adjusted: Adjusted = Adjusted()
    ratings: Mapping[str, Rated] = {}
    leaves: dict[str, Leaf] = {}
    parts: dict[str, Part] = {}
    nodes: dict[str, Fraction] = {}
    totals: Totals | None = None
    daily: tuple[DailyResult, ...] = ()
    tasks: tuple[TaskResult, ...] = ()
    embedded: set[str] = set()
    reads: set[str] = set()

    @property
    def is_scored(self) -> bool:
        """Whether its own figures stand, or can still be made."""
        return self.codes is None and self.submission is not None

    def withhold(self, status: Status, *codes: str) -> None:
        """The object goes without figures: 未报 or 存疑, for these reasons."""
        self.status, self.codes = status, codes


class Evaluation(msgspec.Struct, frozen=True):
    """`works` by object; `components` of each class in order; `daily` entries by (component, object); `tasks` of the period."""

    setup: Setup
    works: Mapping[str, Work]
    components: Mapping[str, tuple[Component, ...]]
    daily: Mapping[tuple[str, str], tuple[DailyEntry, ...]]
    tasks: Tasks

    def related(self, work: Work, who: str) -> tuple[Work, ...]:
        """The objects that 单位 or a role means for an object, those that take part."""
        codes = self.setup.lookup.related(work.who.code, who)
        found = (self.works[code] for code in codes if code in self.works)
        return tuple(each for each in found if each.status != "不参评")

    def children(self, work: Work, component: str) -> tuple[Component, ...]:
        """The components of an object's class that a component is made of."""
        return tuple(each for each in self.components[work.who.unit_class] if each.parent == component)

    def has(self, work: Work, component: str) -> bool:
        """Whether an object's class has a component."""
        return any(each.code == component for each in self.components[work.who.unit_class])

    def fact(self, work: Work, fact: str) -> tuple[str, Source] | None:
        """What stands in 资料 of an object, with its cell; None where it is blank."""
        found = self.setup.lookup.facts.get((work.who.code, fact), ())
        words = [(word, each.source) for each in found for word in each.words]
        return ("、".join(word for word, _ in words), words[0][1]) if words else None
