"""A form as a value: everything that the writer, the reader and the comparison need to know about it, for one class and period.

Made by `kaohe.forms.plan`; holds nothing of a single unit (that is prefilled: `kaohe.forms.prefill`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from operator import is_, itemgetter

import msgspec

from kaohe.core.exact import HUNDRED, fixed, plain
from kaohe.core.periods import Period
from kaohe.records.layouts import SheetLayout
from kaohe.records.scheme import Task
from kaohe.records.tables import CellValue

LAYOUT_VERSION = "1"  # of the sheets as this toolkit lays them out; stands in the identity line

COVER, SCORES, DEDUCTIONS, COUNTS, CLAIMS, TASKS, RECTIFICATION, DEBRIEF, TALKS, WORDS = (
    "封面", "评分", "扣分与问题", "计分事项", "加减分", "任务清单", "整改情况", "述职要点", "谈话记录", "综合评语",
)  # fmt: skip
INSTRUCTIONS, LISTS, CASES, META = "填报说明", "_lists", "_cases", "_meta"
CONTENTS = (COVER, SCORES, DEDUCTIONS, COUNTS, CLAIMS, TASKS, RECTIFICATION, DEBRIEF, TALKS, WORDS)

CHECKED, NOT_APPLICABLE = "已查", "不适用"
YES, NO = "是", "否"
CONFIRMED, PENDING = "已确认", "待确认"
REPORT_STATES = ("未启动", "推进中", "已完成", "未完成")
DONE, UNDONE = "已完成", "未完成"
TRUE_VERDICT, FALSE_VERDICT = "属实", "不属实"
AGREES, OBJECTS = "无异议", "有异议"

Value = str | Fraction | None
Cells = tuple[CellValue, ...]
_MOST_ARRANGEMENTS = 8  # of a sheet's columns that are kept: nearly always there is one


class Line(msgspec.Struct, frozen=True):
    """A line of 评分: a band (no method) or a leaf. `number` counts all lines from 1; `parent_number` 0 = no parent on the sheet.

    `scale` is what the number of a cell is multiplied with to be a number of the scheme: 100 for a percentage, else 1.
    """

    code: str
    name: str
    number: int
    parent_number: int
    level: int
    component: str
    method: str = ""
    standard: str = ""
    measure: str = ""
    full: Fraction = Fraction(0)
    floor: Fraction = Fraction(0)
    target: Fraction | None = None
    target_from: str = ""
    low_is_good: bool = False
    step: Fraction | None = None
    per_step: Fraction | None = None
    whole_steps: bool = True
    unit_step: Fraction | None = None
    place_rule: str = ""
    low: Fraction | None = None  # bounds of a typed score (直接打分, 区间)
    high: Fraction | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether points are given on this line."""
        return bool(self.method)

    @property
    def label(self) -> str:
        """`3.1 “三会一课”`: as lists show the line; the text before the first space is the code."""
        return f"{self.code} {self.name}"

    @property
    def scale(self) -> Fraction:
        """100 for a percentage, else 1."""
        return HUNDRED if self.measure in ("%", "％") else Fraction(1)

    @property
    def needs_checked(self) -> bool:
        """Whether 核查 must be filled: a leaf that nobody inspected would otherwise earn full marks."""
        return self.method in ("扣分", "计数", "完成率", "阈值")

    @property
    def has_actual(self) -> bool:
        """Whether the unit reports 完成值."""
        return self.method in ("完成率", "阈值") or (self.method == "排名赋分" and self.place_rule == "按值")

    @property
    def asks_target(self) -> bool:
        """Whether the unit reports 目标值."""
        return self.has_actual and self.target_from == "填报"

    @property
    def has_option(self) -> bool:
        """Whether 情形 is chosen on the line itself."""
        return self.method in ("档次", "就高", "是否")

    @property
    def types_points(self) -> bool:
        """Whether 得分 is typed."""
        return self.method in ("直接打分", "区间")

    @property
    def types_place(self) -> bool:
        """Whether 名次 is typed."""
        return self.method == "排名赋分" and self.place_rule == "填报名次"


