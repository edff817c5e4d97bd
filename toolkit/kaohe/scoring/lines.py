"""The lines of one class at one clock, made once for all its objects; what was typed on one of them; and the points that came of it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from kaohe.core.cells import Source
from kaohe.core.exact import ZERO
from kaohe.core.periods import Clock
from kaohe.records.results import Figure
from kaohe.records.returns import Count, Deduction, Score, Submission
from kaohe.records.scheme import Case, Indicator, Scheme


class Line(msgspec.Struct, frozen=True):
    """A leaf for one class. `floor` is 最低分, 0 where blank (scheme model 4, step 1)."""

    indicator: Indicator
    full: Fraction
    floor: Fraction
    cases: Mapping[str, Case]

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code


class Tree(msgspec.Struct, frozen=True):
    """The indicator trees of a class. `roots` maps a component to its top lines, `children` a node to its lines; `full` a node to its
    full marks: as written, else the sum of its lines."""

    leaves: tuple[Line, ...]
    roots: Mapping[str, tuple[Indicator, ...]]
    children: Mapping[str, tuple[Indicator, ...]]
    full: Mapping[str, Fraction]


class Typed(msgspec.Struct, frozen=True):
    """What was typed for a leaf: its line on 评分, and its rows of 扣分与问题 and 计分事项 in their order."""

    score: Score | None = None
    deductions: tuple[Deduction, ...] = ()
    counts: tuple[Count, ...] = ()

    @property
    def is_checked(self) -> bool:
        """核查 = 已查."""
        return self.score is not None and self.score.checked is not None and self.score.checked.value == "已查"

    @property
    def is_away(self) -> bool:
        """核查 = 不适用."""
        return self.score is not None and self.score.checked is not None and self.score.checked.value == "不适用"


class Charge(msgspec.Struct, frozen=True):
    """A deduction row: what it asks for, and what of it is left after its case's cap. `name` is the case."""

    row: Deduction
    asked: Fraction
    capped: Fraction
    how: str


class Given(msgspec.Struct, frozen=True):
    """Points of a leaf within [floor, full]. `source`, `typed`: the one typed cell that made them, None where several did.

    `charges` are the deduction rows; `bearer` the index of the row whose case makes the line 0, `zeroes_parent` its parent too.
    """

    points: Fraction
    how: str
    source: Source | None = None
    typed: str = ""
    parts: tuple[Figure, ...] = ()
    charges: tuple[Charge, ...] = ()
    bearer: int | None = None
    zeroes_parent: bool = False


def tree_of(scheme: Scheme, clock: Clock, unit_class: str) -> Tree:
    """The trees of a class at a clock, lines in the order of the workbook."""
    lines = scheme.indicators_for(clock, unit_class)
    known = {line.code for line in lines}
    cases: dict[str, dict[str, Case]] = {}
    for case in scheme.cases:
        cases.setdefault(case.indicator, {})[case.name] = case
    roots: dict[str, list[Indicator]] = {}
    children: dict[str, list[Indicator]] = {}
    for line in lines:
        group = children.setdefault(line.parent, []) if line.parent in known else roots.setdefault(line.component, [])
        group.append(line)
    full: dict[str, Fraction] = {}
    for line in sorted(lines, key=lambda line: -line.level):
        written = line.full_marks(unit_class)
        full[line.code] = written or sum((full[child.code] for child in children.get(line.code, ())), ZERO)
    return Tree(
        tuple(
            Line(line, full[line.code], line.floor or ZERO, cases.get(line.code, {})) for line in lines if line.is_leaf
        ),
        {code: tuple(found) for code, found in roots.items()},
        {code: tuple(found) for code, found in children.items()},
        full,
    )


def typed_on(submission: Submission) -> Mapping[str, Typed]:
    """What was typed, by leaf."""
    deductions: dict[str, list[Deduction]] = {}
    for row in submission.deductions:
        deductions.setdefault(row.indicator, []).append(row)
    counts: dict[str, list[Count]] = {}
    for entry in submission.counts:
        counts.setdefault(entry.indicator, []).append(entry)
    scores = {score.indicator: score for score in submission.scores}
    return {
        code: Typed(scores.get(code), tuple(deductions.get(code, ())), tuple(counts.get(code, ())))
        for code in (*scores, *(code for code in (*deductions, *counts) if code not in scores))
    }
