"""The fields of the board: what they are called, who is undecided in them, their table rows and their strips."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import round_half_up
from kaohe.documents.board_rules import (
    BoardRules,
    Side,
    Threshold,
    consequence_short,
    consequences_shown,
    figure_value,
    limit_words,
)
from kaohe.documents.printed import CLOCK_WORDS, class_label, class_title, counted, marks, signed
from kaohe.documents.sparklines import Sparkline, history_of, sparkline
from kaohe.documents.strips import NARROW, WIDE, Drawing, Limit, Mark, Point, Scale, draw, scale_over
from kaohe.records.edition import Edition
from kaohe.records.results import FieldResult, ObjectResult

WITHHELD = ("存疑", "未报")
_SAFE = re.compile(r"[A-Za-z0-9_-]+")


class FieldView(msgspec.Struct, frozen=True):
    """A field with its words: label (Ⅰ类), title (县区公司党总支), one-letter short label, its objects best first, the undecided ones."""

    field: FieldResult
    label: str
    title: str
    brief: str
    anchor: str
    objects: tuple[ObjectResult, ...]
    undecided: tuple[ObjectResult, ...]

    @property
    def scored(self) -> tuple[ObjectResult, ...]:
        """Objects with a total."""
        return tuple(each for each in self.objects if each.total is not None)


class Tag(msgspec.Struct, frozen=True):
    """A board's label beside a name."""

    name: str
    side: Side


class Move(msgspec.Struct, frozen=True):
    """A change of rank: sign ▲, ▼ or "", and its words for a screen reader."""

    sign: str
    text: str
    spoken: str


class Row(msgspec.Struct, frozen=True):
    """One unit of a class table. `base_hit`: the base score brought a consequence. `state` "" = scored."""

    unit: str
    name: str
    full_name: str
    rank: str
    shared: bool
    tags: tuple[Tag, ...]
    base: str
    base_hit: bool
    total: str
    grade: str
    move: Move
    change: str
    spark: Sparkline | None
    side: str
    short: tuple[str, ...]
    hit: bool
    state: str


class FieldTable(msgspec.Struct, frozen=True):
    """One class table: caption parts, which columns it has, its rows."""

    anchor: str
    label: str
    title: str
    caption: str
    has_base: bool
    has_grade: bool
    has_before: bool
    spark_head: str
    provisional: bool
    rows: tuple[Row, ...]
    narrow: Drawing | None
    narrow_words: str


class StripView(msgspec.Struct, frozen=True):
    """One line of the strips: its label, what is drawn, and the sentence that a screen reader says."""

    label: str
    title: str
    note: str
    drawing: Drawing
    words: str


def unit_anchor(edition: Edition, code: str) -> str:
    """The id of a unit's own lines on the page: its code, or its place in the outcome where the code is no plain word."""
    if _SAFE.fullmatch(code):
        return f"u-{code}"
    return f"u-n{next(n for n, each in enumerate(edition.outcome.objects, 1) if each.code == code)}"


def field_views(edition: Edition) -> tuple[FieldView, ...]:
    """All fields in their order."""
    views = []
    for index, field in enumerate(edition.outcome.fields, 1):
        members = [each for each in edition.outcome.objects if each.field == field.field and each.status != "不参评"]
        classes = [each for each in edition.scheme.classes if each.code in field.classes]
        only = classes[0] if len(classes) == 1 else None
        label = class_label(only) if only else field.name
        views.append(
            FieldView(
                field=field,
                label=label,
                title=class_title(only) if only else "",
                brief=only.code if only and len(only.code) == 1 else label,
                anchor=f"f-{index}",
                objects=tuple(sorted(members, key=_order)),
                undecided=tuple(each for each in members if each.status in WITHHELD),
            )
        )
    return tuple(views)


def undecided_words(view: FieldView) -> str:
    """石桥公司（存疑）、云口公司（未报）."""
    return "、".join(f"{each.short or each.name}（{each.status}）" for each in view.undecided)


