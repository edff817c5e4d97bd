"""A step is done once its copy and its page are in the working folder; the page is made while the next notebook runs.

1. Nobody is told of a step before its page is there, and then with the folder as the step left it.
2. A page that cannot be made ends the run as if it were made at once: its step does not count, nor one after it.
3. Killed between the end of a notebook and its page, the next run executes that notebook again and comes to the same bytes.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from hostile.place import Small
from kaohe.execution import STEPS
from kaohe.pages import Pages
from kaohe.pipeline import Request, run
from kaohe.stages.collect import collect
from kaohe.stages.evaluate import evaluate
from kaohe.stages.publish import publish
from kaohe.stages.workspace import Place, sha256
from makers.killed import forked
from makers.steps import Screen, copied, hashes, in_process

FIRST, SECOND, THIRD = STEPS.values()
WORK: dict[str, Callable[[Place], object]] = {FIRST: collect, SECOND: evaluate, THIRD: publish}


def test_1_a_step_is_told_of_when_its_page_is_there_while_the_next_one_runs(tmp_path: Path) -> None:
    page, after, told, go_on = tmp_path / "notebooks/1.html", tmp_path / "notebooks/2.html", [], threading.Event()
    with Pages(lambda notebook: go_on.wait(10) and notebook) as pages:
        pages.begin("<p>", page, {"store/a.jsonl": "0"}, told.append)
        pages.begin("<h1>", after, {"store/a.jsonl": "0", "notebooks/1.html": "half of it"}, told.append)
        assert told == [] and not page.exists()
        go_on.set()
    assert (page.read_bytes(), after.read_bytes()) == (b"<p>", b"<h1>")
    first = {"store/a.jsonl": "0", "notebooks/1.html": sha256(b"<p>")}
    assert told == [first, {**first, "notebooks/2.html": sha256(b"<h1>")}]


def no_page(notebook: object) -> str:
    raise OSError(28, "no space")


def test_2_what_a_page_raises_ends_the_run_and_its_step_is_not_told_of(tmp_path: Path) -> None:
    told: list[object] = []
    with pytest.raises(OSError, match="no space"), Pages(no_page) as pages:
        pages.begin("", tmp_path / "1.html", {}, told.append)
    assert told == []


def test_2_what_ended_the_run_before_is_told_rather_than_the_page(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Pages(no_page) as pages:
        pages.begin("", tmp_path / "1.html", {}, lambda left: None)
        raise KeyboardInterrupt


@pytest.fixture
def small(changed: Small, tmp_path: Path) -> Small:
    return copied(changed, tmp_path / "place")


@contextmanager
def without_kernels(at: Place, page: Callable[[str], str]) -> Iterator[None]:
    """The steps are done in this process, everything around the notebooks by `execution.execute`; `page`: of a notebook's heading."""
    from kaohe.execution import execute

    def notebook(book: Any, parameters: object, title: str, *rest: object) -> Any:
        rest[3].step(title, 1)  # type: ignore[attr-defined]
        WORK[title](at)
        return book

    with (
        in_process(),
        patch("kaohe.pipeline.execute", execute),
        patch("kaohe.execution._execute", notebook),
        patch("kaohe.execution.Workshop.begin", lambda *about: None),
        patch("kaohe.execution._page", lambda place, book: page(book.cells[0].source)),
    ):
        yield


def ran(small: Small, page: Callable[[str], str] = lambda heading: heading) -> list[str]:
    """What a run says."""
    screen = Screen()
    with without_kernels(small.at, page):
        run(small.at, Request(), screen)
    return screen.said


def test_2_a_step_whose_page_fails_is_executed_again_by_the_next_run(small: Small) -> None:
    def second_fails(heading: str) -> str:
        if "第二步" in heading:
            raise ValueError("a page that cannot be made")
        return heading

    before = hashes(small.at.report)
    with pytest.raises(ValueError, match="cannot be made"):
        ran(small, second_fails)
    assert hashes(small.at.report) == before
    assert ran(small) == ["接着上次没有发布的计算：输入没有变化，第一步已做完，不再重做。", SECOND, THIRD]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a run is killed in a process of its own")
def test_3_killed_between_a_notebook_and_its_page_a_run_is_gone_on_with(small: Small, tmp_path: Path) -> None:
    whole = copied(small, tmp_path / "whole")
    ran(whole)

    def killed(heading: str) -> str:
        if "第二步" in heading:
            os.kill(os.getpid(), signal.SIGKILL)
        return heading

    assert forked(lambda: ran(small, killed) and None) == -signal.SIGKILL
    assert (small.at.staging / "notebooks" / "2_evaluate.ipynb").is_file()
    assert ran(small) == ["接着上次没有发布的计算：输入没有变化，第一步已做完，不再重做。", SECOND, THIRD]
    assert hashes(small.at.report) == hashes(whole.at.report)
