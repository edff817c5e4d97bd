"""What makes a scheme unusable or doubtful, beyond the cells themselves (scheme model 6): codes and references here; marks, words
and rules in the modules beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kaohe.core.cells import Source
from kaohe.core.faults import Fault
from kaohe.core.periods import parse_period
from kaohe.core.sentences import fault
from kaohe.core.workdays import announced
from kaohe.records.scheme import Scheme
from kaohe.scheme.check_marks import check_marks
from kaohe.scheme.check_rules import check_rules
from kaohe.scheme.check_words import check_words
from kaohe.scheme.rows import At, near


def check_scheme(scheme: Scheme, at: At) -> tuple[Fault, ...]:
    """All faults of a scheme whose cells could be read. `at` finds the cell of a column in a record's row."""
    return (
        *_codes(scheme, at),
        *_references(scheme, at),
        *_unused(scheme),
        *_periods(scheme, at),
        *check_words(scheme, at),
        *check_marks(scheme, at),
        *check_rules(scheme, at),
    )


def _codes(scheme: Scheme, at: At) -> Iterator[Fault]:
    for title, records in (
        ("期次", [(each.period, each.source) for each in scheme.periods]),
        ("代码", [(each.code, each.source) for each in scheme.classes]),
        ("代码", [(each.code, each.source) for each in scheme.components]),
        ("代码", [(each.code, each.source) for each in scheme.indicators]),
        ("代码", [(each.code, each.source) for each in scheme.adjustments]),
        ("代码", [(each.code, each.source) for each in scheme.kinds]),
        ("名称", [(each.name, each.source) for each in scheme.severities]),
        ("代码", [(each.code, each.source) for each in scheme.forms]),
        ("代码", [(each.code, each.source) for each in scheme.documents]),
        ("情形或档", [(f"{each.indicator} {each.name}", each.source) for each in scheme.cases]),
        ("序", [(f"{each.indicator} 第{each.number}条", each.source) for each in scheme.cases]),
    ):
        seen: dict[str, Source] = {}
        for code, source in records:
            if code and code in seen:
                yield fault("CODE-001", at(source, title), code, first=seen[code].cell)
            seen.setdefault(code, source)


def _references(scheme: Scheme, at: At) -> Iterator[Fault]:
    classes = [each.code for each in scheme.classes]
    components = [each.code for each in scheme.components]
    leaves = [each.code for each in scheme.indicators if each.is_leaf]
    kinds = [each.code for each in scheme.kinds]
    severities = [each.name for each in scheme.severities]
    numbers = ["全部", *(each.number for each in scheme.rules)]
    for line in scheme.indicators:
        yield from _known(at, [line.component], components, line.source, "构成", "构成")
        yield from _known(at, line.classes, classes, line.source, "适用分类", "分类")
        yield from _known(
            at, [each for each in (*line.full, *line.weight) if each], classes, line.source, "满分", "分类"
        )
    for part in scheme.components:
        yield from _known(at, [part.parent], components, part.source, "上级构成", "构成")
        yield from _known(at, [each for each in part.weight if each], classes, part.source, "权重", "分类")
    for case in scheme.cases:
        yield from _known(at, [case.indicator], leaves, case.source, "指标", "指标")
        yield from _known(at, [case.kind], kinds, case.source, "问题类别", "问题类别")
        yield from _known(at, [case.severity], severities, case.source, "严重程度", "整改")
    for kind in scheme.kinds:
        yield from _known(at, [kind.parent], kinds, kind.source, "上级", "问题类别")
    for band in scheme.grades:
        yield from _known(at, band.classes, classes, band.source, "适用分类", "分类")
    for item in scheme.adjustments:
        if item.into.startswith("构成:"):
            yield from _known(at, [item.into[3:]], components, item.source, "计入", "构成")
    for document in scheme.documents:
        yield from _known(at, [document.recipients], numbers, document.source, "对象", "规则")


def _known(
    at: At, words: Iterable[str], known: Sequence[str], source: Source, column: str, sheet: str
) -> Iterator[Fault]:
    for word in words:
        if word and word not in known:
            place = at(source, column)
            yield fault("CODE-002", place, word, column=column, sheet=sheet, near=near(word, known))


def _unused(scheme: Scheme) -> Iterator[Fault]:
    used = {case.kind for case in scheme.cases} | {kind.parent for kind in scheme.kinds}
    for kind in scheme.kinds:
        if kind.code not in used:
            yield fault("CODE-003", kind.source, f"{kind.code} {kind.name}", what="问题类别")
    filled = {line.component for line in scheme.indicators}
    parents = {part.parent for part in scheme.components}
    for part in scheme.components:
        if part.origin == "指标评分" and part.code not in filled and part.code not in parents:
            yield fault("CODE-003", part.source, f"{part.code} {part.name}", what="构成")


def _periods(scheme: Scheme, at: At) -> Iterator[Fault]:
    for row in scheme.periods:
        period = parse_period(row.period)
        if period is not None and period.clock not in scheme.clocks and scheme.clocks:
            yield fault("CODE-002", row.source, row.period, column="期次", sheet="基本信息（期别）", near="")


def check_calendar(scheme: Scheme) -> tuple[Fault, ...]:
    """提示 for periods of a year whose holidays are not announced yet. Apart from `check_scheme`, because the calendar is slow to load."""
    return tuple(
        fault("PERIOD-003", row.source, row.end, "", year=row.end[:4])
        for row in scheme.periods
        if row.end and not announced(int(row.end[:4]))
    )
