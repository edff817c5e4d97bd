"""The rules as a person would read them: sentences from the scheme, for `kaohe scheme show` and the sheet 说明."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.core.exact import fixed, plain
from kaohe.records.scheme import Condition, Indicator, Rule, Scheme, of_class
from kaohe.scheme.settings import in_force

_COMPARE = {
    "=": "为",
    "≠": "不为",
    "≥": "不低于",
    ">": "高于",
    "≤": "不高于",
    "<": "低于",
    "属于": "属于",
    "不属于": "不属于",
}


def condition_text(condition: Condition) -> str:
    """`基础分低于 98`, `分类属于 Ⅰ、Ⅱ`."""
    if condition.comparison in ("为空", "不为空"):
        return f"{condition.object}{condition.comparison}"
    return f"{condition.object}{_COMPARE.get(condition.comparison, condition.comparison)} {condition.value}"


def rule_text(rule: Rule) -> str:
    """One sentence: conditions, effect with parameter and target, clause."""
    conditions = "，且".join(condition_text(each) for each in rule.conditions)
    effect = " ".join(word for word in (rule.effect, rule.parameter) if word)
    target = f"（{rule.target}）" if rule.target else ""
    soft = "（建议，由审定机关决定）" if rule.soft else ""
    clause = f"  {rule.clause}" if rule.clause else ""
    return f"{rule.number}  {conditions} → {effect}{target}{soft}{clause}"


def show(scheme: Scheme) -> tuple[str, ...]:
    """The whole scheme as lines of text, in the order in which a total comes about."""
    return (
        f"{scheme.name}（{scheme.code}）  {scheme.info.get('组织名称', '')}",
        f"依据：{scheme.info.get('办法名称', '')}  期别：{'、'.join(scheme.clocks)}",
        *_parts(scheme),
        *_lines(scheme),
        *_adjustments(scheme),
        "",
        "等次",
        *(
            f"  {band.name}：{'其余' if band.least is None else plain(band.least) + ' 分及以上'}"
            for band in scheme.grades
        ),
        "",
        "规则",
        *(f"  {rule_text(rule)}" for rule in scheme.rules),
        "",
        "计算设置",
        *(f"  {name}：{value}  {note}" for name, value, note in in_force(scheme.settings)),
    )


def _parts(scheme: Scheme) -> Iterator[str]:
    for clock in scheme.clocks:
        yield ""
        yield f"{clock}度构成"
        for part in scheme.components_at(clock):
            weight = of_class(part.weight, "")
            share = f"{plain(weight)}%" if weight is not None and part.counted else "不计入总分"
            yield f"  {part.code} {part.name}：{share}，{part.origin}"


def _lines(scheme: Scheme) -> Iterator[str]:
    for each in scheme.classes:
        yield ""
        yield f"{each.code} {each.name}的指标"
        for line in scheme.indicators:
            if line.applies_to(each.code):
                yield "  " * line.level + _line(scheme, line, each.code)


def _line(scheme: Scheme, line: Indicator, unit_class: str) -> str:
    marks = plain(line.full_marks(unit_class))
    if not line.is_leaf:
        return f"{line.code} {line.name}（{marks} 分）"
    clause = f"  {line.clause}" if line.clause else ""
    return f"{line.code} {line.name}（{marks} 分，{line.method}）{line.standard}{clause}"


def _adjustments(scheme: Scheme) -> Iterator[str]:
    if scheme.adjustments:
        cap = scheme.settings.bonus_cap
        yield ""
        yield "加减分" + (f"（加分合计不超过 {fixed(cap, scheme.settings.places)} 分）" if cap is not None else "")
    for item in scheme.adjustments:
        span = "–".join(plain(each) for each in (item.least, item.most) if each is not None)
        yield f"  {item.code} {item.name}：{item.nature} {span} 分，计入{item.into}"
