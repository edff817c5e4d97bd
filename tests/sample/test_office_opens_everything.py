"""A real office program on the whole sample: LibreOffice, with a profile of its own.

1. It opens every document and workbook of a run, and the forms that are issued.
2. Its forced recalculation of the results workbook changes no cell, also where every cached result was spoilt before.
3. In an issued form it refuses a locked cell, and 状态 says what is missing and what is right.
4. The script that typed the sample types the same twice, and the same as the tracked workbook.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kaohe.stages.check import check
from kaohe.stages.issue import issue
from makers.office import keyed, type_all
from makers.recalculation import equal, formulas, recalculated, spoilt, values
from sample import fill

if TYPE_CHECKING:
    from sample.conftest import Quarter

pytestmark = [pytest.mark.office, pytest.mark.filterwarnings("ignore:.*xtension is not supported")]
PERIODS = ("2026Q2", "2026Q3")


@pytest.fixture(scope="module")
def issued(quarter: Quarter, tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    """A copy of the place in which the third quarter's forms were issued again, and one returned workbook has a blank cell."""
    place = quarter.copied(tmp_path_factory.mktemp("issued") / "place", *PERIODS)
    issue(place.at())
    path = place.returned("U105")
    place.blank(path, "评分", place.address(path, "评分", "3.3", "核查"))
    check(place.at())
    return place


def converted(files: list[Path], folder: Path, profile: Path) -> list[Path]:
    """The documents as PDF, one start of the office program."""
    command = [
        "soffice",
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=240)
    return [folder / f"{path.stem}.pdf" for path in files]


def test_1_every_document_of_a_run_opens_and_prints(quarter: Quarter, tmp_path: Path) -> None:
    names = {row["unit_code"]: row["unit_name"] for row in quarter.table("results")}
    printed = 0
    for kind in sorted((quarter.folder() / "文书").iterdir()):
        for pdf in converted(sorted(kind.glob("*.docx")), tmp_path / kind.name, tmp_path / "profile"):
            text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
            wanted = names.get(pdf.stem.split()[0], "通报")
            assert wanted in "".join(text.split()), pdf.name
            printed += 1
    assert printed == 63


def test_1_every_workbook_of_a_run_and_an_issued_form_of_each_class_open_with_every_value(
    quarter: Quarter, issued: Quarter, tmp_path: Path
) -> None:
    paths = [quarter.folder(period) / name for period in PERIODS for name in ("受理清单.xlsx", "问题台账.xlsx")]
    paths += sorted((issued.folder() / "退回件").iterdir())
    paths += [next(issued.at().issued.glob(f"{unit} *")) for unit in ("U106", "U209", "U310")]
    books = {str(path): path.read_bytes() for path in paths}
    assert len(books) == 8
    for name, after in recalculated(books, tmp_path).items():
        assert changed(books[name], after) == [], name


@pytest.mark.parametrize("period", PERIODS)
def test_2_forced_recalculation_of_the_results_workbook_changes_no_cell(
    period: str, quarter: Quarter, tmp_path: Path
) -> None:
    data = (quarter.folder(period) / "考核结果.xlsx").read_bytes()
    assert sum(1 for _ in formulas(data)) > 3000
    after = recalculated({"as written": data, "spoilt": spoilt(data)}, tmp_path)
    assert {name: changed(data, each) for name, each in after.items()} == {"as written": [], "spoilt": []}


def changed(before: bytes, after: bytes) -> list[Any]:
    """Every cell whose value differs: numbers by more than 1e-9, text at all."""
    ours, theirs = values(before), values(after)
    places = {place for place in ours.keys() | theirs.keys() if not equal(ours.get(place, ""), theirs.get(place, ""))}
    return [(*place, ours.get(place), theirs.get(place)) for place in sorted(places)]


def test_3_a_locked_cell_is_refused_and_the_state_says_what_is_missing(issued: Quarter, tmp_path: Path) -> None:
    form = Path(shutil.copy(next(issued.at().issued.glob("U106 *")), tmp_path / "form.xlsx"))
    checked, points, state = (issued.address(form, "评分", "3.3", title) for title in ("核查", "得分", "状态"))
    titles = ("指标", "情形", "次数", "事实", "依据或佐证", "责任人", "状态")
    line, case, count, fact, proof, owner, said = (issued.address(form, "扣分与问题", "01", title) for title in titles)
    seen = keyed(
        form,
        [
            ("评分", [(points, "99")], [points, state]),
            ("评分", [(checked, "已查")], [points, state]),
            ("扣分与问题", [(line, "3.3 党员管理标准化"), (case, "组织关系接转超期"), (count, "2")], [said]),
            ("扣分与问题", [(fact, "2人转入超期"), (owner, "秦若溪")], [said]),
            ("扣分与问题", [(proof, "介绍信存根")], [said]),
            ("评分", [], [points, state]),
        ],
    )
    assert seen == [["", "待检查"], ["3.00", "√"], ["缺责任人"], ["缺依据或佐证"], ["√"], ["2.60", "√"]]


def test_4_the_script_types_the_same_twice_and_as_in_the_tracked_workbook(issued: Quarter, tmp_path: Path) -> None:
    (job,) = [each for each in fill.jobs(issued.at()) if Path(each["source"]).name.startswith("U106")]
    twice = [{**job, "target": str(tmp_path / f"{number}.xlsx")} for number in (1, 2)]
    type_all(twice)
    one, other = ((tmp_path / f"{number}.xlsx").read_bytes() for number in (1, 2))
    tracked = issued.returned("U106").read_bytes()
    assert changed(one, other) == []
    # What went out keeps its words: the printed instructions of this version may be worded otherwise.
    assert [each for each in changed(one, tracked) if each[0] != "填报说明"] == []


def test_4_the_script_types_nothing_into_a_locked_cell(
    issued: Quarter, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    form = next(issued.at().issued.glob("U106 *"))
    target = tmp_path / "typed.xlsx"
    cell = issued.address(form, "评分", "3.3", "满分")
    job = {"source": str(form), "target": str(target), "filter": "xlsx", "cells": [["评分", cell, "number", 99]]}
    with pytest.raises(subprocess.CalledProcessError):
        type_all([job])
    assert f"评分!{cell} is protected" in capfd.readouterr().err and not target.exists()
