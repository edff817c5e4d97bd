"""The files that came back: each hashed once, litter told apart from inputs, and read where what it says is not remembered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from kaohe.core.cells import Source
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.files.limits import DEFAULTS
from kaohe.forms.receive import Receiver
from kaohe.records.sharing import share
from kaohe.records.tables import Reading, Refusal
from kaohe.stages.exporting import is_text, read_text
from kaohe.stages.means import Means
from kaohe.stages.pool import Done, Job, pool_for
from kaohe.stages.progress import counted
from kaohe.stages.remembered import Remembered
from kaohe.stages.tasks import Taken, decode, packed
from kaohe.stages.workspace import ASIDE, MOST_DEPTH, Place, is_litter, is_plain_file, returned_files, sha256

READING = "读表"
#: what is looked into: workbooks, and what people take for one or send in its place
WORKBOOKS = (
    ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods", ".et", ".xltx", ".xltm", ".xlt", ".ots", ".ett",
    ".csv", ".zip", ".rar", ".7z", ".gz", ".tar", ".htm", ".html", ".mht", ".mhtml",
)  # fmt: skip
_UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".downloading", ".td", ".xltd")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".pdf", ".doc", ".docx", ".wps", ".mp4")


class Found(msgspec.Struct, frozen=True):
    """One file: what was read of it, the fault that refuses it, or why it is no input (`ignored`). `reading`: the tables of an online export."""

    file: str
    sha256: str = ""
    taken: Taken | None = None
    refusal: Fault | None = None
    ignored: str = ""
    reading: Reading | None = None


class Files:
    """What came back of a period. Used as a context: when it begins, every file is hashed, what is remembered is looked up, and the rest's
    readers start, while the caller reads the rules."""

    def __init__(self, at: Place, by: Means) -> None:
        self._at, self._by = at, by
        self.digests: dict[str, str] = {}
        self._found: list[Found] = []
        self._paths: dict[str, Path] = {}
        self._words: dict[str, str] = {}
        self._unread: list[int] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._remembered = self._open.enter_context(Remembered(self._at, self._by.fresh))
        for name, path in returned_files(self._at):
            self._look_at(name, path)
        self._pool = self._open.enter_context(pool_for(self._by, len(self._unread)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def _look_at(self, name: str, path: Path) -> None:
        """Hash a file once, for the manifest too (`digests`: path below 回收 → SHA-256, "" where it cannot be read), and find out whether it
        must be read."""
        why = ignored(name, path)
        content = _content(path) if not why or (is_plain_file(path) and not is_litter(name)) else Refusal("")
        digest = "" if isinstance(content, Refusal) else sha256(content)
        if is_plain_file(path) and not is_litter(name):
            self.digests[name] = digest
        if why:
            self._found.append(Found(name, ignored=why))
        elif isinstance(content, Refusal):
            self._found.append(Found(name, refusal=_refused(name, content)))
        elif is_text(name):
            self._found.append(_text(name, digest, content))
        else:
            known = self._remembered.get(name, digest)
            if known is None:
                self._unread.append(len(self._found))
            self._found.append(self._held(name, digest, known) if known is not None else Found(name, digest))
        self._paths[name] = path

    def read(self, receiver: Receiver) -> list[Found]:
        """Every file in order, those read now that were not remembered."""
        unread = [self._found[number] for number in self._unread]
        for number, record in counted(READING, self._run(receiver, unread, tables=False), len(unread)):
            file, digest = unread[number].file, unread[number].sha256
            if isinstance(record, Refusal):
                made = Found(file, digest, refusal=_refused(file, record))
            else:
                taken = decode(record)
                self._remembered.put(file, digest, taken, record, receiver.scheme)
                made = self._held(file, digest, taken)
            self._found[self._unread[number]] = made
        return self._found

    def _held(self, name: str, digest: str, taken: Taken) -> Found:
        """A file that was read. Those of a period are held all at once, so they share the words that they repeat: a quarter of the room."""
        share(taken, self._words)
        return _found(name, digest, taken)

    def tables(self, receiver: Receiver, files: Collection[str]) -> dict[str, Reading]:
        """The tables of files that were read before without handing them on. A file that has changed meanwhile is left out."""
        wanted = [each for each in self._found if each.file in files]
        read: dict[str, Reading] = {}
        for number, record in self._run(receiver, wanted, tables=True):
            reading = None if isinstance(record, Refusal) else decode(record).reading
            if isinstance(reading, Reading):
                read[wanted[number].file] = reading
        return read

    def _run(self, receiver: Receiver, wanted: Sequence[Found], tables: bool) -> Iterator[Done]:
        jobs = [Job(each.file, partial(_same, self._paths[each.file], each.sha256), tables) for each in wanted]
        return self._pool.run(packed(receiver), jobs) if jobs else iter(())


def _same(path: Path, digest: str) -> bytes | Refusal:
    """The bytes that were hashed: a file that is being written is not read for a whole one."""
    data = _content(path)
    return data if isinstance(data, Refusal) or sha256(data) == digest else Refusal("FILE-036")


def _found(name: str, digest: str, taken: Taken) -> Found:
    if taken.refusal is not None:
        return Found(name, digest, refusal=_refused(name, taken.refusal))
    reading = taken.reading if taken.is_export else None
    return Found(name, digest, taken, reading=reading if isinstance(reading, Reading) else None)


def _text(name: str, digest: str, data: bytes) -> Found:
    read = read_text(data)
    if isinstance(read, Refusal):
        return Found(name, digest, refusal=_refused(name, read))
    return Found(name, digest, Taken(is_export=True), reading=read)


def _refused(name: str, refusal: Refusal) -> Fault:
    return fault(refusal.code, Source(name), refusal.found)


def _content(path: Path) -> bytes | Refusal:
    """The bytes of a file, or what kept us from them. Half a file is never read for a whole one, one that is too large not at all."""
    try:
        before = path.stat()
        if before.st_size > DEFAULTS.file:
            return Refusal("FILE-002", f"{before.st_size / 1024 / 1024:.0f} MB")
        data = path.read_bytes()
        after = path.stat()
    except FileNotFoundError:
        return Refusal("FILE-035")
    except PermissionError:
        return Refusal("FILE-034")
    except OSError:
        return Refusal("COLLECT-003")
    sizes, times = {before.st_size, len(data), after.st_size}, {before.st_mtime_ns, after.st_mtime_ns}
    return data if len(sizes) == len(times) == 1 else Refusal("FILE-036")


def ignored(name: str, path: Path) -> str:
    """Why a file is no input, "" when it may be one."""
    if name.split("/")[0] == ASIDE:
        return "已移到“不采用”"
    try:
        special = path.is_symlink() or not (path.is_file() or path.is_dir() or not path.exists())
        folder = path.is_dir()
    except OSError:
        return ""  # reading it will say why
    if special:
        return "不是普通文件（链接、设备等），没有读取"
    if folder:
        return f"文件夹超过 {MOST_DEPTH} 层，里面的文件没有读取，请移到上层" if name.count("/") >= MOST_DEPTH else ""
    if is_litter(name):
        return "系统或办公软件的临时文件"
    suffix = path.suffix.lower()
    if suffix in _UNFINISHED:
        return "没有下载完的文件"
    if suffix in _PICTURES:
        return "图片或文档不是填报表；佐证请写文号或存放处"
    if suffix not in WORKBOOKS:
        return "不是填报表"
    return ""
