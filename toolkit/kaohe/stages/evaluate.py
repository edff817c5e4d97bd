"""Second step: from the store of the first to points, totals, ranks, boards, consequences, and the rolled ledger."""

from __future__ import annotations

import msgspec

from kaohe.core.collector import paused
from kaohe.core.faults import Fault, withholds
from kaohe.ledger import roll
from kaohe.records.edition import Edition, FileRow
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger
from kaohe.records.results import Outcome
from kaohe.records.returns import Opening, Shared, Submission
from kaohe.records.run import Context
from kaohe.records.scheme import Scheme
from kaohe.scoring import evaluate as score
from kaohe.stages.others import other_outcomes
from kaohe.stages.workspace import Place, keep, kept, one, open_store


@paused()
def evaluate(at: Place) -> Edition:
    """Compute a period from its store and keep outcome and ledger there. Raises NotReady where the first step has not run."""
    folder = open_store(at)
    scheme, roster = one(folder, "scheme", Scheme), one(folder, "roster", Roster)
    context = one(folder, "context", Context)
    submissions = kept(folder, "submissions", Submission)
    shared = one(folder, "shared", Shared)
    earlier = earlier_outcomes(at, context)
    before = ledger_before(at, context)
    openings = kept(folder, "openings", Opening)
    ledger = roll(before, openings, submissions, scheme, roster, at.when, context.row, shared.daily)
    withheld = withheld_objects(kept(folder, "faults", Fault), submissions)
    others = other_outcomes(at, context)
    outcome = score(scheme, roster, submissions, earlier, ledger, at.when, context.row, withheld, shared, others)
    previous = str(at.when.previous)
    outcome = msgspec.structs.replace(
        outcome, before=context.earlier.get(previous, ""), before_sealed=previous in context.sealed
    )
    keep(folder, "outcome", [outcome])
    keep(folder, "ledger", [ledger])
    return edition(at)


def edition(at: Place) -> Edition:
    """Everything that publication reads, from the store."""
    folder = open_store(at)
    context, outcome = one(folder, "context", Context), one(folder, "outcome", Outcome)
    return Edition(
        assessment=at.assessment,
        period=at.period,
        row=context.row,
        scheme=one(folder, "scheme", Scheme),
        roster=one(folder, "roster", Roster),
        outcome=outcome,
        ledger=one(folder, "ledger", Ledger),
        submissions=kept(folder, "submissions", Submission),
        files=kept(folder, "files", FileRow),
        faults=(*kept(folder, "faults", Fault), *outcome.faults),
        earlier=tuple(each for each in earlier_outcomes(at, context) if at.at(each.period).when.clock == at.when.clock),
        ledger_before=ledger_before(at, context),
        mark=context.mark,
        shared=one(folder, "shared", Shared),
    )


def earlier_outcomes(at: Place, context: Context) -> tuple[Outcome, ...]:
    """Outcomes of the earlier periods that the context names, in order of time, each saying whether it is archived."""
    return tuple(
        msgspec.structs.replace(one(at.at(period).report, "outcome", Outcome), sealed=period in context.sealed)
        for period in context.earlier
    )


def ledger_before(at: Place, context: Context) -> Ledger | None:
    """The ledger that the latest earlier period left."""
    periods = list(context.earlier)
    return one(at.at(periods[-1]).report, "ledger", Ledger) if periods else None


def withheld_objects(faults: tuple[Fault, ...], submissions: tuple[Submission, ...]) -> dict[str, tuple[str, ...]]:
    """Objects that cannot be scored, with the codes of the faults that withhold them."""
    marked = {each.object_code for each in submissions if each.withheld}
    marked |= {each.object_code for each in faults if each.object_code and withholds([each])}
    return {
        code: tuple(dict.fromkeys(each.code for each in faults if each.object_code == code and withholds([each])))
        for code in sorted(marked)
    }
