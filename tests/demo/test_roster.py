"""A sample place's roster of any size: classes keep their shares, codes and names stay unique, nobody inspects the own unit."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.demo.roster import resized
from kaohe.records.people import Fact, Person, Rater, Roster, Team, Unit

UNITS = tuple(Unit(f"U{n}", f"{p}公司党支部", f"{p}公司", c, head="甲") for n, (p, c) in enumerate(
    (("东山", "Ⅰ"), ("西岭", "Ⅰ"), ("南川", "Ⅰ"), ("北原", "Ⅰ"), ("中桥", "Ⅱ"), ("外湾", "Ⅱ")), 1))  # fmt: skip
ROSTER = Roster(
    UNITS,
    tuple(Person(f"R{n}", "甲", unit.code, roles=("书记",)) for n, unit in enumerate(UNITS, 1)),
    (
        Team("一组", "乙", (("乙", "U4"), ("丙", "U5")), ("U1", "U2", "U3")),
        Team("二组", "丁", (("丁", "U1"),), ("U4", "U5", "U6")),
    ),
    (Fact("U1", "党员人数", "18"), Fact("R2", "年限", "3")),
    (Rater("P1", ("委员",), "U1"), Rater("P2", ("委员",))),
)


def test_six_of_six_is_the_roster_itself() -> None:
    assert resized(ROSTER, 6) == ROSTER


def test_fewer_units_keep_every_class_and_only_their_own_people_and_facts() -> None:
    small = resized(ROSTER, 3)
    assert Counter(unit.unit_class for unit in small.units) == {"Ⅰ": 2, "Ⅱ": 1}
    codes = {unit.code for unit in small.units}
    assert {person.unit for person in small.persons} == codes
    assert {fact.object_code for fact in small.facts} <= codes | {person.code for person in small.persons}
    assert all(code in codes for team in small.teams for code in team.units)


@given(st.integers(min_value=1, max_value=60))
def test_of_any_size_codes_and_names_are_unique_and_each_unit_has_one_team_not_its_own(units: int) -> None:
    grown = resized(ROSTER, units)
    assert len(grown.units) == units
    assert len({unit.code for unit in grown.units}) == len({unit.name for unit in grown.units}) == units
    assert len({person.code for person in grown.persons}) == len(grown.persons) == units
    inspected = [code for team in grown.teams for code in team.units]
    assert sorted(inspected) == sorted(unit.code for unit in grown.units)
    assert not any(home in team.units for team in grown.teams for _, home in team.members)


@pytest.mark.parametrize("units", (20, 2_000))
def test_raters_with_a_home_grow_with_it_as_far_as_a_mark_sheet_stays_usable(units: int) -> None:
    raters = resized(ROSTER, units).raters
    assert len({rater.code for rater in raters}) == len(raters)
    assert len(raters) <= 10 and {rater.code for rater in raters} >= {"P1", "P2"}
