"""The tidy tables of a period (data/*.csv) as plain data: exact column names and order, every value already text.

Exact decimals are plain text, ratios without a finite decimal are cut at most at 10 places in the plain column and stand exactly in the
column `…_exact` (`p/q`). Blank = "". The writer of CSV files adds the byte order mark and neutralises text that begins like a formula;
columns of numbers are named in `Table.numeric` so that `-0.5` stays a number. Source: architecture, 'Tidy tables'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain

import msgspec

from kaohe.core.cells import Source, row_column
from kaohe.core.exact import ratio
from kaohe.documents.grading_tables import grading_tables
from kaohe.documents.results.frame import all_objects
from kaohe.records.documents import Document
from kaohe.records.edition import Edition
from kaohe.records.results import ComponentResult, ObjectResult
from kaohe.records.returns import Listed, Shared, Submission
from kaohe.records.scheme import Component
from kaohe.records.tidy import Table, decimal, yes


def tables(edition: Edition, documents: Sequence[Document] = ()) -> dict[str, Table]:
    """Name of the table → table: results, components, points, entries, ratings, votes, adjustments, consequences, decisions, quotas,
    boundaries, problems, ledger, documents."""
    found = each_table(edition, documents, edition.submissions)
    return {name: msgspec.structs.replace(table, rows=tuple(table.rows)) for name, table in found}


def each_table(
    edition: Edition, documents: Sequence[Document], submissions: Iterable[Submission | Listed]
) -> Iterator[tuple[str, Table]]:
    """The same one after another, each made when it is its turn; the rows of entries come from `submissions` one by one, which hold their
    entries where those of the edition were read without."""
    objects = all_objects(edition)
    yield "results", _results(objects)
    yield "components", _components(edition, objects)
    yield "points", _points(objects)
    yield "entries", _entries(edition, submissions)
    yield "ratings", _ratings(edition, objects)
    yield "votes", _votes(edition, objects)
    yield "adjustments", _adjustments(objects)
    yield "consequences", _consequences(objects)
    yield from grading_tables(edition).items()
    yield "problems", _problems(edition)
    yield "ledger", _ledger(edition)
    yield "documents", _documents(edition, documents)


def exact_text(value: Fraction | None) -> str:
    """Exact text `p/q` (or `p`); "" for None."""
    return "" if value is None else ratio(value)


def _place(source: Source | None) -> tuple[str, str, str]:
    return (source.file, source.sheet, source.cell) if source else ("", "", "")


def _results(objects: Sequence[ObjectResult]) -> Table:
    columns = (
        "unit_code", "unit_name", "object", "unit_class", "status", "base", "total", "total_exact", "rank", "grade_computed", "grade",
        "eligible", "reasons", "boards",
    )  # fmt: skip
    rows = tuple(
        (
            each.code, each.name, each.object, each.unit_class, each.status, decimal(each.base), decimal(each.total),
            exact_text(each.total_exact), "" if each.rank is None else str(each.rank), each.grade_computed, each.grade,
            each.eligible, "；".join(each.reasons), "、".join(each.boards),
        )
        for each in objects
    )  # fmt: skip
    return Table(columns, rows, frozenset(("base", "total", "rank")))


def _components(edition: Edition, objects: Sequence[ObjectResult]) -> Table:
    columns = (
        "unit_code",
        "component",
        "score",
        "points",
        "source_file",
        "source_sheet",
        "source_cell",
        "score_exact",
        "points_exact",
    )
    facts = _fact_cells(edition)
    origins = {each.code: each for each in edition.scheme.components}
    rows = (
        (
            each.code, part.code, decimal(part.score), decimal(part.points),
            *_place(typed_cell(each, part, origins.get(part.code), facts)), exact_text(part.score), exact_text(part.points),
        )
        for each in objects
        for part in each.components
    )  # fmt: skip
    return Table(columns, rows, frozenset(("score", "points")))


#: cells of facts by (object, fact)
FactCells = Mapping[tuple[str, str], Sequence[Source]]


def _fact_cells(edition: Edition) -> FactCells:
    found: dict[tuple[str, str], list[Source]] = {}
    standing = ((each.object_code, each.fact, each.source) for each in edition.roster.facts)
    period = ((each.object_code, each.fact, each.source) for each in edition.shared.facts)
    for code, fact, source in (*standing, *period):
        found.setdefault((code, fact), []).append(source)
    return found


def typed_cell(each: ObjectResult, part: ComponentResult, origin: Component | None, facts: FactCells) -> Source | None:
    """The one typed cell that made a component's score: of its only line, entry, task or fact; None where several cells did, or none of
    this period's forms (a start without entries, earlier periods, other schemes), or bonus and penalty act on it."""
    if part.score is None or part.score != part.base_score:
        return None
    cells: list[Source | None]
    if part.origin == "日常积分":
        cells = [entry.source for entry in each.daily if entry.component == part.code]
    elif part.origin == "任务清单":
        cells = [task.source for task in each.tasks]
    elif part.origin == "等次折算" and origin is not None and origin.taken_from.startswith("资料:"):
        cells = list(facts.get((each.code, origin.taken_from.partition(":")[2]), ()))
    elif part.origin == "指标评分":
        cells = [leaf.source for leaf in each.leaves if leaf.component == part.code]
    else:
        cells = []
    return cells[0] if len(cells) == 1 else None


