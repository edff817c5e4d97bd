"""The way to the next ranks in an object's own lost marks: equal is not enough, the least step more is needed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import ZERO
from kaohe.documents.board.views import FieldView
from kaohe.documents.lost_marks import Lost
from kaohe.documents.printed import listed, marks
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult


class Step(msgspec.Struct, frozen=True):
    """One better rank: who has it with which total, how far it is, what is still needed, and which own lost marks make that up ("" = not told)."""

    rank: str
    names: str
    total: str
    gap: str
    needed: str
    how: str


class Forward(msgspec.Struct, frozen=True):
    """The next ranks, the nearest first, with the rule in words."""

    rule: str
    steps: tuple[Step, ...]

    @property
    def has_how(self) -> bool:
        """Whether own lost marks are told."""
        return any(each.how for each in self.steps)


MOST_STEPS = 4


def forward(
    result: ObjectResult, view: FieldView, items: Sequence[Lost], closes: bool, edition: Edition
) -> Forward | None:
    """The next better ranks of a complete field; None for the first, and while ranks are open. `items`: the object's lost marks that
    count, the heaviest first; `closes`: they and its total add up to the full scale, so that marks may be compared with totals."""
    if result.rank is None or result.total is None or not view.field.complete or result.rank == 1:
        return None
    places = edition.scheme.settings.places
    least = Fraction(1, 10**places)
    above: dict[Fraction, list[ObjectResult]] = {}
    for each in view.scored:
        if each.rank is not None and each.rank < result.rank and each.total is not None and each.total > result.total:
            above.setdefault(each.total, []).append(each)
    steps = []
    for total in sorted(above)[:MOST_STEPS]:
        needed = total - result.total + least
        first = above[total][0]
        steps.append(
            Step(
                f"第{first.rank}名",
                listed([each.short or each.name for each in above[total]], 3),
                marks(total, places),
                marks(total - result.total, places),
                f"+{marks(needed, places)}",
                _how(needed, items, places) if closes else "",
            )
        )
    rule = f"追平仍是并列，须多得{marks(least, places)}分；按其他单位得分不变计算"
    return Forward(rule, tuple(steps)) if steps else None


def _how(needed: Fraction, items: Sequence[Lost], places: int) -> str:
    """少失任一项：3.1（0.60）、2.5（0.50）; else the fewest that suffice: 至少4项，如 3.1＋2.5＋3.3＋1.4，合1.80."""
    lost = [each for each in items if each.marks > 0]
    enough = [each for each in lost if each.marks >= needed]
    if enough:
        told = "、".join(f"{each.indicator}（{marks(each.marks, places)}）" for each in enough[:3])
        return f"少失{'任一项' if len(enough) > 1 else '一项'}：{told}" + ("等" if len(enough) > 3 else "")
    sum_, used = ZERO, []
    for each in lost:
        sum_ += each.marks
        used.append(each)
        if sum_ >= needed:
            codes = "＋".join(one.indicator for one in used[:5]) + ("等" if len(used) > 5 else "")
            return f"至少{len(used)}项，如{codes}，合{marks(sum_, places)}"
    return f"本期失分合计{marks(sum_, places)}，不失分也不够，还须加分" if lost else "没有失分，须加分"
