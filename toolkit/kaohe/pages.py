"""The pages of executed notebooks, made while the next notebook runs: a step is done once its page is in the working folder, too."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

from kaohe.files.disk import put

#: seconds after which the thread that makes a page lets the one go on that executes a notebook: a cell is a dozen short messages
_TURN_S = 0.0005


class Pages:
    """The pages of one run, one after another in a thread of their own. Used as a context: it ends when the last page is there.

    `make` gives the page of a notebook as text.
    """

    def __init__(self, make: Callable[[Any], str]) -> None:
        self._make = make
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pages")
        self._begun: list[Future[None]] = []
        self._there: dict[str, str] = {}
        self._turn_s = sys.getswitchinterval()

    def __enter__(self) -> Pages:
        sys.setswitchinterval(_TURN_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Returns once every page that was begun is there. Raises what a page raised, unless something else has ended the run."""
        try:
            if kind is None:
                for each in self._begun:
                    each.result()
        finally:
            self._thread.shutdown()
            sys.setswitchinterval(self._turn_s)

    def begin(self, notebook: Any, path: Path, left: Mapping[str, str], done: Callable[[dict[str, str]], None]) -> None:
        """Begin to put the page of a notebook at `path`; returns at once, and raises what an earlier page has raised by now.

        `done` is called, in the pages' thread, with the working folder as the step left it: `left` (path → SHA-256), its page, and those
        before, which may not have been there when the notebook ended.
        """
        for each in self._begun:
            if each.done():
                each.result()
        self._begun.append(self._thread.submit(self._page, notebook, path, left, done))

    def _page(self, notebook: Any, path: Path, left: Mapping[str, str], done: Callable[[dict[str, str]], None]) -> None:
        page = self._make(notebook).encode()
        put(path, page)
        self._there[f"{path.parent.name}/{path.name}"] = hashlib.sha256(page).hexdigest()
        done({**left, **self._there})
