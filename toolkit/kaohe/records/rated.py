"""What ratings (评价) came to: of each rater group, of an instrument, and how the ballots lie; only what may be published."""

from __future__ import annotations

from fractions import Fraction

import msgspec


class GroupRating(msgspec.Struct, frozen=True, gc=False):
    """What one rater group gave one object. `due`, `returned`, `valid`: ballots; `weight` in per cent as it acted (None = it did not act:
    empty, and its weight went to the others); `means`: (dimension code, trimmed mean of the marks, marks that were kept) per dimension;
    `mean`: the dimensions weighted, on the instrument's own scale, None where the group is empty; of options, on the scale of 100.

    What stands here may be published: groups with too few ballots are merged (最少列示票数). `members`: the codes of the groups that are
    one row here, () = the group itself; `votes`: (dimension, option, count), () where they are not shown. `void` and `abstained` are
    ballots among those returned."""

    group: str
    name: str
    weight: Fraction | None
    due: int
    returned: int
    valid: int
    means: tuple[tuple[str, Fraction, int], ...] = ()
    mean: Fraction | None = None
    void: int = 0
    abstained: int = 0
    votes: tuple[tuple[str, str, int], ...] = ()
    members: tuple[str, ...] = ()

    def speaks_for(self, group: str) -> bool:
        """Whether this row holds what a rater group gave, alone or merged with others."""
        return self.group == group or group in self.members


class Spread(msgspec.Struct, frozen=True, gc=False):
    """How the valid marks of one object on one instrument lie, all groups together, for people to look at (never used in a score): number,
    least, quartiles, greatest of the ballots' weighted marks; `outliers` = ballots beyond 1.5 interquartile ranges, which stay counted."""

    number: int
    least: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    greatest: Fraction
    outliers: int = 0


class RatingResult(msgspec.Struct, frozen=True, gc=False):
    """An object's result on one instrument: `score` on 0–100 (None = no result, `why` says it), its grade by the instrument's own bands,
    and the groups in the order of the scheme. `ballots`: valid ballots, each once; `votes`: (dimension, option, count) over all of them,
    () where they are not shown. Nominations (推荐) have votes and no score."""

    instrument: str
    name: str
    score: Fraction | None
    grade: str = ""
    due: int = 0
    returned: int = 0
    valid: int = 0
    void: int = 0
    why: str = ""
    groups: tuple[GroupRating, ...] = ()
    spread: Spread | None = None
    ballots: int = 0
    votes: tuple[tuple[str, str, int], ...] = ()
