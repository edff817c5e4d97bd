"""A form cast from a specimen means what the form built whole means: to openpyxl, to calamine, and to an office program."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from kaohe.core.periods import parse_period
from kaohe.files.xlsx import write
from kaohe.forms.book import book
from kaohe.forms.form import COVER, RECTIFICATION, Form
from kaohe.forms.plan import plan
from kaohe.forms.prefill import Prefilled, prefill
from kaohe.forms.specimen import imprint, specimen
from kaohe.records.books import Book
from kaohe.records.people import Fact, Roster, Unit
from kaohe.records.problems import Problem
from kaohe.stages.casting import Caster
from kaohe.stages.issue import plans
from kaohe.stages.resources import share
from kaohe.stages.schemes import load
from makers.meaning import differences, meaning
from makers.recalculation import differences as recalculated_otherwise
from makers.recalculation import recalculated, spoilt
from makers.scheme_red import FORM, Q3, ROW, UNITS, problems, roster, scheme

ISSUED = "2026-09-01"
ODD_UNIT = Unit("U1&<8", "R&D“<新源>”公司\u3000党总支", "新源", "Ⅰ")
ONE, TWO, THREE = problems()
ODD_PROBLEMS = (
    replace(ONE, fact="记录要素不全：" + "应到、实到人数均未登记，" * 12, owner="", deadline=""),
    replace(TWO, fact=" <b>缺失</b> & _x0041_\n第二行 ", owner="陆文棠"),
    replace(THREE, owner="陆文棠", fact="记录要素不全"),
    replace(THREE, problem_id="2026Q2-U106-07", owner="陆文棠", fact="记录要素不全", deadline="2026-07-31", opened=""),
)


@cache
def _scheme():  # type: ignore[no-untyped-def]
    """The scheme in which the target of 4.1 is a fact of the unit."""
    found = scheme()
    lines = tuple(
        replace(line, target=None, target_from="资料:D01") if line.code == "4.1" else line for line in found.indicators
    )
    return replace(found, indicators=lines)


def _roster() -> Roster:
    return replace(
        roster(), units=(*UNITS, ODD_UNIT), facts=(Fact("U106", "D01", "12"), Fact(ODD_UNIT.code, "D01", "<36>"))
    )


@cache
def _forms() -> dict[tuple[str, str], Form]:
    return {(FORM.code, each.code): plan(_scheme(), Q3, each.code, FORM) for each in _scheme().classes}


CASES: dict[str, tuple[Unit, tuple[Problem, ...]]] = {
    "three problems, one overdue": (UNITS[0], (ONE, TWO, THREE)),
    "no problem, no fact": (UNITS[1], ()),
    "another class": (UNITS[2], (ONE,)),
    "odd texts, blanks, two alike": (ODD_UNIT, ODD_PROBLEMS),
    "a fact, no problem": (UNITS[0], ()),
}


def _printed(unit: Unit, open_problems: tuple[Problem, ...]) -> tuple[Form, Prefilled]:
    form = _forms()[FORM.code, unit.unit_class]
    return form, prefill(form, unit, _roster(), open_problems, ROW)


def _whole(unit: Unit, open_problems: tuple[Problem, ...]) -> Book:
    return book(_forms()[FORM.code, unit.unit_class], unit, _roster(), open_problems, ROW, ISSUED)


@pytest.fixture(scope="module")
def cast() -> Iterator[dict[str, bytes]]:
    """All cases, one after the other from the same caster."""
    caster = Caster(_forms(), ISSUED)
    found = {}
    for name, (unit, open_problems) in CASES.items():
        form, printed = _printed(unit, open_problems)
        found[name] = caster.cast(form, unit.code, unit.name, printed)
    yield found


@pytest.mark.parametrize("case", CASES)
def test_a_cast_form_means_what_the_form_built_whole_means(case: str, cast: dict[str, bytes]) -> None:
    assert differences(cast[case], write(_whole(*CASES[case]))) == {}


def test_the_comparison_sees_a_changed_text_date_height_formula_footer_and_number_of_rows(
    cast: dict[str, bytes],
) -> None:
    name = "three problems, one overdue"
    unit, (one, *others) = CASES[name]
    changed = replace(one, fact="另一件事，" * 30, deadline="2026-08-01")
    parts = differences(cast[name], write(_whole(unit, (changed, *others))))
    assert {f"{RECTIFICATION} {part}" for part in ("cells", "cached", "calamine", "heights")} == parts.keys()
    parts = differences(cast[name], write(_whole(replace(unit, code="U107"), (one, *others))))
    assert {"footers", "_meta cells", "properties"} <= parts.keys()
    parts = differences(cast[name], write(_whole(unit, tuple(others))))
    assert {f"{RECTIFICATION} print", f"{RECTIFICATION} checks", f"{COVER} cached"} <= parts.keys()


def test_the_same_form_has_the_same_bytes_whatever_was_cast_before(cast: dict[str, bytes]) -> None:
    for name in reversed(CASES):
        unit, open_problems = CASES[name]
        form, printed = _printed(unit, open_problems)
        assert Caster(_forms(), ISSUED).cast(form, unit.code, unit.name, printed) == cast[name]


def test_objects_share_a_specimen_when_only_the_contents_of_their_fields_differ() -> None:
    form, first = _printed(UNITS[0], (ONE, TWO))
    _, other = _printed(ODD_UNIT, ODD_PROBLEMS[:2])
    mine, theirs = imprint(form, "U106", "甲", first), imprint(form, ODD_UNIT.code, "乙", other)
    assert mine.marked == theirs.marked and mine.texts != theirs.texts
    assert imprint(form, "U106", "甲", _printed(UNITS[0], (ONE,))[1]).marked != mine.marked


def test_sheets_that_a_specimen_takes_over_look_at_none_that_differs() -> None:
    form, printed = _printed(UNITS[0], (ONE, TWO))
    first = specimen(form, imprint(form, "U106", "甲", printed).marked, ISSUED)
    own = {"填报说明", COVER, RECTIFICATION, "_meta"}
    for sheet in first.book.sheets:
        texts = [cell.formula for cell in sheet.cells if sheet.name not in own]
        assert not [text for text in texts if any(f"{name}!" in text or f"{name}'!" in text for name in own)], (
            sheet.name
        )
    marked = imprint(form, "U106", "甲", _printed(UNITS[0], ())[1]).marked
    assert specimen(form, marked, ISSUED, first).book == specimen(form, marked, ISSUED).book


@pytest.mark.office
def test_an_office_program_computes_the_same_values_in_cast_forms(tmp_path: Path, cast: dict[str, bytes]) -> None:
    after = recalculated({name: spoilt(data) for name, data in cast.items()}, tmp_path)
    for name, (unit, open_problems) in CASES.items():
        assert recalculated_otherwise(_whole(unit, open_problems), after[name]) == []
    theirs = recalculated({name: write(_whole(*CASES[name])) for name in CASES}, tmp_path / "whole")
    parts = ("cells", "checks", "heights", "footers", "print")
    for name in CASES:
        one, other = meaning(after[name]), meaning(theirs[name])
        wrong = [part for part in one if part.split()[-1] in parts and one[part] != other[part]]
        assert wrong == [], name


@pytest.mark.parametrize("name", ["red-blue", "group-debriefing", "group-responsibility"])
def test_the_forms_of_the_ready_made_schemes_are_cast_as_they_are_built(name: str) -> None:
    folder = share("templates")
    found = load(folder / "schemes" / f"{name}.xlsx", folder / "rosters" / f"{name}.xlsx")
    assert found.scheme is not None and found.roster is not None
    row = found.scheme.periods[-1]
    period = parse_period(row.period)
    assert period is not None
    forms = plans(found.scheme, period)
    caster = Caster(forms, row.start)
    compared = 0
    for (_, unit_class), form in forms.items():
        unit = next((each for each in found.roster.assessed if each.unit_class == unit_class), None)
        if unit is not None:
            printed = prefill(form, unit, found.roster, (), row)
            whole = write(book(form, unit, found.roster, (), row, row.start))
            assert differences(caster.cast(form, unit.code, unit.name, printed), whole) == {}
            compared += 1
    assert compared
