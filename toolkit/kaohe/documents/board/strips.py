"""The strips of the board: which figure each field is drawn on, its marks, its threshold, and the sentence beside it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.documents.board.detail import person_tells
from kaohe.documents.board.rules import (
    BoardRules,
    Threshold,
    consequence_short,
    consequences_shown,
    figure_value,
    limit_words,
)
from kaohe.documents.board.strip import NARROW, WIDE, Drawing, Limit, Mark, Point, Scale, draw, scale_over
from kaohe.documents.board.views import FieldView, limits_for, object_word, side_of_unit
from kaohe.documents.printed import marks
from kaohe.records.edition import Edition

MOST_DOTS = 400  # of one field; with more one dot stands for several units


class StripView(msgspec.Struct, frozen=True):
    """One line of the strips: its label, what is drawn, and the sentence that a screen reader says."""

    label: str
    title: str
    note: str
    drawing: Drawing
    words: str


def strips(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[StripView, ...]:
    """The wide strips, one a field, the axis's figures under the last."""
    views = [view for view in views if not view.has_persons or person_tells(edition, "名次")]
    scale = common_scale(edition, views, rules)
    drawn = [strip_of(view, rules, scale, edition, last=view is views[-1]) for view in views]
    return tuple(strip for strip in drawn if strip)


def common_scale(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> Scale | None:
    """The axis that all strips share."""
    values, limits = [], []
    for view in views:
        figure, limit = _drawn_figure(view, rules)
        values += [value for each in view.scored if (value := figure_value(figure, each)) is not None]
        limits += [limit.value] if limit else []
    return scale_over(values, limits)


def strip_of(
    view: FieldView, rules: BoardRules, scale: Scale | None, edition: Edition, narrow: bool = False, last: bool = True
) -> StripView | None:
    """One field drawn on the common axis; None without a value."""
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
    # 不定等次 is drawn, and stays out of the mean as it stays out of the field.
    apart = {each.code for each in view.scored if each.status == "不定等次"}
    ranked = [point.value for point in points if point.code not in apart] or [point.value for point in points]
    mean = sum(ranked, Fraction(0)) / len(ranked)
    if figure == "总分" and view.field.mean is not None:
        mean = view.field.mean  # of the exact totals, as in the class table and in the notices
    limit = _limit(threshold, points, view, edition) if threshold else None
    shown = _thinned(points, units_per_dot([view]))
    drawing = draw(shown, scale, NARROW if narrow else WIDE, places, mean, limit, last)
    lowest, highest = (pick(points, key=lambda point: point.value) for pick in (min, max))
    words = [
        f"{view.label}{len(points)}个{object_word(view)}的{figure}：最高{highest.name}{marks(highest.value, places)}",
        f"最低{lowest.name}{marks(lowest.value, places)}，均值{marks(mean, places)}",
    ]
    words += [f"{point.name}上{point.board}" for point in points if point.board]
    words += [limit.words] if limit else []
    note = f"{figure}，均值{marks(mean, places)}"
    return StripView(view.label, view.title, note, drawing, "；".join(words) + "。")


def units_per_dot(views: Sequence[FieldView]) -> int:
    """How many units a dot stands for in the largest of these fields."""
    return max((-(-len(view.scored) // MOST_DOTS) for view in views), default=1) or 1


def _thinned(points: Sequence[Point], each: int) -> Sequence[Point]:
    """Every so many-th point by value, with the first, the last and those on a board: they keep their dots and labels."""
    if each == 1:
        return points
    ordered = sorted(points, key=lambda point: point.value)
    ends = (0, len(ordered) - 1)
    return [point for at, point in enumerate(ordered) if at % each == 0 or at in ends or point.board]


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
        for limit in limits_for(view, rules):
            if limit.reads(figure):
                return figure, limit
    return "总分", None
