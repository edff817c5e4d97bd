"""First step: read and check everything that came back; leave the acceptance list, marked copies and the store."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import to_builtins

from kaohe.core.cells import Source
from kaohe.core.collector import paused
from kaohe.core.faults import Fault, verdict_of, withholds
from kaohe.core.names import distinct, safe_name
from kaohe.core.sentences import fault, say
from kaohe.documents.acceptance.book import book as acceptance_book
from kaohe.documents.check_tables import check_tables
from kaohe.files.publish import write_file
from kaohe.files.xlsx import write
from kaohe.forms.evidence import claimed_twice
from kaohe.forms.marked import marked_book
from kaohe.forms.receive import Received, Receiver
from kaohe.forms.versions import differing, in_words
from kaohe.records.acceptance import SEVERAL
from kaohe.records.edition import FileRow
from kaohe.records.people import Roster
from kaohe.records.run import Context
from kaohe.records.scheme import Scheme
from kaohe.records.tables import Reading
from kaohe.stages.ballots import keep_shared
from kaohe.stages.collection import Collection
from kaohe.stages.exporting import Polled, polled
from kaohe.stages.gathering import Used, copies_due, hints, missing_units, shared_of, submissions_of
from kaohe.stages.issue import plans, register_of, rules
from kaohe.stages.manifest import context as make_context
from kaohe.stages.manifest import frozen, in_office
from kaohe.stages.means import Means, means
from kaohe.stages.others import others_of
from kaohe.stages.progress import part
from kaohe.stages.purged import refuse_purged
from kaohe.stages.reading import Files, Found
from kaohe.stages.since import baseline, hash_of, last_check, since
from kaohe.stages.tasks import received
from kaohe.stages.tidy import csv_of
from kaohe.stages.workspace import Place, keep, sha256, write_json

ACCEPTANCE, MARKED, CHECK = "受理清单.xlsx", "退回件", "check.json"


class Item(msgspec.Struct, frozen=True):
    """One file with what became of it."""

    file: str
    sha256: str
    received: Received | None
    reading: Reading | None
    faults: tuple[Fault, ...]
    ignored: str = ""
    export: bool = False


def collect(at: Place, as_of: str = "", reason: str = "", by: Means | None = None) -> Collection:
    """Collect a period into its working folder: check's own set and the store. `by`: how (default: as this process was told).

    Raises NotReady where nothing was issued or the frozen scheme or roster cannot be used.
    """
    found, items = gather(at, as_of, reason, by)
    return _write(at.staging, found, items)


@paused()
def gather(at: Place, as_of: str = "", reason: str = "", by: Means | None = None) -> tuple[Collection, list[Item]]:
    """Read, settle and gather a period's files; nothing is written but what is remembered. Raises NotReady like `collect`, and where the
    ballots were purged."""
    frozen(at)
    refuse_purged(at)
    with Files(at, by or means()) as files:
        receiver, context, rule_faults = receiver_of(at, as_of, reason, files.digests)
        with part("reading"):
            items = [_item(found) for found in files.read(receiver)]
        items = _compare(_settle(items, receiver.roster), receiver.scheme)
        exported = _exported(receiver, items)
        items = [
            msgspec.structs.replace(item, reading=None, faults=exported.faults.get(item.file, ()))
            if item.export
            else item
            for item in items
        ]
        items = _with_tables(items, files, receiver)
    return _gather(at, receiver, context, items, rule_faults, exported), items


def _exported(receiver: Receiver, items: Sequence[Item]) -> Polled:
    """What the online exports amount to; of equal files one is used, as of any other."""
    given = {
        item.sha256: (item.file, item.reading) for item in reversed(items) if item.export and item.reading is not None
    }
    forms = [
        (mapping, item.faults)
        for item in items
        if item.received is not None and item.received.shared is not None
        for mapping in item.received.shared.mappings
    ]
    readings = sorted((file, reading) for file, reading in given.values() if reading is not None)
    return polled(receiver, readings, forms)


def receiver_of(
    at: Place, as_of: str = "", reason: str = "", returned: Mapping[str, str] | None = None
) -> tuple[Receiver, Context, tuple[Fault, ...]]:
    """What a period knows before its first workbook, the run's circumstances, and the faults of the rules. `returned`: the hashes of what
    came back, where they are known. Raises NotReady like `collect`."""
    scheme, roster, rule_faults = rules(at)
    context = make_context(at, scheme, as_of, others_of(at, scheme), reason, returned)
    roster = in_office(roster, context.row)
    return Receiver(scheme, roster, at.when, plans(scheme, at.when), register_of(at)), context, rule_faults


def _item(found: Found) -> Item:
    taken = found.taken
    if taken is None:
        refusal = (found.refusal,) if found.refusal is not None else ()
        return Item(found.file, found.sha256, None, None, refusal, found.ignored)
    if taken.is_export:
        return Item(found.file, found.sha256, None, found.reading, (), export=True)
    reading = taken.reading
    return Item(
        found.file, found.sha256, taken.received, reading if isinstance(reading, Reading) else None, taken.faults
    )


def _with_tables(items: list[Item], files: Files, receiver: Receiver) -> list[Item]:
    """Those of which a marked copy is made with their tables, and with form and plan, which do not travel."""
    marked = [item for item in items if item.received is not None and item.received.form_code and _is_wrong(item)]
    tables = files.tables(receiver, {item.file for item in marked if item.reading is None})
    made: dict[str, Item] = {}
    for item in marked:
        reading = item.reading or tables.get(item.file)
        if reading is not None:
            whole, _ = received(receiver, reading, item.file)
            made[item.file] = msgspec.structs.replace(item, received=whole, reading=reading)
    return [made.get(item.file, item) for item in items]


def _is_wrong(item: Item) -> bool:
    """Whether something in the workbook itself must be corrected."""
    return withholds(each for each in item.faults if each.code != SEVERAL)


def _settle(items: list[Item], roster: Roster) -> list[Item]:
    """Several files of one object, or copy, and form: identical bytes count once, different ones are all doubtful; 不参评 is not used."""
    groups: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        received = item.received
        if received is not None and received.form_code:
            groups.setdefault((received.form_code, received.object_code, received.copy), []).append(item)
    replaced: dict[str, Item] = {}
    for (_, unit, _), group in groups.items():
        known = roster.party(unit)
        if known is not None and known.standing == "不参评":
            for item in group:
                extra = fault("COLLECT-004", Source(item.file), known.name, unit)
                replaced[item.file] = msgspec.structs.replace(item, received=None, faults=(extra,))
            continue
        if len({item.sha256 for item in group}) > 1:
            files = "、".join(item.file for item in group)
            where = in_words(differing([item.received for item in group if item.received is not None]))
            for item in group:
                extra = fault(SEVERAL, Source(item.file), "", unit, count=len(group), files=files, where=where)
                replaced[item.file] = msgspec.structs.replace(item, faults=(*item.faults, extra))
        else:
            for item in group[1:]:
                note = f"与“{group[0].file}”完全相同，只用一份"
                replaced[item.file] = Item(item.file, item.sha256, None, None, (), note)
    return [replaced.get(item.file, item) for item in items]


def _compare(items: list[Item], scheme: Scheme) -> list[Item]:
    """Each workbook with what only shows beside the others: documents that are claimed twice."""
    sent = [
        item.received.submission for item in items if item.received is not None and item.received.submission is not None
    ]
    natures = {each.code: each.nature for each in scheme.adjustments}
    more: dict[str, tuple[Fault, ...]] = {}
    for each in claimed_twice(sent, natures):
        more[each.source.file] = (*more.get(each.source.file, ()), each)
    return [
        msgspec.structs.replace(item, faults=(*item.faults, *more[item.file])) if item.file in more else item
        for item in items
    ]


def _gather(
    at: Place,
    receiver: Receiver,
    context: Context,
    items: list[Item],
    rule_faults: tuple[Fault, ...],
    exported: Polled,
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
        words = dict.fromkeys(_at_its_cell(each) for each in item.faults if each.effect == verdict)
        about = f"公用表 {_label(receiver, received)}。" if received is not None and received.shared is not None else ""
        about = exported.notes.get(item.file, "与另一份导出完全相同，只用一份。") if item.export else about
        note = (about + "".join(words))[:200]
        rows.append(FileRow(item.file, verdict, unit, note, item.sha256))
        if received is not None and verdict != "拒收":
            used.append((received, item.faults))
    named = (*(each for item in items for each in item.faults), *hints(receiver, used))
    last, returned = last_check(at.report / CHECK), hash_of(rows)
    owners = {received.object_code for received, _ in used} | {item.file for item in items}
    before = baseline(last, returned)
    return Collection(
        receiver.scheme,
        receiver.roster,
        context,
        tuple(rows),
        (*(each for each in rule_faults if each.effect == "提示"), *named),
        submissions_of(receiver, used),
        tuple(each for received, _ in used for each in received.openings),
        missing_units(receiver, used),
        _marked_names(receiver, items),
        shared_of(receiver, used, exported),
        copies_due(receiver, used),
        since(before, named, owners),
        {"returned": returned, "named": to_builtins(named), "before": to_builtins(before)},
        asked=dict(exported.books),
    )


def _label(receiver: Receiver, received: Received) -> str:
    """A group-wide workbook in words: `日常积分表　组织部`."""
    name = next(kind.name for kind in receiver.scheme.forms if kind.code == received.form_code)
    copy = next(copy for copy in receiver.copies[received.form_code].values() if copy.key == received.copy)
    return f"{name}　{copy.label}" if copy.key else name


def _at_its_cell(each: Fault) -> str:
    """`评分 K31：“得分”读作…`; a fault of a whole sheet or file without its place, which its sentence names."""
    return f"{each.source.sheet} {each.source.cell}：{say(each)}" if each.source.cell else say(each)


def _write(folder: Path, found: Collection, items: list[Item]) -> Collection:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    keep(folder, "scheme", [found.scheme])
    keep(folder, "roster", [found.roster])
    keep(folder, "context", [found.context])
    keep(folder, "submissions", found.submissions)
    keep_shared(folder, found.shared)
    keep(folder, "openings", found.openings)
    keep(folder, "files", found.files)
    keep(folder, "faults", found.faults)
    files = check_files(found, items)
    for name, data in files.items():
        write_file(folder / name, data)
    hashes = {name: sha256(data) for name, data in sorted(files.items())}
    write_json(folder / CHECK, {**check_mark(found), "files": hashes})
    return found


def check_files(found: Collection, items: Sequence[Item]) -> dict[str, bytes]:
    """Check's own set, path → bytes: 受理清单.xlsx, 退回件/, data/files.csv, data/faults.csv."""
    files: dict[str, bytes] = {}
    for item in items:
        if item.file in found.marked and item.received is not None and item.reading is not None:
            made = marked_book(item.received, item.reading, item.faults, found.scheme, found.roster)
            files[found.marked[item.file]] = write(made)
    for name, asked in found.asked.items():
        files[f"{MARKED}/{name}"] = write(asked)
    files[ACCEPTANCE] = write(acceptance_book(found.acceptance))
    for name, table in check_tables(found.files, found.faults).items():
        files[f"data/{name}.csv"] = csv_of(table)
    return files


