"""Leaf methods: what was typed on a line → points, with the derivation (scheme model 4, step 1).

`METHODS` is the one place where a method is added (and the word list `kaohe.records.words`). A method gives None where a cell it needs
is blank: then the object is withheld, never scored 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor
from typing import NamedTuple

from kaohe.core.exact import HUNDRED, ZERO, add, exceeds, plain, times
from kaohe.records.figures import Figure
from kaohe.records.returns import Count
from kaohe.records.scheme import Case
from kaohe.scoring.deductions import deduct
from kaohe.scoring.lines import Given, Line, Typed
from kaohe.scoring.shown import equals, marks, number_part, text_part


class Method(NamedTuple):
    """`score` gives the points. `inspected`: 核查 must say 已查, or a line that nobody looked at would earn its marks (forms.md 1)."""

    score: Callable[[Line, Typed], Given | None]
    inspected: bool = False


def _target(line: Line, typed: Typed) -> tuple[Fraction, Figure] | None:
    """The target with its part of the derivation: of the scheme, as reported, or as it stands in 资料."""
    rule, score = line.indicator, typed.score
    if rule.target_from.startswith("资料:"):
        if typed.target is None:
            return None
        return typed.target.value, number_part("目标值", typed.target, rule.measure)
    if rule.target_from == "填报":
        if score is None or score.target is None:
            return None
        return score.target.value, number_part("目标值", score.target, rule.measure)
    if rule.target is None:
        return None
    text = plain(rule.target) + ("%" if rule.measure in ("%", "％") else "")
    return rule.target, Figure("目标值", "目标值", rule.target, text, "方案规定", source=rule.target_source)


def rate(line: Line, typed: Typed) -> Given | None:
    """完成率: full × min(1, actual ÷ target); 低优: target ÷ actual. Where the divisor is 0 the target counts as reached."""
    target = _target(line, typed)
    actual = typed.score.actual if typed.score else None
    if target is None or actual is None:
        return None
    low = line.indicator.direction == "低优"
    above, below = (target[0], actual.value) if low else (actual.value, target[0])
    points, how = line.full, f"达到目标，得满分 {line.shown}"
    if below > 0 and exceeds(below, above):
        points = times(line.full, above, over=below)
        how = f"{line.shown} × {plain(above)} ÷ {plain(below)} {equals(points)}"
    return _measured(line, typed, points, how, target[1])


def threshold(line: Line, typed: Typed) -> Given | None:
    """阈值: full − 每步 × steps; steps = shortfall (低优: excess) ÷ 步长, 整步 = whole ones only, 连续 = as it is."""
    target, rule = _target(line, typed), line.indicator
    actual = typed.score.actual if typed.score else None
    if target is None or actual is None or not rule.step or rule.per_step is None:
        return None
    short = actual.value - target[0] if rule.direction == "低优" else target[0] - actual.value
    steps = max(ZERO, short) / rule.step
    if rule.step_count != "连续":
        steps = Fraction(floor(steps))
    points = line.full - rule.per_step * steps
    word = "超出" if rule.direction == "低优" else "相差"
    how = (
        f"{word} {plain(short)}，{plain(steps)} 步，{marks(line.full)} - {marks(rule.per_step)} × {plain(steps)} {equals(points)}"
        if steps
        else f"达到目标，得满分 {marks(line.full)}"
    )
    return _measured(line, typed, points, how, target[1])


def _measured(line: Line, typed: Typed, points: Fraction, how: str, target: Figure) -> Given:
    """A line that compares 完成值 with a target: one typed cell made the points, or two where the target is typed as well."""
    actual = typed.score.actual if typed.score else None
    assert actual is not None
    part = number_part("完成值", actual, line.indicator.measure)
    source = None if line.indicator.target_from else actual.source
    return Given(points, how, source, part.typed if source else "", (part, target))


def level(line: Line, typed: Typed) -> Given | None:
    """档次: full × coefficient of the chosen case."""
    chosen = typed.score.case if typed.score else None
    case = line.cases.get(chosen.value) if chosen else None
    if chosen is None or case is None or case.factor is None:
        return None
    points = times(line.full, case.factor)
    how = f"{line.shown} × {plain(case.factor)} {equals(points)}"
    return Given(points, how, chosen.source, chosen.value, (text_part("情形", chosen),))


def best(line: Line, typed: Typed) -> Given | None:
    """就高: what the best single case awards, which is the one chosen on the line."""
    chosen = typed.score.case if typed.score else None
    case = line.cases.get(chosen.value) if chosen else None
    if chosen is None or case is None or case.award is None:
        return None
    how = f"{case.name} {marks(case.award)} 分"
    return Given(case.award, how, chosen.source, chosen.value, (text_part("情形", chosen),))


def yes_no(line: Line, typed: Typed) -> Given | None:
    """是否: 是 = full marks, 否 = the floor."""
    chosen = typed.score.case if typed.score else None
    if chosen is None or chosen.value not in ("是", "否"):
        return None
    points = line.full if chosen.value == "是" else line.floor
    how = f"{chosen.value}，得 {marks(points)}"
    return Given(points, how, chosen.source, chosen.value, (text_part("情形", chosen),))


def direct(line: Line, typed: Typed) -> Given | None:
    """直接打分 and 区间: the typed points."""
    points = typed.score.points if typed.score else None
    if points is None:
        return None
    how = f"{line.indicator.method}，满分 {line.shown}"
    return Given(points.value, how, points.source, plain(points.value), (number_part("得分", points),))


def count(line: Line, typed: Typed) -> Given:
    """计数: Σ min(n × each, cap) over the cases, before the line's full marks. n is 核定次数: what was not verified gives nothing."""
    sums: dict[str, Fraction] = {}
    parts: list[Figure] = []
    for row in typed.counts:
        case = line.cases.get(row.case)
        gained = times(row.verified.value, _worth(case)) if row.verified else ZERO
        room = None if case is None or case.cap is None else max(case.cap - sums.get(row.case, ZERO), ZERO)
        kept = gained if room is None else min(gained, room)
        sums[row.case] = sums.get(row.case, ZERO) + kept
        parts.append(_count_figure(row, case, gained, kept))
    total = add(sums.values())
    words = " + ".join(part.shown for part in parts) or "没有计分事项，得 0 分"
    if total > line.full:
        words += f"，不超过满分 {marks(line.full)}"
    verified = typed.counts[0].verified if len(typed.counts) == 1 else None
    checked = typed.score.checked if typed.score and not typed.counts else None
    if verified is not None:
        return Given(min(total, line.full), words, verified.source, plain(verified.value), tuple(parts))
    if checked is not None:
        return Given(ZERO, words, checked.source, checked.value)
    return Given(min(total, line.full), words, parts=tuple(parts))


