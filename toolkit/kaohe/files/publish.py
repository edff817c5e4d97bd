"""Getting results to where people look, so that a stop at any moment leaves the old ones or the new ones, whole.

Two sets, two marks: `run` publishes a folder by exchanging it (`publish`, mark manifest.json), `check` lays its own files into the
published folder (`commit_check`, mark check.json). Both first write down what they are about to do; `recover` finishes or undoes what
was interrupted. Only one process works on a period (`lock`). Source: reliability page, mechanisms that held; architecture page,
working folder.

    reports/<assessment>/<period>/            published
    reports/<assessment>/.staging-<period>/   being made by run
    reports/<assessment>/.swap-<period>.json  an exchange is under way
    reports/<assessment>/<period>（新成果）/    new results while the published folder cannot be moved
    reports/<assessment>/历史/<period>/<run>/  replaced runs: the last one, every sealed one, every one that somebody edited
"""

from __future__ import annotations

import json
import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kaohe.core.names import safe_name
from kaohe.files.checked import CHECKED, draft_set, drafts_of, files_of_check, free_name, is_own_of_check, lay
from kaohe.files.disk import (
    UNFINISHED,
    digest,
    draft_of,
    hash_tree,
    move,
    put,
    remove,
    settle_names,
    sync_tree,
    write_file,
)
from kaohe.files.lock import Busy, Unwritable, lock

__all__ = [
    "BESIDE",
    "CHECKED",
    "EDITED",
    "HISTORY",
    "MANIFEST",
    "Published",
    "Recovered",
    "commit_check",
    "fetch_beside",
    "hash_tree",
    "is_own_of_check",
    "publish",
    "recover",
    "sweep",
    "write_file",
]

MANIFEST, SEALED, RUN = "manifest.json", "seal.json", "run.json"
HISTORY = "历史"
#: part of the name of a replaced run that somebody had edited: it is never swept
EDITED = "（有改动）"
BESIDE = "（新成果）"


class Published(msgspec.Struct, frozen=True):
    """Where the results stand. `beside`: the old folder could not be moved (a file of it is open), so they stand under another name.
    `replaced`: where the former ones are kept, if there were any."""

    folder: Path
    beside: bool = False
    replaced: Path | None = None


class Recovered(msgspec.Struct, frozen=True):
    """What `recover` found interrupted: the period, `run` or `check`, and whether the new results stand now (else the old ones)."""

    period: str
    what: str
    finished: bool


class _Intent(msgspec.Struct, frozen=True):
    """An exchange: where the old folder goes, below 历史/<period>/ ("" = there is none)."""

    old: str = ""


def publish(home: Path, period: str, manifest: Callable[[dict[str, str]], bytes], edited: bool = False) -> Published:
    """Exchange the published folder of a period for `.staging-<period>` below `home` (reports/<assessment>). Call under `lock`.

    Check's set is carried along where the staged folder has none. `manifest` makes manifest.json from the hashes of all staged files
    but manifest.json itself, read back from the disk; it leaves out what is not to be promised. Everything is on the disk before the
    exchange is written down. `edited`: somebody changed the published files, so they are kept for good. Raises OSError; then the old results
    stand.
    """
    _finish(home, period)
    staged, public = _staged(home, period), home / period
    if not staged.is_dir():
        raise FileNotFoundError(staged)
    if not (staged / CHECKED).is_file() and (public / CHECKED).is_file():
        for name in files_of_check(public):
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(public / name, staged / name)
    (staged / MANIFEST).unlink(missing_ok=True)
    put(staged / MANIFEST, manifest(hash_tree(staged)))
    sync_tree(staged)
    old = free_name(home / HISTORY / period, _run_id(public) + (EDITED if edited else "")) if public.is_dir() else ""
    with _undisturbed():
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
    _finish(home, period)
    draft_set(home, period, files, mark)
    with _undisturbed():
        return lay(home, period)


def recover(home: Path) -> tuple[Recovered, ...]:
    """The first thing that any command does: finish or undo what was interrupted below `home` (all periods of an assessment).

    What another running process is working on is left to it, and so is everything where nothing can be written. A staged folder
    without an exchange under way is left to `run`, which resumes it or sweeps it.
    """
    if not home.is_dir():
        return ()
    periods = {path.name.removeprefix(".swap-").removesuffix(".json") for path in home.glob(".swap-*.json")}
    periods |= {path.name.removeprefix("..swap-").removesuffix(f".json{UNFINISHED}") for path in home.glob("..swap-*")}
    periods |= {path.name.removeprefix(".check-") for path in home.glob(".check-*")}
    found: list[Recovered] = []
    for period in sorted(periods):
        try:
            with lock(home, period):
                found += _finish(home, period)
        except (Busy, Unwritable):
            continue
    return tuple(found)


