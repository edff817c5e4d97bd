"""Scheme and roster files: read, checked, shown, written anew."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import msgspec

from kaohe.core.cells import Source
from kaohe.core.faults import Fault, withholds
from kaohe.core.sentences import fault
from kaohe.files.child import Reader
from kaohe.files.xlsx import write
from kaohe.records.books import Value
from kaohe.records.people import Roster
from kaohe.records.scheme import Scheme
from kaohe.records.tables import Reading, Refusal
from kaohe.scheme.book import book
from kaohe.scheme.check import check_calendar
from kaohe.scheme.parse import parse_scheme
from kaohe.scheme.roster import parse_roster
from kaohe.scheme.rows import as_text
from kaohe.scheme.sheets import ROSTER_SHEETS, SHEETS
from kaohe.stages.resources import share
from kaohe.stages.workspace import NotReady


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


def load_scheme(path: Path, reader: Reader | None = None) -> tuple[Scheme | None, tuple[Fault, ...]]:
    """The scheme of a workbook and all its faults; word templates named by the scheme are looked for, too."""
    reading = read_file(path, reader)
    if isinstance(reading, Refusal):
        return None, (fault(reading.code, Source(path.name), reading.found),)
    return parse_scheme(reading, path.name)


def load(scheme_path: Path, roster_path: Path) -> Rulebook:
    """Scheme and roster together, with the faults of both."""
    with Reader() as reader:
        scheme, faults = load_scheme(scheme_path, reader)
        if scheme is None:
            return Rulebook(None, None, faults)
        reading = read_file(roster_path, reader)
        if isinstance(reading, Refusal):
            return Rulebook(scheme, None, (*faults, fault(reading.code, Source(roster_path.name), reading.found)))
        roster, more = parse_roster(reading, roster_path.name, scheme)
        return Rulebook(scheme, roster, (*faults, *more))


def check_templates(scheme: Scheme, folders: tuple[Path, ...]) -> tuple[Fault, ...]:
    """DOC-001 for each document kind whose template lies in none of the folders."""
    return tuple(
        fault("DOC-001", each.source, each.template, kind=each.kind)
        for each in scheme.documents
        if each.template and not any((folder / each.template).is_file() for folder in folders)
    )


def check_file(path: Path, workspace: Path) -> tuple[Scheme | None, tuple[Fault, ...]]:
    """`kaohe scheme check`: every fault of a scheme workbook, templates included."""
    scheme, faults = load_scheme(path)
    if scheme is not None:
        faults = (
            *faults,
            *check_calendar(scheme),
            *check_templates(scheme, (workspace / "templates" / "word", share("templates") / "word")),
        )
    return (None if withholds(faults) else scheme), faults


def dress(path: Path, target: Path, kind: str = "scheme") -> None:
    """`kaohe scheme dress`: a scheme or roster written anew from its own cells: the same tables, fresh drop-downs and comments.

    For tables that were typed by hand, pasted or converted. `kind` is `scheme` or `roster`. Raises NotReady where the workbook cannot be
    read or the target exists.
    """
    if target.exists():
        raise NotReady(f"{target} 已存在，没有覆盖。请换一个文件名。")
    reading = read_file(path)
    if isinstance(reading, Refusal):
        raise NotReady(f"{path.name} 无法读取。")
    sheets = SHEETS if kind == "scheme" else ROSTER_SHEETS
    tables: dict[str, tuple[list[str], list[list[Value | Fraction]]]] = {}
    for table in reading.tables:
        if table.name in sheets and table.rows:
            header = [as_text(value) for value in table.rows[0]]
            width = len([title for title in header if title])
            rows: list[list[Value | Fraction]] = [
                [_plain(table.at(row, column)) for column in range(1, width + 1)]
                for row in range(2, len(table.rows) + 1)
                if any(as_text(value) for value in table.rows[row - 1])
            ]
            tables[table.name] = (header[:width], rows)
    target.write_bytes(write(book(path.stem, sheets, tables)))


def _plain(value: object) -> Value:
    from datetime import date, datetime

    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | int | float | bool | date) else None


def filling_load(scheme: Scheme) -> tuple[str, ...]:
    """One line per form kind and class: lines to score, cells that the unit and the inspection team must fill."""
    from kaohe.core.periods import parse_period
    from kaohe.forms.load import load
    from kaohe.forms.plan import plan

    found = []
    for kind in scheme.forms:
        rows = [parse_period(row.period) for row in scheme.periods]
        period = next((each for each in rows if each and (not kind.clocks or each.clock in kind.clocks)), None)
        if kind.copies != "每对象" or period is None:
            continue
        for each in scheme.classes:
            burden = load(plan(scheme, period, each.code, kind))
            words = f"指标 {burden.lines} 条，单位填 {burden.unit_cells} 格，检查组填 {burden.team_cells} 格，已印好 {burden.printed} 格"
            found.append(f"{kind.name}  {each.code} 类 {each.name}：{words}")
    return tuple(found)
