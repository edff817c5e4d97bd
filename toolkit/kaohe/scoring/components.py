"""Component scores on the scale of 100, unrounded, by their source (scheme model 2; 4, steps 2–4).

`ORIGINS` is the one place where a source is added (and the word list `kaohe.records.words`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaohe.core.exact import HUNDRED, ZERO, is_hundred, times
from kaohe.records.figures import Figure
from kaohe.records.scheme import Component
from kaohe.scoring.daily import by_entries
from kaohe.scoring.nodes import nodes_of, sum_of
from kaohe.scoring.nodes import weighted_words as line_words
from kaohe.scoring.parts import Part, unscored, weighted, weighted_words, weights_in_force
from kaohe.scoring.periods import by_periods
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import marks
from kaohe.scoring.sources import by_grade, by_rating, by_relation, by_scheme
from kaohe.scoring.tasks import by_tasks
from kaohe.scoring.work import Evaluation, Work


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