def placed(line: Line, typed: Typed) -> Given | None:
    """排名赋分: points of a place by the line's table, else full − 每步 × (place − 1). The place is typed (填报名次), or is that of 完成值
    among the objects of the field (按值): equal values share a place and have equal points. A place that the table leaves out gets the
    floor."""
    by_value = line.indicator.place_rule == "按值"
    number = None if typed.score is None else typed.score.actual if by_value else typed.score.place
    if number is None or (by_value and typed.placed is None):
        return None
    place = typed.placed.rank if typed.placed is not None else number.value
    part = number_part("完成值", number, line.indicator.measure) if by_value else number_part("名次", number)
    words = f"第 {plain(Fraction(place))} 名" + (f"（{typed.placed.size} 家按完成值排）" if typed.placed else "")
    award = next(
        (each for each in line.awards if each.first <= place and (each.last is None or place <= each.last)), None
    )
    if award is not None:
        points, how = award.points, f"{words}，得 {marks(award.points)}"
    elif line.awards or line.indicator.per_step is None:
        points, how = line.floor, f"{words}，名次表没有这一名，得最低分 {marks(line.floor)}"
    else:
        step = line.indicator.per_step
        points = line.full - step * (place - 1)
        how = f"{words}，{line.shown} - {marks(step)} × {plain(Fraction(place - 1))} {equals(points)}"
    return Given(points, how, number.source, part.typed, (part,))


def quoted(line: Line, typed: Typed) -> Given | None:
    """引用: full × figure ÷ 100."""
    if typed.quoted is None or typed.quoted.value is None:
        return None
    value = typed.quoted.value
    points = times(line.full, value, over=HUNDRED)
    how = f"{line.shown} × {marks(value)} ÷ 100 {equals(points)}"
    return Given(points, how, parts=(typed.quoted.figure,))


def _worth(case: Case | None) -> Fraction:
    return (case.each_from if case is not None else None) or ZERO


def _count_figure(row: Count, case: Case | None, gained: Fraction, kept: Fraction) -> Figure:
    how = "没有核定，不计"
    if row.verified is not None:
        how = f"{plain(row.verified.value)} × {marks(_worth(case))}"
    if kept != gained and case is not None and case.cap is not None:
        how += f"，单项上限 {marks(case.cap)}"
    parts = [number_part("核定次数", row.verified)] if row.verified else [number_part("次数", row.count)]
    parts += [
        text_part(label, text) for label, text in (("事实", row.fact), ("佐证", row.evidence)) if text is not None
    ]
    label = f"第{row.number}条 {row.case}"
    return Figure(
        f"计数:{row.number}", label, kept, marks(kept), how, source=row.source, typed=row.case, parts=tuple(parts)
    )


METHODS: Mapping[str, Method] = {
    "扣分": Method(deduct, inspected=True),
    "完成率": Method(rate, inspected=True),
    "阈值": Method(threshold, inspected=True),
    "档次": Method(level),
    "区间": Method(direct),
    "计数": Method(count, inspected=True),
    "就高": Method(best),
    "直接打分": Method(direct),
    "是否": Method(yes_no),
    "排名赋分": Method(placed),
    "引用": Method(quoted),
}
