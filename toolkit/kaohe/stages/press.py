"""Who makes the bytes of a period's outputs: this process, and children of it that are handed what stands in the documents.

What stands in a document takes about as long to find out as its bytes take to make. The process that holds the period does the one; children
do the other (`stages.outputs`), which need neither the store nor the memory that it takes; where they lag behind, this process makes bytes,
too. What a child could not make, for whatever reason, is made here, so that a fault is told as if there were no children. Workbooks are
always made here, meanwhile: their cells would take longer to travel than to write, and stand in two processes at once.
"""

from __future__ import annotations

import os
import pickle
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue, SimpleQueue
from types import TracebackType
from typing import NamedTuple, Self

from kaohe.files.disk import digest, lay, put, remove
from kaohe.files.guarded import Guarded
from kaohe.files.limits import Limits
from kaohe.files.xlsx import write_into
from kaohe.records.books import Book
from kaohe.records.tables import Refusal
from kaohe.stages.means import means
from kaohe.stages.outputs import ANSWER, Makes, Output, Paper, packed
from kaohe.stages.workspace import Place, sha256, size_of
from kaohe.stages.written import Known, Written, published

#: documents that travel together: those of some 32 units
BATCH = 128
#: batches that wait for a child, a third of a megabyte each; with more of them this process makes one itself. They are many, because a child
#: goes on with them while this process makes the workbooks
WAITING = 128
#: bytes of the outcome, some 36 kB a unit, from which a child is worth its start: that takes half a second of one core, and it takes over
#: four milliseconds of a unit (of 200 units 1.2 of 4.5 seconds, of 1,000 five of 16)
WORTH_A_CHILD = 4_000_000
#: bytes take no longer than what stands in them, so there is nothing for more of them to do
MOST_CHILDREN = 2
_LOOK_S = 0.5  # Windows lets no Ctrl-C through to a thread that waits without end
_FOLDER = ".made-"
_ANY = 1 << 40


class Child(Guarded):
    """A child that makes outputs of ours: its memory and the size of what it is asked are not limited, a batch may take some minutes."""

    module = "kaohe.stages.outputs"

    def __init__(self) -> None:
        super().__init__(Limits(file=_ANY, memory=_ANY, recycle=_ANY, seconds=600.0))

    def knows(self, makes: bytes) -> None:
        """What `outputs.packed` made. The child starts before, so that it imports while the period is read."""
        self._known = makes

    def make(self, into: Path, outputs: bytes) -> tuple[str, ...]:
        """Leave the outputs as files 0, 1, … in a folder; their SHA-256. Nothing where it could not, or has died."""
        answer = self.ask(str(into).encode(), outputs)
        return () if isinstance(answer, Refusal) else ANSWER.decode(answer)


class _Batch(NamedTuple):
    """Outputs as they travel, and what the parent must know when they are made: path and what was known of it."""

    files: tuple[tuple[str, Known], ...]
    outputs: bytes


class _Made(NamedTuple):
    """A batch that a child had: where its files lie, and their hashes (none: it could not)."""

    batch: _Batch
    folder: Path | None
    hashes: tuple[str, ...]


def children(folder: Path) -> int:
    """How many children help with the period whose store lies below `folder`."""
    if size_of(folder / "store" / "outcome.jsonl") < WORTH_A_CHILD:
        return 0
    return max(0, min((means().workers or os.cpu_count() or 1) - 1, MOST_CHILDREN))


