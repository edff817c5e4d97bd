"""The sample quarters tell what they are meant to tell, and were typed in an office program.

1. Roster and scheme are those of the templates.
2. Third quarter: at least 90 deductions of 20 kinds, 0–9 a unit, no two units alike; 12 claims, 2 of them not verified; 40 reports and
   30 verdicts; a 98.00 and a 97.99 in class Ⅲ; a tie at the end of class Ⅰ.
3. Second quarter: 20 opening problems, some already closed; one that was closed relapses in the third, named with its old problem.
4. The returned workbooks carry the office program's name and its cached results; one .xls and one renamed file are accepted, with
   the reading stated.
5. Every document and workbook of a run opens.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

if TYPE_CHECKING:
    from sample.conftest import Quarter

PERIODS = ("2026Q2", "2026Q3")
# sparklines, which openpyxl does not know
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")


def test_1_scheme_and_roster_are_those_of_the_templates(checkout: Quarter) -> None:
    for name, kind in (("方案.xlsx", "schemes"), ("名册.xlsx", "rosters")):
        template = (checkout.root / "templates" / kind / "red-blue.xlsx").read_bytes()
        assert (checkout.root / "workbooks/red-blue" / name).read_bytes() == template, name


def test_2_ninety_deductions_of_twenty_kinds_and_no_two_units_alike(quarter: Quarter) -> None:
    problems = quarter.table("problems")
    units = [row["unit_code"] for row in quarter.table("results")]
    number = Counter(row["unit_code"] for row in problems)
    assert len(problems) >= 90 and len({row["kind"] for row in problems}) >= 20
    assert (min(number[unit] for unit in units), max(number[unit] for unit in units)) == (0, 9)
    told = [frozenset(row["fact"] for row in problems if row["unit_code"] == unit) for unit in units if number[unit]]
    assert len(set(told)) == len(told) and len({row["fact"] for row in problems}) == len(problems)


def test_2_twelve_claims_of_which_two_are_not_verified(quarter: Quarter) -> None:
    claims = quarter.table("adjustments")
    assert len(claims) == 12
    unverified = [row for row in claims if row["verified"] == ""]
    assert [row["amount"] for row in unverified] == ["0", "0"] and {row["reason"] for row in unverified} == {
        "未确认，不计"
    }


def test_2_forty_reports_and_thirty_verdicts(quarter: Quarter) -> None:
    typed = Counter(row["field"] for row in quarter.table("entries"))
    assert typed["整改情况"] >= 40 and typed["核验"] >= 30


def test_2_close_calls_at_the_threshold_and_a_tie_at_the_end(quarter: Quarter) -> None:
    rows = quarter.table("results")
    assert {"98", "97.99"} <= {row["base"] for row in rows if row["unit_class"] == "Ⅲ"}
    first = sorted((row for row in rows if row["unit_class"] == "Ⅰ"), key=lambda row: int(row["rank"]))
    assert first[-1]["rank"] == first[-2]["rank"] == "9" and first[-1]["total"] == first[-2]["total"]
    assert {row["boards"].split("、")[0] for row in first[-2:]} == {"蓝榜"}


def test_3_twenty_opening_problems_were_brought_along_some_already_closed(quarter: Quarter) -> None:
    opening = [row for row in quarter.table("ledger", "2026Q2") if "-QC-" in row["problem_id"]]
    closed = [row for row in opening if row["state"] == "已销号"]
    assert len(opening) == 20 and 0 < len(closed) < 20 and all(row["closed"] for row in closed)


def test_3_one_closed_problem_relapses_and_is_named_with_the_old_one(quarter: Quarter) -> None:
    ledger = {row["problem_id"]: row for row in quarter.table("ledger")}
    (relapse,) = [row for row in ledger.values() if row["relapse_of"]]
    old = ledger[relapse["relapse_of"]]
    assert relapse["problem_id"].startswith("2026Q3") and old["state"] == "已销号" and old["kind"] == relapse["kind"]
    notice = next((quarter.folder() / "文书/考核结果反馈通知书").glob(f"{relapse['unit_code']} *"))
    told = next(each.text for each in docx.Document(notice).paragraphs if relapse["text"] in each.text)
    assert "复发" in told
    book = openpyxl.load_workbook(quarter.folder() / "问题台账.xlsx")
    rows = [row for sheet in book for row in sheet.values if relapse["problem_id"] in row]
    assert any(old["problem_id"] in str(row) for row in rows)


def test_4_the_returned_workbooks_were_saved_by_an_office_program_with_its_results(checkout: Quarter) -> None:
    seen = 0
    for period in PERIODS:
        for path in sorted(checkout.at(period).returned.glob("*.xlsx")):
            with zipfile.ZipFile(path) as book:
                assert b"<Application>LibreOffice" in book.read("docProps/app.xml"), path.name
                sheets = [
                    book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")
                ]
            formulas = re.findall(r"<f\b[^>]*>[^<]*</f>(<v>)?", "".join(sheets))
            assert all(formulas) and (len(formulas) > 1000 or "期初问题" in path.name), path.name
            seen += 1
    assert seen == 62


def test_4_the_xls_and_the_renamed_file_are_accepted_with_the_reading_stated(quarter: Quarter) -> None:
    files = {row["unit_code"]: row for row in quarter.table("files")}
    assert len(files) == 31 and {row["verdict"] for row in files.values()} == {"受理", "提示"}
    assert files["U204"]["file"].endswith(".xls") and "格式，已照常读取" in files["U204"]["note"]
    assert not files["U107"]["file"].startswith("U107") and "已按表内标识识别" in files["U107"]["note"]
    assert (quarter.at().returned / files["U204"]["file"]).read_bytes()[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_5_every_document_and_workbook_of_a_run_opens(quarter: Quarter) -> None:
    documents = sorted(quarter.folder().rglob("*.docx"))
    register = {row["file"]: row["kind"] for row in quarter.table("documents")}
    assert {path.relative_to(quarter.folder()).as_posix() for path in documents} == register.keys()
    assert Counter(register.values()) == {"考核结果反馈通知书": 31, "整改清单": 31, "考核结果通报": 1}
    for path in documents:
        opened = docx.Document(io.BytesIO(path.read_bytes()))
        text = "".join(element.text or "" for element in opened.element.body.iter() if element.tag.endswith("}t"))
        assert len(text) > 80 and "{{" not in text and "{%" not in text, path.name
    for name in ("考核结果.xlsx", "受理清单.xlsx", "问题台账.xlsx"):
        assert openpyxl.load_workbook(quarter.folder() / name).sheetnames, name
