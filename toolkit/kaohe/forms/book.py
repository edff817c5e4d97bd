"""The workbook that is issued to one unit: all sheets of its form, with names, identity and computed values."""

from __future__ import annotations

from collections.abc import Mapping

from kaohe.forms import (
    claims,
    counts,
    cover,
    debrief,
    deductions,
    instructions,
    lists,
    rectification,
    scores,
    talks,
    tasks,
    words,
)
from kaohe.forms.calculate import calculate
from kaohe.forms.form import (
    CASES,
    CLAIMS,
    COUNTS,
    COVER,
    DEBRIEF,
    DEDUCTIONS,
    LISTS,
    RECTIFICATION,
    SCORES,
    TALKS,
    TASKS,
    WORDS,
    Form,
)
from kaohe.forms.frame import Fill
from kaohe.forms.load import load
from kaohe.forms.own_rows import LAYOUTS, row_layouts
from kaohe.forms.prefill import Prefilled, prefill
from kaohe.records.books import Book, Sheet
from kaohe.records.people import Roster, Unit
from kaohe.records.problems import Problem
from kaohe.records.scheme import PeriodRow

_FIRST_SHEET = 1  # the cover is shown on opening, behind 填报说明


def book(
    form: Form, unit: Unit, roster: Roster, open_problems: tuple[Problem, ...], row: PeriodRow, issued: str
) -> Book:
    """The form of one unit. `issued` is the ISO date that `_meta` names; equal arguments give equal books."""
    return filled_book(form, unit.code, unit.name, prefill(form, unit, roster, open_problems, row), issued, Fill())


def filled_book(
    form: Form, object_code: str, object_name: str, prefilled: Prefilled, issued: str, fill: Fill,
    drawn: Mapping[str, Sheet] = {},
) -> Book:  # fmt: skip
    """The same with typed values and notes put in: what a marked copy is made of.

    `drawn`: sheets of the same form and object that are drawn and computed already, by name; neither 填报说明 nor 封面, which look at
    the others.
    """
    layouts = row_layouts(form, prefilled)
    shown = [
        instructions.sheet(form, object_code, object_name, load(form, prefilled)),
        cover.sheet(form, object_code, prefilled, fill, layouts),
        *(
            drawn.get(name) or _sheet(form, name, object_code, object_name, prefilled, fill)
            for name in layouts
            if name != COVER
        ),
    ]
    hidden = [drawn.get(LISTS) or lists.lists_sheet(form)]
    if CASES in form.grids:
        hidden.append(drawn.get(CASES) or lists.cases_sheet(form))
    rows = {name: len(layout.codes) for name, layout in layouts.items()}
    hidden.append(lists.meta(form, object_code, object_name, issued, rows))
    made = Book(
        title=f"{form.name} {form.period} {object_code} {object_name}",
        sheets=(*shown, *hidden),
        names=lists.names(form),
        created=issued or "2026-01-01",
        author=form.organisation,
        subject=f"{form.scheme}/{form.period}/{object_code}/{form.code}",
        first=_FIRST_SHEET,
        shares=True,
    )
    return calculate(made, drawn)


def _sheet(form: Form, name: str, code: str, unit_name: str, prefilled: Prefilled, fill: Fill) -> Sheet:
    if name == SCORES:
        return scores.sheet(form, code, unit_name, prefilled, fill)
    if name in LAYOUTS:
        own = {RECTIFICATION: rectification.sheet, TASKS: tasks.sheet}
        return own[name](form, code, unit_name, prefilled, fill)
    plain_sheets = {
        DEDUCTIONS: deductions.sheet,
        COUNTS: counts.sheet,
        CLAIMS: claims.sheet,
        DEBRIEF: debrief.sheet,
        TALKS: talks.sheet,
        WORDS: words.sheet,
    }
    return plain_sheets[name](form, code, unit_name, fill)
