"""The assessed objects of a roster: units, and persons who have a class (a person without one is no object)."""

from __future__ import annotations

from typing import Literal

import msgspec

from kaohe.records.people import Roster, Standing
from kaohe.records.scheme import Scheme, UnitClass
from kaohe.scheme.order import unranked


class Assessed(msgspec.Struct, frozen=True, gc=False):
    """An object as evaluation sees it. `field`: the classes that are ranked together; "" = 不排名."""

    code: str
    name: str
    short: str
    unit_class: str
    field: str
    standing: Standing = "参评"
    reason: str = ""
    object: Literal["单位", "人员"] = "单位"

    @property
    def group(self) -> str:
        """Its field; a class that is not ranked is by itself."""
        return self.field or unranked(self.unit_class)

    @property
    def is_counted(self) -> bool:
        """Whether it is in N of its field: 参评, withheld or not (scheme model 4, step 0a)."""
        return bool(self.field) and self.standing == "参评"


def objects_of(scheme: Scheme, roster: Roster) -> tuple[Assessed, ...]:
    """Every object, units first, in the order of the roster."""
    fields = {each.code: field_of(each) for each in scheme.classes}
    units = (
        Assessed(
            each.code,
            each.name,
            each.short or each.name,
            each.unit_class,
            fields.get(each.unit_class) or "",
            each.standing,
            each.reason,
        )
        for each in roster.units
    )
    persons = (
        Assessed(
            each.code,
            each.name,
            each.name,
            each.person_class,
            fields.get(each.person_class) or "",
            object="人员",
        )
        for each in roster.persons
        if each.person_class
    )
    return (*units, *persons)


def field_of(unit_class: UnitClass) -> str | None:
    """The ranking field of a class: its 排名组, else the class itself; None = 不排名."""
    return None if unit_class.field is None else unit_class.field or unit_class.code
