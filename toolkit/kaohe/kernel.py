"""The kernels that notebooks run in: this very interpreter, whatever kernelspecs the user's home holds; the next one starts, and imports
what its notebook will need, while a notebook runs. Knows nothing of papermill, whose import takes longer than starting a kernel."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty
from types import TracebackType
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

#: below reports/ of a working place; the command writes the traceback of a failure there, too
LOG = "kaohe-error.log"
#: without IPython's file of everything that was ever typed: kernels that begin together would get into each other's way there
_ARGUMENTS = [
    "-m",
    "ipykernel_launcher",
    "-f",
    "{connection_file}",
    "--log-level=ERROR",
    "--HistoryManager.enabled=False",
]
#: what the notebook of a step imports, the module that it begins with first
Modules = tuple[str, ...]
#: seconds after which a kernel that has not answered is asked again, and one whose outputs do not come yet
_ANSWER_S, _OUTPUT_S = 1.0, 0.2


class Client(AsyncKernelClient):
    """Ready as soon as the kernel has answered on both channels. jupyter_client's own client goes on listening until a fifth of a second was
    silent; here the wait ends with the kernel's word that it has done what it was asked."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Returns once a question was answered and its end came as an output, so that no output can be missed. Raises RuntimeError for a
        kernel that died, or that has not answered within `timeout` seconds."""
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            asked = self.kernel_info()
            reply = await _first(self.get_shell_msg, asked, "kernel_info_reply", _ANSWER_S)
            if reply is not None and await _first(self.get_iopub_msg, asked, "status", _OUTPUT_S, "idle"):
                self._handle_kernel_info_reply(reply)
                return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if until is not None and time.monotonic() > until:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


async def _first(
    get: Callable[..., Awaitable[dict[str, Any]]], asked: str, kind: str, patience: float, state: str = ""
) -> dict[str, Any] | None:
    """The first message of a kind that a question led to (of a status: with this state); None after so many seconds without one."""
    until = time.monotonic() + patience
    while (left := until - time.monotonic()) > 0:
        try:
            message = await get(timeout=left)
        except Empty:
            return None
        mine = message["msg_type"] == kind and message["parent_header"].get("msg_id") == asked
        if mine and message["content"].get("execution_state", "") == state:
            return message
    return None


class Manager(AsyncKernelManager):
    """Starts `sys.executable`: a foreign `python3` kernelspec on JUPYTER_PATH cannot get in between."""

    client_factory = Client

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, *_ARGUMENTS], display_name="Python 3", language="python")


class Kernels:
    """The kernels of a command, one for each notebook, so that no name of one reaches another; one that was emptied may be given back, for
    the same notebook of another period. Used as a context: what was started ends with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="kernel")
        self._warm: dict[Modules, Future[Manager]] = {}
        self._taken: list[Manager] = []
        self._ending: list[Future[None]] = []
        self._rested: dict[Modules, Manager] = {}
        self._said = tempfile.TemporaryFile()

    def __enter__(self) -> Kernels:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._warm.values():
            if not each.cancel():
                self._taken.append(each.result())
        for manager in tuple(self._taken):
            self.end(manager)
        self._pool.shutdown()
        self._log()
        for ended in self._ending:
            ended.result()

    def warm(self, modules: Modules) -> None:
        """Begin to start a kernel that imports these modules before anything else; returns at once."""
        if modules not in self._warm and modules not in self._rested:
            self._warm[modules] = self._pool.submit(self._start, modules)

    def take(self, modules: Modules) -> Manager:
        """The kernel for these modules, started now where it was not begun before. Whoever takes it ends it, or gives it back."""
        if modules in self._rested:
            return self._rested.pop(modules)
        self.warm(modules)
        manager = self._warm.pop(modules).result()
        self._taken.append(manager)
        return manager

    def give_back(self, modules: Modules, manager: Manager) -> None:
        """An emptied kernel for the next notebook that needs the same modules. It still ends with the context."""
        self._rested[modules] = manager

    def end(self, manager: Manager) -> None:
        """Have a kernel stopped, if it was not stopped already: what its notebook wrote is on the disk. Returns at once; the context waits
        for its end."""
        if manager in self._taken:
            self._taken.remove(manager)
            self._ending.append(self._pool.submit(_ended, manager))

    def _log(self) -> None:
        """What the kernels' processes said outside of any cell (why one did not start, or broke down) belongs into the log."""
        with self._said:
            self._said.seek(0)
            said, folder = self._said.read(), self._folder / "reports"
            if said and folder.is_dir():
                with suppress(OSError), (folder / LOG).open("ab") as log:
                    log.write(said)

    def _start(self, modules: Modules) -> Manager:
        manager = Manager()
        # expressions: they bind no name in the notebook
        first = [f"--IPKernelApp.exec_lines=__import__('{module}')" for module in modules]
        said = {"stdout": self._said, "stderr": self._said}
        asyncio.run(_done(manager.start_kernel(cwd=str(self._folder), extra_arguments=first, **said)))
        return manager


def _ended(manager: Manager) -> None:
    if manager.has_kernel:
        asyncio.run(_done(manager.shutdown_kernel(now=True)))


async def _done(wish: Awaitable[object]) -> None:
    await wish
