"""From ballots to the purge: a period whose units are rated by marks and by an online export, computed, sealed and purged."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from kaohe.files.cells import fill
from kaohe.files.publish import write_file
from kaohe.pipeline import Request, run
from kaohe.records.results import Outcome
from kaohe.scheme.sheets import ROSTER_SHEETS, SHEETS
from kaohe.stages.check import check
from kaohe.stages.explain import explain
from kaohe.stages.issue import issue
from kaohe.stages.purge import purge
from kaohe.stages.purged import PURGE
from kaohe.stages.remembered import file_of
from kaohe.stages.seal import seal
from kaohe.stages.status import COLUMNS, status
from kaohe.stages.workspace import ROSTER, SCHEME, NotReady, Place, one
from makers.clocks import Silent, dates, without_kernels, workbook

RULES: dict[str, list[object]] = {
    "基本信息": [["方案代码", "polls"], ["方案名称", "民主测评"], ["组织名称", "虚构公司"], ["发文机关", "虚构公司党委"], ["主办部门", "党建部"],
                ["榜名", "榜"], ["期别", "年"], ["办法名称", "考核办法"], ["小数位", 2]],
    "期次": [dates("2026")],
    "分类": [["DW", "单位", "单位"]],
    "构成": [["CP", "民主测评", None, "年", 60, "是", "评价", "MZ"], ["PY", "述职评议", None, "年", 40, "是", "评价", "SZ"]],
    "评价表": [{"代码": "MZ", "名称": "民主测评", "评谁": "DW", "方式": "选项"}, {"代码": "SZ", "名称": "述职评议", "评谁": "DW", "方式": "分数"}],
    "评价主体": [["MZ", "ZG", "职工代表", 100], ["SZ", "BZ", "班子成员", 100]],
    "评价项": [["MZ", "选项", "A", "优秀", None, 100], ["MZ", "选项", "B", "称职", None, 80], ["MZ", "选项", "C", "不称职", None, 40]],
    "等次": [["总评", None, None, "优秀", 90], ["总评", None, None, "良好", None]],
    "填报表": [{"代码": "DC", "名称": "测评导出对照表", "内容": "测评导出:MZ", "份数": "一份", "填报人": "党建部"},
              {"代码": "PF", "名称": "评议打分表", "内容": "评价打分:SZ", "份数": "每主体", "填报人": "会务组"}],
}  # fmt: skip
PEOPLE = {
    "单位": [["U1", "石桥公司", None, "DW"], ["U2", "云口公司", None, "DW"]],
    "评委": [[f"L{n}", "班子成员"] for n in range(1, 5)],
}
VOTES = ("优秀 称职", "优秀 优秀", "称职 不称职", "优秀 称职", "称职 称职")
MARKS = (91, 93, 95, 97, 81, 83, 85, 87)


def the_export() -> bytes:
    made = openpyxl.Workbook()
    made.active.append(("姓名", "手机", "石桥公司", "云口公司"))
    for n, row in enumerate(VOTES):
        made.active.append((f"投票人{n}", f"1390000000{n}", *row.split()))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The period computed and sealed."""
    with pytest.MonkeyPatch.context() as patch:
        without_kernels(patch)
        at = Place(tmp_path_factory.mktemp("polls"), "polls", "2026")
        at.pattern.mkdir(parents=True)
        (at.pattern / SCHEME).write_bytes(workbook("方案", RULES, SHEETS))  # type: ignore[arg-type]
        (at.pattern / ROSTER).write_bytes(workbook("名册", PEOPLE, ROSTER_SHEETS))  # type: ignore[arg-type]
        issue(at)
        marks = {f"D{row}": mark for row, mark in zip((6, 8, 10, 12, 7, 9, 11, 13), MARKS, strict=True)}
        form = at.issued / "评议打分表 班子成员.xlsx"
        write_file(at.returned / form.name, fill(form.read_bytes(), {"述职评议": marks}))  # type: ignore[dict-item]
        write_file(at.returned / "测评导出" / "测评.xlsx", the_export())
        check(at)
        asked = openpyxl.load_workbook(at.report / "退回件" / "测评导出对照表.xlsx")
        sheet = asked["题目对照"]
        sheet.cell(6, next(c.column for c in sheet[5] if c.value == "确认")).value = "是"
        asked.save(at.returned / "测评导出" / "测评导出对照表.xlsx")
        report = run(at, Request(), Silent())
        assert report.exit_code == 0, report.lines
        seal(at, day="2027-01-10")
        yield at


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_counts_give_the_results(sealed: Place) -> None:
    """石桥公司: 3 × 100 + 2 × 80 of five, 94 of four; 云口公司: 100 + 3 × 80 + 40, 84."""
    found = one(sealed.report, "outcome", Outcome)
    assert [each.total for each in found.objects] == [Fraction("92.8"), Fraction("79.2")]


