"""The scheme: all the rules of one assessment as read from its workbook (design of the rule language: docs/scheme-model.md).

Every record remembers the row it came from (`source`: its first cell). Numbers are exact. A blank cell is None, "" or ().
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Literal

import msgspec

from kaohe.core.cells import Source
from kaohe.core.periods import Clock, chinese_date
from kaohe.records.by_class import ByClass, of_class
from kaohe.records.ratings import ONLY_MARK, Dimension, Instrument, Option, RaterGroup, VoidRule
from kaohe.records.rules import Adjustment, GradeBand, Rule
from kaohe.records.settings import Settings


class Stated(msgspec.Struct, frozen=True):
    """A filled row of 基本信息: its 取值 as text, its 说明, and its cell. A setting without such a row has the default of the language."""

    text: str
    note: str = ""
    source: Source = Source()


class PeriodRow(msgspec.Struct, frozen=True):
    """A period's dates (ISO; "" = not decided): reference date 基准日 blank = end, document date blank = 草稿. `talk_at`: day and time of
    interviews, 2026-10-28T09:30."""

    period: str
    start: str
    end: str
    due: str = ""
    as_of: str = ""
    document_date: str = ""
    meeting: str = ""
    notice_from: str = ""
    notice_to: str = ""
    basis: str = ""
    source: Source = Source()
    talk_at: str = ""
    talk_place: str = ""
    meeting_date: str = ""

    @property
    def approval(self) -> str:
        """The meeting that approved the results, with its date where that is stated: 党委第9次会议（2026年10月13日）."""
        if not self.meeting or not self.meeting_date:
            return self.meeting
        return f"{self.meeting}（{chinese_date(self.meeting_date)}）"

    @property
    def reference_date(self) -> str:
        """基准日, or the end of the period where it is blank."""
        return self.as_of or self.end


class UnitClass(msgspec.Struct, frozen=True):
    """A class of assessed objects. `field`: classes of the same ranking group are ranked together; None = 不排名."""

    code: str
    name: str
    object: Literal["单位", "人员"] = "单位"
    field: str | None = ""
    note: str = ""
    source: Source = Source()


class Component(msgspec.Struct, frozen=True):
    """A node of the component tree. `weight` in per cent by class; `origin` is the word 来源."""

    code: str
    name: str
    parent: str = ""
    clocks: tuple[Clock, ...] = ()
    weight: ByClass = {}
    counted: bool = True
    origin: str = "指标评分"
    taken_from: str = ""
    taken: str = ""
    gather: str = "均值"
    missing: str = "报错"
    source: Source = Source()


class Indicator(msgspec.Struct, frozen=True):
    """A node of an indicator tree; leaves have a `method` (办法). `component` is already inherited.

    `target` is a fixed target; `target_from` says where else it comes from (`填报`, `资料:code`). `unit_step` is 评分单位.
    """

    code: str
    name: str
    component: str
    parent: str = ""
    standard: str = ""
    method: str = ""
    full: ByClass = {}
    weight: ByClass = {}
    classes: tuple[str, ...] = ()
    measure: str = ""
    target: Fraction | None = None
    target_from: str = ""
    target_source: Source = Source()
    direction: str = "高优"
    step: Fraction | None = None
    per_step: Fraction | None = None
    step_count: str = ""
    floor: Fraction | None = None
    unit_step: Fraction | None = None
    place_rule: str = ""
    reference: str = ""
    duty: str = ""
    scorer: str = ""
    not_applicable: str = ""
    clause: str = ""
    source: Source = Source()

    @property
    def level(self) -> int:
        """1 for `3`, 2 for `3.1`, 3 for `3.1.2`."""
        return self.code.count(".") + 1

    @property
    def is_leaf(self) -> bool:
        """Whether points are given on this line."""
        return bool(self.method)

    def applies_to(self, unit_class: str) -> bool:
        """Whether a class has this line (blank 适用分类 = every class)."""
        return not self.classes or unit_class in self.classes

    def full_marks(self, unit_class: str) -> Fraction:
        """Full marks for a class: 100 for a leaf that has only a weight, 0 where the line has neither."""
        by_weight = self.is_leaf and of_class(self.weight, unit_class) is not None
        return of_class(self.full, unit_class) or Fraction(100 if by_weight else 0)


class Case(msgspec.Struct, frozen=True):
    """A case of a line (评分细则). 扣分 and 计数: points per count from `each_from` to `each_to` (equal unless the assessor judges);
    档次: `factor`; 就高: `award`. `zero_from`: from that many cases on the line (or its parent) is 0."""

    indicator: str
    number: int
    name: str
    each_from: Fraction | None = None
    each_to: Fraction | None = None
    factor: Fraction | None = None
    award: Fraction | None = None
    cap: Fraction | None = None
    zero_from: int | None = None
    zero_scope: str = ""
    kind: str = ""
    severity: str = ""
    source: Source = Source()

    @property
    def is_judged(self) -> bool:
        """Whether the assessor chooses the points within a range (酌定)."""
        return self.each_from != self.each_to


#: code and name of the mark of an instrument without dimensions
#: words of 完成期限 in place of a number of days
TERMS = ("立行立改", "长期坚持")


class Task(msgspec.Struct, frozen=True):
    """A task of a period (任务): `owner` is an object or class code, "" = everybody."""

    period: str
    number: str
    name: str
    owners: tuple[str, ...] = ()
    due: str = ""
    marks: Fraction = Fraction(0)
    source: Source = Source()


class ProblemKind(msgspec.Struct, frozen=True):
    """A kind of problem (问题类别)."""

    code: str
    name: str
    parent: str = ""
    source: Source = Source()


class Severity(msgspec.Struct, frozen=True):
    """A severity with its time limits (整改): days for the plan and for completion, counted as `day_kind`; `term` 立行立改 or 长期坚持 where
    完成期限 says so instead of a number (`done_days` is 0 then)."""

    name: str
    plan_days: int
    done_days: int
    day_kind: Literal["工作日", "自然日"] = "工作日"
    close_rule: str = ""
    relapse_window: int = 0
    overdue_rule: str = ""
    source: Source = Source()
    term: str = ""


class FormKind(msgspec.Struct, frozen=True):
    """A form to issue (填报表). `classes` of 每对象: whose objects get it, units or persons; () = every class of units."""

    code: str
    name: str
    clocks: tuple[Clock, ...] = ()
    content: tuple[str, ...] = ()
    copies: str = "每对象"
    filler: str = ""
    due: str = ""
    source: Source = Source()
    classes: tuple[str, ...] = ()

    def goes_to(self, unit_class: UnitClass) -> bool:
        """Whether the objects of a class get one each."""
        return unit_class.code in self.classes if self.classes else unit_class.object == "单位"


class DocumentKind(msgspec.Struct, frozen=True):
    """A document kind (文书). `recipients`: 全部, or a rule number. `provisional_ok` is 暂定可发."""

    code: str
    kind: str
    template: str
    clocks: tuple[Clock, ...] = ()
    recipients: str = "全部"
    layout: Literal["文件", "信函", "无"] = "文件"
    sealed: bool = False
    prefix: str = ""
    first_number: int = 1
    addressee: str = ""
    copies_to: str = ""
    circulation: str = ""
    provisional_ok: bool = True
    source: Source = Source()


class Scheme(msgspec.Struct, frozen=True, dict=True):
    """All the rules of one assessment. `info` holds the texts of 基本信息 by their Chinese name (方案名称, 组织名称 …), `stated` every filled
    row of that sheet, settings included."""

    code: str
    name: str
    info: dict[str, str] = {}
    clocks: tuple[Clock, ...] = ()
    settings: Settings = Settings()
    periods: tuple[PeriodRow, ...] = ()
    classes: tuple[UnitClass, ...] = ()
    components: tuple[Component, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    cases: tuple[Case, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    rater_groups: tuple[RaterGroup, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    options: tuple[Option, ...] = ()
    void_rules: tuple[VoidRule, ...] = ()
    tasks: tuple[Task, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    grades: tuple[GradeBand, ...] = ()
    rules: tuple[Rule, ...] = ()
    kinds: tuple[ProblemKind, ...] = ()
    severities: tuple[Severity, ...] = ()
    forms: tuple[FormKind, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    fingerprint: str = ""
    stated: dict[str, Stated] = {}

    def period_row(self, period: str) -> PeriodRow | None:
        """The row of a period, or None."""
        return next((row for row in self.periods if row.period == period), None)

    def class_of(self, code: str) -> UnitClass | None:
        """The class with this code, or None."""
        return next((each for each in self.classes if each.code == code), None)

    @cached_property
    def lines(self) -> dict[str, Indicator]:
        """Nodes and leaves by their codes."""
        return {each.code: each for each in self.indicators}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of nodes and leaves by their codes."""
        return {each.code: each.name for each in self.indicators}

    def components_at(self, clock: Clock) -> tuple[Component, ...]:
        """The components of a clock (blank 期别 = every clock)."""
        return tuple(each for each in self.components if not each.clocks or clock in each.clocks)

    def components_for(self, clock: Clock, unit_class: str) -> tuple[Component, ...]:
        """The components of a class at a clock: a counted one without a weight for the class does not belong to it."""
        return tuple(
            each
            for each in self.components_at(clock)
            if not each.counted or not each.weight or of_class(each.weight, unit_class) is not None
        )

    def indicators_for(self, clock: Clock, unit_class: str) -> tuple[Indicator, ...]:
        """Nodes and leaves of a class at a clock, in the order of the workbook (components decide clock and class)."""
        live = {each.code for each in self.components_for(clock, unit_class)}
        return tuple(each for each in self.indicators if each.component in live and each.applies_to(unit_class))

    def cases_of(self, indicator: str) -> tuple[Case, ...]:
        """The cases of a line, in order."""
        return tuple(case for case in self.cases if case.indicator == indicator)

    def adjustments_at(self, clock: Clock) -> tuple[Adjustment, ...]:
        """Bonus, penalty and event lines of a clock."""
        return tuple(each for each in self.adjustments if not each.clocks or clock in each.clocks)

    def instrument(self, code: str) -> Instrument | None:
        """The rating instrument with this code, or None."""
        return next((each for each in self.instruments if each.code == code), None)

    def instruments_at(self, clock: Clock) -> tuple[Instrument, ...]:
        """The rating instruments of a clock."""
        return tuple(each for each in self.instruments if not each.clocks or clock in each.clocks)

    def groups_of(self, instrument: str) -> tuple[RaterGroup, ...]:
        """The rater groups of an instrument, in order."""
        return tuple(each for each in self.rater_groups if each.instrument == instrument)

    def dimensions_of(self, instrument: str) -> tuple[Dimension, ...]:
        """The dimensions of an instrument, in order; the one mark ONLY_MARK where it has none."""
        found = tuple(each for each in self.dimensions if each.instrument == instrument)
        return found or (Dimension(instrument, ONLY_MARK, ONLY_MARK),)

    def options_of(self, instrument: str, dimension: str = "") -> tuple[Option, ...]:
        """The options of an instrument, in order; of one dimension: its own and those that name none."""
        return tuple(
            each
            for each in self.options
            if each.instrument == instrument and (not dimension or each.dimension in ("", dimension))
        )

    def voids_of(self, instrument: str) -> tuple[VoidRule, ...]:
        """The void rules of an instrument."""
        return tuple(each for each in self.void_rules if each.instrument == instrument)

    @cached_property
    def _bands(self) -> dict[tuple[Clock, str, str], tuple[GradeBand, ...]]:
        return {}

    def bands(self, clock: Clock, unit_class: str, used_for: str = "总评") -> tuple[GradeBand, ...]:
        """The grades of a class at a clock, best first; `used_for` 评价:code or 资料:code = those of an instrument or a fact."""
        key = (clock, unit_class, used_for)
        if key not in self._bands:
            self._bands[key] = tuple(
                band
                for band in self.grades
                if band.used_for == used_for
                and (not band.clocks or clock in band.clocks)
                and (not band.classes or unit_class in band.classes)
            )
        return self._bands[key]

    def kind_name(self, code: str) -> str:
        """Name of a kind of problem; the code itself where it is unknown."""
        return next((kind.name for kind in self.kinds if kind.code == code), code)

    def severity(self, name: str) -> Severity | None:
        """The severity of this name, or None."""
        return next((each for each in self.severities if each.name == name), None)
