"""Marks, weights and grade bands: sums that must close, parameters that a method needs (scheme model 4, steps 1, 3 and 9)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from kaohe.core.exact import ZERO, plain
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.records.layouts import LISTED_ONLY
from kaohe.records.scheme import Indicator, Scheme, of_class
from kaohe.scheme.rows import At

#: what each method needs on its line: attribute of Indicator → column
NEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "完成率": (("target", "目标值"),),
    "阈值": (("target", "目标值"), ("step", "步长"), ("per_step", "每步"), ("step_count", "计步")),
    "引用": (("reference", "引用"),),
    "排名赋分": (("place_rule", "名次取法"),),
}
#: methods that need cases, and what each case must have
CASES: dict[str, tuple[str, str]] = {
    "扣分": ("each_from", "每次分值"),
    "计数": ("each_from", "每次分值"),
    "档次": ("factor", "系数"),
    "就高": ("award", "得分"),
}


def check_marks(scheme: Scheme, at: At) -> tuple[Fault, ...]:
    """Faults of marks, weights, method parameters and grade bands."""
    return (
        *_tree(scheme, at),
        *_sums(scheme, at),
        *_components(scheme),
        *_weights(scheme, at),
        *_methods(scheme, at),
        *_grades(scheme, at),
    )


def _children(scheme: Scheme, parent: str, unit_class: str) -> list[Indicator]:
    return [line for line in scheme.indicators if line.parent == parent and line.applies_to(unit_class)]


def _tree(scheme: Scheme, at: At) -> Iterator[Fault]:
    parents = {line.parent for line in scheme.indicators}
    for line in scheme.indicators:
        if line.is_leaf and line.code in parents:
            yield fault("MARK-008", at(line.source, "办法"), line.code)
        if not line.is_leaf and line.code not in parents:
            yield fault("MARK-009", at(line.source, "办法"), code=line.code, name=line.name)
        if line.is_leaf and not line.full and not line.weight:
            yield fault("MARK-003", at(line.source, "满分"), code=line.code, name=line.name)


def _sums(scheme: Scheme, at: At) -> Iterator[Fault]:
    """Children add up to their parent, for every class (step 3); classes with the same wrong sum are named together."""
    for line in scheme.indicators:
        wrong: dict[tuple[Fraction, Fraction], list[str]] = {}
        for each in scheme.classes:
            children = _children(scheme, line.code, each.code)
            full = of_class(line.full, each.code)
            if not children or full is None or not line.applies_to(each.code):
                continue
            total = sum((child.full_marks(each.code) for child in children), ZERO)
            if total != full:
                wrong.setdefault((total, full), []).append(each.code)
        for (total, full), classes in wrong.items():
            words = {"unit_class": "、".join(classes), "code": line.code, "name": line.name}
            yield fault("MARK-001", at(line.source, "满分"), "", "", sum=plain(total), full=plain(full), **words)


def _components(scheme: Scheme) -> Iterator[Fault]:
    """Every class has the same full marks per component (step 3)."""
    for part in scheme.components:
        sums = {
            each.code: sum(
                (
                    line.full_marks(each.code)
                    for line in scheme.indicators
                    if line.component == part.code and line.is_leaf and line.applies_to(each.code)
                ),
                ZERO,
            )
            for each in scheme.classes
        }
        filled = {code: total for code, total in sums.items() if total}
        if len(set(filled.values())) > 1:
            shown = "、".join(f"{code}类 {plain(total)}" for code, total in filled.items())
            yield fault("MARK-002", part.source, component=f"{part.code} {part.name}", classes=shown)


def _weights(scheme: Scheme, at: At) -> Iterator[Fault]:
    for part in scheme.components:
        if part.counted and not part.weight:
            yield fault("WEIGHT-002", at(part.source, "权重"), code=part.code)
    for clock in scheme.clocks:
        live = [part for part in scheme.components_at(clock) if part.counted and part.weight]
        for parent in dict.fromkeys(part.parent for part in live):
            parts = [part for part in live if part.parent == parent]
            wrong: dict[Fraction, list[str]] = {}
            for each in scheme.classes:
                total = sum((of_class(part.weight, each.code) or ZERO for part in parts), ZERO)
                if total != Fraction(100):
                    wrong.setdefault(total, []).append(each.code)
            for total, classes in wrong.items():
                words = {"unit_class": "、".join(classes), "clock": clock, "parent": parent or "总分"}
                yield fault("WEIGHT-001", at(parts[0].source, "权重"), "", "", sum=plain(total), **words)


def _methods(scheme: Scheme, at: At) -> Iterator[Fault]:
    for line in scheme.indicators:
        if not line.is_leaf:
            continue
        for attribute, title in NEEDS.get(line.method, ()):
            if not getattr(line, attribute) and not (attribute == "target" and line.target_from):
                yield fault("MARK-005", at(line.source, title), method=line.method, column=title)
        if ("每低" in line.standard or "每差" in line.standard) and line.method == "阈值" and not line.step_count:
            yield fault("MARK-007", at(line.source, "计步"))
        if line.measure in ("%", "％") and line.target is not None and line.target <= 1:
            yield fault("MARK-011", at(line.source, "目标值"), plain(line.target))
        if line.method not in CASES:
            continue
        attribute, title = CASES[line.method]
        cases = scheme.cases_of(line.code)
        if not cases:
            yield fault("MARK-006", at(line.source, "办法"), method=line.method, code=line.code)
        for case in cases:
            if case.name == LISTED_ONLY:
                yield fault("MARK-010", at(case.source, "情形或档"), case.name)
            if getattr(case, attribute) is None:
                yield fault("MARK-005", at(case.source, title), method=line.method, column=title)
        yield from _large(scheme, line, at)


def _large(scheme: Scheme, line: Indicator, at: At) -> Iterator[Fault]:
    if line.method != "扣分":
        return
    least = min((line.full_marks(each.code) for each in scheme.classes if line.applies_to(each.code)), default=ZERO)
    for case in scheme.cases_of(line.code):
        if case.each_to is not None and least and case.each_to >= least and case.zero_from is None:
            place = at(case.source, "每次分值")
            yield fault("MARK-004", place, case.name, each=plain(case.each_to), full=plain(least))


def _grades(scheme: Scheme, at: At) -> Iterator[Fault]:
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, band in enumerate(scheme.grades):
        groups.setdefault((band.used_for, band.classes, band.clocks), []).append(index)
    for indexes in groups.values():
        bands = [scheme.grades[index] for index in indexes]
        for before, band in pairwise(bands):
            if before.least is None or (band.least is not None and band.least >= before.least):
                text = "（无）" if before.least is None else plain(before.least)
                yield fault("GRADE-001", at(band.source, "最低分"), band.name, before=text)
            elif band.printed_top is not None and band.printed_top != before.least:
                words = {"top": plain(band.printed_top), "least": plain(before.least)}
                yield fault("GRADE-002", at(band.source, "原文上限"), band.name, **words)
        if bands and bands[-1].least is not None:
            yield fault("GRADE-003", at(bands[-1].source, "最低分"), bands[-1].name)
