"""Who is scored, and what stands for each object before the first score (scheme model 4, step 0). A withheld object stays, without
figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kaohe.core.cells import Source
from kaohe.core.exact import exact
from kaohe.records.returns import Number, Submission
from kaohe.records.scheme import Component
from kaohe.scheme.order import components_of
from kaohe.scoring.adjustments import adjust
from kaohe.scoring.daily import NOT_BACK, entries_of, not_back
from kaohe.scoring.lines import Tree, Typed, typed_on
from kaohe.scoring.objects import Assessed
from kaohe.scoring.ratings import Rated, ratings_of
from kaohe.scoring.setup import Setup
from kaohe.scoring.tasks import tasks_by_owner, tasks_for
from kaohe.scoring.work import Evaluation, Work

#: codes of the faults that withhold an object whose form was accepted (kaohe.core.sentences.run)
BLANK, NO_MEAN, NOTHING = "RUN-001", "RUN-003", "RUN-004"
NO_FORM = "未报"
_NO_TREE = Tree((), {}, {}, {}, {})


def begun(
    setup: Setup,
    objects: Sequence[Assessed],
    submissions: Mapping[str, Submission],
    faults: Mapping[str, tuple[str, ...]],
) -> Evaluation:
    """The evaluation before its first step. `faults`: codes by object that must not be scored."""
    clock, scheme = setup.period.clock, setup.scheme
    components = {each.code: components_of(scheme, clock, each.code) for each in scheme.classes}
    ratings = ratings_of(setup, objects, faults)
    out = not_back(scheme, clock, setup.shared)
    works = {each.code: Work(each, setup.trees.get(each.unit_class, _NO_TREE)) for each in objects}
    study = Evaluation(
        setup,
        works,
        components,
        entries_of(scheme, clock, setup.shared),
        tasks_by_owner(scheme, str(setup.period)),
    )
    for code, work in works.items():
        work.ratings = ratings.get(code, {})
        _stand(study, work, submissions.get(code), faults, out)
    return study


def _stand(
    study: Evaluation,
    work: Work,
    submission: Submission | None,
    faults: Mapping[str, tuple[str, ...]],
    out: frozenset[str],
) -> None:
    """Puts in what was typed, or says why the object has no figures."""
    who, setup = work.who, study.setup
    if who.standing == "不参评":
        work.withhold("不参评")
    elif submission is None and who.code not in faults and _needs_form(study, work):
        work.withhold("未报", NO_FORM)
    elif who.code in faults or (submission is not None and submission.withheld):
        work.withhold("存疑", *faults.get(who.code, ()))
    elif who.unit_class not in study.components:
        work.withhold("存疑", NOTHING)
    elif codes := tuple(_without_result(work.ratings, study.components[who.unit_class], out)):
        work.withhold("存疑", *codes)
    else:
        work.submission = submission or Submission(who.code, "", "")
        work.typed = _typed(study, work, typed_on(work.submission))
        work.adjusted = adjust(setup.scheme, setup.period.clock, work.submission, setup.ledger, who.code)
        work.status = "不定等次" if who.standing == "不定等次" else "正式"


def _needs_form(study: Evaluation, work: Work) -> bool:
    """Whether something of the object's score is typed on its own form: a line, or points of its tasks."""
    if any(line.indicator.method != "引用" for line in work.tree.leaves):
        return True
    by_tasks = any(part.origin == "任务清单" for part in study.components.get(work.who.unit_class, ()))
    return by_tasks and bool(tasks_for(study.tasks, work.who.code, work.who.unit_class))


def _without_result(ratings: Mapping[str, Rated], parts: Sequence[Component], out: frozenset[str]) -> dict[str, None]:
    """Why the object's ratings or daily entries cannot be used."""
    found = dict.fromkeys(rated.fails for rated in ratings.values() if rated.fails)
    return found | dict.fromkeys([NOT_BACK] if any(part.code in out for part in parts) else [])


def _typed(study: Evaluation, work: Work, typed: Mapping[str, Typed]) -> Mapping[str, Typed]:
    """What was typed, with the targets that stand in 资料."""
    wanted = [line for line in work.tree.leaves if line.indicator.target_from.startswith("资料:")]
    if not wanted:
        return typed
    found = dict(typed)
    for line in wanted:
        fact = study.fact(work, line.indicator.target_from.partition(":")[2])
        here = typed.get(line.code, Typed())
        found[line.code] = Typed(here.score, here.deductions, here.counts, number_in(fact))
    return found


def number_in(fact: tuple[str, Source] | None) -> Number | None:
    """A fact as a number, None where it is blank or none."""
    try:
        return Number(exact(fact[0].rstrip("%％")), fact[1]) if fact else None
    except ValueError:
        return None
