"""The state of a collection: what came back with which verdict, who is missing, what changed since the last check."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import msgspec

from kaohe.core.faults import Fault, Verdict
from kaohe.records.edition import FileRow
from kaohe.records.people import Roster, Unit
from kaohe.records.scheme import Scheme

LATE, SEVERAL = "COVER-008", "COLLECT-001"  # filled after the deadline; several versions of one form
_WORST: tuple[Verdict, ...] = ("忽略", "受理", "提示", "存疑", "拒收")


class CopyRow(msgspec.Struct, frozen=True):
    """One copy of a group-wide form. `verdict` "" = not returned; `optional`: nothing waits for it (期初问题)."""

    form: str
    name: str
    copy: str
    who: str
    file: str
    verdict: Verdict | str = ""
    optional: bool = False

    @property
    def is_absent(self) -> bool:
        """Whether it must still come."""
        return not self.verdict and not self.optional


class Since(msgspec.Struct, frozen=True):
    """What became of the mistakes that the last check named: `mended` as they stood then, `lasting` and `fresh` as they stand now."""

    mended: tuple[Fault, ...] = ()
    lasting: tuple[Fault, ...] = ()
    fresh: tuple[Fault, ...] = ()


class Acceptance(msgspec.Struct, frozen=True, dict=True):
    """Everything that 受理清单 tells. `files` has every file found once; `due` is the deadline (ISO, "" = none).

    `missing`: the units that owe a form which carries points; `copies`: the group-wide workbooks; `marked`: returned file → its marked copy;
    `since` None = this is the first check.
    """

    scheme: Scheme
    roster: Roster
    period: str
    files: tuple[FileRow, ...]
    faults: tuple[Fault, ...]
    missing: tuple[Unit, ...] = ()
    due: str = ""
    copies: tuple[CopyRow, ...] = ()
    marked: dict[str, str] = {}
    since: Since | None = None

    @property
    def absent(self) -> tuple[CopyRow, ...]:
        """The group-wide workbooks that must still come."""
        return tuple(each for each in self.copies if each.is_absent)

    @cached_property
    def late(self) -> frozenset[str]:
        """Files that were filled after the deadline."""
        return frozenset(each.source.file for each in self.faults if each.code == LATE)

    @cached_property
    def counts(self) -> Counter[tuple[str, str]]:
        """How many faults of an effect a file has: (file, effect) → number."""
        return Counter((each.source.file, each.effect) for each in self.faults)

    @cached_property
    def _mine(self) -> dict[str, list[FileRow]]:
        found: dict[str, list[FileRow]] = {}
        for file in self.files:
            if file.unit_code and file.verdict != "忽略":
                found.setdefault(file.unit_code, []).append(file)
        return found

    @cached_property
    def _owing(self) -> frozenset[str]:
        return frozenset(unit.code for unit in self.missing)

    def files_of(self, code: str) -> list[FileRow]:
        """A unit's files, those that were refused or ignored apart."""
        return self._mine.get(code, [])

    def verdict(self, code: str) -> Verdict | None:
        """The worst verdict among a unit's files; None where it still owes a form."""
        if code in self._owing:
            return None
        return max((file.verdict for file in self.files_of(code)), key=_WORST.index, default=None)
