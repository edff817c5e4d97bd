"""The lines of one class at one clock, made once for all its objects; what was typed on one of them; and the points that came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

import msgspec

from kaohe.core.cells import Source
from kaohe.core.exact import HUNDRED, ZERO, add
from kaohe.core.periods import Clock
from kaohe.records.by_class import of_class
from kaohe.records.figures import Figure
from kaohe.records.returns import Count, Deduction, Number, Score, Submission
from kaohe.records.scheme import Case, Indicator, Scheme
from kaohe.scheme.order import components_of
from kaohe.scheme.places import span_of
from kaohe.scoring.shown import marks


class Award(NamedTuple):
    """Points for the places from `first` to `last` (None = and all beyond)."""

    first: int
    last: int | None
    points: Fraction


class Line(msgspec.Struct, frozen=True):
    """A leaf for one class. `floor` is 最低分, 0 where blank (scheme model 4, step 1); `awards` the table of 排名赋分. `key`, `label` and
    `shown` (full marks) are as derivations print them."""

    indicator: Indicator
    full: Fraction
    floor: Fraction
    cases: Mapping[str, Case]
    key: str = ""
    label: str = ""
    shown: str = ""
    awards: tuple[Award, ...] = ()

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code


class Branch(msgspec.Struct, frozen=True):
    """A line of the tree with what is below it; a leaf has its `line`. `full` are its marks: as written, else the sum of its lines, else
    100 where weights combine it. `weight` in per cent among its siblings, None = siblings add their marks up. `inner`: what its lines add
    up to, in marks or, where weights combine them, in per cent; `is_even`: that is its full marks."""

    code: str
    key: str
    label: str
    clause: str
    full: Fraction
    shown: str
    weight: Fraction | None = None
    inner: Fraction = ZERO
    is_even: bool = True
    line: Line | None = None
    below: tuple[Branch, ...] = ()


class Tree(msgspec.Struct, frozen=True):
    """The indicator trees of a class: all `leaves` in the order of the workbook, those of each component, its top lines and what they add
    up to (marks, or per cent), and the codes at and under every line."""

    leaves: tuple[Line, ...]
    leaves_of: Mapping[str, tuple[Line, ...]]
    roots: Mapping[str, tuple[Branch, ...]]
    whole: Mapping[str, Fraction]
    under: Mapping[str, frozenset[str]]


class Placed(NamedTuple):
    """A place among the objects of the field that have a value on the line."""

    rank: int
    size: int


class Quoted(NamedTuple):
    """A figure on 0–100 that a line takes from elsewhere; `value` None = there is none to take, and the line does not apply."""

    value: Fraction | None
    figure: Figure


class Typed(msgspec.Struct, frozen=True, gc=False):
    """What was typed for a leaf: its line on 评分, and its rows of 扣分与问题 and 计分事项 in their order. `target`: the target that stands in
    资料; `placed` and `quoted` are put in where the line ranks values or takes a figure from elsewhere."""

    score: Score | None = None
    deductions: tuple[Deduction, ...] = ()
    counts: tuple[Count, ...] = ()
    target: Number | None = None
    placed: Placed | None = None
    quoted: Quoted | None = None

    @property
    def is_checked(self) -> bool:
        """核查 = 已查."""
        return self.score is not None and self.score.checked is not None and self.score.checked.value == "已查"

    @property
    def is_away(self) -> bool:
        """核查 = 不适用."""
        return self.score is not None and self.score.checked is not None and self.score.checked.value == "不适用"


class Charge(msgspec.Struct, frozen=True, gc=False):
    """A deduction row: what it asks for, and what of it is left after its case's cap. `name` is the case."""

    row: Deduction
    asked: Fraction
    capped: Fraction
    how: str


class Given(msgspec.Struct, frozen=True, gc=False):
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
    live = {part.code for part in components_of(scheme, clock, unit_class)}
    lines = [line for line in scheme.indicators_for(clock, unit_class) if line.component in live]
    known = {line.code for line in lines}
    cases: dict[str, dict[str, Case]] = {}
    for case in scheme.cases:
        cases.setdefault(case.indicator, {})[case.name] = case
    children: dict[str, list[Indicator]] = {}
    tops: dict[str, list[Indicator]] = {}
    for line in lines:
        group = children.setdefault(line.parent, []) if line.parent in known else tops.setdefault(line.component, [])
        group.append(line)
    leaves: dict[str, Line] = {}
    under: dict[str, frozenset[str]] = {}

    def grown(siblings: Iterable[Indicator]) -> tuple[Branch, ...]:
        return tuple(branch(line) for line in siblings)

    def branch(line: Indicator) -> Branch:
        below = grown(children.get(line.code, ()))
        weight, written = of_class(line.weight, unit_class), of_class(line.full, unit_class)
        by_weight = any(each.weight is not None for each in below)
        inner = whole_of(below)
        full = written or (HUNDRED if by_weight or weight is not None else inner)
        key, label, shown = f"指标:{line.code}", f"{line.code} {line.name}", marks(full)
        under[line.code] = frozenset((line.code,)).union(*(under[each.code] for each in below))
        leaf = None
        if line.is_leaf:
            mine = cases.get(line.code, {})
            leaf = Line(line, full, line.floor or ZERO, mine, key, label, shown, awards_of(mine.values()))
            leaves[line.code] = leaf
        return Branch(line.code, key, label, line.clause, full, shown, weight, inner, inner == full, leaf, below)

    roots = {component: grown(top) for component, top in tops.items()}
    ordered = tuple(leaves[line.code] for line in lines if line.is_leaf)
    return Tree(
        ordered,
        {code: tuple(leaf for leaf in ordered if leaf.indicator.component == code) for code in roots},
        roots,
        {code: whole_of(top) for code, top in roots.items()},
        under,
    )


def whole_of(siblings: Iterable[Branch]) -> Fraction:
    """What siblings add up to where all apply: their marks, or per cent where weights combine them."""
    known = tuple(siblings)
    if any(each.weight is not None for each in known):
        return add(each.weight or ZERO for each in known)
    return add(each.full for each in known)


def awards_of(cases: Iterable[Case]) -> tuple[Award, ...]:
    """The table of 排名赋分: a case names a place or a span of them (`1`, `2–3`, `4–` = from there on); others are left out."""
    found = []
    for case in cases:
        span = span_of(case.name)
        if span is not None and case.award is not None:
            found.append(Award(*span, case.award))
    return tuple(found)


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
