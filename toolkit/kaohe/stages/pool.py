"""Batches and their executor: threads that each own one reading child (architecture, decision 11)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 32


def workers(asked: int | None, items: int) -> int:
    """How many threads: as asked, else one a core, never more than there are batches of at least four items."""
    most = asked or os.cpu_count() or 1
    return max(1, min(most, (items + 3) // 4))


def batches(items: Sequence[Item], threads: int) -> list[Sequence[Item]]:
    """Cut in order: batches of about 32, at least one for each thread."""
    size = max(1, min(BATCH, -(-len(items) // threads))) if items else 1
    return [items[start : start + size] for start in range(0, len(items), size)]


def run_batches(
    items: Sequence[Item], task: Callable[[Sequence[Item]], Iterable[Result]], threads: int | None = None
) -> list[Result]:
    """Results in the order of the items. `task` takes a batch and returns one result per item; its exceptions pass on."""
    count = workers(threads, len(items))
    cut = batches(items, count)
    if count == 1:
        return [result for batch in cut for result in task(batch)]
    with ThreadPoolExecutor(count) as executor:
        return [result for done in executor.map(task, cut) for result in done]
