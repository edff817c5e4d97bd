"""The manifest: made from the context and the staged files, read back only when it still tells the truth."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from kaohe import __version__
from kaohe.files.disk import digest
from kaohe.files.limits import DEFAULTS
from kaohe.records.people import Roster
from kaohe.records.run import Context, Manifest
from kaohe.records.scheme import PeriodRow, Scheme
from kaohe.scheme.settings import in_force
from kaohe.stages.purged import PURGE, purge_of
from kaohe.stages.resources import resource, share
from kaohe.stages.workspace import (
    ROSTER,
    SCHEME,
    TEAMS,
    NotReady,
    Place,
    is_litter,
    is_plain_file,
    one,
    periods_of,
    precedes,
    returned_files,
    sha256,
    size_of,
)

MANIFEST = "manifest.json"
OUTCOME, LEDGER = "store/outcome.jsonl", "store/ledger.jsonl"
SEAL = "seal.json"
NOTEBOOKS = ("1_collect.ipynb", "2_evaluate.ipynb", "3_publish.ipynb")
#: what the manifest does not hold: itself, the record of the run, the seal, and what `check` owns
FREE = frozenset(
    {MANIFEST, "run.json", "run.log", SEAL, PURGE, "check.json", "受理清单.xlsx", "data/files.csv", "data/faults.csv"}
)


def is_free(path: str) -> bool:
    """Whether a published path stands outside the manifest."""
    return path in FREE or path.startswith("退回件/")


def read(report: Path) -> Manifest | None:
    """The manifest of a published folder; None where it is absent or no manifest."""
    try:
        return msgspec.json.decode((report / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


def damage(report: Path, manifest: Manifest, below: str = "") -> tuple[str, ...]:
    """Paths whose file is absent or differs from its hash; only those below a folder (`store/`) when it is named. What was purged is absent
    by right."""
    found = []
    record = purge_of(report)
    gone = record.outputs if record is not None else {}
    for path, promised in manifest.files.items():
        if not path.startswith(below) or (gone.get(path) == promised and not (report / path).exists()):
            continue
        try:
            same = digest(report / path) == promised
        except OSError:
            same = False
        if not same:
            found.append(path)
    return tuple(found)


def earlier_periods(at: Place) -> tuple[Place, ...]:
    """The periods that ended before this one and have returned forms, or results without any, in order of time."""
    found = (at.at(name) for name in periods_of(at.root, at.assessment))
    return tuple(each for each in found if precedes(each.when, at.when) and (_has_returns(each) or read(each.report)))


def _has_returns(at: Place) -> bool:
    return any(True for _ in returned_files(at))


def valid(at: Place) -> Manifest | None:
    """The manifest of a period whose store is whole; None otherwise (damaged results are never read as results)."""
    manifest = read(at.report)
    if manifest is None or manifest.period != at.period or damage(at.report, manifest, "store/"):
        return None
    return manifest


def inputs_of(at: Place, scheme: Scheme | None, returned: Mapping[str, str] | None = None) -> dict[str, str]:
    """Hash of everything this period is computed from: frozen scheme, roster and teams, what came back, templates, notebooks. `returned`: as
    for `own_inputs`."""
    found = own_inputs(at, returned)
    for document in scheme.documents if scheme else ():
        found[f"templates/word/{document.template}"] = _hash(at.root, f"word/{document.template}")
    for page in sorted((share("templates") / "html").rglob("*")):
        if page.is_file():
            name = page.relative_to(share("templates")).as_posix()
            found[f"templates/{name}"] = _hash(at.root, name)
    for name in NOTEBOOKS:
        found[f"notebooks/{name}"] = sha256(resource(at.root, "notebooks", name).read_bytes())
    return found


def own_inputs(at: Place, returned: Mapping[str, str] | None = None) -> dict[str, str]:
    """Hash of the period's own inputs: frozen scheme, roster and teams, and what came back; ballots that were purged as they were.
    `returned`: what came back (path below 回收 → SHA-256), where somebody has hashed it already."""
    record = purge_of(at.report)
    gone = record.inputs if record is not None else {}
    found = {f"{at.period}/回收/{name}": digest for name, digest in gone.items()}
    for name in (SCHEME, ROSTER, TEAMS):
        path = at.folder / name
        if path.is_file():
            found[f"{at.period}/{name}"] = sha256(path.read_bytes())
    if returned is None:
        files = returned_files(at)
        returned = {name: _digest(path) for name, path in files if is_plain_file(path) and not is_litter(name)}
    found |= {f"{at.period}/回收/{name}": digest for name, digest in returned.items()}
    return found


def kept_scheme(at: Place, manifest: Manifest) -> Scheme | None:
    """The frozen scheme as the results keep it, so that no workbook need be read; None where its workbook has changed since, or the kept
    one is damaged."""
    path = at.folder / SCHEME
    same = path.is_file() and manifest.inputs.get(f"{at.period}/{SCHEME}") == sha256(path.read_bytes())
    return one(at.report, "scheme", Scheme) if same and not damage(at.report, manifest, "store/scheme") else None


def has_changed(at: Place, manifest: Manifest) -> bool:
    """Whether scheme, roster or returned forms of a period differ from those that its results were computed from."""
    then = {name: digest for name, digest in manifest.inputs.items() if name.startswith(f"{at.period}/")}
    return own_inputs(at) != then


def _hash(root: Path, name: str) -> str:
    return _digest(resource(root, "templates", name))


def _digest(path: Path) -> str:
    """ "" for a file that is absent, cannot be read or is too large to be read: the step that needs it says so."""
    try:
        return digest(path) if size_of(path) <= DEFAULTS.file else ""
    except OSError:
        return ""


def context(
    at: Place,
    scheme: Scheme,
    as_of: str = "",
    others: Iterable[Place] = (),
    reason: str = "",
    returned: Mapping[str, str] | None = None,
) -> Context:
    """The context of a run. `as_of` (ISO) outranks the 基准日 of the scheme and is kept by reruns, and so is `reason`; `others`: results of
    other schemes; `returned`: as for `own_inputs`.

    Raises NotReady where the scheme's sheet 期次 has no row for the period.
    """
    row = scheme.period_row(at.period)
    if row is None:
        raise NotReady(f"方案“期次”表里没有 {at.period}。请补上这一期的起止日期后，重新下发或改本期冻结的方案。")
    last = read(at.report)
    asked = as_of or (last.asked if last else "")
    reason = reason or (last.reason if last else "")
    row = msgspec.structs.replace(row, as_of=asked or row.reference_date)
    inputs = inputs_of(at, scheme, returned)
    before = read_before(at)
    earlier = {each.at.period: sha256((each.at.report / MANIFEST).read_bytes()) for each in before.periods}
    contents = {each.at.period: each.content for each in before.periods}
    sealed = tuple(each.at.period for each in before.periods if is_sealed(each.at))
    read_too = {f"{each.assessment}/{each.period}": sha256((each.report / MANIFEST).read_bytes()) for each in others}
    known = [inputs, contents, sealed, before.unusable, before.changed, read_too, row.as_of, reason, __version__]
    mark = sha256(json.dumps(known, ensure_ascii=False, sort_keys=True).encode())[:12]
    return Context(
        at.assessment,
        at.period,
        row,
        inputs,
        earlier,
        sealed,
        __version__,
        mark,
        read_too,
        contents,
        before.unusable,
        before.changed,
        reason,
        asked,
    )


class Read(NamedTuple):
    """An earlier period that is read: where it lies, and a hash of what is read of it."""

    at: Place
    content: str


class Before(NamedTuple):
    """The earlier periods that a period reads, in order of time; those that it cannot read; those that are older than their own forms."""

    periods: tuple[Read, ...]
    unusable: tuple[str, ...]
    changed: tuple[str, ...]


def read_before(at: Place) -> Before:
    """What a period reads: results of its own clock (上期, 连续, comparison) and of the lower clocks' periods within it (历史期次, 期次数), and
    the ledger that the last period of any clock left. A period of another kind is not read, so its correction changes nothing here."""
    found = [(each, valid(each)) for each in earlier_periods(at)]
    whole = [(each, manifest) for each, manifest in found if manifest is not None]
    last = whole[-1][0].period if whole else ""
    periods, changed = [], []
    for each, manifest in whole:
        if each.period != last and not _is_read(each, at):
            continue
        names = [OUTCOME] if each.period != last else [OUTCOME, LEDGER]
        text = json.dumps([manifest.files.get(name, "") for name in names])
        periods.append(Read(each, sha256(text.encode())))
        if has_changed(each, manifest):
            changed.append(each.period)
    unusable = tuple(each.period for each, manifest in found if manifest is None and _is_read(each, at))
    return Before(tuple(periods), unusable, tuple(changed))


def _is_read(earlier: Place, at: Place) -> bool:
    return earlier.when.clock == at.when.clock or earlier.when.within(at.when)


def later_stale(at: Place) -> tuple[str, ...]:
    """Periods whose results read this one as it was before, in order of time."""
    found = []
    for name in periods_of(at.root, at.assessment):
        each = at.at(name)
        manifest = read(each.report) if precedes(at.when, each.when) else None
        if manifest is None or at.period not in manifest.read:
            continue
        now = {known.at.period: known.content for known in read_before(each).periods}
        if now.get(at.period) != manifest.read[at.period]:
            found.append(name)
    return tuple(found)


def is_sealed(at: Place) -> bool:
    """Whether a period's published results are archived (归档)."""
    return (at.report / SEAL).is_file()


