"""Figures that a line or component takes from elsewhere: an own rating or component, or a figure of related objects (scheme model 2)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from kaohe.core.exact import HUNDRED, add
from kaohe.records.figures import Figure
from kaohe.scheme.order import BASE, PART, PART_BASE, RATING, TOTAL, Read
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import marks
from kaohe.scoring.work import Evaluation, Work

#: codes of the reasons why a figure is missing (kaohe.core.sentences.run)
NO_RELATED, CIRCLE = "RUN-009", "RUN-011"
_NOT_MADE = "尚未算出，与读它的数互相引用"


class Found(NamedTuple):
    """A figure on 0–100, as it enters: exact, with 逐级 as printed. `value` None: there is none; then `missing` is the code of the reason
    why, "" = there is nothing to read, and what reads it does not apply."""

    value: Fraction | None
    figure: Figure
    missing: str = ""


def found_for(study: Evaluation, work: Work, read: Read) -> Found:
    """What a figure is for an object; of several related objects their mean."""
    if not read.who:
        return _own(study, work, read)
    return _of_others(study, work, read)


def _own(study: Evaluation, work: Work, read: Read) -> Found:
    rated = work.ratings.get(read.code) if read.kind == RATING else None
    if rated is None:
        return _figure(study, work, read)
    work.embedded.add(read.code)
    score = rated.result.score
    return Found(score, rated.figure, "" if score is not None else NO_RELATED)


def _of_others(study: Evaluation, work: Work, read: Read) -> Found:
    name = f"{read.who}{_title(study, read)}"
    key = f"关联:{read.who}:{read.figure}"
    found = [(each, _figure(study, each, read)) for each in study.related(work, read.who)]
    there = [(each, one) for each, one in found if one.value is not None or one.missing]
    if not there:
        return Found(None, Figure(key, name, None, "不适用", f"没有可以取数的{read.who}"))
    for each, _ in there:
        work.reads |= each.reads
    parts = tuple(one.figure for _, one in there)
    missing = next((one.missing for _, one in there if one.missing), "")
    if missing:
        return Found(None, Figure(key, name, None, "缺", "关联对象没有这个数", parts=parts), missing)
    values = [one.value for _, one in there if one.value is not None]
    mean = stepped(study.setup.scheme.settings, add(values) / len(values))
    how = f"{len(values)} 人平均" if len(values) > 1 else _from(there[0][0])
    return Found(mean, Figure(key, name, mean, marks(mean), how, parts=parts if len(values) > 1 else ()))


def _figure(study: Evaluation, each: Work, read: Read) -> Found:
    """One object's figure, as a leaf of another derivation."""
    settings = study.setup.scheme.settings
    value, why, missing = _value(study, each, read)
    if value is not None:
        value = stepped(settings, value)
        if read.kind in (TOTAL, BASE) and settings.full_scale != HUNDRED:
            value = value / settings.full_scale * HUNDRED
    shown = marks(value) if value is not None else "缺" if missing else "不适用"
    label = f"{each.who.name}{_title(study, read)}"
    return Found(value, Figure(read.figure, label, value, shown, why or _from(each)), missing)


def _value(study: Evaluation, each: Work, read: Read) -> tuple[Fraction | None, str, str]:
    """Value, words where there is none, and the code of the reason."""
    if read.kind == RATING:
        rated = each.ratings.get(read.code)
        if rated is None:
            return None, "没有评这个对象", ""
        return rated.result.score, rated.result.why, "" if rated.result.score is not None else NO_RELATED
    if not each.is_scored:
        return None, f"{each.who.name}没有得分", NO_RELATED
    if read.kind in (PART, PART_BASE):
        if not study.has(each, read.code):
            return None, "这一类没有这个构成", ""
        part = each.parts.get(read.code)
        if part is None:
            return None, _NOT_MADE, CIRCLE
        return part.score if read.kind == PART else part.base, "", part.missing
    if each.totals is None:
        counted = any(part.counted and not part.parent for part in study.components[each.who.unit_class])
        return (None, _NOT_MADE, CIRCLE) if counted else (None, "这一类没有总分", "")
    return each.totals.base if read.kind == BASE else each.totals.total, "", ""


def _title(study: Evaluation, read: Read) -> str:
    scheme = study.setup.scheme
    names: Sequence[tuple[str, str]] = ()
    if read.kind == RATING:
        names = [(each.code, each.name) for each in scheme.instruments]
    elif read.kind in (PART, PART_BASE):
        names = [(each.code, each.name) for each in scheme.components]
    return next((name for code, name in names if code == read.code), read.figure)


def _from(each: Work) -> str:
    return f"取自 {each.who.code} {each.who.name}的计算过程"
