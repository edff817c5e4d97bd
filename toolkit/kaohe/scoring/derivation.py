"""The last part of an object's derivation: rank, grade, boards and rules, put under one root with the figures of its total (step 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import fixed
from kaohe.records.results import Consequence, FieldResult, Figure, ObjectResult
from kaohe.records.scheme import Condition, Rule
from kaohe.scheme.show import condition_text
from kaohe.scoring.facts import Facts, value_of
from kaohe.scoring.grades import BARS, bands_of
from kaohe.scoring.progress import Scored, Setup, facts_of
from kaohe.scoring.rules import shown
from kaohe.scoring.shown import marks

_OPEN = "暂定"


def derive(setup: Setup, each: Scored, fields: Mapping[str, FieldResult]) -> ObjectResult:
    """The result with its tree: 结果 → 总分 (→ 基础分 → components → lines → rows; 加分, 减分), components that do not count, 名次, 等次, 榜,
    and every rule that fired. A withheld object has none."""
    if not each.is_scored or each.totals is None:
        return each.result
    result, facts = each.result, facts_of(setup, each, fields)
    field = fields.get(result.field)
    total = (each.totals.figure,) if each.totals.figure is not None else ()
    tail = (
        *_ranks(facts, field.name if field else ""),
        *_grade(facts, setup.rules),
        *_boards(facts),
        *_rules(facts, setup.rules),
    )
    text = "" if result.total is None else fixed(result.total, setup.scheme.settings.places)
    parts = (*total, *each.totals.beside, *tail)
    return msgspec.structs.replace(
        result, figure=Figure("结果", result.name, result.total, text, result.status, parts=parts)
    )


def _ranks(facts: Facts, name: str) -> Iterator[Figure]:
    result = facts.result
    if result.rank is not None and result.rank_last is not None:
        words = [f"{name} {result.field_size} 家", f"倒数第 {result.rank_last}"]
        words += ["并列"] if result.shared else []
        words += [_ties(facts)] if facts.scheme.settings.tie_breaks else []
        words += [_OPEN] if result.status == _OPEN else []
        yield Figure("名次", "名次", Fraction(result.rank), str(result.rank), "，".join(words))
    for part in result.components:
        if part.rank is not None and part.rank_last is not None and not part.counted:
            words = [f"{part.name}，{name} {result.field_size} 家", f"倒数第 {part.rank_last}"]
            words += [_OPEN] if result.status == _OPEN else []
            key = f"构成名次:{part.code}"
            yield Figure(key, f"{part.name}名次", Fraction(part.rank), str(part.rank), "，".join(words))


def _ties(facts: Facts) -> str:
    """The figures that separate equal totals, in their order."""
    places = facts.scheme.settings.places
    found = [
        f"{name} {shown(name, value_of(name, facts), places)}（{way}）"
        for name, way in facts.scheme.settings.tie_breaks
    ]
    return f"同分比较 {'、'.join(found)}"


def _grade(facts: Facts, rules: Sequence[Rule]) -> Iterator[Figure]:
    result, scheme = facts.result, facts.scheme
    if not result.grade:
        return
    bands = bands_of(scheme, facts.period.clock, result.unit_class)
    band = next((each for each in bands if each.name == result.grade), None)
    how = "低于上一等次的最低分" if band is None or band.least is None else f"{marks(band.least)} 分及以上"
    reasons = [each for each in result.reasons if each not in {one.reason for one in result.consequences}]
    bars = {one.rule for one in result.consequences if one.effect in BARS and not one.soft}
    parts = tuple(
        Figure(
            f"规则:{rule.number}",
            f"{rule.effect}{rule.parameter}",
            how="，且".join(_condition(condition, facts) for condition in rule.conditions),
            clause=rule.clause,
            source=rule.source,
        )
        for rule in rules
        if rule.number in bars
    )
    words = "；".join((how, *reasons)) if not parts else "；".join(("经限制后的等次", *reasons))
    yield Figure("等次", "等次", None, result.grade, words, parts=parts)


def _boards(facts: Facts) -> Iterator[Figure]:
    if facts.result.boards:
        yield Figure("榜", "榜", None, "、".join(facts.result.boards), _OPEN if facts.result.status == _OPEN else "")


def _rules(facts: Facts, rules: Sequence[Rule]) -> Iterator[Figure]:
    """Each consequence with its rule's conditions, the figures that they compared, and the rule's row in the scheme."""
    known = {rule.number: rule for rule in rules}
    for each in facts.result.consequences:
        rule = known[each.rule]
        compared = "，且".join(_condition(condition, facts) for condition in rule.conditions)
        text = "" if each.amount is None else marks(each.amount, facts.scheme.settings.places)
        label = " ".join(part for part in (each.effect, "" if text else each.parameter, each.target) if part)
        how = "；".join((f"{each.rule} {compared}", *_notes(each)))
        yield Figure(f"规则:{each.rule}", label, each.amount, text, how, each.clause, rule.source)


def _condition(condition: Condition, facts: Facts) -> str:
    """`基础分低于 98（97.99）`; classes and boards speak for themselves."""
    words = condition_text(msgspec.structs.replace(condition, object=_named(condition.object, facts)))
    if condition.object in ("分类", "榜"):
        return words
    text = shown(condition.object, value_of(condition.object, facts), facts.scheme.settings.places)
    return f"{words}（{text or '无'}）"


def _named(name: str, facts: Facts) -> str:
    """A condition's object as people say it: 宣传工作名次 for 构成名次:XC."""
    kind, _, code = name.partition(":")
    if kind == "指标":
        return next((f"指标 {line.code} {line.name}" for line in facts.scheme.indicators if line.code == code), name)
    if kind not in ("构成", "构成基础", "构成名次"):
        return name
    component = next((part.name for part in facts.scheme.components if part.code == code), code)
    return component + {"构成": "得分", "构成基础": "基础分", "构成名次": "名次"}[kind]


def _notes(each: Consequence) -> Iterator[str]:
    if each.month:
        yield f"{each.month} 兑现"
    if each.soft:
        yield "建议，由审定机关决定"
    if each.provisional:
        yield _OPEN
