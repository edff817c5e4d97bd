"""A figure with its derivation: the tree from a total, rank or grade down to the cells that somebody typed."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import msgspec

from kaohe.core.cells import Source


class Figure(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A number or word with how it came about: a tree down to the cells that somebody typed.

    `key` names it in rules and commands (总分, 基础分, 构成:DJ, 指标:3.1, 扣分:03, 加分:JF1, 名次, 等次 …); `shown` is the value as
    printed; `how` the arithmetic or rule in words; `clause` the scheme's clause. A leaf of the tree has a `source`: the typed cell,
    and `typed`, what stands there.
    """

    key: str
    label: str
    value: Fraction | None = None
    shown: str = ""
    how: str = ""
    clause: str = ""
    source: Source | None = None
    typed: str = ""
    parts: tuple[Figure, ...] = ()


class Working(NamedTuple):
    """What is told of a figure's derivation in short: the arithmetic, what was typed (at most four values, with their labels), and the first
    typed cell below it."""

    how: str
    typed: str
    source: Source | None
