"""Check's own set in a published folder: replaced file by file, without touching what a run wrote, its mark check.json last.

    reports/<assessment>/.check-<period>/     being made by check

The set is complete when its check.json is there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from kaohe.core.names import distinct
from kaohe.files.disk import put, remove, settle_names, sync_tree, write_file

CHECKED = "check.json"
_OWN = ("受理清单.xlsx", "data/files.csv", "data/faults.csv", CHECKED)
_MARKED = "退回件/"


def is_own_of_check(path: str) -> bool:
    """Whether a path below a published folder (POSIX) belongs to check's set."""
    return path in _OWN or path.startswith(_MARKED)


def files_of_check(folder: Path) -> tuple[str, ...]:
    """The files of check's set that lie in a folder."""
    marked = (path.relative_to(folder).as_posix() for path in (folder / _MARKED).rglob("*") if path.is_file())
    return (*(name for name in _OWN if (folder / name).is_file()), *marked)


def drafts_of(home: Path, period: str) -> Path:
    """Where check makes its set before it is laid into the published folder."""
    return home / f".check-{period}"


def draft_set(home: Path, period: str, files: Mapping[str, bytes], mark: Mapping[str, object]) -> None:
    """Make the set beside the published folder: complete, and on the disk, once its check.json is there. Raises ValueError for a path that
    is not of the set."""
    strange = [
        name for name in files if not is_own_of_check(name) or name == CHECKED or ".." in PurePosixPath(name).parts
    ]
    if strange:
        raise ValueError(f"not of check's set: {strange}")
    drafts = drafts_of(home, period)
    remove(drafts)
    drafts.mkdir(parents=True)
    for name, content in files.items():
        put(drafts / name, content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    text = json.dumps({**mark, "files": hashes}, ensure_ascii=False, indent=1, sort_keys=True)
    sync_tree(drafts)
    write_file(drafts / CHECKED, f"{text}\n".encode())


def lay(home: Path, period: str) -> dict[str, str]:
    """Move check's drafts into the published folder, remove what the set no longer holds, put the mark last. May be begun again. Returns
    the files that had to be put under another name because theirs is open in an office program (path → path now)."""
    drafts, public = drafts_of(home, period), home / period
    wanted = set(json.loads((drafts / CHECKED).read_bytes())["files"])
    public.mkdir(parents=True, exist_ok=True)
    for name in sorted(set(files_of_check(public)) - wanted - {CHECKED}):
        try:
            (public / name).unlink()
        except PermissionError:
            continue  # open in an office program: an old marked copy stays until the next time
    elsewhere = {}
    for name in (*sorted(wanted), CHECKED):
        if not (drafts / name).is_file():
            continue  # moved before the interruption
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            (drafts / name).replace(public / name)
        except PermissionError:
            path = PurePosixPath(name)
            other = (path.parent / free_name((public / name).parent, f"{path.stem}（新）{path.suffix}")).as_posix()
            (drafts / name).replace(public / other)
            elsewhere[name] = other
    settle_names(public)
    remove(drafts)
    return elsewhere


def free_name(folder: Path, name: str) -> str:
    """The name, or the next one like it that nothing in the folder bears."""
    return distinct(name, {path.name.casefold() for path in folder.iterdir()} if folder.is_dir() else set())
