"""What a total is made of, for the drill-down of one object: its components with weight and source, dated entries, ratings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import add
from kaohe.core.periods import chinese_date
from kaohe.documents.nominations import WAY
from kaohe.documents.printed import marks, number, signed
from kaohe.documents.results.sums import derivation_of
from kaohe.records.edition import Edition
from kaohe.records.rated import RatingResult
from kaohe.records.results import ComponentResult, DailyResult, ObjectResult
from kaohe.records.scheme import Component


class PartLine(msgspec.Struct, frozen=True):
    """A component: name, weight in words, what it rests on, score, difference to the field's mean. `inner`: it is part of the one above."""

    name: str
    weight: str
    note: str
    score: str
    inner: bool
    against: str = ""


class EntryLine(msgspec.Struct, frozen=True):
    """A dated entry of 日常积分: what, when and by which clause, signed points."""

    name: str
    place: str
    points: str
    lost: bool


def part_means(scored: Sequence[ObjectResult], edition: Edition) -> dict[str, Fraction]:
    """By component the mean score of the objects that have one; nothing for a single object."""
    found: dict[str, list[Fraction]] = {}
    for each in scored:
        for part in each.components:
            if part.score is not None:
                found.setdefault(part.code, []).append(part.score)
    return {code: add(scores) / len(scores) for code, scores in found.items() if len(scores) > 1}


def part_lines(result: ObjectResult, edition: Edition, means: Mapping[str, Fraction]) -> tuple[PartLine, ...]:
    """The components that count, those below another one after it; () where one component of lines is the whole total."""
    counted = [each for each in result.components if each.counted and not each.parent]
    if not counted or (len(counted) == 1 and counted[0].origin in ("", "指标评分")):
        return ()
    known = {each.code: each for each in edition.scheme.components}
    return tuple(line for each in counted for line in _with_children(each, result, known, edition, means))


def _with_children(
    part: ComponentResult,
    result: ObjectResult,
    known: dict[str, Component],
    edition: Edition,
    means: Mapping[str, Fraction],
    inner: bool = False,
) -> Iterator[PartLine]:
    places = edition.scheme.settings.places
    yield PartLine(
        name=part.name,
        weight=f"{number(part.weight)}%" if part.weight is not None else "",
        note=_note(part, result, known.get(part.code), edition),
        score=marks(part.score, places) if part.score is not None else "不适用",
        inner=inner,
        against=signed(part.score - means[part.code], places) if part.score is not None and part.code in means else "",
    )
    for each in result.components:
        if each.parent == part.code and each.counted:
            yield from _with_children(each, result, known, edition, means, True)


def _note(part: ComponentResult, result: ObjectResult, component: Component | None, edition: Edition) -> str:
    """What the score rests on, in a few words."""
    if component is None or part.score is None:
        return ""
    if part.origin == "日常积分":
        count = sum(each.component == part.code for each in result.daily)
        return f"起始分{component.taken or '100'}，{f'记录{count}条' if count else '没有记录'}"
    if part.origin == "评价":
        rating = result.rating(component.taken_from)
        return rating_words(rating) if rating is not None else ""
    if part.origin == "任务清单":
        return f"任务{len(result.tasks)}项"
    how = derivation_of(result, f"构成基础:{part.code}") or derivation_of(result, f"构成:{part.code}")
    if how is None or part.origin in ("指标评分", "下级构成"):
        return ""
    return how.how if part.origin == "等次折算" else "、".join(f"{one.label} {one.shown}" for one in how.parts)


def rating_words(rating: RatingResult) -> str:
    """应评16票，有效14票，作废1票，等次好."""
    words = [f"应评{rating.due}票"] if rating.due else []
    words += [f"有效{rating.valid}票"] if rating.due or rating.returned else []
    words += [f"作废{rating.void}票"] if rating.void else []
    words += [f"等次{rating.grade}"] if rating.grade else []
    words += [rating.why] if rating.score is None and rating.why else []
    return "，".join(words)


def loose_ratings(result: ObjectResult, edition: Edition) -> tuple[PartLine, ...]:
    """Ratings that enter no component: they stand by themselves (and rules may read their grades)."""
    places = edition.scheme.settings.places
    used = {each.taken_from for each in edition.scheme.components if each.origin == "评价"}
    return tuple(
        PartLine(
            each.name, "", rating_words(each), marks(each.score, places) if each.score is not None else "无结果", False
        )
        for each in result.ratings
        if each.instrument not in used and not is_nomination(edition, each)
    )


def is_nomination(edition: Edition, rating: RatingResult) -> bool:
    """Whether a rating is a nomination, which only the restricted summary tells."""
    instrument = edition.scheme.instrument(rating.instrument)
    return instrument is not None and instrument.way == WAY


def entry_lines(result: ObjectResult, edition: Edition) -> tuple[EntryLine, ...]:
    """The dated entries, oldest first."""
    places = edition.scheme.settings.places
    names = {each.code: each.name for each in edition.scheme.components}
    return tuple(_entry(each, names, places) for each in sorted(result.daily, key=lambda each: (each.day, each.number)))


def _entry(each: DailyResult, names: dict[str, str], places: int) -> EntryLine:
    words = (names.get(each.component, ""), chinese_date(each.day), each.clause)
    return EntryLine(
        each.reason, " · ".join(word for word in words if word), signed(each.points, places), each.points < 0
    )


def totals_words(parts: Sequence[PartLine]) -> str:
    """What the rows of the components are called: 构成 with weights, 评价 where there are only ratings."""
    return "构成" if any(part.weight for part in parts) else "评价"
