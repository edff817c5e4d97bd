"""Rules: effects and their parameters, values that fit their objects, codes that exist, clocks that can see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaohe.core.faults import Fault
from kaohe.core.periods import CLOCKS
from kaohe.core.sentences import fault
from kaohe.records.scheme import Condition, Rule, Scheme
from kaohe.scheme.rows import At, near

#: what each effect needs on its row
EFFECT_NEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "上榜": (("parameter", "参数"),),
    "绩效加减": (("parameter", "参数"), ("target", "去向")),
    "封顶": (("parameter", "参数"),),
    "降档": (("parameter", "参数"),),
    "定为": (("parameter", "参数"),),
    "约谈": (("parameter", "参数"),),
    "发文": (("parameter", "参数"),),
}
NUMERIC = re.compile(
    r"总分|基础分|构成:.+|构成基础:.+|构成名次:.+|指标:.+|加分合计|减分合计|名次|倒数名次|排名家数|连续:.+|期次数:.+|未整改数|逾期数|复发数"
)
BARS = ("否优", "封顶", "降档", "定为", "待定")
#: what is known only after the bars have acted (scheme model 2): a bar may not read it
AFTER_BARS = ("等次", "榜", "连续", "期次数")
SOFT_WORDS = ("原则上", "一般不得", "一般不", "视情况")


def check_rules(scheme: Scheme, at: At) -> tuple[Fault, ...]:
    """Faults of the sheet 规则 beyond its words."""
    return tuple(each for rule in scheme.rules for each in _rule(scheme, rule, at))


def _rule(scheme: Scheme, rule: Rule, at: At) -> Iterator[Fault]:
    if not rule.effect:
        yield fault("RULE-001", at(rule.source, "效果"), rule=rule.number)
    for attribute, title in EFFECT_NEEDS.get(rule.effect, ()):
        if not getattr(rule, attribute):
            yield fault("RULE-002", at(rule.source, title), rule=rule.number, effect=rule.effect, column=title)
    soft = next((word for word in SOFT_WORDS if word in rule.reason), "")
    if soft and not rule.soft:
        yield fault("WORD-004", at(rule.source, "理由"), soft)
    for condition in rule.conditions:
        if rule.effect in BARS and condition.object.partition(":")[0] in AFTER_BARS:
            yield fault("RULE-006", condition.source, condition.object, "", rule=rule.number, effect=rule.effect)
        yield from _condition(scheme, rule, condition, at)


def _condition(scheme: Scheme, rule: Rule, condition: Condition, at: At) -> Iterator[Fault]:
    place = at(condition.source, "值")
    values = [value.strip() for value in condition.value.split("、")]
    if condition.comparison in ("为空", "不为空"):
        return
    if NUMERIC.fullmatch(condition.object):
        for value in values:
            if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
                words = {"rule": rule.number, "object": condition.object, "comparison": condition.comparison}
                yield fault("RULE-003", place, condition.value, **words)
                break
    known = _words_of(scheme, rule, condition)
    for value in values if known is not None else ():
        if value not in (known or ()):
            sheet = {"分类": "分类", "榜": "规则（上榜的参数）"}.get(condition.object, "等次")
            yield fault("CODE-002", place, value, column="值", sheet=sheet, near=near(value, known or ()))
    yield from _code(scheme, rule, condition)


def _words_of(scheme: Scheme, rule: Rule, condition: Condition) -> tuple[str, ...] | None:
    """The closed vocabulary of an object's values; None where it takes numbers."""
    if condition.object == "分类":
        return tuple(each.code for each in scheme.classes)
    if condition.object == "榜":
        return tuple(each.parameter for each in scheme.rules if each.effect == "上榜")
    if condition.object in ("等次", "上期等次"):
        return tuple(band.name for band in scheme.grades)
    return None


def _code(scheme: Scheme, rule: Rule, condition: Condition) -> Iterator[Fault]:
    """The code behind the colon exists, and the rule's clocks can see it."""
    kind, _, code = condition.object.partition(":")
    if kind in ("构成", "构成基础", "构成名次"):
        known = [part.code for part in scheme.components]
        part = next((part for part in scheme.components if part.code == code), None)
        if part is None:
            yield fault("CODE-002", condition.source, code, column="对象", sheet="构成", near=near(code, known))
            return
        for clock in rule.clocks or scheme.clocks or CLOCKS:
            if part.clocks and clock not in part.clocks:
                yield fault("RULE-005", condition.source, condition.object, rule=rule.number, clock=clock)
    elif kind == "指标":
        lines = [line.code for line in scheme.indicators]
        if code not in lines:
            yield fault("CODE-002", condition.source, code, column="对象", sheet="指标", near=near(code, lines))
    elif kind == "连续":
        names = (
            *(rule.parameter for rule in scheme.rules if rule.effect == "上榜"),
            *(band.name for band in scheme.grades),
        )
        if code not in names:
            yield fault("CODE-002", condition.source, code, column="对象", sheet="等次或规则", near=near(code, names))
