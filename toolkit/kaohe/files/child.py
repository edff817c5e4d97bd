"""Reading in a child process that may die alone: `Reader` starts it, watches it, and blames the file in hand when it dies.

A plain `subprocess`, because multiprocessing is refused inside Dask workers. Both sides speak in frames: eight bytes of length, then
the content. To the child: the limits once, then the bytes of one workbook each; back: a Reading or a Refusal as msgpack, dates and
times as extension types. The child imports nothing but what reading needs.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import msgspec

from kaohe.files.limits import DEFAULTS, Limits
from kaohe.records.tables import Reading, Refusal, Table

_LENGTH = struct.Struct("<Q")
_COMMAND = [sys.executable, "-P", "-m", "kaohe.files.child"]
_LOOK_S = 0.1
_START_S = 60.0


class Reader:
    """A context manager that owns one child process. One Reader per thread; `read` never raises for anything a file does.

    The child is started anew after `limits.recycle` files, after `limits.seconds` with one file, and after its death.
    """

    def __init__(self, limits: Limits = DEFAULTS) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._is_late = self._is_ready = False
        self._closed = threading.Event()

    def __enter__(self) -> Reader:
        self._closed.clear()
        threading.Thread(target=self._watch, daemon=True).start()
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        self._stop()

    def read(self, data: bytes) -> Reading | Refusal:
        """As `kaohe.files.reader.read`, with FILE-030 for a file that takes too long and FILE-031 for one that kills the child.

        Raises RuntimeError where no child can be started (a broken installation).
        """
        if len(data) > self._limits.file:
            return Refusal("FILE-002", f"{len(data) / 1024 / 1024:.0f} MB")
        if self._files >= self._limits.recycle:
            self._stop()
        for _ in range(2):
            child, frame, is_sent = self._ready(), None, False
            self._wait_until(self._limits.seconds)
            try:
                _send(child.stdin, data)
                is_sent = True
                frame = _receive(child.stdout)
            except OSError:
                pass  # it has gone, which the missing answer tells
            except BaseException:
                self._stop()  # interrupted: its answer must not be taken for that of the next file
                raise
            is_late = self._wait_until(None)
            if frame is not None:
                self._files += 1
                return _decoded(frame)
            self._stop()
            if is_late:
                return Refusal("FILE-030", f"{self._limits.seconds:g}")
            if is_sent:
                break
            # It went before it had the whole file, so perhaps not because of it: once more with a new child.
        return Refusal("FILE-031")

    def _wait_until(self, seconds: float | None) -> bool:
        """Set the time by which the child must answer (None: it has). Returns whether it was late before."""
        with self._lock:
            late, self._is_late = self._is_late, False
            self._deadline = None if seconds is None else time.monotonic() + seconds
            return late

    def _start(self) -> subprocess.Popen[bytes]:
        # Own process group on Windows, ignored signal elsewhere: Ctrl-C is for the parent, which then ends the child.
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        child = subprocess.Popen(
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=flags
        )
        self._child, self._files, self._is_ready = child, 0, False
        return child

    def _ready(self) -> subprocess.Popen[bytes]:
        """A child that has said it is there. Kept apart from starting it, so that it starts while the caller does other things."""
        child = self._child or self._start()
        if not self._is_ready:
            self._wait_until(_START_S)
            try:
                _send(child.stdin, msgspec.msgpack.encode(self._limits))
                self._is_ready = _receive(child.stdout) is not None
            except OSError:
                pass
            self._wait_until(None)
            if not self._is_ready:
                self._stop()
                raise RuntimeError("the reading child process does not start")
        return child

    def _stop(self) -> None:
        self._wait_until(None)
        child, self._child, self._files = self._child, None, 0
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            try:
                assert pipe is not None
                pipe.close()
            except OSError:
                pass
        child.wait()

    def _watch(self) -> None:
        """Kills the child that is late. Looking now and then costs a file nothing, unlike a timer for each."""
        while not self._closed.wait(_LOOK_S):
            with self._lock:
                if self._deadline is not None and time.monotonic() > self._deadline and self._child is not None:
                    self._is_late, self._deadline = True, None
                    self._child.kill()


def _send(pipe: BinaryIO | Any, content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> bytes | None:
    """The next frame; None where the other side has gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content: bytes = pipe.read(length)
    return content if len(content) == length else None


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


def _encoded(answer: Reading | Refusal) -> bytes:
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


def _decoded(frame: bytes) -> Reading | Refusal:
    answer = _DECODER.decode(frame)
    if answer.refusal is not None:
        return answer.refusal
    tables = tuple(Table(*(getattr(sheet, name) for name in _Sheet.__struct_fields__)) for sheet in answer.sheets)
    return Reading(answer.kind, tables, answer.outside, answer.has_macros, answer.has_links)


def main() -> None:
    """The child: read the limits, then answer one file after another until the parent closes the pipe."""
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Nothing that a library prints may get between the frames.
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    frame = _receive(source)
    if frame is None:
        return
    limits = msgspec.msgpack.decode(frame, type=Limits)
    _confine(limits)
    from kaohe.files.reader import read

    _send(answers, b"")
    while (data := _receive(source)) is not None:
        _alarm(limits.seconds * 2)
        try:
            answer = read(data, limits)
        except MemoryError:
            answer = Refusal("FILE-032")
        except Exception as error:
            answer = Refusal("FILE-031", type(error).__name__)
        _send(answers, _encoded(answer))
        _alarm(0)


def _confine(limits: Limits) -> None:
    """Memory as far as the system can limit it (not on Windows); the parent's Ctrl-C is not ours."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        pass  # macOS refuses a limit on address space


def _alarm(seconds: float) -> None:
    """Ends a child whose parent was killed while it was stuck in a file (the parent's own watch comes first)."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
