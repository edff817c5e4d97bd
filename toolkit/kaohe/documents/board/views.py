"""The fields of the board: what they are called, their objects best first, who is undecided, and small facts about one object."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kaohe.documents.board.detail import has_page
from kaohe.documents.board.rules import BoardRules, Side, Threshold
from kaohe.documents.printed import class_label, class_title
from kaohe.records.edition import Edition
from kaohe.records.results import FieldResult, ObjectResult

WITHHELD = ("存疑", "未报")
LONGEST_LABEL = 10  # characters
_SAFE = re.compile(r"[A-Za-z0-9_-]+")


class FieldView(msgspec.Struct, frozen=True):
    """A field with its words: label (Ⅰ类), title (县区公司党总支), one-letter short label, its objects best first, the undecided ones."""

    field: FieldResult
    label: str
    title: str
    brief: str
    anchor: str
    objects: tuple[ObjectResult, ...]
    undecided: tuple[ObjectResult, ...]

    @property
    def scored(self) -> tuple[ObjectResult, ...]:
        """Objects with a total."""
        return tuple(each for each in self.objects if each.total is not None)

    @property
    def has_persons(self) -> bool:
        """Whether its objects are persons."""
        return any(each.object == "人员" for each in self.objects)


class Tag(msgspec.Struct, frozen=True):
    """A board's label beside a name."""

    name: str
    side: Side


class Move(msgspec.Struct, frozen=True):
    """A change of rank: sign ▲, ▼ or "", and its words for a screen reader."""

    sign: str
    text: str
    spoken: str


def unit_anchor(edition: Edition, code: str) -> str:
    """The id of an object's page within the file: its code, written in hexadecimal digits where it is no plain word. "" = it has none."""
    result = edition.outcome.of(code)
    if result is None or not has_page(edition, result):
        return ""
    return f"u-{code}" if _SAFE.fullmatch(code) else f"u-.{code.encode().hex()}"


def field_views(edition: Edition) -> tuple[FieldView, ...]:
    """All fields in their order."""
    views = []
    for index, field in enumerate(edition.outcome.fields, 1):
        members = [each for each in edition.outcome.objects if each.field == field.field and each.status != "不参评"]
        if not _has_totals(edition, field, members):
            continue
        classes = [each for each in edition.scheme.classes if each.code in field.classes]
        only = classes[0] if len(classes) == 1 else None
        label = class_label(only) if only else _label(field, edition)
        views.append(
            FieldView(
                field=field,
                label=label,
                title=class_title(only) if only else field.name if field.name != label else "",
                brief=only.code if only and len(only.code) == 1 else label,
                anchor=f"f-{index}",
                objects=tuple(sorted(members, key=_order)),
                undecided=tuple(each for each in members if each.status in WITHHELD),
            )
        )
    return tuple(views)


def _label(field: FieldResult, edition: Edition) -> str:
    """What a field of several classes is called where there is little room: its name, else what all of them are, or its classes' codes."""
    if len(field.name) <= LONGEST_LABEL:
        return field.name
    mine = next((each for each in edition.outcome.objects if each.field == field.field), None)
    word = mine.object if mine else "单位"
    alike = {each.field for each in edition.outcome.objects if each.object == word and each.field}
    return f"全部{word}" if len(alike) == 1 else f"{'、'.join(field.classes)}类"


def _has_totals(edition: Edition, field: FieldResult, members: Sequence[ObjectResult]) -> bool:
    """Whether a field is ranked by anything: a class that only rules speak of has no table."""
    parts = [
        part
        for code in field.classes
        for part in edition.scheme.components_for(edition.when.clock, code)
        if part.counted
    ]
    return bool(parts) or any(each.total is not None or each.components for each in members)


def undecided_words(view: FieldView) -> str:
    """石桥公司（存疑）、云口公司（未报）."""
    return "、".join(f"{each.short or each.name}（{each.status}）" for each in view.undecided)


def movement(result: ObjectResult) -> Move:
    """How the rank moved against the previous period; "—" where it had none."""
    if result.rank is None or result.previous_rank is None:
        return Move("", "—", "上期无名次")
    steps = result.previous_rank - result.rank
    if not steps:
        return Move("", "持平", "名次持平")
    return Move("▲" if steps > 0 else "▼", str(abs(steps)), "上升" if steps > 0 else "下降")


def side_of_unit(result: ObjectResult, rules: BoardRules, complete: bool) -> tuple[Tag, ...]:
    """The boards of the total that a unit is on; none while its field is incomplete."""
    if not complete:
        return ()
    found = []
    for board in (*rules.main("front"), *rules.main("back")):
        numbers = {rule.number for rule in board.rules}
        if board.name in result.boards and any(each.rule in numbers for each in result.consequences):
            found.append(Tag(board.name, board.side))
    return tuple(found)


def limits_for(view: FieldView, rules: BoardRules) -> list[Threshold]:
    """Thresholds that hold for a class of the field."""
    return [each for each in rules.thresholds if set(view.field.classes) & set(each.classes)]


def object_word(view: FieldView) -> str:
    """What its objects are called: 单位 or 人员."""
    return "人员" if view.has_persons else "单位"


def object_measure(view: FieldView) -> str:
    """How its objects are counted: 7个单位, 7名人员."""
    return "名" if view.has_persons else "个"


def leading(views: Sequence[FieldView]) -> tuple[FieldView, ...]:
    """The fields that the page speaks of first: those of units, else all. Persons often only repeat what their units have."""
    return tuple(view for view in views if not view.has_persons) or tuple(views)


def _order(result: ObjectResult) -> tuple[int, int]:
    if result.rank is not None:
        return (0, result.rank)
    return (1, 0) if result.total is not None else (2, 0)
