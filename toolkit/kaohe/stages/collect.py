"""First step: read and check everything that came back; leave the acceptance list, marked copies and the store."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from kaohe.core.cells import Source
from kaohe.core.faults import Fault, verdict_of, withholds
from kaohe.core.names import distinct, safe_name
from kaohe.core.sentences import fault, say
from kaohe.documents.acceptance_book import book as acceptance_book
from kaohe.documents.tables import check_tables
from kaohe.files.child import Reader
from kaohe.files.publish import write_file
from kaohe.files.reader import remarks
from kaohe.files.xlsx import write
from kaohe.forms.marked import marked_book
from kaohe.forms.receive import Received, Receiver, receive
from kaohe.records.edition import FileRow
from kaohe.records.people import Roster
from kaohe.records.run import Context
from kaohe.records.tables import Reading, Refusal
from kaohe.stages.collection import Collection
from kaohe.stages.gathering import Used, copies_due, hints, missing_units, shared_of, submissions_of
from kaohe.stages.issue import plans, register_of, rules, unit_forms
from kaohe.stages.manifest import context as make_context
from kaohe.stages.manifest import frozen, in_office
from kaohe.stages.others import others_of
from kaohe.stages.pool import run_batches
from kaohe.stages.tidy import csv_of
from kaohe.stages.workspace import ASIDE, Place, keep, returned_files, sha256, write_json

ACCEPTANCE, MARKED, CHECK = "受理清单.xlsx", "退回件", "check.json"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".et", ".xltx", ".ett", ".csv", ".zip", ".rar", ".7z", ".htm", ".html")
_LITTER = ("~$", ".~", "._", ".DS_Store", "Thumbs.db", "desktop.ini")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".pdf", ".doc", ".docx", ".wps", ".mp4")


class Item(msgspec.Struct, frozen=True):
    """One file with what became of it."""

    file: str
    sha256: str
    received: Received | None
    reading: Reading | None
    faults: tuple[Fault, ...]
    ignored: str = ""


def collect(at: Place, as_of: str = "", workers: int | None = None) -> Collection:
    """Collect a period into its working folder: check's own set and the store.

    Raises NotReady where nothing was issued or the frozen scheme or roster cannot be used.
    """
    found, items = gather(at, as_of, workers)
    return _write(at.staging, found, items)


def gather(at: Place, as_of: str = "", workers: int | None = None) -> tuple[Collection, list[Item]]:
    """Read, settle and gather a period's files; nothing is written. Raises NotReady like `collect`."""
    frozen(at)
    scheme, roster, rule_faults = rules(at)
    context = make_context(at, scheme, as_of, others_of(at, scheme))
    roster = in_office(roster, context.row)
    receiver = Receiver(scheme, roster, at.when, plans(scheme, at.when), register_of(at))
    items = _settle(_read(at, receiver, workers), roster)
    return _gather(at, receiver, context, items, rule_faults), items


def _read(at: Place, receiver: Receiver, workers: int | None) -> list[Item]:
    def batch(files: Sequence[tuple[str, Path]]) -> Iterable[Item]:
        with Reader() as reader:
            return [_one(name, path, reader, receiver) for name, path in files]

    return run_batches(list(returned_files(at)), batch, workers)


def _one(name: str, path: Path, reader: Reader, receiver: Receiver) -> Item:
    ignored = _ignored(name, path)
    if ignored:
        return Item(name, "", None, None, (), ignored)
    data = _content(path)
    if isinstance(data, str):
        return Item(name, "", None, None, (fault(data, Source(name)),))
    reading = reader.read(data)
    if isinstance(reading, Refusal):
        return Item(name, sha256(data), None, None, (fault(reading.code, Source(name), reading.found),))
    received = receive(receiver, reading, name)
    about = remarks(reading, name) if received.form_code else ()
    return Item(name, sha256(data), received, reading, (*about, *received.faults))


def _content(path: Path) -> bytes | str:
    """The bytes of a file, or the code of the fault that kept us from them. Half a file is never read for a whole one."""
    try:
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
    except FileNotFoundError:
        return "FILE-035"
    except PermissionError:
        return "FILE-034"
    except OSError:
        return "COLLECT-003"
    sizes, times = {before.st_size, len(data), after.st_size}, {before.st_mtime_ns, after.st_mtime_ns}
    return data if len(sizes) == len(times) == 1 else "FILE-036"


def _ignored(name: str, path: Path) -> str:
    """Why a file is no input, "" when it may be one."""
    last = name.rsplit("/", 1)[-1]
    if name.split("/")[0] == ASIDE:
        return "已移到“不采用”"
    if path.is_symlink() or not path.is_file():
        return "不是普通文件"
    if last.startswith(_LITTER) or last.endswith((".tmp", "#")):
        return "系统或办公软件的临时文件"
    suffix = path.suffix.lower()
    if suffix in _PICTURES:
        return "图片或文档不是填报表；佐证请写文号或存放处"
    if suffix not in WORKBOOKS:
        return "不是填报表"
    return ""


