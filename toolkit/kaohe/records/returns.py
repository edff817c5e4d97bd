"""What was typed: a returned workbook's content as records, each value with the cell it came from.

A `Submission` holds only what could be read; what could not is a fault. `withheld` says that a fault of 存疑 keeps the object
from being scored; its readable parts (problems, reports) stand all the same.
"""

from __future__ import annotations

from fractions import Fraction

import msgspec

from kaohe.core.cells import Source


class Text(msgspec.Struct, frozen=True):
    """A typed text, stripped, never empty."""

    value: str
    source: Source


class Number(msgspec.Struct, frozen=True):
    """A typed number, exact."""

    value: Fraction
    source: Source


class Day(msgspec.Struct, frozen=True):
    """A typed date, ISO."""

    value: str
    source: Source


class Cover(msgspec.Struct, frozen=True):
    """The cover's fields; None = blank."""

    filler: Text | None = None
    phone: Text | None = None
    filled_on: Day | None = None
    inspectors: Text | None = None
    inspected_on: Day | None = None
    opinion: Text | None = None
    objection: Text | None = None


class Score(msgspec.Struct, frozen=True):
    """One leaf's line on 评分. Which fields count depends on the leaf's method; `points` only where points are typed."""

    indicator: str
    target: Number | None = None
    actual: Number | None = None
    own_points: Number | None = None
    checked: Text | None = None  # 核查: 已查 / 不适用
    case: Text | None = None  # 情形
    place: Number | None = None  # 名次
    points: Number | None = None  # 得分
    note: Text | None = None


class Deduction(msgspec.Struct, frozen=True):
    """One row of 扣分与问题 = one problem. `problem_id` = period-unit-序号. `judged` is 酌定扣分 (range cases only).

    `source` is the cell of 情形; `kind` and `severity` are resolved (from the case, else as typed).
    """

    number: str
    problem_id: str
    indicator: str
    case: str
    count: Number
    judged: Number | None
    fact: Text
    evidence: Text | None
    kind: str
    severity: str
    owner: Text | None
    source: Source


class Count(msgspec.Struct, frozen=True):
    """One row of 计分事项. Only `verified` (核定次数) scores."""

    number: str
    indicator: str
    case: str
    count: Number
    verified: Number | None
    fact: Text | None
    evidence: Text | None
    source: Source


class Claim(msgspec.Struct, frozen=True):
    """One row of 加减分. Only 已确认 claims count, with the verified points."""

    number: str
    item: str
    matter: Text
    day: Day | None
    reference: Text | None
    evidence: Text | None
    count: Number | None
    claimed: Number | None
    verified: Number | None
    decision: Text | None  # 核定: 待确认 / 已确认
    source: Source


class Report(msgspec.Struct, frozen=True):
    """One row of 整改情况: the unit's report on an open problem, and the inspectors' verdict on it."""

    problem_id: str
    state: Text | None = None  # 未启动 / 推进中 / 已完成 / 未完成
    done_on: Day | None = None
    measures: Text | None = None
    evidence: Text | None = None
    verdict: Text | None = None  # 属实 / 不属实
    source: Source = Source()


class Opening(msgspec.Struct, frozen=True):
    """One row of 期初问题 (first period only): a problem brought along from before, with its state."""

    problem_id: str
    unit_code: str
    indicator: str
    fact: Text
    kind: str
    severity: str
    period: str
    opened: str
    deadline: str
    owner: str
    state: str
    closed: str = ""
    source: Source = Source()


class Words(msgspec.Struct, frozen=True):
    """综合评语: qualitative words of the inspectors."""

    achievements: Text | None = None
    highlights: Text | None = None
    advice: Text | None = None
    comment: Text | None = None


class Entry(msgspec.Struct, frozen=True):
    """A typed value that was used, for entries.csv: field is the column's or field's Chinese name."""

    form: str
    field: str
    indicator: str
    value: str
    source: Source


class Submission(msgspec.Struct, frozen=True):
    """One object's returned workbook. `late` = handed in after the deadline (said, never punished by us)."""

    object_code: str
    form: str
    file: str
    withheld: bool = False
    cover: Cover = Cover()
    scores: tuple[Score, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    counts: tuple[Count, ...] = ()
    claims: tuple[Claim, ...] = ()
    reports: tuple[Report, ...] = ()
    words: Words = Words()
    entries: tuple[Entry, ...] = ()

    def score(self, indicator: str) -> Score | None:
        """The line of a leaf, or None."""
        return next((score for score in self.scores if score.indicator == indicator), None)