def test_nothing_published_holds_a_ballot(sealed: Place) -> None:
    """No entry, figure or record names a mark of one rater, or a cell of a ballot."""
    entries = (sealed.report / "data" / "entries.csv").read_text(encoding="utf-8")
    assert "评议打分表" not in entries
    texts = "".join(
        (sealed.report / "store" / f"{name}.jsonl").read_text(encoding="utf-8")
        for name in ("shared", "outcome", "submissions")
    )
    assert "述职评议!" not in texts and not any(f'"{cell}"' in texts for cell in ("D6", "D7", "L1", "L2"))
    lines = "\n".join(explain(sealed, "U1"))
    assert "应评 4 票，交回 4 票，有效 4 票；4 个分数平均" in lines and "优秀" in lines and "3 票" in lines


def test_purge_needs_a_seal(tmp_path: Path, sealed: Place) -> None:
    with pytest.raises(NotReady, match="还没有归档"):
        purge(Place(sealed.root, "polls", "2027"))


def test_a_period_without_ballots_is_not_locked_for_nothing(sealed: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaohe.stages.purge._ballots", lambda at: ({}, ["坏.xlsx"]))
    monkeypatch.setattr("kaohe.stages.purge._counts", lambda at: ())
    before = tree(sealed.report)
    with pytest.raises(NotReady, match=r"没有评价原票.*不用清除.*坏\.xlsx"):
        purge(sealed)
    assert tree(sealed.report) == before


def test_purge_deletes_ballots_and_exports_and_keeps_results_counts_and_hashes(
    sealed: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_kernels(monkeypatch)
    before = tree(sealed.report)
    lines = explain(sealed, "U1")
    raw = {f"测评导出/{n}" if n == "测评.xlsx" else n: (sealed.returned / p).read_bytes()
           for n, p in (("测评.xlsx", "测评导出/测评.xlsx"), ("评议打分表 班子成员.xlsx", "评议打分表 班子成员.xlsx"))}  # fmt: skip
    assert file_of(sealed).is_file()
    done = purge(sealed, "2027-01-20")
    assert not file_of(sealed).exists(), "nothing that was read is remembered"
    assert sorted(done.record.inputs) == sorted(raw) and done.is_new and done.unread == ()
    assert [path.name for path in sorted(sealed.returned.rglob("*.xlsx"))] == ["测评导出对照表.xlsx"]
    after = tree(sealed.report)
    assert set(before) - set(after) == {"store/counted.jsonl"} and set(after) - set(before) == {PURGE}
    assert {name: data for name, data in before.items() if name in after} == {
        n: d for n, d in after.items() if n in before
    }
    record = json.loads(after[PURGE])
    assert record["counts"][0] == {"instrument": "MZ", "due": 0, "returned": 10, "valid": 10, "void": 0}
    assert explain(sealed, "U1") == lines
    (standing,) = status(sealed.root, "polls", "2026")
    row = dict(zip(COLUMNS, standing.row, strict=True))
    assert (row["状态"], row["归档"], standing.notes) == ("有效", "2027-01-10 已清除（2027-01-20）", ())
    for again in (lambda: run(sealed, Request(reason="改正"), Silent()), lambda: check(sealed)):
        with pytest.raises(NotReady, match="评价原票已于 2027-01-20 清除"):
            again()
    assert tree(sealed.report) == after
    second = purge(sealed, "2027-02-01")
    assert (second.is_new, second.record) == (False, done.record)
