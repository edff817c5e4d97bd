"""What became of the mistakes that the last check named: mended, still there, or new.

check.json keeps the mistakes of its check (`named`), the hash of the returned files that it read (`returned`), and the mistakes of the
check before (`before`). A check or run over the same files compares with what its forerunner compared with: it tells the same.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from kaohe.core.faults import Fault
from kaohe.records.acceptance import Since
from kaohe.records.edition import FileRow
from kaohe.stages.workspace import sha256


class Last(msgspec.Struct, frozen=True):
    """What is read of the last check.json."""

    returned: str = ""
    named: tuple[Fault, ...] = ()
    before: tuple[Fault, ...] | None = None


def last_check(path: Path) -> Last | None:
    """The last check; None where there is none, or one that cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Last)
    except (OSError, msgspec.MsgspecError):
        return None


def hash_of(files: Iterable[FileRow]) -> str:
    """One hash over the returned files, litter apart: lock files come and go."""
    found = sorted((file.file, file.sha256) for file in files if file.verdict != "忽略")
    return sha256(json.dumps(found, ensure_ascii=False).encode())


def baseline(last: Last | None, returned: str) -> tuple[Fault, ...] | None:
    """The mistakes to compare with; None for a first check."""
    if last is None:
        return None
    return last.before if last.returned == returned else last.named


def since(before: Sequence[Fault] | None, now: Sequence[Fault], owners: Collection[str]) -> Since | None:
    """`owners`: objects and files that are there now. A mistake is mended when its owner has handed in something that no longer has it
    and its cell has no other mistake to be corrected; a file that was only taken away has mended nothing."""
    if before is None:
        return None
    known, standing = {each.identity for each in before}, {each.identity for each in now}
    wrong = {(each.owner, each.source.sheet, each.source.cell) for each in now if each.effect != "提示"}
    mended: dict[tuple[str, str, str, str], Fault] = {}
    for each in before:
        place = (each.owner, each.source.sheet, each.source.cell)
        if each.effect == "提示" and not each.source.cell:
            continue  # about a file as a whole: another file does not mend it
        if each.identity not in standing and each.owner in owners and not (each.source.cell and place in wrong):
            mended.setdefault(each.identity, each)
    lasting = tuple(each for each in now if each.identity in known)
    return Since(tuple(mended.values()), lasting, tuple(each for each in now if each.identity not in known))
