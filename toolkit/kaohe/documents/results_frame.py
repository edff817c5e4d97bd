"""Builds the frame of a results workbook from an edition: objects in row order, lines in blocks, labels of the board."""

from __future__ import annotations

from fractions import Fraction

from kaohe.documents.board_rules import Board, BoardRules, Threshold, read_rules, threshold_label
from kaohe.documents.results_model import Block, Frame, Label, Part, component_of, is_scored
from kaohe.documents.results_sums import NOTHING, sums_of
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Adjustment, Component, Indicator, Rule, Scheme
from kaohe.scoring.rules import rules_at


def frame_of(edition: Edition) -> Frame:
    """The frame of an edition; units of the roster without a result stand at the end as 不参评 (or 未报)."""
    scheme, clock = edition.scheme, edition.when.clock
    rules = rules_at(scheme, clock)
    adjustments = tuple(item for item in scheme.adjustments_at(clock) if item.nature in ("加分", "减分"))
    objects = all_objects(edition)
    fields = edition.outcome.fields
    order = {field.field: number for number, field in enumerate(fields)}
    codes = [each.code for each in scheme.classes]
    place = {each.code: number for number, each in enumerate(objects)}

    def position(each: ObjectResult) -> tuple[int, int, int, int, Fraction, int]:
        unit_class = codes.index(each.unit_class) if each.unit_class in codes else len(codes)
        field = order.get(each.field, len(order))
        rank = each.rank or len(objects) + 1
        return (
            field,
            0 if each.field in order else unit_class,
            rank,
            _last_of_all(each),
            -(each.total or Fraction(0)),
            place[each.code],
        )

    rows = tuple(sorted(objects, key=position))
    present = {each.unit_class for each in rows}
    parts = tuple(
        _part(scheme, part, rules, adjustments, rows) for part in scheme.components_at(clock) if not part.parent
    )
    ordered = (
        *(part for part in parts if part.component.counted),
        *(part for part in parts if not part.component.counted),
    )
    nodes = [(block.code, tuple(leaf.code for leaf in block.leaves)) for part in ordered for block in part.blocks]
    lines = {line.code: line for line in scheme.indicators}
    return Frame(
        edition,
        clock,
        rows,
        tuple(each for each in scheme.classes if each.code in present),
        fields,
        parts,
        rules,
        _labels(scheme, read_rules(scheme, clock)),
        tuple(b for b in scheme.grades if b.used_for == "总评" and (not b.clocks or clock in b.clocks)),
        adjustments,
        {each.code: sums_of(each, nodes, lines) if is_scored(each) else NOTHING for each in rows},
    )


def _last_of_all(each: ObjectResult) -> int:
    """Scored objects first, withheld ones next, those that take no part last."""
    return 2 if each.status == "不参评" else int(each.total is None)


def all_objects(edition: Edition) -> tuple[ObjectResult, ...]:
    """Every object: those of the outcome, and the roster's units that it does not name."""
    known = {each.code for each in edition.outcome.objects}
    missing = (
        ObjectResult(
            unit.code,
            unit.name,
            unit.short,
            unit.unit_class,
            "",
            status="不参评" if unit.standing == "不参评" else "未报",
            eligible="否" if unit.standing == "不参评" else "待定",
        )
        for unit in edition.roster.units
        if unit.code not in known
    )
    return (*edition.outcome.objects, *missing)


def _part(
    scheme: Scheme,
    part: Component,
    rules: tuple[Rule, ...],
    adjustments: tuple[Adjustment, ...],
    objects: tuple[ObjectResult, ...],
) -> Part:
    lines = tuple(line for line in scheme.indicators if line.component == part.code)
    by_parent = scheme.settings.rescale_at == "直接上级"
    by_lines = part.origin == "指标评分" and not any(line.weight for line in lines)
    # Rescaling at inner nodes of deeper trees would need a column a node: there the program's score enters.
    by_lines = by_lines and not (by_parent and any(line.level > 2 for line in lines))
    ranked = not part.counted or any(
        condition.object in (f"构成名次:{part.code}", f"构成倒数名次:{part.code}")
        for rule in rules
        for condition in rule.conditions
    )
    adjusted = any(item.into == f"构成:{part.code}" for item in adjustments)
    scores = (found for each in objects if (found := component_of(each, part.code)) is not None)
    changes = adjusted or any(found.score != found.base_score for found in scores)
    return Part(part, _blocks(lines) if by_lines else (), adjusted, changes, ranked, by_parent)


def _blocks(lines: tuple[Indicator, ...]) -> tuple[Block, ...]:
    known = {line.code: line for line in lines}

    def root(line: Indicator) -> Indicator:
        while line.parent in known:
            line = known[line.parent]
        return line

    groups: dict[str, list[Indicator]] = {}
    for line in lines:
        if line.is_leaf:
            groups.setdefault(root(line).code, []).append(line)
    return tuple(Block(code, known[code].name, known[code].component, tuple(leaves)) for code, leaves in groups.items())


def _labels(scheme: Scheme, found: BoardRules) -> tuple[Label, ...]:
    """Boards of the total, front first, then those of components, then thresholds; soft rules only propose and fill none."""

    def of_board(number: int, board: Board) -> Label:
        return Label(f"榜{number}", board.name, board.name, _hard(board.rules), board.side, board.component)

    def of_limit(number: int, limit: Threshold) -> Label:
        word = {"<": "低于", "≤": "不高于", ">": "高于", "≥": "达到"}.get(limit.condition.comparison, "")
        part = limit.condition.object.partition(":")[2] if limit.condition.object.startswith("构成") else ""
        side = "back" if limit.is_below else "front"
        name, words = f"{word}{limit.condition.value}", threshold_label(limit, scheme)
        return Label(f"线{number}", name, words, _hard(limit.rules), side, part, board=False)

    boards = sorted(found.boards, key=lambda board: (bool(board.component), board.side == "back"))
    labels = (
        *(of_board(number, board) for number, board in enumerate(boards, 1)),
        *(of_limit(number, limit) for number, limit in enumerate(found.thresholds, 1)),
    )
    return tuple(label for label in labels if label.rules)


def _hard(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if not rule.soft)
