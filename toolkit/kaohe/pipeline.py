"""`kaohe run`: earlier periods first, the three notebooks through papermill, then the safe swap. The command itself publishes."""

from __future__ import annotations

import time
from datetime import datetime

import msgspec

from kaohe.execution import STEPS, Display, NotebookFailed, Workshop, execute
from kaohe.files.disk import hashed_meanwhile, put
from kaohe.files.lock import Busy, lock
from kaohe.files.publish import fetch_beside, publish, recover, sweep
from kaohe.records.run import Context, Manifest
from kaohe.records.scheme import Scheme
from kaohe.stages.manifest import (
    context,
    damage,
    earlier_periods,
    frozen,
    is_sealed,
    kept_scheme,
    later_stale,
    make,
    read,
    valid,
)
from kaohe.stages.means import Means, given
from kaohe.stages.others import others_of
from kaohe.stages.progress import Counted, Watch, nobody, watching
from kaohe.stages.purged import refuse_purged
from kaohe.stages.recompute import LIST, write_differences
from kaohe.stages.resume import Step, clear_rest, forget_steps, key_of, record, steps_done
from kaohe.stages.room import disk_full, make_room
from kaohe.stages.telling import added, differences_lines, edited, exit_code, results_lines, told_of
from kaohe.stages.turns import running, wait_for_steps
from kaohe.stages.workspace import NotReady, Place, one, who_holds, write_json
from kaohe.stages.written import forget

__all__ = ["Display", "NotebookFailed", "Request", "RunReport", "Workshop", "run"]


class Request(msgspec.Struct, frozen=True):
    """What the command line asked for."""

    only: str = ""
    as_of: str = ""
    reason: str = ""
    full: bool = False
    workers: int = 0
    cluster: str = ""

    @property
    def steps(self) -> list[str]:
        """The steps asked for, in order."""
        return [self.only] if self.only else list(STEPS)


class RunReport(msgspec.Struct, frozen=True):
    """What a run did, as lines for the screen. Not `published`: what a single step left still waits in the working folder."""

    lines: tuple[str, ...]
    exit_code: int
    published: bool = True


def run(
    at: Place, request: Request, display: Display, workshop: Workshop | None = None, counted: Counted = nobody
) -> RunReport:
    """Run a period, earlier ones that have returned forms and no valid results first. Interrupted swaps are settled before.

    `workshop`: where the notebooks run, for a command that runs several periods; `counted` is told how far a step is. Raises NotReady (exit
    code 3) where nothing can be done.
    """
    with given(Means(request.workers, request.cluster, request.full)), watching(counted) as watch:
        return _first_all(at, request, display, workshop, watch)


def _first_all(at: Place, request: Request, display: Display, workshop: Workshop | None, watch: Watch) -> RunReport:
    frozen(at)
    refuse_purged(at)
    _refuse_sealed(at, request)
    make_room(at)
    recover(at.reports)
    first = () if request.only else tuple(each for each in earlier_periods(at) if valid(each) is None)
    if workshop is None:
        with Workshop(at.root, several=bool(first)) as own:
            return _all(at, first, request, display, own, watch)
    return _all(at, first, request, display, workshop, watch)


def _all(
    at: Place, first: tuple[Place, ...], request: Request, display: Display, workshop: Workshop, watch: Watch
) -> RunReport:
    lines: list[str] = []
    for earlier in first:
        why = edited(earlier, read(earlier.report))
        display.say(f"{earlier.period} {f'的{why}，先重新' if why else '还没有结果，先'}计算 {earlier.period}")
        before = Request(full=request.full, workers=request.workers, cluster=request.cluster)
        lines.extend(_locked(earlier, before, display, workshop, watch).lines)
    done = _locked(at, request, display, workshop, watch)
    return msgspec.structs.replace(done, lines=(*lines, *done.lines))


def _refuse_sealed(at: Place, request: Request) -> None:
    """A sealed period is computed again only for a reason. Raises NotReady before anything is touched."""
    if is_sealed(at) and not request.reason.strip():
        harm = edited(at, read(at.report))
        raise NotReady(
            (f"{at.period} 的{harm}。" if harm else "")
            + f"{at.period} 已归档，没有重新计算，任何文件都没有改动。确需重算，请写明理由："
            f"kaohe run {at.assessment} {at.period} --reason 理由"
        )


def _locked(at: Place, request: Request, display: Display, workshop: Workshop, watch: Watch) -> RunReport:
    try:
        with lock(at.reports, at.period), running():
            return _run(at, request, display, workshop, watch)
    except Busy as busy:
        raise NotReady(who_holds(at.period, busy.holder)) from None