def movement(result: ObjectResult) -> Move:
    """How the rank moved against the previous period; "—" where it had none."""
    if result.rank is None or result.previous_rank is None:
        return Move("", "—", "上期无名次")
    steps = result.previous_rank - result.rank
    if not steps:
        return Move("", "持平", "名次持平")
    return Move("▲" if steps > 0 else "▼", str(abs(steps)), "上升" if steps > 0 else "下降")


def side_of_unit(result: ObjectResult, rules: BoardRules, complete: bool) -> tuple[Tag, ...]:
    """The boards of the total that a unit is on; none while its field is incomplete."""
    if not complete:
        return ()
    found = []
    for side in ("front", "back"):
        for board in rules.main(side):  # type: ignore[arg-type]
            numbers = {rule.number for rule in board.rules}
            if board.name in result.boards and any(each.rule in numbers for each in result.consequences):
                found.append(Tag(board.name, board.side))
    return tuple(found)


def field_tables(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[FieldTable, ...]:
    """The class tables: the same columns in all, the base score only where a rule reads it."""
    words = CLOCK_WORDS[edition.when.clock]
    places = edition.scheme.settings.places
    scale = common_scale(edition, views, rules)
    tables = []
    for view in views:
        limits = _limits_for(view, rules)
        has_base = any(limit.reads("基础分") for limit in limits)
        history = history_of((*edition.earlier, edition.outcome), view.field.field)
        lines = {each.code: sparkline(history, each.code, places) for each in view.objects}
        before = edition.before.field_of(view.field.field) if edition.before else None
        caption = [f"{len(view.objects)}个{_object_word(view)}"]
        if view.field.mean is not None:
            caption.append(f"均分{marks(view.field.mean, places)}")
        if before and before.mean is not None:
            caption.append(f"{words.last}{marks(before.mean, places)}")
        strip = _strip(view, rules, scale, edition, narrow=True)
        tables.append(
            FieldTable(
                anchor=view.anchor,
                label=view.label,
                title=view.title,
                caption=" · ".join(caption),
                has_base=has_base,
                has_grade=any(each.grade for each in view.objects),
                has_before=any(each.previous_total is not None for each in view.objects),
                spark_head=f"近{counted(len(history.periods))}{words.unit}" if any(lines.values()) else "",
                provisional=not view.field.complete,
                rows=tuple(_row(each, view, edition, rules, lines[each.code], has_base) for each in view.objects),
                narrow=strip.drawing if strip else None,
                narrow_words=strip.words if strip else "",
            )
        )
    return tuple(tables)


def strips(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[StripView, ...]:
    """The wide strips, one a field, the axis's figures under the last."""
    scale = common_scale(edition, views, rules)
    drawn = [_strip(view, rules, scale, edition, last=view is views[-1]) for view in views]
    return tuple(strip for strip in drawn if strip)


def common_scale(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> Scale | None:
    """The axis that all strips share."""
    values, limits = [], []
    for view in views:
        figure, limit = _drawn_figure(view, rules)
        values += [value for each in view.scored if (value := figure_value(figure, each)) is not None]
        limits += [limit.value] if limit else []
    return scale_over(values, limits)


def _strip(
    view: FieldView, rules: BoardRules, scale: Scale | None, edition: Edition, narrow: bool = False, last: bool = True
) -> StripView | None:
    figure, threshold = _drawn_figure(view, rules)
    places = edition.scheme.settings.places
    points = []
    for each in view.scored:
        value = figure_value(figure, each)
        if value is not None:
            tags = side_of_unit(each, rules, view.field.complete)
            hit = bool(threshold and threshold.hits(value))
            mark: Mark = tags[0].side if tags else "hit" if hit else "plain"
            points.append(Point(each.code, each.short or each.name, value, mark, tags[0].name if tags else ""))
    if not points or scale is None:
        return None
    mean = sum((point.value for point in points), Fraction(0)) / len(points)
    limit = _limit(threshold, points, view, edition) if threshold else None
    drawing = draw(points, scale, NARROW if narrow else WIDE, places, mean, limit, last)
    lowest, highest = (pick(points, key=lambda point: point.value) for pick in (min, max))
    words = [
        f"{view.label}{len(points)}个{_object_word(view)}的{figure}：最高{highest.name}{marks(highest.value, places)}",
        f"最低{lowest.name}{marks(lowest.value, places)}，均值{marks(mean, places)}",
    ]
    words += [f"{point.name}上{point.board}" for point in points if point.board]
    words += [limit.words] if limit else []
    note = f"{figure}，均值{marks(mean, places)}"
    return StripView(view.label, view.title, note, drawing, "；".join(words) + "。")


def _limit(threshold: Threshold, points: Sequence[Point], view: FieldView, edition: Edition) -> Limit:
    hits = sum(threshold.hits(point.value) for point in points)
    what = limit_words(threshold, edition.scheme).removeprefix(threshold.condition.object)
    follows = " · ".join(
        dict.fromkeys(
            consequence_short(each)
            for result in view.scored
            for each in consequences_shown(result)
            if each.rule in {rule.number for rule in threshold.rules}
        )
    )
    words = f"{what}：{hits}个" + (f"，{follows}" if follows else "")
    exactly = any(point.value == threshold.value for point in points) and not threshold.hits(threshold.value)
    on_it = f"{marks(threshold.value, edition.scheme.settings.places)}不触发" if exactly else ""
    return Limit(threshold.value, words, f"{hits}个{what}", threshold.is_below, on_it)


def _drawn_figure(view: FieldView, rules: BoardRules) -> tuple[str, Threshold | None]:
    """The figure that a field's strip shows, and the threshold on it: the base score where a rule reads it, else the total."""
    for figure in ("基础分", "总分"):
        for limit in _limits_for(view, rules):
            if limit.reads(figure):
                return figure, limit
    return "总分", None


def _limits_for(view: FieldView, rules: BoardRules) -> list[Threshold]:
    return [each for each in rules.thresholds if set(view.field.classes) & set(each.classes)]


def _row(
    result: ObjectResult, view: FieldView, edition: Edition, rules: BoardRules, spark: Sparkline | None, has_base: bool
) -> Row:
    places = edition.scheme.settings.places
    tags = side_of_unit(result, rules, view.field.complete)
    shown = consequences_shown(result)
    numbers = {each.rule for each in shown}
    by_limit = [each for each in rules.thresholds if numbers & {rule.number for rule in each.rules}]
    change = ""
    if result.total is not None and result.previous_total is not None:
        change = signed(result.total - round_half_up(result.previous_total, places), places)
    return Row(
        unit=unit_anchor(edition, result.code),
        name=result.short or result.name,
        full_name=result.name,
        rank=str(result.rank) if result.rank is not None else "—",
        shared=result.shared and result.rank is not None,
        tags=tags,
        base=marks(result.base, places) if has_base and result.base is not None else "",
        base_hit=any(each.reads("基础分") for each in by_limit),
        total=marks(result.total, places) if result.total is not None else "",
        grade=result.grade,
        move=movement(result),
        change=change,
        spark=spark,
        side=tags[0].side if tags else "",
        short=tuple(dict.fromkeys(consequence_short(each) for each in shown)),
        hit=bool(by_limit or tags),
        state=result.status if result.status in (*WITHHELD, "不定等次") else "",
    )


def _order(result: ObjectResult) -> tuple[int, int]:
    if result.rank is not None:
        return (0, result.rank)
    return (1, 0) if result.total is not None else (2, 0)


def _object_word(view: FieldView) -> str:
    return "人员" if any(each.object == "人员" for each in view.objects) else "单位"
