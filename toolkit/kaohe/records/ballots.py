"""Anonymous ballots and what is counted of them (scheme model 1 and 4, step 4).

Three ways lead to a count: marks typed by listed raters (`returns.Ballot`), rows of an online export (`Cast`), tallies of paper ballots
(`Tally`). Only counts are kept: `Counted` says how often each mark or option was given, cell by cell, in canonical order, so that no
ballot can be put together again. None of these records knows a person, a row number or a time.
"""

from __future__ import annotations

from fractions import Fraction

import msgspec

from kaohe.core.cells import Source
from kaohe.records.rated import Spread

#: the option of nominations that have no options of their own
NOMINATED = "推荐"


class Cast(msgspec.Struct, frozen=True, gc=False):
    """One ballot of an online export on one instrument: who cast it is told by `words` (rater groups by code or name, or identities) and
    `unit` alone, as far as counting needs them. `marks`: (object, dimension, mark); `choices`: (object, dimension, option code), for
    nominations with the dimension NOMINATED. A ballot on which nothing is marked is an abstention."""

    instrument: str
    words: tuple[str, ...] = ()
    unit: str = ""
    marks: tuple[tuple[str, str, Fraction], ...] = ()
    choices: tuple[tuple[str, str, str], ...] = ()


class Due(msgspec.Struct, frozen=True, gc=False):
    """How many ballots a rater group could cast in an online evaluation (应评), as typed beside the export; of a group whose members rate
    only their own `unit`, one number a unit ("" = all together)."""

    instrument: str
    group: str
    number: int
    unit: str = ""


class Votes(msgspec.Struct, frozen=True, gc=False):
    """One typed count of a tally: how often an option was given to an object on a dimension."""

    object_code: str
    dimension: str
    option: str
    count: int
    source: Source = Source()


class Sums(msgspec.Struct, frozen=True, gc=False):
    """Marks of a tally: how many were given to an object on a dimension, and their sum."""

    object_code: str
    dimension: str
    count: int
    total: Fraction
    source: Source = Source()


class Tally(msgspec.Struct, frozen=True, gc=False):
    """The paper ballots of one rater group on one instrument as counted by hand: 应到 实到 发出 收回 有效 弃权, and the votes. `unit`: of a
    group whose members rate only their own unit, the unit whose members voted; "" = all."""

    instrument: str
    group: str
    due: int
    present: int
    issued: int
    returned: int
    valid: int
    abstained: int
    votes: tuple[Votes, ...] = ()
    sums: tuple[Sums, ...] = ()
    source: Source = Source()
    unit: str = ""

    def speaks_of(self, home: str) -> bool:
        """Whether its voters rate the objects of a unit."""
        return self.unit in ("", home)


class GroupCount(msgspec.Struct, frozen=True, gc=False):
    """What one rater group gave one object. Ballots `due`, `returned` (void ones and abstentions among them), `valid`, `void`, `abstained`.

    `marks`: by dimension, how often each mark was given, rising; `votes`: (dimension, option, count) in the order of the scheme; `sums`:
    (dimension, number of marks, their sum) of tallies that keep no single marks. `cells`: the typed cell of each vote of a tally;
    `source`: the one workbook that brought the ballots, if it was one.
    """

    group: str
    due: int = 0
    returned: int = 0
    valid: int = 0
    void: int = 0
    abstained: int = 0
    marks: tuple[tuple[str, tuple[tuple[Fraction, int], ...]], ...] = ()
    votes: tuple[tuple[str, str, int], ...] = ()
    sums: tuple[tuple[str, int, Fraction], ...] = ()
    cells: tuple[tuple[str, str, Source], ...] = ()
    source: Source | None = None


class Counted(msgspec.Struct, frozen=True, gc=False):
    """Everything that was counted for one object on one instrument. `valid`: valid ballots, each once, whatever number of groups it counts
    in; `overlaps`: how many of them count in exactly these groups; `votes`: (dimension, option, count) over all of them."""

    instrument: str
    object_code: str
    groups: tuple[GroupCount, ...] = ()
    valid: int = 0
    votes: tuple[tuple[str, str, int], ...] = ()
    overlaps: tuple[tuple[tuple[str, ...], int], ...] = ()
    spread: Spread | None = None


class Question(msgspec.Struct, frozen=True, gc=False):
    """A column of an online export as the analyst confirmed it: what its `header` asks for. `use` is 评价, 推荐, 评价主体, 所在单位 or 不用;
    `object_code` "" of a nomination: the answer names the objects."""

    header: str
    use: str
    instrument: str = ""
    object_code: str = ""
    dimension: str = ""
    source: Source = Source()


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A word of an answer and what it means: the name of an option, or "" = nothing chosen."""

    word: str
    option: str
    source: Source = Source()


class ExportMapping(msgspec.Struct, frozen=True):
    """The confirmed mapping of an online evaluation (对照表) for these instruments."""

    instruments: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    due: tuple[Due, ...] = ()
