"""Rules as formulas: conditions on 名次, 倒数名次, 分类, 榜 and figures of the object; a rule that reads anything else enters as a value.

Conditions compare the figures as the scheme compares them (比较口径): rounded to the total's decimals, or exact. The values stand in 参数
under the names of `value_name`, nothing in the formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kaohe.core.exact import round_half_up
from kaohe.documents.results.grid import Formula, Refs
from kaohe.documents.results.lines import leaf_cell
from kaohe.documents.results.model import CLEAN_PLACES, Frame, component_of, has_base, is_graded, is_scored
from kaohe.documents.results.names import value_name
from kaohe.records.figures import Figure
from kaohe.records.results import ObjectResult
from kaohe.records.rules import Condition, Rule
from kaohe.scoring.facts import Facts, value_of

Expression = Formula
_COMPARE = {"=": "=", "≠": "<>", "≥": ">=", ">": ">", "≤": "<=", "<": "<"}
_LISTS = ("属于", "不属于")
_PLACES = ("名次", "倒数名次")
_PART_PLACES = ("构成名次:", "构成倒数名次:")
_GRADING = ("否优", "封顶", "降档", "定为", "待定")  # decided before grades and boards are there


def formula_of(frame: Frame, rule: Rule) -> Expression | None:
    """1 where the rule fires, else 0; None where a condition reads what the workbook does not hold."""
    found: list[Expression] = []
    for index, condition in enumerate(rule.conditions):
        terms = _terms(frame, rule, index, condition)
        if terms is None:
            return None
        found += terms

    def formula(refs: Refs, row: int) -> str:
        live = f"{refs.typed('计分', row)}=1"
        return f"=IF(AND({','.join((live, *(term(refs, row) for term in found)))}),1,0)"

    return formula


def words_of(value: str) -> tuple[str, ...]:
    """The values of a condition: several are separated by 、 or a comma."""
    return tuple(word.strip() for word in re.split(r"[、，,]", value) if word.strip())


def takes(rule: Rule, each: ObjectResult) -> bool:
    """Whether a rule took effect by itself: it fired, is not soft, and no tie over its places waits for approval."""
    return any(found.rule == rule.number and not found.soft for found in each.consequences)


def proposal_key(frame: Frame, rule: Rule) -> str:
    """Column of 数据 that says for whom a hard rule only proposes because of a tie (首末并列 = 报批); "" where that cannot be."""
    places = any(part.object in _PLACES or part.object.startswith(_PART_PLACES) for part in rule.conditions)
    return f"批:{rule.number}" if frame.scheme.settings.tied_ends == "报批" and places and not rule.soft else ""


def taking_key(frame: Frame, rule: Rule) -> str:
    """Column of 结果 that says whether a rule takes effect by itself."""
    return f"效:{rule.number}" if proposal_key(frame, rule) else f"则:{rule.number}"


def has_fired(rule: Rule, each: ObjectResult) -> bool:
    """Whether the program found the rule to hold for this object."""
    return any(found.rule == rule.number for found in each.consequences)


def override_of(frame: Frame, each: ObjectResult) -> str:
    """The computed grade where it is not simply the band of the total: bars and shares; `无` = no grade."""
    if not is_graded(each):
        return ""
    return "" if each.grade_computed == band_of(frame, each) else each.grade_computed or "无"


def decided_grade(each: ObjectResult) -> str:
    """The committee's grade where its decision stands; "" else."""
    return each.decided.grade if is_graded(each) and each.decided is not None and each.decided.adopted else ""


def decided_why(each: ObjectResult) -> str:
    """Reason, name and note of the committee's decision, also of one that is doubtful; "" without a decision."""
    if each.decided is None:
        return ""
    found = each.decided
    name = f"（{found.decided_by}）" if found.decided_by else ""
    return "；".join(word for word in (found.reason + name, found.note) if word)


def band_of(frame: Frame, each: ObjectResult) -> str:
    """The grade of the band that the compared total lies in (half-open, the lowest without a floor)."""
    total = compared(frame, each.total_exact, each.total)
    if total is None:
        return ""
    bands = [band for band in frame.bands if not band.classes or each.unit_class in band.classes]
    return next((band.name for band in bands if band.least is None or total >= band.least), "")


def compared(frame: Frame, exact: Fraction | None, rounded: Fraction | None) -> Fraction | None:
    """The figure that rules compare."""
    return exact if frame.scheme.settings.compare == "精确值" else rounded


def tie_key(frame: Frame, thing: str) -> Expression | None:
    """A figure that separates equal totals, as an expression; None where it enters as a value."""
    return figure(frame, thing)


def tie_figure(frame: Frame, thing: str, each: ObjectResult) -> Fraction | None:
    """A figure that separates equal totals as it is compared: rounded like the total, or (比较口径 = 精确值, and what has no column of its
    own) to the decimals that keep off binary noise; None where the object does not have it."""
    if not is_scored(each):
        return None
    is_own = tie_key(frame, thing) is not None
    found = figure_of(frame, thing, each) if is_own else tie_value(frame, thing, each)
    precise = frame.scheme.settings.compare == "精确值" or not is_own
    return None if found is None else round_half_up(found, CLEAN_PLACES if precise else frame.places)


def tie_value(frame: Frame, thing: str, each: ObjectResult) -> Fraction | None:
    """The same figure as scoring reads it, where the workbook has no column for it (counts of the ledger, inner nodes)."""
    edition = frame.edition
    nodes = {node.key.partition(":")[2]: node.value for node in _nodes(each) if node.value is not None}
    facts = Facts(
        frame.scheme, edition.when, each, nodes, {}, True, edition.earlier, edition.ledger, frame.lookup, edition.others
    )
    value = value_of(thing, facts)
    return value if isinstance(value, Fraction) else None


