"""扣分: full marks less what each row costs, in the order of the rows (scheme model 4, step 1).

Each row is a problem, 0 points allowed. A case may have a cap over its rows, and may make the line (or its parent) 0 from its n-th
case on. What each row really cost adds up to full − points: a row past the floor costs nothing and stays on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kaohe.core.exact import ZERO, add, exceeds, plain, times
from kaohe.records.figures import Figure
from kaohe.records.results import Loss
from kaohe.records.returns import Deduction
from kaohe.records.scheme import Case
from kaohe.scoring.lines import Charge, Given, Line, Typed
from kaohe.scoring.shown import marks, number_part, text_part


def deduct(line: Line, typed: Typed) -> Given:
    """Points of a 扣分 line. The line was inspected: that is the caller's to see."""
    checked = typed.score.checked if typed.score else None
    if not typed.deductions:
        how = f"满分 {line.shown}，没有扣分"
        return Given(line.full, how, checked.source, checked.value) if checked else Given(line.full, how)
    charges: list[Charge] = []
    spent: dict[str, Fraction] = {}
    times: dict[str, Fraction] = {}
    bearer: int | None = None
    zeroes_parent = False
    for index, row in enumerate(typed.deductions):
        case = line.cases.get(row.case)
        asked = asked_points(row, case)
        capped, how = asked, _how(row, case)
        if case is not None and case.cap is not None:
            capped = min(asked, max(case.cap - spent.get(row.case, ZERO), ZERO))
            how += f"，单项上限 {marks(case.cap)}" if capped < asked else ""
        spent[row.case] = spent.get(row.case, ZERO) + capped
        times[row.case] = times.get(row.case, ZERO) + row.count.value
        if case is not None and case.zero_from is not None and times[row.case] >= case.zero_from:
            zeroes_parent = zeroes_parent or case.zero_scope == "上级"
            how += f"，第 {case.zero_from} 次起{case.zero_scope or '本项'}归零" if bearer is None else ""
            bearer = index if bearer is None else bearer
        charges.append(Charge(row, asked, capped, how))
    wanted = line.full - add(charge.capped for charge in charges)
    points = ZERO if bearer is not None else line.floor if exceeds(line.floor, wanted) else wanted
    return Given(
        points,
        _sum_words(line, charges, wanted, bearer),
        charges=tuple(charges),
        bearer=bearer,
        zeroes_parent=zeroes_parent,
    )


def asked_points(row: Deduction, case: Case | None) -> Fraction:
    """What a row asks for before caps and floors: the judged points, else count × points of the case; 0 where a problem is only listed."""
    if case is None:
        return ZERO
    if row.judged is not None and case.is_judged:
        return row.judged.value
    return times(row.count.value, case.each_from or ZERO)


def costs(charges: Sequence[Charge], lost: Fraction, bearer: int | None) -> tuple[Fraction, ...]:
    """What each row really cost, in order, adding up to `lost`: the row that makes the line 0 bears all that is left at its turn; a line
    that its parent makes 0 leaves the rest to its last row."""
    found, rest = [], lost
    for index, charge in enumerate(charges):
        cost = rest if index == bearer else min(charge.capped, rest)
        found.append(cost)
        rest -= cost
    if found and rest:
        found[-1] += rest
    return tuple(found)


def losses(line: Line, given: Given, points: Fraction) -> tuple[Loss, ...]:
    """One Loss a row, for the points that the line has in the end."""
    shares = costs(given.charges, line.full - points, given.bearer)
    return tuple(_loss(charge, cost, line) for charge, cost in zip(given.charges, shares, strict=True))


def row_figures(line: Line, given: Given, points: Fraction) -> tuple[Figure, ...]:
    """One figure a row: its cost, and the cells it was typed in."""
    shares = costs(given.charges, line.full - points, given.bearer)
    return tuple(_figure(charge, cost) for charge, cost in zip(given.charges, shares, strict=True))


def _how(row: Deduction, case: Case | None) -> str:
    if case is None:
        return "只列问题，不扣分"
    if row.judged is not None and case.is_judged:
        span = f"{plain(case.each_from or ZERO)}–{plain(case.each_to or ZERO)}"
        return f"酌定，{plain(row.count.value)} 次，每次 {span}"
    return f"{plain(row.count.value)} × {marks(case.each_from or ZERO)}"


def _sum_words(line: Line, charges: Sequence[Charge], wanted: Fraction, bearer: int | None) -> str:
    words = f"满分 {line.shown}"
    if bearer is not None:
        return f"{words}，第{charges[bearer].row.number}条使本项归零"
    if not any(charge.asked for charge in charges):
        return f"{words}，没有扣分"
    costing = " ".join(f"- {marks(charge.capped)}" for charge in charges if charge.capped)
    floor = f"，不低于最低分 {marks(line.floor)}" if wanted < line.floor else ""
    return f"{words} {costing}{floor}"


def _figure(charge: Charge, cost: Fraction) -> Figure:
    row = charge.row
    parts = [number_part("次数", row.count)]
    if row.judged is not None:
        parts.append(number_part("酌定扣分", row.judged))
    parts.append(text_part("事实", row.fact))
    if row.evidence is not None:
        parts.append(text_part("依据或佐证", row.evidence))
    how = charge.how + (f"，实扣 {marks(cost)}" if cost != charge.asked else "")
    label = f"第{row.number}条 {row.case}"
    return Figure(
        f"扣分:{row.number}", label, -cost, marks(-cost), how, source=row.source, typed=row.case, parts=tuple(parts)
    )


def _loss(charge: Charge, cost: Fraction, line: Line) -> Loss:
    row = charge.row
    return Loss(
        indicator=row.indicator,
        case=row.case,
        count=row.count.value,
        asked=charge.asked,
        lost=cost,
        fact=row.fact.value,
        evidence=row.evidence.value if row.evidence else "",
        kind=row.kind,
        severity=row.severity,
        problem_id=row.problem_id,
        clause=line.indicator.clause,
        source=row.source,
    )
