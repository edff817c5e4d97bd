"""What was typed: a returned workbook's content as records, each value with the cell it came from.

A `Submission` holds only what could be read; what could not is a fault. `withheld` says that a fault of 存疑 keeps the object
from being scored; its readable parts (problems, reports) stand all the same. (`gc=False`: as in `kaohe.records.results`.)
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import msgspec

from kaohe.core.cells import Source
from kaohe.records.ballots import Cast, Counted, Due, ExportMapping, Tally
from kaohe.records.followup import Appeal, InterviewResult

_BRACKETS = str.maketrans("([【〖", "〔〔〔〔") | str.maketrans(")]】〗", "〕〕〕〕")


class Text(msgspec.Struct, frozen=True, gc=False):
    """A typed text, stripped, never empty."""

    value: str
    source: Source


class Number(msgspec.Struct, frozen=True, gc=False):
    """A typed number, exact."""

    value: Fraction
    source: Source


class Day(msgspec.Struct, frozen=True, gc=False):
    """A typed date, ISO."""

    value: str
    source: Source


class Cover(msgspec.Struct, frozen=True, gc=False):
    """The cover's fields; None = blank."""

    filler: Text | None = None
    phone: Text | None = None
    filled_on: Day | None = None
    inspectors: Text | None = None
    inspected_on: Day | None = None
    opinion: Text | None = None
    objection: Text | None = None


class Score(msgspec.Struct, frozen=True, gc=False):
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


class Deduction(msgspec.Struct, frozen=True, gc=False):
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


class Count(msgspec.Struct, frozen=True, gc=False):
    """One row of 计分事项. Only `verified` (核定次数) scores."""

    number: str
    indicator: str
    case: str
    count: Number
    verified: Number | None
    fact: Text | None
    evidence: Text | None
    source: Source


def document_key(text: str) -> str:
    """A document number as compared: full and half width, spaces and kinds of brackets alike; "" for words that name no document (无, 文件)."""
    folded = "".join(unicodedata.normalize("NFKC", text).translate(_BRACKETS).split()).casefold()
    return folded if any(letter.isnumeric() for letter in folded) else ""


class Claim(msgspec.Struct, frozen=True, gc=False):
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

    @property
    def document(self) -> str:
        """文号或事项编号 as compared: two claims that name the same document are one matter; "" = none named."""
        return document_key(self.reference.value) if self.reference is not None else ""


class Report(msgspec.Struct, frozen=True, gc=False):
    """One row of 整改情况: the unit's report on an open problem, and the inspectors' verdict on it."""

    problem_id: str
    state: Text | None = None  # 未启动 / 推进中 / 已完成 / 未完成
    done_on: Day | None = None
    measures: Text | None = None
    evidence: Text | None = None
    verdict: Text | None = None  # 属实 / 不属实
    source: Source = Source()


class Opening(msgspec.Struct, frozen=True, gc=False):
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


class Words(msgspec.Struct, frozen=True, gc=False):
    """综合评语: qualitative words of the inspectors."""

    achievements: Text | None = None
    highlights: Text | None = None
    advice: Text | None = None
    comment: Text | None = None


class Talk(msgspec.Struct, frozen=True, gc=False):
    """One row of 谈话记录: a talk with a person of the unit."""

    number: str
    person: Text
    post: Text | None = None
    day: Day | None = None
    speaker: Text | None = None
    content: Text | None = None
    problems: Text | None = None
    source: Source = Source()


class Debrief(msgspec.Struct, frozen=True, gc=False):
    """述职要点: what the secretary, or a member, reports. `topics`: the achievements by topic, where the scheme names topics."""

    achievements: Text | None = None
    shortcomings: Text | None = None
    roots: Text | None = None
    next_steps: Text | None = None
    topics: tuple[tuple[str, Text], ...] = ()


class TaskDone(msgspec.Struct, frozen=True, gc=False):
    """One row of 任务清单: what became of a task; only `points` (得分, typed by the inspectors) counts."""

    number: str
    done: Text | None = None
    done_on: Day | None = None
    points: Number | None = None
    note: Text | None = None
    source: Source = Source()


class Ballot(msgspec.Struct, frozen=True, gc=False):
    """What one rater marked for one object on one instrument: (dimension code, mark) of the cells that are filled.

    `group` is the rater group whose workbook it came in; "" = the rater's own workbook, and membership goes by identity.
    """

    instrument: str
    rater: str
    group: str
    object_code: str
    marks: tuple[tuple[str, Number], ...]
    source: Source = Source()


