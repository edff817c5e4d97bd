"""What a unit's notice reads of an edition, gathered once: the unit's own result, papers and problems, and its lines with their losses."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from kaohe.core.exact import add
from kaohe.documents.rectification import CLOSED
from kaohe.records.edition import Edition
from kaohe.records.people import Unit
from kaohe.records.problems import Problem
from kaohe.records.results import LeafResult, Loss, ObjectResult
from kaohe.records.returns import Submission


class Line(NamedTuple):
    """A leaf with what it lost: by problems, and `rest` beside them. `head` is the code of its level-1 line."""

    leaf: LeafResult
    head: str
    name: str
    method: str
    clause: str
    losses: tuple[Loss, ...]
    lost: Fraction
    rest: Fraction


class Dossier(NamedTuple):
    """The papers of one unit, or of a person. `names` are those of all indicators by code, `problems` all that the unit ever had, by
    their ids."""

    edition: Edition
    unit: Unit
    result: ObjectResult
    submission: Submission | None
    problems: tuple[Problem, ...]
    lines: tuple[Line, ...]
    names: dict[str, str]
    base: Fraction
    total: Fraction

    @property
    def places(self) -> int:
        """Decimals of the scheme."""
        return self.edition.scheme.settings.places

    @property
    def new(self) -> tuple[Problem, ...]:
        """Problems that this period opened."""
        return tuple(each for each in self.problems if each.period == self.edition.period)

    @property
    def old(self) -> tuple[Problem, ...]:
        """Problems of earlier periods that are not closed."""
        return tuple(each for each in self.problems if each.period != self.edition.period and each.state != CLOSED)

    def heads(self, component: str) -> dict[str, list[Line]]:
        """A component's lines by their level-1 line, in the order of the form."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.leaf.component == component:
                found.setdefault(line.head, []).append(line)
        return found


def gather(edition: Edition, unit_code: str) -> Dossier:
    """The papers of a unit or a person. Raises KeyError for a unit that is unknown or has no total (only scored ones get a notice)."""
    result, unit = edition.outcome.of(unit_code), edition.roster.party(unit_code)
    if result is None or unit is None or result.total is None or result.base is None:
        raise KeyError(unit_code)
    return Dossier(
        edition,
        unit,
        result,
        edition.submission(unit_code),
        edition.ledger.of_unit(unit_code),
        _lines(edition, result),
        edition.scheme.names,
        result.base,
        result.total,
    )


def _lines(edition: Edition, result: ObjectResult) -> tuple[Line, ...]:
    indicators = edition.scheme.lines
    losses: dict[str, list[Loss]] = {}
    for each in result.losses:
        losses.setdefault(each.indicator, []).append(each)
    found = []
    for leaf in result.leaves:
        line, mine = indicators.get(leaf.indicator), tuple(losses.get(leaf.indicator, ()))
        lost = leaf.lost
        rest = lost - add(each.lost for each in mine) if mine else lost
        name, method, clause = (line.name, line.method, line.clause) if line else (leaf.indicator, "", "")
        found.append(Line(leaf, leaf.indicator.partition(".")[0], name, method, clause, mine, lost, rest))
    return tuple(found)
