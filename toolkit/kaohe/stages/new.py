"""`kaohe new`: a working place with a ready-made scheme and its roster, and the files that are double-clicked."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from kaohe.stages.console import put_console
from kaohe.stages.resources import share
from kaohe.stages.starters import put_starters
from kaohe.stages.workspace import ROSTER, SCHEME, NotReady, is_litter

#: systems on which Excel can be attached to, and xlwings is installed with the package: only there 控制台.xlsx is of use
_WITH_EXCEL = ("win32", "darwin")
#: characters that the path of a place may have: Windows opens 260, the sample's replaced documents take 79, longer names need the rest
MOST_PATH = 120


def new_place(folder: Path, scheme: str, platform: str = sys.platform) -> tuple[str, ...]:
    """Make a working place, or add an assessment to one. Returns the paths written, each with the folder as it was named.

    Nothing that is there is overwritten; either all of the assessment is written or nothing. Raises NotReady for an unknown scheme, a
    folder that holds the assessment already, a file of that name, and a folder that is neither empty nor a working place (names that
    begin with a dot, such as an environment `.venv`, do not count).
    """
    templates = share("templates")
    source, roster = templates / "schemes" / f"{scheme}.xlsx", templates / "rosters" / f"{scheme}.xlsx"
    if not source.is_file():
        names = "、".join(sorted(path.stem for path in (templates / "schemes").glob("*.xlsx")))
        raise NotReady(f"没有现成方案“{scheme}”。可用的有：{names}。")
    is_new = not _is_place(folder)
    target = folder / "workbooks" / scheme
    if target.exists():
        raise NotReady(f"{folder} 里已有考核“{scheme}”，没有改动。请换一个目录。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as draft:
        made = Path(draft) / scheme
        made.mkdir()
        shutil.copyfile(source, made / SCHEME)
        shutil.copyfile(roster, made / ROSTER)
        made.rename(target)
    (folder / "reports").mkdir(exist_ok=True)
    written = [f"workbooks/{scheme}/{name}" for name in (SCHEME, ROSTER)]
    if is_new:
        written += put_starters(folder, platform=platform)
        written += put_console(folder) if platform in _WITH_EXCEL else ()
    return tuple(str(folder / name) for name in written)


def too_deep(folder: Path) -> str:
    """What is said of a place whose path leaves too little room for what will lie in it; "" where there is enough."""
    length = len(str(folder.resolve()))
    if length <= MOST_PATH:
        return ""
    return f"提示  工作目录的路径有 {length} 个字符，超过 {MOST_PATH}，Windows 上有的文件会打不开。最好换一个靠近盘符的目录。"


def _is_place(folder: Path) -> bool:
    """Whether the folder is a working place already; False where it may become one. Raises NotReady where it may not."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise NotReady(f"{folder} 是一个文件，没有改动。请换一个目录。")
    if (folder / "workbooks").is_dir():
        return True
    there = sorted(each.name for each in folder.iterdir() if not each.name.startswith(".") and not is_litter(each.name))
    if there:
        what = there[0] if len(there) == 1 else f"{there[0]} 等 {len(there)} 项"
        raise NotReady(f"{folder} 不是空的（有 {what}），也不是工作目录，没有改动。请换一个空的或新的目录。")
    return False
