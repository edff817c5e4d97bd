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

        app(prog_name="kaohe")
    except KeyboardInterrupt:
        _say("已停止。已发布的结果没有改动，可以重新运行。")
        sys.exit(130)
    except OSError as error:
        _log()
        _say(
            f"读写文件时出错：{error.strerror or error}（{error.filename or '未知文件'}）。请检查磁盘空间、权限，或关闭正在打开的文件后重试。"
        )
        sys.exit(3)
    except Exception as error:
        if type(error).__name__ == "NotReady":
            _say(str(error))
            sys.exit(3)
        log = _log()
        _say(f"程序出错，没有写出结果。详细记录在 {log}，请交给技术支持。")
        sys.exit(3)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _log() -> Path:
    """Append the traceback to a log: below reports/ of the working place if there is one, else in the system's temporary folder."""
    folder = (
        Path("reports") if Path("reports").is_dir() and os.access("reports", os.W_OK) else Path(tempfile.gettempdir())
    )
    path = folder / "kaohe-error.log"
    with path.open("a", encoding="utf-8") as log:
        traceback.print_exc(file=log)
    return path
