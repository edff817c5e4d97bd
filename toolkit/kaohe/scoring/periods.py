"""历史期次: a figure of the lower clock's periods enters a component, unrounded (scheme model 2; 4, step 4). A period that is missing, or is
not used because it is not archived, is named; nothing is put in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import HUNDRED, add
from kaohe.core.faults import Fault
from kaohe.core.periods import Clock, Period
from kaohe.core.sentences import fault
from kaohe.records.figures import Figure
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Component
from kaohe.records.settings import Settings
from kaohe.scoring.parts import Part, scored, unscored
from kaohe.scoring.rounding import stepped
from kaohe.scoring.setup import Setup
from kaohe.scoring.shown import equals, marks
from kaohe.scoring.work import Evaluation, Work

ORIGIN = "历史期次"
#: code of the reason why a component that gathers periods has no score (kaohe.core.sentences.run)
NO_PERIOD = "RUN-002"
MISSING, UNUSED, UNSEALED = "没有结果", "未归档，方案规定不用", "未归档"
_SIZES: Mapping[Clock, str] = {"季": "个季度", "月": "个月"}


class Taken(msgspec.Struct, frozen=True):
    """What one period gives an object: its figure on the scale of 100, or None and the reason; `sealed` whether it is archived."""

    period: Period
    value: Fraction | None
    why: str = ""
    sealed: bool = False


def by_periods(component: Component, work: Work, study: Evaluation) -> Part:
    """A figure (取值, blank = 总分) of the lower clock's periods (取自) within this one: 均值, 合计 or 最近.

    The clocks say how many there should be. Where one is missing, 缺期 = 按已有 takes those that are there, 报错 withholds the object.
    """
    settings = study.setup.scheme.settings
    taken = tuple(taken_of(component, work.who.code, study.setup))
    parts = tuple(_figure(component, each) for each in taken)
    found = [each.value for each in taken if each.value is not None]
    lacking = "、".join(f"{each.period}（{each.why}）" for each in taken if each.value is None)
    if not found or (lacking and component.missing != "按已有"):
        return unscored(component, f"应有 {len(taken)} 期，缺 {lacking}", NO_PERIOD, parts)
    score, how = add(found), f"{len(found)} 期合计"
    if component.gather == "最近":
        score, how = found[-1], f"最近一期：{[each for each in taken if each.value is not None][-1].period}"
    elif component.gather == "均值":
        score /= len(found)
        how = f"({' + '.join(marks(value) for value in found)}) ÷ {len(found)} {equals(score)}"
    if lacking:
        how += f"；应有 {len(taken)} 期，缺 {lacking}，按已有 {len(found)} 期"
    return scored(component, score, how, settings, parts)


def taken_of(component: Component, code: str, setup: Setup) -> Iterator[Taken]:
    """Each period that the component should gather, in order, with the object's figure in it."""
    outcomes = {each.period: each for each in setup.earlier}
    for period in setup.period.parts(_clock(component)):
        outcome = outcomes.get(str(period))
        if outcome is None:
            yield Taken(period, None, UNUSED if str(period) in setup.unused else MISSING)
            continue
        known = outcome.of(code)
        word, settings = component.taken or "总分", setup.scheme.settings
        value = _value(known, word, settings, outcome.full_scale) if known is not None else None
        yield Taken(period, value, "" if value is not None else _why(known), outcome.sealed)


def doubts(setup: Setup) -> Iterator[Fault]:
    """What must be said of the periods that are gathered, once for all objects: RUN-030 one is missing though needed, RUN-031 those that
    are there are not archived, RUN-033 one is missing and the scheme takes those that are there."""
    outcomes = {each.period: each for each in setup.earlier}
    unsealed: dict[str, None] = {}
    for component in setup.scheme.components_at(setup.period.clock):
        if component.origin != ORIGIN:
            continue
        due = [str(each) for each in setup.period.parts(_clock(component))]
        lacking = [name for name in due if name not in outcomes]
        if lacking:
            groups = (
                (MISSING, [n for n in lacking if n not in setup.unused]),
                (UNUSED, [n for n in lacking if n in setup.unused]),
            )
            which = "；".join(f"{in_short(names)}（{why}）" for why, names in groups if names)
            code = "RUN-033" if component.missing == "按已有" and len(lacking) < len(due) else "RUN-030"
            size = f"{len(due)}{_SIZES[_clock(component)]}"
            yield fault(code, component.source, name=component.name, due=size, which=which)
        unsealed |= dict.fromkeys(name for name in due if name in outcomes and not outcomes[name].sealed)
    if unsealed:
        yield fault("RUN-031", which=in_short(list(unsealed)))


def in_short(names: Sequence[str]) -> str:
    """Periods as a sentence names them.

    >>> in_short(["2026Q1", "2026Q2"]), in_short([f"2026-{n:02d}" for n in range(1, 8)])
    ('2026Q1、2026Q2', '2026-01 至 2026-07 共 7 期')
    """
    return "、".join(names) if len(names) < 5 else f"{names[0]} 至 {names[-1]} 共 {len(names)} 期"


def _clock(component: Component) -> Clock:
    return "月" if component.taken_from == "月" else "季"


def _figure(component: Component, taken: Taken) -> Figure:
    word = component.taken or "总分"
    how = taken.why if taken.value is None else word if taken.sealed else f"{word}，{UNSEALED}"
    shown = "缺" if taken.value is None else marks(taken.value)
    return Figure(f"历史:{taken.period}", str(taken.period), taken.value, shown, how)


def _why(known: ObjectResult | None) -> str:
    if known is None:
        return "名册中没有"
    return {"未报": "未报", "存疑": "存疑", "不参评": "不参评"}.get(known.status, "没有这个数")


def _value(known: ObjectResult, word: str, settings: Settings, full_scale: Fraction) -> Fraction | None:
    """The figure that a component reads from an earlier result, on the scale of 100: exact, with 逐级 as printed. `full_scale`: the
    总分满分 that was in force then."""
    kind, _, code = word.partition(":")
    if code:
        part = known.component(code)
        if part is None:
            return None
        return part.base_score if kind == "构成基础" else part.score
    value = known.base_exact if word == "基础分" else known.total_exact
    if value is None:
        return None
    return stepped(settings, value) / full_scale * HUNDRED
