"""How far a command is, on the screen: bars with counts, rate and remaining time on a terminal, now and then a line in a log, or nothing."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING

from kaohe.cli.screens import console

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

#: seconds between two lines of a log
LINE_S = 10.0


class Progress:
    """Shows the steps of a run, and what is counted within them. Used as a context, by two threads. `quiet`: only what `say` says; `passing`:
    bars go when the work is done."""

    def __init__(self, quiet: bool = False, passing: bool = False) -> None:
        self._console, self._quiet, self._passing = console(), quiet, passing
        self._bars: Bars | None = None
        self._step: TaskID | None = None
        self._counts: dict[str, TaskID] = {}
        self._begun: dict[str, float] = {}
        self._said = 0.0
        self._turn = threading.RLock()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def step(self, title: str, cells: int) -> None:
        """A notebook begins."""
        with self._turn:
            self._stop()
            if self._quiet:
                return
            if self._console.is_terminal:
                self._step = self._open().add_task(title, total=max(cells, 1), told="")
            else:
                self._console.print(title, markup=False)

    def advance(self) -> None:
        """A cell of it is done."""
        with self._turn:
            if self._bars is not None and self._step is not None:
                self._bars.advance(self._step)

    def counted(self, what: str, done: int, total: int) -> None:
        """So many are done of what a step works through."""
        with self._turn:
            if self._quiet or not total:
                return
            now = time.monotonic()
            begun = self._begun.setdefault(what, now)
            told = _told(done, total, now - begun)
            if self._console.is_terminal:
                if what not in self._counts:
                    self._counts[what] = self._open().add_task(f"  {what}", total=total, told="")
                self._open().update(self._counts[what], completed=done, total=total, told=told)
            elif done < total and now - max(self._said, begun) >= LINE_S:
                self._said = now
                self._console.print(f"  {what} {told}", markup=False)

    def say(self, text: str) -> None:
        """A line between the steps."""
        with self._turn:
            self._stop()
            self._console.print(text, markup=False)

    def _open(self) -> Bars:
        if self._bars is None:
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bars

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[told]}"),
            )
            self._bars = Bars(*columns, console=self._console, transient=self._passing)
            self._bars.start()
        return self._bars

    def _stop(self) -> None:
        with self._turn:
            if self._bars is not None:
                self._bars.stop()
            self._bars, self._step = None, None
            self._counts.clear()
            self._begun.clear()


def _told(done: int, total: int, seconds: float) -> str:
    """`120/200  每秒 45 份  还要 2 秒`; without rate and rest before the first second is over."""
    text = f"{done}/{total}"
    if seconds < 1 or not done:
        return text
    rate = done / seconds
    text += f"  每秒 {rate:.0f} 份" if rate >= 10 else f"  每秒 {rate:.1f} 份"
    rest = round((total - done) / rate)
    if not rest:
        return text
    return f"{text}  还要 {rest // 60} 分 {rest % 60} 秒" if rest >= 60 else f"{text}  还要 {rest} 秒"
