"""`kaohe status` says what is out of date, and why; `kaohe run` says what it found edited, damaged or gone, and never reads it as results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hostile.place import Small
from hostile.run import file_of
from kaohe.stages.resources import share
from kaohe.stages.status import COLUMNS, status
from kaohe.stages.workspace import NotReady
from makers.edits import Edit
from makers.steps import hashes, run_here


def told(small: Small) -> tuple[str, tuple[str, ...]]:
    """The word under 状态, and the notes."""
    (standing,) = status(small.at.root, "small")
    return dict(zip(COLUMNS, standing.row, strict=True))["状态"], standing.notes


def packed_again(path: Path, source: Path | None = None) -> None:
    """The same workbook or template in other bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(Edit((source or path).read_bytes()).data())


def _form_changed(small: Small) -> None:
    small.hand_in(file_of("甲"), small.good["乙"])


def _form_new(small: Small) -> None:
    small.hand_in("又一份.xlsx", small.good["乙"])


def _form_gone(small: Small) -> None:
    (small.at.returned / file_of("丙")).unlink()


def _many_forms(small: Small) -> None:
    for number in range(1, 6):
        small.hand_in(f"{number}.xlsx", b"x")


def _scheme(small: Small) -> None:
    packed_again(small.at.folder / "方案.xlsx")


def _roster(small: Small) -> None:
    packed_again(small.at.folder / "名册.xlsx")


def _template(small: Small) -> None:
    name = "word/考核结果反馈通知书.docx"
    packed_again(small.at.root / "templates" / name, share("templates") / name)


def _notebook(small: Small) -> None:
    own = small.at.root / "notebooks" / "3_publish.ipynb"
    own.parent.mkdir()
    own.write_bytes((share("notebooks") / own.name).read_bytes() + b"\n")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (_form_changed, "回收表 甲 甲局.xlsx 在计算之后有改动。"),
        (_form_new, "回收表 又一份.xlsx 是计算之后才有的。"),
        (_form_gone, "回收表 丙 丙局.xlsx 在计算之后不见了。"),
        (_many_forms, "回收表 1.xlsx、2.xlsx、3.xlsx 等 5 个 是计算之后才有的。"),
        (_scheme, "本期冻结的 方案.xlsx 在计算之后有改动。"),
        (_roster, "本期冻结的 名册.xlsx 在计算之后有改动。"),
        (_template, "文书模板 考核结果反馈通知书.docx 在计算之后有改动。"),
        (_notebook, "notebooks/3_publish.ipynb 在计算之后有改动。"),
    ],
)
def test_status_names_what_changed_since(small: Small, harm: Callable[[Small], None], sentence: str) -> None:
    assert told(small) == ("有效", ())
    harm(small)
    assert told(small) == ("已过时", (sentence, "请重新运行 kaohe run small 2026Q3。"))


def test_status_names_another_version_of_the_tool(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaohe.stages.staleness.__version__", "9.9")
    word, notes = told(small)
    assert word == "已过时" and notes[0].endswith("变为 9.9。")


def test_status_says_that_somebody_is_at_work(small: Small) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from kaohe.files.lock import lock

    with ThreadPoolExecutor(1) as other, lock(small.at.reports, "2026Q3"):
        assert "正在由另一个程序处理" in "".join(other.submit(told, small).result()[1])


def test_status_says_that_a_run_was_not_finished(small: Small) -> None:
    run_here(small.at, only="collect")
    assert any("有一次计算没有发布" in note for note in told(small)[1])


#: what is done to the published results → what is said of it
HARMS: dict[str, tuple[Callable[[Path], object], str]] = {
    "考核结果.xlsx edited": (lambda report: (report / "考核结果.xlsx").write_bytes(b"edited"), "考核结果.xlsx 在发布之后有改动或缺失"),
    "notice edited": (lambda report: (report / "文书/考核结果反馈通知书/乙 乙局.docx").write_bytes(b"edited"), "乙 乙局.docx 在发布之后有改动"),
    "store cut": (lambda report: (report / "store/outcome.jsonl").write_bytes(b'{"a'), "store/outcome.jsonl 在发布之后有改动"),
    "store unreadable": (lambda report: (report / "store/outcome.jsonl").unlink() or (report / "store/outcome.jsonl").mkdir(), "store/outcome.jsonl 在发布之后有改动"),
    "manifest damaged": (lambda report: (report / "manifest.json").write_bytes(b'{"files'), "结果清单 manifest.json 已损坏"),
    "manifest no text": (lambda report: (report / "manifest.json").write_bytes(b"\xff\xfe\0"), "结果清单 manifest.json 已损坏"),
    "manifest gone": (lambda report: (report / "manifest.json").unlink(), "结果清单 manifest.json 不见了"),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMS)
def test_results_that_somebody_changed_are_named_kept_and_made_anew(small: Small, first: Small, case: str) -> None:
    harm, words = HARMS[case]
    harm(small.at.report)
    found = {path.name: path.read_bytes() for path in small.at.report.rglob("*") if path.is_file()}
    word, notes = told(small)
    assert word == "已损坏" and words in notes[0] and "kaohe run small 2026Q3" in notes[1]
    report, _ = run_here(small.at)
    assert hashes(small.at.report) == hashes(first.at.report)
    (line,) = (line for line in report.lines if "没有采用" in line)
    assert words in line
    kept = small.at.root / line.rpartition("保留在 ")[2].rstrip("。")
    assert "（有改动）" in kept.name
    assert {path.name: path.read_bytes() for path in kept.rglob("*") if path.is_file()} == found


def test_a_file_that_somebody_put_beside_the_results_is_kept_with_them(small: Small) -> None:
    (small.at.report / "会议记录.txt").write_bytes("张三".encode())
    assert told(small) == ("有效", ())
    small.hand_in("又一份.xlsx", b"x")
    report, _ = run_here(small.at)
    (line,) = (line for line in report.lines if "不是程序写的文件（会议记录.txt）" in line)
    kept = small.at.root / line.rpartition("保留在 ")[2].rstrip("。")
    run_here(small.at, full=True)
    run_here(small.at, full=True)
    assert (kept / "会议记录.txt").read_bytes() == "张三".encode(), "what somebody made is never swept"


def test_an_archived_period_that_was_changed_is_named_and_left_alone(small: Small) -> None:
    from kaohe.stages.seal import seal

    seal(small.at)
    (small.at.report / "考核结果.xlsx").write_bytes(b"edited")
    before = hashes(small.at.report)
    with pytest.raises(NotReady, match=r"考核结果.xlsx 在发布之后有改动或缺失。2026Q3 已归档"):
        run_here(small.at)
    assert hashes(small.at.report) == before
    with pytest.raises(NotReady, match="结果文件被改动或缺失，不能归档"):
        (small.at.report / "seal.json").unlink()
        seal(small.at)
