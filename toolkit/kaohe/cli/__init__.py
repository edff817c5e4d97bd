"""The command `kaohe`: the one place where failures become a Chinese line and an exit code.

0 done · 1 done, with findings · 2 wrong usage · 3 nothing done · 130 stopped by the user.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

_SYSTEM = {
    "ENOSPC": "磁盘空间不足",
    "EDQUOT": "超出了磁盘配额",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EROFS": "磁盘是只读的",
    "ENOENT": "文件或文件夹不存在",
    "EEXIST": "已有同名的文件",
    "ENOTDIR": "路径中有一段不是文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "ENOTEMPTY": "文件夹不是空的",
    "EBUSY": "文件正被别的程序使用",
    "ETXTBSY": "文件正被别的程序使用",
    "EMFILE": "打开的文件过多",
    "ENAMETOOLONG": "路径过长",
    "EIO": "磁盘读写出错",
    "ENOMEM": "内存不足",
}


_STOPPED = 130


def main() -> None:
    """Run the command line; a traceback goes to a log, people get a sentence."""
    if sys.stdout is not None:
        sys.stdout = _Screen(sys.stdout)
    try:
        from kaohe.cli.commands import app

        code = app(prog_name="kaohe", standalone_mode=False)
        if code == _STOPPED:  # typer has caught the Ctrl-C and made a number of it
            raise KeyboardInterrupt
        sys.exit(code)
    except KeyboardInterrupt:
        _stop(_STOPPED, "已停止。已发布的结果没有改动，可以重新运行。")
    except OSError as error:
        _log()
        number = error.errno or 0
        why = _SYSTEM.get(errno.errorcode.get(number, ""), f"系统错误 {number or '不明'}")
        where = f"（{error.filename}）" if error.filename else ""
        _stop(3, f"读写文件时出错：{why}{where}。请检查磁盘空间、权限，或关闭正在打开的文件后重试。")
    except Exception as error:
        names = [kind.__name__ for kind in type(error).__mro__]
        if "Abort" in names:
            _stop(_STOPPED, "已停止。已发布的结果没有改动，可以重新运行。")
        if "UsageError" in names:
            _stop(2, f"{_usage(names[0], error)}用法见 kaohe --help，或 kaohe 命令 --help。")
        if "NotReady" in names:
            _stop(3, str(error))
        if "NotebookFailed" in names:
            where = str(error).partition("：")[0]
            _stop(3, f"笔记本出错：{where}。没有写出结果，原有结果没有改动。详细记录在 {_log()}，请交给技术支持。")
        if isinstance(error, RuntimeError) and str(error).startswith("Kernel didn't respond"):
            _log()
            _stop(
                3,
                "笔记本内核启动后没有回应，没有写出结果。多半是安全软件挡住了本机内部的连接（127.0.0.1），或电脑太忙：请放行 Python 后再运行。",
            )
        if isinstance(error, ModuleNotFoundError):
            kernel = "缺少笔记本内核" if error.name in ("ipykernel", "jupyter_client") else f"缺少组件 {error.name}"
            _stop(3, f"{kernel}，没有写出结果。请重新安装 kaohe。")
        _stop(3, f"程序出错，没有写出结果。详细记录在 {_log()}，请交给技术支持。")


class _Screen:
    """The screen of a command. Once it is gone (a closed window, a broken pipe, a full disk behind it), what is printed goes nowhere and the
    work goes on."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        try:
            return int(self._file.write(text))
        except (OSError, ValueError):
            self._leave()
            return len(text)

    def flush(self) -> None:
        try:
            self._file.flush()
        except (OSError, ValueError):
            self._leave()

    def _leave(self) -> None:
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
        try:
            os.dup2(nowhere.fileno(), self._file.fileno())  # what it still holds goes nowhere too
        except (OSError, ValueError):
            pass
        self._file = nowhere


def _usage(kind: str, error: Exception) -> str:
    """What is wrong with the command line, in Chinese. The classes are those of the click inside typer, known by name only."""
    if kind == "MissingParameter":
        name = getattr(getattr(error, "param", None), "metavar", None) or getattr(
            getattr(error, "param", None), "name", ""
        )
        option = next((each for each in getattr(getattr(error, "param", None), "opts", ()) if each.startswith("-")), "")
        return f"缺少“{option} {name}”。" if option else f"缺少“{name}”。"
    if kind == "NoSuchOption":
        return f"没有选项“{getattr(error, 'option_name', '')}”。"
    if kind == "BadParameter":
        name = getattr(getattr(error, "param", None), "metavar", None) or ""
        return f"“{name}”的取值不对。"
    return "命令写法不对：没有这个命令，或多写了内容。"


def _stop(code: int, text: str) -> None:
    print(text, file=sys.stderr)
    sys.exit(code)


def _log() -> Path:
    """Append the traceback to a log: below reports/ of the working place if there is one, else in the system's temporary folder."""
    own = Path("reports")
    folder = own if own.is_dir() and os.access(own, os.W_OK) else Path(tempfile.gettempdir())
    path = folder / "kaohe-error.log"
    with path.open("a", encoding="utf-8") as log:
        traceback.print_exc(file=log)
    return path
