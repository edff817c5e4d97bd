"""`kaohe check`: collect without a notebook, and replace only check's own set in the published folder."""

from __future__ import annotations

import msgspec

from kaohe.files.lock import Busy, lock
from kaohe.files.publish import commit_check, recover
from kaohe.stages.collect import check_files, check_mark, gather
from kaohe.stages.collection import Collection
from kaohe.stages.means import Means
from kaohe.stages.workspace import NotReady, Place, who_holds


def check(at: Place, as_of: str = "", by: Means | None = None) -> Collection:
    """Read and validate what came back; 受理清单.xlsx and 退回件 are replaced, check.json last. `by`: how. Raises NotReady."""
    try:
        with lock(at.reports, at.period):
            recover(at.reports)
            found, items = gather(at, as_of, by=by)
            files = check_files(found, items)
            beside = commit_check(at.reports, at.period, files, check_mark(found))
    except Busy as busy:
        raise NotReady(who_holds(at.period, busy.holder)) from None
    return msgspec.structs.replace(found, beside=beside)
