"""Why results are out of date: what a period was computed from, against what lies there now."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kaohe import __version__
from kaohe.records.run import Manifest
from kaohe.records.scheme import Scheme
from kaohe.stages.manifest import context, inputs_of, kept_scheme
from kaohe.stages.others import others_of
from kaohe.stages.workspace import SCHEME, NotReady, Place

#: how many files of a sort are named
MOST_NAMED = 3


class Reasons(msgspec.Struct, frozen=True):
    """`hard`: the figures may differ, run again; `soft`: only what outputs say of earlier periods is older than they are."""

    hard: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()


def stale(at: Place, manifest: Manifest) -> Reasons:
    """What changed since the results of a period were computed; nothing where they are what a run would give now."""
    scheme = _scheme(at, manifest)
    if scheme is None:
        return Reasons(("本期冻结的方案缺失或不能使用。",))
    hard = list(_inputs(inputs_of(at, scheme), manifest.inputs, at.period))
    try:
        now = context(at, scheme, manifest.as_of, others_of(at, scheme))
    except NotReady as why:
        return Reasons((*hard, str(why)))
    hard += _earlier(now.read, manifest)
    hard += [f"{name} 还没有可用的结果，请先运行它。" for name in now.unusable]
    hard += [f"{name} 自身已过时，请先重新运行它。" for name in now.changed]
    hard += [f"其他方案的结果 {name} 有改动。" for name in _differing(now.others, manifest.others)]
    if manifest.tool != __version__:
        hard.append(f"工具版本由 {manifest.tool} 变为 {__version__}。")
    later = [name for name in now.sealed if name not in manifest.sealed and name in manifest.read]
    unsealed = [name for name in manifest.sealed if name not in now.sealed]
    told = [f"{name} 在本期计算之后才归档。" for name in later]
    told += [f"{name} 在本期计算之后取消了归档（重算后没有重新归档）。" for name in unsealed]
    if scheme.settings.unsealed_before == "不用":
        return Reasons((*hard, *told))
    return Reasons(tuple(hard), tuple(told))


def _inputs(now: dict[str, str], then: dict[str, str], period: str) -> Iterator[str]:
    """What became of the inputs: one sentence for each sort of file and change, with the first names."""
    left = set(now.keys() | then.keys())
    for head, word in (
        (f"{period}/回收/", "回收表 "),
        (f"{period}/", "本期冻结的 "),
        ("templates/word/", "文书模板 "),
        ("", ""),
    ):
        mine = sorted(name for name in left if name.startswith(head))
        left.difference_update(mine)
        changes: dict[str, list[str]] = {}
        for name in mine:
            if (change := _change(now.get(name), then.get(name))) is not None:
                changes.setdefault(change, []).append(name.removeprefix(head))
        for change, names in changes.items():
            more = f" 等 {len(names)} 个" if len(names) > MOST_NAMED else ""
            yield f"{word}{'、'.join(names[:MOST_NAMED])}{more} {change}。"


def _change(now: str | None, then: str | None) -> str | None:
    """What became of one file, by its hash now and then: None = not there, "" = it could not be read."""
    if now == then:
        return None
    if then is None:
        return "是计算之后才有的"
    if now is None:
        return "在计算之后不见了"
    return "在计算之后有改动" if now else "现在不能读取"


def _scheme(at: Place, manifest: Manifest) -> Scheme | None:
    """The frozen scheme: as the results keep it where its workbook has not changed."""
    path = at.folder / SCHEME
    if not path.is_file():
        return None
    if (kept := kept_scheme(at, manifest)) is not None:
        return kept
    from kaohe.stages.schemes import load_scheme

    return load_scheme(path)[0]


def _earlier(now: dict[str, str], manifest: Manifest) -> Iterator[str]:
    for name in sorted(now.keys() | manifest.read.keys()):
        if name not in manifest.read:
            yield f"{name} 的结果在本期计算之后才有。"
        elif name not in now:
            yield f"{name} 的结果已不可用。"
        elif now[name] != manifest.read[name]:
            yield f"{name} 的结果在本期计算之后有改动。"


def _differing(now: dict[str, str], then: dict[str, str]) -> list[str]:
    return [name for name in sorted(now.keys() | then.keys()) if now.get(name) != then.get(name)]
