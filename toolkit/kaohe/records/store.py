"""The store: typed records as canonical JSON lines, the only hand-over between the notebooks.

Fractions travel as `p/q` text; keys stand in the order of the record, so equal records are equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeVar

import msgspec

Record = TypeVar("Record")


def _enc(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"no record: {type(value)}")


def _dec(kind: type, value: Any) -> Any:
    if kind is Fraction:
        return Fraction(value)
    raise TypeError(f"no record: {kind}")


_ENCODER = msgspec.json.Encoder(enc_hook=_enc)


def lines(records: Iterable[Any]) -> bytes:
    """One JSON line per record."""
    return b"".join(_ENCODER.encode(record) + b"\n" for record in records)


def parse(data: bytes, kind: type[Record]) -> tuple[Record, ...]:
    """The records of JSON lines. Raises msgspec.ValidationError or DecodeError where a line is no such record (a damaged store)."""
    decoder = msgspec.json.Decoder(kind, dec_hook=_dec)
    return tuple(decoder.decode(line) for line in data.splitlines() if line)
