"""Leaf methods: what was typed on a line → points, with the derivation. A method is added here and in `kaohe.records.words`.

Source of the rules: scheme model 4, step 1. All points are exact; those of a line stay within [floor, full].
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import msgspec

from kaohe.core.cells import Source
from kaohe.core.exact import ZERO, plain
from kaohe.records.results import Figure, Loss
from kaohe.records.returns import Count, Deduction, Number, Score, Text
from kaohe.records.scheme import Case, Indicator


class Line(msgspec.Struct, frozen=True):
    """A leaf for one object: the rule, and what was typed for it."""

    indicator: Indicator
    full: Fraction
    cases: tuple[Case, ...]
    score: Score | None
    deductions: tuple[Deduction, ...] = ()
    counts: tuple[Count, ...] = ()

    @property
    def floor(self) -> Fraction:
        """最低分, 0 where blank."""
        return self.indicator.floor or ZERO

    def case(self, name: str) -> Case | None:
        """The case of this name, or None (只列问题 has none)."""
        return next((each for each in self.cases if each.name == name), None)


class Given(msgspec.Struct, frozen=True):
    """Points of a line. None = the line cannot be scored (a required cell is blank: the object is withheld). `source` is the one
    typed cell that made them, None where several did. `parent_zero`: a case asks that all lines of the parent be 0."""

    points: Fraction | None
    how: str
    source: Source | None = None
    typed: str = ""
    parts: tuple[Figure, ...] = ()
    losses: tuple[Loss, ...] = ()
    parent_zero: bool = False


NOTHING = Given(None, "缺少必填的数")


def number_part(label: str, number: Number) -> Figure:
    """A typed number as a leaf of the derivation."""
    text = plain(number.value)
    return Figure(label, label, number.value, text, source=number.source, typed=text)


def text_part(label: str, text: Text) -> Figure:
    """A typed text as a leaf of the derivation."""
    return Figure(label, label, None, text.value, source=text.source, typed=text.value)


def deduct(line: Line) -> Given:
    """扣分: full − Σ over the rows, capped per case in the order of the rows, not below the floor; from the n-th case on 0 if so ruled."""
    used: dict[str, Fraction] = {}
    times: dict[str, Fraction] = {}
    left = line.full - line.floor
    zero, parent_zero = False, False
    parts, losses = [], []
    for row in line.deductions:
        case = line.case(row.case)
        asked = asked_points(row, case)
        charge = asked
        times[row.case] = times.get(row.case, ZERO) + row.count.value
        if case is not None and case.cap is not None:
            charge = min(asked, max(case.cap - used.get(row.case, ZERO), ZERO))
        if case is not None and case.zero_from is not None and times[row.case] >= case.zero_from:
            if case.zero_scope == "上级":
                parent_zero = True
            else:
                zero = True
                charge = left
        used[row.case] = used.get(row.case, ZERO) + charge
        lost = min(charge, left)
        left -= lost
        parts.append(_row_figure(row, case, asked, lost))
        losses.append(_loss(row, asked, lost, line.indicator.clause))
    total = line.full - line.floor - left
    points = ZERO if zero and line.floor >= 0 else line.full - total
    how = f"满分 {plain(line.full)}" + (f" − {plain(total)}" if total else "，没有扣分")
    source, typed = None, ""
    if not line.deductions and line.score is not None and line.score.checked is not None:
        source, typed = line.score.checked.source, line.score.checked.value
    return Given(points, how, source, typed, tuple(parts), tuple(losses), parent_zero)


def asked_points(row: Deduction, case: Case | None) -> Fraction:
    """What a row asks for before caps and floors: the judged points, else count × points of the case (0 for 只列问题)."""
    if row.judged is not None:
        return row.judged.value
    return row.count.value * (case.each_from or ZERO) if case is not None else ZERO


def _row_figure(row: Deduction, case: Case | None, asked: Fraction, lost: Fraction) -> Figure:
    parts = [number_part("次数", row.count)]
    if row.judged is not None:
        parts.append(number_part("酌定扣分", row.judged))
        how = "酌定"
    else:
        how = f"{plain(row.count.value)} × {plain(case.each_from or ZERO)}" if case is not None else "只列问题，不扣分"
    parts.append(text_part("事实", row.fact))
    if row.evidence is not None:
        parts.append(text_part("依据或佐证", row.evidence))
    if lost != asked:
        how += f"，按上限、下限或归零计 {plain(lost)}"
    label = f"第{row.number}条 {row.case}"
    return Figure(f"扣分:{row.number}", label, -lost, signed(-lost), how, "", row.source, row.case, tuple(parts))


def signed(value: Fraction) -> str:
    """`-0.30`, `0`."""
    return plain(value)


def _loss(row: Deduction, asked: Fraction, lost: Fraction, clause: str) -> Loss:
    evidence = row.evidence.value if row.evidence else ""
    return Loss(
        row.indicator, row.case, row.count.value, asked, lost, row.fact.value, evidence, row.kind, row.severity,
        row.problem_id, clause, row.source,
    )  # fmt: skip


def rate(line: Line) -> Given:
    """完成率: full × min(1, actual ÷ target); 低优: target ÷ actual. A target of 0 counts as reached when actual reaches it."""
    score = line.score
    target, part = line.indicator.target, None
    if line.indicator.target_from == "填报":
        target = score.target.value if score and score.target else None
        part = number_part("目标值", score.target) if score and score.target else None
    elif target is not None:
        part = Figure("目标值", "目标值", target, plain(target), "方案规定", line.indicator.clause)
    if score is None or score.actual is None or target is None:
        return NOTHING
    actual = score.actual.value
    better, base = (target, actual) if line.indicator.direction == "低优" else (actual, target)
    share = Fraction(1) if base <= 0 else min(Fraction(1), max(ZERO, better / base))
    points = max(line.floor, line.full * share)
    how = (
        f"{plain(line.full)} × {plain(better)} ÷ {plain(base)}" if share < 1 else f"达到目标，得满分 {plain(line.full)}"
    )
    parts = tuple(each for each in (number_part("完成值", score.actual), part) if each is not None)
    return Given(points, how, score.actual.source, plain(actual), parts)


def level(line: Line) -> Given:
    """档次: full × coefficient of the chosen case."""
    chosen = line.score.case if line.score else None
    case = line.case(chosen.value) if chosen else None
    if chosen is None or case is None or case.factor is None:
        return NOTHING
    how = f"{plain(line.full)} × {plain(case.factor)}（{case.name}）"
    return Given(line.full * case.factor, how, chosen.source, chosen.value, (text_part("情形", chosen),))


def yes_no(line: Line) -> Given:
    """是否: 是 = full marks, 否 = the floor."""
    chosen = line.score.case if line.score else None
    if chosen is None or chosen.value not in ("是", "否"):
        return NOTHING
    points = line.full if chosen.value == "是" else line.floor
    return Given(
        points, f"{chosen.value}，得 {plain(points)}", chosen.source, chosen.value, (text_part("情形", chosen),)
    )


def direct(line: Line) -> Given:
    """直接打分: the typed score."""
    typed = line.score.points if line.score else None
    if typed is None:
        return NOTHING
    return Given(
        typed.value,
        f"直接打分，满分 {plain(line.full)}",
        typed.source,
        plain(typed.value),
        (number_part("得分", typed),),
    )


def count(line: Line) -> Given:
    """计数: Σ min(verified count × each, cap) over the cases, before the line's full marks. Only 核定次数 scores."""
    sums: dict[str, Fraction] = {}
    parts = []
    for row in line.counts:
        case = line.case(row.case)
        verified = row.verified.value if row.verified else ZERO
        gained = verified * (case.each_from or ZERO) if case is not None else ZERO
        sums[row.case] = sums.get(row.case, ZERO) + gained
        each = plain(case.each_from or ZERO) if case is not None else "0"
        inner = (number_part("核定次数", row.verified),) if row.verified else ()
        how = f"{plain(verified)} × {each}" if row.verified else "没有核定，不计"
        label = f"第{row.number}条 {row.case}"
        parts.append(Figure(f"计数:{row.number}", label, gained, plain(gained), how, "", row.source, row.case, inner))
    total = ZERO
    for name, gained in sums.items():
        case = line.case(name)
        total += min(gained, case.cap) if case is not None and case.cap is not None else gained
    points = max(line.floor, min(total, line.full))
    how = f"各项合计 {plain(total)}" + (f"，不超过满分 {plain(line.full)}" if total > line.full else "")
    source, typed = None, ""
    if not line.counts and line.score is not None and line.score.checked is not None:
        source, typed = line.score.checked.source, line.score.checked.value
    return Given(points, how, source, typed, tuple(parts))


METHODS: dict[str, Callable[[Line], Given]] = {
    "扣分": deduct,
    "完成率": rate,
    "档次": level,
    "是否": yes_no,
    "直接打分": direct,
    "计数": count,
}
