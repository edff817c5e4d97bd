"""The lines behind one object's total: every lost mark with reason, clause, evidence and source cell, entries, bonuses; and how they add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import ZERO, round_half_up
from kaohe.documents.board.detail import tells
from kaohe.documents.board.parts import entry_lines
from kaohe.documents.lost_marks import Lost, counted_in_total, total_of
from kaohe.documents.printed import marks, number, signed
from kaohe.documents.workings import by_line, working
from kaohe.records.edition import Edition
from kaohe.records.figures import Working
from kaohe.records.results import ObjectResult


class Line(msgspec.Struct, frozen=True):
    """One reason: what, where it stands in the scheme, the fact, the evidence, the file and cell it came from, the marks with sign and how
    often (2×0.30); how many others of the field had the same; a word beside it (复发)."""

    name: str
    place: str
    fact: str
    marks: str
    outside: bool
    clause: str = ""
    evidence: str = ""
    file: str = ""
    cell: str = ""
    count: str = ""
    others: str = ""
    tag: str = ""


def unit_lines(
    result: ObjectResult, items: Sequence[Lost], had: dict[str, set[str]], before: set[str], edition: Edition
) -> tuple[Line, ...]:
    """All lines: what counts, the heaviest first, what does not, entries, bonuses and penalties.

    `had`: kind of problem → objects of the field that have it; `before`: kinds that this object had in the last period.
    """
    places, full = edition.scheme.settings.places, tells(edition, result, "全部")
    ordered = (*counted_in_total(items), *(each for each in items if not each.counted))
    workings = by_line(edition, result) if full and any(not each.problem_id for each in ordered) else {}
    lines = [_line(_worked(each, workings, edition), result, had, before, full, edition) for each in ordered]
    lines += [
        Line(each.name if full else "日常积分", each.place, "", each.points, False)
        for each in entry_lines(result, edition)
    ]
    lines += [
        Line(
            (each.matter if full else "") or each.name,
            f"{each.nature} · {each.name}",
            each.why if full else "",
            signed((-1 if each.nature == "减分" else 1) * each.counted, places),
            False,
        )
        for each in result.adjustments
        if each.counted or each.why
    ]
    return tuple(lines)


def closes(result: ObjectResult, items: Sequence[Lost], edition: Edition) -> bool:
    """Whether 100 − lost + bonus − penalty is the total, so that the lines explain it wholly."""
    settings = edition.scheme.settings
    if result.total is None or result.base is None:
        return False
    lost = total_of([item for item in items if item.counted])
    return round_half_up(settings.full_scale - lost + result.bonus - result.penalty, settings.places) == result.total


def sum_words(result: ObjectResult, items: Sequence[Lost], edition: Edition) -> str:
    """满分100.00 −失分3.15 ＋加分0.20 ＝总分97.05 where it really closes; else from the base score; "" where neither does."""
    if result.total is None or result.base is None:
        return ""
    places = edition.scheme.settings.places
    plus = [f"＋加分{marks(result.bonus, places)}"] if result.bonus else []
    minus = [f"−减分{marks(result.penalty, places)}"] if result.penalty else []
    end = [f"＝总分{marks(result.total, places)}"]
    if closes(result, items, edition):
        lost = total_of([item for item in items if item.counted])
        full = marks(edition.scheme.settings.full_scale, places)
        exact = ["（按精确值计算，只在最后取整）"] if round_half_up(lost, places) != lost else []
        return " ".join([f"满分{full}", f"−失分{marks(lost, places)}", *plus, *minus, *end, *exact])
    if round_half_up(result.base + result.bonus - result.penalty, places) != result.total:
        return ""
    away = any(not leaf.applicable for leaf in result.leaves)
    how = "失分按各行满分计，有不适用的行，折算后" if away else "失分按各行满分计，按权重折算后" if items else ""
    return " ".join([f"{how}基础分{marks(result.base, places)}", *plus, *minus, *end])


def _worked(item: Lost, workings: Mapping[str, Working], edition: Edition) -> Lost:
    """A line that lost marks without a problem says what was typed and how that was counted."""
    line, how = edition.scheme.lines.get(item.indicator), workings.get(item.indicator)
    if item.case or item.problem_id or line is None or how is None:
        return item
    return msgspec.structs.replace(item, fact=working(line.method, how))


def _line(
    item: Lost, result: ObjectResult, had: dict[str, set[str]], before: set[str], full: bool, edition: Edition
) -> Line:
    places = edition.scheme.settings.places
    component = next((each.name for each in edition.scheme.components if each.code == item.component), "")
    place = [f"{item.indicator} {item.indicator_name}".strip(), component if not item.counted else ""]
    problem = edition.ledger.get(item.problem_id) if item.problem_id else None
    others = had.get(item.kind, set()) - {result.code} if item.kind else None
    one = item.marks / item.count if item.count else ZERO
    return Line(
        name=item.name,
        place=" · ".join(part for part in place if part),
        fact=item.fact if full and item.fact != item.name else "",
        marks=marks(-item.marks, places) if item.marks else "不扣分",
        outside=not item.counted,
        clause=item.clause,
        evidence=item.evidence if full else "",
        file=item.source.file.rpartition("/")[2] if full and item.source else "",
        cell=f"{item.source.sheet}!{item.source.cell}" if full and item.source and item.source.cell else "",
        count=f"{number(item.count)}×{marks(one, places)}" if _several(item.count, one, places) else "",
        others=f"{len(others)}个" if others is not None else "",
        tag="复发" if problem and problem.relapse_of else "上期也有" if item.kind in before else "",
    )


def _several(count: Fraction, one: Fraction, places: int) -> bool:
    return count > 1 and count.denominator == 1 and one > 0 and round_half_up(one, places) == one
