"""An interrupted run is gone on with: which of its steps are done, and whether they are what a run from nothing would give now.

Once a step is done the hashes of the whole working folder as it left it are written down in `reports/<assessment>/.progress-<period>.json`,
with a key over all that the steps depend on. A later run of the same key takes the steps whose files are still what was written down, sweeps
everything else, and executes the rest: each step is a function of the key and of the files before it, so the outcome is the same byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kaohe.files.disk import digest, hash_tree, write_file
from kaohe.files.publish import HISTORY
from kaohe.records.run import Context
from kaohe.stages.engine import engine
from kaohe.stages.manifest import MANIFEST, SEAL
from kaohe.stages.purged import PURGE
from kaohe.stages.workspace import Place, periods_of, sha256


class Step(msgspec.Struct, frozen=True):
    """A step that is done: the working folder as it left it (path → SHA-256), and how long it took."""

    name: str
    seconds: float
    files: dict[str, str]


class _Progress(msgspec.Struct, frozen=True):
    key: str
    steps: tuple[Step, ...] = ()


def key_of(at: Place, now: Context) -> str:
    """SHA-256 over what the steps of a run depend on: the context, the program, and what is published: numbers that were given, what was told
    and archived before, the last check."""
    published = periods_of(at.root, at.assessment)
    around = [
        (path.relative_to(at.reports).as_posix(), digest(path))
        for folder in (*(at.at(name).report for name in published), *sorted(at.reports.glob(f"{HISTORY}/*/*")))
        for path in (folder / MANIFEST, folder / SEAL, folder / PURGE)
        if path.is_file()
    ]
    checked = at.report / "check.json"
    last = digest(checked) if checked.is_file() else ""
    return sha256(json.dumps([now.mark, engine(), around, last]).encode())


def steps_done(at: Place, key: str, names: Sequence[str]) -> tuple[Step, ...]:
    """The first steps of `names` that need not be executed again. Nothing is changed."""
    try:
        known = msgspec.json.decode(_path(at).read_bytes(), type=_Progress)
    except (OSError, msgspec.MsgspecError):
        return ()
    if known.key != key or not at.staging.is_dir():
        return ()
    found = hash_tree(at.staging)
    for count in range(len(known.steps), 0, -1):
        steps = known.steps[:count]
        in_order = [each.name for each in steps] == list(names[:count])
        if in_order and all(found.get(path) == hashed for path, hashed in steps[-1].files.items()):
            return steps
    return ()


def clear_rest(at: Place, steps: Sequence[Step]) -> None:
    """Remove what stands in the working folder beside the files of these steps."""
    wanted = steps[-1].files
    for path in sorted(at.staging.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(at.staging).as_posix() not in wanted:
            path.unlink()


def record(at: Place, key: str, before: Sequence[Step], done: Step) -> tuple[Step, ...]:
    """Write down that a step is done, after those `before`; all of them."""
    steps = (*before, done)
    write_file(_path(at), msgspec.json.encode(_Progress(key, steps)))
    return steps


def forget_steps(at: Place) -> None:
    """The next run begins from nothing, or from what is in the working folder by then."""
    _path(at).unlink(missing_ok=True)


def _path(at: Place) -> Path:
    return at.reports / f".progress-{at.period}.json"
