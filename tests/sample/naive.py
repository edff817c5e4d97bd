"""A second, naive computation of system E's quarter. It imports nothing of the package: its numbers come from a table of text, its
values from the cells that people typed, and it may be slow."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from makers.naive_rows import Rows, rows_of


@dataclass
class Unit:
    code: str
    unit_class: str
    points: dict[str, Fraction] = field(default_factory=dict)
    scores: dict[str, Fraction] = field(default_factory=dict)
    adjustment: Fraction = Fraction(0)
    rank: int = 0
    boards: set[str] = field(default_factory=set)
    effects: list[Fraction] = field(default_factory=list)

    @property
    def base(self) -> Fraction:
        return self.scores["党建"]

    @property
    def total(self) -> Fraction:
        return self.base + self.adjustment


# --- the typed cells --------------------------------------------------------------------------------------------------------------


def sheets(path: Path) -> dict[str, Rows]:
    if path.suffix == ".xls":
        old = CalamineWorkbook.from_path(str(path))
        return {name: old.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in old.sheet_names}
    return rows_of(path)


def records(rows: Rows, key: str) -> list[dict[str, Any]]:
    """The rows below the header row, which is the one that begins with `key`; column titles → values."""
    start = next(number for number, row in enumerate(rows) if row and row[0] == key)
    return [dict(zip(rows[start], row, strict=False)) for row in rows[start + 1 :] if row and row[0]]


def number(value: Any) -> Fraction:
    return Fraction(format(value, ".15g"))


# --- the table of the scheme ------------------------------------------------------------------------------------------------------


@dataclass
class Case:
    name: str
    each: Fraction | None  # None: the inspectors judge
    most: Fraction | None = None
    zero_from: int = 0
    zero_scope: str = ""


@dataclass
class Leaf:
    code: str
    method: str
    full: Fraction
    classes: str
    target: str
    cases: dict[str, Case]


def leaf_of(line: str) -> Leaf:
    """`1.4 扣分 3 Ⅰ | 未建台账 0.6 | 未按月更新 0.3 最多0.9`: code, method, full marks, classes; then the cases."""
    head, *cases = [part.split() for part in line.split("|")]
    target = next((word[2:] for word in head[3:] if word.startswith("目标")), "")
    classes = next((word for word in head[3:] if not word.startswith("目标")), "ⅠⅡⅢ")
    return Leaf(head[0], head[1], Fraction(head[2]), classes, target, {words[0]: case_of(words) for words in cases})


def case_of(words: list[str]) -> Case:
    case = Case(words[0], None if words[1] == "酌定" else Fraction(words[1]))
    for word in words[2:]:
        if word.startswith("最多"):
            case.most = Fraction(word[2:])
        else:  # 第2次本项归零
            case.zero_from, case.zero_scope = int(word[1]), word[3:5]
    return case


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


# --- the points of a leaf ---------------------------------------------------------------------------------------------------------


def points_of(
    leaf: Leaf, typed: dict[str, Any], deductions: list[dict[str, Any]], counts: list[dict[str, Any]]
) -> Fraction | None:
    """None where the line does not apply to this unit."""
    if typed["核查"] == "不适用":
        return None
    if leaf.method == "扣分":
        return max(Fraction(0), leaf.full - lost(leaf, deductions))
    if leaf.method == "完成率":
        target = number(typed["目标值"]) if leaf.target == "填报" else share(leaf.target)
        return leaf.full * min(Fraction(1), number(typed["完成值"]) / target)
    if leaf.method == "档次":
        return leaf.full * (leaf.cases[typed["情形"]].each or 0)
    if leaf.method == "是否":
        return leaf.full if typed["情形"] == "是" else Fraction(0)
    if leaf.method == "计数":
        return min(leaf.full, sum((earned(case, counts) for case in leaf.cases.values()), Fraction(0)))
    assert leaf.method == "直接打分"
    return number(typed["得分"])


def share(target: str) -> Fraction:
    return Fraction(target[:-1]) / 100 if target.endswith("%") else Fraction(target)


def lost(leaf: Leaf, deductions: list[dict[str, Any]]) -> Fraction:
    whole = Fraction(0)
    for case in leaf.cases.values():
        mine = [row for row in deductions if row["情形"] == case.name]
        sum_of_case = Fraction(0)
        for row in mine:
            sum_of_case += number(row["酌定扣分"]) if case.each is None else case.each * int(row["次数"])
        if case.zero_scope == "本项" and sum(int(row["次数"]) for row in mine) >= case.zero_from:
            return leaf.full
        whole += sum_of_case if case.most is None else min(sum_of_case, case.most)
    return whole


def earned(case: Case, counts: list[dict[str, Any]]) -> Fraction:
    assert case.each is not None
    sum_of_case = sum((case.each * int(row["核定次数"]) for row in counts if row["情形"] == case.name), Fraction(0))
    return sum_of_case if case.most is None else min(sum_of_case, case.most)


def zeroed_nodes(leaves: list[Leaf], of_leaf: dict[str, list[dict[str, Any]]]) -> set[str]:
    """First-level codes whose leaves are all 0 because a case says so."""
    return {
        leaf.code.split(".")[0]
        for leaf in leaves
        for case in leaf.cases.values()
        if case.zero_scope == "上级"
        and sum(int(row["次数"]) for row in of_leaf.get(leaf.code, []) if row["情形"] == case.name) >= case.zero_from
    }


# --- a unit -----------------------------------------------------------------------------------------------------------------------


def unit_of(path: Path, rules: dict[str, str]) -> Unit | None:
    """None for a workbook that is no unit's form."""
    book = sheets(path)
    about = {row[0]: row[1] for row in book["_meta"]}
    if not about["对象代码"]:
        return None
    code = about["对象代码"]
    unit = Unit(code, next(line[0] for line in lines(rules["单位"]) if code in line.split()))
    leaves = [leaf for leaf in map(leaf_of, lines(rules["指标"])) if unit.unit_class in leaf.classes]
    typed = {row["编码"]: row for row in records(book["评分"], "编码")}
    deductions = by_leaf(records(book["扣分与问题"], "序号"))
    counts = by_leaf(records(book["计分事项"], "序号"))
    zeroed = zeroed_nodes(leaves, deductions)
    assessable: dict[str, Fraction] = {}
    earned_marks: dict[str, Fraction] = {}
    for leaf in leaves:
        found = points_of(leaf, typed[leaf.code], deductions.get(leaf.code, []), counts.get(leaf.code, []))
        if found is None:
            continue
        found = Fraction(0) if leaf.code.split(".")[0] in zeroed else found
        unit.points[leaf.code] = found
        component = component_of(leaf.code, rules)
        assessable[component] = assessable.get(component, Fraction(0)) + leaf.full
        earned_marks[component] = earned_marks.get(component, Fraction(0)) + found
    unit.scores = {component: earned_marks[component] / full * 100 for component, full in assessable.items()}
    unit.adjustment = adjustment_of(records(book["加减分"], "序号"), rules)
    return unit


