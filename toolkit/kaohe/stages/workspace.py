"""The working place: its folders, what lies in them, and the store of a period. The folder is the state (architecture, decision 7)."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kaohe.core.periods import Period, parse_period
from kaohe.files.disk import put_all, write_file
from kaohe.files.lock import Holder
from kaohe.records import store

Record = TypeVar("Record")

SCHEME, ROSTER, TEAMS = "方案.xlsx", "名册.xlsx", "检查组.xlsx"
ISSUED, RETURNED, ASIDE = "下发", "回收", "不采用"
_LITTER = ("~$", ".~", "._", ".DS_Store", "Thumbs.db", "desktop.ini")
REGISTER = "发放.json"
MOST_FILES, MOST_DEPTH = 20_000, 8


class NotReady(Exception):
    """Nothing can be done: the Chinese reason, and what to do, stand in the message (exit code 3)."""


class Place(msgspec.Struct, frozen=True):
    """One period of one assessment in a working place. `root` is the working place's folder."""

    root: Path
    assessment: str
    period: str

    @property
    def pattern(self) -> Path:
        """`workbooks/<assessment>`: scheme and roster for coming periods."""
        return self.root / "workbooks" / self.assessment

    @property
    def folder(self) -> Path:
        """`workbooks/<assessment>/<period>`: the frozen copies, what went out, what came back."""
        return self.pattern / self.period

    @property
    def issued(self) -> Path:
        return self.folder / ISSUED

    @property
    def returned(self) -> Path:
        return self.folder / RETURNED

    @property
    def reports(self) -> Path:
        """`reports/<assessment>`: all periods' outputs."""
        return self.root / "reports" / self.assessment

    @property
    def report(self) -> Path:
        """`reports/<assessment>/<period>`: the published outputs."""
        return self.reports / self.period

    @property
    def staging(self) -> Path:
        """The working folder of the run under way."""
        return self.reports / f".staging-{self.period}"

    @property
    def remembered(self) -> Path:
        """What saves time and may be deleted at any moment."""
        return self.reports / ".remembered"

    @property
    def when(self) -> Period:
        """The period as a value. Raises NotReady for a name that is no period."""
        period = parse_period(self.period)
        if period is None:
            raise NotReady(f"期次“{self.period}”写法不对。请写成 2026-07、2026Q3 或 2026。")
        return period

    def at(self, period: Period | str) -> Place:
        """The same assessment at another period."""
        return Place(self.root, self.assessment, str(period))


def place(workspace: str | Path, assessment: str, period: str) -> Place:
    """The place of a period. Raises NotReady when the working place does not hold the assessment or the period's name is wrong."""
    root = Path(workspace).resolve()
    found = Place(root, assessment, period)
    if not (found.pattern / SCHEME).is_file() and not found.folder.is_dir():
        raise NotReady(f"在 workbooks 下没有考核“{assessment}”。请核对名称和工作目录，或用 kaohe new 新建。")
    _ = found.when
    return found


def periods_of(root: Path, assessment: str) -> tuple[str, ...]:
    """The periods that were issued, in order of time."""
    folder = root / "workbooks" / assessment
    found = [
        (period, each.name)
        for each in (folder.iterdir() if folder.is_dir() else ())
        if each.is_dir() and (period := parse_period(each.name)) is not None
    ]
    return tuple(name for _, name in sorted(found, key=lambda pair: _moment(pair[0])))


def _moment(period: Period) -> tuple[int, int, int]:
    """Order of time: a lower clock's last part comes before the higher clock that ends with it."""
    months = {"月": period.number, "季": period.number * 3, "年": 12}[period.clock]
    return period.year, months, {"月": 0, "季": 1, "年": 2}[period.clock]


def precedes(one: Period, other: Period) -> bool:
    """Whether a period ends before another (or with it, on a lower clock)."""
    return _moment(one) < _moment(other)


