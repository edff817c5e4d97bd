"""Second step: from the store of the first to points, totals, ranks, boards, consequences, and the rolled ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from kaohe.core.collector import paused
from kaohe.core.faults import Fault
from kaohe.core.periods import Clock
from kaohe.core.sentences import fault
from kaohe.records.edition import Edition, FileRow
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger
from kaohe.records.results import Outcome
from kaohe.records.returns import Opening, Shared, Submission, Unlisted
from kaohe.records.run import Context
from kaohe.records.scheme import Scheme
from kaohe.scoring.evaluate import evaluate as score
from kaohe.scoring.periods import in_short
from kaohe.stages.ballots import shared_kept
from kaohe.stages.ledgering import archive_of, fold, follow
from kaohe.stages.others import other_outcomes
from kaohe.stages.progress import counting, part
from kaohe.stages.workspace import Place, keep, kept, one, open_store


@paused()
def evaluate(at: Place) -> Edition:
    """Compute a period from its store and keep outcome and ledger there. Raises NotReady where the first step has not run."""
    folder = open_store(at)
    scheme, roster = one(folder, "scheme", Scheme), one(folder, "roster", Roster)
    context = one(folder, "context", Context)
    submissions: tuple[Submission, ...] = kept(folder, "submissions", Unlisted)
    shared = shared_kept(folder)
    earlier = earlier_outcomes(at, context)
    before = ledger_before(at, context)
    openings = kept(folder, "openings", Opening)
    folded = fold(at, before, openings, submissions, shared, scheme, roster, context.row)
    ledger = folded.ledger
    doubts = kept(folder, "faults", Fault)
    withheld = withheld_objects(doubts, submissions)
    others = other_outcomes(at, context)
    counted = counting("计分")
    with part("scoring"):
        outcome = score(
            scheme, roster, submissions, earlier, ledger, at.when, context.row, withheld, shared, others, counted
        )
    previous = str(at.when.previous)
    outcome = msgspec.structs.replace(
        outcome,
        before=context.read.get(previous, ""),
        before_sealed=previous in context.sealed,
        faults=(*_remarks(context), *outcome.faults),
    )
    followed = follow(folded, outcome, scheme)
    outcome = msgspec.structs.replace(outcome, faults=(*outcome.faults, *followed.faults))
    keep(folder, "outcome", [outcome])
    keep(folder, "ledger", [followed.ledger])
    same_clock = tuple(each for each in earlier if at.at(each.period).when.clock == at.when.clock)
    return _edition(
        at, folder, context, scheme, roster, outcome, followed.ledger, submissions, doubts, same_clock, before, shared
    )


def edition(at: Place, folder: Path | None = None, submissions: type[Submission] = Unlisted) -> Edition:
    """Everything that publication reads, from the store of `folder` (default: of the run under way, or of the published one), submissions
    as one of the kinds of `records.returns`."""
    folder = folder or open_store(at)
    context = one(folder, "context", Context)
    return _edition(
        at,
        folder,
        context,
        one(folder, "scheme", Scheme),
        one(folder, "roster", Roster),
        one(folder, "outcome", Outcome),
        one(folder, "ledger", Ledger),
        kept(folder, "submissions", submissions),
        kept(folder, "faults", Fault),
        earlier_outcomes(at, context, at.when.clock),
        ledger_before(at, context),
        shared_kept(folder),
    )


def _edition(
    at: Place,
    folder: Path,
    context: Context,
    scheme: Scheme,
    roster: Roster,
    outcome: Outcome,
    ledger: Ledger,
    submissions: tuple[Submission, ...],
    doubts: tuple[Fault, ...],
    earlier: tuple[Outcome, ...],
    before: Ledger | None,
    shared: Shared,
) -> Edition:
    archived, archived_as = archive_of(at, ledger)
    return Edition(
        assessment=at.assessment,
        period=at.period,
        row=context.row,
        scheme=scheme,
        roster=roster,
        outcome=outcome,
        ledger=ledger,
        submissions=submissions,
        files=kept(folder, "files", FileRow),
        faults=(*doubts, *outcome.faults),
        earlier=earlier,
        ledger_before=before,
        mark=context.mark,
        shared=shared,
        archived=archived,
        archived_as=archived_as,
        reason=context.reason,
        others=other_outcomes(at, context),
    )


def earlier_outcomes(at: Place, context: Context, clock: Clock | None = None) -> tuple[Outcome, ...]:
    """Outcomes of the earlier periods that the context names (of one clock), in order of time, each saying whether it is archived."""
    return tuple(
        msgspec.structs.replace(one(at.at(period).report, "outcome", Outcome), sealed=period in context.sealed)
        for period in context.earlier
        if clock is None or at.at(period).when.clock == clock
    )


def _remarks(context: Context) -> Iterator[Fault]:
    """What must be said of the earlier periods that are read: RUN-032 one is older than its own forms, RUN-034 one has no results."""
    if context.changed:
        yield fault("RUN-032", which=in_short(context.changed))
    if context.unusable:
        yield fault("RUN-034", which=in_short(context.unusable))


def ledger_before(at: Place, context: Context) -> Ledger | None:
    """The ledger that the latest earlier period left."""
    periods = list(context.earlier)
    return one(at.at(periods[-1]).report, "ledger", Ledger) if periods else None


def withheld_objects(faults: tuple[Fault, ...], submissions: tuple[Submission, ...]) -> dict[str, tuple[str, ...]]:
    """Objects that cannot be scored, with the codes of the faults that withhold them. A file that was refused withholds nobody: whose it is
    has another one, or is missing."""
    doubts = [each for each in faults if each.effect == "存疑" and each.object_code]
    marked = {each.object_code for each in submissions if each.withheld} | {each.object_code for each in doubts}
    return {
        code: tuple(dict.fromkeys(each.code for each in doubts if each.object_code == code)) for code in sorted(marked)
    }