def _points(objects: Sequence[ObjectResult]) -> Table:
    columns = (
        "unit_code",
        "indicator_code",
        "full_marks",
        "points",
        "source_file",
        "source_sheet",
        "source_cell",
        "points_exact",
    )
    rows = (
        (
            each.code, leaf.indicator, decimal(leaf.full), decimal(leaf.points), *_place(leaf.source), exact_text(leaf.points),
        )
        for each in objects
        for leaf in each.leaves
    )  # fmt: skip
    return Table(columns, rows, frozenset(("full_marks", "points")))


def _entries(edition: Edition, submissions: Iterable[Submission | Listed]) -> Table:
    columns = ("unit_code", "form", "field", "indicator_code", "value", "source_file", "source_sheet", "source_cell")
    own = (
        (each.object_code, entry.form, entry.field, entry.indicator, entry.value, *_place(entry.source))
        for each in submissions
        for entry in each.entries
    )
    named = _objects_of_rows(edition.shared)
    group_wide = (
        (
            named.get(_row_of(entry.source), ""),
            entry.form,
            entry.field,
            entry.indicator,
            entry.value,
            *_place(entry.source),
        )
        for entry in edition.shared.entries
    )
    return Table(columns, chain(own, group_wide))


def _objects_of_rows(shared: Shared) -> dict[tuple[str, str, int], str]:
    """Which object a row of a group-wide workbook is about."""
    rows: list[tuple[Source, str]] = [(each.source, each.object_code) for each in shared.daily]
    rows += [(each.source, each.object_code) for each in shared.events]
    rows += [(each.source, each.object_code) for each in shared.facts]
    rows += [(each.source, each.object_code) for each in shared.decisions]
    return {_row_of(source): code for source, code in rows if source.cell}


def _row_of(source: Source) -> tuple[str, str, int]:
    return source.file, source.sheet, row_column(source.cell)[0] if source.cell else 0


