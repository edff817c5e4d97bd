"""Where there is no Excel: one clear Chinese message, no harm, nothing imported (page on live Excel, sections 1 and 2)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import xlwings

import kaohe
from hostile.place import Small
from kaohe import live
from kaohe.live.excel import BUSY, NO_EXCEL, NOT_INSTALLED, NOT_OPEN, WPS, cause
from kaohe.shown import Shown
from live.filebook import Busy, Program

PACKAGE = Path(kaohe.__file__).parent
CALLS = {
    "check": live.check,
    "clear": live.clear,
    "push": lambda: live.push({"结果": Shown(("单位",), [])}),
    "goto": live.goto,
    "pull": live.pull,
}


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nothing_imports_xlwings_before_a_function_of_live_is_called() -> None:
    code = "import sys, kaohe, kaohe.cli.commands, kaohe.notebook, kaohe.live; print('xlwings' in sys.modules)"
    assert python(code) == "False"


def test_no_command_and_no_step_can_reach_xlwings() -> None:
    """Commands import their stages when they are called, so the sources are looked through: who imports live, and who xlwings."""
    users: dict[str, list[str]] = {"xlwings": [], "kaohe.live": []}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(PACKAGE).as_posix()
        for line in re.findall(r"^\s*(?:import|from) (\S+)", text, re.MULTILINE):
            for module, found in users.items():
                if line == module or line.startswith(f"{module}."):
                    found.append(name)
    assert users["xlwings"] == ["live/excel.py"]
    assert {name.split("/")[0] for name in users["kaohe.live"]} == {"live"}


@pytest.mark.parametrize("name", CALLS)
def test_without_an_engine_each_function_says_what_to_do_instead(name: str) -> None:
    assert xlwings.engines.active is None  # as on every Linux
    with pytest.raises(live.LiveUnavailable) as caught:
        CALLS[name]()
    assert str(caught.value) == NO_EXCEL and "请改用文件方式" in NO_EXCEL


def test_status_gives_the_reason_and_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(live.status()) == NO_EXCEL
    monkeypatch.setitem(sys.modules, "xlwings", None)  # not installed
    assert str(live.status()) == NO_EXCEL


def test_a_notebook_shows_the_sentence_alone() -> None:
    assert live.LiveUnavailable(NO_EXCEL)._render_traceback_() == NO_EXCEL.split("\n")


def test_an_excel_without_workbooks_is_never_started(program: Program) -> None:
    program.is_running = False
    with pytest.raises(live.LiveUnavailable, match="没有打开的 Excel"):
        live.check()
    assert str(live.status()) == NOT_OPEN and program.did == []


def test_a_cell_that_is_being_edited_is_said(desk: Any, program: Program) -> None:
    program.is_busy = True
    with pytest.raises(live.LiveUnavailable, match="先按 Enter 或 Esc"):
        live.pull()
    assert str(live.status()) == BUSY


class ComError(Exception):
    """As pywin32's com_error: hresult, text, (wcode, source, text, help, id, scode), argument."""

    def __init__(self, code: int, inner: int | None = None) -> None:
        super().__init__(code, "", None if inner is None else (0, "", "", None, 0, inner), None)
        self.hresult = code


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ComError(-2147221005), NOT_INSTALLED),
        (ComError(-2147024894), WPS),
        (ComError(-2147352573), WPS),
        (ComError(0x800700C1 - (1 << 32)), WPS),
        (ComError(-2147418111), BUSY),
        (ComError(-2147352567, -2146777998), BUSY),
        (ComError(-2147352567, -2146827284), ""),
        (type("ExcelBusyError", (Exception,), {})(), BUSY),
        (Busy(), BUSY),
        (ValueError("other"), ""),
    ],
)
def test_each_cause_has_its_sentence(error: Exception, words: str) -> None:
    assert cause(error) == words


def test_retries_are_capped_and_the_exit_handler_that_kills_is_taken_off() -> None:
    """On Windows `import xlwings` brings `_xlwindows`; a stand-in shows what becomes of it."""
    code = (
        "import atexit, sys, types\n"
        "import xlwings\n"
        "windows = types.ModuleType('xlwings._xlwindows')\n"
        "windows.N_COM_ATTEMPTS, windows.cleanup = 0, lambda: print('killed')\n"
        "atexit.register(windows.cleanup)\n"
        "sys.modules['xlwings._xlwindows'] = windows\n"
        "from kaohe import live\n"
        "live.status()\n"
        "print(windows.N_COM_ATTEMPTS)"
    )
    assert python(code) == "50"


def test_status_names_the_open_forms(desk: Any, program: Program, small: Small, tmp_path: Path) -> None:
    program.open(small.at.returned / "U001 甲支部.xlsx")
    found = live.status()
    assert [(each.name, each.identity) for each in found.books] == [
        ("控制台.xlsx", "控制台"),
        ("U001 甲支部.xlsx", "small/2026Q3/U001/TB"),
    ]
    assert str(found).startswith("filebook 16.0，打开 2 本，其中填报表 1 本：U001 甲支部.xlsx")


def test_a_console_under_a_name_that_cannot_run_is_said(desk: Any) -> None:
    desk.name = "控制台 (1).xlsx"
    assert "“控制台 (1).xlsx”不能用 Run main 运行" in str(live.status())