class CaseLine(msgspec.Struct, frozen=True):
    """A row of `_cases`. `number` counts from 1; `kind` is the code, `kind_name` what people see; `rule` says it in words."""

    number: int
    line_number: int
    parent_number: int
    indicator: str
    label: str
    name: str
    method: str
    each_from: Fraction | None = None
    each_to: Fraction | None = None
    factor: Fraction | None = None
    award: Fraction | None = None
    cap: Fraction | None = None
    zero_from: int | None = None
    zero_scope: str = ""
    kind: str = ""
    kind_name: str = ""
    severity: str = ""
    rule: str = ""

    @property
    def is_judged(self) -> bool:
        """Whether the assessor chooses the points within a range (酌定)."""
        return self.each_from != self.each_to

    @property
    def key(self) -> str:
        """`指标|情形`: the forms join on it."""
        return f"{self.label}|{self.name}"


class Item(msgspec.Struct, frozen=True):
    """An item of 加减分 that is claimed on the form. `label` is what the list shows; the text before the first space is the code."""

    code: str
    name: str
    label: str
    nature: str
    least: Fraction | None = None
    most: Fraction | None = None
    needs_evidence: bool = True


class Part(msgspec.Struct, frozen=True):
    """A component that is scored on this form. `weight` None = does not count."""

    code: str
    name: str
    weight: Fraction | None


class Grid(msgspec.Struct, frozen=True, dict=True):
    """A sheet of the form: its layout, and what is printed in it from the scheme: (code, title) → value."""

    layout: SheetLayout
    printed: dict[tuple[str, str], Value] = {}

    @cached_property
    def lines(self) -> tuple[tuple[str, tuple[tuple[str, Value, str | float | None], ...]], ...]:
        """What is printed row by row, the key column apart: code, then (title, value, the value as it usually stands in a cell)."""
        found: dict[str, list[tuple[str, Value, str | float | None]]] = {}
        for (code, title), value in self.printed.items():
            if title != self.layout.key:
                usual = float(value) if isinstance(value, Fraction) else value
                found.setdefault(code, []).append((title, value, usual))
        return tuple((code, tuple(fields)) for code, fields in found.items())

    def alike(self, columns: Mapping[str, int]) -> tuple[Callable[[Cells], bool], ...]:
        """For each of `lines`, whether the cells of a row (titles in these columns) hold the very values, of the very kinds, that are usual."""
        key = tuple(columns.get(column.title, 0) for column in self.layout.columns)
        found = self._alike.get(key)
        if found is None:
            made = tuple(
                _alike([(columns[t], usual) for t, _, usual in each if t in columns]) for _, each in self.lines
            )
            if len(self._alike) < _MOST_ARRANGEMENTS:
                self._alike[key] = made
            return made
        return found

    def is_as_before(self, rows: tuple[Cells, ...]) -> bool:
        """Whether a sheet consists of the very rows (not of equal ones) of one in which nothing was changed."""
        return bool(self._before) and len(rows) == len(self._before[0]) and all(map(is_, rows, self._before[0]))

    def is_unchanged(self, rows: tuple[Cells, ...]) -> None:
        """Note the rows of a sheet in which nothing was changed."""
        self._before[:] = [rows]

    @cached_property
    def _before(self) -> list[tuple[Cells, ...]]:
        return []

    @cached_property
    def _alike(self) -> dict[tuple[int, ...], tuple[Callable[[Cells], bool], ...]]:
        return {}


