"""Getting results to where people look, so that a stop at any moment leaves the old ones or the new ones, whole.

Two sets, two marks: `run` publishes a folder by exchanging it (`publish`, mark manifest.json), `check` lays its own files into the
published folder (`commit_check`, mark check.json). Both first write down what they are about to do; `recover` finishes or undoes what
was interrupted. Only one process works on a period (`lock`). Source: reliability page, mechanisms that held; architecture page,
working folder.

    reports/<assessment>/<period>/            published
    reports/<assessment>/.staging-<period>/   being made by run
    reports/<assessment>/.check-<period>/     being made by check; complete when its check.json is there
    reports/<assessment>/.swap-<period>.json  an exchange is under way
    reports/<assessment>/历史/<period>/<run>/  replaced runs: the last one and every sealed one
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import msgspec

from kaohe.core.names import distinct, safe_name
from kaohe.files.lock import Busy, lock

MANIFEST, CHECKED, SEALED, RUN = "manifest.json", "check.json", "seal.json", "run.json"
HISTORY = "历史"
_OWN = ("受理清单.xlsx", "data/files.csv", "data/faults.csv", CHECKED)
_MARKED = "退回件/"
_UNFINISHED = ".kaohe-tmp"


class Published(msgspec.Struct, frozen=True):
    """Where the results stand. `beside`: the old folder could not be moved (a file of it is open), so they stand under another name."""

    folder: Path
    beside: bool = False


class Recovered(msgspec.Struct, frozen=True):
    """What `recover` found interrupted: the period, `run` or `check`, and whether the new results stand now (else the old ones)."""

    period: str
    what: str
    finished: bool


class _Intent(msgspec.Struct, frozen=True):
    """An exchange: where the old folder goes, below 历史/<period>/ ("" = there is none)."""

    old: str = ""


def is_own_of_check(path: str) -> bool:
    """Whether a path below a published folder (POSIX) belongs to check's set."""
    return path in _OWN or path.startswith(_MARKED)


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that its name always shows the old content or the new one, whole; makes its folder.

    Raises OSError (PermissionError on Windows while the file is open in an office program); then the old file is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path)
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _settle_names(path.parent)


