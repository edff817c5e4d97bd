"""Document numbers: one sequence per 代字 and year over all periods; a rerun keeps a document's number (architecture, decision 7)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kaohe.records.documents import Document
from kaohe.records.scheme import DocumentKind, PeriodRow

_NUMBER = re.compile(r"(.+)〔(20\d\d)〕([1-9]\d*)号")


def assign(
    wanted: Sequence[Document],
    kinds: Sequence[DocumentKind],
    row: PeriodRow,
    others: Sequence[Document],
    before: Sequence[Document],
) -> tuple[Document, ...]:
    """The documents with their numbers. `others`: the registers of all other periods; `before`: this period's published register.

    Only 正式 documents of a kind with 代字 get one; the year is that of the document date. A (kind, unit) keeps its number; newcomers get
    the next after the highest in use, the year's first from 起始文号.
    """
    prefixes = {each.kind: each for each in kinds if each.prefix}
    year = row.document_date[:4]
    kept = {(each.kind, each.unit_code): each.number for each in before if each.number}
    highest: dict[str, int] = {}
    for each in (*others, *before):
        match = _NUMBER.fullmatch(each.number)
        if match and match[2] == year:
            highest[match[1]] = max(highest.get(match[1], 0), int(match[3]))
    found = []
    for each in wanted:
        kind = prefixes.get(each.kind)
        number = ""
        if kind is not None and year and each.status == "正式":
            number = kept.get((each.kind, each.unit_code), "")
            if not number or not number.startswith(f"{kind.prefix}〔{year}〕"):
                following = max(highest.get(kind.prefix, 0) + 1, kind.first_number)
                highest[kind.prefix] = following
                number = f"{kind.prefix}〔{year}〕{following}号"
        found.append(msgspec.structs.replace(each, number=number))
    return tuple(found)
