"""One run of the sample's two whole quarters for the session, in a copy of the checkout; and the means to run a third time elsewhere.

The fourth quarter, in the middle of its collection, is copied only where a test asks for it.
"""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from kaohe.pipeline import Request, RunReport, run
from kaohe.stages.workspace import Place, place
from makers.steps import Screen, in_process

CHECKOUT = Path(__file__).parents[2]
ASSESSMENT, EARLIER, PERIOD, UNFINISHED = "red-blue", "2026Q2", "2026Q3", "2026Q4"


@dataclass(frozen=True)
class Quarter:
    """A copy of the working place. `shown`, `report`: what its last run displayed and said."""

    root: Path
    shown: tuple[str, ...] = ()
    report: RunReport | None = None

    @property
    def origin(self) -> Path:
        """The checkout that every copy comes from."""
        return CHECKOUT

    def at(self, period: str = PERIOD) -> Place:
        return place(self.root, ASSESSMENT, period)

    def folder(self, period: str = PERIOD) -> Path:
        """The published outputs."""
        return self.at(period).report

    def returned(self, unit: str, period: str = PERIOD) -> Path:
        """The workbook that a unit returned under the name it was issued with."""
        return next(self.at(period).returned.glob(f"{unit} *"))

    def address(self, path: Path, sheet: str, code: str, title: str) -> str:
        """The cell in the row that begins with `code`, in the column with this title."""
        rows = list(openpyxl.load_workbook(path)[sheet].iter_rows())
        header = next(row for row in rows if row[0].value in ("编码", "序号", "项目", "问题编号"))
        column = next(cell.column for cell in header if cell.value == title)
        return next(row[column - 1].coordinate for row in rows if row[0].value == code)

    def blank(self, path: Path, sheet: str, cell: str) -> None:
        """Take the text of one cell away; nothing else of the workbook is touched, cached results included."""
        sheets = openpyxl.load_workbook(path, read_only=True).sheetnames
        part = f"xl/worksheets/sheet{sheets.index(sheet) + 1}.xml"
        with zipfile.ZipFile(path) as book:
            parts = [(item, book.read(item)) for item in book.infolist()]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            for item, data in parts:
                if item.filename == part:
                    data, done = re.subn(rb'(<c r="%b"[^>]*?) t="s"><v>\d+</v></c>' % cell.encode(), rb"\1/>", data)
                    assert done == 1
                book.writestr(item, data)

    def table(self, name: str, period: str = PERIOD) -> list[dict[str, str]]:
        """The rows of data/NAME.csv."""
        with (self.folder(period) / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def run(self, request: Request = Request(), period: str = PERIOD, kernels: bool = True) -> Quarter:
        """The place after `kaohe run red-blue 2026Q3`: the notebooks run in kernels, or their steps in this process, which takes half the
        time."""
        display = Screen()
        with nullcontext() if kernels else in_process():
            report = run(self.at(period), request, display)
        return Quarter(self.root, tuple(display.said), report)

    def copied(self, to: Path, *reports: str) -> Quarter:
        """A copy of the place's whole quarters elsewhere, with the published results of some periods only."""
        for name in ("workbooks", "templates", "notebooks"):
            shutil.copytree(self.root / name, to / name, ignore=shutil.ignore_patterns(UNFINISHED))
        for period in reports:
            shutil.copytree(self.folder(period), to / "reports" / ASSESSMENT / period)
        return Quarter(to)


@pytest.fixture(scope="session")
def checkout() -> Quarter:
    """The checkout itself: to be read and copied, never to be run in."""
    return Quarter(CHECKOUT)


@pytest.fixture(scope="session")
def quarter(checkout: Quarter, tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    """Both quarters, run once, on a path with a space and a Chinese character. To be read only."""
    return checkout.copied(tmp_path_factory.mktemp("run") / "样例 一").run()


@pytest.fixture
def elsewhere(quarter: Quarter, tmp_path: Path) -> Quarter:
    """Another copy of the place in which only the second quarter has been run: to be changed and run."""
    return quarter.copied(tmp_path / "二", EARLIER)
