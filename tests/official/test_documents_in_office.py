"""The documents in a real office program: LibreOffice makes PDF of them, and what the standard measures is measured on the paper.

Lengths are millimetres; the pictures have ten points per millimetre, so a row or column of pixels is a tenth of one.
"""

from __future__ import annotations

import re
import subprocess
from functools import partial
from pathlib import Path

import pytest

from kaohe.documents import bulletin, notice, rectification
from kaohe.files.word import Template
from kaohe.official.blocks import text
from kaohe.official.build import TEMPLATES
from kaohe.official.layout import NATIONAL
from kaohe.official.package import package
from kaohe.official.settle import settle
from makers.edition import FULL, edition

pytestmark = pytest.mark.office
HANZI = "考核结果反馈如下各单位要逐项明确整改措施责任人和完成时限按期" * 60


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three kinds of one edition and a page of plain text, as PDF."""
    folder, made = tmp_path_factory.mktemp("documents"), edition(sample=True)
    fields = {
        "通知书": ("考核结果反馈通知书.docx", notice.fields(made, FULL, "云党函〔2026〕31号"), True),
        "通报": ("考核结果通报.docx", bulletin.fields(made, "云党发〔2026〕12号"), False),
        "清单": ("整改清单.docx", rectification.fields(made, FULL), False),
    }
    for name, (template, values, letter) in fields.items():
        compiled = Template.compile(TEMPLATES[template](NATIONAL), template)
        data = compiled.render(values, partial(settle, letter=letter, sealed=name != "清单"))
        (folder / f"{name}.docx").write_bytes(data)
    plain = Template.compile(package(NATIONAL, "文", text("{{ 文 }}")), "文.docx")
    (folder / "文.docx").write_bytes(plain.render({"文": HANZI, "标注": ""}))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    files = [str(each) for each in sorted(folder.glob("*.docx"))]
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=240)
    return {each.stem: each for each in folder.glob("*.pdf")}


class Page:
    """One page as pixels, ten per millimetre."""

    def __init__(self, pdf: Path, number: int) -> None:
        command = ["pdftoppm", "-r", "254", "-f", str(number), "-l", str(number), str(pdf)]
        data = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
        head = re.match(rb"P6\s(\d+)\s(\d+)\s255\s", data)
        assert head is not None
        self.width, self.height, self._pixels = int(head[1]), int(head[2]), data[head.end() :]

    def _at(self, x: int, y: int) -> bytes:
        at = 3 * (y * self.width + x)
        return self._pixels[at : at + 3]

    def is_red(self, x: int, y: int) -> bool:
        red, green, blue = self._at(x, y)
        return red > 200 and green < 90 and blue < 90

    def is_dark(self, x: int, y: int) -> bool:
        return max(self._at(x, y)) < 140

    def red_rows(self, x: float, first: float = 0, last: float = 297) -> list[float]:
        """Where a column (millimetres) is red."""
        return [y / 10 for y in range(int(first * 10), min(int(last * 10), self.height)) if self.is_red(int(x * 10), y)]

    def dark_rows(self, x: float, first: float, last: float) -> list[float]:
        return [y / 10 for y in range(int(first * 10), int(last * 10)) if self.is_dark(int(x * 10), y)]

    def has_ink(self, left: float, top: float, right: float, bottom: float) -> bool:
        return any(
            self.is_dark(x, y)
            for y in range(int(top * 10), int(bottom * 10))
            for x in range(int(left * 10), int(right * 10), 2)
        )


def lines(pdf: Path, page: int) -> list[str]:
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(pdf), "-"]
    out = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return [line.strip() for line in out.replace("\f", "").splitlines() if line.strip()]


def pages(pdf: Path) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    command = ["pdfinfo", "-l", "99", str(pdf)]
    out = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return [(float(w) / 72 * 25.4, float(h) / 72 * 25.4) for w, h in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", out)]


def test_a_full_page_holds_22_lines_of_28_characters(pdfs: dict[str, Path]) -> None:
    found = [line for line in lines(pdfs["文"], 2) if "—" not in line]
    assert len(found) == 22 and {len(line) for line in found} == {28}


def test_a_letter_has_its_red_rules_where_the_standard_wants_them(pdfs: dict[str, Path]) -> None:
    """Thick over thin below the mark, thin over thick with its lower edge 20 mm above the paper's; from 20 to 190 mm."""
    page = Page(pdfs["通知书"], 1)
    rows = page.red_rows(22)
    above, below = [y for y in rows if y < 100], [y for y in rows if y > 100]
    assert 45 <= above[0] and above[-1] <= 48.5 and above[-1] - above[0] == pytest.approx(1.4, abs=0.4)
    assert 297 - below[-1] == pytest.approx(20, abs=0.5)
    assert page.red_rows(20.5) and page.red_rows(189.5) and not page.red_rows(18.5) and not page.red_rows(191.5)


