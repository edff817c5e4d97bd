"""`kaohe run`: earlier periods first, the three notebooks through papermill, then the safe swap. The command itself publishes."""

from __future__ import annotations

import os
import re
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from kaohe.files.limits import DEFAULTS
from kaohe.files.lock import Busy, NoRoom, Unwritable, lock, prepare
from kaohe.files.publish import publish, recover, sweep, write_file
from kaohe.records.run import Context
from kaohe.records.scheme import Scheme
from kaohe.stages.issue import rules
from kaohe.stages.manifest import NOTEBOOKS, SEAL, context, damage, earlier_periods, frozen, make, read, valid
from kaohe.stages.others import others_of
from kaohe.stages.resources import resource
from kaohe.stages.workspace import NotReady, Place, one, returned_files, size_of, who_holds, write_json

if TYPE_CHECKING:
    from kaohe.kernel import Kernels

STEPS = {"collect": "第一步 收齐与校验", "evaluate": "第二步 计算与定等", "publish": "第三步 发布与反馈"}
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")  # where an object lay in memory: its plain text differs between equal runs
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Display(Protocol):
    """Where progress is shown."""

    def step(self, title: str, cells: int) -> None: ...
    def advance(self) -> None: ...
    def say(self, text: str) -> None: ...


class Request(msgspec.Struct, frozen=True):
    """What the command line asked for."""

    only: str = ""
    as_of: str = ""
    reason: str = ""
    full: bool = False
    workers: int | None = None


class RunReport(msgspec.Struct, frozen=True):
    """What a run did, as lines for the screen."""

    lines: tuple[str, ...]
    exit_code: int


class NotebookFailed(Exception):
    """A notebook stopped: its title, the cell, and what it said."""


def run(at: Place, request: Request, display: Display) -> RunReport:
    """Run a period. Raises NotReady (exit code 3) where nothing can be done; interrupted swaps are settled first."""
    frozen(at)
    _room(at)
    recover(at.reports)
    lines: list[str] = []
    for earlier in earlier_periods(at):
        if valid(earlier) is None and not request.only:
            display.say(f"{earlier.period} 还没有结果，先计算 {earlier.period}")
            lines.extend(_locked(earlier, Request(full=request.full, workers=request.workers), display).lines)
    done = _locked(at, request, display)
    return RunReport((*lines, *done.lines), done.exit_code)


def _room(at: Place) -> None:
    """Somewhere to write, said before anything is computed. Raises NotReady."""
    # A file that is too large is not read, so it needs no room either.
    needed = 3 * sum(min(size_of(path), DEFAULTS.file) for _, path in returned_files(at)) + 20 * 2**20
    try:
        prepare(at.reports, needed)
    except NoRoom as full:
        raise NotReady(
            f"磁盘空间不足：需要约 {full.needed >> 20} MB，只剩 {full.free >> 20} MB。请清理后重试，原结果没有改动。"
        ) from None
    except Unwritable:
        raise NotReady("reports 文件夹不能写入。请检查权限后重试。") from None


def _locked(at: Place, request: Request, display: Display) -> RunReport:
    try:
        with lock(at.reports, at.period):
            return _run(at, request, display)
    except Busy as busy:
        raise NotReady(who_holds(at.period, busy.holder)) from None


def _run(at: Place, request: Request, display: Display) -> RunReport:
    if (at.report / SEAL).is_file() and not request.reason:
        raise NotReady(f"{at.period} 已归档。确需重算，请用 --reason 写明理由。")
    rulebook, _, _ = rules(at)
    now = context(at, rulebook, request.as_of, others_of(at, rulebook))
    manifest = read(at.report)
    if manifest is not None and not request.full and not request.only and manifest.mark == now.mark:
        if not damage(at.report, manifest):
            return RunReport((f"{at.period} 的输入没有变化，结果仍然有效，没有重新计算。", *_tail(at)), _exit_code(at))
    started = time.monotonic()
    steps = [request.only] if request.only else list(STEPS)
    if not request.only:
        sweep(at.reports, at.period)
    timings = _notebooks(at, steps, request, display)
    if request.only:
        where = at.staging.relative_to(at.root).as_posix()
        return RunReport((f"已运行{STEPS[request.only]}，结果在 {where}，尚未发布。",), 0)
    made, scheme = one(at.staging, "context", Context), one(at.staging, "scheme", Scheme)
    _record(at, made, timings, time.monotonic() - started)
    published = publish(at.reports, at.period, lambda files: make(made, scheme, files))
    beside = f"原结果正被其他程序打开，新结果写在 {published.folder.name}。请关闭后重新运行。"
    lines = (beside,) if published.beside else ()
    return RunReport((*lines, *_tail(at)), _exit_code(at))


