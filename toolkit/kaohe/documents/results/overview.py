"""Grades at a glance for the first sheet of a scheme without boards: a row a field, how many objects have each grade, mean, and shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kaohe.core.exact import fixed, plain
from kaohe.documents import book_styles as looks
from kaohe.documents.results.grid import literal
from kaohe.documents.results.model import Frame, is_graded
from kaohe.documents.results.values import counts
from kaohe.records.books import Conditional, Style, Value
from kaohe.records.results import FieldResult

MOST_GRADES = 7  # columns of the page that are left beside name, number and mean


class Shown(NamedTuple):
    """A cell of the overview: column, value, style, formula ("" = a plain value); `field` in a formula stands for the field's cell."""

    column: int
    value: Value
    style: Style
    formula: str = ""


def is_without_boards(frame: Frame) -> bool:
    """Whether the first sheet shows grades instead of boards."""
    return bool(frame.bands and frame.counted) and not any(label.board for label in frame.labels)


def grades_of(frame: Frame) -> tuple[str, ...]:
    """The names of all grades, best first, as far as the page has columns."""
    return tuple(dict.fromkeys(band.name for band in frame.bands))[:MOST_GRADES]


def heads(frame: Frame) -> tuple[Shown, ...]:
    """The header."""
    words = ("排名组", "", "家数", "均分", *grades_of(frame), "未评")
    return tuple(Shown(column, word, looks.HEAD) for column, word in enumerate(words, 1))


def row_of(frame: Frame, field: FieldResult, title: str, cell: str) -> tuple[Shown, ...]:
    """One field: how many are in N, their mean, how many have each grade, how many have none yet. `cell` holds the field's code."""
    members = [each for each in frame.objects if each.field == field.field]
    graded = Counter(each.grade for each in members if is_graded(each) and counts(each))
    size = sum(counts(each) for each in members)
    mean = "" if field.mean is None else fixed(field.mean, frame.places)
    same, places = f"数据_组,{cell},数据_家数,1", literal(looks.decimals(frame.places))
    average = f"ROUND(ROUND(AVERAGEIFS(结果_精确总分,数据_组,{cell},数据_排名,1),净位),小数位)"
    grades = grades_of(frame)
    found = [
        Shown(1, title, replace(looks.TEXT, bold=True, border="")),
        Shown(3, size, looks.CENTRE, f"=COUNTIFS({same})"),
        Shown(4, mean, looks.CENTRE, f'=IFERROR(TEXT({average},{places}),"")'),
    ]
    own = {band.name for band in frame.bands if not band.classes or {*band.classes} & {*field.classes}}
    for column, grade in enumerate(grades, 5):
        formula = f"=COUNTIFS({same},结果_等次,{literal(grade)})"
        found.append(
            Shown(column, graded[grade], looks.CENTRE, formula) if grade in own else Shown(column, None, looks.CENTRE)
        )
    rest = "".join(f"-COUNTIFS({same},结果_等次,{literal(grade)})" for grade in grades)
    found.append(
        Shown(5 + len(grades), size - sum(graded[g] for g in grades), looks.CENTRE, f"=COUNTIFS({same}){rest}")
    )
    return tuple(found)


def shares_words(frame: Frame) -> str:
    """优秀不超过30%、较差不少于10%: the shares of the grades, with their classes where those differ; "" without any."""
    names = {each.code: each.name for each in frame.scheme.classes}
    found: dict[tuple[str, str], list[str]] = {}
    for band in frame.bands:
        for share, words in ((band.share, "不超过"), (band.floor_share, "及以下不少于")):
            if share is not None:
                own = [names.get(code, code) for code in band.classes]
                found.setdefault((f"{band.name}{words}", plain(share)), []).extend(own)
    several = {word for word, _ in found if sum(other == word for other, _ in found) > 1}
    told = (
        f"{word}{share}%" + (f"（{'、'.join(classes)}）" if word in several and classes else "")
        for (word, share), classes in found.items()
    )
    return "、".join(told)


def grade_conditionals(frame: Frame, area: str) -> tuple[Conditional, ...]:
    """How a grade looks: the best filled, the lowest outlined, in form as well as colour."""
    cell = f"${area.split(':')[0]}"
    by_class = [[b.name for b in frame.bands if not b.classes or each.code in b.classes] for each in frame.classes]
    ends: tuple[tuple[Callable[[Sequence[str]], str], Style], ...] = (
        (lambda names: names[0], Style(bold=True, colour="FFFFFF", fill=looks.RED)),
        (lambda names: names[-1], Style(bold=True, colour=looks.BLUE, border=looks.BLUE)),
    )
    return tuple(
        Conditional(area, f"=OR({','.join(f'{cell}={literal(name)}' for name in found)})", style)
        for pick, style in ends
        if (found := dict.fromkeys(pick(names) for names in by_class if len(names) > 1))
    )
