"""The computed grade in steps that formulas can take: level by score, what bars leave, places of each share, who has one (scheme model 4,
steps 9–11).

Levels count from 1, the best. Bars enter as values (conditions are data); all else is arithmetic on totals, shares and sizes. It is
reckoned here once more from what the formulas read: where that does not give the program's grade of every object (objects without a row
share the places), `works` is False, and the grades that bars and shares changed enter as values.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import NamedTuple

from kaohe.core.exact import HUNDRED, ZERO
from kaohe.documents.results.model import Frame, is_graded
from kaohe.documents.results.rules import compared, takes, tie_figure
from kaohe.records.results import ObjectResult
from kaohe.records.rules import GradeBand, Rule
from kaohe.scoring.grades import CEILINGS, after_bars
from kaohe.scoring.objects import objects_of
from kaohe.scoring.ranks import Key, places
from kaohe.scoring.shares import ALL, scope_of, seats

STEP = "降档"
#: the first pass of 降档基准 = 名额后等次 (shares as if there were no 降档), and the pass that decides
FIRST, LAST = "先", ""


class Pool(NamedTuple):
    """Who competes with an object for the places of one level: `own` its group and `size` N, `seats` of that group; `name` and `limit` the
    pool where groups without a whole place are merged (不足一名 = 并入全体), else the same."""

    own: str
    size: int
    seats: int
    name: str
    limit: int


class Turn(NamedTuple):
    """One level in one pass: whether the object competes, its place among those who do, and its level afterwards."""

    competes: bool
    place: int | None
    level: int


class Levels(NamedTuple):
    """By object code: `by_score`, `ceiling` (1 = all grades are open) and `steps` of its bars, `order` by total and tie-breaks, the levels
    with which each pass begins (`start`, by pass and code), and `final`. `depths`: levels with a share in some class; `pools` by depth and
    code, `turns` by pass, depth and code."""

    works: bool
    depths: tuple[int, ...]
    passes: tuple[str, ...]
    by_score: Mapping[str, int]
    ceiling: Mapping[str, int]
    steps: Mapping[str, int]
    order: Mapping[str, int]
    start: Mapping[tuple[str, str], int]
    pools: Mapping[tuple[int, str], Pool]
    turns: Mapping[tuple[str, int, str], Turn]
    final: Mapping[str, int]


def bands_for(frame: Frame, unit_class: str) -> tuple[GradeBand, ...]:
    """The grades of a class, best first."""
    return tuple(band for band in frame.bands if not band.classes or unit_class in band.classes)


def bars_of(frame: Frame, each: ObjectResult, stepping: bool) -> tuple[Rule, ...]:
    """The hard rules that lower an object's grade: 降档 (`stepping`), or those that set a ceiling (否优, 封顶, 定为)."""
    effects = (STEP,) if stepping else tuple(CEILINGS)
    return tuple(rule for rule in frame.rules if rule.effect in effects and takes(rule, each))


def has_bars(frame: Frame, stepping: bool) -> bool:
    """Whether the period has such rules."""
    effects = (STEP,) if stepping else tuple(CEILINGS)
    return any(rule.effect in effects and not rule.soft for rule in frame.rules)


def ceiling_word(frame: Frame, each: ObjectResult) -> str:
    """The best grade that bars leave an object; "" where all are open."""
    names = [band.name for band in bands_for(frame, each.unit_class)]
    found = _bars(frame, each, names)[1] if is_graded(each) and names else 0
    return names[min(found, len(names) - 1)] if found else ""


def steps_down(frame: Frame, each: ObjectResult) -> int:
    """How many grades 降档 takes from an object, several rules joined as the scheme says (降档合并)."""
    return _bars(frame, each, [band.name for band in bands_for(frame, each.unit_class)])[0] if is_graded(each) else 0


def _bars(frame: Frame, each: ObjectResult, names: Sequence[str]) -> tuple[int, int]:
    rules = (*bars_of(frame, each, True), *bars_of(frame, each, False))
    return after_bars(names, rules, frame.scheme.settings.downgrade_sum == "取最重")


def scopes_of(frame: Frame) -> dict[str, str]:
    """By code, within which group an object counts in N of the shares; "" = it does not."""
    settings = frame.scheme.settings
    return {
        who.code: who.object if settings.share_scope == ALL else scope_of(settings, who.object, who.group).field
        for who in objects_of(frame.scheme, frame.edition.roster)
        if who.standing == "参评"
    }


def levels_of(frame: Frame) -> Levels:
    """The levels of a frame's objects; without grades there are none, and nothing to disagree about."""
    bands = {each.code: bands_for(frame, each.code) for each in frame.classes}
    size = max(map(len, bands.values()), default=0)
    depths = tuple(
        n + 1 for n in range(size) if any(len(own) > n and own[n].share is not None for own in bands.values())
    )
    late = frame.scheme.settings.downgrade_base == "名额后等次" and has_bars(frame, True) and bool(depths)
    live = [each for each in frame.objects if is_graded(each) and each.total_exact is not None]
    by_score = {each.code: level for each in live if (level := _by_score(frame, each, bands[each.unit_class]))}
    graded = [each for each in live if each.code in by_score]
    climb = _Climb(frame, graded, bands, depths, by_score)
    passes = (FIRST, LAST) if late else (LAST,)
    for number, name in enumerate(passes):
        climb.begin(name, late, number)
        for depth in depths:
            climb.fill(name, depth)
    names = {each.code: [band.name for band in bands[each.unit_class]] for each in graded}
    works = all(names[each.code][climb.level[each.code] - 1] == each.grade_computed for each in graded)
    works = works and all(not each.grade_computed for each in live if each.code not in by_score)
    return Levels(
        works, depths, passes, by_score, climb.ceiling, climb.steps, climb.order, climb.start, climb.pools, climb.turns,
        climb.level,
    )  # fmt: skip


