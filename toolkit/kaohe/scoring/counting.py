"""From ballots to counts: the one place where single ballots are looked at (scheme model 4, step 4; reliability, privacy).

What comes out knows how often each mark or option was given by each rater group, and no longer which of them stood on one ballot. The
first step of a run keeps only this; the evaluation starts from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec.structs import replace

from kaohe.core.cells import Source
from kaohe.core.exact import common
from kaohe.core.periods import Clock
from kaohe.records.ballots import Counted, Due, GroupCount, Tally
from kaohe.records.people import Roster
from kaohe.records.rated import Spread
from kaohe.records.ratings import Instrument
from kaohe.records.returns import Ballot, Shared
from kaohe.records.scheme import Scheme
from kaohe.scoring.casts import Online, online
from kaohe.scoring.objects import Assessed
from kaohe.scoring.polls import Key, Poll, poll_of
from kaohe.scoring.spread import spread_of

Marks = dict[str, Counter[Fraction]]


def counted(
    scheme: Scheme, roster: Roster, clock: Clock, objects: Sequence[Assessed], shared: Shared
) -> tuple[Counted, ...]:
    """What was counted for every object on every instrument of the clock, in the order of scheme and roster. What `shared` holds counted
    already stands as it is; its ballots, casts and tallies are counted, whatever their order."""
    if shared.counted and not (shared.ballots or shared.casts or shared.tallies):
        return shared.counted
    done = {(each.instrument, each.object_code): each for each in shared.counted}
    casts: dict[str, list[int]] = {}
    for place, cast in enumerate(shared.casts):
        casts.setdefault(cast.instrument, []).append(place)
    found: list[Counted] = []
    for instrument in scheme.instruments_at(clock):
        poll = poll_of(scheme, roster, shared, instrument, objects)
        mine = [shared.casts[place] for place in casts.get(instrument.code, ())]
        web = online(scheme, poll, mine) if mine else Online()
        tallies = [each for each in shared.tallies if each.instrument == instrument.code]
        due = [each for each in shared.due if each.instrument == instrument.code]
        for each in poll.objects:
            ready = done.get((instrument.code, each.code))
            found.append(ready or _count(poll, each, web, tallies, due))
    return tuple(found)


def anonymous(scheme: Scheme, roster: Roster, clock: Clock, objects: Sequence[Assessed], shared: Shared) -> Shared:
    """The same without any ballot: counts in their place, and no cell of a ballot among the typed values."""
    forms = {
        form.code
        for form in scheme.forms
        if any(content.partition(":")[0] in ("评价打分", "测评导出") for content in form.content)
    }
    return replace(
        shared,
        ballots=(),
        casts=(),
        tallies=(),
        due=(),
        counted=counted(scheme, roster, clock, objects, shared),
        entries=tuple(each for each in shared.entries if each.form not in forms),
    )


def _count(poll: Poll, each: Assessed, web: Online, tallies: Sequence[Tally], dues: Sequence[Due]) -> Counted:
    rows = poll.rows.get(each.code, ())
    voids = [bool(poll.voids) and Key(row.rater, row.group, each.group) in poll.voids for row in rows]
    home = poll.home_of(each)
    patterns: Counter[tuple[str, ...]] = Counter(web.patterns.get(each.code, {}))
    within: list[list[str]] = [[] for _ in rows]
    mine_of = [tally for tally in tallies if tally.speaks_of(home)]
    due = {one.group: one.number for one in dues if one.unit in ("", home)}
    groups = []
    for place, members in enumerate(poll.groups):
        group = members.group
        if not group.rates(each.unit_class):
            continue
        mine = [
            row
            for row, ballot in enumerate(rows)
            if (lives := members.homes.get(ballot.rater)) is not None
            and ballot.group in ("", group.code)
            and members.are_due(lives, lives == home)
        ]
        valid = [row for row in mine if not voids[row]]
        for row in valid:
            within[row].append(group.code)
        listed, returned, void = poll.counts(place, each.group, home)
        typed = GroupCount(
            group.code,
            due.get(group.code, listed),
            returned,
            len(valid),
            void,
            marks=_histograms(poll, [rows[row] for row in valid]),
            source=_one_source(rows[row] for row in mine),
        )
        typed = web.added_to(typed, place, each, poll)
        papers = [tally for tally in mine_of if tally.group == group.code]
        groups.append(_with_papers(poll.instrument, typed, papers, each.code, group.code in due))
    patterns.update(tuple(codes) for codes in within if codes)
    papers_valid = sum(tally.valid for tally in mine_of if any(one.group == tally.group for one in groups))
    overall = Counter(web.votes.get(each.code, {}))
    for tally in mine_of:
        for vote in tally.votes:
            if vote.object_code == each.code:
                overall[vote.dimension, vote.option] += vote.count
        if tally.valid and any(one.group == tally.group for one in groups):
            patterns[(tally.group,)] += tally.valid
    return Counted(
        poll.instrument.code,
        each.code,
        tuple(groups),
        sum(1 for codes in within if codes) + web.valid.get(each.code, 0) + papers_valid,
        _ordered_votes(overall),
        tuple(sorted(patterns.items())),
        _spread(poll, [row for row, is_void in zip(rows, voids, strict=True) if not is_void], web, each),
    )


def _histograms(poll: Poll, ballots: Iterable[Ballot]) -> tuple[tuple[str, tuple[tuple[Fraction, int], ...]], ...]:
    found: Marks = {code: Counter() for code in poll.places}
    for ballot in ballots:
        for code, number in ballot.marks:
            if code in found:
                found[code][number.value] += 1
    return tuple((code, tuple(sorted(marks.items()))) for code, marks in found.items() if marks)


def _one_source(ballots: Iterable[Ballot]) -> Source | None:
    """The sheet that all of them stand in; None where they come from several workbooks, whose names would tell who rated."""
    sheets = {(each.source.file, each.source.sheet) for each in ballots}
    raters = sheets and len(sheets) == 1
    return Source(*next(iter(sheets))) if raters else None


def _spread(poll: Poll, ballots: Sequence[Ballot], web: Online, each: Assessed) -> Spread | None:
    """How complete valid ballots lie, over all groups, dimensions weighted."""
    if poll.instrument.way != "分数":
        return None
    weights = {dimension.code: dimension.weight for dimension in poll.dimensions}
    sums = list(web.sums.get(each.code, ()))
    for ballot in ballots:
        marks = {code: number.value for code, number in ballot.marks if code in weights}
        if len(marks) == len(weights):
            sums.append(sum((weights[code] * mark for code, mark in marks.items()), Fraction(0)) / 100)
    if not sums:
        return None
    numbers, unit = common(sorted(sums))
    return spread_of(numbers, unit)[0]


def _with_papers(
    instrument: Instrument, count: GroupCount, papers: Sequence[Tally], code: str, is_typed: bool
) -> GroupCount:
    """Adds the tallies of paper ballots. Their 应到 is what could be cast, where nobody typed or listed another number."""
    if not papers:
        return count
    votes = Counter({(dimension, option): number for dimension, option, number in count.votes})
    sums: dict[str, tuple[int, Fraction]] = {dimension: (number, total) for dimension, number, total in count.sums}
    cells = list(count.cells)
    for tally in papers:
        for vote in tally.votes:
            if vote.object_code == code:
                votes[vote.dimension, vote.option] += vote.count
                cells.append((vote.dimension, vote.option, vote.source))
        for mark in tally.sums:
            if mark.object_code == code:
                number, total = sums.get(mark.dimension, (0, Fraction(0)))
                sums[mark.dimension] = number + mark.count, total + mark.total
                cells.append((mark.dimension, "", mark.source))
    returned = sum(tally.returned for tally in papers)
    valid, abstained = sum(tally.valid for tally in papers), sum(tally.abstained for tally in papers)
    due = sum(tally.due for tally in papers)
    return replace(
        count,
        due=count.due + due if is_typed or count.returned else due,
        returned=count.returned + returned,
        valid=count.valid + valid,
        void=count.void + returned - valid - abstained,
        abstained=count.abstained + abstained,
        votes=_ordered_votes(votes),
        sums=tuple((dimension, number, total) for dimension, (number, total) in sums.items()),
        cells=tuple(cells),
        source=papers[0].source if len(papers) == 1 and not count.returned else None,
    )


def _ordered_votes(votes: Counter[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    return tuple((dimension, option, number) for (dimension, option), number in sorted(votes.items()) if number)
