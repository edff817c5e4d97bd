"""What one period's results workbook is about: objects in row order, lines grouped as formulas need them, boards and labels.

Everything that other modules of the workbook share stands here once, so that 数据, 结果, 参数 and 核对 cannot disagree about an order.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from kaohe.core.exact import HUNDRED, round_half_up
from kaohe.core.periods import Clock
from kaohe.documents.results.sums import Sums
from kaohe.records.edition import Edition
from kaohe.records.ratings import Dimension, Instrument, Option, RaterGroup
from kaohe.records.results import ComponentResult, FieldResult, ObjectResult
from kaohe.records.rules import Adjustment, GradeBand, Rule
from kaohe.records.scheme import Component, Indicator, Scheme, UnitClass
from kaohe.scoring.effects import amount
from kaohe.scoring.lines import Award, Tree
from kaohe.scoring.lookup import Lookup

MOST_LIVE = 10_000  # above, values instead of formulas (design of the results workbook, 1)
CLEAN_PLACES = 10  # decimals kept before a figure is rounded or compared: binary sums carry noise in the 14th digit
SCORED = ("正式", "暂定", "不定等次")


class Block(NamedTuple):
    """A level-1 node of a component with its leaves in the order of the tree: neighbouring columns in 数据 and 参数. `copied`: some of its
    leaves are formulas, so all of them stand side by side in 结果."""

    code: str
    name: str
    component: str
    leaves: tuple[Indicator, ...]
    copied: bool = False


class Live(NamedTuple):
    """A leaf whose points are a formula: 引用 (`quotes` is the cited figure of the object itself, "" = it stands in 数据) or 排名赋分 (with
    its table of places). By object: `given` the cited figure, ranked value or typed place, `places` the place of a ranked value."""

    leaf: Indicator
    quotes: str
    awards: tuple[Award, ...]
    given: dict[str, Fraction]
    places: dict[str, int]

    @property
    def code(self) -> str:
        """The leaf's code."""
        return self.leaf.code


class Twig(NamedTuple):
    """A node whose lines enter it with coefficients by class (full marks and weights), or a component with its level-1 lines: `below`
    are the codes of its lines, `factors` by class what a mark of each is worth here, `full` the node's own marks by class (None = it
    does not apply)."""

    code: str
    name: str
    below: tuple[str, ...]
    factors: dict[str, tuple[Fraction | None, ...]]
    full: dict[str, Fraction | None]


#: how a component's score comes about in formulas: from its lines (added up, or as a tree with weights and rescaling at every node), from
#: ratings, dated entries, tasks, a grade's points, earlier periods, components below it; else it enters as a value
Kind = Literal["lines", "tree", "rating", "daily", "tasks", "grade", "periods", "parts", "value"]


class Part(NamedTuple):
    """A component. `kind` says how its score comes about; `adjusted` = bonus or penalty lines act on it; `changes` = its score differs from
    its base score (adjusted, held within its bounds, or made of such); `ranked` = it has places of its own; `twigs` its nodes where it
    is a tree, the deepest first and itself last; `children` codes of the components below it; `bands` the grades that give its points;
    `periods` those that it gathers."""

    component: Component
    kind: Kind
    blocks: tuple[Block, ...] = ()
    adjusted: bool = False
    changes: bool = False
    ranked: bool = False
    twigs: tuple[Twig, ...] = ()
    children: tuple[str, ...] = ()
    bands: tuple[GradeBand, ...] = ()
    periods: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The component's code."""
        return self.component.code

    @property
    def is_top(self) -> bool:
        """Whether it stands directly below the total (or beside it), and not below another component."""
        return not self.component.parent


class Survey(NamedTuple):
    """A rating instrument whose score is a formula, with its rater groups and dimensions; `options` of an instrument by options, and
    whether some object has groups that are merged (`merged`): their means are inputs, because their votes are not shown."""

    instrument: Instrument
    groups: tuple[RaterGroup, ...]
    dimensions: tuple[Dimension, ...]
    options: tuple[Option, ...] = ()
    merged: bool = False

    @property
    def code(self) -> str:
        """The instrument's code."""
        return self.instrument.code

    @property
    def full(self) -> Fraction:
        """The mean that is worth 100: coefficients of options stand on that scale already."""
        return self.instrument.most if self.instrument.way == "分数" else Fraction(100)

    def of_dimension(self, dimension: str) -> tuple[Option, ...]:
        """The options of a dimension: its own and those of every one."""
        return tuple(each for each in self.options if each.dimension in ("", dimension))


class Label(NamedTuple):
    """A group of the board's upper table: a board, or a threshold with consequences. `mark` stands beside the unit's name."""

    key: str
    name: str
    words: str
    rules: tuple[Rule, ...]
    side: str
    component: str = ""
    board: bool = True

    @property
    def mark(self) -> str:
        """State by shape first, colour last: ● front board, □ back board, ◇ threshold."""
        if not self.board:
            return "◇"
        return "●" if self.side == "front" else "□"