def _run(at: Place, request: Request, display: Display, workshop: Workshop, watch: Watch) -> RunReport:
    _refuse_sealed(at, request)
    manifest = read(at.report)
    started = time.monotonic()
    if request.full or (manifest is None and not at.staging.exists()):
        workshop.begin(request.steps[0])
    now = _context(at, request, manifest)
    asked = request.full or request.only or is_sealed(at)
    if manifest is not None and not asked and now.mark == manifest.mark and not damage(at.report, manifest):
        if not at.staging.exists():
            forget_steps(at)
        head = f"{at.period} 的输入没有变化，结果仍然有效，没有重新计算。"
        told = told_of(at.report)
        return RunReport((head, *results_lines(at, at.report, told)), exit_code(told))
    wait_for_steps(at)
    key = key_of(at, now)
    done = _ahead(at, request, key, display)
    seconds = {each.name: each.seconds for each in done}

    def written(step: str, lasted: float, left: dict[str, str]) -> None:
        """Only what was made of these very inputs, all steps in order, may be gone on with."""
        nonlocal done
        seconds[step] = lasted
        in_order = [*(each.name for each in done), step] == list(STEPS)[: len(done) + 1]
        if in_order and one(at.staging, "context", Context).mark == now.mark:
            done = record(at, key, done, Step(step, lasted, left))

    steps = [step for step in request.steps if step not in seconds or request.only]
    if steps:
        published = manifest.files if manifest is not None and not request.only else ()
        with disk_full(at), hashed_meanwhile([at.report / name for name in published]):
            execute(at, steps, request.as_of, request.reason.strip(), display, workshop, written)
    if request.only:
        where = at.staging.relative_to(at.root).as_posix()
        return RunReport((f"已运行{STEPS[request.only]}，结果在 {where}，尚未发布。",), 0, published=False)
    return _publish(at, manifest, seconds, watch.take_parts(), started)


def _context(at: Place, request: Request, manifest: Manifest | None) -> Context:
    """What the run is a function of. No workbook is read while the scheme is what it was. Raises NotReady where it cannot be used."""
    scheme = kept_scheme(at, manifest) if manifest is not None else None
    if scheme is None:
        from kaohe.stages.issue import rules

        scheme, _, _ = rules(at)
    return context(at, scheme, request.as_of, others_of(at, scheme), request.reason.strip())


def _ahead(at: Place, request: Request, key: str, display: Display) -> tuple[Step, ...]:
    """The steps that an interrupted run has done and that need not be executed again, said on the screen; the rest of what it left is
    swept."""
    if request.full:
        forget(at)
    fetch_beside(at.reports, at.period)
    if request.only:
        before = list(STEPS)[: list(STEPS).index(request.only)]
        found = steps_done(at, key, before)
        if len(found) < len(before):
            forget_steps(at)
        return found
    found = () if request.full else steps_done(at, key, list(STEPS))
    if found:
        clear_rest(at, found)
        names = "、".join(STEPS[each.name].partition(" ")[0] for each in found)
        display.say(f"接着上次没有发布的计算：输入没有变化，{names}已做完，不再重做。")
        return found
    if at.staging.exists():
        display.say("上次的计算没有做完，留下的已清除，从头计算。")
    sweep(at.reports, at.period)
    forget_steps(at)
    return ()


def _publish(
    at: Place, manifest: Manifest | None, seconds: dict[str, float], parts: dict[str, float], started: float
) -> RunReport:
    """Put the working folder in place of the published one, and say what there is, what was found edited and what is stale now."""
    made, scheme = one(at.staging, "context", Context), one(at.staging, "scheme", Scheme)
    harm = edited(at, manifest)
    strange = added(at, manifest) if not harm else ()
    with disk_full(at):
        different = write_differences(at, made, scheme)
        _record(at, made, seconds, parts, time.monotonic() - started)
        published = publish(
            at.reports, at.period, lambda files: make(made, scheme, files), edited=bool(harm or strange)
        )
    told = told_of(published.folder)
    lines = results_lines(at, published.folder, told)
    if published.beside:
        head = f"原结果正被其他程序打开，没有换下。新结果写在 {published.folder.name}；关闭后再运行一次，就会换入，不用重算。"
        return RunReport((head, *lines), exit_code(told))
    forget_steps(at)
    lines += differences_lines(at, different, LIST) if different is not None else ()
    if harm and published.replaced is not None:
        lines.append(
            f"  原来的{harm}，没有采用；原来的结果照原样保留在 {published.replaced.relative_to(at.root).as_posix()}。"
        )
    if strange and published.replaced is not None:
        kept = published.replaced.relative_to(at.root).as_posix()
        lines.append(
            f"  原来的结果文件夹里有不是程序写的文件（{strange[0]}{'等' if len(strange) > 1 else ''}），连同原来的结果保留在 {kept}。"
        )
    if later := later_stale(at):
        lines.append(f"  用到本期结果的 {'、'.join(later)} 已过时，请依次重新运行。")
    return RunReport(tuple(lines), exit_code(told))


def _record(at: Place, made: Context, timings: dict[str, float], parts: dict[str, float], seconds: float) -> None:
    """run.json and run.log: the only files that may differ between equal runs. `parts`: seconds by what the steps that were executed now
    consist of."""
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    record = {
        "run": f"{at.period}-{made.mark}",
        "finished": moment,
        "seconds": round(seconds, 2),
        "steps": timings,
        "parts": parts,
    }
    write_json(at.staging / "run.json", record)
    text = "".join(f"{name}\t{value:.2f} s\n" for name, value in (*timings.items(), *parts.items()))
    put(at.staging / "run.log", f"{moment}\t{at.assessment} {at.period}\t{made.mark}\n{text}".encode())