def _settle(items: list[Item], roster: Roster) -> list[Item]:
    """Several files of one object, or copy, and form: identical bytes count once, different ones are all doubtful; 不参评 is not used."""
    groups: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        received = item.received
        if received is not None and received.form_code:
            groups.setdefault((received.form_code, received.object_code, received.copy), []).append(item)
    replaced: dict[str, Item] = {}
    for (_, unit, _), group in groups.items():
        known = roster.unit(unit)
        if known is not None and known.standing == "不参评":
            for item in group:
                extra = fault("COLLECT-004", Source(item.file), known.name, unit)
                replaced[item.file] = msgspec.structs.replace(item, received=None, faults=(extra,))
            continue
        if len({item.sha256 for item in group}) > 1:
            files = "、".join(item.file for item in group)
            for item in group:
                extra = fault("COLLECT-001", Source(item.file), "", unit, count=len(group), files=files)
                replaced[item.file] = msgspec.structs.replace(item, faults=(*item.faults, extra))
        else:
            for item in group[1:]:
                note = f"与“{group[0].file}”完全相同，只用一份"
                replaced[item.file] = Item(item.file, item.sha256, None, None, (), note)
    return [replaced.get(item.file, item) for item in items]


def _gather(
    at: Place, receiver: Receiver, context: Context, items: list[Item], rule_faults: tuple[Fault, ...]
) -> Collection:
    """Every file with its verdict, and what those that were not refused amount to."""
    rows: list[FileRow] = []
    used: list[Used] = []
    for item in items:
        received = item.received
        if item.ignored:
            rows.append(FileRow(item.file, "忽略", "", item.ignored, item.sha256))
            continue
        verdict = verdict_of(item.faults)
        unit = received.object_code if received is not None and verdict != "拒收" else ""
        words = dict.fromkeys(say(each) for each in item.faults if each.effect == verdict)
        about = [f"公用表 {received.plan.label}"] if received is not None and received.plan is not None else []
        note = "；".join((*about, *words))[:200]
        rows.append(FileRow(item.file, verdict, unit, note, item.sha256))
        if received is not None and verdict != "拒收":
            used.append((received, item.faults))
    faults = (
        *(each for each in rule_faults if each.effect == "提示"),
        *(each for item in items for each in item.faults),
        *hints(receiver, used),
    )
    return Collection(
        receiver.scheme,
        receiver.roster,
        context,
        tuple(rows),
        faults,
        submissions_of(receiver, used),
        tuple(each for received, _ in used for each in received.openings),
        missing_units(receiver, used),
        (),
        _mended(at, faults),
        shared_of(receiver, used),
        copies_due(receiver, used),
    )


def _mended(at: Place, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """What the last check named and this one does not."""
    path = at.report / CHECK
    try:
        before = msgspec.json.decode(path.read_bytes(), type=_LastCheck)
    except (OSError, msgspec.MsgspecError):
        return ()
    now = {_identity(each) for each in faults}
    return tuple(each for each in before.open if _identity(each) not in now)


class _LastCheck(msgspec.Struct, frozen=True):
    """What is read of check.json: the faults that waited for a correction."""

    open: tuple[Fault, ...] = ()


def _identity(each: Fault) -> tuple[str, str, str, str]:
    return each.object_code, each.code, each.source.sheet, each.source.cell


def _write(folder: Path, found: Collection, items: list[Item]) -> Collection:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    keep(folder, "scheme", [found.scheme])
    keep(folder, "roster", [found.roster])
    keep(folder, "context", [found.context])
    keep(folder, "submissions", found.submissions)
    keep(folder, "shared", [found.shared])
    keep(folder, "openings", found.openings)
    keep(folder, "files", found.files)
    keep(folder, "faults", found.faults)
    files = check_files(found, items)
    for name, data in files.items():
        write_file(folder / name, data)
    hashes = {name: sha256(data) for name, data in sorted(files.items())}
    write_json(folder / CHECK, {**check_mark(found), "files": hashes})
    return msgspec.structs.replace(found, marked=tuple(name for name in files if name.startswith(MARKED)))


def check_files(found: Collection, items: Sequence[Item]) -> dict[str, bytes]:
    """Check's own set, path → bytes: 受理清单.xlsx, 退回件/, data/files.csv, data/faults.csv."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for item in items:
        received = item.received
        if received is None or received.form is None or item.reading is None or not withholds(item.faults):
            continue
        name = distinct(_marked_name(found, received), taken)
        taken.add(name.casefold())
        files[f"{MARKED}/{name}"] = write(marked_book(received, item.reading, item.faults, found.scheme, found.roster))
    row = found.context.row
    absent = tuple((each.name, each.who) for each in found.copies if each.is_absent)
    acceptance = acceptance_book(
        found.scheme,
        found.roster,
        found.context.period,
        found.files,
        found.faults,
        row.due,
        found.mended,
        found.missing,
        absent,
    )
    files[ACCEPTANCE] = write(acceptance)
    for name, table in check_tables(found.files, found.faults).items():
        files[f"data/{name}.csv"] = csv_of(table)
    return files


def _marked_name(found: Collection, received: Received) -> str:
    """A marked copy's file name: of a group-wide workbook as it went out, else object and form (where the object gets several)."""
    if received.plan is not None:
        return received.plan.copy.file
    unit = found.roster.unit(received.object_code)
    several = received.form is not None and len(tuple(unit_forms(found.scheme, received.form.period))) > 1
    form = received.form.name if received.form is not None and several else ""
    return safe_name(
        " ".join(part for part in (received.object_code, unit.name if unit else "", form) if part), ".xlsx"
    )


def check_mark(found: Collection) -> dict[str, object]:
    """What check.json says besides the hashes: the inputs' mark, who is missing, and the faults that wait for a correction."""
    return {
        "mark": found.context.mark,
        "as_of": found.context.row.as_of,
        "missing": [unit.code for unit in found.missing],
        "missing_copies": [each.file for each in found.copies if each.is_absent],
        "open": [msgspec.to_builtins(each) for each in found.faults if each.effect != "提示" and each.object_code],
    }
