"""`kaohe status`: where each period stands, and what is stale because an input changed since."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from kaohe.stages.issue import register_of
from kaohe.stages.manifest import MANIFEST, SEAL, damage, inputs_of, read, valid
from kaohe.stages.reading import ignored
from kaohe.stages.schemes import load_scheme
from kaohe.stages.workspace import SCHEME, NotReady, Place, periods_of, returned_files, sha256


class Standing(msgspec.Struct, frozen=True):
    """One period: `row` = period, issued, returned, result, sealed; `notes` what is stale or damaged."""

    period: str
    row: tuple[str, str, str, str, str]
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
    notes = []
    if manifest is None:
        result = "未计算"
    elif damage(at.report, manifest):
        result = "已损坏"
        notes.append(f"结果文件被改动或缺失：{'、'.join(damage(at.report, manifest)[:3])}。请重新运行 kaohe run。")
    else:
        result = f"基准日 {manifest.as_of}"
        notes.extend(_stale(at))
    sealed = "已归档" if (at.report / SEAL).is_file() else ""
    return Standing(at.period, (at.period, str(issued), str(returned), result, sealed), tuple(notes))


def _stale(at: Place) -> list[str]:
    """Inputs and earlier periods that changed since the results were made, and a check that is newer than they."""
    manifest = read(at.report)
    if manifest is None:
        return []
    scheme = load_scheme(at.folder / SCHEME)[0] if (at.folder / SCHEME).is_file() else None
    now = inputs_of(at, scheme)
    notes = [
        f"{name} 在计算之后有改动。"
        for name in sorted(now.keys() | manifest.inputs.keys())
        if now.get(name) != manifest.inputs.get(name)
    ]
    for name, digest in manifest.earlier.items():
        earlier = at.at(name)
        path = earlier.report / MANIFEST
        if valid(earlier) is None or sha256(path.read_bytes()) != digest:
            notes.append(f"{name} 的结果在本期计算之后有改动。")
    check = at.report / "check.json"
    if check.is_file() and json.loads(check.read_text(encoding="utf-8")).get("mark") != manifest.mark:
        notes.append("结果早于最近一次校验。")
    if notes:
        notes.append(f"请重新运行 kaohe run {at.assessment} {at.period}。")
    return notes
