"""papermill's engine as a run uses it: its own one, reporting each cell that is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

ENGINE = "kaohe"


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