def test_a_letters_mark_begins_30_millimetres_below_the_edge_on_one_line(pdfs: dict[str, Path]) -> None:
    page = Page(pdfs["通知书"], 1)
    rows = [y for y in range(150, 455) if any(page.is_red(x, y) for x in range(200, 1900, 3))]
    assert rows[0] / 10 == pytest.approx(30, abs=1.5) and rows[-1] / 10 < 45


def test_a_document_has_its_red_line_as_wide_as_the_text(pdfs: dict[str, Path]) -> None:
    page = Page(pdfs["通报"], 1)
    rows = page.red_rows(105, 100, 140)
    assert len(rows) in range(3, 9)
    assert page.red_rows(28.5, 100, 140) and page.red_rows(183.5, 100, 140)
    assert not page.red_rows(27, 100, 140) and not page.red_rows(185, 100, 140)


def test_the_imprint_ends_at_the_lower_edge_of_the_text_on_a_portrait_last_page(pdfs: dict[str, Path]) -> None:
    sizes = pages(pdfs["通报"])
    page = Page(pdfs["通报"], len(sizes))
    assert sizes[-1][0] < sizes[-1][1]
    assert page.dark_rows(28.4, 200, 270)[-1] == pytest.approx(262, abs=1)
    assert any("印发" in line for line in lines(pdfs["通报"], len(sizes)))


def test_page_numbers_stand_below_the_text_at_the_outer_side(pdfs: dict[str, Path]) -> None:
    """The dash 7 mm below the text area (262 + 7 mm); odd pages right, even pages left, one character from its edge."""
    for number, inside in ((2, (33, 50)), (3, (162, 179))):
        page = Page(pdfs["通知书"], number)
        dash = page.dark_rows(inside[0] + 2, 262, 275)
        assert dash and dash[0] == pytest.approx(269, abs=1)
        assert not page.has_ink(28, 263, inside[0] - 1, 275) and not page.has_ink(inside[1] + 2, 263, 184, 275)
    first = Page(pdfs["通知书"], 1)
    assert not first.has_ink(28, 263, 184, 274)


def test_the_landscape_lists_number_stays_at_the_portrait_place(pdfs: dict[str, Path]) -> None:
    sizes = pages(pdfs["清单"])
    assert all(width > height for width, height in sizes)
    page = Page(pdfs["清单"], 1)
    assert page.has_ink(25, 155, 31, 184) and not page.has_ink(5, 30, 24, 200) and not page.has_ink(60, 186, 290, 205)


def test_annexes_begin_on_new_pages_and_every_page_says_that_it_is_a_sample(pdfs: dict[str, Path]) -> None:
    count = len(pages(pdfs["通知书"]))
    tops = [lines(pdfs["通知书"], page)[1].replace(" ", "") for page in range(1, count + 1)]
    assert [top for top in tops if top.startswith("附件")] == ["附件1", "附件2", "附件3"]
    assert all("示例数据" in lines(pdfs["通知书"], page)[0] for page in range(1, count + 1))


def test_no_document_leaves_a_tag_or_an_empty_page(pdfs: dict[str, Path]) -> None:
    for name in ("通知书", "通报", "清单"):
        for number in range(1, len(pages(pdfs[name])) + 1):
            found = "".join(lines(pdfs[name], number))
            assert len(found) > 20 and not re.search(r"\{\{|\{%|None|nan", found), (name, number)
