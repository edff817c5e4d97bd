"""What stands behind a rule: its conditions in words with the figures that they compared, and the cells that those came from (step 15)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kaohe.records.figures import Figure
from kaohe.records.rules import Condition, Rule
from kaohe.scheme.figures import named
from kaohe.scheme.show import condition_text
from kaohe.scoring.facts import Facts, value_of
from kaohe.scoring.rules import shown
from kaohe.scoring.values import Untold


def conditions_text(rule: Rule, facts: Facts) -> str:
    """`基础分低于 98（97.99），且分类为 Ⅲ`; classes and boards speak for themselves."""
    return "，且".join(_condition(condition, facts) for condition in rule.conditions)


def _condition(condition: Condition, facts: Facts) -> str:
    words = condition_text(msgspec.structs.replace(condition, object=named(condition.object, facts.scheme)))
    if condition.object in ("分类", "榜"):
        return words
    value = value_of(condition.object, facts)
    text = value.why if isinstance(value, Untold) else shown(condition.object, value, facts.scheme.settings.places)
    return f"{words}（{text or '无'}）"


def evidence(rule: Rule, facts: Facts) -> tuple[Figure, ...]:
    """The typed cells that a rule's conditions looked at: events, facts; and related objects with their figures."""
    return tuple(
        figure
        for name in dict.fromkeys(condition.object for condition in rule.conditions)
        for figure in _of(name, facts)
    )


def _of(name: str, facts: Facts) -> Iterator[Figure]:
    kind, _, code = name.partition(":")
    if kind == "事项":
        for event in facts.lookup.events.get((facts.code, code), ()):
            decision = event.decision.value if event.decision else "未核定"
            fact = event.fact
            yield Figure(name, f"事项 {event.number}", None, fact.value, decision, source=fact.source, typed=fact.value)
    elif kind == "资料":
        for fact_ in facts.lookup.facts.get((facts.code, code), ()):
            words = "、".join(fact_.words)
            yield Figure(name, f"资料 {code}", None, words, source=fact_.source, typed=words)
    elif kind == "关联":
        who, _, figure = code.partition(":")
        for each in facts.related(who):
            text = shown(figure, value_of(figure, each), facts.scheme.settings.places)
            label = f"{each.result.name} {named(figure, facts.scheme)}"
            yield Figure(name, label, None, text or "无", parts=tuple(_of(figure, each)))