def _alike(expected: list[tuple[int, str | float | None]]) -> Callable[[Cells], bool]:
    if len(expected) < 2:
        return lambda cells: not expected  # not worth while
    pick = itemgetter(*(column - 1 for column, _ in expected))
    values = tuple(value for _, value in expected)
    kinds = [value.__class__ for value in values] if any(isinstance(value, float) for value in values) else None
    width = max(column for column, _ in expected)

    def check(cells: Cells) -> bool:
        # A truth value is not a number, though they are equal.
        if len(cells) < width:
            return False
        found = pick(cells)
        return found == values and (not kinds or list(map(type, found)) == kinds)

    return check


class Form(msgspec.Struct, frozen=True):
    """A form for one class and period. Dates are ISO; `due` "" = no deadline set. `grids` by sheet name, in the order of the workbook."""

    scheme: str
    scheme_name: str
    organisation: str
    period: Period
    start: str
    end: str
    due: str
    as_of: str
    unit_class: str
    class_name: str
    code: str
    name: str
    copies: str
    places: int
    full_scale: Fraction
    lines: tuple[Line, ...]
    cases: tuple[CaseLine, ...]
    items: tuple[Item, ...]
    parts: tuple[Part, ...]
    severities: tuple[str, ...]
    contact: tuple[str, ...]
    grids: dict[str, Grid]
    version: str = LAYOUT_VERSION
    fingerprint: str = ""
    all_counted: bool = True  # the parts are all that makes the total
    labels: dict[str, tuple[str, ...]] = {}  # lists of a group-wide form, by column
    tasks: tuple[Task, ...] = ()  # of the period, of anybody; whose they are is prefilled
    topics: tuple[str, ...] = ()  # of a debriefing (基本信息: 述职主题)
    sample: bool = False  # 示例数据: units and persons are invented, which every sheet that names them says

    @property
    def leaves(self) -> tuple[Line, ...]:
        """The lines on which points are given."""
        return tuple(line for line in self.lines if line.is_leaf)

    @property
    def last_day(self) -> str:
        """The last day that may stand in the form: the deadline, else the end of the period."""
        return max(self.due, self.end)

    def line(self, code: str) -> Line | None:
        """The line with this code, or None."""
        return next((line for line in self.lines if line.code == code), None)

    def cases_of(self, code: str) -> tuple[CaseLine, ...]:
        """The cases of a line, the added 只列问题 among them."""
        return tuple(case for case in self.cases if case.indicator == code)

    def identity(self, object_code: str) -> str:
        """The visible line of row 1."""
        parts = (self.scheme, str(self.period), object_code, self.code, self.version, self.fingerprint)
        return f"模板编码 {'/'.join(parts)}"

    def layout(self, sheet: str) -> SheetLayout:
        """The layout of a sheet as planned (整改情况: without a unit's rows)."""
        return self.grids[sheet].layout


def sample_words(form: Form) -> str:
    """What a title adds where the data are invented."""
    return "　〔示例数据，单位和人员均为虚构〕" if form.sample else ""


def marks(value: Fraction | None) -> str:
    """Points in words, at least two places: `0.30`, `0.125`."""
    if value is None:
        return ""
    text = plain(value)
    return fixed(value, 2) if len(text.partition(".")[2]) < 2 else text


def case_rule(case: CaseLine) -> str:
    """A case in words, for the column 标准: `每次 0.30，最多 0.90`, `每次 0.20–0.30，酌定`."""
    if case.method == "扣分" and case.each_to == 0:
        return "不扣分"
    parts = []
    if case.each_from is not None and case.each_to is not None:
        each = marks(case.each_to)
        parts.append(f"每次 {marks(case.each_from)}–{each}，酌定" if case.is_judged else f"每次 {each}")
    if case.factor is not None:
        parts.append(f"系数 {plain(case.factor)}")
    if case.award is not None:
        parts.append(f"得 {marks(case.award)}")
    if case.cap is not None:
        parts.append(f"最多 {marks(case.cap)}")
    if case.zero_from is not None:
        scope = "上级指标" if case.zero_scope == "上级" else "本项"
        parts.append(f"第 {case.zero_from} 次起{scope}为 0")
    return "，".join(parts)
