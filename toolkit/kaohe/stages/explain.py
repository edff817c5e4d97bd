"""`kaohe explain`: why this score — the derivation as an indented tree, figure, file, sheet and cell on one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from kaohe.core.exact import plain as marks
from kaohe.records.figures import Figure
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger
from kaohe.records.results import ObjectResult, Outcome
from kaohe.records.run import Context
from kaohe.records.scheme import Scheme
from kaohe.stages.manifest import damage, read
from kaohe.stages.workspace import NotReady, Place, one

_LABEL_WIDTH = 52
_VALUE_WIDTH = 8  # columns of the figures


def explain(at: Place, unit: str, figure: str = "") -> tuple[str, ...]:
    """The lines of one object's derivation, or of one figure of it (`3.1`, `基础分`, `构成:DJ`).

    Read from the published store. Raises NotReady where there are no valid results, or unit or figure are unknown.
    """
    manifest = read(at.report)
    if manifest is None:
        raise NotReady(f"{at.period} 还没有结果。请先运行 kaohe run {at.assessment} {at.period}。")
    if damage(at.report, manifest, "store/"):
        raise NotReady(
            f"{at.period} 的结果文件被改动过，不能作为依据。请重新运行 kaohe run {at.assessment} {at.period} --full。"
        )
    outcome, scheme = one(at.report, "outcome", Outcome), one(at.report, "scheme", Scheme)
    context, roster = one(at.report, "context", Context), one(at.report, "roster", Roster)
    found = find(outcome, roster, unit)
    head = f"{found.name}  {found.code}  {found.unit_class} 类  {at.when.title}"
    lines = [head, f"{scheme.name}  基准日 {context.row.as_of}  输入 {context.mark}  状态 {found.status}"]
    if found.status not in ("正式",):
        lines.extend(_standing(found))
    if context.reason:
        lines.append(f"本期重新计算过，理由：{context.reason}")
    lines.extend(appeals_of(one(at.report, "ledger", Ledger), at.period, found.code))
    if found.figure is None:
        return tuple(lines)
    tops = [found.figure] if not figure else _named(found.figure, figure)
    if not tops:
        raise NotReady(f"{found.name} 没有“{figure}”这个数。可用指标编码，或 总分、基础分、名次、等次 等。")
    lines.append("")
    for top in tops:
        lines.extend(_tree(top, 0))
    return tuple(lines)


def find(outcome: Outcome, roster: Roster, word: str) -> ObjectResult:
    """The object with this code, name or short name. Raises NotReady where none or several match."""
    exact = [each for each in outcome.objects if word in (each.code, each.name, each.short)]
    near = exact or [each for each in outcome.objects if word and word in each.name]
    if len(near) == 1:
        return near[0]
    if not near:
        raise NotReady(f"名册里没有“{word}”。请用单位代码或规范名称，如 {outcome.objects[0].code}。")
    raise NotReady(f"“{word}”对应 {len(near)} 个单位：{'、'.join(f'{e.code} {e.name}' for e in near)}。请用单位代码。")


def _standing(found: ObjectResult) -> Iterator[str]:
    if found.status == "未报":
        yield "没有交回填报表，本期没有分数。"
    elif found.status == "存疑":
        codes = "、".join(found.withheld_for)
        yield f"填报表有未解决的差错（{codes}），改正并重报以前没有分数；见受理清单.xlsx。"
    elif found.status == "暂定":
        yield "同组还有单位未报或存疑，名次、等次和与名次有关的结果都是暂定。"


def appeals_of(ledger: Ledger, period: str, code: str) -> Iterator[str]:
    """What the object contests in this period's result, and what the review decided."""
    for each in ledger.appeals:
        if each.object_code == code and each.period == period:
            changed = (
                f"，{marks(each.old)} 更正为 {marks(each.new)}" if each.old is not None and each.new is not None else ""
            )
            about = f"{each.about}：" if each.about else ""
            place = f"  {each.place}" if each.place else ""
            yield f"申诉 {each.appeal_id}  {about}{each.reason}  {each.state}{changed}{place}"


def _named(figure: Figure, word: str) -> list[Figure]:
    """The figures with this key, `指标:word`, or label; the whole tree is searched."""
    if figure.key in (word, f"指标:{word}", f"构成:{word}", f"规则:{word}") or figure.label == word:
        return [figure]
    return [found for part in figure.parts for found in _named(part, word)]


def _tree(figure: Figure, depth: int) -> Iterator[str]:
    indent = "  " * depth
    label = f"{indent}{figure.label} "
    dots = "." * max(_LABEL_WIDTH - _width(label), 3)
    words = [word for word in (figure.how, figure.clause) if word]
    if _width(figure.shown) > _VALUE_WIDTH:  # typed words are no figure: they would shift the column
        words.insert(0, figure.shown)
        value = " " * _VALUE_WIDTH
    else:
        value = " " * (_VALUE_WIDTH - _width(figure.shown)) + figure.shown
    if figure.source is not None:
        if figure.typed and figure.typed != figure.shown:
            words.append(f"填“{figure.typed}”")
        words.append(str(figure.source))
    yield f"{label}{dots} {value}  {'  '.join(words)}".rstrip()
    for part in figure.parts:
        yield from _tree(part, depth + 1)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
