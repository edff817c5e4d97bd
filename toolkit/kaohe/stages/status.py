"""`kaohe status`: where each period stands, and what is stale because an input or an earlier period changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kaohe.files.lock import Busy, Unwritable, lock
from kaohe.files.publish import BESIDE
from kaohe.records.run import Manifest
from kaohe.stages.issue import register_of
from kaohe.stages.manifest import MANIFEST, read
from kaohe.stages.purged import purge_of
from kaohe.stages.reading import ignored
from kaohe.stages.recompute import seal_of
from kaohe.stages.staleness import stale
from kaohe.stages.telling import edited
from kaohe.stages.workspace import NotReady, Place, periods_of, returned_files, sha256, who_holds

#: titles of the columns of a standing's row
COLUMNS = ("考核期", "下发", "回收", "校验", "结果", "状态", "归档")
FRESH, STALE, DAMAGED, NEVER = "有效", "已过时", "已损坏", "未计算"


class Standing(msgspec.Struct, frozen=True):
    """One period: `row` under COLUMNS; `notes` why it is stale or damaged, and what to do."""

    period: str
    row: tuple[str, ...]
    notes: tuple[str, ...]


def status(workspace: str | Path, assessment: str, period: str = "") -> tuple[Standing, ...]:
    """The standing of one period or of all. Raises NotReady where the assessment or the period does not exist."""
    root = Path(workspace).resolve()
    periods = periods_of(root, assessment)
    if not periods:
        raise NotReady(f"考核“{assessment}”还没有下发过。请核对名称，或先运行 kaohe issue。")
    if period and period not in periods:
        raise NotReady(f"{period} 还没有下发。已有：{'、'.join(periods)}。")
    return tuple(_standing(Place(root, assessment, name)) for name in periods if not period or name == period)


def _standing(at: Place) -> Standing:
    register = register_of(at)
    issued = len(register.forms) if register else 0
    returned = sum(not ignored(name, path) for name, path in returned_files(at))
    manifest = read(at.report)
    checked, mark = _checked(at)
    word, notes = _results(at, manifest)
    if manifest is not None and word == FRESH and mark and mark != manifest.mark:
        notes = (*notes, "结果早于最近一次校验。")
    notes = (*notes, *_unfinished(at))
    seal = seal_of(at.report)
    sealed = "" if seal is None else f"{seal.date}" + (f" 第{seal.number}次" if seal.number > 1 else "")
    if (purged := purge_of(at.report)) is not None:
        sealed += f" 已清除（{purged.date}）"
    made = f"基准日 {manifest.as_of}" if manifest is not None else NEVER
    row = (at.period, str(issued), str(returned), checked, made, word if word != NEVER else "", sealed)
    return Standing(at.period, row, notes)


def _results(at: Place, manifest: Manifest | None) -> tuple[str, tuple[str, ...]]:
    """How the published results stand, and why."""
    again = f"kaohe run {at.assessment} {at.period}" + (" --reason 理由" if seal_of(at.report) else "")
    if manifest is None:
        harm = edited(at, None)
        return (DAMAGED, (f"{harm}，不作为结果使用。", f"请重新运行 {again}。")) if harm else (NEVER, ())
    if harm := edited(at, manifest):
        return DAMAGED, (f"{harm}，不作为结果使用。", f"请重新运行 {again}；改动过的那份会原样保留在 历史。")
    seal = seal_of(at.report)
    if seal is not None and seal.manifest != sha256((at.report / MANIFEST).read_bytes()):
        return DAMAGED, (f"结果清单 {MANIFEST} 在归档之后被改动。", f"请重新运行 {again}。")
    found = stale(at, manifest)
    if found.hard:
        return STALE, (*found.hard, *found.soft, f"请重新运行 {again}。")
    if found.soft:
        return FRESH, (*found.soft, f"分数不受影响；要更新文书中的注明，请重新运行 {again}。")
    return FRESH, ()


def _unfinished(at: Place) -> Iterator[str]:
    """Who works on the period; else what an interrupted run left, and results that could not be put in place."""
    try:
        with lock(at.reports, at.period):
            pass
    except Busy as busy:
        yield who_holds(at.period, busy.holder)
        return
    except Unwritable:
        yield "reports 文件夹不能写入。"
    for beside in sorted(at.reports.glob(f"{at.period}{BESIDE}*")):
        yield f"新结果写在 {beside.name}，还没有换入：原结果当时正被其他程序打开。请关闭后再运行一次。"
    if at.staging.is_dir():
        yield "有一次计算没有发布（中断，或只运行了一步）。再次运行时，没有变化的步骤接着用，其余重做。"


def _checked(at: Place) -> tuple[str, str]:
    """What the last check said, and the mark of its inputs."""
    try:
        found = json.loads((at.report / "check.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "", ""
    named = [each for each in found.get("named") or () if each.get("effect") in ("存疑", "拒收")]
    missing = len(found.get("missing") or ()) + len(found.get("missing_copies") or ())
    words = [f"差错 {len(named)}"] if named else []
    words += [f"未报 {missing}"] if missing else []
    return "、".join(words) or "无差错", str(found.get("mark", ""))
