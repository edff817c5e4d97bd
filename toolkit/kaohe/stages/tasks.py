"""The task: the bytes of one returned workbook in, one small record of what it says out. It knows no path and no folder.

Guard, tables, identity, extraction and comparison in one place, so that the same function runs in a child process of this machine and in
one of a cluster's worker, and gives the same bytes. The tables themselves travel only where somebody needs them later.
"""

from __future__ import annotations

import pickle
from fractions import Fraction
from functools import lru_cache
from typing import Any

import msgspec

from kaohe.core.faults import Fault, withholds
from kaohe.files.child import decoded, encoded
from kaohe.files.guarded import Answer, Guarded, serve
from kaohe.files.limits import DEFAULTS, Limits
from kaohe.files.reader import read, remarks
from kaohe.forms.group import exports
from kaohe.forms.prefill import Issued
from kaohe.forms.receive import Received, Receiver, receive
from kaohe.records.returns import Opening, Shared, Submission
from kaohe.records.tables import Reading, Refusal

FOLDER = exports.NAME


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """What one workbook gave, as it travels and is remembered: why it was not read, or whose form it is and all that it says.

    `tables`: an encoded Reading, where something in the workbook must be corrected (its marked copy is made from it) or nobody but the
    stage can read it (an online export); `is_export` for the latter.
    """

    refusal: Refusal | None = None
    object_code: str = ""
    form_code: str = ""
    copy: str = ""
    submission: Submission | None = None
    openings: tuple[Opening, ...] = ()
    shared: Shared | None = None
    faults: tuple[Fault, ...] = ()
    is_export: bool = False
    tables: bytes = b""

    @property
    def received(self) -> Received:
        """The same without form, plan and what was issued, which the parent knows; all faults, those about the file first."""
        return Received(
            self.object_code, self.form_code, self.submission, self.openings, self.faults, copy=self.copy, shared=self.shared
        )  # fmt: skip

    @property
    def reading(self) -> Reading | Refusal | None:
        """The tables, where they travelled along."""
        return decoded(self.tables) if self.tables else None


class WentOut(msgspec.Struct, frozen=True):
    """The register without the rest of the stage that writes it."""

    forms: tuple[Issued, ...]


class Validator(Guarded):
    """Owns one child that reads and checks workbooks by the rules of one period, which it is told before the first (`knows`)."""

    module = "kaohe.stages.tasks"

    def knows(self, rules: bytes) -> None:
        """What `packed` made of the receiver. The child starts before, so that it imports while the rules are read."""
        self._known = rules

    def take(self, name: str, data: bytes, tables: bool = False) -> bytes:
        """The encoded Taken of a file, its tables included where asked."""
        answer = self.ask(msgspec.msgpack.encode((name, tables)), data)
        return encode(Taken(answer)) if isinstance(answer, Refusal) else answer


def is_export(file: str) -> bool:
    """Whether a file lies where exports are put (its path below 回收)."""
    return FOLDER in file.split("/")[:-1]


def received(receiver: Receiver, reading: Reading, file: str) -> tuple[Received, tuple[Fault, ...]]:
    """What one workbook says, with every fault that can be seen in it alone. The one validator: of files, and of workbooks open in Excel."""
    found = receive(receiver, reading, file)
    about = remarks(reading, file) if found.form_code else ()
    return found, (*about, *found.faults)


def take(receiver: Receiver, name: str, data: bytes, tables: bool = False, limits: Limits = DEFAULTS) -> Taken:
    """One workbook (its path below 回收, its bytes). `tables`: they are wanted whatever it says."""
    reading = read(data, limits)
    if isinstance(reading, Refusal):
        return Taken(reading)
    found, faults = received(receiver, reading, name)
    export = is_export(name) and not found.form_code
    if export:
        return Taken(is_export=True, tables=encoded(reading))
    wanted = tables or (bool(found.form_code) and withholds(faults))
    return Taken(
        None, found.object_code, found.form_code, found.copy, found.submission, found.openings, found.shared, faults,
        tables=encoded(reading) if wanted else b"",
    )  # fmt: skip


def packed(receiver: Receiver) -> bytes:
    """What a child must know of a period, for our own processes only: it is a pickle."""
    forms = receiver.register.forms if receiver.register is not None else None
    went_out = WentOut(tuple(forms)) if forms is not None else None
    return pickle.dumps(msgspec.structs.replace(receiver, forms=dict(receiver.forms), register=went_out), protocol=5)


def _plain(value: Any) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"no record: {type(value)}")


def _exact(kind: type, value: Any) -> Fraction:
    if kind is Fraction:
        return _fraction(value)
    raise TypeError(f"no record: {kind}")


_fraction = lru_cache(maxsize=4_096)(Fraction)  # the numbers of forms are few, and come again


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)
_DECODER = msgspec.msgpack.Decoder(Taken, dec_hook=_exact)
_QUESTION = msgspec.msgpack.Decoder(tuple[str, bool])


def encode(taken: Taken) -> bytes:
    """The bytes of a record."""
    return _ENCODER.encode(taken)


def decode(record: bytes) -> Taken:
    """The record of some bytes. Raises msgspec.MsgspecError for anything that `encode` did not make."""
    return _DECODER.decode(record)


def _prepared(known: bytes, limits: Limits) -> Answer:
    receiver: Receiver = pickle.loads(known)

    def answer(question: bytes, data: bytes) -> bytes:
        name, tables = _QUESTION.decode(question)
        return encode(take(receiver, name, data, tables, limits))

    return answer


def main() -> None:
    """The child that `Validator` asks."""
    serve(2, _prepared, lambda refusal: encode(Taken(refusal)))
