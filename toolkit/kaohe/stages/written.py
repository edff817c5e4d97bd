"""What the last run wrote and need not be made again: each file by a hash of all that it was made from.

The hashes stand in `reports/<assessment>/.remembered/<period>-written.json`; the bytes are those of the published folder, and only while the
file there is what its manifest promises: a document that somebody edited is made anew. Deleting the cache costs time and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from kaohe.files.disk import write_file
from kaohe.stages.engine import engine
from kaohe.stages.manifest import read
from kaohe.stages.workspace import Place, sha256


class _Made(msgspec.Struct, frozen=True):
    """`files`: hash of what a file was made from → its path below the published folder, and its SHA-256."""

    files: dict[str, tuple[str, str]] = {}


class Known(NamedTuple):
    """What is known of a file before it is made: a hash of what it is made from, and the published file (path and SHA-256) that was made of
    the same ("" = there is none)."""

    key: str
    path: str = ""
    digest: str = ""


class Written:
    """The files of the results being made."""

    def __init__(self, at: Place) -> None:
        self._report, self._cache = at.report, cache_of(at)
        manifest = read(at.report)
        self._promised = manifest.files if manifest is not None else {}
        self._before = _load(self._cache) if manifest is not None else {}
        self._now: dict[str, tuple[str, str]] = {}

    def known(self, contents: bytes) -> Known:
        """`contents`: everything that the bytes of a file depend on but the program itself."""
        found = hashlib.sha256(engine().encode())
        found.update(contents)
        key = found.hexdigest()
        path, digest = self._before.get(key, ("", ""))
        return Known(key, path, digest) if path and self._promised.get(path) == digest else Known(key)

    def note(self, path: str, known: Known, digest: str) -> None:
        """A file stands at `path` below the results, its SHA-256 is `digest`."""
        self._now[known.key] = (path, digest)

    def file(self, path: str, contents: bytes, make: Callable[[], bytes]) -> bytes:
        """The bytes of a file whose path below the results is `path`: those that were published for the same contents, else what `make`
        gives."""
        known = self.known(contents)
        data = published(self._report, known)
        if data is None:
            data = make()
        self.note(path, known, sha256(data))
        return data

    def save(self) -> None:
        """Remember what was made."""
        write_file(self._cache, msgspec.json.encode(_Made(dict(sorted(self._now.items())))))


def published(report: Path, known: Known) -> bytes | None:
    """The published bytes of a file that need not be made again; None where there are none, or they are not what was promised."""
    if not known.path:
        return None
    try:
        data = (report / known.path).read_bytes()
    except OSError:
        return None
    return data if sha256(data) == known.digest else None


def cache_of(at: Place) -> Path:
    """Where the hashes of a period stand."""
    return at.remembered / f"{at.period}-written.json"


def forget(at: Place) -> None:
    """The next run looks at every template and makes every file anew (`--full`)."""
    cache_of(at).unlink(missing_ok=True)
    passed_file(at).unlink(missing_ok=True)


def passed_file(at: Place) -> Path:
    """Where the templates stand that passed the lint (`stages.passed`)."""
    return at.remembered / "templates.json"


def _load(path: Path) -> dict[str, tuple[str, str]]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Made).files
    except (OSError, msgspec.MsgspecError):
        return {}
