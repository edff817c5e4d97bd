"""The grade of each object: by score, after the bars that fired, within the shares (scheme model 4, steps 9–11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kaohe.core.exact import ZERO
from kaohe.records.results import FieldResult
from kaohe.scoring.effects import GRADING, UNDECIDED, fired, is_proposal
from kaohe.scoring.fields import key_of
from kaohe.scoring.grades import BARS, after_bars, bands_of, by_score
from kaohe.scoring.progress import Scored, Setup, facts_of
from kaohe.scoring.rounding import compared
from kaohe.scoring.rules import fires
from kaohe.scoring.shares import Candidate, after_shares


def grade(setup: Setup, objects: Sequence[Scored], fields: Mapping[str, FieldResult]) -> tuple[Scored, ...]:
    """The objects with their grades; withheld ones and 不定等次 get none, and the withheld stay in N of the shares."""
    barred = tuple(_barred(setup, each, fields) if each.is_graded else each for each in objects)
    sizes = Counter(_scope(setup, each) for each in objects if each.who.standing == "参评")
    candidates = [
        Candidate(
            each.who.code,
            _scope(setup, each),
            each.result.grade,
            each.key or key_of(setup, each, fields),
            bands_of(setup.scheme, setup.period.clock, each.who.unit_class),
        )
        for each in barred
        if each.result.grade
    ]
    moved = after_shares(candidates, sizes, setup.scheme.settings)
    return tuple(_moved(each, *moved[each.who.code]) if each.who.code in moved else each for each in barred)


def _scope(setup: Setup, each: Scored) -> str:
    return "全体" if setup.scheme.settings.share_scope == "全体" else each.group


def _barred(setup: Setup, each: Scored, fields: Mapping[str, FieldResult]) -> Scored:
    """The grade after the bars, and whether the best grade is open to the object: a bar outranks 待定."""
    settings, facts = setup.scheme.settings, facts_of(setup, each, fields)
    bands = bands_of(setup.scheme, setup.period.clock, each.who.unit_class)
    bars = [rule for rule in fired(setup.rules, facts, BARS) if not is_proposal(rule, facts)]
    heaviest = settings.downgrade_sum == "取最重"
    by_total = by_score(bands, compared(settings, each.result.total_exact or ZERO))
    lowered = after_bars(bands, by_total, bars, heaviest)
    best = bands[0].name if bands else ""
    closed = bool(best) and after_bars(bands, best, bars, heaviest) != best
    eligible = "否" if closed else "待定" if _is_unclear(setup, each, fields) else "是"
    return each.having(grade_computed=lowered, grade=lowered, eligible=eligible)


def _is_unclear(setup: Setup, each: Scored, fields: Mapping[str, FieldResult]) -> bool:
    """Whether a 待定 rule holds, or a bar cannot be told."""
    facts = facts_of(setup, each, fields)
    answers = [(rule.effect, fires(rule, facts)) for rule in setup.rules if rule.effect in GRADING and not rule.soft]
    return any(answer is None or (answer and effect == UNDECIDED) for effect, answer in answers)


def _moved(each: Scored, grade: str, why: str) -> Scored:
    return each.having(grade_computed=grade, grade=grade, reasons=(*each.result.reasons, why))
