"""`kaohe new`: where a working place may be made, what lies in it, and that nothing of anybody's is touched."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from kaohe.demo.place import Wish, make
from kaohe.pipeline import Display
from kaohe.stages.new import MOST_PATH, new_place, too_deep
from kaohe.stages.workspace import NotReady

RULES = ["workbooks/red-blue/名册.xlsx", "workbooks/red-blue/方案.xlsx"]
STARTERS = [".kaohe/missing.txt", ".kaohe/posix.txt", "检查填报.bat", "检查填报.sh", "运行考核.bat", "运行考核.sh"]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["处", "考核 办公室/二〇二六 年", "a & b (x86)", "里/外/再里"])
def test_a_new_folder_gets_scheme_roster_and_starters(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written = new_place(Path(name), "red-blue", "linux")
    assert files(tmp_path / name) == sorted(STARTERS + RULES)
    assert sorted(Path(each).resolve() for each in written) == sorted(
        tmp_path / name / each for each in STARTERS + RULES
    )
    assert (tmp_path / name / "reports").is_dir() and not list(tmp_path.rglob(".new-*"))


def test_an_empty_folder_and_one_that_holds_only_an_environment_serve_too(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    new_place(tmp_path / "空", "631", "linux")
    (tmp_path / "环境/.venv").mkdir(parents=True)
    (tmp_path / "环境/desktop.ini").write_text("[.ShellClassInfo]")
    new_place(tmp_path / "环境", "631", "linux")
    assert (tmp_path / "空/workbooks/631/方案.xlsx").is_file() and (tmp_path / "环境/workbooks/631/方案.xlsx").is_file()


def test_where_excel_can_be_attached_to_the_console_lies_there_as_well(tmp_path: Path) -> None:
    new_place(tmp_path, "red-blue", "win32")
    assert {"控制台.xlsx", "控制台.py", "xlwings.conf", ".kaohe/windows.txt"} <= set(files(tmp_path))
    assert ".kaohe/posix.txt" not in files(tmp_path)


def test_a_second_assessment_is_added_and_nothing_else_is_touched(tmp_path: Path) -> None:
    new_place(tmp_path, "red-blue", "linux")
    (tmp_path / "检查填报.sh").write_text("改过")
    (tmp_path / "workbooks/red-blue/方案.xlsx").write_bytes(b"changed")
    assert [Path(each).name for each in new_place(tmp_path, "631", "linux")] == ["方案.xlsx", "名册.xlsx"]
    assert (tmp_path / "检查填报.sh").read_text() == "改过"
    assert (tmp_path / "workbooks/red-blue/方案.xlsx").read_bytes() == b"changed"


@pytest.mark.parametrize(
    ("there", "scheme", "words"),
    [
        ("照片/活动.jpg", "red-blue", "不是空的（有 照片），也不是工作目录，没有改动"),
        ("", "red-blu", "没有现成方案“red-blu”。可用的有：631、closed-loop"),
        ("workbooks/red-blue/方案.xlsx", "red-blue", "已有考核“red-blue”，没有改动"),
    ],
)
def test_a_folder_of_other_things_an_unknown_scheme_and_a_taken_name_are_refused_in_chinese(
    tmp_path: Path, there: str, scheme: str, words: str
) -> None:
    if there:
        (tmp_path / there).parent.mkdir(parents=True)
        (tmp_path / there).write_bytes(b"mine")
    with pytest.raises(NotReady) as refused:
        new_place(tmp_path, scheme, "linux")
    assert words in str(refused.value)
    assert files(tmp_path) == ([there] if there else [])
    assert not there or (tmp_path / there).read_bytes() == b"mine"


def test_a_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "考核").write_bytes(b"mine")
    with pytest.raises(NotReady, match="是一个文件，没有改动"):
        new_place(tmp_path / "考核", "red-blue", "linux")
    assert (tmp_path / "考核").read_bytes() == b"mine"


def test_a_path_that_leaves_windows_no_room_is_said(tmp_path: Path) -> None:
    room = MOST_PATH - len(str(tmp_path.resolve())) - 1
    assert too_deep(tmp_path / ("深" * room)) == ""
    assert f"有 {MOST_PATH + 1} 个字符，超过 {MOST_PATH}" in too_deep(tmp_path / ("深" * (room + 1)))


def test_a_sample_too_small_for_its_scheme_says_which_sheet_lacks_whom(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match=r"写大些的 --units.*\n.*名册\.xlsx 评委.*ROSTER-013"):
        make(Wish(tmp_path / "样例", "group-debriefing", units=5), cast(Display, None), print)
