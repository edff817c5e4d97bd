"""The command line without a process of its own, which would take half a second to start: what is shown, what is said, and the exit code."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from kaohe.cli import main


def kaohe(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`kaohe …` in a folder, in this process. Processes of their own: tests/cli/test_usage.py."""
    words, shown, said = ["kaohe", *map(str, arguments)], io.StringIO(), io.StringIO()
    code = 0
    with chdir(cwd), patch.object(sys, "argv", words), redirect_stdout(shown), redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(words, code, shown.getvalue(), said.getvalue())
