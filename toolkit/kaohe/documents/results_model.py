"""What one period's results workbook is about: objects in row order, lines grouped as formulas need them, boards and labels.

Everything that other modules of the workbook share stands here once, so that 数据, 结果, 参数 and 核对 cannot disagree about an order.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from kaohe.core.exact import round_half_up
from kaohe.core.periods import Clock
from kaohe.documents.results_sums import Sums
from kaohe.records.edition import Edition
from kaohe.records.results import ComponentResult, FieldResult, ObjectResult
from kaohe.records.scheme import Adjustment, Component, GradeBand, Indicator, Rule, Scheme, UnitClass
from kaohe.scoring.effects import amount

MOST_LIVE = 10_000  # above, values instead of formulas (design of the results workbook, 1)
CLEAN_PLACES = 10  # decimals kept before a figure is rounded or compared: binary sums carry noise in the 14th digit
SCORED = ("正式", "暂定", "不定等次")


class Block(NamedTuple):
    """A level-1 node of a component with its leaves in the order of the tree: neighbouring columns in 数据 and 参数."""

    code: str
    name: str
    component: str
    leaves: tuple[Indicator, ...]

    @property
    def span(self) -> tuple[str, str]:
        """Keys of the first and the last leaf column in 数据."""
        return f"分:{self.leaves[0].code}", f"分:{self.leaves[-1].code}"


class Part(NamedTuple):
    """A component. `blocks` () = its score enters as a value; `adjusted` = bonus or penalty lines act on it; `changes` = its score
    differs from its base score (adjusted, or held within its bounds); `by_parent` = lines that do not apply are rescaled within their
    level-1 node."""

    component: Component
    blocks: tuple[Block, ...]
    adjusted: bool
    changes: bool
    ranked: bool
    by_parent: bool

    @property
    def code(self) -> str:
        """The component's code."""
        return self.component.code


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
    """The edition as the workbook needs it."""

    edition: Edition
    clock: Clock
    objects: tuple[ObjectResult, ...]
    classes: tuple[UnitClass, ...]
    fields: tuple[FieldResult, ...]
    parts: tuple[Part, ...]
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...]
    bands: tuple[GradeBand, ...]
    adjustments: tuple[Adjustment, ...]
    sums: dict[str, Sums]

    @property
    def scheme(self) -> Scheme:
        """The period's scheme."""
        return self.edition.scheme

    @property
    def places(self) -> int:
        """Decimals of the total."""
        return self.scheme.settings.places

    @property
    def live(self) -> bool:
        """Whether the workbook holds formulas."""
        return len(self.objects) <= MOST_LIVE

    @property
    def counted(self) -> tuple[Part, ...]:
        """Parts of the total."""
        return tuple(part for part in self.parts if part.component.counted)

    @property
    def apart(self) -> tuple[Part, ...]:
        """Parts with their own score, rank and board."""
        return tuple(part for part in self.parts if not part.component.counted)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All level-1 nodes whose leaves stand in 数据, counted parts first."""
        return tuple(block for part in (*self.counted, *self.apart) for block in part.blocks)

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
        return len(self.counted) == 1 and bool(self.counted[0].blocks)

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


def number(value: Fraction | None) -> float | int | None:
    """A figure as a cell's number: whole numbers as int, all else the nearest double."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def or_blank(value: Fraction | None) -> float | int | str:
    """The value of a formula cell: a number, or "" where the formula gives blank."""
    found = number(value)
    return "" if found is None else found


def stepwise(frame: Frame, value: Fraction | None) -> Fraction | None:
    """A figure as it arises: rounded on the spot where the scheme rounds 逐级, else unrounded."""
    if value is None or frame.scheme.settings.rounding != "逐级":
        return value
    return round_half_up(value, frame.places)


def clock_words(clock: Clock) -> str:
    """上月, 上季 or 上年."""
    return {"月": "上月", "季": "上季", "年": "上年"}[clock]
