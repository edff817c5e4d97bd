"""What the commands print: counts first, then faults grouped by file, then who is missing, then files and the next step.

Figure columns hold only ASCII or wide characters (visual target, accessibility): Ⅰ is written I 类 on the screen, no box lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kaohe.core.faults import Fault
from kaohe.core.sentences import say
from kaohe.stages.workspace import Place

if TYPE_CHECKING:
    from rich.console import Console

    from kaohe.files.publish import Recovered
    from kaohe.pipeline import RunReport
    from kaohe.stages.collection import Collection
    from kaohe.stages.issue import Issue
    from kaohe.stages.status import Standing

_ASCII = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "−": "-", "×": "x", "√": "v", "·": "-"})
_COLOURS = {"拒收": "bold red", "存疑": "bold red", "提示": "yellow"}


def console() -> Console:
    """The screen; never cuts or wraps lines when it is no terminal."""
    from rich.console import Console

    made = Console(highlight=False, soft_wrap=True)
    return made


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def pad(text: str, columns: int, right: bool = False) -> str:
    """Filled with blanks to a number of terminal columns."""
    room = " " * max(columns - width(text), 0)
    return room + text if right else text + room


def grid(header: Sequence[str], rows: Sequence[Sequence[object]], numbers: Sequence[int] = ()) -> list[str]:
    """Lines of a table: columns as wide as their widest word, `numbers` (indexes) right-aligned."""
    body = [[str(value).translate(_ASCII) for value in row] for row in rows]
    widths = [max(width(line[index]) for line in [list(header), *body]) for index in range(len(header))]
    return [
        "  ".join(pad(value, widths[index], index in numbers) for index, value in enumerate(line)).rstrip()
        for line in [list(header), *body]
    ]


class Progress:
    """A progress display for the three notebooks; plain lines where the screen is no terminal."""

    def __init__(self) -> None:
        self._console = console()
        self._live: object = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def step(self, title: str, cells: int) -> None:
        """A notebook begins."""
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._stop()
        if self._console.is_terminal:
            live = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=self._console)
            live.start()
            live.add_task(title, total=max(cells, 1))
            self._live = live
        else:
            self._console.print(title)

    def advance(self) -> None:
        """A cell of it is done."""
        from rich.progress import Progress

        if isinstance(self._live, Progress):
            self._live.advance(self._live.task_ids[0])

    def say(self, text: str) -> None:
        """A line between the steps."""
        self._stop()
        self._console.print(text, markup=False)

    def _stop(self) -> None:
        from rich.progress import Progress

        if isinstance(self._live, Progress):
            self._live.stop()
        self._live = None


def settled(found: Sequence[Recovered]) -> list[str]:
    """One line for each interrupted exchange that was finished or undone."""
    words = {"check": "校验", "run": "计算"}
    return [
        f"{each.period} 上次{words.get(each.what, '计算')}在发布时中断，已{'补完，新结果有效' if each.finished else '恢复为原来的结果'}。"
        for each in found
    ]


def show_faults(screen: Console, faults: Sequence[Fault]) -> None:
    """Faults grouped by file: effect, sheet, cell, what is there, what to do, code last."""
    for file in dict.fromkeys(each.source.file for each in faults):
        screen.print(f"  {file or '（整体）'}", style="bold", markup=False)
        for each in (each for each in faults if each.source.file == file):
            place = f"{each.source.sheet} {each.source.cell}".strip()
            found = f"现为“{each.found}”  " if each.found else ""
            screen.print(f"    [{_COLOURS[each.effect]}]{each.effect}[/]  ", end="")
            screen.print(f"{place}  {found}{say(each)}  {each.code}", markup=False)


def show_issue(issued: Issue) -> int:
    """What went out."""
    screen = console()
    for note in issued.notes:
        screen.print(note, markup=False)
    for line in grid(("类别", "份数", "单位填(格)", "检查组填(格)"), issued.load, (1, 2, 3)):
        screen.print(f"  {line}", markup=False)
    screen.print(
        f"已写出  {issued.folder}  新写 {issued.written} 份，未变 {issued.same} 份，保留 {issued.kept} 份", markup=False
    )
    return 1 if issued.kept else 0


def show_check(at: Place, found: Collection) -> int:
    """The state of collection, as the acceptance list has it."""
    screen = console()
    screen.print(f"{found.scheme.name}  {at.when.title}  校验回收表", style="bold", markup=False)
    screen.print(f"名册 {len(found.roster.units)} 个单位  基准日 {found.context.row.as_of}\n", markup=False)
    columns, rows = found.progress
    for line in grid(columns, rows, range(1, len(columns))):
        screen.print(f"  {line}", markup=False)
    if found.faults:
        bad = [each for each in found.faults if each.effect != "提示"]
        screen.print(f"\n差错 {len(bad)} 处须改正后重报，提示 {len(found.faults) - len(bad)} 处请确认", markup=False)
        show_faults(screen, found.faults)
    for line in found.mended_lines:
        screen.print(line, markup=False)
    if found.missing_rows:
        shared = f"，公用表 {len(found.absent)} 份" if found.absent else ""
        screen.print(f"\n未报 {len(found.missing)} 个单位{shared}", style="bold", markup=False)
        for line in grid(("代码", "单位", "联系人", "电话"), found.missing_rows):
            screen.print(f"  {line}", markup=False)
    screen.print(f"\n已写出  {_below(at, at.report)}/受理清单.xlsx", markup=False)
    if found.marked:
        screen.print(f"        {_below(at, at.report)}/退回件/  {len(found.marked)} 本", markup=False)
    for line in found.next_steps:
        screen.print(line, markup=False)
    return 1 if found.has_findings else 0


def _below(at: Place, path: Path) -> str:
    return path.relative_to(at.root).as_posix()


def show_run(at: Place, report: RunReport) -> int:
    """What a run did."""
    screen = console()
    for line in report.lines:
        screen.print(line, markup=False)
    return report.exit_code


def show_status(standings: Sequence[Standing]) -> int:
    """One line a period, and below it what is stale."""
    screen = console()
    for line in grid(("考核期", "下发", "回收", "结果", "归档"), [each.row for each in standings], (1, 2)):
        screen.print(line, markup=False)
    for each in standings:
        for note in each.notes:
            screen.print(f"  {each.period}  {note}", markup=False)
    return 0
