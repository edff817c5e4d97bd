"""The store: typed records as canonical JSON lines, the only hand-over between the notebooks.

Fractions travel as `p/q` text; keys stand in the order of the record, so equal records are equal bytes. A record with a part that grows
with the number of objects (`one_a_line`: its name, and what stands in it) stands in several lines: first itself without that part, then
the part's members one by one, so that neither writer nor reader ever holds the text of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

import msgspec

from kaohe.records.derivations import hooked, read_hooked
from kaohe.records.sharing import leads_to_source, share

Record = TypeVar("Record")

_ENCODER = msgspec.json.Encoder(enc_hook=hooked)


def each_line(records: Iterable[Any]) -> Iterator[bytes]:
    """The JSON lines of records, one after another."""
    for record in records:
        name, _ = getattr(record, "one_a_line", ("", None))
        members = getattr(record, name) if name else ()
        yield _ENCODER.encode(msgspec.structs.replace(record, **{name: ()}) if name else record) + b"\n"
        for member in members:
            yield _ENCODER.encode(member) + b"\n"


def lines(records: Iterable[Any]) -> bytes:
    """One JSON line per record, and per member of what stands in lines of its own."""
    return b"".join(each_line(records))


def parse(data: Iterable[bytes], kind: type[Record], held: bool = False) -> Iterator[Record]:
    """The records of JSON lines, one after another; of a kind with members in lines of their own, the one record that the lines are. `held`:
    they all stay, so the words that they repeat are shared. Raises msgspec.ValidationError or DecodeError where a line is no such record (a
    damaged store)."""
    written = (line for line in data if line.strip())
    name, member = getattr(kind, "one_a_line", ("", None))
    if not name:
        yield from _decoded(written, kind, held)
        return
    for record in _decoded(islice(written, 1), kind, held):
        members = (*getattr(record, name), *_decoded(written, member, held))
        yield msgspec.structs.replace(record, **{name: members})


def _decoded(written: Iterable[bytes], kind: Any, held: bool) -> Iterator[Any]:
    decoder = msgspec.json.Decoder(kind, dec_hook=read_hooked)
    known: dict[str, str] = {}
    shares = held and leads_to_source(kind)
    for line in written:
        record = decoder.decode(line)
        if shares:
            share(record, known)
        yield record
