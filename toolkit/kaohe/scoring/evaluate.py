"""One period of one assessment, from what was typed to what follows from it: the steps of scheme model 4 in their order.

Each step gives every object of the roster a little more of its result; only means, places, shares and what reads them look at others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kaohe.core.collector import paused
from kaohe.core.periods import Period
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger
from kaohe.records.results import Outcome
from kaohe.records.returns import Shared, Submission
from kaohe.records.scheme import PeriodRow, Scheme
from kaohe.scheme.order import order, roles_of
from kaohe.scoring.counting import anonymous
from kaohe.scoring.derivation import derive
from kaohe.scoring.effects import follow
from kaohe.scoring.fields import fields_of, rank, settled
from kaohe.scoring.grading import doubts, grade
from kaohe.scoring.history import usable
from kaohe.scoring.lines import tree_of
from kaohe.scoring.lookup import lookup_of
from kaohe.scoring.objects import objects_of
from kaohe.scoring.periods import doubts as period_doubts
from kaohe.scoring.progress import Scored, peers_of
from kaohe.scoring.rules import rules_at
from kaohe.scoring.setup import Setup
from kaohe.scoring.standing import begun
from kaohe.scoring.summing import run_steps, scored

NOTHING_SHARED = Shared()


@paused()
def evaluate(
    scheme: Scheme,
    roster: Roster,
    submissions: Iterable[Submission],
    earlier: tuple[Outcome, ...],
    ledger: Ledger,
    period: Period,
    row: PeriodRow,
    withheld: Mapping[str, tuple[str, ...]],
    shared: Shared = NOTHING_SHARED,
    others: tuple[Outcome, ...] = (),
    counted: Callable[[Sequence[Scored]], Iterable[Scored]] = iter,
) -> Outcome:
    """The outcome of a period: one result per object of the roster, each figure with its derivation.

    `earlier` are outcomes of earlier periods of all clocks, oldest first; `ledger` is the one rolled for this period. `shared` is what the
    group-wide workbooks brought, `others` are outcomes of other schemes. `withheld` maps objects that must not be scored to the fault
    codes of the reason; an object without a submission is 未报, where its class has something to type on a form of its own.

    An object that cannot be scored although nothing is wrong with its forms is 存疑: RUN-001 a needed cell is blank, RUN-002 an earlier
    period is missing, RUN-003 nobody was scored on a line that takes the mean, RUN-004 nothing applies, RUN-005 an empty rater group,
    RUN-006 too few ballots, RUN-007 a workbook of 日常积分 has not come back, RUN-008 a fact is missing, RUN-009 a related object has no
    figure, RUN-010 another scheme has none, RUN-011 figures need each other. The outcome's own faults say which gathered periods are missing
    (RUN-030, RUN-033) or not archived (RUN-031). Independent of the order of submissions and workbooks. `counted` goes through the objects
    once, for whoever shows how far the work is.
    """
    if scheme.instruments and (not shared.counted or shared.ballots or shared.casts or shared.tallies):
        shared = anonymous(scheme, roster, period.clock, objects_of(scheme, roster), shared)
    trees = {each.code: tree_of(scheme, period.clock, each.code) for each in scheme.classes}
    known, earlier = earlier, usable(scheme.settings, earlier)
    unused = tuple(each.period for each in known if each not in earlier)
    lookup = lookup_of(scheme, period.clock, roster, shared)
    rules = rules_at(scheme, period.clock)
    setup = Setup(scheme, period, row, rules, trees, earlier, ledger, roster, shared, others, lookup, unused)
    returned = {each.object_code: each for each in submissions}
    summed = settled(_summed(setup, returned, withheld))
    fields = fields_of(setup, summed)
    by_code = {field.field: field for field in fields}
    graded = grade(setup, rank(setup, summed, by_code), by_code)
    followed = follow(setup, graded, by_code)
    peers = peers_of(setup, followed, by_code)
    results = tuple(derive(setup, each, by_code, peers) for each in counted(followed))
    before = str(period.previous) if any(each.period == str(period.previous) for each in earlier) else ""
    faults = (*period_doubts(setup), *doubts(setup, graded, by_code))
    return Outcome(
        scheme.code,
        str(period),
        row.reference_date,
        results,
        fields,
        before,
        faults=faults,
        full_scale=scheme.settings.full_scale,
    )


def _summed(setup: Setup, returned: Mapping[str, Submission], withheld: Mapping[str, tuple[str, ...]]) -> list[Scored]:
    """Every object with its own figures. What they were made from is let go here: it is as large as the result."""
    study = begun(setup, objects_of(setup.scheme, setup.roster), returned, withheld)
    run_steps(study, order(setup.scheme, setup.period.clock, roles_of(setup.roster)))
    return [scored(study, work) for work in study.works.values()]
