"""The files of a working place that are double-clicked: 检查填报 and 运行考核, for Windows (.bat) and for other systems (.sh).

They hold no path of a machine. Which Python made the place stands in `.kaohe/`, beside them: in UTF-16 for Windows, whose `type` reads
that in every code page, in the file system's own bytes elsewhere. A place that was copied to another computer falls back on a `.venv` of
its own, then on PATH, then says what to do.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kaohe.files.publish import write_file
from kaohe.stages.resources import resource
from kaohe.stages.workspace import NotReady

#: what is double-clicked, and what `kaohe ask` is then told to do
STARTERS = {"检查填报": "check", "运行考核": "run"}
HOME = ".kaohe"


def put_starters(root: Path, python: str = sys.executable, platform: str = sys.platform) -> tuple[str, ...]:
    """Write the starters of a working place anew, and where this Python is. Returns their paths below the place, sorted.

    Raises NotReady where the folder is no working place.
    """
    if not (root / "workbooks").is_dir():
        raise NotReady(f"{root} 不是工作目录（里面没有 workbooks）。请用 --workspace 指明，或先用 kaohe new 新建。")
    missing = _template(root, "missing.txt")
    windows, others = _template(root, "start.bat"), _template(root, "start.sh").replace("@MISSING@", missing.rstrip())
    files = {f"{HOME}/missing.txt": windows_text(missing)}
    if platform == "win32":
        files[f"{HOME}/windows.txt"] = windows_text(python)
    else:
        files[f"{HOME}/posix.txt"] = os.fsencode(python)
    for name, what in STARTERS.items():
        files[f"{name}.bat"] = windows.replace("@WHAT@", what).replace("\n", "\r\n").encode("ascii")
        files[f"{name}.sh"] = others.replace("@WHAT@", what).encode()
    for name, data in files.items():
        write_file(root / name, data)
        if name.endswith(".sh"):
            (root / name).chmod(0o755)
    return tuple(sorted(files))


def windows_text(text: str) -> bytes:
    """Text as cmd's `type` prints it right whatever the code page: UTF-16LE with its mark, CRLF."""
    return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")


def _template(root: Path, name: str) -> str:
    return resource(root, "templates/starters", name).read_bytes().decode().replace("\r\n", "\n")
