"""A Dask cluster that reads: batches of bytes go to its scheduler, the same records come back as from children of this machine.

Workers are sent names, bytes and the rules, never a path. One with another version of this package is refused before any file is sent. A
batch whose worker is lost is done elsewhere by the scheduler, then file by file; a file that takes its worker along even so is refused.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from importlib import import_module
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self

from kaohe.records.tables import Refusal
from kaohe.stages.at_worker import OtherCode, Sent, leave, which, work
from kaohe.stages.pool import Done, Job
from kaohe.stages.workspace import NotReady

BATCH, BATCH_BYTES = 32, 4 * 2**20
CONNECT_S, ALONE_S = 5, 20
_LOOK_S = 0.5
_AHEAD = 2  # batches under way for each thread of the cluster


class Cluster:
    """A pool of the workers behind a scheduler. Raises NotReady with a Chinese sentence for everything that keeps it from reading."""

    def __init__(self, address: str, is_needed: bool) -> None:
        """`is_needed`: whether there is anything to read already; a cluster that nobody needs is not looked for."""
        self._address, self._is_needed = address, is_needed
        self._client: Any = None
        self._rules: tuple[bytes, Any] | None = None  # and the future that stands for them

    def __enter__(self) -> Self:
        if self._is_needed:
            self._connected()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            if error is None:
                client.run(leave, on_error="ignore")
        except Exception:
            pass  # they end with their workers
        client.close(timeout=2)

    def run(self, rules: bytes, jobs: Sequence[Job]) -> Iterator[Done]:
        """As `Pool.run`, in batches."""
        if not jobs:
            return
        client = self._connected()
        threads = max(1, sum(client.nthreads().values()))
        todo = deque(_cut(len(jobs), threads))
        running: dict[Any, list[int]] = {}  # by future
        done: SimpleQueue[Any] = SimpleQueue()
        seen = time.monotonic()
        while todo or running:
            while todo and len(running) < threads * _AHEAD:
                numbers, sent = yield from _loaded(jobs, todo)
                if numbers:
                    future = self._sent(client, rules, sent)
                    running[future] = numbers
                    future.add_done_callback(done.put)
            if not running:
                continue
            try:
                future = done.get(timeout=_LOOK_S)
            except Empty:
                seen = self._look(client, seen)
                continue
            seen = time.monotonic()
            numbers = running.pop(future)
            if future.status == "finished":
                yield from zip(numbers, future.result(), strict=True)
            elif len(numbers) > 1:
                todo.extend([number] for number in numbers)
            else:
                yield numbers[0], self._lost(client, future)

    def _lost(self, client: Any, future: Any) -> Refusal:
        """What is said of a file that went to the cluster alone and did not come back. Raises NotReady where it is not the file's doing."""
        error = future.exception() if future.status == "error" else None
        if type(error).__name__ == "KilledWorker":
            return Refusal("FILE-031")
        if isinstance(error, OtherCode):
            raise NotReady(_others(self._address, {"": str(error)}))
        self._look(client, time.monotonic())
        why = type(error).__name__ if error is not None else "任务被取消"
        raise NotReady(
            f"集群 {self._address} 读不了表（{why}），没有写出结果。请看工作进程的日志，或去掉 --cluster 在本机运行。"
        )

    def _sent(self, client: Any, rules: bytes, batch: list[Sent]) -> Any:
        """A batch under way. The rules are sent to every worker once, and again should all who had them be gone."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if self._rules is None or self._rules[0] is not rules or self._rules[1].status != "finished":
                self._rules = (rules, client.scatter(rules, broadcast=True, hash=False))
            return client.submit(work, which(), self._rules[1], batch, pure=False)

    def _look(self, client: Any, seen: float) -> float:
        """Whether somebody is still there to do the work; the moment when that was last so."""
        if client.status != "running":
            raise NotReady(f"与集群 {self._address} 的连接断了，没有写出结果。请看调度器是否还在运行，再重新运行一次。")
        if client.scheduler_info(n_workers=-1)["workers"]:
            return time.monotonic()
        if time.monotonic() - seen > ALONE_S:
            raise NotReady(f"集群 {self._address} 的工作进程都不在了，没有写出结果。请重新启动工作进程，再运行一次。")
        return seen

    def _connected(self) -> Any:
        if self._client is not None:
            return self._client
        try:
            distributed = import_module("distributed")
        except ModuleNotFoundError:
            raise NotReady(
                "这台电脑没有装 dask，不能用 --cluster。请运行 pip install 'kaohe[cluster]'，或去掉 --cluster。"
            ) from None
        for name in (
            "distributed",
            *(each for each in logging.root.manager.loggerDict if each.startswith("distributed.")),
        ):
            # What it logs would stand in the executed notebook, whose bytes must not depend on who reads.
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                client = distributed.Client(self._address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TypeError):
            raise NotReady(
                f"连不上集群 {self._address}（等了 {CONNECT_S} 秒）。请核对地址和端口（如 tcp://10.0.0.5:8786）、调度器是否在运行、"
                "防火墙是否放行；不用集群就去掉 --cluster。"
            ) from None
        self._client = client
        try:
            _check(client, self._address)
        except BaseException:
            self._client = None
            client.close(timeout=2)
            raise
        return client


def _cut(jobs: int, threads: int) -> Iterator[list[int]]:
    """The numbers of the jobs in batches: at least one for each thread, about 32 at most."""
    size = max(1, min(BATCH, -(-jobs // threads)))
    return (list(range(start, min(start + size, jobs))) for start in range(0, jobs, size))


def _loaded(jobs: Sequence[Job], todo: deque[list[int]]) -> Generator[Done, None, tuple[list[int], list[Sent]]]:
    """The next batch with its bytes, a heavy one cut shorter; yields those that have none, returns the rest."""
    numbers: list[int] = []
    sent: list[Sent] = []
    waiting, size = todo.popleft(), 0
    for place, number in enumerate(waiting):
        data = jobs[number].load()
        if isinstance(data, Refusal):
            yield number, data
            continue
        numbers.append(number)
        sent.append((jobs[number].name, data, jobs[number].tables))
        size += len(data)
        if size > BATCH_BYTES and place + 1 < len(waiting):
            todo.appendleft(waiting[place + 1 :])
            break
    return numbers, sent


def _check(client: Any, address: str) -> None:
    """Raises NotReady unless there are workers and each reads as this process does."""
    found = client.get_versions(check=False, packages=["kaohe"])["workers"]
    if not found:
        raise NotReady(f"集群 {address} 里没有工作进程。请在各台机器上运行 dask worker {address}，再重新运行。")
    strange: dict[str, str] = {}
    for worker, versions in found.items():
        python = ".".join(str(versions["host"]["python"]).split(".")[:2])
        version = versions["packages"].get("kaohe")
        if version is None:
            strange[worker] = f"没有装 kaohe，Python {python}"
        elif f"kaohe {version}（" not in which() or not which().endswith(f"Python {python}"):
            strange[worker] = f"kaohe {version}，Python {python}"
    if not strange:
        strange = {worker: said for worker, said in client.run(which).items() if said != which()}
    if strange:
        raise NotReady(_others(address, strange))


def _others(address: str, strange: dict[str, str]) -> str:
    lines = "\n".join(f"  {worker or '新加入的工作进程'}  {said}" for worker, said in sorted(strange.items()))
    return (
        f"集群 {address} 有 {len(strange)} 个工作进程的版本与本机不同，没有开始：\n{lines}\n  本机  {which()}\n"
        "请在各台机器上装同一版本的 kaohe 和 Python，重新启动工作进程。"
    )
