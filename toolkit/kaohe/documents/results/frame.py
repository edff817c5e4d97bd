"""Builds the frame of a results workbook from an edition: objects in row order, lines in blocks, labels of the board."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kaohe.core.periods import Clock
from kaohe.documents.board.rules import Board, BoardRules, Threshold, read_rules, threshold_label
from kaohe.documents.results.adjustments import counted_items
from kaohe.documents.results.model import Frame, Label, Part, is_scored
from kaohe.documents.results.parts import make_parts
from kaohe.documents.results.sums import NOTHING, Lines, Sums, step_of, sums_of
from kaohe.documents.results.tree import grown
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult
from kaohe.records.rules import Rule
from kaohe.records.scheme import Scheme
from kaohe.scoring.lookup import lookup_of
from kaohe.scoring.rules import rules_at


def frame_of(edition: Edition) -> Frame:
    """The frame of an edition; objects of the roster without a result stand at the end as 不参评 (or 未报)."""
    scheme, clock = edition.scheme, edition.when.clock
    rules = rules_at(scheme, clock)
    adjustments = tuple(item for item in scheme.adjustments_at(clock) if item.nature in ("加分", "减分"))
    objects = all_objects(edition)
    apart = _only_under_rules(scheme, clock, objects)
    rows = _in_order(edition, [each for each in objects if each.unit_class not in apart])
    present = {each.unit_class for each in rows}
    classes = tuple(each for each in scheme.classes if each.code in present)
    lookup = lookup_of(scheme, clock, edition.roster, edition.shared)
    made = make_parts(scheme, clock, classes, rows, rules, adjustments, lookup)
    nodes = [(block.code, tuple(leaf.code for leaf in block.leaves)) for part in made.parts for block in part.blocks]
    sums = {each.code: sums_of(edition, each, nodes) if is_scored(each) else NOTHING for each in rows}
    return Frame(
        edition,
        clock,
        rows,
        _in_order(edition, [each for each in objects if each.unit_class in apart]),
        classes,
        edition.outcome.fields,
        made.parts,
        made.surveys,
        made.lives,
        rules,
        _labels(scheme, read_rules(scheme, clock)),
        tuple(b for b in scheme.grades if b.used_for == "总评" and (not b.clocks or clock in b.clocks)),
        adjustments,
        counted_items(adjustments, rows, edition.ledger),
        made.trees,
        _with_trees(sums, made.parts, rows, scheme),
        lookup,
    )


def _only_under_rules(scheme: Scheme, clock: Clock, objects: Sequence[ObjectResult]) -> frozenset[str]:
    """Classes without any score, that only rules speak of (persons, for instance), where other classes have one."""
    found = {(each.unit_class, part.code) for each in objects for part in each.components if part.score is not None}

    def scores(unit_class: str) -> bool:
        lines = {line.component for line in scheme.indicators_for(clock, unit_class) if line.is_leaf}
        parts = scheme.components_for(clock, unit_class)
        return any(part.counted or part.code in lines or (unit_class, part.code) in found for part in parts)

    without = frozenset(each.code for each in scheme.classes if not scores(each.code))
    return without if len(without) < len(scheme.classes) else frozenset()


def _in_order(edition: Edition, objects: list[ObjectResult]) -> tuple[ObjectResult, ...]:
    """Field by field, in each by rank; those without a place behind."""
    order = {field.field: number for number, field in enumerate(edition.outcome.fields)}
    codes = [each.code for each in edition.scheme.classes]
    place = {each.code: number for number, each in enumerate(objects)}

    def position(each: ObjectResult) -> tuple[int, int, int, int, Fraction, int]:
        unit_class = codes.index(each.unit_class) if each.unit_class in codes else len(codes)
        return (
            order.get(each.field, len(order)),
            0 if each.field in order else unit_class,
            each.rank or len(objects) + 1,
            _last_of_all(each),
            -(each.total or Fraction(0)),
            place[each.code],
        )

    return tuple(sorted(objects, key=position))


def _with_trees(
    sums: dict[str, Sums], parts: tuple[Part, ...], objects: tuple[ObjectResult, ...], scheme: Scheme
) -> dict[str, Sums]:
    """The sums with the marks of every line of the components that are trees."""
    trees = [part for part in parts if part.kind == "tree"]
    if not trees:
        return sums
    by_parent, step = scheme.settings.rescale_at == "直接上级", step_of(scheme.settings)
    found = dict(sums)
    for each in objects:
        lines: Lines = {}
        for part in trees:
            mine = {code: leaf for code, leaf in sums[each.code].leaves.items() if leaf.component == part.code}
            lines |= grown(part.twigs, mine, each.unit_class, by_parent, step)
        found[each.code] = sums[each.code]._replace(lines=lines)
    return found


def _last_of_all(each: ObjectResult) -> int:
    """Scored objects first, withheld ones next, those that take no part last."""
    return 2 if each.status == "不参评" else int(each.total is None)


def all_objects(edition: Edition) -> tuple[ObjectResult, ...]:
    """Every object: those of the outcome, and the roster's units and persons with a class that it does not name."""
    known = {each.code for each in edition.outcome.objects}
    units = (
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
    persons = (
        ObjectResult(each.code, each.name, "", each.person_class, "", "人员", "未报", eligible="待定")
        for each in edition.roster.persons
        if each.person_class and each.code not in known
    )
    return (*edition.outcome.objects, *units, *persons)


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
