"""The issued form in a real office program: LibreOffice recalculates it, saves it in other formats, and refuses a locked cell."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest

from kaohe.files.reader import read
from kaohe.files.xlsx import write
from kaohe.forms.book import filled_book
from kaohe.forms.frame import Fill
from kaohe.forms.group.book import book as group_book
from kaohe.forms.plan import plan
from kaohe.records.books import Book
from kaohe.records.returns import Submission
from kaohe.records.store import lines
from kaohe.records.tables import Reading
from makers.filled_form import FILE, GOOD, UNIT, blank, form_of, prefilled, received
from makers.group import OPENINGS, planned
from makers.office import keyed
from makers.scheme_red import FORM, Q3, scheme

pytestmark = pytest.mark.office

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private profile that recalculates everything on loading."""
    folder = tmp_path_factory.mktemp("profile")
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    return folder


def _saved(files: list[Path], kind: str, folder: Path, profile: Path) -> list[Path]:
    """The workbooks as LibreOffice saves them."""
    folder.mkdir(exist_ok=True)
    command = [
        "soffice",
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        FILTERS[kind],
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    return [folder / f"{file.stem}.{kind}" for file in files]


def _full() -> Book:
    return filled_book(form_of(), UNIT.code, UNIT.name, prefilled(form_of()), "2026-09-01", Fill(GOOD))


def _books() -> dict[str, Book]:
    third = plan(scheme(), Q3, "Ⅲ", FORM)
    return {
        "空白": blank(),
        "填好": _full(),
        "三类": filled_book(third, "U301", "发展策划部党支部", {}, "2026-09-01", Fill()),
        "期初": group_book(planned(OPENINGS)),
    }


def test_every_formula_of_an_empty_and_of_a_filled_form_has_the_value_that_the_office_program_computes(
    tmp_path: Path, profile: Path
) -> None:
    files = []
    for name, book in _books().items():
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(write(book))
    compared, differences = 0, []
    for ours, theirs in zip(files, _saved(files, "xlsx", tmp_path / "recalculated", profile), strict=True):
        cached, computed, formulas = (
            openpyxl.load_workbook(path, data_only=values)
            for path, values in ((ours, True), (theirs, True), (ours, False))
        )
        for sheet in formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        compared += 1
                        pair = [book[sheet.title][cell.coordinate].value for book in (cached, computed)]
                        if not _equal(*pair):
                            differences.append((ours.stem, sheet.title, cell.coordinate, *pair))
    assert compared > 4000 and differences == []


def _equal(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < 1e-9
    return (ours or "") == (theirs or "") if not (ours == 0 or theirs == 0) else ours == theirs


def _words(submission: Submission | None, file: str) -> bytes:
    assert submission is not None
    return lines([submission]).replace(file.encode(), b"FILE")


def test_a_form_saved_in_any_format_gives_the_same_submission(tmp_path: Path, profile: Path) -> None:
    issued = tmp_path / FILE
    issued.write_bytes(write(_full()))
    wanted = _words(_received(issued).submission, issued.name)
    for kind, notes in (("xlsx", []), ("xls", ["FORM-012"]), ("ods", ["FORM-012"])):
        (saved,) = _saved([issued], kind, tmp_path / kind, profile)
        found = _received(saved)
        assert [each.code for each in found.faults] == notes, kind
        assert _words(found.submission, saved.name) == wanted, kind


def _received(path: Path):  # type: ignore[no-untyped-def]
    reading = read(path.read_bytes())
    assert isinstance(reading, Reading)
    return received(reading, path.name)


def test_the_office_program_refuses_a_locked_cell_and_a_row_and_shows_the_state(tmp_path: Path) -> None:
    issued = tmp_path / "form.xlsx"
    issued.write_bytes(write(blank()))
    locked, checked, points, state = "D7", "I7", "K7", "N7"
    (full, before), after = keyed(
        issued,
        [
            ("评分", [], [locked, state]),
            (
                "评分",
                [("insert rows", "A7:A8"), (locked, "99"), (checked, "已查")],
                [locked, checked, state, points],
            ),
        ],
    )
    assert (full, before) == ("5", "待检查")
    assert after == [full, "已查", "√", "5.00"]
