"""Document numbers: one sequence per 代字 and year over all periods; a rerun keeps a document's number (architecture, decision 7)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kaohe.records.documents import Document
from kaohe.records.scheme import DocumentKind, PeriodRow

FINAL = "正式"
_NUMBER = re.compile(r"(.+)〔(20\d\d)〕([1-9]\d*)号")


def document_number(prefix: str, year: str, count: int) -> str:
    """岚能党发〔2026〕12号: six-cornered brackets U+3014 and U+3015, no leading zero, no 第 (GB/T 9704-2012)."""
    return f"{prefix}〔{year}〕{count}号"


def assign(
    wanted: Sequence[Document],
    kinds: Sequence[DocumentKind],
    row: PeriodRow,
    others: Sequence[Document],
    before: Sequence[Document],
) -> tuple[Document, ...]:
    """The documents with their numbers, in the order given.

    `others`: the registers of all other periods; `before`: earlier versions of this period's register, oldest first, so that the number of
    a document that was withheld for a while is neither lost nor given to another. Only 正式 documents of a kind with 代字 get a number; the
    year is that of the document date. Each object of a row of 文书 keeps its number, newcomers get the next after the highest ever used of
    that 代字 and year, the first of a year 起始文号.
    """
    signs = {key: each for each in reversed(kinds) if each.prefix for key in (each.code, each.kind)}
    year = row.document_date[:4]
    kept = {(each.code or each.kind, each.unit_code): each.number for each in before if each.number}
    highest: dict[str, int] = {}
    for each in (*others, *before):
        match = _NUMBER.fullmatch(each.number)
        if match and match[2] == year:
            highest[match[1]] = max(highest.get(match[1], 0), int(match[3]))
    found = []
    for each in wanted:
        kind = signs.get(each.code or each.kind)
        given = ""
        if kind is not None and year and each.status == FINAL:
            given = kept.get((each.code, each.unit_code)) or kept.get((each.kind, each.unit_code), "")
            if not given.startswith(f"{kind.prefix}〔{year}〕"):
                highest[kind.prefix] = max(highest.get(kind.prefix, 0) + 1, kind.first_number)
                given = document_number(kind.prefix, year, highest[kind.prefix])
        found.append(msgspec.structs.replace(each, number=given))
    return tuple(found)
