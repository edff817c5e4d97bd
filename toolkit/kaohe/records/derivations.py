"""Derivations put away: the trees of figures of all objects, held as packed text and read only for the object that somebody asks about.

A tree with its words and cells takes a hundred kilobytes as records, and five as packed text. Ten thousand objects have ten thousand
trees; nothing that looks at all objects needs more than their plain results.
"""

from __future__ import annotations

import zlib
from fractions import Fraction
from functools import lru_cache
from typing import Any, cast

import msgspec

from kaohe.records.figures import Figure

_FAST = 1  # the level of zlib at which packing costs a fifth of a millisecond for an object


class Folded:
    """Figures one after another, put away where they stood among the parts of another one."""

    __slots__ = ("packed",)

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    @property
    def text(self) -> msgspec.Raw:
        """The figures as JSON, with commas between them."""
        return msgspec.Raw(zlib.decompress(self.packed))


class Derivation:
    """The tree of one object. `top` is its root, whose parts may be folded; `figure` reads it whole."""

    __slots__ = ("top",)

    def __init__(self, top: Figure) -> None:
        self.top = top

    @property
    def figure(self) -> Figure:
        """The tree, all of it readable. That of the object asked about last is remembered."""
        return _read(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Derivation) and _ENCODER.encode(self.top) == _ENCODER.encode(other.top)

    def __hash__(self) -> int:
        return hash((self.top.key, self.top.label, self.top.value))


def folded(figure: Figure) -> Figure:
    """The figure, with everything below it put away."""
    return _closed(figure, _ENCODER.encode(figure.parts)) if figure.parts else figure


def hooked(value: Any) -> Any:
    """What JSON has no word for, as it travels: a number as `p/q`, a derivation as its tree. Raises TypeError for anything else."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Folded):
        return value.text
    if isinstance(value, Derivation):
        return value.top
    raise TypeError(f"no record: {type(value)}")


def read_hooked(kind: type, value: Any) -> Any:
    """The opposite of `hooked`; a derivation is folded at once. Raises TypeError for a kind that is none of these, msgspec.ValidationError
    for a value that is no such thing."""
    if kind is Fraction:
        return _number(value)
    if kind is Derivation:
        if not isinstance(value, dict):
            raise TypeError(f"no derivation: {type(value)}")
        top = msgspec.convert(
            {key: each for key, each in value.items() if key != "parts"}, Figure, dec_hook=read_hooked
        )
        below = value.get("parts")
        return Derivation(_closed(top, _ENCODER.encode(below)) if below else top)
    raise TypeError(f"no record: {kind}")


#: a quarter of a thousand units holds its few hundred different numbers a million times: each is made once, and shared
_NUMBERS = 1 << 16


@lru_cache(_NUMBERS)
def _number(text: Any) -> Fraction:
    return Fraction(text)


def _closed(figure: Figure, parts: bytes) -> Figure:
    """`parts`: the JSON list of the figure's parts."""
    away = Folded(zlib.compress(parts[1:-1], _FAST))
    return msgspec.structs.replace(figure, parts=cast("tuple[Figure, ...]", (away,)))


@lru_cache(maxsize=2)
def _read(each: Derivation) -> Figure:
    return _DECODER.decode(_ENCODER.encode(each.top))


_ENCODER = msgspec.json.Encoder(enc_hook=hooked)
_DECODER = msgspec.json.Decoder(Figure, dec_hook=read_hooked)
