"""Where one object lost marks, aspect by aspect, beside its field: bars of lost marks from 0, a tick for the field's mean, a ring for its best.

An aspect is a level-1 line. The figures of a field are reckoned once (`aspects_of`) and read by the pages of all its objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import ZERO, add
from kaohe.documents.board.views import FieldView
from kaohe.documents.printed import counted, marks, number, signed
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult

NOTABLE = Fraction(1, 500)  # of the full scale: a loss that exceeds the mean by so much is printed bold
_LONGEST = 84  # per cent of the column that the longest mark takes; the rest is for its figure


class Aspect(msgspec.Struct, frozen=True):
    """One bar: points of full marks, difference to the field's mean, lost marks; `bar`, `mean`, `best` in per cent of the column."""

    name: str
    points: str
    full: str
    against: str
    lost: str
    bar: float
    mean: float | None
    best: float | None
    bold: bool


class Aspects(msgspec.Struct, frozen=True):
    """The bars of one object, the greatest loss first, with the reading of `bold` and the whole as a sentence."""

    rows: tuple[Aspect, ...]
    bold: str
    words: str

    @property
    def count(self) -> str:
        """How many there are, as a word."""
        return counted(len(self.rows))


class Peers(msgspec.Struct, frozen=True):
    """One field: lost and full marks by object and aspect, and by aspect mean and least of the lost marks."""

    lost: dict[str, dict[str, Fraction]]
    full: dict[str, dict[str, Fraction]]
    means: dict[str, Fraction]
    best: dict[str, Fraction]
    complete: bool


def peers_of(view: FieldView) -> Peers:
    """The aspects of a field's objects with a total; only lines of components that count and that apply."""
    lost: dict[str, dict[str, Fraction]] = {}
    full: dict[str, dict[str, Fraction]] = {}
    columns: dict[str, list[Fraction]] = {}
    for each in view.scored:
        lost[each.code], full[each.code] = _by_aspect(each)
        if each.status != "不定等次":
            for code, value in lost[each.code].items():
                columns.setdefault(code, []).append(value)
    return Peers(
        lost,
        full,
        {code: add(values) / len(values) for code, values in columns.items()},
        {code: min(values) for code, values in columns.items()},
        view.field.complete,
    )


def aspects_of(result: ObjectResult, peers: Peers, edition: Edition) -> Aspects | None:
    """The bars of one object; None where fewer than two aspects are inspected."""
    lost, full = peers.lost.get(result.code, {}), peers.full.get(result.code, {})
    if len(lost) < 2:
        return None
    places, names = edition.scheme.settings.places, {each.code: each.name for each in edition.scheme.indicators}
    alone = len(peers.lost) < 2
    longest = max([*lost.values(), *(peers.means.get(code, ZERO) for code in lost)]) or Fraction(1)
    notable = edition.scheme.settings.full_scale * NOTABLE
    rows = []
    for code in sorted(lost, key=lambda code: -lost[code]):
        mean = None if alone else peers.means.get(code)
        over = lost[code] - mean if mean is not None else ZERO
        rows.append(
            Aspect(
                name=names.get(code, code),
                points=marks(full[code] - lost[code], places),
                full=number(full[code]),
                against=signed(-over, places) if mean is not None else "",
                lost=marks(-lost[code], places) if lost[code] else "",
                bar=_share(lost[code], longest),
                mean=_share(mean, longest) if mean is not None else None,
                best=_share(peers.best[code], longest) if mean is not None else None,
                bold=over >= notable,
            )
        )
    bold = f"粗体：比均值多失{marks(notable, places)}分以上" if any(row.bold for row in rows) else ""
    return Aspects(tuple(rows), bold, _words(rows))


def heaviest(result: ObjectResult, peers: Peers, edition: Edition) -> tuple[str, Fraction] | None:
    """The aspect that lost most, with its marks; None without a loss."""
    lost = peers.lost.get(result.code, {})
    code = max(lost, key=lambda each: lost[each], default="")
    if not code or not lost[code]:
        return None
    return next((each.name for each in edition.scheme.indicators if each.code == code), code), lost[code]


def _by_aspect(result: ObjectResult) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    counted = {each.code for each in result.components if each.counted}
    lost: dict[str, Fraction] = {}
    full: dict[str, Fraction] = {}
    for leaf in result.leaves:
        if leaf.applicable and leaf.points is not None and (leaf.component in counted or not result.components):
            head = leaf.indicator.partition(".")[0]
            lost[head] = lost.get(head, ZERO) + leaf.lost
            full[head] = full.get(head, ZERO) + leaf.full
    return lost, full


def _share(value: Fraction, longest: Fraction) -> float:
    return round(float(value / longest * _LONGEST), 1)


def _words(rows: Sequence[Aspect]) -> str:
    told = [f"{row.name}{row.lost}" for row in rows if row.lost]
    clean = len(rows) - len(told)
    return ("各方面失分：" + "、".join(told) if told else "各方面都没有失分") + (
        f"，其余{clean}个方面没有失分。" if told and clean else "。"
    )
