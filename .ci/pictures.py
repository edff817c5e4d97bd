"""The pictures of docs/pictures, made anew from the sample: real forms, a real marked copy, a notice, the board.

    python .ci/pictures.py

Runs the sample in a copy (about two minutes), lets LibreOffice print and poppler and Chromium draw. Run it whenever a form, the notice or the board
looks different; tests/test_docs_site.py limits the size.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

CHECKOUT = Path(__file__).resolve().parents[1]
PICTURES = CHECKOUT / "docs/pictures"
UNIT, NOTICE_OF, QUARTER, BEFORE = "U105", "U106", "2026Q4", "2026Q3"
COLOURS = 48
#: fonts of official documents that a free system lacks → what stands in for them in the pictures
STAND_INS = {
    "方正小标宋_GBK": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "仿宋_GB2312": "AR PL KaitiM GB",
    "仿宋": "AR PL KaitiM GB",
    "楷体_GB2312": "AR PL KaitiM GB",
    "楷体": "AR PL KaitiM GB",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}
#: picture → (which workbook, words of the page's heading, how much of its height, width in pixels)
FORMS = {
    "form-cover": ("issued", "填报表　", 1.0, 1400),
    "form-rectification": ("issued", "整改情况　", 1.0, 1500),
    "form-scores": ("issued", "评分　", 0.42, 1500),
    "form-returned": ("returned", "差错清单　", 1.0, 1400),
    "form-marked": ("returned", "扣分与问题　", 0.3, 1500),
}


def main() -> None:
    """Make all of them."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for folder in ("workbooks", "templates", "notebooks"):
            shutil.copytree(CHECKOUT / folder, place / folder)
        for old in (place / "workbooks/red-blue" / QUARTER / "下发").glob("*.xlsx"):
            old.unlink()  # issued by whoever worked in this checkout; a clone has none
        for words, code in ((("run", BEFORE), 0), (("issue", QUARTER), 0), (("check", QUARTER), 1)):
            done = subprocess.run(
                [sys.executable, "-m", "kaohe.cli", words[0], "red-blue", words[1]], cwd=place, check=False
            )
            if done.returncode != code:
                sys.exit(f"kaohe {' '.join(words)}: {done.returncode}")
        period, reports = place / "workbooks/red-blue" / QUARTER, place / "reports/red-blue"
        use_stand_ins(place / "fonts.conf")
        books = {
            "issued": printed(next((period / "下发").glob(f"{UNIT} *")), place),
            "returned": printed(next((reports / QUARTER / "退回件").glob(f"{UNIT} *")), place),
        }
        for picture, (book, heading, part, width) in FORMS.items():
            save(cropped(page(books[book], heading), part), picture, width)
        letter = printed(next((reports / BEFORE / "文书/考核结果反馈通知书").glob(f"{NOTICE_OF} *")), place)
        save(beside(drawn(letter, 1, 150), drawn(letter, 2, 150)), "notice", 1060, 20)
        save(browsed(reports / BEFORE / "榜.html", place / "board.png"), "board", 960, 48)


def printed(file: Path, place: Path) -> Path:
    """The PDF that LibreOffice makes of a file."""
    folder = place / "pdf" / file.parent.name
    profile = f"-env:UserInstallation={(place / 'office').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file))
    return folder / f"{file.stem}.pdf"


def use_stand_ins(file: Path) -> None:
    """Write settings of fontconfig, and have the programs started from here read them."""
    rows = "".join(
        f'<match><test name="family"><string>{font}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{other}</string></edit></match>'
        for font, other in STAND_INS.items()
    )
    shared = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    file.write_text(f"<fontconfig>{shared}{rows}</fontconfig>", encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(file)


def page(pdf: Path, heading: str) -> Image.Image:
    """The first page whose first lines hold these words."""
    for number, text in enumerate(run("pdftotext", "-layout", str(pdf), "-").split("\f"), 1):
        lines = [line.strip() for line in text.splitlines() if line.strip()][:3]
        if any(heading.strip() in line.split()[0] for line in lines):
            return drawn(pdf, number, 200)
    sys.exit(f"{pdf.name}: no page {heading}")


def drawn(pdf: Path, number: int, dots: int) -> Image.Image:
    """A page as a picture, with so many dots an inch."""
    target = pdf.parent / f"{number}-{dots}"
    run("pdftoppm", "-r", str(dots), "-f", str(number), "-l", str(number), "-singlefile", "-png", str(pdf), str(target))
    return Image.open(target.with_suffix(".png")).convert("RGB")


def cropped(image: Image.Image, part: float) -> Image.Image:
    """Without its margins and what stands below the first wide gap (the foot of the page); of what is left only the upper part."""
    ink = (
        ImageChops.difference(image, Image.new("RGB", image.size, "white"))
        .convert("L")
        .point(lambda grey: 255 if grey > 8 else 0)
    )
    left, top, right, bottom = ink.getbbox() or (0, 0, *image.size)
    gap = round(image.height * 0.06)
    for row in range(top, bottom - gap):
        if ink.crop((0, row, image.width, row + gap)).getbbox() is None:
            bottom = row
            break
    left, _, right, _ = ink.crop((0, 0, image.width, bottom)).getbbox() or (left, 0, right, 0)
    edge = 8
    return image.crop((left - edge, top - edge, right + edge, top + round((bottom - top) * part) + edge))


def beside(one: Image.Image, other: Image.Image) -> Image.Image:
    """Two pages side by side."""
    both = Image.new("RGB", (one.width + other.width, one.height), "white")
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))
    return both


def browsed(file: Path, target: Path) -> Image.Image:
    """The head of a page as a browser shows it."""
    browser = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    profile = f"--user-data-dir={target.parent / 'browser'}"
    run(browser, "--headless", "--no-sandbox", "--disable-gpu", profile, "--hide-scrollbars", "--window-size=1280,1180",
        f"--screenshot={target}", file.as_uri())  # fmt: skip
    return Image.open(target).convert("RGB")


def save(image: Image.Image, name: str, width: int, colours: int = COLOURS) -> None:
    """Into docs/pictures, at most so wide, in few colours."""
    if image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    path = PICTURES / f"{name}.png"
    image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(CHECKOUT)}  {image.width}×{image.height}  {path.stat().st_size / 1000:.0f} kB")


def run(*command: str) -> str:
    """Standard output of a command that succeeds."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
