"""Whether there is somewhere to write and room enough: said before anything is computed, and when a disk fills up on the way."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from kaohe.files.limits import DEFAULTS
from kaohe.files.lock import NoRoom, Unwritable, prepare
from kaohe.files.publish import sweep
from kaohe.stages.resume import forget_steps
from kaohe.stages.workspace import NotReady, Place, returned_files, size_of

#: what a disk, a quota or a limit says that takes no more
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
#: workbooks and documents of the whole period, however few forms there are
_BASE = 20 * 2**20


def make_room(at: Place) -> None:
    """Try the reports folder out. Raises NotReady where nothing can be written or there is too little room."""
    try:
        prepare(at.reports, needed(at))
    except NoRoom as full:
        raise NotReady(_no_room(full.needed, full.free)) from None
    except Unwritable:
        raise NotReady("reports 文件夹不能写入。请检查权限后重试。") from None


def needed(at: Place) -> int:
    """Bytes that a run may take: three times what came back; a file that is too large is not read, so it needs no room either."""
    return 3 * sum(min(size_of(path), DEFAULTS.file) for _, path in returned_files(at)) + _BASE


@contextmanager
def disk_full(at: Place) -> Iterator[None]:
    """While a run writes: a disk that fills up ends it, what was begun is removed, and the room that is needed is named. Raises NotReady for
    that; any other OSError passes."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        sweep(at.reports, at.period)
        forget_steps(at)
        raise NotReady(_no_room(needed(at), shutil.disk_usage(at.reports).free)) from error


def _no_room(wanted: int, free: int) -> str:
    return f"磁盘空间不足：需要约 {wanted >> 20} MB，只剩 {free >> 20} MB。请清理后重试，原结果没有改动。"