def _by_score(frame: Frame, each: ObjectResult, bands: Sequence[GradeBand]) -> int:
    """The level of the band in which the compared total lies; 0 = none."""
    total = compared(frame, each.total_exact, each.total) or ZERO
    return next((n for n, band in enumerate(bands, 1) if band.least is None or total >= band.least), 0)


class _Climb:
    """Levels while they are reckoned: begin a pass, then fill its shares, best level first."""

    def __init__(
        self,
        frame: Frame,
        graded: Sequence[ObjectResult],
        bands: Mapping[str, Sequence[GradeBand]],
        depths: Sequence[int],
        by_score: Mapping[str, int],
    ) -> None:
        self.graded, self.bands, self.by_score = graded, bands, by_score
        self.settings = frame.scheme.settings
        barred = {each.code: _bars(frame, each, [b.name for b in bands[each.unit_class]]) for each in graded}
        self.steps = {code: steps for code, (steps, _) in barred.items()}
        self.ceiling = {each.code: min(barred[each.code][1] + 1, self._most(each)) for each in graded}
        standing = places({each.code: _key(frame, each) for each in graded}) if graded else {}
        self.order = {code: place.rank for code, place in standing.items()}
        self.start: dict[tuple[str, str], int] = {}
        self.level: dict[str, int] = {}
        self.turns: dict[tuple[str, int, str], Turn] = {}
        self.pools = {(depth, code): pool for depth in depths for code, pool in _pools(frame, depth, bands).items()}

    def _most(self, each: ObjectResult) -> int:
        return len(self.bands[each.unit_class])

    def begin(self, name: str, late: bool, number: int) -> None:
        """The levels after bars with which a pass begins; the second of two takes the steps from what the first left."""
        for each in self.graded:
            code, most = each.code, self._most(each)
            steps = self.steps[code]
            if late and number:
                first = self.start[FIRST, code]
                found = min(most, max(self.level[code] + steps, self.ceiling[code])) if steps else first
            else:
                found = min(most, max(self.by_score[code] + (0 if late else steps), self.ceiling[code]))
            self.start[name, code] = found
        self.level = {each.code: self.start[name, each.code] for each in self.graded}

    def fill(self, name: str, depth: int) -> None:
        """The places of one level: whoever finds none falls by one."""
        rivals: dict[str, list[int]] = {}
        for each in self.graded:
            code = each.code
            self.turns[name, depth, code] = Turn(False, None, self.level[code])
            if self.level[code] == depth and (depth, code) in self.pools:
                rivals.setdefault(self.pools[depth, code].name, []).append(self.order[code])
        orders = {pool: sorted(found) for pool, found in rivals.items()}
        for each in self.graded:
            code = each.code
            if self.level[code] != depth or (depth, code) not in self.pools:
                continue
            pool, mine = self.pools[depth, code], self.order[code]
            if self.settings.share_ties == "全部进":
                place = bisect_left(orders[pool.name], mine) + 1
            else:
                place = bisect_right(orders[pool.name], mine)
            level = depth if place <= pool.limit else min(depth + 1, self._most(each))
            self.turns[name, depth, code] = Turn(True, place, level)
        self.level |= {code: turn.level for (at, deep, code), turn in self.turns.items() if (at, deep) == (name, depth)}


def _key(frame: Frame, each: ObjectResult) -> Key:
    """The compared total, then the tie-breaks, each so that higher is better; what an object does not have is the least."""
    found = [compared(frame, each.total_exact, each.total) or ZERO]
    for thing, way in frame.scheme.settings.tie_breaks:
        figure = tie_figure(frame, thing, each)
        found += [Fraction(figure is not None), ZERO if figure is None else figure if way == "高" else -figure]
    return tuple(found)


def _pools(frame: Frame, depth: int, bands: Mapping[str, Sequence[GradeBand]]) -> dict[str, Pool]:
    """The pools of one level, of every object that counts in N of it."""
    scopes = scopes_of(frame)
    rows: dict[str, tuple[str, GradeBand]] = {}
    for each in frame.objects:
        own = bands[each.unit_class]
        if scopes.get(each.code) and len(own) >= depth and own[depth - 1].share is not None:
            rows[each.code] = f"{scopes[each.code]}·{frame.bands.index(own[depth - 1]) + 1}", own[depth - 1]
    sizes = Counter(name for name, _ in rows.values())
    limits = {name: seats(band.share or ZERO, sizes[name], frame.scheme.settings) for name, band in rows.values()}
    found = {code: Pool(name, sizes[name], limits[name], name, limits[name]) for code, (name, _) in rows.items()}
    if frame.scheme.settings.less_than_one != "并入全体":
        return found
    kinds = {each.code: each.object for each in frame.objects}
    for key in {(kinds[code], band.name) for code, (_, band) in rows.items()}:
        mine = {code: row for code, row in rows.items() if (kinds[code], row[1].name) == key}
        whole = floor(sum((band.share or ZERO for _, band in mine.values()), ZERO) / HUNDRED)
        left = whole - sum(limits[name] for name in {name for name, _ in mine.values()})
        for code, (name, band) in mine.items():
            if not limits[name] and band.share:
                found[code] = found[code]._replace(name="·".join(key), limit=left)
    return found
