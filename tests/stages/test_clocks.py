"""Month, quarter and year of one assessment side by side; earlier periods, archiving, recomputation, and what is out of date.

1. Each period has its own frozen copies and forms, and its clock's components only.
2. A period is computed with the earlier ones that it reads, exactly; what is missing, changed or not archived is said.
3. Repeating runs in any order changes nothing; a corrected period changes exactly the later ones that read it.
4. An archived period is computed again only for a reason; both versions stay and the differences are listed.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from kaohe.core.sentences import say
from kaohe.records.results import Outcome
from kaohe.stages.explain import explain
from kaohe.stages.seal import seal
from kaohe.stages.status import COLUMNS, status
from kaohe.stages.workspace import NotReady, one
from makers.clocks import ASSESSMENT, QUARTERS, YEAR, Clocks, without_kernels

SCORES = {
    "2026Q1": ("95", "90", "85"),
    "2026Q2": ("96", "88", "84"),
    "2026Q3": ("92.5", "91", "80"),
    "2026Q4": ("99", "70", "77"),
}


EVERY = ("2026-01", *QUARTERS, YEAR)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Clocks, list[str]]]:
    """A month, four quarters and the year, issued and handed in; the year was run, so the quarters were run before it. To be copied."""
    with pytest.MonkeyPatch.context() as patch:
        runs = without_kernels(patch)
        place = handed_in(Clocks(tmp_path_factory.mktemp("clocks"), EVERY), *EVERY)
        place.run("2026-01")
        place.report = place.run(YEAR)
        place.computed = tuple(runs)
        yield place, runs


@pytest.fixture
def computed(done: tuple[Clocks, list[str]]) -> list[str]:
    """The periods that are computed from here on."""
    done[1].clear()
    return done[1]


@pytest.fixture
def place(done: tuple[Clocks, list[str]], computed: list[str], tmp_path: Path) -> Clocks:
    """A copy in which everything is computed."""
    return done[0].copied(tmp_path / "处")


def handed_in(place: Clocks, *periods: str) -> Clocks:
    for period in periods:
        one_, two, three = SCORES.get(period, ("90", "80", "70"))
        place.hand_in(period, 甲=float(one_), 乙=float(two), 丙=float(three))
    return place


def standing(place: Clocks, period: str) -> tuple[dict[str, str], tuple[str, ...]]:
    (found,) = status(place.root, ASSESSMENT, period)
    return dict(zip(COLUMNS, found.row, strict=True)), found.notes


def faults(place: Clocks, period: str) -> list[str]:
    return [each.code for each in one(place.at(period).report, "outcome", Outcome).faults]


def test_each_clock_has_its_own_copies_forms_and_components(done: tuple[Clocks, list[str]]) -> None:
    place = done[0]
    for period, parts, lines in (("2026-01", {"YF"}, {"1"}), ("2026Q1", {"JD"}, {"2"}), (YEAR, {"PJ", "NM"}, {"4"})):
        assert {row["component"] for row in place.table(period, "components")} == parts
        assert {row["indicator_code"] for row in place.table(period, "points")} == lines
        assert {row["form"] for row in place.table(period, "entries")} == {
            {"1": "YB", "2": "JB", "4": "NB"}[min(lines)]
        }
        assert (place.at(period).folder / "方案.xlsx").is_file() and (place.at(period).folder / "名册.xlsx").is_file()


def test_a_run_of_the_year_first_computes_the_quarters_and_takes_their_exact_mean(
    done: tuple[Clocks, list[str]],
) -> None:
    place = done[0]
    assert place.computed == ("2026-01", *QUARTERS, YEAR)
    assert [text.split()[0] for text in place.display.said] == list(QUARTERS)
    mean = sum(Fraction(SCORES[quarter][0]) for quarter in QUARTERS) / 4
    assert Fraction(place.rows(YEAR)["甲"]["total_exact"] or place.rows(YEAR)["甲"]["total"]) == mean * 60 / 100 + 36
    assert place.report is not None and place.report.exit_code == 0
    assert any("尚未归档：2026Q1、2026Q2、2026Q3、2026Q4" in line for line in place.report.lines)
    assert faults(place, YEAR) == ["RUN-031"]


def test_a_missing_quarter_withholds_and_is_named(place: Clocks) -> None:
    shutil.rmtree(place.at("2026Q3").folder)
    shutil.rmtree(place.at("2026Q3").report)
    report = place.run(YEAR)
    assert (faults(place, YEAR)[0], place.rows(YEAR)["甲"]["status"]) == ("RUN-030", "存疑")
    assert any("缺少：2026Q3（没有结果）" in line for line in report.lines)


def test_periods_that_are_not_archived_are_not_used_where_the_scheme_says_so(
    tmp_path: Path, computed: list[str]
) -> None:
    place = handed_in(Clocks(tmp_path, (*QUARTERS, YEAR), settings={"上期未归档": "不用"}), *QUARTERS, YEAR)
    for quarter in QUARTERS:
        place.run(quarter)
        if quarter != "2026Q4":
            seal(place.at(quarter), day="2026-12-01")
    report = place.run(YEAR)
    assert place.rows(YEAR)["甲"]["status"] == "存疑"
    assert any("缺少：2026Q4（未归档，方案规定不用）" in line for line in report.lines)
    with pytest.raises(NotReady, match="2026Q4 还没有归档，而方案规定不用未归档的期次"):
        seal(place.at(YEAR), provisional=True)
    seal(place.at("2026Q4"), day="2027-01-05")
    assert standing(place, YEAR)[1][0] == "2026Q4 在本期计算之后才归档。"
    place.run(YEAR)
    assert place.rows(YEAR)["甲"]["status"] == "正式" and faults(place, YEAR) == []


def test_a_period_that_is_older_than_its_forms_is_said_where_it_is_read(place: Clocks) -> None:
    place.hand_in("2026Q1", 甲=60)
    assert standing(place, "2026Q2")[1][0] == "2026Q1 自身已过时，请先重新运行它。"
    report = place.run("2026Q2")
    assert faults(place, "2026Q2") == ["RUN-032"] and any("用的仍是改动前的结果" in line for line in report.lines)
    place.run("2026Q1")
    place.run("2026Q2")
    assert faults(place, "2026Q2") == []


def test_repeated_runs_in_any_order_give_the_same_tables(place: Clocks, computed: list[str]) -> None:
    first = place.data(*EVERY)
    for period in ("2026Q3", YEAR, "2026Q1", "2026Q3", "2026Q2"):
        assert "没有变化" in place.run(period).lines[0]
    assert computed == []
    for period in ("2026Q4", YEAR, "2026-01", "2026Q3", YEAR):
        place.run(period, full=True)
    assert place.data(*EVERY) == first


def test_a_corrected_quarter_changes_exactly_the_later_ones_that_read_it(place: Clocks, computed: list[str]) -> None:
    """Q1 and the month are computed before; the year reads every quarter, Q4 compares with Q3."""
    before = place.data(*EVERY)
    place.hand_in("2026Q3", 甲=61)
    report = place.run("2026Q3")
    assert "  用到本期结果的 2026Q4、2026 已过时，请依次重新运行。" in report.lines
    assert [each for each in EVERY if standing(place, each)[0]["状态"] == "已过时"] == ["2026Q4", YEAR]
    computed.clear()
    for period in EVERY:
        place.run(period)
    assert computed == ["2026Q4", YEAR]
    after = place.data(*EVERY)
    assert {name for name in before if name.endswith("results.csv") and before[name] != after[name]} == {
        "2026Q3/results.csv",
        "2026/results.csv",
    }
    assert {standing(place, each)[0]["状态"] for each in EVERY} == {"有效"}


def test_a_rerun_that_changes_no_result_leaves_later_periods_valid(place: Clocks) -> None:
    """A file that is no form comes to Q1: its manifest is another when it is computed again, what later periods read of it is not."""
    then = (place.at("2026Q1").report / "manifest.json").read_bytes()
    (place.at("2026Q1").returned / "说明.txt").write_text("附说明", encoding="utf-8")
    place.run("2026Q1")
    assert (place.at("2026Q1").report / "manifest.json").read_bytes() != then
    assert [standing(place, each)[0]["状态"] for each in ("2026Q2", YEAR)] == ["有效", "有效"]


def test_status_tells_each_step(tmp_path: Path, computed: list[str]) -> None:
    place = Clocks(tmp_path, QUARTERS[:2])
    place.hand_in("2026Q1", 甲=90, 乙=80)
    assert standing(place, "2026Q1")[0] == {
        "考核期": "2026Q1", "下发": "3", "回收": "2", "校验": "", "结果": "未计算", "状态": "", "归档": "",
    }  # fmt: skip
    place.run("2026Q1")
    assert standing(place, "2026Q1")[0] | {"考核期": ""} == {
        "考核期": "", "下发": "3", "回收": "2", "校验": "未报 1", "结果": "基准日 2026-03-28", "状态": "有效", "归档": "",
    }  # fmt: skip
    place.hand_in("2026Q1", 丙=70)
    row, notes = standing(place, "2026Q1")
    assert row["状态"] == "已过时" and any("丙党支部.xlsx 是计算之后才有的" in note for note in notes)
    place.run("2026Q1")
    seal(place.at("2026Q1"), day="2026-04-20")
    assert standing(place, "2026Q1")[0]["归档"] == "2026-04-20"


def test_archiving_is_refused_without_results_out_of_date_or_provisional(tmp_path: Path, computed: list[str]) -> None:
    place = Clocks(tmp_path, QUARTERS[:1])
    place.hand_in("2026Q1", 甲=90, 乙=80)
    at = place.at("2026Q1")
    with pytest.raises(NotReady, match="还没有结果，不能归档"):
        seal(at)
    place.run("2026Q1")
    with pytest.raises(NotReady, match=r"还有 3 个对象未报、存疑或暂定（甲、乙、丙），不能归档。.*--provisional"):
        seal(at)
    place.hand_in("2026Q1", 丙=70)
    with pytest.raises(NotReady, match="已过时，不能归档"):
        seal(at, provisional=True)
    place.run("2026Q1")
    (at.report / "data/results.csv").write_bytes(b"")
    with pytest.raises(NotReady, match=r"被改动或缺失，不能归档：data/results\.csv"):
        seal(at)
    assert not (at.report / "seal.json").exists()


def test_a_provisional_period_is_archived_on_request_and_the_seal_says_of_whom(
    tmp_path: Path, computed: list[str]
) -> None:
    place = Clocks(tmp_path, QUARTERS[:1])
    place.hand_in("2026Q1", 甲=90, 乙=80)
    place.run("2026Q1")
    found = seal(place.at("2026Q1"), provisional=True, day="2026-04-20")
    assert found.seal.provisional == ("甲", "乙", "丙") and "3 个对象" in found.notes[0]
    written = json.loads((place.at("2026Q1").report / "seal.json").read_bytes())
    assert (written["date"], written["provisional"]) == ("2026-04-20", ["甲", "乙", "丙"])


def test_an_archived_period_is_left_alone_without_a_reason_and_recomputed_with_one(
    place: Clocks, computed: list[str]
) -> None:
    at = place.at("2026Q1")
    first = seal(at, day="2026-04-20").seal
    assert not seal(at).is_new and standing(place, "2026Q2")[0]["状态"] == "有效"
    place.hand_in("2026Q1", 甲=84)
    kept = {path: path.read_bytes() for path in at.reports.rglob("*") if path.is_file()}
    computed.clear()
    for reason in ("", "  "):
        with pytest.raises(NotReady, match=r"2026Q1 已归档，没有重新计算.*--reason"):
            place.run("2026Q1", reason=reason)
    assert computed == [] and {path: path.read_bytes() for path in at.reports.rglob("*") if path.is_file()} == kept

    report = place.run("2026Q1", reason="核对原始评分表后更正")
    assert [line.split(maxsplit=1)[1] for line in report.lines if "→" in line] == [
        "甲党支部  基础分  95 → 84", "甲党支部  总分  95 → 84", "甲党支部  名次  1 → 3", "甲党支部  计算等次  优秀 → 良好",
        "甲党支部  等次  优秀 → 良好", "甲党支部  总分（精确值）  95 → 84", "甲党支部  构成 季度检查 得分  95 → 84", "甲党支部  指标 2 季度工作  95 → 84",
        "乙党支部  名次  2 → 1", "丙党支部  名次  3 → 2",
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO((at.report / "data/differences.csv").read_text(encoding="utf-8-sig"))))
    assert (len(rows), rows[1]) == (10, {
        "unit_code": "甲", "unit_name": "甲党支部", "figure": "总分", "before": "95", "after": "84", "reason": "核对原始评分表后更正",
    })  # fmt: skip
    told = openpyxl.load_workbook(at.report / "考核结果.xlsx")["说明"]
    assert ("重新计算的理由", "核对原始评分表后更正") in {row[:2] for row in told.iter_rows(values_only=True)}
    assert "本期重新计算过，理由：核对原始评分表后更正" in explain(at, "甲")
    sheet = openpyxl.load_workbook(at.report / "差异清单.xlsx").active
    assert sheet["A2"].value == "重算理由：核对原始评分表后更正" and sheet.max_row == 5 + 10
    (old,) = (at.reports / "历史/2026Q1").iterdir()
    assert (old / "seal.json").is_file() and not (at.report / "seal.json").exists()
    row, notes = standing(place, "2026Q2")
    assert row["状态"] == "已过时" and notes[0] == "2026Q1 的结果在本期计算之后有改动。"

    place.run("2026Q1", full=True)  # the reason and the list stay until the period is archived anew
    assert json.loads((at.report / "manifest.json").read_bytes())["reason"] == "核对原始评分表后更正"
    assert (at.report / "差异清单.xlsx").is_file()
    second = seal(at, day="2026-05-06").seal
    assert (first.number, second.number, second.reason) == (1, 2, "核对原始评分表后更正")
    assert (old / "seal.json").is_file()
    assert standing(place, "2026Q1")[0]["归档"] == "2026-05-06 第2次"


def test_a_list_of_results_that_was_edited_after_archiving_is_noticed(place: Clocks) -> None:
    at = place.at("2026Q1")
    seal(at, day="2026-04-20")
    manifest = at.report / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    row, notes = standing(place, "2026Q1")
    assert row["状态"] == "已损坏" and notes[0] == "结果清单 manifest.json 在归档之后被改动。"


def test_a_later_run_does_not_touch_an_archived_period_whose_forms_changed(place: Clocks, computed: list[str]) -> None:
    seal(place.at("2026Q1"), day="2026-04-20")
    place.hand_in("2026Q1", 甲=60)
    place.run("2026Q2")
    assert computed == ["2026Q2"]
    (told,) = one(place.at("2026Q2").report, "outcome", Outcome).faults
    assert told.code == "RUN-032" and say(told).startswith("2026Q1 的方案、名册或回收表在计算之后有改动")
