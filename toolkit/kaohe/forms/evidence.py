"""Documents that are claimed more than once: within one object's forms, and by several objects of a period.

Whether a claim counts is the scheme's affair and the inspection team's; here it is only said, at each cell concerned. Two claims name
the same document when their numbers are the same but for spaces, width and the kind of brackets (`Claim.document`). A bonus and a penalty
from one document are two matters. A document that penalises several objects is an ordinary circular and is not mentioned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kaohe.core.cells import Source
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.records.returns import Claim, Submission

_SHOWN = 2  # places that one message names


def claimed_twice(sent: Sequence[Submission], natures: Mapping[str, str]) -> tuple[Fault, ...]:
    """ROW-036 at each later row of an object that names a document again, ROW-037 at each bonus whose document another object claims too.

    `sent`: every readable workbook, in the order of the files; `natures`: item code → 加分 or 减分. Two versions of one form are one
    claim made twice, which is a fault of its own (COLLECT-001): only the first of them is looked at here.
    """
    rows = list(_rows(sent, natures))
    return (*_within(rows), *_across([row for row in rows if row[1][0] == "加分"]))


_Row = tuple[str, tuple[str, str], Claim]  # object, (nature, document), claim


def _rows(sent: Sequence[Submission], natures: Mapping[str, str]) -> Iterator[_Row]:
    seen: set[tuple[str, str]] = set()
    for submission in sent:
        form = (submission.object_code, submission.form)
        if form in seen:
            continue
        seen.add(form)
        for claim in submission.claims:
            if claim.document and claim.item in natures:
                yield submission.object_code, (natures[claim.item], claim.document), claim


def _within(rows: Sequence[_Row]) -> Iterator[Fault]:
    first: dict[tuple[str, tuple[str, str]], Claim] = {}
    for code, matter, claim in rows:
        other = first.setdefault((code, matter), claim)
        if other is not claim:
            same = _cell(claim).file == _cell(other).file
            yield _said("ROW-036", claim, code, other=_place(other, not same))


def _across(rows: Sequence[_Row]) -> Iterator[Fault]:
    by_matter: dict[tuple[str, str], list[tuple[str, Claim]]] = {}
    for code, matter, claim in rows:
        by_matter.setdefault(matter, []).append((code, claim))
    for claims in by_matter.values():
        for code, claim in claims:
            others = [each for owner, each in claims if owner != code]
            if others:
                more = f"等 {len(others)} 处" if len(others) > _SHOWN else ""
                places = "、".join(_place(each, True) for each in others[:_SHOWN]) + more
                yield _said("ROW-037", claim, code, other=places)


def _said(what: str, claim: Claim, code: str, **words: str) -> Fault:
    found = claim.reference.value if claim.reference is not None else ""
    return fault(what, _cell(claim), found, code, **words)


def _cell(claim: Claim) -> Source:
    """The cell of the document's number."""
    return claim.reference.source if claim.reference is not None else claim.source


def _place(claim: Claim, with_file: bool) -> str:
    at = _cell(claim)
    return f"{at.sheet} {at.cell}" + (f"（{at.file}）" if with_file else "")
