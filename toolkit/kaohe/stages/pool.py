"""Who does the reading: children of this process, each asked by a thread of its own, or the workers of a cluster (`stages.cluster`).

Work is handed out as bytes and comes back as bytes (architecture, decision 11), in whatever order it is done.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from kaohe.records.tables import Refusal
from kaohe.stages.means import Means
from kaohe.stages.tasks import Validator

#: files of which one child more is worth its start
FILES_A_CHILD = 4
_LOOK_S = 0.5  # Windows lets no Ctrl-C through to a thread that waits without end


class Job(NamedTuple):
    """One file: its path below 回收, how its bytes are had (or why not), whether its tables are wanted whatever it says."""

    name: str
    load: Callable[[], bytes | Refusal]
    tables: bool = False


Done = tuple[int, bytes | Refusal]  # the number of the job, and the encoded Taken, or why there were no bytes


class Pool(Protocol):
    """Reads workbooks by the rules of one period. Used as a context; made before the rules are known."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def run(self, rules: bytes, jobs: Sequence[Job]) -> Iterator[Done]:
        """Does the jobs; `rules` is what `tasks.packed` made, the same for each call."""


def workers(asked: int, items: int) -> int:
    """How many children: as asked (0 = one for each processor), never more than are worth their start."""
    most = asked or os.cpu_count() or 1
    return max(1, min(most, -(-items // FILES_A_CHILD)))


def pool_for(by: Means, items: int) -> Pool:
    """Who reads so many files by these means; nobody is started before there is one."""
    if by.cluster:
        from kaohe.stages.cluster import Cluster

        return Cluster(by.cluster, bool(items))
    return Children(by.workers, items)


class Children:
    """Children of this process. Those for the files that are known start, and import, when the context begins, while the caller reads the
    rules."""

    def __init__(self, asked: int = 0, items: int = 0, make: Callable[[], Validator] = Validator) -> None:
        """`asked`: how many children at most (0 = one for each processor); `items`: files that will be read for certain."""
        self._asked, self._items, self._make = asked, items, make
        self._children: list[Validator] = []
        self._stop = threading.Event()

    def __enter__(self) -> Self:
        if self._items:
            self._started(self._items)
        return self

    def _started(self, items: int) -> list[Validator]:
        """The children for so many files, those that are lacking started now."""
        count = workers(self._asked, items)
        while len(self._children) < count:
            self._children.append(self._make().__enter__())
        return self._children[:count]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for child in self._children:
            child.close()

    def run(self, rules: bytes, jobs: Sequence[Job]) -> Iterator[Done]:
        """As `Pool.run`. What a thread raises is raised here."""
        if not jobs:
            return
        todo = iter(enumerate(jobs))
        done: SimpleQueue[Done | BaseException] = SimpleQueue()
        turn = threading.Lock()

        def work(child: Validator) -> None:
            try:
                child.knows(rules)
                while not self._stop.is_set():
                    with turn:
                        following = next(todo, None)
                    if following is None:
                        return
                    number, job = following
                    data = job.load()
                    done.put((number, data if isinstance(data, Refusal) else child.take(job.name, data, job.tables)))
            except BaseException as error:
                done.put(error)

        for child in self._started(len(jobs)):
            threading.Thread(target=work, args=(child,), daemon=True).start()
        for _ in jobs:
            found = _next(done)
            if isinstance(found, BaseException):
                raise found
            yield found


def _next(queue: SimpleQueue[Done | BaseException]) -> Done | BaseException:
    while True:
        try:
            return queue.get(timeout=_LOOK_S)
        except Empty:
            continue
