"""What the add-in's Run main calls: does the action that is chosen in 控制台, and says in its line of state what came of it."""

from __future__ import annotations

import sys
import tempfile
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kaohe.live import console
from kaohe.live.checking import check, clear
from kaohe.live.excel import LiveUnavailable, attached, explained, quiet
from kaohe.live.going import goto
from kaohe.live.parameters import Parameters, cell, console_of, read
from kaohe.live.pushing import write
from kaohe.live.standing import status
from kaohe.stages.workspace import NotReady


def main() -> None:
    """Do the chosen action. Raises nothing: a short Chinese line goes to 状态, what failed also into a message box, and the whole story of
    a failure into a log file. Ends with exit code 1, the line on stderr, only where 控制台 cannot be reached."""
    try:
        with attached() as xlwings:
            book = console_of(xlwings)
    except Exception as error:
        print(_said(error, None), file=sys.stderr)
        sys.exit(1)
    try:
        with explained():
            _tell(book, _do(book))
    except Exception as error:
        said, is_told = _said(error, book), False
        for tell in (_tell, _alert):
            with suppress(Exception):
                tell(book, said)
                is_told = True
        if not is_told:
            print(said, file=sys.stderr)
            sys.exit(1)


def _do(book: Any) -> str:
    """Does it; returns what came of it."""
    given = read(book)
    if given.action == console.STATUS:
        return status().sentence
    if given.action == console.CHECK:
        return _check(book, given)
    if given.action == console.CLEAR:
        names = clear()
        return f"已清除 {len(names)} 本的校验提示：{'、'.join(names)}。" if names else "没有打开的填报表。"
    if given.action == console.PUSH:
        return _push(book, given)
    if given.action == console.GOTO:
        source = goto(None, given)
        return f"已转到 {source}。"
    raise NotReady(f"请在“{console.ACTION}”里从下拉选一项：{'、'.join(console.ACTIONS)}。")


def _check(book: Any, given: Parameters) -> str:
    found = check(given)
    if found.books:
        write(book, {console.FAULTS: found.table()}, f"{given.period}　{found.sentence}")
    return found.sentence


def _push(book: Any, given: Parameters) -> str:
    from kaohe.shown import Shown
    from kaohe.stages.opened import results

    at = given.place()
    outcome, faults = (Shown(*each) for each in results(at))
    write(
        book,
        {console.RESULTS: outcome, console.FAULTS: faults},
        f"{at.assessment}　{at.when.title}　以 reports 里已发布的结果为准",
    )
    return f"已推送 {at.when.title} 的结果 {len(outcome.rows)} 行、差错 {len(faults.rows)} 行。"


def _tell(book: Any, said: str) -> None:
    with quiet(book.app, "写状态…"):
        cell(book, console.STATE).value = f"{datetime.now():%H:%M}　{said}"


def _alert(book: Any, said: str) -> None:
    book.app.alert(said, title="考核控制台", mode="critical")


def _said(error: Exception, book: Any) -> str:
    """The sentence for whatever went wrong; what we did not foresee is logged."""
    if isinstance(error, LiveUnavailable | NotReady):
        return str(error)
    return f"程序出错，没有做完。详细记录在 {_log(book)}，请交给技术支持。"


def _log(book: Any) -> Path:
    """Append the traceback to the log of the working place if it has one, else in the system's temporary folder."""
    folder = Path(tempfile.gettempdir())
    with suppress(Exception):
        own = Path(read(book).workspace) / "reports"
        if own.is_dir():
            folder = own
    path = folder / "kaohe-error.log"
    with path.open("a", encoding="utf-8") as log:
        traceback.print_exc(file=log)
    return path
