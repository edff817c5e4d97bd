"""The last part of an object's derivation: rank, grade, boards and rules, put under one root with the figures of its total (step 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import fixed
from kaohe.records.derivations import Derivation
from kaohe.records.figures import Figure
from kaohe.records.results import Consequence, FieldResult, ObjectResult
from kaohe.records.rules import GradeBand, Rule
from kaohe.scoring.evidence import conditions_text, evidence
from kaohe.scoring.facts import Facts, value_of
from kaohe.scoring.grades import BARS, bands_of
from kaohe.scoring.progress import Peers, Scored, facts_of
from kaohe.scoring.rules import fires, shown, why_untold
from kaohe.scoring.setup import Setup
from kaohe.scoring.shown import marks

_OPEN = "暂定"


def derive(setup: Setup, each: Scored, fields: Mapping[str, FieldResult], peers: Peers) -> ObjectResult:
    """The result with its tree: 结果 → 总分 (→ 基础分 → components → lines → rows; 加分, 减分), components that do not count, 名次, 等次, 榜,
    every rule that fired, and those that cannot be told. A withheld object has none."""
    if not each.is_scored:
        return each.result
    result, facts = each.result, facts_of(setup, each, fields, peers)
    field = fields.get(result.field)
    total = (each.totals.figure,) if each.totals is not None and each.totals.figure is not None else ()
    tail = (
        *_ranks(facts, field.name if field else ""),
        *_grade(facts, setup.rules),
        *_boards(facts),
        *_rules(facts, setup.rules),
        *_untold(facts, setup.rules),
    )
    text = "" if result.total is None else fixed(result.total, setup.scheme.settings.places)
    parts = (*total, *(each.totals.beside if each.totals is not None else ()), *tail)
    return msgspec.structs.replace(
        result, derivation=Derivation(Figure("结果", result.name, result.total, text, result.status, parts=parts))
    )


def _ranks(facts: Facts, name: str) -> Iterator[Figure]:
    result = facts.result
    if result.rank is not None and result.rank_last is not None:
        words = [_total(facts), f"{name} {result.field_size} 家", f"倒数第 {result.rank_last}"]
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
    """The grade as it counts: computed, and above it what the committee decided. Of a doubtful decision only its line is shown."""
    result = facts.result
    if not result.grade:
        return
    computed, decided = _computed(facts, rules), result.decided
    if decided is None:
        yield computed
        return
    words = f"决定人 {decided.decided_by}" if decided.decided_by else "审定"
    how = "；".join(part for part in (words, decided.reason, decided.note) if part)
    line = Figure("等次决定", "等次决定", None, decided.grade, how, source=decided.source, typed=decided.grade)
    if not decided.adopted:
        yield msgspec.structs.replace(computed, parts=(*computed.parts, line))
        return
    below = msgspec.structs.replace(computed, key="计算等次", label="计算等次")
    yield Figure("等次", "等次", None, result.grade, "审定等次", parts=(line, below))


def _computed(facts: Facts, rules: Sequence[Rule]) -> Figure:
    result = facts.result
    bands = bands_of(facts.scheme, facts.period.clock, result.unit_class)
    how = _line(facts, bands, result.grade_computed)
    reasons = [each for each in result.reasons if each not in {one.reason for one in result.consequences}]
    bars = {one.rule for one in result.consequences if one.effect in BARS and not one.soft}
    parts = tuple(
        Figure(
            f"规则:{rule.number}",
            f"{rule.effect}{rule.parameter}",
            how=conditions_text(rule, facts),
            clause=rule.clause,
            source=rule.source,
            parts=evidence(rule, facts),
        )
        for rule in rules
        if rule.number in bars
    )
    words = "；".join(("经限制后的等次" if parts else how, *reasons))
    return Figure("等次", "等次", None, result.grade_computed, words, parts=parts)


def _total(facts: Facts) -> str:
    """总分 as ranks and grades compare it."""
    return f"总分 {shown('总分', value_of('总分', facts), facts.scheme.settings.places)}"


def _line(facts: Facts, bands: Sequence[GradeBand], grade: str) -> str:
    """The total against the lines of its grade and of the next better one that it misses."""
    at = next((index for index, each in enumerate(bands) if each.name == grade), None)
    if at is None:
        return _total(facts)
    total, least = value_of("总分", facts), bands[at].least
    words = [_total(facts)] if least is None else [_total(facts), f"{marks(least)} 分及以上为“{grade}”"]
    above = bands[at - 1] if at else None
    if above is not None and above.least is not None and isinstance(total, Fraction) and total < above.least:
        words.append(f"低于“{above.name}”的最低分 {marks(above.least)}")
    return "，".join(words)


def _boards(facts: Facts) -> Iterator[Figure]:
    if facts.result.boards:
        yield Figure("榜", "榜", None, "、".join(facts.result.boards), _OPEN if facts.result.status == _OPEN else "")


def _rules(facts: Facts, rules: Sequence[Rule]) -> Iterator[Figure]:
    """Each consequence with its rule's conditions, the figures that they compared, and the rule's row in the scheme. What a minimum share
    proposes has no rule."""
    known = {rule.number: rule for rule in rules}
    for each in facts.result.consequences:
        text = "" if each.amount is None else marks(each.amount, facts.scheme.settings.places)
        label = " ".join(part for part in (each.effect, "" if text else each.parameter, each.target) if part)
        rule = known.get(each.rule)
        words = f"{each.rule} {conditions_text(rule, facts)}" if rule is not None else each.reason
        how = "；".join((words, *_notes(each)))
        source, parts = (rule.source, evidence(rule, facts)) if rule is not None else (None, ())
        yield Figure(f"规则:{each.rule}", label, each.amount, text, how, each.clause, source, parts=parts)


def _untold(facts: Facts, rules: Sequence[Rule]) -> Iterator[Figure]:
    """Rules that cannot be told for the object, with what is missing."""
    hit = {each.rule for each in facts.result.consequences}
    for rule in rules:
        if rule.number not in hit and fires(rule, facts) is None:
            label = " ".join(part for part in (rule.effect, rule.parameter) if part)
            how = f"{rule.number} 不能判断：{why_untold(rule, facts)}"
            yield Figure(f"规则:{rule.number}", label, None, "", how, rule.clause, rule.source)


def _notes(each: Consequence) -> Iterator[str]:
    if each.month:
        yield f"{each.month} 兑现"
    if each.soft:
        yield "建议，由审定机关决定"
    if each.provisional:
        yield _OPEN
