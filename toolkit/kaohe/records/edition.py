"""Everything that publication reads, in one value: one period of one assessment after evaluation."""

from __future__ import annotations

from functools import cached_property

import msgspec

from kaohe.core.faults import Fault, Verdict
from kaohe.core.periods import Period, parse_period
from kaohe.records.figures import Working
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger
from kaohe.records.results import Outcome
from kaohe.records.returns import Shared, Submission
from kaohe.records.scheme import PeriodRow, Scheme


class FileRow(msgspec.Struct, frozen=True):
    """One file found below 回收/, exactly once (files.csv): `file` is its POSIX path below that folder, `unit_code` "" when refused,
    ignored or group-wide."""

    file: str
    verdict: Verdict
    unit_code: str = ""
    note: str = ""
    sha256: str = ""


class Edition(msgspec.Struct, frozen=True, dict=True):
    """One period to be published. `earlier` are outcomes of the same clock, oldest first, the previous period last.

    `mark` is the first 12 digits of the hash over all inputs: outputs print it with 基准日 instead of a clock. `assessment` is the
    folder's name. `earlier` holds only periods with a valid manifest. `shared` is what the group-wide workbooks brought.
    `archived`: the outcome of this period that was archived last, where appeals ask for it; `archived_as` says which version it is, and
    `reason` why the period was computed again. `others` are outcomes of other schemes that this one reads.
    """

    assessment: str
    period: str
    row: PeriodRow
    scheme: Scheme
    roster: Roster
    outcome: Outcome
    ledger: Ledger
    submissions: tuple[Submission, ...] = ()
    files: tuple[FileRow, ...] = ()
    faults: tuple[Fault, ...] = ()
    earlier: tuple[Outcome, ...] = ()
    ledger_before: Ledger | None = None
    mark: str = ""
    shared: Shared = Shared()
    archived: Outcome | None = None
    archived_as: str = ""
    reason: str = ""
    others: tuple[Outcome, ...] = ()

    @cached_property
    def _submissions(self) -> dict[str, Submission]:
        return {each.object_code: each for each in reversed(self.submissions)}

    @cached_property
    def workings(self) -> dict[str, dict[str, Working]]:
        """How lines came about that lost marks, by object and indicator: filled by whoever reads an object's derivation, for those who ask
        after it. A few lines each, where the derivation is fifty."""
        return {}

    @property
    def when(self) -> Period:
        """The period as a value. Raises ValueError for a text that names none (the scheme check refuses those)."""
        period = parse_period(self.period)
        if period is None:
            raise ValueError(f"no period: {self.period!r}")
        return period

    @property
    def before(self) -> Outcome | None:
        """The previous period's outcome, or None."""
        previous = str(self.when.previous)
        return next((each for each in self.earlier if each.period == previous), None)

    @property
    def is_sample(self) -> bool:
        """Whether every output says that units and persons are invented (示例数据 = 是)."""
        return self.scheme.info.get("示例数据") == "是"

    def submission(self, unit: str) -> Submission | None:
        """The unit's submission, or None."""
        return self._submissions.get(unit)