def _record(at: Place, made: Context, timings: dict[str, float], seconds: float) -> None:
    """run.json and run.log: the only files that may differ between equal runs."""
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    record = {"run": f"{at.period}-{made.mark}", "finished": moment, "seconds": round(seconds, 2), "steps": timings}
    write_json(at.staging / "run.json", record)
    text = "".join(f"{name}\t{value:.2f} s\n" for name, value in timings.items())
    write_file(at.staging / "run.log", f"{moment}\t{at.assessment} {at.period}\t{made.mark}\n{text}".encode())


def _exit_code(at: Place) -> int:
    """1 when something is faulty, missing, withheld or not written in the published results, else 0."""
    from kaohe.core.faults import Fault, withholds
    from kaohe.records.results import Outcome
    from kaohe.stages.publish import stopped_documents
    from kaohe.stages.workspace import kept

    outcome = one(at.report, "outcome", Outcome)
    absent = any(each.status in ("未报", "存疑", "暂定") for each in outcome.objects)
    faults = (*kept(at.report, "faults", Fault), *outcome.faults, *stopped_documents(at.report))
    return 1 if absent or withholds(faults) else 0


def _tail(at: Place) -> list[str]:
    """What there is to look at, what is withheld, and what only the computation could find doubtful (lines of 等次决定)."""
    from kaohe.core.sentences import say
    from kaohe.records.documents import Document
    from kaohe.records.results import Outcome
    from kaohe.stages.publish import stopped_documents
    from kaohe.stages.workspace import kept

    outcome = one(at.report, "outcome", Outcome)
    documents = kept(at.report, "documents", Document)
    where = at.report.relative_to(at.root).as_posix()
    held = [each for each in outcome.objects if each.status in ("存疑", "未报")]
    done = [each for each in outcome.objects if each.total is not None]
    word = "单位" if all(each.object == "单位" for each in (*done, *held)) else "对象"
    share = f"{len(done)}/{len(done) + len(held)} 个{word}算出结果"
    lines = [f"{at.period}  {share}  文书 {len(documents)} 份  已写入 {where}"]
    lines.extend(f"  {each.status}  {each.code} {each.name}：见 {where}/受理清单.xlsx" for each in held)
    lines.extend(f"  {each.effect}  {each.source}  {say(each)}  {each.code}" for each in outcome.faults)
    lines.extend(f"  没有写出  {say(each)}" for each in stopped_documents(at.report))
    if held:
        lines.append("  同组单位的名次、上榜和与名次有关的结果为暂定；须等名次齐全的文书没有写。")
    return lines


def _notebooks(at: Place, steps: list[str], request: Request, display: Display) -> dict[str, float]:
    """Execute the notebooks one after another; each copy and its page go to notebooks/ of the working folder."""
    os.environ.setdefault("IPYTHONDIR", str(Path(tempfile.gettempdir()) / "kaohe-ipython"))
    from kaohe.kernel import Kernels

    timings = {}
    with Kernels(at.root) as kernels:
        kernels.warm(_module(steps[0]))
        import nbformat

        for place, step in enumerate(steps):
            name = NOTEBOOKS[list(STEPS).index(step)]
            path = resource(at.root, "notebooks", name)
            notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
            parameters = {"workspace": ".", "assessment": at.assessment, "period": at.period}
            if step == "collect":
                parameters["as_of"] = request.as_of
            started = time.monotonic()
            following = steps[place + 1] if place + 1 < len(steps) else ""
            done = _execute(notebook, parameters, step, following, kernels, display)
            write_file(at.staging / "notebooks" / name, (nbformat.writes(done) + "\n").encode())  # type: ignore[no-untyped-call]
            html = _page(at, done)
            write_file(at.staging / "notebooks" / name.replace(".ipynb", ".html"), html.encode())
            timings[step] = round(time.monotonic() - started, 2)
    return timings


def _module(step: str) -> str:
    """What the notebook of a step imports first of all."""
    return f"kaohe.stages.{step}"


def _page(at: Place, notebook: Any) -> str:
    from kaohe.files.html import notebook_page

    folder = resource(at.root, "templates", "html/report.css").parent
    return notebook_page(notebook, folder, at.staging)


def _execute(
    notebook: Any, parameters: dict[str, str], step: str, following: str, kernels: Kernels, display: Display
) -> Any:
    """One notebook in a kernel of this very interpreter, the next step's being warmed meanwhile. Raises NotReady with the Chinese sentence
    of a step that cannot be done, NotebookFailed for anything else."""
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from kaohe.engine import ENGINE, register

    register()
    title = STEPS[step]
    display.step(title, len(notebook.cells))
    kernel = kernels.take(_module(step))
    if following:
        kernels.warm(_module(following))
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
            on_cell=display.advance,
        )
    except PapermillExecutionError as error:
        said = _ANSI.sub("", str(error.evalue))
        if error.ename == "NotReady":
            raise NotReady(said) from None
        raise NotebookFailed(f"{title} 第 {error.cell_index} 格：{error.ename}: {said}") from error
    finally:
        kernels.end(kernel)
    return _scrubbed(done)


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
