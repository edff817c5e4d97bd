"""Bytes on the disk: a file that is whole under its name at any moment, a folder that is written through before a mark is set.

A single file of its own is written by `write_file`. The many files of a working folder are laid down plainly (`put`): nobody reads them
before the folder is complete, and `sync_tree` has all of them on the disk at once before the exchange is written down.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

UNFINISHED = ".kaohe-tmp"


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that its name always shows the old content or the new one, whole; makes its folder.

    Raises OSError (PermissionError on Windows while the file is open in an office program); then the old file is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(path)
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    settle_names(path.parent)


def put(path: Path, data: bytes) -> None:
    """A file of a working folder; makes its folder. Not safe by itself: `sync_tree` comes before anybody relies on it."""
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def put_all(path: Path, pieces: Iterable[bytes]) -> None:
    """`put` for a file that comes piece by piece."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(pieces)


def sync_tree(folder: Path) -> None:
    """Have everything below a folder on the disk, names included. One call for the whole file system where there is one (Linux), else file
    by file. Raises OSError where the disk did not take it."""
    if not _sync_system(folder):
        for path in folder.rglob("*"):
            if path.is_file():
                with path.open("rb+") as file:
                    os.fsync(file.fileno())
            else:
                settle_names(path)
    settle_names(folder)


def _sync_system(folder: Path) -> bool:
    """syncfs(2); False where the system has none."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if call is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)
    return True


def hash_tree(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder by its POSIX path, read from the disk, in order of the paths."""
    files = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return {name: digest(path) for name, path in files if not name.endswith(UNFINISHED)}


def digest(path: Path) -> str:
    """SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def draft_of(path: Path) -> Path:
    """Where a file's new content is written first: always the same name, so that a left-over draft is overwritten."""
    return path.with_name(f".{path.name}{UNFINISHED}")


def move(source: Path, target: Path) -> None:
    """Rename; on Windows a scanner may hold a file for a moment, so it is tried for a second."""
    for _ in range(10 if os.name == "nt" else 0):
        try:
            source.rename(target)
            return
        except PermissionError:
            time.sleep(0.1)
    source.rename(target)


def remove(folder: Path) -> None:
    """Remove a folder of ours as far as it goes; what is held open is removed the next time."""
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def settle_names(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
