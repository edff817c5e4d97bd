"""Components whose score stands elsewhere: on a rating instrument, as a grade, with related objects, in another scheme (scheme model 2)."""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.exact import HUNDRED
from kaohe.records.figures import Figure
from kaohe.records.results import ObjectResult, Outcome
from kaohe.records.scheme import Component
from kaohe.scheme.order import BASE, PART, PART_BASE, RATING, TOTAL, Read, read_by, read_of
from kaohe.scoring.grades import bands_of
from kaohe.scoring.parts import Part, scored, unscored
from kaohe.scoring.reading import found_for
from kaohe.scoring.rounding import stepped
from kaohe.scoring.shown import marks
from kaohe.scoring.work import Evaluation, Work

#: codes of the reasons why such a component has no score (kaohe.core.sentences.run)
NO_FACT, NO_SCHEME = "RUN-008", "RUN-010"


def by_rating(component: Component, work: Work, study: Evaluation) -> Part:
    """评价: the object's score on an instrument (取自)."""
    found = found_for(study, work, Read("", f"{RATING}:{component.taken_from}"))
    if found.value is None:
        return unscored(component, found.figure.how, found.missing, (found.figure,))
    return scored(component, found.value, found.figure.label, study.setup.scheme.settings, (found.figure,))


def by_relation(component: Component, work: Work, study: Evaluation) -> Part:
    """关联对象: a figure (取值, blank = 总分) of a person's unit or of the persons in a role; nobody there = it does not apply."""
    read = read_by(component)
    assert read is not None
    found = found_for(study, work, read)
    if found.value is None:
        return unscored(component, found.figure.how, found.missing, (found.figure,))
    return scored(component, found.value, found.figure.label, study.setup.scheme.settings, (found.figure,))


def by_grade(component: Component, work: Work, study: Evaluation) -> Part:
    """等次折算: what a grade is worth (折算分), the grade of an instrument (评价:t) or one that stands in 资料 (资料:f)."""
    scheme, read = study.setup.scheme, read_of(component.taken_from)
    if read.kind == RATING:
        rating = found_for(study, work, read)
        if rating.value is None:
            return unscored(component, rating.figure.how, rating.missing, (rating.figure,))
        grade, figure = work.ratings[read.code].result.grade, rating.figure
    else:
        fact = study.fact(work, read.code)
        if fact is None:
            return unscored(component, f"资料“{read.code}”没有填写", NO_FACT)
        grade = fact[0]
        figure = Figure(f"资料:{read.code}", read.code, None, grade, source=fact[1], typed=grade)
    bands = bands_of(scheme, study.setup.period.clock, work.who.unit_class, component.taken_from)
    worth = next((band.converts_to for band in bands if band.name == grade), None)
    if worth is None:
        return unscored(component, f"等次“{grade}”没有折算分", NO_FACT, (figure,))
    return scored(component, worth, f"等次“{grade}”折算 {marks(worth)} 分", scheme.settings, (figure,))


def by_scheme(component: Component, work: Work, study: Evaluation) -> Part:
    """其他方案结果: a figure (取值, blank = 总分) of the same object in another scheme (取自). One outcome of it is handed over: of the same
    period, else of the newest that ended by then. Where it is missing, 缺期 = 按已有 leaves the weight to the other components, 报错
    withholds the object."""
    setup, word = study.setup, component.taken or TOTAL
    outcome = next((each for each in setup.others if each.scheme == component.taken_from), None)
    known = outcome.of(work.who.code) if outcome is not None else None
    value = _elsewhere(outcome, known, read_of(word)) if outcome is not None and known is not None else None
    if outcome is None or value is None:
        missing = "" if component.missing == "按已有" else NO_SCHEME
        return unscored(component, f"方案“{component.taken_from}”没有可用的结果", missing)
    value = stepped(setup.scheme.settings, value)
    if read_of(word).kind in (TOTAL, BASE):
        value = value / outcome.full_scale * HUNDRED
    figure = Figure(
        f"其他方案:{component.taken_from}:{word}",
        f"{component.taken_from} {outcome.period} {word}",
        value,
        marks(value),
    )
    return scored(
        component, value, f"取自方案“{component.taken_from}”{outcome.period}", setup.scheme.settings, (figure,)
    )


def _elsewhere(outcome: Outcome, known: ObjectResult, read: Read) -> Fraction | None:
    if read.kind in (PART, PART_BASE):
        part = known.component(read.code)
        return None if part is None else part.score if read.kind == PART else part.base_score
    if read.kind == RATING:
        rating = known.rating(read.code)
        return None if rating is None else rating.score
    return known.base_exact if read.kind == BASE else known.total_exact
