"""What was read is remembered: the records of unchanged workbooks, so that a later check or run does not read them again.

One file for a period, `reports/<assessment>/.remembered/<period>.bin`. Nothing depends on it: it may be deleted at any time, whatever in it
is damaged or was made by other rules or another version of this code is passed over, and what it gives is what reading would give. Records
are appended as they come, so that a run that was killed is not begun from nothing; `close` leaves out those of files that are gone.

A ballot is never remembered, and nothing of an online export (see `stages.ballots`).
"""

from __future__ import annotations

import hashlib
import os
import struct
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec
from filelock import FileLock

from kaohe.forms.group import ballots, exports, tallies
from kaohe.records.scheme import Scheme
from kaohe.stages.reading_code import machine_mark
from kaohe.stages.tasks import Taken, decode, encode
from kaohe.stages.workspace import REGISTER, ROSTER, SCHEME, TEAMS, Place, sha256

FOLDER = ".remembered"
_PRIVATE = frozenset({ballots.NAME, tallies.NAME, exports.NAME})
#: refusals that say something of the moment, not of the file
_PASSING = frozenset({"FILE-030", "FILE-031", "FILE-032"})
_MAGIC = b"kaohe 1 "
_HEAD = struct.Struct("<32s32sQ")  # key, hash of the record, its length


def file_of(at: Place) -> Path:
    """Where the records of a period lie."""
    return at.reports / FOLDER / f"{at.period}.bin"


def forget(at: Place) -> None:
    """Delete what is remembered of a period."""
    file_of(at).unlink(missing_ok=True)


def rules_mark(at: Place) -> str:
    """By what a period's workbooks are read: the frozen files as they stand, the period, the code."""
    found = [at.period, machine_mark()]
    for path in (at.folder / SCHEME, at.folder / ROSTER, at.folder / TEAMS, at.issued / REGISTER):
        found.append(sha256(path.read_bytes()) if path.is_file() else "")
    return sha256("\n".join(found).encode())


def may_be_kept(taken: Taken, scheme: Scheme) -> bool:
    """Whether a record may be remembered: no ballot or export, and no refusal that another moment would not repeat."""
    if taken.is_export or (taken.refusal is not None and taken.refusal.code in _PASSING):
        return False
    content = [word for form in scheme.forms if form.code == taken.form_code for word in form.content]
    return not any(word.partition(":")[0] in _PRIVATE for word in content)


class Remembered:
    """The records of a period, read and written by one process at a time; another one works without. Used as a context."""

    def __init__(self, at: Place, fresh: bool = False) -> None:
        """`fresh`: nothing of before is used; what is read now replaces it."""
        self._path, self._fresh = file_of(at), fresh
        self._first = _MAGIC + bytes.fromhex(rules_mark(at)) + b"\n"
        self._places: dict[bytes, tuple[int, int, bytes]] = {}  # key → offset, length, hash of the record
        self._used: dict[bytes, None] = {}
        self._file: BinaryIO | None = None
        self._held = FileLock(self._path.with_suffix(".lock"), timeout=0)

    def __enter__(self) -> Remembered:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._held.acquire()
            self._file = self._opened()
        except OSError:  # Timeout is one: somebody else has it, or nothing can be written
            self._release()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop the records of files that are gone; after a failure everything stays, for the next time."""
        try:
            if self._file is not None and error is None and self._places.keys() - self._used.keys():
                self._rewrite(self._file)
        except OSError:
            pass
        finally:
            self._release()

    def get(self, name: str, digest: str) -> Taken | None:
        """The record of a file (its path below 回收, the SHA-256 of its bytes); None where it must be read."""
        key = _key(name, digest)
        place = self._places.get(key)
        if place is None or self._file is None:
            return None
        offset, length, mark = place
        try:
            self._file.seek(offset)
            record = self._file.read(length)
            if hashlib.sha256(record).digest() != mark:
                return None
            taken = decode(record)
        except (OSError, msgspec.MsgspecError):
            return None
        self._used[key] = None
        return taken

    def put(self, name: str, digest: str, taken: Taken, record: bytes, scheme: Scheme) -> None:
        """Remember a record (`taken` and its bytes) that may be kept, without its tables: a marked copy is made from the file itself."""
        if self._file is None or not may_be_kept(taken, scheme):
            return
        if taken.tables:
            record = encode(msgspec.structs.replace(taken, tables=b""))
        key, mark = _key(name, digest), hashlib.sha256(record).digest()
        try:
            offset = self._file.seek(0, os.SEEK_END)
            self._file.write(_HEAD.pack(key, mark, len(record)) + record)
        except OSError:
            self._release()
            return
        self._places[key] = (offset + _HEAD.size, len(record), mark)
        self._used[key] = None

    def _opened(self) -> BinaryIO:
        """The file with its records looked up, cut behind the last whole one; an empty one where it was made by other rules or code."""
        try:
            file = self._path.open("r+b")
        except FileNotFoundError:
            file = self._path.open("w+b")
        if self._fresh or file.read(len(self._first)) != self._first:
            file.seek(0)
            file.truncate()
            file.write(self._first)
            return file
        end, size = len(self._first), os.fstat(file.fileno()).st_size
        while end + _HEAD.size <= size:
            key, mark, length = _HEAD.unpack(file.read(_HEAD.size))
            if end + _HEAD.size + length > size:
                break
            self._places[key] = (end + _HEAD.size, length, mark)
            end += _HEAD.size + length
            file.seek(end)
        file.truncate(end)
        return file

    def _rewrite(self, file: BinaryIO) -> None:
        draft = self._path.with_suffix(".tmp")
        with draft.open("wb") as new:
            new.write(self._first)
            for key in self._used:
                offset, length, mark = self._places[key]
                file.seek(offset)
                new.write(_HEAD.pack(key, mark, length) + file.read(length))
        self._close()
        draft.replace(self._path)

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _release(self) -> None:
        try:
            self._close()
        except OSError:
            pass
        self._held.release()


def _key(name: str, digest: str) -> bytes:
    return hashlib.sha256(f"{digest}\n{name}".encode(errors="surrogatepass")).digest()
