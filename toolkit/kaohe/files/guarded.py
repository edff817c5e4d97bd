"""Work on strangers' bytes in a child process that may die alone: `Guarded` starts it, watches it, and blames the file in hand when it dies.

A plain `subprocess`, because multiprocessing is refused inside Dask workers. Both sides speak in frames: eight bytes of length, then the
content. To the child: the limits, what it must know beforehand, then for each file the frames of one question; back: one frame of answer.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import msgspec

from kaohe.files.limits import DEFAULTS, Limits
from kaohe.records.tables import Refusal

_LENGTH = struct.Struct("<Q")
_LOOK_S = 0.1
_START_S = 60.0
_MOURN_S = 1.0


class Guarded:
    """A context manager that owns one child process, which runs `main` of a module. One for each thread; `ask` never raises for anything a
    file does.

    The child is started anew after `limits.recycle` files, after `limits.seconds` with one file, and after its death.
    """

    module = ""

    def __init__(self, limits: Limits = DEFAULTS) -> None:
        self._limits = limits
        self._known = b""  # what the child must know before the first file
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._is_late = self._is_ready = False
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        self._closed.clear()
        threading.Thread(target=self._watch, daemon=True).start()
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; whoever waits for its answer in another thread gets a Refusal."""
        self._closed.set()
        self._stop()

    def ask(self, *frames: bytes) -> bytes | Refusal:
        """The child's answer to one file. FILE-002 for one that is too large (the last frame), FILE-030 for one that takes too long,
        FILE-031 for one that kills the child.

        Raises RuntimeError where no child can be started (a broken installation), or after `close`.
        """
        if len(frames[-1]) > self._limits.file:
            return Refusal("FILE-002", f"{len(frames[-1]) / 1024 / 1024:.0f} MB")
        if self._files >= self._limits.recycle:
            self._stop()
        for _ in range(2):
            child, frame, is_sent = self._ready(), None, False
            self._wait_until(self._limits.seconds)
            try:
                for each in frames:
                    send(child.stdin, each)
                is_sent = True
                frame = receive(child.stdout)
            except (OSError, ValueError):
                pass  # it has gone, which the missing answer tells
            except BaseException:
                self._stop()  # interrupted: its answer must not be taken for that of the next file
                raise
            is_late = self._wait_until(None)
            if frame is not None:
                self._files += 1
                return frame
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
            [sys.executable, "-P", "-c", f"from {self.module} import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
        self._child, self._files, self._is_ready = child, 0, False
        return child

    def _ready(self) -> subprocess.Popen[bytes]:
        """A child that has said it is there. Kept apart from starting it, so that it starts while the caller does other things."""
        if self._closed.is_set():
            raise RuntimeError("closed")
        child = self._child or self._start()
        if not self._is_ready:
            self._wait_until(_START_S)
            try:
                send(child.stdin, msgspec.msgpack.encode(self._limits))
                send(child.stdin, self._known)
                self._is_ready = receive(child.stdout) is not None
            except (OSError, ValueError):
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


def send(pipe: BinaryIO | Any, content: bytes) -> None:
    """One frame."""
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def receive(pipe: BinaryIO | Any) -> bytes | None:
    """The next frame; None where the other side has gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content: bytes = pipe.read(length)
    return content if len(content) == length else None


Answer = Callable[..., bytes]


def serve(frames: int, prepare: Callable[[bytes, Limits], Answer], refused: Callable[[Refusal], bytes]) -> None:
    """The child: answers one file after another until the parent closes the pipe. `prepare` takes what must be known beforehand and gives
    the function that answers a question of so many frames; what it raises becomes an answer made by `refused`: FILE-032 where memory is
    short, FILE-031 with the name of anything else."""
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Nothing that a library prints may get between the frames.
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    first, known = receive(source), receive(source)
    if first is None or known is None:
        return
    limits = msgspec.msgpack.decode(first, type=Limits)
    _confine(limits)
    threading.Thread(target=_mourn, args=(os.getppid(),), daemon=True).start()
    answer = prepare(known, limits)
    send(answers, b"")
    while True:
        asked = [receive(source) for _ in range(frames)]
        if asked[-1] is None:
            return
        _alarm(limits.seconds * 2)
        try:
            said = answer(*asked)
        except MemoryError:
            said = refused(Refusal("FILE-032"))
        except Exception as error:
            said = refused(Refusal("FILE-031", type(error).__name__))
        send(answers, said)
        _alarm(0)


def _mourn(parent: int) -> None:
    """Ends a child in the middle of a file when its parent was killed (on POSIX systems, which then give it another one)."""
    while os.getppid() == parent:
        time.sleep(_MOURN_S)
    os._exit(0)


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
