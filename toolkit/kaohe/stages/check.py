"""`kaohe check`: collect without a notebook, and replace only check's own set in the published folder."""

from __future__ import annotations

import shutil

from kaohe.files.publish import Busy, commit_check, lock, recover
from kaohe.stages.collect import Collection, collect
from kaohe.stages.manifest import frozen
from kaohe.stages.workspace import NotReady, Place


def check(at: Place, as_of: str = "") -> Collection:
    """Read and validate what came back; 受理清单.xlsx and 退回件 are replaced, check.json last. Raises NotReady."""
    frozen(at)
    at.reports.mkdir(parents=True, exist_ok=True)
    try:
        with lock(at.reports, at.period):
            recover(at.reports, at.period)
            folder = at.reports / f".checking-{at.period}"
            found = collect(at, as_of, folder=folder)
            commit_check(folder, at.report)
            shutil.rmtree(folder, ignore_errors=True)
            return found
    except Busy as busy:
        raise NotReady(f"{at.period} 正在由另一个程序处理（{busy}）。请等它结束后再试。") from None
