"""The class tables of the board: the same columns in all, the base score only where a rule reads it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kaohe.core.exact import round_half_up
from kaohe.documents.board.detail import MOST_LINES, person_tells
from kaohe.documents.board.rules import BoardRules, consequence_short, consequences_shown
from kaohe.documents.board.sparklines import Sparkline, history_of, sparkline
from kaohe.documents.board.strip import Drawing
from kaohe.documents.board.strips import common_scale, strip_of
from kaohe.documents.board.views import (
    WITHHELD,
    FieldView,
    Move,
    Tag,
    limits_for,
    movement,
    object_measure,
    object_word,
    side_of_unit,
    unit_anchor,
)
from kaohe.documents.printed import CLOCK_WORDS, counted, marks, signed
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult


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


class GradeNames(msgspec.Struct, frozen=True):
    """Persons of one grade."""

    grade: str
    count: str
    names: tuple[str, ...]


class FieldTable(msgspec.Struct, frozen=True):
    """One class table: caption parts, which columns it has, its rows; or, where only grades may be told, `grades` instead of rows."""

    anchor: str
    label: str
    title: str
    caption: str
    unit_head: str
    has_base: bool
    has_grade: bool
    has_before: bool
    spark_head: str
    provisional: bool
    rows: tuple[Row, ...]
    narrow: Drawing | None
    narrow_words: str
    grades: tuple[GradeNames, ...] = ()


def field_tables(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[FieldTable, ...]:
    """The class tables: the same columns in all, the base score only where a rule reads it."""
    words = CLOCK_WORDS[edition.when.clock]
    places = edition.scheme.settings.places
    drawn_views = [view for view in views if not view.has_persons or person_tells(edition, "名次")]
    scale = common_scale(edition, drawn_views, rules)
    tables = []
    for view in views:
        if view.has_persons and not person_tells(edition, "名次"):
            tables += _grades_only(view, edition)
            continue
        limits = limits_for(view, rules)
        has_base = any(limit.reads("基础分") for limit in limits)
        history = history_of((*edition.earlier, edition.outcome), view.field.field)
        drawn = len(edition.outcome.objects) <= MOST_LINES
        lines = {each.code: sparkline(history, each.code, places) if drawn else None for each in view.objects}
        before = edition.before.field_of(view.field.field) if edition.before else None
        caption = [f"{len(view.objects)}{object_measure(view)}{object_word(view)}"]
        if view.field.mean is not None:
            caption.append(f"均分{marks(view.field.mean, places)}")
        if before and before.mean is not None:
            caption.append(f"{words.last}{marks(before.mean, places)}")
        strip = strip_of(view, rules, scale, edition, narrow=True)
        tables.append(
            FieldTable(
                anchor=view.anchor,
                label=view.label,
                title=view.title,
                caption=" · ".join(caption),
                unit_head="姓名" if view.has_persons else "单位",
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


def _grades_only(view: FieldView, edition: Edition) -> list[FieldTable]:
    """Persons by grade, in the order of the roster; nothing where nobody has a grade."""
    order = list(dict.fromkeys(band.name for band in edition.scheme.grades))
    found: dict[str, list[str]] = {}
    for each in edition.outcome.objects:
        if each.field == view.field.field and each.grade and each.status != "不参评":
            found.setdefault(each.grade, []).append(each.name)
    graded = sorted(found, key=lambda grade: order.index(grade) if grade in order else len(order))
    rows = tuple(
        GradeNames(grade, f"{len(found[grade])}{object_measure(view)}", tuple(found[grade])) for grade in graded
    )
    if not rows:
        return []
    caption = f"{len(view.objects)}{object_measure(view)}{object_word(view)}"
    return [
        FieldTable(
            anchor=view.anchor, label=view.label, title=view.title, caption=caption, unit_head="姓名", has_base=False,
            has_grade=True, has_before=False, spark_head="", provisional=not view.field.complete, rows=(), narrow=None,
            narrow_words="", grades=rows,
        )
    ]  # fmt: skip


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
