"""What a rule may look at for one object: figures by the names of the rule language (scheme model 2, objects of conditions).

`FIGURES` and `CODED` are the one place where an object of conditions is added (and the word list `kaohe.records.words`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import msgspec

from kaohe.core.periods import Period, parse_period
from kaohe.records.problems import Ledger
from kaohe.records.results import ObjectResult, Outcome
from kaohe.records.scheme import Scheme
from kaohe.scoring.components import is_part
from kaohe.scoring.ranks import Place
from kaohe.scoring.rounding import compared

Value = Fraction | str | None


class Facts(msgspec.Struct, frozen=True):
    """One object in its period. `nodes`: points by indicator; `places`: the place in the field by 名次 or 构成名次:code, empty for objects
    without rank; `is_large`: the field has 最小排名家数; `history`: earlier outcomes of all clocks, oldest first."""

    scheme: Scheme
    period: Period
    result: ObjectResult
    nodes: Mapping[str, Fraction]
    places: Mapping[str, Place]
    is_large: bool
    history: tuple[Outcome, ...]
    ledger: Ledger

    @property
    def code(self) -> str:
        """The object's code."""
        return self.result.code


def value_of(name: str, facts: Facts) -> Value:
    """The figure that a condition names, as the scheme compares it; None where the object has none."""
    kind, colon, code = name.partition(":")
    found = CODED[f"{kind}:"](code, facts) if colon else FIGURES[name](facts)
    return compared(facts.scheme.settings, found) if isinstance(found, Fraction) else found


def _place(name: str, facts: Facts) -> Place | None:
    """The place, where conditions on places hold: the field is large enough, and the object is not first and last at once (step 8)."""
    place = facts.places.get(name)
    return place if place is not None and facts.is_large and (place.rank, place.last) != (1, 1) else None


def _rank(name: str, facts: Facts) -> Value:
    place = _place(name, facts)
    return None if place is None else Fraction(place.rank)


def _rank_last(facts: Facts) -> Value:
    place = _place("名次", facts)
    return None if place is None else Fraction(place.last)


def _component(code: str, facts: Facts) -> Value:
    part = facts.result.component(code)
    return part.score if part else None


def _component_base(code: str, facts: Facts) -> Value:
    part = facts.result.component(code)
    return part.base_score if part else None


def before(facts: Facts) -> ObjectResult | None:
    """The object's result in the previous period of the same clock."""
    return _in_period(str(facts.period.previous), facts)


def _in_period(period: str, facts: Facts) -> ObjectResult | None:
    outcome = next((each for each in facts.history if each.period == period), None)
    return outcome.of(facts.code) if outcome else None


def _last_grade(facts: Facts) -> Value:
    then = before(facts)
    return (then.grade or None) if then else None


def _in_a_row(word: str, facts: Facts) -> Value:
    """Periods in a row, this one the last, with a grade or on a board; None in the first period, when no condition on it holds."""
    if not any(each.period == str(facts.period.previous) for each in facts.history):
        return None
    number, period, now = 0, facts.period, facts.result
    while word in now.boards or now.grade == word:
        number += 1
        period = period.previous
        then = _in_period(str(period), facts)
        if then is None:
            break
        now = then
    return Fraction(number)


def _times(figure: str, facts: Facts) -> Value:
    """期次数:figure=value: in how many periods of the year it was so, this one included; on the year's clock, of its lower periods.

    `figure` is 榜, 等次, 名次 or 倒数名次.
    """
    name, _, wanted = figure.partition("=")
    found = [
        then
        for outcome in facts.history
        if _counts_for(parse_period(outcome.period), facts.period) and (then := outcome.of(facts.code)) is not None
    ]
    if facts.period.clock != "年":
        found.append(facts.result)
    return Fraction(sum(_was(then, name.strip(), wanted.strip()) for then in found))


def _counts_for(then: Period | None, now: Period) -> bool:
    if then is None:
        return False
    return is_part(then, now) if now.clock == "年" else then.clock == now.clock and then.year == now.year and then < now


def _was(then: ObjectResult, name: str, wanted: str) -> bool:
    if name == "榜":
        return wanted in then.boards
    known = {"等次": then.grade, "名次": then.rank, "倒数名次": then.rank_last}.get(name)
    return known is not None and str(known) == wanted


def _open(facts: Facts) -> Value:
    return Fraction(len(facts.ledger.open_of(facts.code)))


def _overdue(facts: Facts) -> Value:
    return Fraction(sum(each.overdue(facts.ledger.as_of) for each in facts.ledger.open_of(facts.code)))


def _relapses(facts: Facts) -> Value:
    """Relapses that opened in this period."""
    mine = facts.ledger.of_unit(facts.code)
    return Fraction(sum(bool(each.relapse_of) and each.period == facts.ledger.period for each in mine))


FIGURES: Mapping[str, Callable[[Facts], Value]] = {
    "总分": lambda facts: facts.result.total_exact,
    "基础分": lambda facts: facts.result.base_exact,
    "加分合计": lambda facts: facts.result.bonus,
    "减分合计": lambda facts: facts.result.penalty,
    "等次": lambda facts: facts.result.grade or None,
    "名次": lambda facts: _rank("名次", facts),
    "倒数名次": _rank_last,
    "排名家数": lambda facts: Fraction(facts.result.field_size),
    "分类": lambda facts: facts.result.unit_class,
    "上期等次": _last_grade,
    "未整改数": _open,
    "逾期数": _overdue,
    "复发数": _relapses,
}
CODED: Mapping[str, Callable[[str, Facts], Value]] = {
    "构成:": _component,
    "构成基础:": _component_base,
    "构成名次:": lambda code, facts: _rank(f"构成名次:{code}", facts),
    "指标:": lambda code, facts: facts.nodes.get(code),
    "连续:": _in_a_row,
    "期次数:": _times,
}
WHOLE = ("名次", "倒数名次", "排名家数", "未整改数", "逾期数", "复发数", "构成名次:", "连续:", "期次数:")


def is_whole(name: str) -> bool:
    """Whether a figure is a count or a place, printed without decimals."""
    return name in WHOLE or f"{name.partition(':')[0]}:" in WHOLE
