"""How much of the full marks an object reached, line by line, and the means of its field."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from kaohe.core.exact import add

if TYPE_CHECKING:
    from kaohe.records.results import ObjectResult


def shares_of(result: ObjectResult) -> dict[str, Fraction]:
    """By level-1 line, in the order of the form: points ÷ full marks over its lines that apply, 0 to 1; then by counted component without
    lines: its score ÷ 100. Only what counts in the total."""
    counted = {each.code for each in result.components if each.counted}
    heads: dict[str, tuple[list[Fraction], list[Fraction]]] = {}
    for leaf in result.leaves:
        if leaf.points is not None and leaf.component in counted:
            points, full = heads.setdefault(leaf.indicator.partition(".")[0], ([], []))
            points.append(leaf.points)
            full.append(leaf.full)
    shares = {head: add(points) / marks for head, (points, full) in heads.items() if (marks := add(full))}
    inner = {leaf.component for leaf in result.leaves} | {each.parent for each in result.components}
    for each in result.components:
        if each.counted and each.score is not None and each.code not in inner:
            shares[each.code] = each.score / 100
    return shares


class Shares(msgspec.Struct, frozen=True):
    """The shares (as `shares_of`) of a field's objects with a total: by object, and by line the mean over those that have it, and how many
    they are."""

    own: dict[str, dict[str, Fraction]] = {}
    means: dict[str, Fraction] = {}
    objects: dict[str, int] = {}


def shares_in(members: list[ObjectResult]) -> Shares:
    """The shares of the objects of one field."""
    own = {each.code: shares_of(each) for each in members}
    columns: dict[str, list[Fraction]] = {}
    for row in own.values():
        for code, share in row.items():
            columns.setdefault(code, []).append(share)
    means = {code: add(values) / len(values) for code, values in columns.items()}
    return Shares(own, means, {code: len(values) for code, values in columns.items()})
