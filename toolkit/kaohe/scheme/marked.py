"""The marks of a checked scheme or roster: what stands in each cell's comment, and the list 差错清单 (code, effect, place, what to do)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kaohe.core.cells import row_column
from kaohe.core.faults import Fault, quoted
from kaohe.core.sentences import CATALOGUE
from kaohe.records.marks import LIST, Mark, Marks, Row
from kaohe.records.tables import Reading
from kaohe.scheme.rows import as_text

COLUMNS = (
    ("级别", 8.0),
    ("工作表", 12.0),
    ("单元格", 9.0),
    ("现为", 24.0),
    ("查到什么", 52.0),
    ("怎么办", 46.0),
    ("代码", 13.0),
)
_LINK = 2
_STAMP = "内容指纹 "


def marks_of(faults: Iterable[Fault], reading: Reading, file: str, fingerprint: str) -> Marks:
    """Marks of a workbook's faults. `reading` tells what its cells hold, `file` is printed. `fingerprint` of its rules: a copy that still has
    it was not worked on."""
    mine = list(faults)
    cells: dict[tuple[str, str], list[Fault]] = {}
    for each in mine:
        if each.source.sheet and each.source.cell:
            cells.setdefault((each.source.sheet, each.source.cell), []).append(each)
    bad = sum(each.effect != "提示" for each in mine)
    return Marks(
        marks=tuple(
            Mark(sheet, cell, _comment(found), any(each.effect != "提示" for each in found))
            for (sheet, cell), found in cells.items()
        ),
        columns=COLUMNS,
        link=_LINK,
        rows=tuple(_row(each, reading) for each in sorted(mine, key=lambda each: each.effect == "提示")),
        lines=(
            f"{LIST}　{file}",
            f"差错 {bad} 处须改正，提示 {len(mine) - bad} 处请核对。有差错的格涂成红色，提示的格涂成黄色，批注写明怎么办；"
            "改完可以连同本表再校验，删去本表，颜色随之消失。",
        ),
        stamp=f"{_STAMP}{fingerprint}",
    )


def is_untouched(copy: Reading, fingerprint: str) -> bool:
    """Whether a workbook is a marked copy that nobody changed since: its list holds the fingerprint that its rules still have."""
    table = copy.table(LIST)
    return table is not None and any(as_text(row[0]) == f"{_STAMP}{fingerprint}" for row in table.rows[:5] if row)


def _comment(found: Sequence[Fault]) -> str:
    return "\n".join("".join((*_words(each), each.code)) for each in found)


def _row(each: Fault, reading: Reading) -> Row:
    what, how = _words(each)
    place = each.source
    texts = (each.effect, place.sheet or "整本", place.cell or "—", _there(each, reading), what, how, each.code)
    return Row(texts, place.sheet, place.cell, each.effect != "提示")


def _there(each: Fault, reading: Reading) -> str:
    """What the cell holds."""
    table = reading.table(each.source.sheet)
    if table is None or not each.source.cell:
        return each.found or "—"
    odd = table.oddities.get(each.source.cell, "")
    return quoted(as_text(table.at(*row_column(each.source.cell)))) or odd or "空白"


def _words(each: Fault) -> tuple[str, str]:
    """The sentence in its two parts: what was found, what to do."""
    sentence = CATALOGUE[each.code]
    words = {**each.args, "found": each.found or "空白"}
    return sentence.text.format_map(words), sentence.advice.format_map(words)
