"""Who may write the working folder of a period: one step at a time, and only for the run that holds the period, or for somebody who executes
a notebook by hand while no run does.

A run's notebooks are executed in processes of their own, which outlive a run that was killed by a moment. They hold the step, so the
next run waits for them; and a step begins only while the run that asked for it is alive.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from kaohe.files.lock import Busy, Holder, lock
from kaohe.stages.means import handed_on
from kaohe.stages.workspace import NotReady, Place, who_holds

#: in the environment of a notebook's process: the id of the run's process
RUNNER = "KAOHE_RUNNER"
#: how long a run waits for the process of an interrupted one to end
PATIENCE = 10


@contextmanager
def running() -> Iterator[None]:
    """Within, the processes of notebooks that this one starts work for it. Called by whoever holds the period."""
    with handed_on(RUNNER, str(os.getpid())):
        yield


@contextmanager
def step(at: Place) -> Iterator[None]:
    """Hold the working folder for one step. Raises NotReady where another step, or a run that did not ask for this one, has it."""
    runner = int(os.environ.get(RUNNER) or 0)
    try:
        with lock(at.reports, _name(at)):
            if runner:
                _check(at, runner)
                yield
            else:
                with lock(at.reports, at.period):
                    yield
    except Busy as busy:
        raise NotReady(who_holds(at.period, busy.holder)) from None


def wait_for_steps(at: Place) -> None:
    """Return once no step of an interrupted run is at work. Raises NotReady where one does not end. Call under the period's lock."""
    try:
        with lock(at.reports, _name(at), PATIENCE):
            return
    except Busy as busy:
        raise NotReady(who_holds(at.period, busy.holder)) from None


def _check(at: Place, runner: int) -> None:
    """Raises Busy where somebody else holds the period, NotReady where nobody does: the run is gone."""
    try:
        with lock(at.reports, at.period):
            raise NotReady(f"{at.period} 的计算已经中断，这一步没有做。")
    except Busy as busy:
        if busy.holder != Holder(socket.gethostname(), runner, busy.holder.started):
            raise


def _name(at: Place) -> str:
    return f"{at.period}-step"
