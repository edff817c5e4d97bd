"""The figure tree of one object, built together with its numbers (scheme model 4, step 15)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import fixed, plain
from kaohe.records.results import Figure, ObjectResult
from kaohe.records.scheme import Scheme
from kaohe.scheme.show import condition_text
from kaohe.scoring.adjustments import Adjusted
from kaohe.scoring.components import PLACES, Part


def with_figure(scheme: Scheme, result: ObjectResult, parts: Sequence[Part], adjusted: Adjusted | None) -> ObjectResult:
    """The result with its derivation: 结果 → 总分 (→ 基础分 → components → lines → rows; 加分, 减分), components beside the total,
    名次, 等次, boards and consequences. Unscored objects get none."""
    if result.total is None or result.total_exact is None or result.base is None or result.base_exact is None:
        return result
    places = scheme.settings.places
    counted = [part for part in parts if part.component.counted]
    base = Figure(
        "基础分", "基础分", result.base_exact, fixed(result.base, places), _base_how(counted, result),
        parts=tuple(part.figure for part in counted),
    )  # fmt: skip
    inner = [base]
    for nature, value in (("加分", result.bonus), ("减分", result.penalty)):
        figures = tuple(each for each in (adjusted.figures if adjusted else ()) if each.key.startswith(f"{nature}:"))
        if figures:
            cap = scheme.settings.bonus_cap if nature == "加分" else None
            how = f"合计不超过 {plain(cap)}" if cap is not None else ""
            signed = value if nature == "加分" else -value
            inner.append(Figure(nature, nature, signed, fixed(signed, places), how, parts=figures))
    how = (
        f"{plain(result.total_exact, PLACES)} 四舍五入到 {places} 位小数"
        if result.total != result.total_exact
        else "基础分＋加分－减分"
    )
    total = Figure("总分", "总分", result.total, fixed(result.total, places), how, parts=tuple(inner))
    beside = tuple(
        msgspec.structs.replace(part.figure, how=f"{part.figure.how}；不计入总分")
        for part in parts
        if not part.component.counted
    )
    tail = (*_rank(result), *_grade(scheme, result), *_rules(scheme, result))
    root = Figure("结果", result.name, result.total, fixed(result.total, places), parts=(total, *beside, *tail))
    return msgspec.structs.replace(result, figure=root)


def _base_how(counted: Sequence[Part], result: ObjectResult) -> str:
    if len(counted) == 1:
        return "各构成得分 × 权重"
    words = []
    for part in counted:
        known = result.component(part.component.code)
        if known is not None and known.weight is not None and part.score is not None:
            words.append(f"{plain(part.score, PLACES)} × {plain(known.weight)}%")
    return " ＋ ".join(words)


def _rank(result: ObjectResult) -> tuple[Figure, ...]:
    if result.rank is None:
        return ()
    words = f"{result.field} 类 {result.field_size} 个单位" + ("，并列" if result.shared else "")
    words += "，暂定" if result.status == "暂定" else ""
    return (Figure("名次", "名次", Fraction(result.rank), str(result.rank), words),)


def _grade(scheme: Scheme, result: ObjectResult) -> tuple[Figure, ...]:
    if not result.grade:
        return ()
    band = next((each for each in scheme.grades if each.name == result.grade), None)
    how = "" if band is None else "低于上一等次的最低分" if band.least is None else f"最低分 {plain(band.least)}"
    return (Figure("等次", "等次", None, result.grade, how),)


def _rules(scheme: Scheme, result: ObjectResult) -> tuple[Figure, ...]:
    """Each consequence with the rule's conditions in words."""
    rules = {rule.number: rule for rule in scheme.rules}
    found = []
    for each in result.consequences:
        conditions = "，".join(condition_text(condition) for condition in rules[each.rule].conditions)
        words = " ".join(
            word for word in (each.effect, "" if each.amount is not None else each.parameter, each.target) if word
        )
        how = (
            f"{each.rule} {conditions}"
            + (f"；{each.month} 兑现" if each.month else "")
            + ("；暂定" if each.provisional else "")
        )
        shown = "" if each.amount is None else fixed(each.amount, scheme.settings.places)
        found.append(Figure(f"规则:{each.rule}", words, each.amount, shown, how, each.clause))
    return tuple(found)