def make(context: Context, scheme: Scheme, files: dict[str, str]) -> bytes:
    """manifest.json for the staged files (path → SHA-256)."""
    manifest = Manifest(
        context.assessment,
        context.period,
        scheme.fingerprint,
        {name: value for name, value, _ in in_force(scheme.settings)},
        context.row.as_of,
        context.mark,
        context.tool,
        context.inputs,
        context.earlier,
        {path: digest for path, digest in sorted(files.items()) if not is_free(path)},
        context.others,
        context.read,
        context.sealed,
        context.reason,
        context.asked,
    )
    return json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def frozen(at: Place) -> tuple[Path, Path]:
    """The period's own scheme and roster. Raises NotReady where nothing was issued yet."""
    scheme, roster = at.folder / SCHEME, at.folder / ROSTER
    if not scheme.is_file() or not roster.is_file():
        raise NotReady(f"{at.period} 还没有下发填报表。请先运行 kaohe issue {at.assessment} {at.period}。")
    return scheme, roster


def in_office(roster: Roster, row: PeriodRow) -> Roster:
    """The roster as it stands at the period's end: persons whose time of office does not touch the period are left out."""
    kept = tuple(
        person
        for person in roster.persons
        if not (person.until and person.until < row.start) and not (person.since and person.since > row.end)
    )
    return msgspec.structs.replace(roster, persons=kept)
