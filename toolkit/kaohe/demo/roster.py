"""A scheme's fictitious roster grown (or cut) to a number of units: whole blocks of units with their people, teams and facts repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from kaohe.demo.names import person, places
from kaohe.records.people import Fact, Person, Rater, Roster, Team, Unit

_MARKS = 20_000  # rows that a group's mark sheet should not exceed, raters × objects
_LEAST_RATERS = 9  # of one identity, however many objects there are
_PLACE = 2  # characters of a unit's name that are its place


def resized(roster: Roster, units: int) -> Roster:
    """The roster with so many units: the first of each class in turn where there are fewer, further blocks where there are more.

    A block repeats all units of the roster with new codes and names, their persons, teams and facts. Raters with a home unit repeat with
    it as far as a group's mark sheet stays usable.
    """
    if units <= len(roster.units):
        return _restricted(roster, _first(roster.units, units))
    found = roster
    names = places(frozenset(name for unit in roster.units for name in (unit.name[:_PLACE], unit.short[:_PLACE])))
    block = 1
    while len(found.units) < units:
        left = min(units - len(found.units), len(roster.units))
        whole = _restricted(roster, _first(roster.units, left))
        found = _joined(found, _block(whole, block, names))
        block += 1
    return msgspec.structs.replace(found, raters=_few(found.raters, units))


def _first(units: Sequence[Unit], number: int) -> tuple[Unit, ...]:
    """So many units, from every class in proportion: the n-th of a class before the n+1-th of any other of the same size."""
    by_class: dict[str, list[Unit]] = {}
    for unit in units:
        by_class.setdefault(unit.unit_class, []).append(unit)
    order = sorted(
        (((place + 1) / len(members), unit.code) for members in by_class.values() for place, unit in enumerate(members))
    )
    kept = {members[0].code for members in by_class.values()} if number >= len(by_class) else set()
    for _, code in order:
        if len(kept) >= number:
            break
        kept.add(code)
    return tuple(unit for unit in units if unit.code in kept)


def _restricted(roster: Roster, units: tuple[Unit, ...]) -> Roster:
    """The roster of some of its units. A team keeps its members from units that are gone, as people without a home unit."""
    codes = {unit.code for unit in units}
    teams = []
    for team in roster.teams:
        inspected = tuple(code for code in team.units if code in codes)
        members = tuple((name, home if home in codes else "") for name, home in team.members)
        if inspected:
            teams.append(Team(team.name, team.leader, members, inspected))
    persons = tuple(each for each in roster.persons if each.unit in codes)
    objects = codes | {each.code for each in persons}
    return msgspec.structs.replace(
        roster,
        units=units,
        persons=persons,
        teams=tuple(teams),
        facts=tuple(fact for fact in roster.facts if fact.object_code in objects),
        raters=tuple(rater for rater in roster.raters if not rater.unit or rater.unit in codes),
    )


def _block(roster: Roster, block: int, names: Iterator[str]) -> Roster:
    """One more block: codes get the block's number, names a new place, people new names."""

    def code(text: str) -> str:
        return f"{text}B{block}" if text else ""

    seen: dict[str, str] = {}

    def renamed(name: str) -> str:
        return seen.setdefault(name, person(block * 1009 + len(seen))) if name else ""

    units = tuple(_moved(unit, code, renamed, next(names)) for unit in roster.units)
    return Roster(
        units,
        tuple(_person(each, code, renamed) for each in roster.persons),
        tuple(
            Team(
                f"{team.name}（{block + 1}）",
                renamed(team.leader),
                tuple((renamed(name), code(home)) for name, home in team.members),
                tuple(code(each) for each in team.units),
            )
            for team in roster.teams
        ),
        tuple(Fact(code(fact.object_code), fact.fact, fact.value) for fact in roster.facts),
        tuple(Rater(code(rater.code), rater.identities, code(rater.unit)) for rater in roster.raters if rater.unit),
    )


def _moved(unit: Unit, code: object, renamed: object, place: str) -> Unit:
    assert callable(code) and callable(renamed)
    return msgspec.structs.replace(
        unit,
        code=code(unit.code),
        name=place + unit.name[_PLACE:],
        short=place + unit.short[_PLACE:],
        parent=code(unit.parent),
        head=renamed(unit.head),
        contact=renamed(unit.contact),
    )


def _person(each: Person, code: object, renamed: object) -> Person:
    assert callable(code) and callable(renamed)
    return msgspec.structs.replace(each, code=code(each.code), name=renamed(each.name), unit=code(each.unit))


def _joined(one: Roster, other: Roster) -> Roster:
    return Roster(
        (*one.units, *other.units),
        (*one.persons, *other.persons),
        (*one.teams, *other.teams),
        (*one.facts, *other.facts),
        (*one.raters, *other.raters),
    )


def _few(raters: Sequence[Rater], units: int) -> tuple[Rater, ...]:
    """Of each identity only as many raters as keep a mark sheet usable."""
    most = max(_MARKS // units, _LEAST_RATERS)
    counts: dict[str, int] = {}
    found = []
    for rater in raters:
        if all(counts.get(identity, 0) >= most for identity in rater.identities):
            continue
        for identity in rater.identities:
            counts[identity] = counts.get(identity, 0) + 1
        found.append(rater)
    return tuple(found)
