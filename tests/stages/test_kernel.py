"""When a kernel counts as ready: it has answered, and its outputs arrive; a dead or silent one is told as what it is."""

from __future__ import annotations

import asyncio
from queue import Empty
from typing import Any

import pytest

from kaohe.kernel import Client


class Kernel(Client):  # type: ignore[misc]
    """A kernel that is asked: `answers`, and whose outputs `arrive`, from the question of that number on (0 = never)."""

    answers, arrive, alive = 1, 1, True
    asked = 0
    handled: tuple[dict[str, Any], ...] = ()

    def kernel_info(self) -> str:
        self.asked += 1
        return f"question {self.asked}"

    async def get_shell_msg(self, timeout: float) -> dict[str, Any]:
        return self._told(self.answers, "kernel_info_reply", {"status": "ok"})

    async def get_iopub_msg(self, timeout: float) -> dict[str, Any]:
        return self._told(self.arrive, "status", {"execution_state": "idle"})

    def _told(self, since: int, kind: str, content: dict[str, str]) -> dict[str, Any]:
        if not since or self.asked < since:
            raise Empty
        return {"msg_type": kind, "parent_header": {"msg_id": f"question {self.asked}"}, "content": content}

    def _handle_kernel_info_reply(self, message: dict[str, Any]) -> None:
        self.handled = (*self.handled, message)

    async def _async_is_alive(self) -> bool:
        return self.alive


@pytest.mark.parametrize(("answers", "arrive", "asked"), [(1, 1, 1), (3, 1, 3), (1, 2, 2)])
def test_it_is_asked_until_it_answers_and_its_outputs_arrive(answers: int, arrive: int, asked: int) -> None:
    kernel = Kernel()
    kernel.answers, kernel.arrive = answers, arrive
    asyncio.run(kernel.wait_for_ready(timeout=10))
    assert kernel.asked == asked and len(kernel.handled) == 1


def test_one_that_died_is_not_waited_for() -> None:
    kernel = Kernel()
    kernel.answers, kernel.alive = 0, False
    with pytest.raises(RuntimeError, match="Kernel died"):
        asyncio.run(kernel.wait_for_ready(timeout=10))


def test_one_that_is_silent_is_told_when_its_time_is_over() -> None:
    kernel = Kernel()
    kernel.answers = 0
    with pytest.raises(RuntimeError, match="Kernel didn't respond in"):
        asyncio.run(kernel.wait_for_ready(timeout=0.01))
