"""How far the work is, and how long its parts took: told by whoever works, through a small file, to the command that shows it.

The steps of a run are done in the processes of its notebooks. What they tell goes into a file that only the command reads, and never into
an output. Where nobody looks, nothing is written.
"""

from __future__ import annotations

import atexit
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from kaohe.stages.means import given, means

Item = TypeVar("Item")
Counted = Callable[[str, int, int], None]  # what is done, how many of it, of how many

_EVERY_S, _LOOK_S = 0.1, 0.2


class _Line(msgspec.Struct, frozen=True, array_like=True):
    """`seconds` < 0: a count; else a part that ended."""

    what: str
    done: int = 0
    total: int = 0
    seconds: float = -1.0


def counted(what: str, items: Iterable[Item], total: int) -> Iterator[Item]:
    """The items, telling how many of `total` are done: at the first, now and then, and at the last."""
    told = 0.0
    for number, item in enumerate(items):
        if time.monotonic() - told > _EVERY_S:
            _tell(_Line(what, number, total))
            told = time.monotonic()
        yield item
    _tell(_Line(what, total, total))


def counting(what: str) -> Callable[[Sequence[Item]], Iterator[Item]]:
    """`counted` of whole sequences, for functions that know nothing of stages."""
    return lambda items: counted(what, items, len(items))


@contextmanager
def part(name: str) -> Iterator[None]:
    """A part of a step, whose time is told when it ends well."""
    begun = time.monotonic()
    yield
    _tell(_Line(name, seconds=time.monotonic() - begun))


def _tell(line: _Line) -> None:
    path = means().progress
    if path:
        try:
            with Path(path).open("ab") as file:
                file.write(msgspec.json.encode(line) + b"\n")
        except OSError:
            pass  # nothing depends on it


def nobody(what: str, done: int, total: int) -> None:
    """Shows nothing."""


class Watch:
    """What a command has been told so far. `parts`: seconds by part."""

    def __init__(self, show: Counted) -> None:
        self.parts: dict[str, float] = {}
        self._show, self._path = show, Path(_file())
        self._place = self._path.stat().st_size
        self._rest = b""
        self._over = threading.Event()
        self._turn = threading.Lock()

    def look(self) -> None:
        """Show what was told since the last time."""
        with self._turn:
            self._look()

    def _look(self) -> None:
        with self._path.open("rb") as file:
            file.seek(self._place)
            new = file.read()
        self._place += len(new)
        *lines, self._rest = (self._rest + new).split(b"\n")
        last: dict[str, _Line] = {}
        for text in lines:
            line = msgspec.json.decode(text, type=_Line)
            if line.seconds >= 0:
                self.parts[line.what] = round(self.parts.get(line.what, 0.0) + line.seconds, 2)
            else:
                last[line.what] = line
        for line in last.values():
            self._show(line.what, line.done, line.total)

    def take_parts(self) -> dict[str, float]:
        """The seconds by part since the last call."""
        with self._turn:
            self._look()
            taken, self.parts = self.parts, {}
        return taken

    def _run(self) -> None:
        while not self._over.wait(_LOOK_S):
            self.look()


@contextmanager
def watching(show: Counted = nobody) -> Iterator[Watch]:
    """Within, what this process and those that it starts tell of their work is shown, from a thread of its own."""
    watch = Watch(show)
    thread = threading.Thread(target=watch._run, daemon=True)
    with given(msgspec.structs.replace(means(), progress=_file())):
        thread.start()
        try:
            yield watch
        finally:
            watch._over.set()
            thread.join()
            watch.look()


@cache
def _file() -> str:
    """One file for the life of this process: a notebook's process that is kept for another period goes on telling there."""
    handle, path = tempfile.mkstemp(prefix="kaohe-progress-")
    os.close(handle)
    atexit.register(lambda: Path(path).unlink(missing_ok=True))
    return path
