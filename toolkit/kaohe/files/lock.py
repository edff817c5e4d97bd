"""Whether a run may begin in a reports folder: one process per period, a folder that can be written, room on the disk."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec


class Holder(msgspec.Struct, frozen=True):
    """Who works on the period: host name, process id, start (ISO, local time). Blank where it is not known."""

    host: str = ""
    pid: int = 0
    started: str = ""


class Busy(Exception):
    """Another process works on this period; `holder` says who."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder)
        self.holder = holder


class NoRoom(Exception):
    """The disk has `free` bytes left, `needed` are wanted."""

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(needed, free)
        self.needed, self.free = needed, free


class Unwritable(Exception):
    """Nothing can be written into `folder`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


@contextmanager
def lock(home: Path, period: str, wait: float = 0) -> Iterator[None]:
    """Hold the period of an assessment (`home` = reports/<assessment>) as long as the block runs; the system frees it when we die.

    A thread that holds it may ask again (`recover` inside a run). Raises Busy at once, or after `wait` seconds, where another process or
    thread holds it, Unwritable where no lock can be made.
    """
    from filelock import FileLock, Timeout

    told = home / f".lock-{period}.json"
    try:
        home.mkdir(parents=True, exist_ok=True)
        held = FileLock(home / f".lock-{period}", timeout=0, is_singleton=True)
        held.acquire(timeout=wait)
    except Timeout:
        raise Busy(_holder(told)) from None
    except OSError:
        raise Unwritable(home) from None
    try:
        # Beside the lock, because Windows lets nobody read a locked file.
        me = Holder(socket.gethostname(), os.getpid(), datetime.now().isoformat(sep=" ", timespec="seconds"))
        told.write_bytes(msgspec.json.encode(me))
        yield
    finally:
        if held.lock_counter == 1:
            told.unlink(missing_ok=True)
        held.release()


def prepare(home: Path, needed: int) -> None:
    """Make the folder and try it out. Raises Unwritable, or NoRoom where fewer than `needed` bytes are free."""
    probe = home / f".probe-{os.getpid()}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"\0")
        probe.unlink()
    except OSError:
        raise Unwritable(home) from None
    free = shutil.disk_usage(home).free
    if free < needed:
        raise NoRoom(needed, free)


def _holder(told: Path) -> Holder:
    try:
        return msgspec.json.decode(told.read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        return Holder()