def sweep(home: Path, period: str) -> None:
    """Remove the staged folder and our drafts in the published one: what an interrupted run left. Call under `lock`."""
    remove(_staged(home, period))
    for path in (home / period).rglob(f".*{UNFINISHED}"):
        path.unlink(missing_ok=True)


def fetch_beside(home: Path, period: str) -> None:
    """Results that had to stand beside the published folder become the staged folder again, so that the run which made them can be
    finished; further ones, and those that somebody edited, go to 历史. Call under `lock`."""
    for beside in sorted(home.glob(f"{period}{BESIDE}*")):
        try:
            if _is_edited(beside):
                kept = home / HISTORY / period
                kept.mkdir(parents=True, exist_ok=True)
                move(beside, kept / free_name(kept, _run_id(beside) + EDITED))
            elif not _staged(home, period).exists():
                move(beside, _staged(home, period))
            else:
                remove(beside)
        except PermissionError:
            continue  # open in an office program


def _finish(home: Path, period: str) -> list[Recovered]:
    found = []
    intent, staged, public = _intent(home, period), _staged(home, period), home / period
    draft_of(intent).unlink(missing_ok=True)
    if intent.is_file():
        old = _old(intent)
        kept = home / HISTORY / period / old
        if (staged / MANIFEST).is_file():
            if public.exists() and not old:
                old = free_name(home / HISTORY / period, _run_id(public))
            found.append(Recovered(period, "run", not _exchange(home, period, old).beside))
        elif old and kept.is_dir() and not public.exists():
            move(kept, public)
            intent.unlink()
            found.append(Recovered(period, "run", False))
        else:
            # Both moves were made; only the tidying was left.
            _tidy(home, period, old)
            found.append(Recovered(period, "run", True))
    drafts = drafts_of(home, period)
    if (drafts / CHECKED).is_file():
        lay(home, period)
        found.append(Recovered(period, "check", True))
    elif drafts.exists():
        remove(drafts)
        found.append(Recovered(period, "check", False))
    return found


def _old(intent: Path) -> str:
    """Where the old folder was to go. A disk that lost the note's contents leaves the last replaced run as the likely place."""
    try:
        return msgspec.json.decode(intent.read_bytes(), type=_Intent).old
    except msgspec.MsgspecError:
        period = intent.name.removeprefix(".swap-").removesuffix(".json")
        if (intent.parent / period).exists():
            return ""
        replaced = (each for each in (intent.parent / HISTORY / period).glob("*") if (each / MANIFEST).is_file())
        last = max(replaced, key=lambda each: each.stat().st_ctime, default=None)
        return last.name if last is not None else ""


def _exchange(home: Path, period: str, old: str) -> Published:
    """The two moves, then the tidying. The intent stands on the disk."""
    staged, public, kept = _staged(home, period), home / period, home / HISTORY / period / old
    if public.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            move(public, kept)
        except PermissionError:
            beside = home / free_name(home, f"{period}{BESIDE}")
            move(staged, beside)
            _intent(home, period).unlink()
            return Published(beside, True)
        settle_names(kept.parent)
    move(staged, public)
    settle_names(home)
    _tidy(home, period, old)
    return Published(public, replaced=kept if old and kept.is_dir() else None)


def _tidy(home: Path, period: str, old: str) -> None:
    """Of the replaced runs keep the last one, every sealed one and every one that somebody edited; a folder without manifest was no run.
    Then forget the intent."""
    kept = home / HISTORY / period
    for each in sorted(kept.iterdir()) if kept.is_dir() else ():
        is_last = each.name == old and (each / MANIFEST).is_file()
        if not is_last and not (each / SEALED).is_file() and EDITED not in each.name:
            remove(each)
    _intent(home, period).unlink(missing_ok=True)


def _is_edited(folder: Path) -> bool:
    """Whether a folder is not what its manifest promises; also where that cannot be told."""
    try:
        promised = json.loads((folder / MANIFEST).read_bytes())["files"].items()
        return any(digest(folder / name) != hashed for name, hashed in promised)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return True


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C passes by: the two moves take an instant, and what was computed stands a moment later."""
    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is not None
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if ours else None
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGINT, before)


def _staged(home: Path, period: str) -> Path:
    return home / f".staging-{period}"


def _intent(home: Path, period: str) -> Path:
    return home / f".swap-{period}.json"


def _run_id(folder: Path) -> str:
    """The name under which a replaced run is kept: `run` of its run.json, else the first digits of its manifest's hash."""
    try:
        return safe_name(str(json.loads((folder / RUN).read_bytes())["run"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    try:
        return digest(folder / MANIFEST)[:12]
    except OSError:
        return "未完成"
