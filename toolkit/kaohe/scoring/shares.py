"""Shares: at most ⌊share × N⌋ objects of a scope get a grade (scheme model 4, step 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

import msgspec

from kaohe.core.exact import HUNDRED, plain
from kaohe.records.scheme import GradeBand, Settings
from kaohe.scoring.ranks import Key, Place, places


class Candidate(msgspec.Struct, frozen=True):
    """A scored object as shares see it: its grade after the bars, its key in the ranking, its bands."""

    code: str
    scope: str
    grade: str
    key: Key
    bands: tuple[GradeBand, ...]


def seats(share: Fraction, size: int, settings: Settings) -> int:
    """Places of a grade: ⌊share × N⌋ with share in per cent; where that is less than one, 不足一名 may give one.

    >>> seats(Fraction(30), 7, Settings())
    2
    """
    found = floor(share * size / HUNDRED)
    return 1 if not found and size and share and settings.less_than_one == "1" else found


def after_shares(
    candidates: Sequence[Candidate], sizes: Mapping[str, int], settings: Settings
) -> dict[str, tuple[str, str]]:
    """(grade, why) by code of those that a share moves down. `sizes`: N by scope, withheld and barred objects included.

    Grades are filled best first; whoever finds no place falls one grade and keeps the score. A tie across the limit: 全部不进 or
    全部进 (which does not shrink the next grade).
    """
    moved: dict[str, tuple[str, str]] = {}
    for scope in dict.fromkeys(each.scope for each in candidates):
        members = [each for each in candidates if each.scope == scope]
        names = list(dict.fromkeys(band.name for each in members for band in each.bands))
        for name in names:
            moved |= _fill(name, members, moved, sizes.get(scope, 0), settings)
    return moved


def _fill(
    name: str, members: Sequence[Candidate], moved: Mapping[str, tuple[str, str]], size: int, settings: Settings
) -> dict[str, tuple[str, str]]:
    here = [each for each in members if moved.get(each.code, (each.grade,))[0] == name]
    share = next((band.share for each in here for band in each.bands if band.name == name), None)
    if share is None:
        return {}
    limit = seats(share, size, settings)
    standing = places({each.code: each.key for each in here})
    found = {}
    for each in here:
        below = _below(each.bands, name)
        if below and not _fits(standing[each.code], limit, settings):
            why = f"“{name}”不超过 {size} 家的 {plain(share)}%，共 {limit} 名，按得分次序未进入"
            found[each.code] = (below, why)
    return found


def _fits(place: Place, limit: int, settings: Settings) -> bool:
    last_of_tie = place.rank if settings.share_ties == "全部进" else place.rank + place.sharing - 1
    return last_of_tie <= limit


def _below(bands: Sequence[GradeBand], name: str) -> str:
    names = [band.name for band in bands]
    place = names.index(name) + 1
    return names[place] if place < len(names) else ""