class DailyEntry(msgspec.Struct, frozen=True, gc=False):
    """One row of 日常积分: signed points of an object with reason and clause. A negative one is a problem with `problem_id`, `kind`
    (问题类别) and `severity`. `component` "" = the scheme's only component of that source."""

    number: str
    object_code: str
    component: str
    day: Day | None
    points: Number
    reason: Text
    clause: Text | None = None
    evidence: Text | None = None
    kind: str = ""
    severity: str = ""
    problem_id: str = ""
    filler: str = ""
    source: Source = Source()


class Event(msgspec.Struct, frozen=True, gc=False):
    """One row of 事项: a downgrade or veto event of an object. Only 核定 = 已确认 counts."""

    number: str
    object_code: str
    item: str
    fact: Text
    day: Day | None = None
    reference: Text | None = None
    decision: Text | None = None
    authority: Text | None = None
    source: Source = Source()


class PeriodFact(msgspec.Struct, frozen=True, gc=False):
    """One row of 资料: a fact of an object in this period."""

    object_code: str
    fact: str
    value: Text
    source: Source = Source()


class Decision(msgspec.Struct, frozen=True, gc=False):
    """One row of 等次决定: the committee's decision on an object. `computed` is the computed grade as it stood printed."""

    object_code: str
    computed: str
    grade: Text
    reason: Text | None = None
    decided_by: Text | None = None
    source: Source = Source()


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A typed value that was used, for entries.csv: field is the column's or field's Chinese name."""

    form: str
    field: str
    indicator: str
    value: str
    source: Source


class Shared(msgspec.Struct, frozen=True):
    """What the group-wide workbooks of a period brought. `returned`: (form code, copy) of every workbook that was accepted or doubtful;
    `missing`: those that were issued and have not come back. A copy is a rater, rater group, department or team; "" = the only one.

    Ballots are only here while a workbook is read; what is kept of them is `counted`."""

    ballots: tuple[Ballot, ...] = ()
    daily: tuple[DailyEntry, ...] = ()
    events: tuple[Event, ...] = ()
    facts: tuple[PeriodFact, ...] = ()
    decisions: tuple[Decision, ...] = ()
    entries: tuple[Entry, ...] = ()
    returned: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    casts: tuple[Cast, ...] = ()
    tallies: tuple[Tally, ...] = ()
    due: tuple[Due, ...] = ()
    counted: tuple[Counted, ...] = ()
    mappings: tuple[ExportMapping, ...] = ()
    interviews: tuple[InterviewResult, ...] = ()
    appeals: tuple[Appeal, ...] = ()


class Submission(msgspec.Struct, frozen=True, gc=False):
    """One object's returned workbook."""

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
    debrief: Debrief = Debrief()
    talks: tuple[Talk, ...] = ()
    tasks: tuple[TaskDone, ...] = ()
    entries: tuple[Entry, ...] = ()

    def score(self, indicator: str) -> Score | None:
        """The line of a leaf, or None."""
        return next((score for score in self.scores if score.indicator == indicator), None)


class Unlisted(Submission, frozen=True, gc=False):
    """A submission as the store is read for scoring and documents: without its entries, which make two thirds of it and which only
    entries.csv wants."""

    entries: tuple[Entry, ...] = msgspec.field(default=(), name="-")


class Listed(msgspec.Struct, frozen=True, gc=False):
    """The other way round: the entries of a submission, and whose they are."""

    object_code: str
    entries: tuple[Entry, ...] = ()


class Note(Score, frozen=True, gc=False):
    """The note on a leaf's line, without what was typed there."""

    target: Number | None = msgspec.field(default=None, name="-target")
    actual: Number | None = msgspec.field(default=None, name="-actual")
    own_points: Number | None = msgspec.field(default=None, name="-own")
    checked: Text | None = msgspec.field(default=None, name="-checked")
    case: Text | None = msgspec.field(default=None, name="-case")
    place: Number | None = msgspec.field(default=None, name="-place")
    points: Number | None = msgspec.field(default=None, name="-points")


class Quoted(Submission, frozen=True, gc=False):
    """A submission as the store is read for publication: what documents print of it themselves, cover, words, report and the lines with a
    note. All else they have from the outcome and the ledger; at ten thousand units it is a quarter of a gigabyte."""

    scores: tuple[Note, ...] = ()
    deductions: tuple[Deduction, ...] = msgspec.field(default=(), name="-deductions")
    counts: tuple[Count, ...] = msgspec.field(default=(), name="-counts")
    claims: tuple[Claim, ...] = msgspec.field(default=(), name="-claims")
    reports: tuple[Report, ...] = msgspec.field(default=(), name="-reports")
    talks: tuple[Talk, ...] = msgspec.field(default=(), name="-talks")
    tasks: tuple[TaskDone, ...] = msgspec.field(default=(), name="-tasks")
    entries: tuple[Entry, ...] = msgspec.field(default=(), name="-entries")

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "scores", tuple(each for each in self.scores if each.note is not None))
