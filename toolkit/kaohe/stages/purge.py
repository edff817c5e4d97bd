"""`kaohe purge`: delete a sealed period's ballots and their raw exports, keep counts and hashes. The one exception to "inputs are never
touched" (reliability, privacy)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from kaohe.files.child import Reader
from kaohe.files.lock import Busy, lock
from kaohe.files.publish import HISTORY
from kaohe.forms.group.copies import BALLOTS
from kaohe.forms.receive import Receiver
from kaohe.records.results import Outcome
from kaohe.records.tables import Refusal
from kaohe.stages.ballots import COUNTED
from kaohe.stages.collect import MARKED, receiver_of
from kaohe.stages.exporting import is_text
from kaohe.stages.manifest import MANIFEST, damage, read
from kaohe.stages.purged import PURGE, Counts, Purge, purge_of
from kaohe.stages.recompute import seal_of
from kaohe.stages.remembered import forget
from kaohe.stages.tasks import is_export, received
from kaohe.stages.workspace import NotReady, Place, is_plain_file, one, returned_files, sha256, who_holds, write_json

#: the kept counts of small groups, which the results show merged
COUNTS = f"store/{COUNTED}.jsonl"


class Purged(msgspec.Struct, frozen=True):
    """What was done: the record, whether it is new, and workbooks that could not be read and therefore stay."""

    record: Purge
    is_new: bool
    unread: tuple[str, ...] = ()


def purge(at: Place, day: str = "") -> Purged:
    """Delete the ballots of a sealed period. What is deleted is written down first, so that an interrupted purge is finished by the next.

    Raises NotReady, and deletes nothing, where the period is not sealed, its results are damaged, or there is nothing to delete: a purged
    period can never be computed again, so none becomes one for nothing.
    """
    try:
        with lock(at.reports, at.period):
            return _purge(at, day)
    except Busy as busy:
        raise NotReady(who_holds(at.period, busy.holder)) from None


def _purge(at: Place, day: str) -> Purged:
    sealed, manifest = seal_of(at.report), read(at.report)
    if sealed is None or manifest is None:
        raise NotReady(f"{at.period} 还没有归档，不能清除评价原票。请先运行 kaohe seal {at.assessment} {at.period}。")
    if sha256((at.report / MANIFEST).read_bytes()) != sealed.manifest or damage(at.report, manifest):
        raise NotReady(f"{at.period} 的结果与归档时不同，没有清除评价原票。请先核对结果，重新运行、归档。")
    before = purge_of(at.report)
    names, unread = _ballots(at)
    inputs = {name: sha256(path.read_bytes()) for name, path in names.items()}
    outputs = {COUNTS: manifest.files[COUNTS]} if COUNTS in manifest.files else {}
    counts = tuple(_counts(at))
    if before is None and not inputs and not counts:
        left = f"读不出的 {len(unread)} 本请人核对：{'、'.join(unread)}。" if unread else ""
        raise NotReady(f"{at.period} 没有评价原票、测评导出，不用清除，什么也没有改动。{left}")
    if before is not None:
        inputs, outputs = {**before.inputs, **inputs}, {**before.outputs, **outputs}
    record = Purge(
        at.assessment,
        at.period,
        before.date if before is not None else day or date.today().isoformat(),
        sealed.manifest,
        dict(sorted(inputs.items())),
        outputs,
        counts,
    )
    write_json(at.report / PURGE, msgspec.to_builtins(record))
    for path in names.values():
        path.unlink()
    for copy in _copies(at):
        copy.unlink(missing_ok=True)
    shutil.rmtree(at.staging, ignore_errors=True)
    forget(at)
    return Purged(record, before is None, tuple(unread))


def _ballots(at: Place) -> tuple[dict[str, Path], list[str]]:
    """Returned files that hold ballots (also those that were set aside), and workbooks that could not be read."""
    receiver, _, _ = receiver_of(at)
    forms = _forms(receiver)
    found: dict[str, Path] = {}
    unread: list[str] = []
    with Reader() as reader:
        for name, path in returned_files(at):
            if not is_plain_file(path):
                continue
            if is_text(name):
                found[name] = path
                continue
            reading = reader.read(path.read_bytes())
            if isinstance(reading, Refusal):
                if is_export(name):
                    found[name] = path
                else:
                    unread.append(name)
                continue
            code = received(receiver, reading, name)[0].form_code
            if code in forms or (is_export(name) and not code):
                found[name] = path
    return found, unread


def _forms(receiver: Receiver) -> set[str]:
    """Codes of the forms that hold ballots."""
    return {
        form.code
        for form in receiver.scheme.forms
        if any(content.partition(":")[0] == BALLOTS for content in form.content)
    }


def _copies(at: Place) -> Iterator[Path]:
    """Marked copies of ballots, and kept counts, of the published results and of those that they replaced."""
    receiver, _, _ = receiver_of(at)
    marked = {copy.file for form in _forms(receiver) for copy in receiver.copies.get(form, {}).values()}
    for report in (at.report, *sorted((at.reports / HISTORY / at.period).glob("*"))):
        yield report / COUNTS
        yield from (path for path in sorted((report / MARKED).glob("*")) if path.name in marked)


def _counts(at: Place) -> Iterator[Counts]:
    outcome = one(at.report, "outcome", Outcome)
    ratings = [rating for each in outcome.objects for rating in each.ratings]
    for code in dict.fromkeys(rating.instrument for rating in ratings):
        mine = [rating for rating in ratings if rating.instrument == code]
        yield Counts(
            code,
            sum(rating.due for rating in mine),
            sum(rating.returned for rating in mine),
            sum(rating.valid for rating in mine),
            sum(rating.void for rating in mine),
        )
