"""受理清单.xlsx: who returned what, every fault in words at its cell, who is missing."""

from __future__ import annotations

from kaohe.core.cells import Source
from kaohe.core.sentences import CATALOGUE, fault, say
from kaohe.documents.acceptance_book import book, missing_units, verdict_of_unit
from kaohe.files import xlsx
from kaohe.records.books import Book
from kaohe.records.edition import FileRow
from makers import results

FILES = (
    FileRow("长坪公司.xlsx", "受理", "U101"),
    FileRow("枫林公司.xls", "提示", "U102", "旧格式，已照读"),
    FileRow("青石公司.xlsx", "存疑", "U103"),
    FileRow("青石公司 (2).xlsx", "存疑", "U103"),
    FileRow("压缩.zip", "拒收", "", "请解压后重报"),
    FileRow("~$临时.xlsx", "忽略"),
)
HELD = next(
    code
    for code, sentence in CATALOGUE.items()
    if sentence.effect == "存疑" and "{" not in sentence.text + sentence.advice
)
FAULT = fault(HELD, Source("青石公司.xlsx", "评分", "I6"), "约95", "U103")


def made(mended: bool = False) -> Book:
    return book(results.scheme(), results.roster(), "2026Q3", FILES, (FAULT,), "2026-10-09", (FAULT,) if mended else ())


def values(name: str, mended: bool = False) -> list[list[object]]:
    sheet = next(each for each in made(mended).sheets if each.name == name)
    rows: dict[int, list[object]] = {}
    for cell in sorted(sheet.cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell.value)
    return [rows[row] for row in sorted(rows)]


def test_the_summary_counts_each_class_once_a_unit() -> None:
    rows = {row[0]: row for row in values("汇总")}
    assert rows["Ⅰ"] == ["Ⅰ", "县区公司", 5, 3, 1, 1, 1, 0, 2]
    assert rows["合计"][2:] == [12, 3, 1, 1, 1, 0, 9]
    assert rows["全部文件"][2:] == [1, 1, 2, 1, 1, 6]


def test_every_file_stands_once_with_its_verdict() -> None:
    rows = values("清单")[3:]
    assert [(row[1], row[2]) for row in rows] == [(file.file, file.verdict) for file in FILES]


def test_a_fault_is_said_with_file_sheet_cell_and_what_was_found() -> None:
    row = values("差错")[3]
    assert row[1:] == ["青石公司.xlsx", "青石公司", "评分", "I6", "存疑", "约95", say(FAULT), HELD]


def test_the_missing_units_stand_with_a_phone() -> None:
    rows = values("未报")[3:]
    assert [row[1] for row in rows] == [unit.code for unit in missing_units(results.roster(), FILES)]
    assert rows[0][1:] == ["U104", "石桥公司党支部", "Ⅰ", "林知夏", "陆文棠", "61104"]
    assert "U305" not in {row[1] for row in rows}, "不参评 owes no form"


def test_a_units_verdict_is_its_worst() -> None:
    both = (*FILES, FileRow("长坪公司 (2).xlsx", "存疑", "U101"))
    assert verdict_of_unit("U101", both) == "存疑"
    assert verdict_of_unit("U104", both) is None


def test_what_was_mended_has_a_sheet_of_its_own_only_when_there_is_some() -> None:
    assert [each.name for each in made().sheets] == ["汇总", "清单", "差错", "未报"]
    assert values("已改正", mended=True)[3][1] == "青石公司.xlsx"
    assert xlsx.write(made(mended=True)) == xlsx.write(made(mended=True))