def _nodes(each: ObjectResult) -> Iterator[Figure]:
    stack = [each.figure] if each.figure else []
    while stack:
        node = stack.pop()
        if node.key.startswith("指标:"):
            yield node
        stack.extend(node.parts)


def figure(frame: Frame, thing: str) -> Expression | None:
    """The cell (or expression) of a figure of the language, as rules compare it; None where 结果 has none."""
    precise = frame.scheme.settings.compare == "精确值"
    kind, _, code = thing.partition(":")
    part = frame.part(code) if code else None
    if thing in ("总分", "基础分") and frame.counted:
        return _here(("精确总分" if thing == "总分" else "精确基础") if precise else thing)
    if thing == "名次" or thing == "倒数名次":
        return _here(thing)
    if thing == "排名家数":
        return _here("排名家数")
    if (thing == "加分合计" and frame.has_bonus) or (thing == "减分合计" and frame.has_penalty):
        return _here(thing[:2])
    if kind in ("构成名次", "构成倒数名次") and part and part.ranked:
        return _here(f"{kind[2:]}:{code}")
    if kind in ("构成", "构成基础") and part:
        key = f"构成:{code}" if kind == "构成" or not has_base(frame, part) else f"基:{code}"
        return _rounded(_here(key), precise)
    if kind == "指标":
        # Only leaves: what a rule reads of an inner node is decided by the program.
        block = next((block for block in frame.blocks if any(leaf.code == code for leaf in block.leaves)), None)
        if block is not None:
            return _rounded(lambda refs, row: leaf_cell(block, code, refs, row), precise)
    return None


def figure_of(frame: Frame, thing: str, each: ObjectResult) -> Fraction | None:
    """The program's value of a figure for which `figure` has an expression; None for withheld objects and blanks."""
    if not is_scored(each):
        return None
    kind, _, code = thing.partition(":")
    part = component_of(each, code) if code else None
    if part and kind in ("构成", "构成基础"):
        return part.score if kind == "构成" else part.base_score
    if kind == "指标":
        leaf = each.leaf(code)
        return leaf.points if leaf else None
    return {
        "总分": compared(frame, each.total_exact, each.total),
        "基础分": compared(frame, each.base_exact, each.base),
        "加分合计": each.bonus,
        "减分合计": each.penalty,
    }.get(thing)


def _here(key: str) -> Expression:
    return lambda refs, row: refs.here(key, row)


def _rounded(expression: Expression, precise: bool) -> Expression:
    digits = "净位" if precise else "小数位"

    def rounded(refs: Refs, row: int) -> str:
        cell = expression(refs, row)
        inner = cell if precise else f"ROUND({cell},净位)"
        return f'IF(ISNUMBER({cell}),ROUND({inner},{digits}),"")'

    return rounded


def _terms(frame: Frame, rule: Rule, index: int, condition: Condition) -> list[Expression] | None:
    name = value_name(rule, index)
    if condition.object == "榜":
        return None if rule.effect == "上榜" or rule.effect in _GRADING else _board(frame, condition)
    if condition.object == "分类" or (condition.object == "等次" and rule.effect not in _GRADING):
        return _word(frame, condition, name)
    thing = figure(frame, condition.object)
    if thing is None or condition.comparison not in (*_COMPARE, *_LISTS):
        return None
    several = len(words_of(condition.value)) > 1
    if several and condition.comparison not in ("=", "≠", *_LISTS):
        return None

    def number(refs: Refs, row: int) -> str:
        return f"ISNUMBER({thing(refs, row)})"

    def test(refs: Refs, row: int) -> str:
        if several or condition.comparison in _LISTS:
            return _listed(thing(refs, row), name, condition.comparison)
        return f"{thing(refs, row)}{_COMPARE[condition.comparison]}{name}"

    found: list[Expression] = [number, test]
    if condition.object in _PLACES:
        found.insert(0, lambda refs, row: f"{refs.here('可比', row)}=1")
    elif condition.object.startswith(_PART_PLACES):
        code = condition.object.partition(":")[2]
        found.insert(0, lambda refs, row: f"{refs.here(f'可比:{code}', row)}=1")
    return found


def _word(frame: Frame, condition: Condition, name: str) -> list[Expression] | None:
    if condition.object == "等次" and not (frame.bands and frame.counted):
        return None
    if condition.comparison not in ("=", "≠", *_LISTS):
        return None

    def cell(refs: Refs, row: int) -> str:
        return refs.typed("分类", row) if condition.object == "分类" else refs.here("等次", row)

    def filled(refs: Refs, row: int) -> str:
        return f'{cell(refs, row)}<>""'

    def test(refs: Refs, row: int) -> str:
        return _listed(cell(refs, row), name, condition.comparison)

    return [filled, test]


def _board(frame: Frame, condition: Condition) -> list[Expression] | None:
    names = words_of(condition.value)
    if condition.comparison in ("为空", "不为空"):
        sign = "=0" if condition.comparison == "为空" else ">0"
        return [lambda refs, row: f"{'+'.join(refs.here(f'榜:{name}', row) for name in frame.boards)}{sign}"]
    if not names or condition.comparison not in ("=", "≠", *_LISTS) or any(name not in frame.boards for name in names):
        return None
    sign = ">0" if condition.comparison in ("=", "属于") else "=0"
    return [lambda refs, row: f"{'+'.join(refs.here(f'榜:{name}', row) for name in names)}{sign}"]


def _listed(cell: str, name: str, comparison: str) -> str:
    found = f"ISNUMBER(MATCH({cell},{name},0))"
    return found if comparison in ("=", "属于") else f"NOT({found})"
