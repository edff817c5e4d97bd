"""Collects one returned workbook: identity, parsing, comparison, as one pure function that the stage calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from kaohe.core.faults import Fault, withholds
from kaohe.core.periods import Period
from kaohe.forms import opening
from kaohe.forms.compare import compare
from kaohe.forms.form import Form
from kaohe.forms.identity import about_file, identify
from kaohe.forms.parse import parse
from kaohe.forms.prefill import Issued
from kaohe.records.people import Roster
from kaohe.records.returns import Opening, Submission
from kaohe.records.scheme import Scheme
from kaohe.records.tables import Reading


class Issues(Protocol):
    """What went out: 发放.json."""

    @property
    def forms(self) -> tuple[Issued, ...]:
        """One record per issued form."""


class Receiver(msgspec.Struct, frozen=True):
    """What a period knows before the first file is opened. `forms` by (form code, class); `register` None where 发放.json is missing."""

    scheme: Scheme
    roster: Roster
    period: Period
    forms: Mapping[tuple[str, str], Form]
    register: Issues | None = None

    def issued(self, form_code: str, object_code: str) -> Issued | None:
        """The record of the form that this object got, or None."""
        forms = self.register.forms if self.register is not None else ()
        return next((each for each in forms if (each.form_code, each.object_code) == (form_code, object_code)), None)


class Received(msgspec.Struct, frozen=True):
    """What one file gave. `object_code` and `form_code` "" where the file is refused; a group-wide form has a form code only.

    `form` and `issued` are kept for the marked copy.
    """

    object_code: str
    form_code: str
    submission: Submission | None = None
    openings: tuple[Opening, ...] = ()
    faults: tuple[Fault, ...] = ()
    form: Form | None = None
    issued: Issued | None = None


def receive(receiver: Receiver, reading: Reading, file: str) -> Received:
    """Everything that one workbook says, with every fault, in the order identity, file, sheets, locked cells.

    A refused file has exactly one fault, of 拒收. Faults: FORM-…, VALUE-…, ROW-…, COVER-….
    """
    forms = {**receiver.forms, **_group_forms(receiver)}
    kinds = [kind.code for kind in receiver.scheme.forms]
    found = identify(reading, file, receiver.scheme.code, receiver.period, kinds, receiver.roster, forms)
    if isinstance(found, Fault):
        return Received("", "", faults=(found,))
    issued = receiver.issued(found.form_code, found.object_code)
    form = forms[found.form_code, found.unit_class]
    about = about_file(reading, file, issued.file if issued else "", found.object_code)
    if opening.OPENING in form.grids:
        openings, faults = opening.parse_opening(form, reading, file, receiver.roster)
        return Received("", form.code, None, openings, (*found.faults, *about, *faults), form, issued)
    code = found.object_code
    submission, faults, sheets = parse(form, reading, file, code, issued)
    prefilled = issued.prefilled if issued is not None else {}
    changed = compare(form, reading, file, code, prefilled, receiver.roster, sheets)
    every = (*found.faults, *about, *faults, *changed)
    submission = msgspec.structs.replace(submission, withheld=withholds(every))
    return Received(code, form.code, submission, (), every, form, issued)


def _group_forms(receiver: Receiver) -> dict[tuple[str, str], Form]:
    return {
        (kind.code, ""): opening.plan_opening(receiver.scheme, receiver.period, kind)
        for kind in receiver.scheme.forms
        if opening.OPENING in kind.content and (not kind.clocks or receiver.period.clock in kind.clocks)
    }
