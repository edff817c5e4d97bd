"""日常积分: dated entries with reason and clause, from a starting score, within [0, 100] (scheme model 2)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kaohe.core.exact import HUNDRED, ZERO, add, exact, plain, within
from kaohe.core.periods import Clock
from kaohe.records.figures import Figure
from kaohe.records.results import DailyResult
from kaohe.records.returns import DailyEntry, Shared
from kaohe.records.scheme import Component, Scheme
from kaohe.scoring.parts import Part, scored
from kaohe.scoring.shown import marks, number_part, text_part
from kaohe.scoring.work import Evaluation, Work

CONTENT = "日常积分"
#: code of the reason why an object is withheld whose entries may not all be there (kaohe.core.sentences.run)
NOT_BACK = "RUN-007"


def entries_of(scheme: Scheme, clock: Clock, shared: Shared) -> Mapping[tuple[str, str], tuple[DailyEntry, ...]]:
    """The entries by (component, object), in the order of their days, whatever the order of the workbooks. An entry that names no
    component belongs to every one of this source: there is only one."""
    mine = [part.code for part in scheme.components_at(clock) if part.origin == CONTENT]
    found: dict[tuple[str, str], list[DailyEntry]] = {}
    for each in sorted(shared.daily, key=_order):
        for code in (each.component,) if each.component else mine:
            found.setdefault((code, each.object_code), []).append(each)
    return {key: tuple(entries) for key, entries in found.items()}


def _order(each: DailyEntry) -> tuple[str, str, int, str]:
    return each.day.value if each.day else "", each.source.file, len(each.number), each.number


def not_back(scheme: Scheme, clock: Clock, shared: Shared) -> frozenset[str]:
    """Components of which a workbook was issued and has not come back: what stands in it is not known."""
    missing = {form for form, _ in shared.missing}
    words = {
        content
        for form in scheme.forms
        if form.code in missing and (not form.clocks or clock in form.clocks)
        for content in form.content
    }
    return frozenset(
        part.code
        for part in scheme.components_at(clock)
        if part.origin == CONTENT and words & {CONTENT, f"{CONTENT}:{part.code}"}
    )


def by_entries(component: Component, work: Work, study: Evaluation) -> Part:
    """日常积分: start (取值, blank = 100) + Σ entries, within [0, 100]. Nothing noted = the start."""
    start = exact(component.taken) if component.taken else HUNDRED
    entries = study.daily.get((component.code, work.who.code), ())
    total = start + add(each.points.value for each in entries)
    score = within(total, ZERO, HUNDRED)
    work.daily = (*work.daily, *(_result(component, each) for each in entries))
    how = f"起始分 {marks(start)}" + "".join(f" {_signed(each.points.value)}" for each in entries)
    how += f"，限于 0–100，得 {marks(score)}" if score is not total else "" if entries else "，没有记录"
    first = Figure("起始分", "起始分", start, marks(start), "方案规定", source=component.source, typed=component.taken)
    parts = (first, *(_figure(each) for each in entries))
    return scored(component, score, how, study.setup.scheme.settings, parts)


def _signed(points: Fraction) -> str:
    return f"{'+' if points >= 0 else '-'} {plain(abs(points))}"


def _figure(each: DailyEntry) -> Figure:
    texts = (("日期", each.day), ("条款", each.clause), ("佐证", each.evidence))
    inner = tuple(text_part(label, text) for label, text in texts if text is not None)
    parts = (number_part("分值", each.points), text_part("事由", each.reason), *inner)
    shown = marks(each.points.value)
    return Figure(
        f"日常:{each.number}", f"第{each.number}条", each.points.value, shown, each.reason.value, source=each.source,
        typed=plain(each.points.value), parts=parts,
    )  # fmt: skip


def _result(component: Component, each: DailyEntry) -> DailyResult:
    return DailyResult(
        component=component.code,
        number=each.number,
        day=each.day.value if each.day else "",
        points=each.points.value,
        reason=each.reason.value,
        clause=each.clause.value if each.clause else "",
        problem_id=each.problem_id,
        source=each.source,
    )
