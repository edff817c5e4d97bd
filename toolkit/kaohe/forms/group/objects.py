"""The assessed objects as group-wide workbooks list them: units and persons, in the order of the roster."""

from __future__ import annotations

from typing import Literal

import msgspec

from kaohe.records.people import Roster
from kaohe.records.scheme import PeriodRow, Scheme


class Rated(msgspec.Struct, frozen=True):
    """An object. `home` is its unit's code (a unit's own); `kind` 单位 or 人员; `roles` of a person."""

    code: str
    name: str
    unit_class: str
    home: str
    kind: Literal["单位", "人员"] = "单位"
    roles: tuple[str, ...] = ()
    home_name: str = ""

    @property
    def label(self) -> str:
        """`U106 石桥公司党总支`, `P01 陆文棠（石桥公司）`: as lists show it; the text before the first space is the code."""
        return f"{self.code} {self.name}" + (f"（{self.home_name}）" if self.home_name else "")


def rated_objects(scheme: Scheme, roster: Roster, row: PeriodRow) -> tuple[Rated, ...]:
    """Units that are assessed (not 不参评) and persons with a class who are in office during the period, whose unit is assessed."""
    kinds = {each.code: each.object for each in scheme.classes}
    short = {unit.code: unit.short or unit.name for unit in roster.units}
    away = {unit.code for unit in roster.units if unit.standing == "不参评"}
    units = (
        Rated(unit.code, unit.name, unit.unit_class, unit.code)
        for unit in roster.assessed
        if kinds.get(unit.unit_class) == "单位"
    )
    persons = (
        Rated(each.code, each.name, each.person_class, each.unit, "人员", each.roles, short.get(each.unit, each.unit))
        for each in roster.persons
        if kinds.get(each.person_class) == "人员"
        and each.unit not in away
        and not (each.until and each.until < row.start)
        and not (each.since and each.since > row.end)
    )
    return (*units, *persons)
