"""Which documents a period gets: for each row of the sheet 文书 who gets one, under which file name and status, and which ones must wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaohe.core.names import distinct, safe_name
from kaohe.documents.drafts import lacking
from kaohe.documents.kinds import KINDS
from kaohe.records.documents import Document
from kaohe.records.edition import Edition
from kaohe.records.scheme import DocumentKind

FOLDER = "文书"
PROVISIONAL, DRAFT, FINAL = "暂定", "草稿", "正式"


class Waiting(NamedTuple):
    """Documents of a row that are not written yet, because 暂定可发 = 否: the row's code, its kind, and why."""

    code: str
    kind: str
    reason: str


class Plan(NamedTuple):
    """The documents without their numbers, in the order of the rows, and what waits."""

    documents: tuple[Document, ...]
    waiting: tuple[Waiting, ...]


def rows(edition: Edition) -> Iterator[DocumentKind]:
    """The rows of 文书 at the edition's clock whose kind is built."""
    clock = edition.when.clock
    for row in edition.scheme.documents:
        if (not row.clocks or clock in row.clocks) and row.kind in KINDS:
            yield row


def plan(edition: Edition) -> Plan:
    """Every document of the period. One that is 暂定 is written only where 暂定可发 = 是."""
    wanted: list[Document] = []
    waiting: list[Waiting] = []
    taken: set[str] = set()
    for row in rows(edition):
        held: list[str] = []
        for code, pending in KINDS[row.kind].who(edition, row):
            if pending and not row.provisional_ok:
                held.append(code)
                continue
            path = distinct(f"{FOLDER}/{row.kind}/{_name(edition, row, code)}", taken)
            taken.add(path.casefold())
            sealed, status = "是" if row.sealed else "否", _status(edition, row, pending)
            wanted.append(Document(row.kind, code, path, "", row.layout, sealed, status, row.code))
        if held:
            waiting.append(Waiting(row.code, row.kind, _why(edition, held)))
    return Plan(tuple(wanted), tuple(waiting))


def _why(edition: Edition, held: Sequence[str]) -> str:
    """Which fields are not complete; where all are, the grades are not decided."""
    incomplete = {each.field: each.name for each in edition.outcome.fields if not each.complete}
    objects = [found for code in held if (found := edition.outcome.of(code)) is not None]
    mine = {each.field for each in objects}.intersection(incomplete) or incomplete.keys()
    count = f"（{len(objects)}份）" if objects else ""
    if not incomplete:
        return f"等次尚未审定{count}"
    return f"{'、'.join(name for field, name in incomplete.items() if field in mine)}还有单位未报或存疑{count}"


def _name(edition: Edition, row: DocumentKind, code: str) -> str:
    if not code:
        title = edition.when.title
        clock = title[-2:]  # 2026年第三季度 + 季度比较: the clock is said once
        return safe_name(f"{title.removesuffix(clock) if row.kind.startswith(clock) else title}{row.kind}", ".docx")
    known = edition.outcome.of(code) or edition.roster.unit(code)
    return safe_name(f"{code} {known.name if known else ''}".strip(), ".docx")


def _status(edition: Edition, row: DocumentKind, pending: bool) -> str:
    """暂定 while it reads a field that is not complete; 草稿 without a document date or approval, where the kind needs them; else 正式."""
    if pending:
        return PROVISIONAL
    return DRAFT if KINDS[row.kind].dated and lacking(edition, row.kind) else FINAL
