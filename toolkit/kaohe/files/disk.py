"""Bytes on the disk: a file that is whole under its name at any moment, a folder that is written through before a mark is set.

A single file of its own is written by `write_file`. The many files of a working folder are laid down plainly (`put`): nobody reads them
before the folder is complete, and `sync_tree` has all of them on the disk at once before the exchange is written down.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = ".kaohe-tmp"
#: how many files are removed at a time: a disk that is told of every block that becomes free takes milliseconds for each
_REMOVERS = 8
#: a file that was changed less than this before it was hashed may change again without showing it: some file systems count in two seconds
_STILL_NS = 2 * 10**9
_Print = tuple[int, int, int, int, int]
#: SHA-256 of files that this process has hashed, by what the system says of them
_hashed: dict[_Print, bytes] = {}


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
    lay(path, lambda: path.write_bytes(data))


def lay(path: Path, how: Callable[[], object]) -> None:
    """Do what lays a file down at a path, once more after making its folder where there is none."""
    try:
        how()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        how()


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
    return {name: digest(path) for name, path in files_below(folder) if not name.endswith(UNFINISHED)}


def files_below(folder: Path) -> list[tuple[str, str]]:
    """Every file below a folder: its POSIX path there, and its path; in order of the former. Folders that are links are not entered."""
    found: list[tuple[str, str]] = []
    waiting = [(str(folder), "")]
    while waiting:
        here, above = waiting.pop()
        with suppress(FileNotFoundError), os.scandir(here) as entries:
            for each in entries:
                if each.is_dir(follow_symlinks=False):
                    waiting.append((each.path, f"{above}{each.name}/"))
                elif each.is_file():
                    found.append((f"{above}{each.name}", each.path))
    return sorted(found)


def digest(path: str | Path) -> str:
    """SHA-256 of a file. Raises OSError.

    A file is read once by a process: again only where it is another one by now (device, number, size, both times), or had been changed so
    shortly before that another change need not show.
    """
    with open(path, "rb") as file:  # noqa: PTH123
        before, now = _print(os.fstat(file.fileno())), time.time_ns()
        known = _hashed.get(before)
        if known is not None:
            return known.hex()
        found = hashlib.file_digest(file, "sha256").digest()
        after = _print(os.fstat(file.fileno()))
    if before == after and now - max(before[-2:]) > _STILL_NS:
        _hashed[before] = found
    return found.hex()


@contextmanager
def hashed_meanwhile(paths: Sequence[Path]) -> Iterator[None]:
    """Within, a thread hashes these files, as far as it comes: `digest` of one that stays as it is answers at once then. None is open after."""
    over = threading.Event()

    def hash_all() -> None:
        for path in paths:
            if over.is_set():
                return
            with suppress(OSError):
                digest(path)

    thread = threading.Thread(target=hash_all, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _print(of: os.stat_result) -> _Print:
    return of.st_dev, of.st_ino, of.st_size, of.st_mtime_ns, of.st_ctime_ns


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
        with suppress(OSError):
            _unlink_all([path for _, path in files_below(folder)])
        shutil.rmtree(folder, ignore_errors=True)


def _unlink_all(paths: list[str]) -> None:
    if len(paths) <= _REMOVERS:
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_REMOVERS) as threads:
        for _ in threads.map(_unlink, paths):
            pass


def _unlink(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108


def settle_names(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
