"""What every content of a group-wide workbook is made from (`Setting`) and brings back (`Brought`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

import msgspec

from kaohe.core.periods import Period
from kaohe.forms.form import Value
from kaohe.forms.group.copies import Copy
from kaohe.forms.group.objects import Rated, rated_objects
from kaohe.forms.returned import Returned
from kaohe.forms.tables import TableSheet
from kaohe.records.ballots import ExportMapping, Tally
from kaohe.records.followup import Appeal, Interview, InterviewResult
from kaohe.records.people import Roster
from kaohe.records.returns import Ballot, DailyEntry, Decision, Event, Opening, PeriodFact
from kaohe.records.scheme import FormKind, PeriodRow, Scheme

RESERVED = str.maketrans({character: "　" for character in "[]:*?/\\\\'"})
LONGEST_NAME = 31
#: contents that are filled when the results are out, so that the day for returning forms is long past
AFTER_RESULTS = frozenset({"申诉复核"})
_FILLERS = {"每部门": "本部门", "每检查组": "检查组", "每评委": "评委", "每主体": "评委"}


class Computed(msgspec.Struct, frozen=True):
    """An object's computed result as it is printed on 等次决定: `total` and `rank` None where there is none."""

    object_code: str
    grade: str
    total: Fraction | None = None
    rank: int | None = None
    reasons: tuple[str, ...] = ()


class Seen(msgspec.Struct, frozen=True):
    """What online exports ask: headers with common answers, and answers that are no option as they stand."""

    headers: tuple[tuple[str, str], ...] = ()
    answers: tuple[str, ...] = ()


NOTHING_ASKED = Seen()


class Setting(msgspec.Struct, frozen=True):
    """One copy of a form in its period. `computed`: results for 等次决定; `awaited`: interviews for 约谈结果; `asked`: columns for 测评导出."""

    scheme: Scheme
    roster: Roster
    period: Period
    row: PeriodRow
    kind: FormKind
    copy: Copy
    computed: tuple[Computed, ...] = ()
    awaited: tuple[Interview, ...] = ()
    asked: Seen = Seen()

    @property
    def due(self) -> str:
        """The deadline (ISO, "" = none). What comes after the results (申诉复核) has the period's only where its own row says so."""
        return self.kind.due or ("" if set(self.kind.content) <= AFTER_RESULTS else self.row.due)

    @property
    def last_day(self) -> str:
        """The last day that may stand in the form."""
        return max(self.due, self.row.end)

    @property
    def objects(self) -> tuple[Rated, ...]:
        """The assessed objects of the period."""
        return rated_objects(self.scheme, self.roster, self.row)

    @property
    def who(self) -> str:
        """What stands above the input columns: who fills, in a word."""
        return f"{_FILLERS.get(self.kind.copies, '主办部门')}填"

    @property
    def filler(self) -> str:
        """Who fills this copy, by name."""
        return self.copy.label if self.copy.key and self.kind.copies != "每主体" else self.kind.filler or "主办部门"

    def title(self, sheet: str) -> str:
        """Row 2 of a sheet: `日常积分　组织部　2026年度`."""
        words = (sheet, self.copy.label if self.copy.key else "", self.period.title)
        return "　".join(word for word in words if word)


class Brought(msgspec.Struct, frozen=True):
    """What one sheet, or one workbook, brought."""

    ballots: tuple[Ballot, ...] = ()
    daily: tuple[DailyEntry, ...] = ()
    events: tuple[Event, ...] = ()
    facts: tuple[PeriodFact, ...] = ()
    decisions: tuple[Decision, ...] = ()
    openings: tuple[Opening, ...] = ()
    interviews: tuple[InterviewResult, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    tallies: tuple[Tally, ...] = ()
    mappings: tuple[ExportMapping, ...] = ()

    def __add__(self, other: Brought) -> Brought:
        return Brought(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


class Made(NamedTuple):
    """A content's sheet, what of it comes from the scheme and stands outside the rows (by column title; for the fingerprint), and the
    lines that teach how to fill it. `more`: further sheets of the same content."""

    table: TableSheet
    of_scheme: dict[str, Value]
    taught: tuple[str, ...]
    more: tuple[Made, ...] = ()


#: the sheets of one content as they came back, by name
Sheets = Mapping[str, tuple[TableSheet, Returned]]


def _nothing(setting: Setting, argument: str, table: TableSheet, sheet: Returned) -> Brought:
    return Brought()


class Content(NamedTuple):
    """A content: `make` gives its sheet for a copy (None where there is nothing to fill), `read` what came back. `together` reads a
    content of several sheets, of which each needs the others."""

    make: Callable[[Setting, str], Made | None]
    read: Callable[[Setting, str, TableSheet, Returned], Brought] = _nothing
    together: Callable[[Setting, str, Sheets], Brought] | None = None


def sheet_name(text: str) -> str:
    """A text as the name of a sheet: without the characters that office programs refuse, at most 31."""
    return text.translate(RESERVED).strip()[:LONGEST_NAME]
