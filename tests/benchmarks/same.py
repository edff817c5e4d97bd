"""Both ways must tell the same: totals, ranks and boards, the number of documents, score and rank in each notice."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

import pandas as pd
from places import Bench
from plain.documents import BULLETIN, LIST, NOTICE

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.S)
_FORMULA = re.compile(b"<f[ >/]")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def check(bench: Bench) -> dict[str, int]:
    """Compare what both ways wrote into a place; the counts that the page tells. Raises AssertionError where they differ."""
    ours = pd.read_csv(bench.report / "data" / "results.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    theirs = pd.read_csv(bench.plain / "results.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert _figures(ours, "unit_code") == _figures(theirs, "代码"), "the plain way computes other results"
    counts = {"units": len(ours)}
    for kind in (NOTICE, LIST, BULLETIN):
        mine, other = _files(bench.report / "文书" / kind), _files(bench.plain / "文书" / kind)
        assert mine.keys() == other.keys(), f"other documents of kind {kind}"
        counts[kind] = len(mine)
        if kind == NOTICE:
            different = [name for name, path in mine.items() if result_of(path) != result_of(other[name])]
            assert not different, f"another result in the notices of {different[:3]}"
    for way, folder in (("kaohe", bench.report), ("plain", bench.plain)):
        counts[f"formulas {way}"] = formulas(folder / "考核结果.xlsx")
    return counts


def documents_of(bench: Bench) -> dict[str, int]:
    """The counts that the page tells, of kaohe alone."""
    counts = {kind: len(_files(bench.report / "文书" / kind)) for kind in (NOTICE, LIST, BULLETIN)}
    return {"units": bench.units, **counts, "formulas kaohe": formulas(bench.report / "考核结果.xlsx")}


def _figures(rows: pd.DataFrame, code: str) -> dict[str, tuple[str, ...]]:
    """Unit → base, total, rank, grade and boards."""
    return {
        row[code]: (f"{float(row['base']):.2f}", f"{float(row['total']):.2f}", row["rank"], row["grade"], row["boards"])
        for row in rows.to_dict("records")
    }


def _files(folder: Path) -> dict[str, Path]:
    return {path.name: path for path in folder.glob("*.docx")}


def result_of(notice: Path) -> str:
    """The paragraph of a notice that tells score and rank."""
    with zipfile.ZipFile(notice) as package:
        document = package.read("word/document.xml").decode()
    texts = ("".join(_TEXT.findall(each)) for each in _PARAGRAPH.findall(document))
    return unescape(next(text for text in texts if "考核总分" in text))


def formulas(path: Path) -> int:
    """Cells of a workbook that hold a formula."""
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    return sum(len(_FORMULA.findall(xml)) for xml in sheets)