def _ratings(edition: Edition, objects: Sequence[ObjectResult]) -> Table:
    """One row an object and instrument (group ""), then one a rater group; groups with few ballots are merged into one row (`A+B`), and no
    row tells what a single voter gave. `score` on 0–100, `mean` on the instrument's own scale."""
    columns = (
        "unit_code", "instrument", "group", "group_name", "weight", "due", "returned", "valid", "void", "abstained", "mean", "score",
        "grade", "note", "mean_exact", "score_exact",
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    for each in objects:
        for rating in each.ratings:
            abstained = sum(one.abstained for one in rating.groups)
            ballots = (_due(rating.due, rating.returned), rating.returned, rating.valid, rating.void, abstained)
            result = ("", decimal(rating.score), rating.grade, rating.why, "", exact_text(rating.score))
            rows.append((each.code, rating.instrument, "", rating.name, "", *map(str, ballots), *result))
            for one in rating.groups:
                ballots = (_due(one.due, one.returned), one.returned, one.valid, one.void, one.abstained)
                head = (each.code, rating.instrument, one.group, one.name, decimal(one.weight))
                rows.append((*head, *map(str, ballots), decimal(one.mean), "", "", "", exact_text(one.mean), ""))
    numbers = frozenset(("weight", "due", "returned", "valid", "void", "abstained", "mean", "score"))
    return Table(columns, tuple(rows), numbers)


def _due(due: int, returned: int) -> str:
    """Ballots due, "" where nobody said."""
    return str(due) if due or not returned else ""


def _votes(edition: Edition, objects: Sequence[ObjectResult]) -> Table:
    """How often each option was given, by rater group, and over all of them (group "", each ballot once): only where that may be shown."""
    columns = ("unit_code", "instrument", "group", "dimension", "option", "option_name", "votes", "ballots")
    names = {(each.instrument, each.code): each.name for each in edition.scheme.options}
    rows = []
    for each in objects:
        for rating in each.ratings:
            shown = [(one.group, one.valid, one.votes) for one in rating.groups] + [("", rating.ballots, rating.votes)]
            for group, ballots, votes in shown:
                for dimension, option, number in votes:
                    name = names.get((rating.instrument, option), option)
                    row = (each.code, rating.instrument, group, dimension, option, name, str(number), str(ballots))
                    rows.append(row)
    return Table(columns, tuple(rows), frozenset(("votes", "ballots")))


def _adjustments(objects: Sequence[ObjectResult]) -> Table:
    columns = (
        "unit_code", "code", "effect", "amount", "target", "month", "reason", "clause", "matter", "claimed", "verified", "source_file",
        "source_sheet", "source_cell",
    )  # fmt: skip
    rows = (
        (
            each.code, row.item, row.nature, decimal(_signed(row.nature, row.counted)), "", "", row.why or row.name, "", row.matter,
            decimal(row.claimed), decimal(row.verified), *_place(row.source),
        )
        for each in objects
        for row in each.adjustments
    )  # fmt: skip
    return Table(columns, rows, frozenset(("amount", "claimed", "verified")))


def _signed(nature: str, counted: Fraction) -> Fraction:
    """Bonuses up, penalties down, whatever sign the record carries."""
    return abs(counted) if nature == "加分" else -abs(counted)


def _consequences(objects: Sequence[ObjectResult]) -> Table:
    columns = (
        "unit_code", "rule", "effect", "amount", "target", "month", "reason", "clause", "parameter", "soft", "provisional",
    )  # fmt: skip
    rows = (
        (
            each.code, one.rule, one.effect, decimal(one.amount), one.target, one.month, one.reason, one.clause, one.parameter,
            yes(one.soft), yes(one.provisional),
        )
        for each in objects
        for one in each.consequences
    )  # fmt: skip
    return Table(columns, rows, frozenset(("amount",)))


def _problems(edition: Edition) -> Table:
    """Problems found in this period: the ledger's entries that opened in it."""
    columns = (
        "problem_id", "unit_code", "indicator_code", "kind", "severity", "fact", "points", "source_file", "source_sheet", "source_cell",
    )  # fmt: skip
    rows = (
        (
            each.problem_id, each.unit_code, each.indicator, edition.scheme.kind_name(each.kind), each.severity, each.fact,
            decimal(each.points), *_place(each.source),
        )
        for each in edition.ledger.problems
        if each.period == edition.period
    )  # fmt: skip
    return Table(columns, rows, frozenset(("points",)))


def _ledger(edition: Edition) -> Table:
    columns = (
        "problem_id", "unit_code", "owner", "kind", "opened", "deadline", "state", "overdue", "relapse_of", "closed", "text",
    )  # fmt: skip
    rows = (
        (
            each.problem_id, each.unit_code, each.owner, edition.scheme.kind_name(each.kind), each.opened, each.deadline, each.state,
            yes(each.overdue(edition.ledger.as_of)), each.relapse_of, each.closed, each.fact,
        )
        for each in edition.ledger.problems
    )  # fmt: skip
    return Table(columns, rows)


def _documents(edition: Edition, documents: Sequence[Document]) -> Table:
    """`name`: whose the file is, as the roster has it; a file's name may lack characters that no system allows."""
    columns = ("kind", "unit_code", "file", "number", "form", "sealed", "status", "code", "name", "checksum")
    rows = []
    for one in documents:
        known = edition.outcome.of(one.unit_code) or edition.roster.unit(one.unit_code)
        name = known.name if known else ""
        where = (one.kind, one.unit_code, one.file)
        rows.append((*where, one.number, one.form, one.sealed, one.status, one.code, name, one.checksum))
    return Table(columns, tuple(rows))
