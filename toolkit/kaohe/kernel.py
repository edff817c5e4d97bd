"""The kernel that notebooks run in: this very interpreter, whatever kernelspecs the user's home holds; and an engine that reports cells."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from papermill.engines import NBClientEngine, papermill_engines

ENGINE = "kaohe"
_ARGUMENTS = ["-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]


class Manager(AsyncKernelManager):
    """Starts `sys.executable`: a foreign `python3` kernelspec on JUPYTER_PATH cannot get in between."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, *_ARGUMENTS], display_name="Python 3", language="python")


class Engine(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine, calling `on_cell` after each cell."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, on_cell: Callable[[], None] | None = None, **options: Any
    ) -> Any:
        if on_cell is not None:
            complete = nb_man.cell_complete

            def reporting(cell: Any, cell_index: int | None = None, **more: Any) -> Any:
                on_cell()
                return complete(cell, cell_index, **more)

            nb_man.cell_complete = reporting
        return super().execute_managed_notebook(nb_man, kernel_name, **options)


def register() -> None:
    """Make the engine known to papermill."""
    papermill_engines.register(ENGINE, Engine)
