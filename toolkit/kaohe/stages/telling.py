"""What a run says of its results on the screen, and its exit code."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import msgspec

from kaohe.core.faults import Fault, withholds
from kaohe.core.sentences import say
from kaohe.documents.differences import Difference
from kaohe.files.disk import UNFINISHED, files_below
from kaohe.records.documents import Document
from kaohe.records.results import Status
from kaohe.records.run import Manifest
from kaohe.stages.manifest import MANIFEST, damage, is_free
from kaohe.stages.workspace import Place, is_litter, kept, one

STOPPED = "stopped"
#: how many differences a recomputation shows on the screen; all of them stand in 差异清单.xlsx
_MOST_SHOWN = 20


class _Object(msgspec.Struct, frozen=True):
    """Of an object's result what the screen says: the rest of its line in the store is passed over."""

    code: str
    name: str
    object: str = "单位"
    status: Status = "正式"
    total: str | None = None

    @property
    def is_held(self) -> bool:
        return self.status in ("存疑", "未报")


class _Outcome(msgspec.Struct, frozen=True):
    """Likewise of an outcome; a thousand derivations are not read for a line."""

    one_a_line: ClassVar[tuple[str, type]] = ("objects", _Object)

    objects: tuple[_Object, ...]
    faults: tuple[Fault, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What is said of published results: the objects, faults of the forms, of the computation and of documents, and how many documents."""

    objects: tuple[_Object, ...]
    doubts: tuple[Fault, ...]
    computed: tuple[Fault, ...]
    stopped: tuple[Fault, ...]
    documents: int


def told_of(report: Path) -> Told:
    """Read from the store of a published folder. Raises NotReady where it is absent or damaged."""
    outcome = one(report, "outcome", _Outcome)
    documents = len(kept(report, "documents", Document))
    return Told(outcome.objects, kept(report, "faults", Fault), outcome.faults, stopped_documents(report), documents)


def stopped_documents(report: Path) -> tuple[Fault, ...]:
    """Why documents of a published period were not written; () for a period of a version that did not check."""
    return kept(report, STOPPED, Fault) if (report / "store" / f"{STOPPED}.jsonl").is_file() else ()


def exit_code(told: Told) -> int:
    """1 when something is faulty, missing, withheld or not written in these results, else 0."""
    absent = any(each.is_held or each.status == "暂定" for each in told.objects)
    return 1 if absent or withholds((*told.doubts, *told.computed, *told.stopped)) else 0


def results_lines(at: Place, report: Path, told: Told) -> list[str]:
    """What there is to look at in a folder, what is withheld, and what only the computation could find doubtful (lines of 等次决定)."""
    where = report.relative_to(at.root).as_posix()
    held = [each for each in told.objects if each.is_held]
    done = [each for each in told.objects if each.total is not None]
    word = "单位" if all(each.object == "单位" for each in (*done, *held)) else "对象"
    share = f"{len(done)}/{len(done) + len(held)} 个{word}算出结果"
    lines = [f"{at.period}  {share}  文书 {told.documents} 份  已写入 {where}"]
    lines.extend(f"  {each.status}  {each.code} {each.name}：见 {where}/受理清单.xlsx" for each in held)
    lines.extend(f"  {each.effect}  {each.source}  {say(each)}  {each.code}" for each in told.computed)
    lines.extend(f"  没有写出  {say(each)}" for each in told.stopped)
    if held:
        lines.append("  同组单位的名次、上榜和与名次有关的结果为暂定；须等名次齐全的文书没有写。")
    return lines


def differences_lines(at: Place, different: tuple[Difference, ...], listed: str) -> list[str]:
    """How the results differ from those that were archived (all stand in the file `listed`), and that they are not archived yet."""
    lines = [f"  与归档结果相比有 {len(different)} 处不同，见 {at.report.relative_to(at.root).as_posix()}/{listed}"]
    lines += [f"  {e.unit_code} {e.unit_name}  {e.figure}  {e.before} → {e.after}" for e in different[:_MOST_SHOWN]]
    lines += ["  ……"] if len(different) > _MOST_SHOWN else []
    lines.append(f"  重算后的结果还没有归档。核对后请运行 kaohe seal {at.assessment} {at.period}")
    return lines


def added(at: Place, manifest: Manifest | None) -> tuple[str, ...]:
    """Files that somebody put into the published folder."""
    from kaohe.stages.printing import FOLDER

    promised = manifest.files if manifest is not None else {}
    return tuple(
        name
        for name, _ in files_below(at.report)
        if name not in promised
        and not is_free(name)
        and not is_litter(name)
        and not name.startswith(f"{FOLDER}/")
        and not name.endswith(UNFINISHED)
    )


def edited(at: Place, manifest: Manifest | None) -> str:
    """What somebody did to the published files since they were published, in a few words; "" for nothing."""
    if manifest is None:
        if (at.report / MANIFEST).exists():
            return f"结果清单 {MANIFEST} 已损坏"
        return f"结果清单 {MANIFEST} 不见了" if (at.report / "store").is_dir() else ""
    damaged = damage(at.report, manifest)
    more = f" 等 {len(damaged)} 个文件" if len(damaged) > 3 else ""
    return f"{'、'.join(damaged[:3])}{more} 在发布之后有改动或缺失" if damaged else ""
