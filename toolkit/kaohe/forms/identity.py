"""Whose form a returned workbook is: by `_meta`, then the visible line 模板编码, never by its file name (page on forms, section 5)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

import msgspec

from kaohe.core.cells import Source, a1
from kaohe.core.faults import Fault
from kaohe.core.periods import Period, parse_period
from kaohe.core.sentences import fault
from kaohe.forms.form import CONTENTS, META, Form
from kaohe.forms.group.contents import CONTENTS as GROUP_CONTENTS
from kaohe.forms.group.copies import GROUP
from kaohe.records.layouts import clean
from kaohe.records.people import Roster
from kaohe.records.tables import Reading, Table

_LINE = re.compile(r"模板编码\s*([^/\s]+)/([^/\s]+)/([^/]+)/([^/\s]+)/([^/\s]+)/([0-9a-f]{12})")
_LINE_ROWS, _LINE_COLUMNS = 5, 8
_FORMATS = {"xls": ".xls（Excel 97–2003）", "ods": ".ods"}


class Mark(msgspec.Struct, frozen=True):
    """An identity as it stands in a workbook. `object_code` is `GROUP`, or the key of a copy, for a group-wide form."""

    scheme: str
    period: str
    object_code: str
    form_code: str
    version: str
    fingerprint: str

    def __str__(self) -> str:
        return "/".join((self.scheme, self.period, self.object_code, self.form_code))


class Identity(msgspec.Struct, frozen=True):
    """Whose form it is. `object_code` "" for a group-wide form, whose `slot` is `GROUP` or the key of the copy; `faults` are 提示 and 存疑
    about the identity itself."""

    object_code: str
    form_code: str
    unit_class: str
    version: str
    fingerprint: str
    faults: tuple[Fault, ...] = ()
    slot: str = ""


def identify(
    reading: Reading, file: str, scheme_code: str, period: Period, kinds: Mapping[str, str], roster: Roster,
    forms: Collection[tuple[str, str]], copies: Mapping[str, Collection[str]],
) -> Identity | Fault:  # fmt: skip
    """The identity, or the fault that refuses the file.

    `kinds`: the scheme's forms, code → name; `forms`: (form code, class) of those that go to each object; `copies`: form code → slots of the
    group-wide ones. Refusals: FORM-001 … -003, -005 … -008, -013.
    """
    meta, lines = _meta(reading), _lines(reading)
    place = Source(file)
    found = meta or next(iter(lines.values()), None)
    if found is None:
        ours = any(table.name in CONTENTS or table.name in GROUP_CONTENTS for table in reading.tables)
        return fault("FORM-001" if ours else "FORM-002", place)
    agreeing = [line for line in lines.values() if str(line) == str(found)]
    if meta is not None and lines and not agreeing:
        line = next(iter(lines.values()))
        return fault("FORM-003", place, meta=meta, line=line)
    refusal = _refusal(found, file, scheme_code, period, kinds, roster, forms, copies)
    if refusal is not None:
        return refusal
    unit = None if found.form_code in copies else roster.party(found.object_code)
    object_code, unit_class = (unit.code, unit.unit_class) if unit is not None else ("", "")
    faults = [] if meta is not None else [fault("FORM-004", place, object_code=object_code)]
    for (sheet, address), line in lines.items():
        if str(line) != str(found):
            source = Source(file, sheet, address)
            faults.append(fault("FORM-016", source, line, object_code, expected=found))
    slot = "" if unit is not None else found.object_code
    return Identity(object_code, found.form_code, unit_class, found.version, found.fingerprint, tuple(faults), slot)


def mark_of(reading: Reading) -> Mark | None:
    """The identity as it stands in a workbook, whether it fits or not; None where there is none."""
    return _meta(reading) or next(iter(_lines(reading).values()), None)


def about_template(identity: Identity, form: Form, file: str) -> tuple[Fault, ...]:
    """提示 about a version or fingerprint that is not that of the form."""
    place, found = Source(file), []
    if identity.version != form.version:
        found.append(fault("FORM-010", place, identity.version, identity.object_code, expected=form.version))
    if identity.fingerprint != form.fingerprint:
        found.append(fault("FORM-009", place, identity.fingerprint, identity.object_code, expected=form.fingerprint))
    return tuple(found)


def about_file(reading: Reading, file: str, issued_file: str, object_code: str) -> tuple[Fault, ...]:
    """提示 about how the file differs from the one that went out: another name, an old format (what is odd inside, the reader says)."""
    found = []
    place = Source(file)
    expected, name = PurePosixPath(issued_file), PurePosixPath(file)
    if issued_file and expected.stem != name.stem:
        found.append(fault("FORM-011", place, name.name, object_code, expected=expected.name))
    if reading.kind in _FORMATS:
        found.append(fault("FORM-012", place, _FORMATS[reading.kind], object_code))
    return tuple(found)


def _refusal(
    found: Mark, file: str, scheme_code: str, period: Period, kinds: Mapping[str, str], roster: Roster,
    forms: Collection[tuple[str, str]], copies: Mapping[str, Collection[str]],
) -> Fault | None:  # fmt: skip
    place = Source(file)
    unit = None if found.form_code in copies else roster.party(found.object_code)
    code = unit.code if unit is not None else ""
    if found.scheme != scheme_code:
        return fault("FORM-005", place, found.scheme, expected=scheme_code)
    if found.period != str(period):
        past = parse_period(found.period)
        return fault("FORM-006", place, past.title if past else found.period, code, expected=period.title)
    if found.form_code in copies:
        if found.object_code in copies[found.form_code]:
            return None
        return fault("FORM-013", place, found.object_code, form=kinds.get(found.form_code, found.form_code))
    if found.object_code != GROUP and unit is None and any(code == found.form_code for code, _ in forms):
        return fault("FORM-008", place, found.object_code)
    unit_class = unit.unit_class if unit is not None else ""
    if found.form_code not in kinds or (found.form_code, unit_class) not in forms:
        return fault("FORM-007", place, found.form_code, code, unit_class=unit_class or GROUP)
    return None


def _meta(reading: Reading) -> Mark | None:
    table = reading.table(META)
    if table is None:
        return None
    pairs = {clean(row[0]): clean(row[1]) for row in table.rows if len(row) > 1}
    values = [pairs.get(key, "") for key in ("方案", "期次", "对象代码", "填报表", "版本", "指纹")]
    values[2] = values[2] or GROUP
    return Mark(*values) if all(values) else None


def _lines(reading: Reading) -> dict[tuple[str, str], Mark]:
    """The visible identity lines by (sheet, address)."""
    found = {}
    for table in reading.tables:
        hit = _line(table)
        if hit is not None:
            found[table.name, hit[0]] = hit[1]
    return found


def _line(table: Table) -> tuple[str, Mark] | None:
    for row, cells in enumerate(table.rows[:_LINE_ROWS], 1):
        for column, value in enumerate(cells[:_LINE_COLUMNS], 1):
            match = _LINE.fullmatch(clean(value)) if isinstance(value, str) else None
            if match:
                return a1(row, column), Mark(*match.groups())
    return None
