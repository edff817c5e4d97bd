"""What a double-clicked starter offers: the periods of a working place, the current one first."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kaohe.core.periods import parse_period
from kaohe.stages.issue import register_of
from kaohe.stages.reading import ignored
from kaohe.stages.recompute import seal_of
from kaohe.stages.workspace import Place, periods_of, returned_files

#: titles of the columns of a choice's row
COLUMNS = ("考核", "考核期", "下发", "回收", "归档")


class Choice(msgspec.Struct, frozen=True):
    """An issued period of an assessment: forms issued, files returned, and the day it was archived ("" = it was not)."""

    assessment: str
    period: str
    issued: int
    returned: int
    sealed: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        """The choice under COLUMNS."""
        period = parse_period(self.period)
        title = f"{self.period}（{period.title}）" if period else self.period
        return self.assessment, title, str(self.issued), str(self.returned), self.sealed


def choices(root: Path) -> tuple[Choice, ...]:
    """Every issued period of a working place: those not archived before the others, the latest first, assessments by name."""
    found = [
        _choice(Place(root, folder.name, period))
        for folder in sorted((root / "workbooks").glob("*/"))
        for period in reversed(periods_of(root, folder.name))
    ]
    return tuple(sorted((each for each in found if each.issued), key=lambda each: bool(each.sealed)))


def _choice(at: Place) -> Choice:
    register = register_of(at)
    seal = seal_of(at.report)
    returned = sum(not ignored(name, path) for name, path in returned_files(at))
    return Choice(at.assessment, at.period, len(register.forms) if register else 0, returned, seal.date if seal else "")
