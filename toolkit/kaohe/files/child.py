"""Reading in a child process that may die alone: `Reader` asks it, and says what the tables of one workbook are.

To the child go the bytes of one workbook each; back comes a Reading or a Refusal as msgpack, dates and times as extension types. The child
imports nothing but what reading needs.
"""

from __future__ import annotations

import struct
from datetime import date, datetime, timedelta
from datetime import time as clock
from itertools import chain
from typing import Any

import msgspec

from kaohe.files.guarded import Answer, Guarded, serve
from kaohe.files.limits import Limits
from kaohe.records.tables import Reading, Refusal, Table


class Reader(Guarded):
    """Owns one child that reads workbooks. One Reader per thread; `read` never raises for anything a file does."""

    module = "kaohe.files.child"

    def read(self, data: bytes) -> Reading | Refusal:
        """As `kaohe.files.reader.read`, with FILE-030 for a file that takes too long and FILE-031 for one that kills the child.

        Raises RuntimeError where no child can be started (a broken installation).
        """
        answer = self.ask(data)
        return answer if isinstance(answer, Refusal) else decoded(answer)


class _Sheet(msgspec.Struct, frozen=True, array_like=True):
    """A Table as it travels: msgspec takes no union of text and dates, so cells are of any type here."""

    name: str
    rows: tuple[tuple[Any, ...], ...]
    hidden: bool
    merged: tuple[str, ...]
    oddities: dict[str, str]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    blanks_unsure: bool


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    refusal: Refusal | None
    kind: str = ""
    sheets: tuple[_Sheet, ...] = ()
    outside: tuple[str, ...] = ()
    has_macros: bool = False
    has_links: bool = False


_TIMES = {datetime, date, clock, timedelta}


def _packed(value: Any) -> Any:
    """A date or time as an extension of its own; datetime before date, because the one is the other."""
    if isinstance(value, datetime):
        return msgspec.msgpack.Ext(1, value.isoformat().encode())
    if isinstance(value, date):
        return msgspec.msgpack.Ext(2, value.isoformat().encode())
    if isinstance(value, clock):
        return msgspec.msgpack.Ext(3, value.isoformat().encode())
    if isinstance(value, timedelta):
        return msgspec.msgpack.Ext(4, struct.pack("<qqq", value.days, value.seconds, value.microseconds))
    return value


def _unpacked(code: int, data: memoryview) -> Any:
    if code == 4:
        days, seconds, micros = struct.unpack("<qqq", data)
        return timedelta(days, seconds, micros)
    text = bytes(data).decode()
    return {1: datetime.fromisoformat, 2: date.fromisoformat, 3: clock.fromisoformat}[code](text)


def encoded(answer: Reading | Refusal) -> bytes:
    """What was read, as it travels."""
    if isinstance(answer, Refusal):
        return msgspec.msgpack.encode(_Answer(answer))
    sheets = tuple(
        _Sheet(t.name, _rows(t), *(getattr(t, name) for name in _Sheet.__struct_fields__[2:])) for t in answer.tables
    )
    return msgspec.msgpack.encode(
        _Answer(None, answer.kind, sheets, answer.outside, answer.has_macros, answer.has_links)
    )


def _rows(table: Table) -> tuple[tuple[Any, ...], ...]:
    if _TIMES.isdisjoint(map(type, chain.from_iterable(table.rows))):
        return table.rows
    return tuple([tuple(map(_packed, row)) for row in table.rows])


_DECODER = msgspec.msgpack.Decoder(_Answer, ext_hook=_unpacked)


def decoded(frame: bytes) -> Reading | Refusal:
    """What was read. Raises msgspec.MsgspecError for anything that `encoded` did not make."""
    answer = _DECODER.decode(frame)
    if answer.refusal is not None:
        return answer.refusal
    tables = tuple(Table(*(getattr(sheet, name) for name in _Sheet.__struct_fields__)) for sheet in answer.sheets)
    return Reading(answer.kind, tables, answer.outside, answer.has_macros, answer.has_links)


def main() -> None:
    """The child."""
    serve(1, _prepared, encoded)


def _prepared(known: bytes, limits: Limits) -> Answer:
    from kaohe.files.reader import read

    return lambda data: encoded(read(data, limits))


if __name__ == "__main__":
    main()
