"""Grades with their bars, boards, and every consequence of the rules (scheme model 4, steps 9, 10 and 14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import msgspec

from kaohe.core.exact import exact
from kaohe.core.periods import Clock, Period
from kaohe.records.problems import Ledger
from kaohe.records.results import Consequence, ObjectResult, Outcome
from kaohe.records.scheme import PeriodRow, Rule, Scheme
from kaohe.scoring.grades import BARS, bands, barred, grade_by_score
from kaohe.scoring.rules import Facts, fired, fires, reads_others, reason_text, rules_at


def with_grades(
    scheme: Scheme, clock: Clock, results: Sequence[ObjectResult], earlier: tuple[Outcome, ...], ledger: Ledger
) -> list[ObjectResult]:
    """Grade by score, then the bars that fired; a soft bar is only a proposal. Withheld and 不定等次 objects get no grade."""
    rules = rules_at(scheme, clock)
    found = []
    for result in results:
        if result.total is None or result.total_exact is None or result.status == "不定等次":
            found.append(result)
            continue
        line = bands(scheme, clock, result.unit_class)
        total = result.total if scheme.settings.compare == "舍入值" else result.total_exact
        grade = grade_by_score(line, total)
        facts = Facts(scheme, clock, msgspec.structs.replace(result, grade=grade), earlier, ledger)
        bars = [rule for rule in fired(rules, facts, frozenset(BARS)) if not rule.soft]
        lowered = barred(line, grade, bars, scheme.settings.downgrade_sum == "取最重")
        unclear = any(rule.effect in BARS and fires(rule, facts) is None for rule in rules)
        found.append(
            msgspec.structs.replace(
                result,
                grade_computed=lowered,
                grade=lowered,
                eligible="否" if bars else "待定" if unclear else "是",
                reasons=tuple(reason_text(rule, facts) for rule in bars),
            )
        )
    return found


def with_effects(
    scheme: Scheme,
    period: Period,
    row: PeriodRow,
    results: Sequence[ObjectResult],
    earlier: tuple[Outcome, ...],
    ledger: Ledger,
    incomplete: frozenset[str],
) -> list[ObjectResult]:
    """Boards first, then every other effect, which may read the boards; in the order of the rules. What reads other objects of an
    incomplete field is marked provisional."""
    rules = rules_at(scheme, period.clock)
    found = []
    for result in results:
        if result.total is None or result.status == "不定等次":
            found.append(result)
            continue
        facts = Facts(scheme, period.clock, result, earlier, ledger)
        boards = fired(rules, facts, frozenset({"上榜"}))
        facts = msgspec.structs.replace(facts, boards=frozenset(rule.parameter for rule in boards))
        others = [
            rule for rule in rules if rule.effect != "上榜" and rule.effect not in BARS and fires(rule, facts) is True
        ]
        bars = [rule for rule in rules if rule.effect in BARS and fires(rule, facts) is True]
        effects = [rule for rule in rules if rule in boards or rule in others or rule in bars]
        consequences = tuple(_consequence(scheme, rule, facts, row, result.field in incomplete) for rule in effects)
        found.append(
            msgspec.structs.replace(
                result,
                boards=tuple(dict.fromkeys(rule.parameter for rule in boards)),
                consequences=consequences,
                reasons=tuple(dict.fromkeys((*result.reasons, *(each.reason for each in consequences if each.reason)))),
            )
        )
    return found


def _consequence(scheme: Scheme, rule: Rule, facts: Facts, row: PeriodRow, incomplete: bool) -> Consequence:
    return Consequence(
        rule.number,
        rule.effect,
        rule.parameter,
        amount(rule),
        rule.target,
        effect_month(row) if rule.effect == "绩效加减" else "",
        reason_text(rule, facts),
        rule.clause,
        rule.soft,
        incomplete and reads_others(scheme, rule),
    )


def amount(rule: Rule) -> Fraction | None:
    """± points of 绩效加减; None for effects without an amount."""
    return exact(rule.parameter.replace("−", "-").lstrip("+")) if rule.effect == "绩效加减" else None


def effect_month(row: PeriodRow) -> str:
    """The month after the period's end, `2026-10` (default of the field: the month after the quarter)."""
    if not row.end:
        return ""
    last = date.fromisoformat(row.end)
    year, month = (last.year + 1, 1) if last.month == 12 else (last.year, last.month + 1)
    return f"{year}-{month:02d}"
