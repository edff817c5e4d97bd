"""One blank required cell in one workbook of class Ⅰ, on the whole sample (scheme model 4, steps 0 and 0a).

1. The unit is 存疑 and named at file, sheet and cell; its marked copy waits in 退回件.
2. Everybody else's own scores are those of the complete run.
3. Ranks and boards of its class are 暂定; the other classes' stand, and so does the −0.5 of class Ⅲ.
4. No 通报 is written; the notices of its class say 暂定 and carry no number.
5. The run says so, and ends with 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from sample.conftest import Quarter

UNIT, LINE = "U105", "3.3"


@pytest.fixture(scope="module")
def blank(quarter: Quarter, tmp_path_factory: pytest.TempPathFactory) -> tuple[Quarter, str, str]:
    """The quarter after a run with the blank cell; the name of the file and the address of the cell."""
    place = quarter.copied(tmp_path_factory.mktemp("blank") / "place", "2026Q2")
    path = place.returned(UNIT)
    cell = place.address(path, "评分", LINE, "核查")
    place.blank(path, "评分", cell)
    return place.run(kernels=False), path.name, cell


def results(place: Quarter) -> dict[str, dict[str, str]]:
    return {row["unit_code"]: row for row in place.table("results")}


def test_1_the_unit_is_named_at_file_sheet_and_cell(blank: tuple[Quarter, str, str]) -> None:
    place, file, cell = blank
    doubtful = [row for row in place.table("faults") if row["effect"] != "提示"]
    assert [(row["code"], row["effect"], row["file"], row["sheet"], row["cell"]) for row in doubtful] == [
        ("VALUE-003", "存疑", file, "评分", cell)
    ]
    assert [row["unit_code"] for row in place.table("files") if row["verdict"] == "存疑"] == [UNIT]
    mine = results(place)[UNIT]
    assert mine["status"] == "存疑" and mine["total"] == mine["base"] == mine["rank"] == ""


def test_1_its_marked_copy_names_the_cell_beside_its_row(blank: tuple[Quarter, str, str]) -> None:
    place, file, cell = blank
    assert [path.name for path in (place.folder() / "退回件").iterdir()] == [file]
    book = openpyxl.load_workbook(place.folder() / "退回件" / file)
    listed = [value for row in book["差错清单"].values for value in row if value]
    assert cell in listed
    note = place.address(place.folder() / "退回件" / file, "评分", LINE, "校验提示")
    assert str(book["评分"][note].value).startswith("〔核查〕")


def test_2_everybody_else_keeps_base_and_total(blank: tuple[Quarter, str, str], quarter: Quarter) -> None:
    after, before = results(blank[0]), results(quarter)
    own = ("base", "total", "total_exact")
    others = before.keys() - {UNIT}
    assert {u: [after[u][name] for name in own] for u in others} == {
        u: [before[u][name] for name in own] for u in others
    }
    points = [[row for row in place.table("points") if row["unit_code"] != UNIT] for place in (blank[0], quarter)]
    assert points[0] == points[1] and points[0]


def test_3_its_class_is_provisional_and_the_others_stand(blank: tuple[Quarter, str, str], quarter: Quarter) -> None:
    after, before = results(blank[0]), results(quarter)
    for unit, row in after.items():
        if row["unit_class"] == "Ⅰ":
            assert row["status"] == ("存疑" if unit == UNIT else "暂定"), unit
        else:
            assert row == before[unit], unit


def test_3_effects_of_ranks_are_provisional_and_effects_of_own_scores_stand(blank: tuple[Quarter, str, str]) -> None:
    rows = [row for row in blank[0].table("consequences") if row["effect"] in ("上榜", "绩效加减")]
    first = [row for row in rows if row["unit_code"].startswith("U1")]
    assert {row["provisional"] for row in first if row["parameter"] in ("红榜", "蓝榜", "廉政红榜", "宣传红榜")} == {
        "是"
    }
    assert {row["provisional"] for row in first if row["effect"] == "绩效加减"} == {"是"}
    assert {row["provisional"] for row in first if row["parameter"] == "宣传蓝榜"} == {"否"}
    others = [row for row in rows if not row["unit_code"].startswith("U1")]
    assert {row["provisional"] for row in others} == {"否"}
    third = {row["unit_code"] for row in others if row["rule"] == "R05" and row["amount"] == "-0.5"}
    assert third == {"U301", "U308", "U310"}


def test_4_no_bulletin_is_written_and_notices_of_the_class_say_provisional_without_a_number(
    blank: tuple[Quarter, str, str],
) -> None:
    place = blank[0]
    documents = place.table("documents")
    assert (
        "考核结果通报" not in {row["kind"] for row in documents} and not (place.folder() / "文书/考核结果通报").exists()
    )
    notices = {row["unit_code"]: row for row in documents if row["kind"] == "考核结果反馈通知书"}
    assert UNIT not in notices and len(notices) == 30
    for unit, row in notices.items():
        text = "\n".join(words(docx.Document(place.folder() / row["file"])))
        if unit.startswith("U1"):
            assert row["status"] == "暂定" and row["number"] == "" and "暂定" in text and "岚能党建函" not in text
        else:
            assert row["status"] == "正式" and row["number"] in text and "暂定" not in text


def words(document: Any) -> list[str]:
    """Every paragraph of the body, those in tables too."""
    return ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in document.element.body.iter(qn("w:p"))]


def test_5_the_run_says_who_is_withheld_and_ends_with_1(blank: tuple[Quarter, str, str]) -> None:
    report = blank[0].report
    assert report is not None and report.exit_code == 1
    assert any("存疑" in line and UNIT in line for line in report.lines) and any(
        "暂定" in line for line in report.lines
    )
