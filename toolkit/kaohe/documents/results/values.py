"""The program's values of those workings that look at other objects: sizes of fields, unique orders, counts of labels.

They are computed a second time here, from the results and not from the formulas; recalculation must give the same.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kaohe.documents.board.rules import SHOWN_EFFECTS
from kaohe.documents.printed import signed_plain
from kaohe.documents.results.levels import Levels, levels_of
from kaohe.documents.results.model import Frame, Label, is_graded, is_scored, performance_of
from kaohe.documents.results.rules import has_fired, takes
from kaohe.records.results import ObjectResult
from kaohe.records.rules import Rule


class Standings(NamedTuple):
    """Maps by object code: place in the field's table (unique), size of the field, place within a label (label key, code); and how
    grades come about."""

    places: dict[str, int]
    sizes: dict[str, int]
    in_label: dict[tuple[str, str], int]
    levels: Levels


def standings(frame: Frame) -> Standings:
    """Places and sizes of all objects of a frame."""
    sizes = Counter(each.field for each in frame.objects if counts(each))
    places: dict[str, int] = {}
    for field in {each.field for each in frame.objects if each.field}:
        members = [each for each in frame.objects if each.field == field]
        ranked = sorted((each for each in members if each.rank), key=lambda each: each.rank or 0)
        rest = [each for each in members if not each.rank]
        places |= {each.code: place for place, each in enumerate((*ranked, *rest), 1)}
    in_label: dict[tuple[str, str], int] = {}
    for label in frame.labels:
        hit = [each for each in frame.objects if is_in(label, each)]
        in_label |= {(label.key, each.code): place for place, each in enumerate(hit, 1)}
    return Standings(
        places,
        {each.code: sizes[each.field] if counts(each) else 0 for each in frame.objects},
        in_label,
        levels_of(frame),
    )


def counts(each: ObjectResult) -> bool:
    """Whether the object is in N of its field: withheld objects are, 不参评 and 不定等次 are not."""
    return bool(each.field) and each.status not in ("不参评", "不定等次")


def is_in(label: Label, each: ObjectResult) -> bool:
    """Whether an object stands under a label of the board."""
    return is_scored(each) and any(takes(rule, each) for rule in label.rules)


def is_fair(frame: Frame, size: int, rank: int | None, last: int | None) -> bool:
    """Whether conditions on a place hold: the field is large enough, and the object is not first and last at once (scheme model 4, 8)."""
    return bool(rank) and size >= frame.scheme.settings.least_ranked and not (rank == 1 and last == 1)


def is_ranked(each: ObjectResult) -> bool:
    """Whether the object takes part in ranks: 不定等次 is scored and shown, without rank."""
    return is_graded(each) and bool(each.field)


def label_names(frame: Frame, each: ObjectResult, apart: bool) -> str:
    """Boards and thresholds of an object, joined: 红榜, 低于98; those of the total, or (`apart`) of components scored beside it."""
    names = (label.name for label in frame.labels if bool(label.component) == apart and is_in(label, each))
    return "、".join(dict.fromkeys(names))


class Use(NamedTuple):
    """One way in which results are used (结果运用), with the rules that bring it; `rule` gives the points of 绩效加减."""

    words: str
    rules: tuple[Rule, ...]
    performance: bool


def uses(frame: Frame) -> tuple[Use, ...]:
    """The consequences that the board names in short, performance points first, then in the order of the rules; equal ones are one."""
    found: dict[tuple[str, str], list[Rule]] = {}
    for rule in frame.rules:
        if rule.effect in SHOWN_EFFECTS:
            amount = f"{rule.number}" if rule.effect == "绩效加减" else ""
            found.setdefault((("建议" if rule.soft else "") + rule.effect, amount), []).append(rule)
    named = (
        Use(words.replace("绩效加减", "绩效"), tuple(rules), bool(amount)) for (words, amount), rules in found.items()
    )
    return tuple(sorted(named, key=lambda use: not use.performance))


def uses_words(frame: Frame, each: ObjectResult) -> str:
    """The consequences of an object in short: 绩效+1.5，约谈."""
    words = []
    for use in uses(frame):
        if is_scored(each) and any(has_fired(rule, each) if rule.soft else takes(rule, each) for rule in use.rules):
            words.append(use.words + (signed_plain(performance_of(use.rules[0])) if use.performance else ""))
    return "，".join(words)


def movement(each: ObjectResult) -> str:
    """▲2, ▼1 or 持平 against the previous period's rank; "" where one of them is missing."""
    if not each.rank or not each.previous_rank or not is_scored(each):
        return ""
    gain = each.previous_rank - each.rank
    return f"▲{gain}" if gain > 0 else f"▼{-gain}" if gain < 0 else "持平"
