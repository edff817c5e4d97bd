"""The notebooks of a period, executed one after another: each copy and its page go to notebooks/ of the working folder."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from kaohe.files.disk import hash_tree, put, write_file
from kaohe.pages import Pages
from kaohe.stages.manifest import NOTEBOOKS
from kaohe.stages.resources import resource, share
from kaohe.stages.workspace import NotReady, Place, returned_files

if TYPE_CHECKING:
    from kaohe.kernel import Kernels, Modules

STEPS = {"collect": "第一步 收齐与校验", "evaluate": "第二步 计算与定等", "publish": "第三步 发布与反馈"}
#: what the notebook of each step comes to import: its kernel does so while the notebook before runs
NEEDED: dict[str, Modules] = {
    "collect": ("kaohe.stages.collect", "kaohe.notebook"),
    "evaluate": (
        *("kaohe.stages.evaluate", "kaohe.notebook", "kaohe.analysis.spread", "kaohe.documents.board.svg"),
        *("filelock", "holidays.countries"),
    ),
    "publish": (
        *("kaohe.stages.publish", "kaohe.notebook", "kaohe.files.word"),
        *("filelock", "holidays.countries", "docxtpl", "jinja2.sandbox", "xlsxwriter"),
    ),
}
#: where notebooks that are no step of a run leave their copies, below reports/<assessment>
BESIDE = "分析"
#: seconds that one cell may take: a fixed time, and a share for each file that came back
CELL_SECONDS, FILE_SECONDS = 120, 0.5
#: with more of them a step takes far longer than a kernel needs to start, and the last one's memory is better left to the first
MANY_FILES = 2_000
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")  # where an object lay in memory: its plain text differs between equal runs
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_SYSTEM = re.compile(r"\[(Errno|WinError) (\d+)\]")
#: what Windows says of a full disk and of one that may only be read
_WINDOWS = {112: errno.ENOSPC, 39: errno.ENOSPC, 19: errno.EROFS}
#: what is told of the disk and not of the notebook
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


class Display(Protocol):
    """Where progress is shown."""

    def step(self, title: str, cells: int) -> None: ...
    def advance(self) -> None: ...
    def say(self, text: str) -> None: ...


#: is told of a step that is done: its name, how many seconds it took, and the working folder as it left it (path → SHA-256)
DoneStep = Callable[[str, float, dict[str, str]], None]


class NotebookFailed(Exception):
    """A notebook stopped: its title, the cell, and what it said."""


class Workshop:
    """Where the notebooks of one command run. With several periods to come a kernel that has run one of our own notebooks is emptied and
    kept for the same notebook of the next period; a notebook that somebody changed always gets a kernel of its own. Used as a context."""

    def __init__(self, root: Path, several: bool = False) -> None:
        self._root, self._several = root, several
        self._kernels: Kernels | None = None

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._kernels is not None:
            self._kernels.__exit__(kind, error, trace)

    @property
    def kernels(self) -> Kernels:
        """Made when the first notebook runs: a command that finds nothing to do starts nothing."""
        if self._kernels is None:
            os.environ.setdefault("IPYTHONDIR", str(Path(tempfile.gettempdir()) / "kaohe-ipython"))
            from kaohe.kernel import Kernels

            self._kernels = Kernels(self._root)
        return self._kernels

    def begin(self, step: str) -> None:
        """The notebook of a step will be executed: its kernel starts, before anything else is prepared."""
        self.kernels.warm(NEEDED[step])

    def keeps(self, name: str, path: Path) -> bool:
        """Whether the kernel of a notebook is kept for the next period."""
        return self._several and path.read_bytes() == (share("notebooks") / name).read_bytes()


def execute(
    at: Place,
    steps: list[str],
    as_of: str,
    reason: str,
    display: Display,
    workshop: Workshop,
    done_step: DoneStep = lambda step, seconds, files: None,
) -> None:
    """Run the notebooks of these steps; `done_step` is told of each, in a thread of its own, once all that it leaves is in the working
    folder: its page is made while the next notebook runs.

    Raises NotReady with the Chinese sentence of a step that cannot be done, OSError where the disk stopped it, NotebookFailed for any other
    failure of a notebook, and what a page raised.
    """
    kernels = workshop.kernels
    workshop.begin(steps[0])
    import nbformat

    with Pages(partial(_page, at)) as pages:
        for place, step in enumerate(steps):
            name = NOTEBOOKS[list(STEPS).index(step)]
            path = resource(at.root, "notebooks", name)
            notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
            parameters = {"workspace": ".", "assessment": at.assessment, "period": at.period}
            if step == "collect":
                parameters |= {"as_of": as_of, "reason": reason}
            started = time.monotonic()
            files = sum(1 for _ in returned_files(at))
            later = [NEEDED[each] for each in steps[place + 1 :]]
            later = later if files <= MANY_FILES else later[:1]
            keep = workshop.keeps(name, path)
            limit = CELL_SECONDS + int(FILE_SECONDS * files)
            done = _execute(notebook, parameters, STEPS[step], NEEDED[step], later, kernels, display, limit, keep)
            copy = at.staging / "notebooks" / name
            put(copy, (nbformat.writes(done) + "\n").encode())  # type: ignore[no-untyped-call]
            left = hash_tree(at.staging)
            seconds = round(time.monotonic() - started, 2)
            pages.begin(done, copy.with_suffix(".html"), left, partial(done_step, step, seconds))


def _page(at: Place, notebook: Any) -> str:
    from kaohe.files.html import notebook_page

    folder = resource(at.root, "templates", "html/report.css").parent
    return notebook_page(notebook, folder, at.staging)


def execute_beside(
    at: Place, name: str, parameters: Mapping[str, object], title: str, needed: Modules, display: Display
) -> Path:
    """Run a notebook that is no step of a run, and write its executed copy and page to `reports/<assessment>/分析/<period>/`, beside the
    published results. Returns the page. Raises like `execute`."""
    import nbformat

    folder = at.reports / BESIDE / at.period
    with Workshop(at.root) as workshop:
        notebook = nbformat.read(resource(at.root, "notebooks", name), as_version=4)  # type: ignore[no-untyped-call]
        done = _execute(notebook, dict(parameters), title, needed, [], workshop.kernels, display, None, keep=False)
    write_file(folder / name, (nbformat.writes(done) + "\n").encode())  # type: ignore[no-untyped-call]
    page = folder / name.replace(".ipynb", ".html")
    write_file(page, _page(at, done).encode())
    return page


def _execute(
    notebook: Any,
    parameters: Mapping[str, object],
    title: str,
    needed: Modules,
    later: list[Modules],
    kernels: Kernels,
    display: Display,
    limit: int | None,
    keep: bool,
) -> Any:
    """One notebook in a kernel of this very interpreter that imports what is `needed`; once it has answered, the kernels of `later` ones are
    warmed. No cell may take longer than `limit` seconds."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from kaohe.engine import ENGINE, register

    register()
    display.step(title, len(notebook.cells))
    kernel = kernels.take(needed)
    kept, done_cells = False, 0

    def warm_later(**_: object) -> None:
        for each in later:
            kernels.warm(each)

    def advance() -> None:
        nonlocal done_cells
        done_cells += 1
        display.advance()

    try:
        done = papermill.execute_notebook(
            notebook,
            None,
            parameters,
            engine_name=ENGINE,
            progress_bar=False,
            request_save_on_cell_execute=False,
            kernel_name="python3",
            km=kernel,
            keep=keep,
            limit=limit,
            on_start=warm_later,
            on_cell=advance,
        )
        kept = keep
    except PapermillExecutionError as error:
        said = _ANSI.sub("", str(error.evalue))
        if error.ename == "NotReady":
            raise NotReady(said) from None
        if (number := system_error(said)) in _DISK:
            raise OSError(number, os.strerror(number)) from error
        raise NotebookFailed(f"{title} 第 {error.cell_index} 格：{error.ename}: {said}") from error
    except CellTimeoutError as error:
        raise NotebookFailed(f"{title} 第 {done_cells} 格超时（{limit} 秒）：{error}") from error
    except DeadKernelError as error:
        raise NotebookFailed(f"{title} 第 {done_cells} 格，笔记本进程意外结束：{error}") from error
    except RuntimeError as error:
        if done_cells or "kernel" not in str(error).lower():
            raise
        raise NotebookFailed(f"{title}，笔记本内核没有启动（请重新安装 kaohe）：{error}") from error
    finally:
        if kept:
            kernels.give_back(needed, kernel)
        else:
            kernels.end(kernel)
    return _scrubbed(done)


def system_error(said: str) -> int:
    """The errno that an exception of the system names; 0 for one that is not of the system.

    >>> system_error("[Errno 28] No space left on device: 'a'"), system_error("[WinError 112] There is not enough space"), system_error("x")
    (28, 28, 0)
    """
    found = _SYSTEM.match(said)
    if found is None:
        return 0
    number = int(found[2])
    return number if found[1] == "Errno" else _WINDOWS.get(number, 0)


def _scrubbed(notebook: Any) -> Any:
    """Without clocks and paths: the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"  # papermill gives the cell of parameters a random one
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            text = output.get("data", {}).get("text/plain")
            if text is not None:
                output["data"]["text/plain"] = _ADDRESS.sub("", text)
    return notebook
