"""Component scores on the scale of 100, unrounded, by their source (scheme model 2; 4, steps 2–4).

`ORIGINS` is the one place where a source is added (and the word list `kaohe.records.words`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from kaohe.core.exact import HUNDRED, ZERO, add, is_hundred, times
from kaohe.core.periods import Period, parse_period
from kaohe.records.results import Figure, ObjectResult
from kaohe.records.scheme import Component, Settings
from kaohe.scoring.daily import by_entries
from kaohe.scoring.nodes import nodes_of, sum_of
from kaohe.scoring.nodes import weighted_words as line_words
from kaohe.scoring.parts import Part, scored, unscored, weighted, weighted_words, weights_in_force
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import equals, marks
from kaohe.scoring.sources import by_grade, by_rating, by_relation, by_scheme
from kaohe.scoring.tasks import by_tasks
from kaohe.scoring.work import Evaluation, Work

#: code of the reason why a component that gathers periods has no score (kaohe.core.sentences.run)
NO_PERIOD = "RUN-002"


def by_indicators(component: Component, work: Work, study: Evaluation) -> Part:
    """指标评分: Σ points ÷ Σ assessable full marks × 100; top lines with weights: Σ weight × share ÷ Σ assessable weight × 100."""
    settings = study.setup.scheme.settings
    nodes = nodes_of(work.tree.roots.get(component.code, ()), work.leaves, settings, work.nodes)
    parts = tuple(node.figure for node in nodes)
    found = sum_of(nodes, work.tree.whole.get(component.code, ZERO))
    if found is None or not found.assessable:
        return unscored(component, "没有适用的指标", parts=parts)
    whole = is_hundred(found.assessable)
    score = stepped(settings, found.points if whole else times(found.points, HUNDRED, over=found.assessable))
    how = line_words(nodes)
    if not whole:
        how = f"{how or marks(found.points)} ÷ 可评{'权重' if how else '满分'} {marks(found.assessable)} × 100"
    figure = Figure(f"构成:{component.code}", component.name, score, marks(score), how or "各项得分合计", parts=parts)
    return Part(component, score, score, found.assessable, figure)


def by_components(component: Component, work: Work, study: Evaluation) -> Part:
    """下级构成: the components below it by their weights; one that does not apply leaves its weight to its siblings."""
    settings = study.setup.scheme.settings
    parts = [work.parts[child.code] for child in study.children(work, component.code) if child.counted]
    missing = next((part.missing for part in parts if part.missing), "")
    weights = weights_in_force(parts, work.who.unit_class)
    figures = tuple(part.figure for part in parts)
    if missing or not weights:
        return unscored(component, "下级构成没有得分" if missing else "下级构成都不适用", missing, figures)
    live = {part.component.code: part for part in parts if part.component.code in weights}
    base = stepped(settings, weighted({code: part.base or ZERO for code, part in live.items()}, weights))
    score = stepped(settings, weighted({code: part.score or ZERO for code, part in live.items()}, weights))
    how = weighted_words(parts, weights, base=False)
    figure = Figure(f"构成:{component.code}", component.name, score, marks(score), how, parts=figures)
    return Part(component, base, score, HUNDRED, figure, weights)


def by_periods(component: Component, work: Work, study: Evaluation) -> Part:
    """历史期次: a figure (取值, blank = 总分) of the lower clock's periods (取自) within this one, unrounded: 均值, 合计 or 最近.

    The clocks say how many there should be. Where one is missing, 缺期 = 按已有 takes those that are there, 报错 withholds the object.
    """
    settings = study.setup.scheme.settings
    found: list[tuple[str, Fraction]] = []
    for outcome in study.setup.earlier:
        then = parse_period(outcome.period)
        if then is None or then.clock != component.taken_from or not then.within(study.setup.period):
            continue
        known = outcome.of(work.who.code)
        value = _taken(known, component.taken or "总分", settings) if known is not None else None
        if value is not None:
            found.append((outcome.period, value))
    parts = tuple(Figure(f"历史:{name}", name, value, marks(value), component.taken or "总分") for name, value in found)
    due = _due(component.taken_from, study.setup.period)
    if not found or (len(found) < due and component.missing == "报错"):
        return unscored(component, f"应有 {due} 期，只有 {len(found)} 期", NO_PERIOD, parts)
    values = [value for _, value in found]
    score = values[-1] if component.gather == "最近" else add(values)
    how = f"{len(values)} 期合计" if component.gather == "合计" else "最近一期"
    if component.gather == "均值":
        score /= len(values)
        how = f"({' + '.join(marks(value) for value in values)}) ÷ {len(values)} {equals(score)}"
    if len(found) < due:
        how += f"，应有 {due} 期，按已有"
    return scored(component, score, how, settings, parts)


def _due(clock: str, whole: Period) -> int:
    if whole.clock == "季":
        return 3
    return {"季": 4, "月": 12}.get(clock, 1)


def _taken(known: ObjectResult, word: str, settings: Settings) -> Fraction | None:
    """The figure that a component reads from an earlier result, on the scale of 100: exact, with 逐级 as printed."""
    kind, _, code = word.partition(":")
    if code:
        part = known.component(code)
        if part is None:
            return None
        return part.base_score if kind == "构成基础" else part.score
    value = known.base_exact if word == "基础分" else known.total_exact
    if value is None:
        return None
    return stepped(settings, value) / settings.full_scale * HUNDRED


ORIGINS: Mapping[str, Callable[[Component, Work, Evaluation], Part]] = {
    "指标评分": by_indicators,
    "评价": by_rating,
    "日常积分": by_entries,
    "任务清单": by_tasks,
    "等次折算": by_grade,
    "历史期次": by_periods,
    "其他方案结果": by_scheme,
    "关联对象": by_relation,
    "下级构成": by_components,
}


def part_of(component: Component, work: Work, study: Evaluation) -> Part:
    """The component's score from its source."""
    return ORIGINS[component.origin](component, work, study)
