"""Conditions of rules: an object's figure compared with a value; True, False, or None where it cannot be told (待定)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import exact, fixed, plain, round_half_up
from kaohe.core.periods import Clock
from kaohe.records.problems import Ledger
from kaohe.records.results import ObjectResult, Outcome
from kaohe.records.scheme import Condition, Rule, Scheme

#: condition objects that read other objects of the field: what they decide is 暂定 while the field is incomplete (step 0a)
READS_OTHERS = ("名次", "倒数名次", "构成名次:", "排名家数")
_NUMBERS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq, "≠": operator.ne, "≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt,
}  # fmt: skip


class Facts(msgspec.Struct, frozen=True):
    """What a condition may look at: one object's result so far, earlier outcomes (oldest first), and the ledger."""

    scheme: Scheme
    clock: Clock
    result: ObjectResult
    earlier: tuple[Outcome, ...]
    ledger: Ledger
    boards: frozenset[str] = frozenset()


def rules_at(scheme: Scheme, clock: Clock) -> tuple[Rule, ...]:
    """The rules of a clock in the order of the workbook."""
    return tuple(rule for rule in scheme.rules if not rule.clocks or clock in rule.clocks)


def reads_others(scheme: Scheme, rule: Rule) -> bool:
    """Whether a rule reads other objects, directly or through a board that does."""
    for condition in rule.conditions:
        if any(
            condition.object == each or (each.endswith(":") and condition.object.startswith(each))
            for each in READS_OTHERS
        ):
            return True
        if condition.object == "榜" or condition.object.startswith("连续:"):
            words = set(condition.value.split("、")) | {condition.object.partition(":")[2]}
            boards = [other for other in scheme.rules if other.effect == "上榜" and other.parameter in words]
            if any(reads_others(scheme, other) for other in boards if other.number != rule.number):
                return True
    return False


def fires(rule: Rule, facts: Facts) -> bool | None:
    """All conditions hold; None when none fails but one cannot be told."""
    answers = [holds(condition, facts) for condition in rule.conditions]
    if False in answers:
        return False
    return None if None in answers else True


def holds(condition: Condition, facts: Facts) -> bool | None:
    """One condition. Figures that are compared are rounded like the total, unless the scheme compares exact ones (step 7)."""
    words = tuple(word.strip() for word in condition.value.split("、") if word.strip())
    if condition.object == "榜":
        return _among(condition.comparison, facts.boards, words)
    value = figure(condition.object, facts)
    if condition.comparison in ("为空", "不为空"):
        return (value is None or value == "") == (condition.comparison == "为空")
    if value is None or value == "":
        return False if condition.object in ("名次", "倒数名次") or condition.object.startswith("构成名次:") else None
    if condition.comparison in ("属于", "不属于"):
        return (_text(value) in words) == (condition.comparison == "属于")
    if isinstance(value, str):
        return _compare_words(condition, value, facts)
    return _NUMBERS[condition.comparison](value, exact(condition.value))


def _among(comparison: str, have: frozenset[str], words: tuple[str, ...]) -> bool:
    return bool(have & set(words)) == (comparison in ("=", "属于"))


def _compare_words(condition: Condition, value: str, facts: Facts) -> bool:
    """Grades compare by their order (best first); other words only as equal or not."""
    names = [band.name for band in facts.scheme.grades if band.used_for == "总评"]
    if condition.comparison in ("=", "≠") or value not in names or condition.value not in names:
        return (value == condition.value) == (condition.comparison == "=")
    place = {name: Fraction(-number) for number, name in enumerate(names)}
    return _NUMBERS[condition.comparison](place[value], place[condition.value])


def figure(name: str, facts: Facts) -> Fraction | str | None:
    """The figure that a condition names, rounded as the scheme compares; None where the object has none."""
    result, scheme = facts.result, facts.scheme
    kind, _, code = name.partition(":")
    if kind == "连续":
        return Fraction(_in_a_row(code, facts))
    if kind == "构成名次":
        part = result.component(code)
        return None if part is None or part.rank is None else Fraction(part.rank)
    if kind == "构成":
        part = result.component(code)
        return None if part is None or part.score is None else rounded(scheme, part.score)
    if kind == "指标":
        leaf = result.leaf(code)
        return None if leaf is None or leaf.points is None else rounded(scheme, leaf.points)
    both_ends = result.rank == 1 and result.rank_last == 1  # an object both first and last is neither
    simple: Mapping[str, Fraction | str | None] = {
        "总分": result.total if scheme.settings.compare == "舍入值" else result.total_exact,
        "基础分": result.base if scheme.settings.compare == "舍入值" else result.base_exact,
        "加分合计": result.bonus,
        "减分合计": result.penalty,
        "等次": result.grade,
        "名次": None if result.rank is None or both_ends else Fraction(result.rank),
        "倒数名次": None if result.rank_last is None or both_ends else Fraction(result.rank_last),
        "排名家数": Fraction(result.field_size),
        "分类": result.unit_class,
        "上期等次": _last_grade(facts),
        "未整改数": Fraction(len(facts.ledger.open_of(result.code))),
        "逾期数": Fraction(sum(each.overdue(facts.ledger.as_of) for each in facts.ledger.of_unit(result.code))),
        "复发数": Fraction(
            sum(
                bool(each.relapse_of) and each.period == facts.ledger.period
                for each in facts.ledger.of_unit(result.code)
            )
        ),
    }
    return simple.get(name)


def rounded(scheme: Scheme, value: Fraction) -> Fraction:
    """As the scheme compares: rounded like the total, or exact."""
    return round_half_up(value, scheme.settings.places) if scheme.settings.compare == "舍入值" else value


def _in_a_row(word: str, facts: Facts) -> int:
    """Periods in a row up to this one in which the object was on a board or had a grade; 0 when it is not so now."""
    if word not in facts.boards and facts.result.grade != word:
        return 0
    number = 1
    for outcome in reversed(facts.earlier):
        then = outcome.of(facts.result.code)
        if then is None or (word not in then.boards and then.grade != word):
            break
        number += 1
    return number


def _last_grade(facts: Facts) -> str | None:
    if not facts.earlier:
        return None
    then = facts.earlier[-1].of(facts.result.code)
    return then.grade if then else None


def shown(value: Fraction | str | None, places: int, name: str) -> str:
    """A compared figure as printed: counts and ranks as whole numbers, scores with the scheme's places."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    whole = name in ("名次", "倒数名次", "排名家数", "未整改数", "逾期数", "复发数") or name.startswith(
        ("连续:", "构成名次:")
    )
    return plain(value) if whole else fixed(value, places)


def reason_text(rule: Rule, facts: Facts) -> str:
    """The rule's reason; {值} is the figure of its last condition that compares a number, as printed."""
    numbers = [each for each in rule.conditions if each.object not in ("分类", "榜")] or list(rule.conditions)
    condition = numbers[-1]
    value = "、".join(sorted(facts.boards)) if condition.object == "榜" else figure(condition.object, facts)
    return rule.reason.replace("{值}", shown(value, facts.scheme.settings.places, condition.object))


def _text(value: Fraction | str) -> str:
    return value if isinstance(value, str) else plain(value)


def fired(rules: Sequence[Rule], facts: Facts, effects: frozenset[str]) -> tuple[Rule, ...]:
    """The rules among those with certain effects that fire, in order."""
    return tuple(rule for rule in rules if rule.effect in effects and fires(rule, facts) is True)
