"""The cards of the board: both ends of the field with reason and consequence, the units that a threshold hit, the fields side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest

import msgspec

from kaohe.core.exact import HUNDRED, ZERO
from kaohe.documents.board.detail import person_tells, tells
from kaohe.documents.board.rules import (
    Board,
    BoardRules,
    Side,
    Threshold,
    classes_words,
    consequence_words,
    consequences_shown,
    figure_value,
    fired,
    place_words,
    threshold_label,
)
from kaohe.documents.board.views import FieldView, Move, movement, undecided_words, unit_anchor
from kaohe.documents.lost_marks import Lost, counted_in_total, lost_by, total_of
from kaohe.documents.printed import CLOCK_WORDS, listed, marks, number
from kaohe.records.by_class import of_class
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Component

NAMED_REASONS = 2
MOST_NAMES = 6
SHORT_LABEL = 4  # characters of a class's label that stand before the place; longer ones stand below it


class Entry(msgspec.Struct, frozen=True):
    """One unit on a board."""

    unit: str
    name: str
    place: str
    of: str
    total: str
    before: str
    move: Move
    consequences: tuple[str, ...]
    lead: str
    reasons: tuple[str, ...]


class Card(msgspec.Struct, frozen=True):
    """One board. `kept_back` says, per incomplete field, why nobody is named."""

    name: str
    side: Side
    caption: str
    entries: tuple[Entry, ...]
    kept_back: tuple[str, ...]


class HitUnit(msgspec.Struct, frozen=True):
    """One unit beyond a threshold, with a note where its total alone would not show it."""

    unit: str
    name: str
    value: str
    note: str


class HitBox(msgspec.Struct, frozen=True):
    """A threshold that was hit: whom, and what follows."""

    label: str
    units: tuple[HitUnit, ...]
    follows: str


class BoardLine(msgspec.Struct, frozen=True):
    """A component's own board: per class who is on it, with the score."""

    name: str
    side: Side
    entries: tuple[str, ...]


class ComponentCard(msgspec.Struct, frozen=True):
    """One of the fields side by side: the figure that says most of it, further ones, whether it counts, its own boards."""

    name: str
    figure: str
    facts: tuple[str, ...]
    counts: str
    boards: tuple[BoardLine, ...]


