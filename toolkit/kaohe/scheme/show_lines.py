"""The indicator tree with methods and cases, and the tasks, in words."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.core.exact import plain
from kaohe.records.scheme import Case, Indicator, Scheme
from kaohe.scheme.figures import named
from kaohe.scheme.reads import classes_of_part
from kaohe.scheme.text import Section, by_class, joined, span


def lines(scheme: Scheme) -> tuple[Section, ...]:
    """One section a component with indicators."""
    found = []
    for code in dict.fromkeys(line.component for line in scheme.indicators):
        part = next((each for each in scheme.components if each.code == code), None)
        mine = [line for line in scheme.indicators if line.component == code]
        classes = classes_of_part(scheme, part) if part else tuple(each.code for each in scheme.classes)
        texts = [text for line in mine for text in _line(scheme, line, classes)]
        found.append(Section(f"指标：{code} {part.name if part else ''}".strip(), tuple(texts)))
    return tuple(found)


def _line(scheme: Scheme, line: Indicator, classes: tuple[str, ...]) -> Iterator[str]:
    step = "  " * (line.level - 1)
    mine = [code for code in classes if line.applies_to(code)]
    only = f"只适用 {'、'.join(mine)}" if len(mine) < len(classes) else ""
    marks = by_class(scheme, line.full, mine, " 分") if line.full else by_class(scheme, line.weight, mine, "%")
    brackets = joined(marks, line.method, only)
    yield f"{step}{line.code} {line.name}（{brackets}）{f'  {line.clause}' if line.clause else ''}"
    if not line.is_leaf:
        return
    inner = step + "    "
    if line.standard:
        yield inner + line.standard
    words = joined(_method(scheme, line), _bounds(line), mark="；")
    if words:
        yield inner + words
    for case in scheme.cases_of(line.code):
        yield f"{inner}· {_case(scheme, line, case)}"


def _method(scheme: Scheme, line: Indicator) -> str:
    measure = f" {line.measure}" if line.measure not in ("%", "％", "") else line.measure
    target = f"目标 {plain(line.target)}{measure}" if line.target is not None else f"目标由{_from(line.target_from)}"
    low = line.direction == "低优"
    if line.method == "完成率":
        return f"{target}，得满分 × {'目标 ÷ 完成' if low else '完成 ÷ 目标'}，不超过满分"
    if line.method == "阈值" and line.step is not None and line.per_step is not None:
        way = "高" if low else "低"
        rest = "不足一步按比例扣" if line.step_count == "连续" else "不足一步不扣"
        return f"{target}，每{way} {plain(line.step)} 扣 {plain(line.per_step)} 分，{rest}"
    if line.method == "引用":
        return f"满分 × {named(line.reference, scheme)} ÷ 100"
    if line.method == "排名赋分":
        place = "名次由检查组填" if line.place_rule == "填报名次" else f"按完成值从{'低到高' if low else '高到低'}排"
        return joined(place, f"每低一名扣 {plain(line.per_step)} 分" if line.per_step is not None else "按名次查表")
    return ""


def _from(source: str) -> str:
    return "单位填报" if source == "填报" else f"资料“{source.partition(':')[2]}”给出"


def _bounds(line: Indicator) -> str:
    return joined(
        f"最低 {plain(line.floor)} 分" if line.floor is not None else "",
        f"最小 {plain(line.unit_step)} 分" if line.unit_step is not None else "",
        f"由{line.scorer}评分" if line.scorer else "",
        f"不适用时取{line.not_applicable}" if line.not_applicable else "",
        f"{line.duty}责任" if line.duty in ("主体", "第一", "直接") else line.duty,
    )


def _case(scheme: Scheme, line: Indicator, case: Case) -> str:
    if case.factor is not None:
        worth = f"满分 × {plain(case.factor)}"
    elif case.award is not None:
        worth = f"得 {plain(case.award)} 分"
    else:
        judged = "，由检查组酌定" if case.is_judged else ""
        verb = {"扣分": "每次扣 ", "计数": "每次计 "}.get(line.method, "")
        worth = f"{verb}{span(case.each_from, case.each_to)} 分{judged}" if case.each_from is not None else ""
    zero = ""
    if case.zero_from is not None:
        what = "上级指标" if case.zero_scope == "上级" else "本项"
        zero = f"第 {case.zero_from} 次起{what}为 0 分"
    cap = f"最多 {plain(case.cap)} 分" if case.cap is not None else ""
    kind = f"〔{joined(scheme.kind_name(case.kind) if case.kind else '', case.severity)}〕"
    return f"{case.name}：{joined(worth, cap, zero)}{kind if kind != '〔〕' else ''}"


def tasks(scheme: Scheme) -> Iterator[str]:
    """The tasks of each period."""
    for period in dict.fromkeys(task.period for task in scheme.tasks):
        mine = [task for task in scheme.tasks if task.period == period]
        yield f"{period}　{len(mine)} 项"
        for task in mine:
            who = "、".join(task.owners) or "全部对象"
            yield f"  {task.number} {task.name}：{joined(f'{plain(task.marks)} 分', who, task.due and f'{task.due} 前')}"