class Press:
    """Makes the outputs of a period below its working folder. Used as a context: the children start with it, and end with it. `begin` comes
    before the first output, `finish` after the last."""

    def __init__(self, at: Place, folder: Path, written: Written) -> None:
        self._folder, self._written, self._report = folder, written, at.report
        self._children: list[Child] = []
        self._makes: Makes | None = None
        self._collected: list[Output] = []
        self._away = 0  # batches that were handed on, and are not settled
        self._todo: Queue[_Batch] = Queue()
        self._done: SimpleQueue[_Made] = SimpleQueue()
        self._stop = threading.Event()

    def __enter__(self) -> Self:
        self._sweep()
        for _ in range(children(self._folder)):
            with suppress(OSError):  # a system that starts no more processes
                self._children.append(Child().__enter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for child in self._children:
            child.close()
        self._sweep()

    def _sweep(self) -> None:
        """What children left, of this process or of one that was killed, is no output."""
        for each in self._folder.glob(f"{_FOLDER}*"):
            remove(each)

    def begin(self, makes: Makes) -> None:
        """Set how bytes are made."""
        self._makes = makes
        known = packed(makes) if self._children else b""
        for child in self._children:
            child.knows(known)
            threading.Thread(target=self._work, args=(child,), daemon=True).start()

    def paper(self, path: str, contents: bytes, paper: Paper) -> None:
        """Have a document made. `contents`: everything that its bytes depend on but the program itself."""
        self._collected.append(Output(path, self._written.known(contents), paper))
        if len(self._collected) == BATCH:
            self._hand_on()

    def book(self, path: str, contents: bytes, make: Callable[[], Book]) -> None:
        """Make a workbook; `make` is called where it is not that of the last run. Children go on with the documents before it."""
        self._hand_on()
        known = self._written.known(contents)
        data = published(self._report, known)
        if data is not None:
            self._lay(path, known, data)
            return
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_into(file, make())
        self._written.note(path, known, digest(target))

    def finish(self) -> None:
        """Have every output stand in its place. Raises what the making of one raises, and OSError."""
        self._hand_on()
        while self._away:
            try:
                batch = self._todo.get_nowait()
            except Empty:
                self._settle(wait=True)
            else:
                self._away -= 1
                self._make(pickle.loads(batch.outputs))

    def _hand_on(self) -> None:
        """What was collected goes to the children, or is made here where they have enough."""
        self._settle()
        outputs, self._collected = self._collected, []
        if not outputs:
            return
        if self._children and self._todo.qsize() < WAITING:
            files = tuple((each.path, each.known) for each in outputs)
            self._todo.put(_Batch(files, pickle.dumps(outputs, protocol=5)))
            self._away += 1
        else:
            self._make(outputs)

    def _make(self, outputs: list[Output]) -> None:
        assert self._makes is not None, "begin comes first"
        for output in outputs:
            self._lay(output.path, output.known, self._makes.data(output))

    def _lay(self, path: str, known: Known, data: bytes) -> None:
        put(self._folder / path, data)
        self._written.note(path, known, sha256(data))

    def _settle(self, wait: bool = False) -> None:
        """Give what children have made its place; with `wait` at least one batch."""
        while self._away:
            try:
                made = self._done.get(timeout=_LOOK_S) if wait else self._done.get_nowait()
            except Empty:
                if wait:
                    continue
                return
            wait = False
            self._away -= 1
            if made.folder is None or not made.hashes:
                self._make(pickle.loads(made.batch.outputs))
            else:
                for number, ((path, known), digest) in enumerate(zip(made.batch.files, made.hashes, strict=True)):
                    _move(made.folder / str(number), self._folder / path)
                    self._written.note(path, known, digest)
            if made.folder is not None:
                remove(made.folder)

    def _work(self, child: Child) -> None:
        """A thread of its own for each child; it ends with the context, or where its child cannot be started."""
        while not self._stop.is_set():
            try:
                batch = self._todo.get(timeout=_LOOK_S)
            except Empty:
                continue
            folder: Path | None = None
            hashes: tuple[str, ...] = ()
            able = True
            try:
                folder = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=self._folder))
                hashes = child.make(folder, batch.outputs)
            except OSError:
                pass
            except Exception:  # no child can be started, or speaks as agreed
                able = False
            self._done.put(_Made(batch, folder, hashes))
            if not able:
                return


def _move(draft: Path, target: Path) -> None:
    try:
        lay(target, lambda: draft.replace(target))
    except PermissionError:  # a scanner of Windows has it open for a moment
        put(target, draft.read_bytes())
