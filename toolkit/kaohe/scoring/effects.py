"""Boards and every other effect of the rules that fired, with amount, month, reason and clause (scheme model 4, step 14)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from kaohe.core.exact import exact
from kaohe.records.results import Consequence, FieldResult
from kaohe.records.scheme import PeriodRow, Rule, Scheme
from kaohe.scoring.facts import Facts
from kaohe.scoring.grades import BARS
from kaohe.scoring.progress import Scored, Setup, facts_of
from kaohe.scoring.rules import fires, is_tied_over, reads_others, reason_text

BOARD, UNDECIDED, POINTS = "上榜", "待定", "绩效加减"
#: effects by the moment at which their rules may be decided: the grade's first, then boards, then those that may read everything
GRADING = (*BARS, UNDECIDED)
FOLLOWING = (POINTS, "限制其他考核", "约谈", "表彰", "计入", "发文", "提示")
EFFECTS = (*GRADING, BOARD, *FOLLOWING)
_AFTER = {"当月": 0, "次月": 1, "隔月": 2}


def follow(setup: Setup, each: Scored, fields: Mapping[str, FieldResult]) -> Scored:
    """Every rule that holds for an object, in the order of 规则号: those of the grade, boards (which may read the grade), then what may
    read everything. Only a board that is no proposal is one that the object is on."""
    if not each.is_scored:
        return each
    grading = fired(setup.rules, facts_of(setup, each.having(grade=""), fields), GRADING)
    facts = facts_of(setup, each, fields)
    boards = fired(setup.rules, facts, (BOARD,))
    each = each.having(boards=tuple(dict.fromkeys(rule.parameter for rule in boards if not is_proposal(rule, facts))))
    facts = facts_of(setup, each, fields)
    found = {rule.number for rule in (*grading, *boards, *fired(setup.rules, facts, FOLLOWING))}
    field = fields.get(each.who.field)
    pending = field is not None and not field.complete
    consequences = tuple(
        _consequence(rule, facts, setup.row, pending and _reads_field(rule, facts, each))
        for rule in setup.rules
        if rule.number in found
    )
    told = (one.reason for one in consequences if one.reason)
    reasons = tuple(dict.fromkeys((*each.result.reasons, *told)))
    return each.having(consequences=consequences, reasons=reasons)


def _reads_field(rule: Rule, facts: Facts, each: Scored) -> bool:
    """Whether a rule reads other objects, or figures of the object that were made with their mean (step 0a)."""
    return each.reads_mean or reads_others(facts.scheme, facts.period.clock, rule)


def fired(rules: Sequence[Rule], facts: Facts, effects: Sequence[str]) -> tuple[Rule, ...]:
    """The rules with one of these effects that hold, in order."""
    return tuple(rule for rule in rules if rule.effect in effects and fires(rule, facts) is True)


def is_proposal(rule: Rule, facts: Facts) -> bool:
    """Whether a rule that fired only proposes: a soft one, or one that a tie takes over its places where ties go for approval (报批)."""
    return rule.soft or (facts.scheme.settings.tied_ends == "报批" and is_tied_over(rule, facts))


def _consequence(rule: Rule, facts: Facts, row: PeriodRow, provisional: bool) -> Consequence:
    soft = is_proposal(rule, facts)
    reason = reason_text(rule, facts)
    if soft and not rule.soft:
        reason += "（并列，报批）"
    return Consequence(
        rule=rule.number,
        effect=rule.effect,
        parameter=rule.parameter,
        amount=amount(rule),
        target=rule.target,
        month=month(facts.scheme, row) if rule.effect == POINTS else "",
        reason=reason,
        clause=rule.clause,
        soft=soft,
        provisional=provisional,
    )


def amount(rule: Rule) -> Fraction | None:
    """Signed points of 绩效加减; None for effects without an amount, or a parameter that is no number (the scheme check refuses it)."""
    if rule.effect != POINTS:
        return None
    try:
        return exact(rule.parameter.strip().replace("−", "-").replace("－", "-"))
    except ValueError:
        return None


def month(scheme: Scheme, row: PeriodRow) -> str:
    """In which month performance points act, `2026-10`: 绩效月份 says 当月, 次月 (default), 隔月, counted from the period's last, or a month."""
    word = scheme.info.get("绩效月份", "")
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", word) or not row.end:
        return word
    last = date.fromisoformat(row.end)
    count = last.year * 12 + last.month - 1 + next((steps for name, steps in _AFTER.items() if name in word), 1)
    return f"{count // 12}-{count % 12 + 1:02d}"
