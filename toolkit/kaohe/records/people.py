"""The roster 名册.xlsx: who is assessed, who inspects whom, and standing facts."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Literal

import msgspec

from kaohe.core.cells import Source

Standing = Literal["参评", "不参评", "不定等次"]


class Unit(msgspec.Struct, frozen=True):
    """A Party committee, general branch or branch. `standing` 不参评 = no form and no score; 不定等次 = scored, no rank or grade, not in N."""

    code: str
    name: str
    short: str
    unit_class: str
    parent: str = ""
    head: str = ""
    contact: str = ""
    phone: str = ""
    standing: Standing = "参评"
    reason: str = ""
    source: Source = Source()


class Person(msgspec.Struct, frozen=True):
    """Somebody of a unit. Without a class a person is no assessed object. `roles` are open words (书记, 专职副书记 …)."""

    code: str
    name: str
    unit: str
    person_class: str = ""
    post: str = ""
    roles: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    source: Source = Source()


class Team(msgspec.Struct, frozen=True):
    """An inspection team: members with their home unit, and the units that it inspects. `shared` (同查单位): units that another team leads
    and this one sees too, so that the two can be compared."""

    name: str
    leader: str
    members: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    shared: tuple[str, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """A standing fact of an object (资料): several values as one text, separated by 、."""

    object_code: str
    fact: str
    value: str
    source: Source = Source()


class Rater(msgspec.Struct, frozen=True):
    """Somebody who rates (评委): open words of identity, and the home unit ("" = none). Dropped after counting."""

    code: str
    identities: tuple[str, ...] = ()
    unit: str = ""
    source: Source = Source()


class Roster(msgspec.Struct, frozen=True, dict=True):
    """The whole roster, rows in the order of the workbook."""

    units: tuple[Unit, ...] = ()
    persons: tuple[Person, ...] = ()
    teams: tuple[Team, ...] = ()
    facts: tuple[Fact, ...] = ()
    raters: tuple[Rater, ...] = ()

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in reversed(self.units)}

    @cached_property
    def unit_words(self) -> frozenset[str]:
        """Codes, names and short names of the units."""
        return frozenset(text for unit in self.units for text in (unit.code, unit.name, unit.short) if text)

    @cached_property
    def _persons(self) -> dict[str, Person]:
        return {person.code: person for person in reversed(self.persons)}

    @cached_property
    def _teams(self) -> dict[str, Team]:
        return {unit: team for team in reversed(self.teams) for unit in team.units}

    @cached_property
    def _facts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for each in self.facts:
            found.setdefault(each.object_code, {})[each.fact] = each.value
        return found

    def unit(self, code: str) -> Unit | None:
        """The unit with this code, or None."""
        return self._units.get(code)

    def person(self, code: str) -> Person | None:
        """The person with this code, or None."""
        return self._persons.get(code)

    def home_of(self, code: str) -> str:
        """The unit of an object: a unit itself, a person's unit; "" where the code is unknown."""
        if self.unit(code) is not None:
            return code
        person = self.person(code)
        return person.unit if person is not None else ""

    def rater(self, code: str) -> Rater | None:
        """The rater with this code, or None."""
        return next((rater for rater in self.raters if rater.code == code), None)

    def team_of(self, unit: str) -> Team | None:
        """The team that inspects a unit, or None."""
        return self._teams.get(unit)

    def shared_with(self, unit: str) -> tuple[Team, ...]:
        """The teams that see a unit besides the one that leads."""
        return tuple(team for team in self.teams if unit in team.shared)

    def facts_of(self, code: str) -> dict[str, str]:
        """The standing facts of an object: fact → value."""
        return self._facts.get(code, {})

    def party(self, code: str) -> Unit | None:
        """Who gets forms under a code: a unit; or a person as one, with the contact of the own unit. None where the code is unknown."""
        unit = self.unit(code)
        if unit is not None:
            return unit
        person = self.person(code)
        return self._as_party(person) if person is not None else None

    def parties(self, classes: Collection[str]) -> tuple[Unit, ...]:
        """Those of these classes that get forms: units, then persons whose unit is assessed, both in the order of the roster."""
        units = self.assessed
        homes = {unit.code for unit in units}
        persons = (each for each in self.persons if each.person_class in classes and each.unit in homes)
        return (*(unit for unit in units if unit.unit_class in classes), *(self._as_party(each) for each in persons))

    def _as_party(self, person: Person) -> Unit:
        home = self.unit(person.unit)
        contact, phone = (home.contact, home.phone) if home is not None else ("", "")
        standing, reason = (home.standing, home.reason) if home is not None else ("参评", "")
        return Unit(
            person.code, person.name, person.name, person.person_class, person.unit, person.name, contact, phone, standing, reason,
            person.source,
        )  # fmt: skip

    @property
    def assessed(self) -> tuple[Unit, ...]:
        """The units that get forms and scores: all but 不参评."""
        return tuple(unit for unit in self.units if unit.standing != "不参评")
