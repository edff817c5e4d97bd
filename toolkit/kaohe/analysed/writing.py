"""analysis.ipynb run for a period: its executed copy and its page beside the results."""

from __future__ import annotations

from pathlib import Path

from kaohe.stages.study import published
from kaohe.stages.workspace import place


class _Quiet:
    """A display for a call: progress is not shown."""

    def step(self, title: str, cells: int) -> None: ...

    def advance(self) -> None: ...

    def say(self, text: str) -> None: ...


def write_analysis(workspace: str, assessment: str, period: str, **parameters: object) -> Path:
    """Run analysis.ipynb on published results and write its executed copy and its page without code to `reports/<assessment>/分析/<period>/`.

    `parameters` are those of the notebook's first code cell (`weights`, `draws`, …). Returns the page. Raises NotReady where there are no valid
    results or a parameter is impossible, `kaohe.execution.NotebookFailed` where a changed notebook fails.
    """
    from kaohe.execution import execute_beside

    at = place(workspace, assessment, period)
    published(at)
    given = {"workspace": ".", "assessment": at.assessment, "period": at.period, **parameters}
    return execute_beside(at, "analysis.ipynb", given, "分析", ("kaohe.analysed",), _Quiet())