def _marked_names(receiver: Receiver, items: Sequence[Item]) -> dict[str, str]:
    """Returned file → path of its marked copy, for the workbooks in which something must be corrected."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for item in items:
        received = item.received
        if received is not None and received.form is not None and item.reading is not None and _is_wrong(item):
            name = distinct(_marked_name(receiver, received), taken)
            taken.add(name.casefold())
            found[item.file] = f"{MARKED}/{name}"
    return found


def _marked_name(receiver: Receiver, received: Received) -> str:
    """A marked copy's file name: of a group-wide workbook as it went out, else object and form (where the object gets several)."""
    if received.plan is not None:
        return received.plan.copy.file
    unit = receiver.roster.party(received.object_code)
    several = unit is not None and sum(unit_class == unit.unit_class for _, unit_class in receiver.forms) > 1
    form = received.form.name if received.form is not None and several else ""
    return safe_name(
        " ".join(part for part in (received.object_code, unit.name if unit else "", form) if part), ".xlsx"
    )


def check_mark(found: Collection) -> dict[str, object]:
    """What check.json says besides the hashes: the inputs' mark, who is missing, and what the next check compares with."""
    return {
        "mark": found.context.mark,
        "as_of": found.context.row.as_of,
        "missing": [unit.code for unit in found.missing],
        "missing_copies": [each.file for each in found.copies if each.is_absent],
        **found.kept,
    }
