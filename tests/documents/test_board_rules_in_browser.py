"""The rules of the page, computed by a real browser on the board and on the pages of single units (board_audit.html reads them).

1. Text has a contrast of at least 4.5 on its ground; nothing is smaller than 12 px (figures of charts 11.5).
2. On a phone everything that can be touched is at least 44 px high; every link shows where the keyboard is.
3. One main heading, one main landmark, named sections, no jump in headings; charts say a whole sentence.
4. A unit's page covers the board without a script, and no page is wider than the window, at 200 % either.
5. Board and unit page print on two sheets of A4; nothing is said on the console.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kaohe.documents.board.page import fields
from kaohe.files.html import page, templates_in
from kaohe.records.edition import Edition
from kaohe.records.problems import Ledger, Problem
from makers import board as maker
from makers import everything

pytestmark = pytest.mark.office
TEMPLATES = templates_in(Path(__file__).parents[2] / "templates" / "html")
AUDIT = Path(__file__).parent / "board_audit.html"
#: page, and the object whose page is shown ("" = the board)
VIEWS = (("board.html", ""), ("board.html", "u-U10"), ("held.html", ""), ("year.html", ""), ("year.html", "u-Z01"))


def _with_problems() -> Edition:
    """The quarter with open problems of one unit: one overdue, one come back, one in time."""
    made = maker.edition()

    def problem(number: str, deadline: str, **more: str) -> Problem:
        return Problem(
            f"2026Q3-U10-{number}", "U10", "3.1", "3.1", "一般", "记录缺应到、实到人数", "会议记录本", "陆文棠", "2026Q3",
            "2026-09-14", deadline, deadline, **more,
        )  # fmt: skip

    old = replace(problem("00", "2026-08-01"), opened="2026-07-05", closed="2026-08-20", state="已销号")
    rows = (
        old,
        problem("01", "2026-09-20"),
        problem("02", "2026-10-31", relapse_of=old.problem_id),
        problem("03", "2026-11-15"),
    )
    return replace(made, ledger=Ledger("2026Q3", "2026-09-30", rows))


def _told(edition: Edition) -> Edition:
    return replace(
        edition, scheme=replace(edition.scheme, settings=replace(edition.scheme.settings, person_detail="全部"))
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rules")
    pages = {
        "board.html": _with_problems(),
        "held.html": maker.edition({"U03": "存疑", "U22": "未报"}),
        "year.html": _told(everything.edition()),
    }
    for name, edition in pages.items():
        (place / name).write_bytes(page(TEMPLATES, "board.html.j2", fields(edition)))
    return place


def browse(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    return subprocess.run(
        [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
            "--allow-file-access-from-files", f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=3000",
            "--enable-logging=stderr", *words,
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def audit(folder: Path, name: str, width: int, part: str = "") -> dict[str, Any]:
    done = browse(folder, "--dump-dom", f"{AUDIT.as_uri()}#{(folder / name).as_uri()}|{width}|{part}")
    found = re.search(r"<pre>(.*?)</pre>", done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    told["console"] = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return told


@pytest.mark.parametrize(("name", "part"), VIEWS)
@pytest.mark.parametrize("width", [390, 640, 1280])
def test_the_page_keeps_its_rules(folder: Path, name: str, part: str, width: int) -> None:
    found = audit(folder, name, width, part)
    assert found["small"] == [] and found["weak"] == []
    assert found["mute"] == [] and found["unnamed"] == [] and found["unfocused"] == []
    assert (found["first"], found["jumps"], found["mains"]) == (1, 0, 1)
    assert found["wide"][0] <= found["wide"][1] == width
    assert found["console"] == []
    assert width > 640 or found["tiny"] == []
    assert (found["board"], found["pages"]) == ((False, [part]) if part else (True, []))
    assert part or found["skip"] == "skip#main"


@pytest.mark.parametrize(("name", "part"), [("board.html", ""), ("board.html", "#u-U10"), ("held.html", "#u-U03")])
def test_it_prints_on_two_sheets_at_most(folder: Path, name: str, part: str) -> None:
    sheet = folder / "page.pdf"
    browse(folder, "--no-pdf-header-footer", f"--print-to-pdf={sheet}", (folder / name).as_uri() + part)
    told = subprocess.run(["pdfinfo", str(sheet)], capture_output=True, text=True, check=True).stdout
    pages = re.search(r"Pages:\s+(\d+)", told)
    assert pages and int(pages[1]) <= 2 and "(A4)" in told
    text = subprocess.run(["pdftotext", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
    assert ("得分分布" in text) == (not part) and ("差多少能前进" in text) == (part == "#u-U10")
