"""The command `kaohe`: the one place where failures become a Chinese line and an exit code.

0 done · 1 done, with findings · 2 wrong usage · 3 nothing done · 130 stopped by the user.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path


def main() -> None:
    """Run the command line; a traceback goes to a log, people get a sentence."""
    try:
        from kaohe.cli.commands import app

        sys.exit(app(prog_name="kaohe", standalone_mode=False))
    except KeyboardInterrupt:
        _stop(130, "已停止。已发布的结果没有改动，可以重新运行。")
    except OSError as error:
        _log()
        what = f"{error.strerror or '未知原因'}（{error.filename or '未知文件'}）"
        _stop(3, f"读写文件时出错：{what}。请检查磁盘空间、权限，或关闭正在打开的文件后重试。")
    except Exception as error:
        names = [kind.__name__ for kind in type(error).__mro__]
        if "Abort" in names:
            _stop(130, "已停止。已发布的结果没有改动，可以重新运行。")
        if "UsageError" in names:
            _stop(2, f"{_usage(names[0], error)}用法见 kaohe --help，或 kaohe 命令 --help。")
        if "NotReady" in names:
            _stop(3, str(error))
        _stop(3, f"程序出错，没有写出结果。详细记录在 {_log()}，请交给技术支持。")


def _usage(kind: str, error: Exception) -> str:
    """What is wrong with the command line, in Chinese. The classes are those of the click inside typer, known by name only."""
    if kind == "MissingParameter":
        name = getattr(getattr(error, "param", None), "metavar", None) or getattr(
            getattr(error, "param", None), "name", ""
        )
        return f"缺少“{name}”。"
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
