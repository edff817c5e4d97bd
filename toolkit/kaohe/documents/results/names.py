"""Defined names of 参数: how a code of the scheme becomes a name that formulas use."""

from __future__ import annotations

import re

from kaohe.records.rules import Rule


def safe(text: str) -> str:
    """A code as part of a defined name: letters, digits and Chinese characters, all else an underscore."""
    return re.sub(r"[^0-9A-Za-z\u4e00-\u9fff]", "_", text)


def value_name(rule: Rule, index: int) -> str:
    """The value (or values) of a rule's condition, counted from 0."""
    return f"规则{safe(rule.number)}_值{index + 1}"


def parameter_name(rule: Rule) -> str:
    """A rule's parameter: the performance points."""
    return f"规则{safe(rule.number)}_参数"


def full_name(block: str) -> str:
    """Full marks of a level-1 node: classes down, leaves across."""
    return f"满分_{safe(block)}"


def leaf_full_name(leaf: str) -> str:
    """Full marks of one leaf: classes down."""
    return f"满_{safe(leaf)}"


def node_full_name(node: str) -> str:
    """Full marks of one inner node: classes down."""
    return f"节点满分_{safe(node)}"


def factor_name(node: str) -> str:
    """Coefficients with which the lines of a node enter it: classes down, lines across."""
    return f"系数_{safe(node)}"


def weights_name(parent: str) -> str:
    """Weights of the components below another one (of the total: ""): classes down, components across."""
    return f"权重_{safe(parent)}" if parent else "权重"


def dimensions_name(instrument: str) -> str:
    """Weights of an instrument's dimensions."""
    return f"维度权重_{safe(instrument)}"


def groups_name(instrument: str) -> str:
    """Weights of an instrument's rater groups: classes down, groups across."""
    return f"主体权重_{safe(instrument)}"


def coefficients_name(instrument: str, dimension: str) -> str:
    """Coefficients of the options of an instrument's dimension."""
    return f"选项系数_{safe(instrument)}_{safe(dimension)}"


def most_name(instrument: str) -> str:
    """The greatest mark of an instrument."""
    return f"上限_{safe(instrument)}"


def start_name(component: str) -> str:
    """The points with which 日常积分 begins: classes down, blank where the class does not have the component."""
    return f"起始分_{safe(component)}"


def has_name(component: str) -> str:
    """Which classes have a component that reads a rating: 1, blank for those that have not."""
    return f"适用_{safe(component)}"


def grades_name(component: str) -> str:
    """The grades that give a component its points: classes down."""
    return f"折算等次_{safe(component)}"


def converted_name(component: str) -> str:
    """The points of those grades: classes down."""
    return f"折算分_{safe(component)}"


def level_name(depth: int) -> str:
    """The number of a level of grades, 1 = the best."""
    return f"第{depth}档"


def floor_name(leaf: str) -> str:
    """The least points of a line."""
    return f"最低分_{safe(leaf)}"


def step_name(leaf: str) -> str:
    """Marks that each further place costs."""
    return f"每步_{safe(leaf)}"


def places_name(leaf: str) -> str:
    """Places from which on the points of a table of places hold, rising."""
    return f"名次起_{safe(leaf)}"


def points_name(leaf: str) -> str:
    """The points of those places."""
    return f"名次分_{safe(leaf)}"


def case_name(item: str) -> str:
    """Points of one case of a penalty that the ledger counts."""
    return f"每例_{safe(item)}"


def item_cap_name(item: str) -> str:
    """The most points of such a penalty."""
    return f"单项上限_{safe(item)}"