def returned_files(at: Place) -> Iterator[tuple[str, Path]]:
    """Every file below 回收/, sorted by its POSIX path: bounded depth and number; links and special files are not followed.

    Yields (path below 回收 as people read it, path). Links, devices, folders that are too deep and folders that cannot be opened are yielded
    too: the caller lists them, so that nothing is passed over in silence.
    """
    top = at.returned
    found: list[tuple[str, Path]] = []

    def shut(error: OSError) -> None:
        path = Path(error.filename)
        if path != top:
            found.append((readable(path.relative_to(top).as_posix()), path))

    for folder, folders, files in os.walk(top, onerror=shut):
        here = Path(folder)
        is_deep = len(here.relative_to(top).parts) >= MOST_DEPTH
        closed = [name for name in folders if is_deep or (here / name).is_symlink()]
        folders[:] = sorted(set(folders).difference(closed))
        found.extend((readable((here / name).relative_to(top).as_posix()), here / name) for name in (*files, *closed))
        if len(found) > MOST_FILES:
            raise NotReady(f"回收文件夹里的文件超过 {MOST_FILES} 个。请清理后再运行。")
    taken: set[str] = set()
    for name, path in sorted(found):
        own, number = name, 2
        while own in taken:
            own, number = f"{name} ({number})", number + 1
        taken.add(own)
        yield own, path


def is_plain_file(path: Path) -> bool:
    """Whether this is a file and no link; False where that cannot be told."""
    try:
        return path.is_file() and not path.is_symlink()
    except OSError:
        return False


def size_of(path: Path) -> int:
    """Bytes of a file; 0 for what is none, or is gone."""
    try:
        return path.stat().st_size if is_plain_file(path) else 0
    except OSError:
        return 0


def readable(name: str) -> str:
    """A file's name as text that can be printed and kept: what an archive left in GBK is read as such, control characters become marks.

    >>> readable("甲" + chr(27) + ".xlsx")
    '甲␛.xlsx'
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode(errors="backslashreplace")
    return "".join(chr(0x2400 + ord(letter)) if letter < " " else letter for letter in name)


def is_litter(name: str) -> bool:
    """Whether a file is what systems and office programs leave behind: an owner file comes and goes with whoever has a workbook open."""
    last = name.rsplit("/", 1)[-1]
    return last.startswith(_LITTER) or last.endswith((".tmp", "#"))


def sha256(data: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(data).hexdigest()


def keep(folder: Path, name: str, records: Any) -> None:
    """Write records as store/NAME.jsonl below a working folder."""
    put_all(folder / "store" / f"{name}.jsonl", store.each_line(records))


def kept(folder: Path, name: str, kind: type[Record]) -> tuple[Record, ...]:
    """Read store/NAME.jsonl. Raises NotReady where it is absent or damaged."""
    return tuple(each_kept(folder, name, kind, held=True))


def each_kept(folder: Path, name: str, kind: type[Record], held: bool = False) -> Iterator[Record]:
    """The records of store/NAME.jsonl one by one (`held`: the caller keeps them all). Raises NotReady where it is absent or damaged."""
    path = folder / "store" / f"{name}.jsonl"
    try:
        with path.open("rb") as file:
            yield from store.parse(file, kind, held)
    except FileNotFoundError:
        raise NotReady(f"缺少上一步的数据“{name}”。请先运行前一步。") from None
    except msgspec.MsgspecError:
        raise NotReady(f"上一步的数据“{name}”已损坏。请重新运行 kaohe run。") from None


def one(folder: Path, name: str, kind: type[Record]) -> Record:
    """Read a store file that holds one record."""
    records = kept(folder, name, kind)
    if len(records) != 1:
        raise NotReady(f"上一步的数据“{name}”已损坏。请重新运行 kaohe run。")
    return records[0]


def write_json(path: Path, value: object) -> None:
    """Readable JSON, one file at a time, safely replaced."""
    write_file(path, (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def open_store(at: Place) -> Path:
    """The folder whose store a step reads and writes: the run's working folder, made from the published store where there is none.

    So each notebook can be run alone, after a run as well as in its middle. Raises NotReady where nothing was collected yet.
    """
    if (at.staging / "store").is_dir():
        return at.staging
    if not (at.report / "store").is_dir():
        raise NotReady(
            f"{at.period} 还没有收齐与校验的数据。请先运行第一步，或运行 kaohe run {at.assessment} {at.period}。"
        )
    at.staging.mkdir(parents=True, exist_ok=True)
    shutil.copytree(at.report / "store", at.staging / "store")
    return at.staging


def who_holds(period: str, holder: Holder) -> str:
    """The sentence for a period that another process works on."""
    who = f"{holder.host}，进程 {holder.pid}，{holder.started} 开始" if holder.pid else "另一个程序"
    return f"{period} 正在由另一个程序处理（{who}）。请等它结束后再试。"
