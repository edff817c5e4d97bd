"""One period of one assessment, from what was typed to what follows from it: the steps of scheme model 4 in their order.

Each step gives every object of the roster a little more of its result; only means, places, shares and what reads them look at others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kaohe.core.periods import Period
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger
from kaohe.records.results import Outcome
from kaohe.records.returns import Submission
from kaohe.records.scheme import PeriodRow, Scheme
from kaohe.scoring.derivation import derive
from kaohe.scoring.effects import follow
from kaohe.scoring.fields import fields_of, rank
from kaohe.scoring.grading import grade
from kaohe.scoring.lines import tree_of
from kaohe.scoring.objects import objects_of
from kaohe.scoring.progress import Setup
from kaohe.scoring.rules import rules_at
from kaohe.scoring.standing import fill_means, read_lines
from kaohe.scoring.summing import sum_up


def evaluate(
    scheme: Scheme,
    roster: Roster,
    submissions: Iterable[Submission],
    earlier: tuple[Outcome, ...],
    ledger: Ledger,
    period: Period,
    row: PeriodRow,
    withheld: Mapping[str, tuple[str, ...]],
) -> Outcome:
    """The outcome of a period: one result per object of the roster, each figure with its derivation.

    `earlier` are outcomes of earlier periods of all clocks, oldest first; `ledger` is the one rolled for this period. `withheld` maps
    objects that must not be scored to the fault codes of the reason; an object without a submission is 未报. An object that cannot be
    scored although its form was accepted is 存疑 with RUN-001 (a needed cell is blank), RUN-002 (an earlier period is missing), RUN-003
    (nobody was scored on a line that takes the mean) or RUN-004 (nothing applies). Independent of the order of submissions.
    """
    trees = {each.code: tree_of(scheme, period.clock, each.code) for each in scheme.classes}
    setup = Setup(scheme, period, row, rules_at(scheme, period.clock), trees, earlier, ledger)
    returned = {each.object_code: each for each in submissions}
    read = [read_lines(setup, each, returned.get(each.code), withheld) for each in objects_of(scheme, roster)]
    summed = [sum_up(setup, each) for each in fill_means(setup, read)]
    fields = fields_of(setup, summed)
    by_code = {field.field: field for field in fields}
    graded = grade(setup, rank(setup, summed, by_code), by_code)
    followed = [follow(setup, each, by_code) for each in graded]
    results = tuple(derive(setup, each, by_code) for each in followed)
    before = str(period.previous) if any(each.period == str(period.previous) for each in earlier) else ""
    return Outcome(scheme.code, str(period), row.reference_date, results, fields, before)
