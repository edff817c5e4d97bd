"""Scheme and roster files: read, checked, put side by side with what they need (templates, calendar, other schemes)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from kaohe.core.cells import Source
from kaohe.core.faults import Fault, withholds
from kaohe.core.sentences import fault
from kaohe.files.child import Reader
from kaohe.records.people import Roster
from kaohe.records.scheme import Scheme
from kaohe.records.tables import Reading, Refusal
from kaohe.scheme.check import check_calendar
from kaohe.scheme.checks.circles import check_between
from kaohe.scheme.parse import Further, parse_scheme, read_scheme
from kaohe.scheme.reads import reads
from kaohe.scheme.roster import parse_roster
from kaohe.scheme.rows import At, near
from kaohe.stages.resources import share
from kaohe.stages.workspace import ROSTER, SCHEME, NotReady


class Rulebook(msgspec.Struct, frozen=True):
    """What a period is computed by: scheme and roster, None where faults refuse them."""

    scheme: Scheme | None
    roster: Roster | None
    faults: tuple[Fault, ...]


def read_file(path: Path, reader: Reader | None = None) -> Reading | Refusal:
    """One workbook through the guarded child reader. Raises NotReady where the file is absent."""
    if not path.is_file():
        raise NotReady(f"没有找到 {path.name}。请核对路径。")
    data = path.read_bytes()
    if reader is not None:
        return reader.read(data)
    with Reader() as own:
        return own.read(data)


def load_scheme(
    path: Path, reader: Reader | None = None, further: tuple[Further, ...] = ()
) -> tuple[Scheme | None, tuple[Fault, ...]]:
    """The scheme of a workbook and all its faults."""
    reading = read_file(path, reader)
    if isinstance(reading, Refusal):
        return None, (fault(reading.code, Source(path.name), reading.found),)
    return parse_scheme(reading, path.name, further)


def load(scheme_path: Path, roster_path: Path, teams_path: Path | None = None) -> Rulebook:
    """Scheme and roster together, with the faults of both. The teams of a file 检查组.xlsx, where there is one, outrank the roster's."""
    with Reader() as reader:
        scheme, faults = load_scheme(scheme_path, reader)
        return _with_roster(scheme, faults, roster_path, roster_path.name, reader, teams_path)


def _with_roster(
    scheme: Scheme | None, faults: tuple[Fault, ...], path: Path, name: str, reader: Reader, teams: Path | None = None
) -> Rulebook:
    if scheme is None:
        return Rulebook(None, None, faults)
    reading = read_file(path, reader)
    if isinstance(reading, Refusal):
        return Rulebook(scheme, None, (*faults, fault(reading.code, Source(name), reading.found)))
    drawn = read_file(teams, reader) if teams is not None and teams.is_file() else None
    drawn_name = teams.name if teams is not None else ""
    if isinstance(drawn, Refusal):
        return Rulebook(scheme, None, (*faults, fault(drawn.code, Source(drawn_name), drawn.found)))
    roster, more = parse_roster(reading, name, scheme, drawn, drawn_name)
    return Rulebook(scheme, roster, (*faults, *more))


def check(path: Path, workspace: Path, roster: Path | None = None) -> Rulebook:
    """`kaohe scheme check`: every fault of a scheme workbook, templates, calendar and other schemes included, and of the roster where one
    is given: also beside a scheme that is refused, so that all is told at once."""
    with Reader() as reader:
        reading = read_file(path, reader)
        if isinstance(reading, Refusal):
            return Rulebook(None, None, (fault(reading.code, Source(path.name), reading.found),))
        further = (check_calendar, _templates(workspace), _others(workspace, reader))
        scheme, faults = read_scheme(reading, path.name, further)
        found = Rulebook(scheme, None, faults)
        if roster is not None and scheme.classes:
            found = _with_roster(scheme, faults, roster, roster_name(roster, path), reader)
        return msgspec.structs.replace(found, scheme=None) if withholds(faults) else found


def roster_name(roster: Path, scheme: Path) -> str:
    """What faults call a roster: its name, with its folder where the scheme has the same one."""
    return roster.name if roster.name != scheme.name else f"{roster.parent.name}/{roster.name}"


def roster_beside(path: Path) -> Path | None:
    """The roster that belongs to a scheme workbook: 名册.xlsx in its folder, or of a ready-made scheme the one of the same name; None where
    there is none."""
    beside, ready = path.parent / ROSTER, path.parent.parent / "rosters" / path.name
    if path.name == SCHEME and beside.is_file():
        return beside
    return ready if path.parent.name == "schemes" and ready.is_file() else None


def _templates(workspace: Path) -> Further:
    """DOC-001 for each document kind whose template lies neither in the working place nor among the ready-made ones."""
    folders = (workspace / "templates" / "word", share("templates") / "word")

    def find(scheme: Scheme, at: At) -> Iterator[Fault]:
        for each in scheme.documents:
            if each.template and not any((folder / each.template).is_file() for folder in folders):
                yield fault("DOC-001", at(each.source, "模板"), each.template, kind=each.kind)

    return find


def _others(workspace: Path, reader: Reader) -> Further:
    """CODE-009 for a scheme that is read and is not in the working place, LOOP-002 for schemes that wait for each other."""

    def find(scheme: Scheme, at: At) -> Iterator[Fault]:
        if not _wanted(scheme):
            return
        known = _schemes(workspace, reader)
        for read in reads(scheme):
            code = read.code.partition(":")[0]
            if read.kind == "其他方案" and code not in known and code != scheme.code:
                place = at(read.source, "取自" if read.source.sheet == "构成" else read.title)
                advice = near(code, known) if known else "请先把那个方案放入 workbooks。"
                yield fault("CODE-009", place, code, reader=read.reader, near=advice)
        yield from check_between(scheme, known, at)

    return find


def _wanted(scheme: Scheme) -> set[str]:
    return {read.code.partition(":")[0] for read in reads(scheme) if read.kind == "其他方案"}


def _schemes(workspace: Path, reader: Reader) -> Mapping[str, Scheme]:
    """The schemes of a working place by their codes; those that cannot be used are left out."""
    found: dict[str, Scheme] = {}
    for path in sorted((workspace / "workbooks").glob(f"*/{SCHEME}")):
        scheme, _ = load_scheme(path, reader)
        if scheme is not None and scheme.code:
            found.setdefault(scheme.code, scheme)
    return found