def board_pairs(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[tuple[Card, ...], ...]:
    """The boards of the total, each front board beside a back board."""
    fronts, backs = ([_card(board, edition, views) for board in rules.main(side)] for side in _SIDES)
    return tuple(tuple(card for card in pair if card) for pair in zip_longest(fronts, backs))


def hit_boxes(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[HitBox, ...]:
    """The thresholds that hit somebody; own figures, so they stand although a field may be incomplete."""
    boxes = []
    for threshold in rules.thresholds:
        hit = [
            (each, [c for c in fired(each, threshold.rules) if c in consequences_shown(each)])
            for view in views
            for each in view.objects
            if tells(edition, each, "名次")
        ]
        hit = [(each, found) for each, found in hit if found]
        if hit:
            follows = "、".join(dict.fromkeys(consequence_words(c) for _, found in hit for c in found))
            clauses = "、".join(dict.fromkeys(c.clause for _, found in hit for c in found if c.clause))
            absent = _without_boards(threshold, edition, rules)
            pending = [view for view in views if view.undecided and {*view.field.classes} & {*threshold.classes}]
            absent += "".join(f"；另有{undecided_words(view)}未定" for view in pending)
            boxes.append(
                HitBox(
                    label=threshold_label(threshold, edition.scheme),
                    units=tuple(_hit_unit(each, threshold, edition) for each, _ in hit),
                    follows=f"{'各' if len(hit) > 1 else ''}{follows}"
                    + (f"（{clauses}）" if clauses else "")
                    + absent
                    + "。",
                )
            )
    return tuple(boxes)


def component_cards(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[ComponentCard, ...]:
    """Top-level components of these fields side by side; none where there is only one."""
    live = edition.scheme.components_at(edition.when.clock)
    codes = {code for view in views for code in view.field.classes}
    mine = {part.code for code in codes for part in edition.scheme.components_for(edition.when.clock, code)}
    tops = [each for each in live if not each.parent and each.code in mine]
    if len(tops) < 2 or (all(view.has_persons for view in views) and not person_tells(edition, "名次")):
        return ()
    lost = {each.code: lost_by(each, edition.scheme) for view in views for each in view.scored}
    return tuple(_component_card(each, live, edition, views, rules, lost) for each in tops)


def components_title(edition: Edition) -> str:
    """领域 where one has a score of its own, 构成 where all are parts of the total."""
    live = [each for each in edition.scheme.components_at(edition.when.clock) if not each.parent]
    return "领域" if any(not each.counted for each in live) else "构成"


_SIDES: tuple[Side, Side] = ("front", "back")


def _card(board: Board, edition: Edition, views: Sequence[FieldView]) -> Card:
    entries, kept_back = [], []
    for view in views:
        if not set(view.field.classes) & set(board.classes):
            continue
        if not view.field.complete:
            kept_back.append(f"{view.label}暂不列名：{undecided_words(view)}未定，名次为暂定。")
            continue
        entries += [_entry(each, board, view, edition, len(views) == 1) for each in view.scored if _is_on(each, board)]
    where = classes_words(edition.scheme, board.classes) or "各类"
    places = "、".join(dict.fromkeys(place_words(rule) for rule in board.rules))
    return Card(
        board.name, board.side, f"{where}{'各' if len(views) > 1 else ''}取{places}", tuple(entries), tuple(kept_back)
    )


def _entry(result: ObjectResult, board: Board, view: FieldView, edition: Edition, alone: bool) -> Entry:
    places = edition.scheme.settings.places
    words = CLOCK_WORDS[edition.when.clock]
    items = counted_in_total(lost_by(result, edition.scheme))
    costly = [each for each in items if each.marks > 0]
    lead = f"失分{'仅' if board.side == 'front' and len(costly) <= NAMED_REASONS else ''}{len(costly)}项"
    lead += "：" if len(costly) <= NAMED_REASONS else "，主要是："
    before = f"{words.last}第{result.previous_rank}" if result.previous_rank is not None else ""
    consequences = [consequence_words(each) for each in consequences_shown(result)]
    ranked, marked = tells(edition, result, "名次"), tells(edition, result, "得分")
    label = "" if alone else view.label
    short = label if len(label) <= SHORT_LABEL else ""
    return Entry(
        unit=unit_anchor(edition, result.code),
        name=result.name,
        place=f"{short}{'并列' if result.shared else ''}{_place(result)}" if ranked else view.label,
        of=f"{'' if short else label} {result.rank} / {result.field_size}".strip() if ranked else "",
        total=marks(result.total or ZERO, places) if ranked else "",
        before=before if ranked else "",
        move=movement(result),
        consequences=tuple(dict.fromkeys(consequences)),
        lead=(lead if costly else "没有失分") if marked else "",
        reasons=tuple(f"{each.name}（{marks(-each.marks, places)}）" for each in costly[:NAMED_REASONS] if marked),
    )


def _place(result: ObjectResult) -> str:
    if result.rank == 1:
        return "第一"
    return "末位" if result.rank_last == 1 else f"第{result.rank}"


def _is_on(result: ObjectResult, board: Board) -> bool:
    return board.name in result.boards and bool(fired(result, board.rules))


def _hit_unit(result: ObjectResult, threshold: Threshold, edition: Edition) -> HitUnit:
    places = edition.scheme.settings.places
    value = figure_value(threshold.condition.object, result)
    note = ""
    if threshold.reads("基础分") and result.total is not None and result.bonus > 0 and not threshold.hits(result.total):
        note = f"含加分{marks(result.bonus, places)}后总分{marks(result.total, places)}，仍按基础分认定"
    return HitUnit(
        unit_anchor(edition, result.code),
        result.short or result.name,
        marks(value, places) if value is not None else "",
        note,
    )


def _without_boards(threshold: Threshold, edition: Edition, rules: BoardRules) -> str:
    boards = [*rules.main("front"), *rules.main("back")]
    if not boards or any(set(board.classes) & set(threshold.classes) for board in boards):
        return ""
    return f"；{classes_words(edition.scheme, threshold.classes)}不设{'、'.join(board.name for board in boards)}"


def _component_card(
    top: Component,
    live: Sequence[Component],
    edition: Edition,
    views: Sequence[FieldView],
    rules: BoardRules,
    lost: dict[str, tuple[Lost, ...]],
) -> ComponentCard:
    places = edition.scheme.settings.places
    codes = _below(top.code, live)
    scored = [each for view in views for each in view.scored]
    items = [item for each in scored for item in lost[each.code] if item.component in codes]
    scores = [found.score for each in scored if (found := each.component(top.code)) and found.score is not None]
    mean = f"均分{marks(sum(scores, Fraction(0)) / len(scores), places)}" if scores else ""
    facts = _facts(top, scored, codes, places)
    of_lines = any(each.origin == "指标评分" for each in live if each.code in codes)
    if of_lines:
        facts = (f"共失{marks(total_of(items), places)}分", mean, *facts)
    return ComponentCard(
        name=top.name,
        figure=f"{len(items)}项失分" if of_lines else mean or "没有得分",
        facts=tuple(fact for fact in facts if fact),
        counts="计入总分" + _weights(top, views) if top.counted else "单独计分，不计入总分",
        boards=tuple(_board_line(board, edition, views) for board in rules.of_component(top.code)),
    )


def _weights(top: Component, views: Sequence[FieldView]) -> str:
    """，占20%, 20–30%; "" where it is the whole total."""
    codes = [code for view in views for code in view.field.classes]
    found = sorted({weight for code in codes if (weight := of_class(top.weight, code)) is not None})
    if not found or found == [HUNDRED]:
        return ""
    return f"，占{number(found[0])}%" if len(found) == 1 else f"，占{number(found[0])}%至{number(found[-1])}%"


def _facts(top: Component, scored: Sequence[ObjectResult], codes: set[str], places: int) -> tuple[str, ...]:
    """What a component is made of, in numbers: entries with what they brought and cost, ballots that came back."""
    entries = [entry.points for each in scored for entry in each.daily if entry.component in codes]
    mine = [each for each in scored if each.component(top.code) is not None]
    ratings = [rating for each in mine if (rating := each.rating(top.taken_from)) and top.origin == "评价"]
    found = []
    if entries:
        up, down = (sum((one for one in entries if (one > 0) == sign), ZERO) for sign in (True, False))
        found.append(f"记录{len(entries)}条，加{marks(up, places)}分、减{marks(-down, places)}分")
    due = sum(rating.due for rating in ratings)
    returned, void = sum(rating.returned for rating in ratings), sum(rating.void for rating in ratings)
    if due or returned:
        found.append((f"应评{due}票，" if due else "") + f"交回{returned}票，作废{void}票")
    return tuple(found)


def _board_line(board: Board, edition: Edition, views: Sequence[FieldView]) -> BoardLine:
    places = edition.scheme.settings.places
    entries = []
    for view in views:
        if not set(view.field.classes) & set(board.classes):
            continue
        if not view.field.complete:
            entries.append(f"{view.label}：暂定，不列名")
            continue
        on = [each for each in view.scored if _is_on(each, board)]
        scores = {found.score for each in on if (found := each.component(board.component)) and found.score is not None}
        if on:
            score = f"（{'、'.join(marks(each, places) for each in sorted(scores, reverse=True))}）" if scores else ""
            entries.append(f"{view.label}：{listed([each.short or each.name for each in on], MOST_NAMES)}{score}")
    return BoardLine(board.name, board.side, tuple(entries) or ("无",))


def _below(code: str, live: Sequence[Component]) -> set[str]:
    found = {code}
    while more := {each.code for each in live if each.parent in found} - found:
        found |= more
    return found
