"""The kernels that notebooks run in: this very interpreter, whatever kernelspecs the user's home holds; the next one starts, and imports
what its notebook will need, while a notebook runs. Knows nothing of papermill, whose import takes longer than starting a kernel."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

#: below reports/ of a working place; the command writes the traceback of a failure there, too
LOG = "kaohe-error.log"
_ARGUMENTS = ["-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]


class Manager(AsyncKernelManager):
    """Starts `sys.executable`: a foreign `python3` kernelspec on JUPYTER_PATH cannot get in between."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, *_ARGUMENTS], display_name="Python 3", language="python")


class Kernels:
    """The kernels of a command, one for each notebook, so that no name of one reaches another; one that was emptied may be given back, for
    the same notebook of another period. Used as a context: what was started ends with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="kernel")
        self._warm: dict[str, Future[Manager]] = {}
        self._taken: list[Manager] = []
        self._rested: dict[str, Manager] = {}
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

    def warm(self, module: str) -> None:
        """Begin to start a kernel that imports a module before anything else; returns at once."""
        if module not in self._warm and module not in self._rested:
            self._warm[module] = self._pool.submit(self._start, module)

    def take(self, module: str) -> Manager:
        """The kernel for a module, started now where it was not begun before. Whoever takes it ends it, or gives it back."""
        if module in self._rested:
            return self._rested.pop(module)
        self.warm(module)
        manager = self._warm.pop(module).result()
        self._taken.append(manager)
        return manager

    def give_back(self, module: str, manager: Manager) -> None:
        """An emptied kernel for the next notebook that begins with the same module. It still ends with the context."""
        self._rested[module] = manager

    def end(self, manager: Manager) -> None:
        """Stop a kernel at once, if its notebook has not ended it already: what the notebook wrote is on the disk."""
        if manager in self._taken:
            self._taken.remove(manager)
            if manager.has_kernel:
                asyncio.run(_done(manager.shutdown_kernel(now=True)))

    def _log(self) -> None:
        """What the kernels' processes said outside of any cell (why one did not start, or broke down) belongs into the log."""
        with self._said:
            self._said.seek(0)
            said, folder = self._said.read(), self._folder / "reports"
            if said and folder.is_dir():
                with suppress(OSError), (folder / LOG).open("ab") as log:
                    log.write(said)

    def _start(self, module: str) -> Manager:
        manager = Manager()
        first = f"--IPKernelApp.exec_lines=__import__('{module}')"  # an expression: it binds no name in the notebook
        said = {"stdout": self._said, "stderr": self._said}
        asyncio.run(_done(manager.start_kernel(cwd=str(self._folder), extra_arguments=[first], **said)))
        return manager


async def _done(wish: Awaitable[object]) -> None:
    await wish
