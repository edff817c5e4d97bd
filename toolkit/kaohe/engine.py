"""papermill's engine as a run uses it: in a kernel that is already there, reporting each cell that is done."""

from __future__ import annotations

from collections.abc import Callable
from logging import NullHandler
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger

ENGINE = "kaohe"
#: names and history as in a kernel that has just begun
_EMPTY = "get_ipython().reset(); __import__('gc').collect()"


class Engine(NBClientEngine):  # type: ignore[misc]
    """Executes in the kernel `km`; calls `on_start` once it has answered, and `on_cell` after each cell. A cell that takes longer than `limit`
    seconds (None = no limit) ends the notebook with nbclient's CellTimeoutError. The kernel outlives its notebook: whoever took it ends it.
    With `keep` everything that the notebook named is forgotten, and the next one finds a kernel that counts from 1."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        on_cell: Callable[[], None] | None = None,
        km: Any = None,
        keep: bool = False,
        limit: int | None = None,
        on_start: Callable[..., None] | None = None,
        **_: Any,
    ) -> Any:
        if on_cell is not None:
            complete = nb_man.cell_complete

            def reporting(cell: Any, cell_index: int | None = None, **more: Any) -> Any:
                on_cell()
                return complete(cell, cell_index, **more)

            nb_man.cell_complete = reporting
        client = PapermillNotebookClient(
            nb_man,
            km=km,
            kernel_name=kernel_name,
            shutdown_kernel="immediate",
            timeout=limit,
            log=logger,
            on_notebook_start=on_start,
        )
        try:
            done = client.execute(cleanup_kc=False)
            if keep:
                client.wait_for_reply(client.kc.execute(_EMPTY, silent=True, store_history=False))
            return done
        finally:
            if client.kc is not None:
                client.kc.stop_channels()


def register() -> None:
    """Make the engine known to papermill. What it logs of a failure is told in Chinese, and stands in our own log."""
    logger.addHandler(NullHandler())
    papermill_engines.register(ENGINE, Engine)
