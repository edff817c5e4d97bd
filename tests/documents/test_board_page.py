"""The board page in a real browser: no sideways scroll on a phone, two sheets of A4, the floating picture."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from kaohe.documents.board import floating
from kaohe.documents.board.page import fields
from kaohe.files.html import page, templates_in
from kaohe.records.edition import Edition
from makers import board as maker
from makers import everything

pytestmark = pytest.mark.office
TEMPLATES = templates_in(Path(__file__).parents[2] / "templates" / "html")
FRAME = """<!doctype html><meta charset="utf-8"><body style="margin:0"><iframe id="f" src="{name}"
 style="border:0;width:{width}px;height:900px"></iframe><script>onload=()=>{{
 const d=document.getElementById("f").contentDocument.documentElement;
 document.documentElement.dataset.w=d.scrollWidth+"/"+d.clientWidth}}</script>"""


def browse(folder: Path, *words: str) -> str:
    program = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    done = subprocess.run(
        [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
            "--allow-file-access-from-files", f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=3000", *words,
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.stdout


def _long_names(edition: Edition) -> Edition:
    """Fields of several classes, under names that a phone cannot show on one line."""
    name, classes = "、".join(["ZN 职能部门党支部"] * 3), tuple(each.code for each in edition.scheme.classes)
    fields = tuple(replace(each, name=name, classes=classes) for each in edition.outcome.fields)
    return replace(edition, outcome=replace(edition.outcome, fields=fields))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("board")
    for name, withheld in (("board.html", None), ("provisional.html", {"U03": "存疑", "U22": "未报"})):
        (place / name).write_bytes(page(TEMPLATES, "board.html.j2", fields(maker.edition(withheld))))
    (place / "floating.html").write_bytes(page(TEMPLATES, "floating.html.j2", floating.fields(maker.edition(None))))
    (place / "long.html").write_bytes(page(TEMPLATES, "board.html.j2", fields(_long_names(maker.edition(None)))))
    (place / "grades.html").write_bytes(page(TEMPLATES, "board.html.j2", fields(everything.edition())))
    return place


@pytest.mark.parametrize("name", ["board.html", "provisional.html", "grades.html", "long.html"])
@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1280])
def test_no_width_needs_sideways_scrolling(folder: Path, name: str, width: int) -> None:
    (folder / "frame.html").write_text(FRAME.format(name=name, width=width), encoding="utf-8")
    found = re.search(r'data-w="(\d+)/(\d+)"', browse(folder, "--dump-dom", (folder / "frame.html").as_uri()))
    assert found and int(found[2]) == width and int(found[1]) <= width


@pytest.mark.parametrize("name", ["board.html", "provisional.html"])
def test_it_prints_on_two_sheets_of_a4(folder: Path, name: str) -> None:
    sheet = folder / "board.pdf"
    browse(folder, "--no-pdf-header-footer", f"--print-to-pdf={sheet}", (folder / name).as_uri())
    told = subprocess.run(["pdfinfo", str(sheet)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+2\b", told) and "(A4)" in told


def test_the_floating_picture_leads_to_the_board_and_stands_inside_a_phones_page(folder: Path) -> None:
    (folder / "frame.html").write_text(FRAME.format(name="floating.html", width=320), encoding="utf-8")
    found = re.search(r'data-w="(\d+)/(\d+)"', browse(folder, "--dump-dom", (folder / "frame.html").as_uri()))
    assert found and found[1] == found[2] == "320"
    dom = browse(folder, "--dump-dom", (folder / "floating.html").as_uri())
    assert (
        re.findall(r'<a href="([^"]+)"', dom) == ["榜.html"]
        and "点击查看" in dom
        and not re.search("<script|https?://(?!www.w3.org)", dom)
    )