def hash_tree(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder by its POSIX path, read from the disk, in order of the paths."""
    files = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return {name: _digest(path) for name, path in files if not name.endswith(_UNFINISHED)}


def publish(home: Path, period: str, manifest: Callable[[dict[str, str]], bytes]) -> Published:
    """Exchange the published folder of a period for `.staging-<period>` below `home` (reports/<assessment>). Call under `lock`.

    Check's set is carried along where the staged folder has none. `manifest` makes manifest.json from the hashes of all staged files
    but manifest.json itself; it leaves out what is not to be promised. Raises OSError; then the old results stand.
    """
    _finish(home, period)
    staged, public = _staged(home, period), home / period
    if not staged.is_dir():
        raise FileNotFoundError(staged)
    if not (staged / CHECKED).is_file() and (public / CHECKED).is_file():
        for name in _check_files(public):
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(public / name, staged / name)
    (staged / MANIFEST).unlink(missing_ok=True)
    write_file(staged / MANIFEST, manifest(hash_tree(staged)))
    old = _free_name(home / HISTORY / period, _run_id(public)) if public.is_dir() else ""
    write_file(_intent(home, period), msgspec.json.encode(_Intent(old)))
    return _exchange(home, period, old)


def commit_check(
    home: Path, period: str, files: Mapping[str, bytes], mark: Mapping[str, object] = {}
) -> dict[str, str]:
    """Replace check's set in the published folder. Call under `lock`.

    `files` maps paths of the set to contents; check.json is written here, from `mark` and the hashes of the files. Returns the files
    that had to be put under another name because theirs is open in an office program (path → path now). Raises ValueError for a path
    that is not of the set.
    """
    strange = [
        name for name in files if not is_own_of_check(name) or name == CHECKED or ".." in PurePosixPath(name).parts
    ]
    if strange:
        raise ValueError(f"not of check's set: {strange}")
    _finish(home, period)
    drafts = _drafts(home, period)
    _remove(drafts)
    for name, content in files.items():
        path = drafts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    text = json.dumps({**mark, "files": hashes}, ensure_ascii=False, indent=1, sort_keys=True)
    write_file(drafts / CHECKED, f"{text}\n".encode())
    return _lay(home, period)


def recover(home: Path) -> tuple[Recovered, ...]:
    """The first thing that any command does: finish or undo what was interrupted below `home` (all periods of an assessment).

    What another running process is working on is left to it. A staged folder without an exchange under way is left to `run`, which
    resumes it or sweeps it.
    """
    if not home.is_dir():
        return ()
    periods = {path.name.removeprefix(".swap-").removesuffix(".json") for path in home.glob(".swap-*.json")}
    periods |= {path.name.removeprefix("..swap-").removesuffix(f".json{_UNFINISHED}") for path in home.glob("..swap-*")}
    periods |= {path.name.removeprefix(".check-") for path in home.glob(".check-*")}
    found: list[Recovered] = []
    for period in sorted(periods):
        try:
            with lock(home, period):
                found += _finish(home, period)
        except Busy:
            continue
    return tuple(found)


def sweep(home: Path, period: str) -> None:
    """Remove the staged folder and our drafts in the published one: what an interrupted run left. Call under `lock`."""
    _remove(_staged(home, period))
    for path in (home / period).rglob(f".*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def _finish(home: Path, period: str) -> list[Recovered]:
    found = []
    intent, staged, public = _intent(home, period), _staged(home, period), home / period
    _draft(intent).unlink(missing_ok=True)
    if intent.is_file():
        old = msgspec.json.decode(intent.read_bytes(), type=_Intent).old
        kept = home / HISTORY / period / old
        if (staged / MANIFEST).is_file():
            _exchange(home, period, old)
            found.append(Recovered(period, "run", True))
        elif old and kept.is_dir() and not public.exists():
            _rename(kept, public)
            intent.unlink()
            found.append(Recovered(period, "run", False))
        else:
            # Both moves were made; only the tidying was left.
            _tidy(home, period, old)
            found.append(Recovered(period, "run", True))
    drafts = _drafts(home, period)
    if (drafts / CHECKED).is_file():
        _lay(home, period)
        found.append(Recovered(period, "check", True))
    elif drafts.exists():
        _remove(drafts)
        found.append(Recovered(period, "check", False))
    return found


def _exchange(home: Path, period: str, old: str) -> Published:
    """The two moves, then the tidying. The intent stands on the disk."""
    staged, public, kept = _staged(home, period), home / period, home / HISTORY / period / old
    if public.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            _rename(public, kept)
        except PermissionError:
            beside = home / _free_name(home, f"{period}（新成果）")
            _rename(staged, beside)
            _intent(home, period).unlink()
            return Published(beside, True)
    _rename(staged, public)
    _settle_names(home)
    _tidy(home, period, old)
    return Published(public)


def _tidy(home: Path, period: str, old: str) -> None:
    """Of the replaced runs keep the last one and every sealed one; a folder without manifest was no run. Then forget the intent."""
    kept = home / HISTORY / period
    for each in sorted(kept.iterdir()) if kept.is_dir() else ():
        is_last = each.name == old and (each / MANIFEST).is_file()
        if not is_last and not (each / SEALED).is_file():
            _remove(each)
    _intent(home, period).unlink(missing_ok=True)


def _lay(home: Path, period: str) -> dict[str, str]:
    """Move check's drafts into the published folder, remove what the set no longer holds, put the mark last. May be begun again."""
    drafts, public = _drafts(home, period), home / period
    wanted = set(json.loads((drafts / CHECKED).read_bytes())["files"])
    public.mkdir(parents=True, exist_ok=True)
    for name in sorted(set(_check_files(public)) - wanted - {CHECKED}):
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
            other = (path.parent / _free_name((public / name).parent, f"{path.stem}（新）{path.suffix}")).as_posix()
            (drafts / name).replace(public / other)
            elsewhere[name] = other
    _settle_names(public)
    _remove(drafts)
    return elsewhere


def _check_files(folder: Path) -> tuple[str, ...]:
    """The files of check's set that lie in a folder."""
    marked = (path.relative_to(folder).as_posix() for path in (folder / _MARKED).rglob("*") if path.is_file())
    return (*(name for name in _OWN if (folder / name).is_file()), *marked)


def _staged(home: Path, period: str) -> Path:
    return home / f".staging-{period}"


def _drafts(home: Path, period: str) -> Path:
    return home / f".check-{period}"


def _draft(path: Path) -> Path:
    """Where a file's new content is written first: always the same name, so that a left-over draft is overwritten."""
    return path.with_name(f".{path.name}{_UNFINISHED}")


def _intent(home: Path, period: str) -> Path:
    return home / f".swap-{period}.json"


def _run_id(folder: Path) -> str:
    """The name under which a replaced run is kept: `run` of its run.json, else the first digits of its manifest's hash."""
    try:
        return safe_name(str(json.loads((folder / RUN).read_bytes())["run"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    try:
        return _digest(folder / MANIFEST)[:12]
    except OSError:
        return "未完成"


def _free_name(folder: Path, name: str) -> str:
    return distinct(name, {path.name.casefold() for path in folder.iterdir()} if folder.is_dir() else set())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rename(source: Path, target: Path) -> None:
    """Rename; on Windows a scanner may hold a file for a moment, so it is tried for a second."""
    for _ in range(10 if os.name == "nt" else 0):
        try:
            source.rename(target)
            return
        except PermissionError:
            time.sleep(0.1)
    source.rename(target)


def _remove(folder: Path) -> None:
    """Remove a folder of ours as far as it goes; what is held open is removed the next time."""
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _settle_names(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