class Frame(NamedTuple):
    """The edition as the workbook needs it. `objects` have a row in 结果; `bystanders` are those whose class has no score, only rules.

    `parts` are all components: those below others first, then the parts of the total, then those with a score of their own.
    `counted_items` are penalties that the ledger counts, as formulas; `trees` the lines by class; `sums` those of each object.
    """

    edition: Edition
    clock: Clock
    objects: tuple[ObjectResult, ...]
    bystanders: tuple[ObjectResult, ...]
    classes: tuple[UnitClass, ...]
    fields: tuple[FieldResult, ...]
    parts: tuple[Part, ...]
    surveys: tuple[Survey, ...]
    lives: tuple[Live, ...]
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...]
    bands: tuple[GradeBand, ...]
    adjustments: tuple[Adjustment, ...]
    counted_items: tuple[Adjustment, ...]
    trees: dict[str, Tree]
    sums: dict[str, Sums]
    lookup: Lookup

    @property
    def scheme(self) -> Scheme:
        """The period's scheme."""
        return self.edition.scheme

    @property
    def places(self) -> int:
        """Decimals of the total."""
        return self.scheme.settings.places

    @property
    def is_live(self) -> bool:
        """Whether the workbook holds formulas."""
        return len(self.objects) <= MOST_LIVE

    @property
    def counted(self) -> tuple[Part, ...]:
        """Parts of the total."""
        return tuple(part for part in self.parts if part.is_top and part.component.counted)

    @property
    def apart(self) -> tuple[Part, ...]:
        """Parts with their own score, rank and board."""
        return tuple(part for part in self.parts if part.is_top and not part.component.counted)

    def full_of(self, leaf: str, unit_class: str) -> Fraction | None:
        """Full marks of a leaf for a class; None where the class does not have it."""
        lines = self.trees[unit_class].leaves if unit_class in self.trees else ()
        return next((line.full for line in lines if line.code == leaf), None)

    def live(self, leaf: str) -> Live | None:
        """How a leaf's points are a formula; None where they are an input."""
        return next((each for each in self.lives if each.code == leaf), None)

    def part(self, code: str) -> Part | None:
        """The component with this code, or None."""
        return next((part for part in self.parts if part.code == code), None)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All level-1 nodes whose leaves have columns, in the order of the parts."""
        return tuple(block for part in self.parts for block in part.blocks)

    @property
    def boards(self) -> tuple[str, ...]:
        """Names of the boards, in the order of the rules."""
        return tuple(dict.fromkeys(rule.parameter for rule in self.rules if rule.effect == "上榜"))

    @property
    def targets(self) -> tuple[str, ...]:
        """Where performance points go (去向), in the order of the rules."""
        return tuple(dict.fromkeys(rule.target for rule in self.rules if is_performance(rule)))

    @property
    def loses_on_lines(self) -> bool:
        """Whether the marks lost on the lines are the marks lost in the total: one component, made of lines."""
        return len(self.counted) == 1 and self.counted[0].kind == "lines" and self.scheme.settings.full_scale == HUNDRED

    @property
    def object_word(self) -> str:
        """What the objects are called: 单位, or 对象 where persons are among them."""
        return "对象" if any(each.object == "人员" for each in self.objects) else "单位"

    @property
    def decides(self) -> bool:
        """Whether the committee decided on a grade."""
        return any(each.decided is not None and each.decided.adopted for each in self.objects)

    @property
    def has_penalty(self) -> bool:
        """Whether the scheme has penalties on the total."""
        return any(item.nature == "减分" and not item.into.startswith("构成:") for item in self.adjustments)

    @property
    def has_bonus(self) -> bool:
        """Whether the scheme has bonuses on the total."""
        return any(item.nature == "加分" and not item.into.startswith("构成:") for item in self.adjustments)


def is_performance(rule: Rule) -> bool:
    """Whether a rule changes performance points by itself (a soft one only proposes)."""
    return rule.effect == "绩效加减" and not rule.soft


def performance_of(rule: Rule) -> Fraction:
    """The points of 绩效加减 as the rule's parameter says."""
    return amount(rule) or Fraction(0)


def is_scored(each: ObjectResult) -> bool:
    """Whether the object's figures stand: withheld objects have blank points, so that their formulas give blank."""
    return each.status in SCORED


def is_graded(each: ObjectResult) -> bool:
    """Whether the object has a grade and a rank: 不定等次 is scored and shown, and only its own figures fire rules."""
    return is_scored(each) and each.status != "不定等次"


def component_of(each: ObjectResult, code: str) -> ComponentResult | None:
    """The result of a component, None for withheld objects too."""
    return each.component(code) if is_scored(each) else None


def has_base(frame: Frame, part: Part) -> bool:
    """Whether a column holds the component's base score apart from its score: it changes, or one of those beside it does."""
    beside = (each for each in frame.parts if each.component.parent == part.component.parent)
    if part.is_top and not part.component.counted:
        return part.changes
    return part.changes or any(each.changes and each.component.counted for each in beside)


def number(value: Fraction | None) -> float | int | None:
    """A figure as a cell's number: whole numbers as int, all else the nearest double."""
    if value is None:
        return None
    above, below = value.as_integer_ratio()
    return above if below == 1 else above / below


def or_blank(value: Fraction | None) -> float | int | str:
    """The value of a formula cell: a number, or "" where the formula gives blank."""
    found = number(value)
    return "" if found is None else found


def stepwise(frame: Frame, value: Fraction | None) -> Fraction | None:
    """A figure as it arises: rounded on the spot where the scheme rounds 逐级, else unrounded."""
    if value is None or frame.scheme.settings.rounding != "逐级":
        return value
    return round_half_up(value, frame.places)


def stepped(frame: Frame, expression: str) -> str:
    """An expression of a formula, rounded where it arises if the scheme rounds 逐级."""
    return f"ROUND(ROUND({expression},净位),小数位)" if frame.scheme.settings.rounding == "逐级" else expression


def clock_words(clock: Clock) -> str:
    """上月, 上季 or 上年."""
    return {"月": "上月", "季": "上季", "年": "上年"}[clock]
