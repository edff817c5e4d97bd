"""What the lists to the personnel office say of an object and of a consequence: a unit by its name, a person by name, unit and post."""

from __future__ import annotations

from kaohe.documents.wording import class_text
from kaohe.records.edition import Edition
from kaohe.records.results import Consequence, ObjectResult

PERSON = "人员"


def place_of(edition: Edition, each: ObjectResult) -> str:
    """A person's unit and post, on two lines; a unit's class."""
    if each.object != PERSON:
        return class_text(edition, (each.unit_class,))
    person = edition.roster.person(each.code)
    unit = edition.roster.unit(person.unit) if person else None
    return "\n".join(part for part in (unit.name if unit else "", person.post if person else "") if part)


def name_of(edition: Edition, each: ObjectResult) -> str:
    """A unit's name; a person's name, unit and post on lines of their own."""
    return f"{each.name}\n{place_of(edition, each)}" if each.object == PERSON else each.name


def grade_of(each: ObjectResult) -> str:
    """The decided grade; — for who has none (persons without a total), 待定 while it waits."""
    return "待定" if each.status == "暂定" else each.grade or "—"


def reason_of(one: Consequence) -> str:
    """The printed reason with the mark of a proposal."""
    return one.reason.rstrip("。；，") + ("（建议，按规定程序决定）" if one.soft else "")


def counted_objects(objects: list[ObjectResult]) -> str:
    """`3个单位、5名人员`, each object once."""
    units = len({each.code for each in objects if each.object != PERSON})
    persons = len({each.code for each in objects if each.object == PERSON})
    return "、".join(
        part for part in (f"{units}个单位" if units else "", f"{persons}名人员" if persons else "") if part
    )