def by_leaf(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["指标"]:
            found.setdefault(row["指标"].split()[0], []).append(row)
    return found


def component_of(code: str, rules: dict[str, str]) -> str:
    first = code.split(".")[0]
    return next(words[0] for words in map(str.split, lines(rules["构成"])) if first in words[1:])


def adjustment_of(rows: list[dict[str, Any]], rules: dict[str, str]) -> Fraction:
    """Bonuses capped by item, by category and in all; penalties uncapped. Only what was confirmed counts, one matter once, and
    nothing without a proof."""
    *items, in_all = [line.split() for line in lines(rules["加减分"])]
    bonus: dict[str, Fraction] = {}
    penalty = Fraction(0)
    confirmed = [row for row in rows if row["核定"] == "已确认" and row["佐证"]]
    best: dict[str, dict[str, Any]] = {}
    for index, row in enumerate(confirmed):
        matter = str(row["文号或事项编号"] or f"row {index}")
        if matter not in best or row["核定分"] > best[matter]["核定分"]:
            best[matter] = row
    for code, nature, category, item_most, category_most in (item for item in items):
        given = sum((number(row["核定分"]) for row in best.values() if row["项目"].split()[0] == code), Fraction(0))
        if nature == "减分":
            penalty += given
        else:
            bonus[category] = min(
                bonus.get(category, Fraction(0)) + min(given, Fraction(item_most)), Fraction(category_most)
            )
    return min(sum(bonus.values(), Fraction(0)), Fraction(in_all[1])) - penalty


# --- the field --------------------------------------------------------------------------------------------------------------------


def rounded(value: Fraction) -> Fraction:
    """Two decimals, half up."""
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


def settle(units: list[Unit], rules: dict[str, str]) -> None:
    """Ranks in each class, boards, and changes of pay."""
    fired = [line.split() for line in lines(rules["上榜"])]
    for unit in units:
        field_ = [other for other in units if other.unit_class == unit.unit_class]
        totals = [rounded(other.total) for other in field_]
        unit.rank = 1 + sum(total > rounded(unit.total) for total in totals)
        is_first, is_last = rounded(unit.total) == max(totals), rounded(unit.total) == min(totals)
        for board, classes, what, *condition in fired:
            if unit.unit_class not in classes:
                continue
            if what == "总分":
                holds = is_first != is_last and (is_first if condition == ["第一"] else is_last)
            else:
                holds = component_holds(unit, field_, what, condition)
            if holds:
                unit.boards.add(board)
        for reason, classes, amount in (line.split() for line in lines(rules["绩效加减"])):
            base_below = reason.startswith("基础分<") and rounded(unit.base) < Fraction(reason[4:])
            if unit.unit_class in classes and (reason in unit.boards or base_below):
                unit.effects.append(Fraction(amount))


def component_holds(unit: Unit, field_: list[Unit], component: str, condition: list[str]) -> bool:
    mine, scores = rounded(unit.scores[component]), [rounded(other.scores[component]) for other in field_]
    if condition[0] == "第一":
        return mine == max(scores) and mine > min(scores) and mine >= Fraction(condition[1][1:])
    return mine < Fraction(condition[0][1:])


def quarter(folder: Path, rules: dict[str, str]) -> dict[str, Unit]:
    """Every unit that returned a workbook into the folder, by its code."""
    found = [unit_of(path, rules) for path in sorted(folder.iterdir())]
    units = [unit for unit in found if unit is not None]
    settle(units, rules)
    return {unit.code: unit for unit in units}
