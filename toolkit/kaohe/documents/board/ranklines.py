"""The ranks of the last periods as lines, rank 1 on top: one line coloured, all others of the field grey.

The grey lines of a field are drawn once (`peer_lines`) and shown again on the page of each of its objects; geometry in px.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kaohe.core.periods import parse_period
from kaohe.documents.board.sparklines import PERIODS
from kaohe.documents.board.views import FieldView
from kaohe.documents.printed import PERIOD_WORDS, counted, marks
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult, Outcome

WIDTH, LEFT, RIGHT, TOP, HEIGHT = 440, 52, 318, 34, 280
_ROWS = 16  # px that a label needs: with less room only the first, the last and the own line are named
MOST_PEERS = 60  # lines; a field with more shows only its own line within the field's range


class Spot(msgspec.Struct, frozen=True):
    """A point of the own line with its rank."""

    x: float
    y: float
    rank: str


class Name(msgspec.Struct, frozen=True):
    """A label at the end of the lines."""

    y: float
    text: str
    own: bool


class Past(msgspec.Struct, frozen=True):
    """One period: its name, its place in the drawing, rank and total of the object ("—" = none)."""

    title: str
    x: float
    rank: str
    total: str


class PeerLines(msgspec.Struct, frozen=True):
    """The grey lines of one field: id, polylines, dots."""

    id: str
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


class RankLines(msgspec.Struct, frozen=True):
    """One object's drawing: id of the grey lines ("" = none), its own line and points, labels, periods, the last rank, and its sentence."""

    peers: str
    line: str
    spots: tuple[Spot, ...]
    names: tuple[Name, ...]
    past: tuple[Past, ...]
    last: int
    bottom: float
    title: str
    words: str


class FieldRanks(msgspec.Struct, frozen=True):
    """The last periods of one field, oldest first, with the ranks of its objects in each."""

    outcomes: tuple[Outcome, ...]
    ranks: dict[str, tuple[int | None, ...]]
    last: int
    id: str


def field_ranks(edition: Edition, view: FieldView) -> FieldRanks | None:
    """The ranks of a field; None without an earlier period that ranked it, or where nobody is ranked."""
    outcomes = (*edition.earlier, edition.outcome)[-PERIODS:]
    found = {
        each.code: tuple(one.rank if (one := then.of(each.code)) else None for then in outcomes)
        for each in view.objects
    }
    known = [rank for row in found.values() for rank in row if rank is not None]
    earlier = any(rank is not None for row in found.values() for rank in row[:-1])
    if len(outcomes) < 2 or not earlier or max(known) < 2:
        return None
    return FieldRanks(outcomes, found, max(known), f"r-{view.anchor}")


def peer_lines(field: FieldRanks) -> PeerLines | None:
    """The grey lines; None for a field of too many."""
    if len(field.ranks) > MOST_PEERS:
        return None
    spots = {code: _spots(field, row) for code, row in field.ranks.items()}
    return PeerLines(
        field.id,
        tuple(" ".join(f"{x:g},{y:g}" for x, y in row) for row in spots.values() if len(row) > 1),
        tuple(dict.fromkeys(spot for row in spots.values() for spot in row)),
    )


def rank_lines(result: ObjectResult, field: FieldRanks, edition: Edition) -> RankLines | None:
    """The drawing of one object; None with fewer than two ranks."""
    row = field.ranks.get(result.code, ())
    if sum(rank is not None for rank in row) < 2:
        return None
    places = edition.scheme.settings.places
    past = []
    for at, (then, rank) in enumerate(zip(field.outcomes, row, strict=True)):
        mine, period = then.of(result.code), parse_period(then.period)
        total = mine.total if mine else None
        past.append(
            Past(
                _brief(period.title if period else then.period),
                _x(field, at),
                str(rank) if rank is not None else "—",
                marks(total, places) if total is not None else "—",
            )
        )
    told = "、".join(f"{each.title}第{each.rank}" if each.rank != "—" else f"{each.title}无名次" for each in past)
    return RankLines(
        peers=field.id if len(field.ranks) <= MOST_PEERS else "",
        line=" ".join(f"{x:g},{y:g}" for x, y in _spots(field, row)),
        spots=tuple(Spot(_x(field, at), _y(field, rank), str(rank)) for at, rank in enumerate(row) if rank is not None),
        names=_names(result, field, edition),
        past=tuple(past),
        last=field.last,
        bottom=_y(field, field.last),
        title=f"{counted(len(past))}个{PERIOD_WORDS[edition.when.clock]}的名次",
        words=f"{result.short or result.name}的名次：{told}。",
    )


def _names(result: ObjectResult, field: FieldRanks, edition: Edition) -> tuple[Name, ...]:
    """Who ends where: all where there is room, else the first, the last and the own; those of one rank share a label."""
    ends: dict[int, list[str]] = {}
    for code, row in field.ranks.items():
        one = edition.outcome.of(code)
        if row[-1] is not None and one is not None:
            ends.setdefault(row[-1], []).append(one.short or one.name)
    own = field.ranks[result.code][-1]
    roomy = (HEIGHT - TOP) / max(1, field.last - 1) >= _ROWS
    shown = [rank for rank in sorted(ends) if roomy or rank in (own, min(ends), max(ends))]
    mine = result.short or result.name
    found = []
    for rank in shown:
        names = ends[rank]
        if rank == own:
            names = [mine, *(name for name in names if name != mine)]
        text = names[0] + (f"等{len(names)}个" if len(names) > 1 else "")
        near = own is not None and rank != own and abs(_y(field, rank) - _y(field, own)) < _ROWS - 2
        if not near:
            found.append(Name(_y(field, rank), text, rank == own))
    return tuple(found)


def _brief(title: str) -> str:
    """2026年第三季度 → 26年三季度: what fits over a column."""
    return title.removeprefix("20").replace("第", "")


def _spots(field: FieldRanks, row: Sequence[int | None]) -> list[tuple[float, float]]:
    return [(_x(field, at), _y(field, rank)) for at, rank in enumerate(row) if rank is not None]


def _x(field: FieldRanks, at: int) -> float:
    return round(LEFT + at * (RIGHT - LEFT) / (len(field.outcomes) - 1), 1)


def _y(field: FieldRanks, rank: int) -> float:
    return round(TOP + (rank - 1) * (HEIGHT - TOP) / max(1, field.last - 1), 1)
