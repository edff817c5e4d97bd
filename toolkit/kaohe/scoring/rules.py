"""Conditions and rules: three answers, holds, fails, cannot be told (scheme model 2)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from kaohe.core.exact import exact, plain
from kaohe.core.periods import Clock
from kaohe.records.scheme import Condition, Rule, Scheme
from kaohe.scoring.facts import Facts, Value, is_whole, value_of
from kaohe.scoring.shown import marks

#: condition objects that read other objects of the field: what they decide is 暂定 while it is incomplete (scheme model 4, step 0a)
OF_OTHERS = ("名次", "倒数名次", "排名家数", "构成名次:")
LISTS = ("属于", "不属于")
BLANKS = ("为空", "不为空")
NUMBERS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq, "≠": operator.ne, "≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt,
}  # fmt: skip


def rules_at(scheme: Scheme, clock: Clock) -> tuple[Rule, ...]:
    """The rules of a clock in the order of 规则号 (R2 before R10), in which all reasons are printed."""
    live = (rule for rule in scheme.rules if not rule.clocks or clock in rule.clocks)
    return tuple(sorted(live, key=lambda rule: _natural(rule.number)))


def _natural(number: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", number))


def reads_others(scheme: Scheme, clock: Clock, rule: Rule) -> bool:
    """Whether a rule reads other objects of the field: by itself, through a board that does, or through a grade that shares limit."""
    return any(_of_others(scheme, clock, rule, condition) for condition in rule.conditions)


def _of_others(scheme: Scheme, clock: Clock, rule: Rule, condition: Condition) -> bool:
    kind, colon, code = condition.object.partition(":")
    if (f"{kind}:" if colon else kind) in OF_OTHERS:
        return True
    words = {code.rpartition("=")[2], *_words(condition.value)}
    if kind in ("榜", "连续", "期次数"):
        rules = (other for other in rules_at(scheme, clock) if other.effect == "上榜" and other.number != rule.number)
        if any(other.parameter in words and reads_others(scheme, clock, other) for other in rules):
            return True
    grades = {band.name for band in scheme.grades}
    reads_grade = kind == "等次" or (kind in ("连续", "期次数") and bool(words & grades))
    return reads_grade and grade_reads_others(scheme, clock)


def grade_reads_others(scheme: Scheme, clock: Clock) -> bool:
    """Whether grades depend on the field: through shares, or a bar that reads it."""
    shares = any(band.share is not None for band in scheme.grades if not band.clocks or clock in band.clocks)
    bars = (
        rule for rule in rules_at(scheme, clock) if rule.effect in ("否优", "封顶", "降档", "定为") and not rule.soft
    )
    return shares or any(_reads_places(rule) for rule in bars)


def _reads_places(rule: Rule) -> bool:
    return any(
        condition.object in OF_OTHERS or f"{condition.object.partition(':')[0]}:" in OF_OTHERS
        for condition in rule.conditions
    )


def fires(rule: Rule, facts: Facts) -> bool | None:
    """Whether all conditions hold; None when none fails but one cannot be told (待定)."""
    answers = [holds(condition, facts) for condition in rule.conditions]
    if False in answers:
        return False
    return None if None in answers else True


def holds(condition: Condition, facts: Facts) -> bool | None:
    """One condition. What the object does not have (a rank, a grade, a component that does not apply, last period's grade in the first
    period) fulfils none but 为空; a value that is no number where one is compared cannot be told."""
    words = _words(condition.value)
    if condition.object == "榜":
        on_one = bool(set(facts.result.boards) & set(words))
        if condition.comparison in BLANKS:
            return bool(facts.result.boards) == (condition.comparison == "不为空")
        return on_one == (condition.comparison in ("=", "属于"))
    value = value_of(condition.object, facts)
    if condition.comparison in BLANKS:
        return (value is None) == (condition.comparison == "为空")
    if value is None:
        return False
    if condition.comparison in LISTS or (condition.comparison in ("=", "≠") and len(words) > 1):
        return _among(value, words) == (condition.comparison in ("=", "属于"))
    if isinstance(value, str):
        return _compare_words(condition, value, facts)
    number = _number(condition.value)
    return None if number is None else NUMBERS[condition.comparison](value, number)


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in re.split(r"[、，,]", value) if word.strip())


def _number(text: str) -> Fraction | None:
    try:
        return exact(text.strip().replace("−", "-").replace("－", "-"))
    except ValueError:
        return None


def _among(value: Fraction | str, words: Iterable[str]) -> bool:
    return any(value == word or (isinstance(value, Fraction) and value == _number(word)) for word in words)


def _compare_words(condition: Condition, value: str, facts: Facts) -> bool | None:
    """Grades compare by their order, the best highest; other words only as equal or not."""
    wanted = condition.value.strip()
    if condition.comparison in ("=", "≠"):
        return (value == wanted) == (condition.comparison == "=")
    names = [band.name for band in facts.scheme.grades if band.used_for == "总评"]
    if value not in names or wanted not in names:
        return None
    return NUMBERS[condition.comparison](Fraction(-names.index(value)), Fraction(-names.index(wanted)))


def is_tied_over(rule: Rule, facts: Facts) -> bool:
    """Whether more objects than the rule has places for share the place that makes it fire (首末并列)."""
    for condition in rule.conditions:
        name = "名次" if condition.object in ("名次", "倒数名次") else condition.object
        place, meant = facts.places.get(name), _number(condition.value)
        if place is None or meant is None or condition.comparison not in ("=", "≤"):
            continue
        first = place.last if condition.object == "倒数名次" else place.rank
        if first + place.sharing - 1 > meant:
            return True
    return False


def reason_text(rule: Rule, facts: Facts) -> str:
    """The rule's reason; {值} is the figure of its last condition on a number or grade, as printed."""
    if "{值}" not in rule.reason or not rule.conditions:
        return rule.reason
    told = [each for each in rule.conditions if each.object not in ("分类", "榜")] or list(rule.conditions)
    name = told[-1].object
    value = "、".join(facts.result.boards) if name == "榜" else value_of(name, facts)
    return rule.reason.replace("{值}", shown(name, value, facts.scheme.settings.places))


def shown(name: str, value: Value, places: int) -> str:
    """A compared figure as printed: counts and places whole, scores with the scheme's decimals."""
    if value is None or isinstance(value, str):
        return value or ""
    return plain(value) if is_whole(name) else marks(value, places)
