"""`kaohe seal`: settle a period (归档). Its results stay as they are until somebody gives a reason to compute them again."""

from __future__ import annotations

from datetime import date

import msgspec

from kaohe.files.lock import Busy, lock
from kaohe.records.results import Outcome
from kaohe.records.run import Manifest
from kaohe.records.scheme import Scheme
from kaohe.stages.manifest import MANIFEST, SEAL, damage, read
from kaohe.stages.recompute import Seal, archived_version, seal_of
from kaohe.stages.staleness import stale
from kaohe.stages.workspace import NotReady, Place, one, sha256, who_holds, write_json

#: how an object stands that has no final result
PENDING = ("未报", "存疑", "暂定")
NOT_USED = "不用"


class Sealing(msgspec.Struct, frozen=True):
    """What was done: the seal in force, whether it is new, and what must be said of it."""

    seal: Seal
    is_new: bool
    notes: tuple[str, ...] = ()


def seal(at: Place, provisional: bool = False, day: str = "") -> Sealing:
    """Write seal.json beside the results. `day` (ISO): the day of archiving, today where it is blank.

    Raises NotReady, and changes nothing, where there are no whole results, where they are out of date, where an object is withheld or
    provisional and `provisional` is not given, and where the scheme does not use earlier periods that are not archived (上期未归档 = 不用)
    and one is not.
    """
    try:
        with lock(at.reports, at.period):
            return _seal(at, provisional, day)
    except Busy as busy:
        raise NotReady(who_holds(at.period, busy.holder)) from None


def _seal(at: Place, provisional: bool, day: str) -> Sealing:
    run = f"kaohe run {at.assessment} {at.period}"
    manifest = read(at.report)
    if manifest is None:
        raise NotReady(f"{at.period} 还没有结果，不能归档。请先运行 {run}。")
    if damaged := damage(at.report, manifest):
        raise NotReady(
            f"{at.period} 的结果文件被改动或缺失，不能归档：{'、'.join(damaged[:3])}。请重新运行 {run} --full。"
        )
    standing = seal_of(at.report)
    if standing is not None:
        return Sealing(standing, False)
    if reasons := stale(at, manifest).hard:
        raise NotReady(f"{at.period} 的结果已过时，不能归档：{''.join(reasons[:3])}请先重新运行 {run}。")
    unsealed = _unsealed(at, manifest)
    pending = _pending(at)
    if pending and not provisional:
        raise NotReady(
            f"{at.period} 还有 {len(pending)} 个对象未报、存疑或暂定（{'、'.join(pending[:3])}{' 等' if len(pending) > 3 else ''}），不能归档。"
            "请先补齐并重新运行；确需在暂定时归档的，加 --provisional，归档记录会写明。"
        )
    before = archived_version(at)
    last = seal_of(before) if before is not None else None
    made = Seal(
        at.assessment,
        at.period,
        sha256((at.report / MANIFEST).read_bytes()),
        manifest.mark,
        day or date.today().isoformat(),
        last.number + 1 if last is not None else 1,
        unsealed,
        pending,
        manifest.reason,
    )
    write_json(at.report / SEAL, msgspec.to_builtins(made))
    return Sealing(made, True, tuple(_notes(made)))


def _unsealed(at: Place, manifest: Manifest) -> tuple[str, ...]:
    """The earlier periods that these results read and that are not archived."""
    found = tuple(name for name in manifest.read if seal_of(at.at(name).report) is None)
    scheme = one(at.report, "scheme", Scheme)
    used = [name for name in found if at.at(name).when.clock == at.when.clock or at.at(name).when.within(at.when)]
    if used and scheme.settings.unsealed_before == NOT_USED:
        raise NotReady(
            f"{'、'.join(used)} 还没有归档，而方案规定不用未归档的期次（上期未归档 = 不用），{at.period} 不能归档。"
            f"请先归档：{'；'.join(f'kaohe seal {at.assessment} {name}' for name in used)}，再重新运行 {at.period}。"
        )
    return found


def _pending(at: Place) -> tuple[str, ...]:
    outcome = one(at.report, "outcome", Outcome)
    return tuple(each.code for each in outcome.objects if each.status in PENDING)


def _notes(made: Seal) -> list[str]:
    notes = [f"提示  所用的以往期次尚未归档：{'、'.join(made.unsealed)}"] if made.unsealed else []
    if made.provisional:
        count = len(made.provisional)
        notes.append(f"提示  归档时有 {count} 个对象未报、存疑或暂定：{'、'.join(made.provisional[:5])}")
    return notes
