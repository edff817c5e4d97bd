"""`kaohe verify`: every formula cell of a results workbook, or of a copy of it, against what an office program makes of it, and the program's
figures against the recalculated ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from kaohe.cli.commands import app
from kaohe.core.cells import a1
from kaohe.documents.results.book import book
from kaohe.files import xlsx
from kaohe.official.check import office
from kaohe.stages import verify as stage
from kaohe.stages.verify import Difference, differences, formula_values, verify
from kaohe.stages.workspace import NotReady
from makers import recalculation, results

GRADE, TOTAL, RANK = ("结果", "K4"), ("结果", "H4"), ("结果", "I4")
OURS = {GRADE: "优秀", TOTAL: 98.45, RANK: 1}


def found(**theirs: object) -> list[Difference]:
    """What differs from OURS where the office program has other values by the letter of the column."""
    new = {place: theirs.get(place[1][0], value) for place, value in OURS.items()}
    return list(differences(OURS, new))  # type: ignore[arg-type]


def test_numbers_are_the_same_within_a_billionth_and_texts_exactly() -> None:
    assert found() == found(H=98.45 + 9e-8, I=1.0) == []
    assert found(H=98.4500002) == [Difference("结果", "H4", 98.45, 98.4500002)]
    assert found(K="优秀 ") == [Difference("结果", "K4", "优秀", "优秀 ")]
    assert found(I="1") == [Difference("结果", "I4", 1, "1")], "a text is no number"
    assert found(I=True) == [Difference("结果", "I4", 1, True)]


def test_blank_is_no_zero_and_a_cell_that_is_gone_differs() -> None:
    assert found(I="") == [Difference("结果", "I4", 1, "")]
    assert list(differences({RANK: ""}, {})) == []
    assert list(differences({RANK: 0}, {})) == [Difference("结果", "I4", 0, "")]


def test_an_error_value_is_a_difference_even_where_both_have_it() -> None:
    assert list(differences({RANK: "#N/A"}, {RANK: "#N/A"})) == [Difference("结果", "I4", "#N/A", "#N/A")]


def test_the_values_beside_the_formulas_are_the_programs(tmp_path: Path) -> None:
    made = book(results.edition())
    (tmp_path / "考核结果.xlsx").write_bytes(xlsx.write(made))
    values = formula_values(tmp_path / "考核结果.xlsx")
    assert len(values) == sum(bool(cell.formula) for each in made.sheets for cell in each.cells) > 500


@pytest.mark.parametrize("name", ["考核结果.xlsx", "说明.docx"])
def test_what_is_no_workbook_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(office, "program", lambda: "soffice")
    (tmp_path / name).write_text("没有内容", encoding="utf-8")
    with pytest.raises(NotReady, match=r"不是能够读取的工作簿（\.xlsx、\.ods、\.xls）"):
        verify(tmp_path / name)


def test_a_workbook_of_values_has_nothing_to_verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.setattr(office, "program", lambda: "soffice")
    openpyxl.Workbook().save(tmp_path / "值.xlsx")
    with pytest.raises(NotReady, match="没有公式"):
        verify(tmp_path / "值.xlsx")


def test_without_an_office_program_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: "")
    with pytest.raises(NotReady, match="没有找到 LibreOffice"):
        verify(tmp_path / "考核结果.xlsx")


def test_the_command_tells_each_cell_with_both_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = (Difference("结果", "H4", 98.45, 98.44), Difference("结果", "K4", "优秀", ""))
    changed = (Difference("核对", "D4", 98.45, 98.4, "云口公司 总分"),)
    made = stage.Verified({"结果": 3}, mine, 7, changed)
    monkeypatch.setattr(stage, "verify", lambda path: made)
    told = CliRunner().invoke(app, ["verify", "考核结果.xlsx"])
    assert told.exit_code == 1
    assert "公式单元格 3 个（结果 3）" in told.stdout and "2 个公式单元格和文件里的数不同" in told.stdout
    assert "结果!H4  文件里 98.45  重新计算 98.44" in told.stdout
    assert "结果!K4  文件里 优秀  重新计算 空白" in told.stdout
    assert "核对!D4  云口公司 总分  程序 98.45  公式 98.4" in told.stdout
    monkeypatch.setattr(stage, "verify", lambda path: stage.Verified({"结果": 3}, (), 7))
    told = CliRunner().invoke(app, ["verify", "考核结果.xlsx"])
    assert told.exit_code == 0 and "程序数 7 个" in told.stdout


def test_the_programs_figures_stand_on_the_sheet_of_checks() -> None:
    made = book(results.edition())
    checks = next(each for each in made.sheets if each.name == "核对")
    values = {
        ("核对", a1(cell.row, cell.column)): cell.value if cell.value is not None else "" for cell in checks.cells
    }
    found = {each.what: (each.ours, each.office) for each in stage.figures(values)}  # type: ignore[arg-type]
    assert found["长坪公司 总分"] == (100.2, 100.2) and found["长坪公司 榜"] == ("红榜", "红榜")
    assert found["物资中心 总分"] == ("", ""), "a withheld unit has none"
    assert not list(stage.figures({("结果", "A3"): "总分\n程序", ("结果", "B3"): "总分\n公式"})), "another sheet"


@pytest.mark.office
def test_an_office_program_recalculates_and_finds_a_value_that_does_not_follow(tmp_path: Path) -> None:
    right, wrong = tmp_path / "考核结果.xlsx", tmp_path / "改过.xlsx"
    right.write_bytes(xlsx.write(book(results.edition())))
    wrong.write_bytes(recalculation.spoilt(right.read_bytes()))
    good, bad = verify(right), verify(wrong)
    assert good.differences == () and sum(good.formulas.values()) > 500
    assert len(bad.differences) == sum(good.formulas.values()), "every spoilt value is found: none is believed"
    assert {"结果", "核对"} <= set(good.formulas)
    assert good.figures > 100 and good.changed == bad.changed == ()


@pytest.mark.office
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_copy_in_another_format_is_verified_and_a_changed_input_found(tmp_path: Path, kind: str) -> None:
    """Somebody saved a copy, after one mark too many on a line of U102: totals and ranks follow, the program's figures do not."""
    made = book(results.edition())
    inputs = next(each for each in made.sheets if each.name == "数据")
    cells = tuple(
        replace(cell, value=float(str(cell.value)) - 5) if (cell.row, cell.column) == (5, 10) else cell
        for cell in inputs.cells
    )
    sheets = tuple(replace(each, cells=cells) if each.name == inputs.name else each for each in made.sheets)
    for name, each in (("原样", made), ("改过", replace(made, sheets=sheets))):
        (tmp_path / f"{name}.xlsx").write_bytes(xlsx.write(each))
    given = [tmp_path / "原样.xlsx", tmp_path / "改过.xlsx"]
    office.convert(given, kind, tmp_path, tmp_path / "profile")
    whole, changed = (verify(tmp_path / f"{name}.{kind}") for name in ("原样", "改过"))
    assert whole.differences == whole.changed == () and sum(whole.formulas.values()) > 500
    assert {each.what for each in changed.changed} >= {"枫林公司 总分", "枫林公司 基础分"}
    assert all(each.sheet == "核对" for each in changed.changed)
