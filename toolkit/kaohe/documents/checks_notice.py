"""Cross-checks of 考核结果反馈通知书 (official-documents.md, 5.1): total = score in text = sum of items within half a unit of the last decimal
per item; the grade is the band of the score, or a reason is given; the counts in the text are the rows of the lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from kaohe.core.exact import HUNDRED, ZERO, add
from kaohe.documents.breach import Breach, Values, breach, count, figure, half, rows
from kaohe.documents.printed import marks
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult

_REST = re.compile(r"；其余(\d+)个见附件3。$")
LINES, PARTS, LOSSES, PROBLEMS = "得分表", "构成", "失分明细", "问题清单"


def sums(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """Every line, the base, the total and the lost marks, from the printed figures."""
    result = edition.outcome.of(code)
    if result is None:
        return
    places = edition.scheme.settings.places
    yield from _lines(values, places)
    yield from _base(edition, result, values, places)
    yield from _total(edition, result, values, places)
    yield from _lost(result, values, places)


def grade(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """Bars and shares only lower a grade, and say so; a committee's other decision is printed as one."""
    result = edition.outcome.of(code)
    if result is None or not values["等次"]:
        return
    bands = [each.name for each in edition.scheme.bands(edition.when.clock, result.unit_class)]
    by_score = next((each.name for each in edition.scheme.bands(edition.when.clock, result.unit_class)
                     if each.least is None or each.least <= (figure(values["总分"]) or ZERO)), "")  # fmt: skip
    decided = result.decided is not None and result.decided.adopted and values["等次"] == result.decided.grade
    shown = values["计算等次"] or values["等次"]
    if values["计算等次"] and not decided:
        yield breach("WRITE-003", str(values["等次"]), expected=str(shown))
    if shown not in bands or by_score not in bands:
        yield breach("WRITE-003", str(shown), expected=by_score or "—")
    elif bands.index(str(shown)) < bands.index(by_score) or (shown != by_score and not result.reasons):
        if edition.scheme.settings.compare == "舍入值":
            yield breach("WRITE-003", str(shown), expected=by_score)


def counts(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """Problems in the text, by kind and in the list; consequences and lines numbered without a gap."""
    listed = rows(values, PROBLEMS)
    yield from count("问题清单的行数", len(listed), int(values["问题数"]) + int(values["遗留数"]))
    yield from count("问题的类别数", len(rows(values, "问题")), values["类别数"])
    told = sum(row["内容"].count("（指标") + row["内容"].count("（日常考核") for row in rows(values, "问题"))
    told += sum(int(found[1]) for row in rows(values, "问题") if (found := _REST.search(row["内容"])))
    if told < int(values["问题数"]):
        yield breach("WRITE-004", str(told), what="正文里写出的问题", expected=str(values["问题数"]))
    for name in (LOSSES, PROBLEMS, "结果运用"):
        numbers = [row["序号"] for row in rows(values, name)]
        yield from count(f"{name}的序号", numbers, list(range(1, len(numbers) + 1)))


def _lines(values: Values, places: int) -> Iterator[Breach]:
    """Full marks − points = lost marks on every row that has the three."""
    for row in rows(values, LINES):
        expected = _contradicted(row["满分"], row["得分"], row["失分"], places)
        if expected:
            yield breach("WRITE-002", str(row["得分"]), what=f"“{row['内容']}”满分减失分", expected=expected)


@lru_cache(maxsize=4096)  # most lines of most units read the same
def _contradicted(full: str, points: str, lost: str, places: int) -> str:
    """What the points should be; "" where they are that, or one of the three is no figure."""
    whole, reached, gone = figure(full), figure(points), figure(lost)
    if whole is None or reached is None or gone is None or abs(whole - reached - gone) <= 2 * half(places):
        return ""
    return marks(whole - gone, places)


def _base(edition: Edition, result: ObjectResult, values: Values, places: int) -> Iterator[Breach]:
    """With one component the base is the points of its lines over their full marks; with several their scores by weight. What is spread
    in another way (不适用 at a lower level or by the mean, a component that does not apply, claims into a component) is not redone."""
    settings, scale = edition.scheme.settings, edition.scheme.settings.full_scale
    top = [each for each in result.components if each.counted and not each.parent]
    plain = settings.not_applicable == "折算" and settings.rescale_at == "构成"
    claims = any(each.into != "总分" for each in edition.scheme.adjustments_at(edition.when.clock))
    base = figure(values["基础分"])
    expected: Fraction | None = None
    room = half(places)
    if len(top) == 1 and plain and not claims:
        lines = [row for row in rows(values, LINES) if row["序号"]]
        full = add([figure(row["满分"]) or ZERO for row in lines])
        whole = bool(lines) and not any(each.parent == top[0].code for each in result.components)
        if whole and full and len({each.component for each in result.leaves if each.component == top[0].code}) == 1:
            expected = add([figure(row["得分"]) or ZERO for row in lines]) / full * scale
            room += len(lines) * half(places) / full * scale
    elif len(top) > 1:
        parts = [(figure(row["得分"].rstrip("分")), figure(row["权重"].rstrip("%"))) for row in rows(values, PARTS)]
        if len(parts) == len(top) and all(score is not None and weight is not None for score, weight in parts):
            expected = add([(score or ZERO) * (weight or ZERO) / HUNDRED for score, weight in parts]) * scale / HUNDRED
            room += half(places) * scale / HUNDRED
            if sum((weight or ZERO for _, weight in parts), ZERO) != HUNDRED:
                expected = None
    if base is not None and expected is not None and abs(base - expected) > room:
        yield breach("WRITE-002", str(values["基础分"]), what="基础分与各项之和", expected=marks(expected, places))


def _total(edition: Edition, result: ObjectResult, values: Values, places: int) -> Iterator[Breach]:
    """The total is the result's, stands in the table as in the text, and is base + bonus − penalty unless a limit cuts it."""
    settings = edition.scheme.settings
    total, base = figure(values["总分"]), figure(values["基础分"])
    if result.total is None or total != figure(marks(result.total, places)):
        yield breach("WRITE-002", values["总分"], what="总分与计算结果", expected=marks(result.total or ZERO, places))
    shown = [row["得分"] for row in rows(values, LINES) if row["内容"] == "总分"]
    if shown != [values["总分"]]:
        yield breach("WRITE-002", "、".join(map(str, shown)), what="得分表里的总分", expected=str(values["总分"]))
    if total is None or base is None or settings.total_min is not None or settings.total_max is not None:
        return
    bonus, penalty = (figure(values[name] or "0") or ZERO for name in ("加分", "减分"))
    if abs(base + bonus - penalty - total) > 4 * half(places):
        yield breach(
            "WRITE-002", str(values["总分"]), what="基础分加加分减减分", expected=marks(base + bonus - penalty, places)
        )


def _lost(result: ObjectResult, values: Values, places: int) -> Iterator[Breach]:
    """The rows of the second annex add up to what the lines lost, with the entries of daily points."""
    listed = rows(values, LOSSES)
    shown = add([figure(row["失分"]) or ZERO for row in listed]) if listed else ZERO
    gone = [leaf.lost for leaf in result.leaves if leaf.points is not leaf.full]
    gone += [-each.points for each in result.daily if each.points < 0]
    lost = add(gone) if gone else ZERO
    if abs(shown - lost) > len(listed) * half(places):
        yield breach("WRITE-002", marks(shown, places), what="失分明细的合计", expected=marks(lost, places))
