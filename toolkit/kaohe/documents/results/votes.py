"""The sheet 得票: how often each option was chosen, or an object was nominated, one block an instrument; means and shares are formulas.

What stands here may be published: groups with few ballots are merged, and then no votes are shown, neither theirs nor those of all groups
together (`kaohe.scoring.disclosure`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.documents import book_styles as looks
from kaohe.documents.results.model import Frame, number
from kaohe.documents.results.paper import footer
from kaohe.records.ballots import NOMINATED
from kaohe.records.books import Cell, Print, Sheet, Value
from kaohe.records.rated import GroupRating, RatingResult
from kaohe.records.ratings import Dimension, Instrument, Option
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Scheme

VOTES = "得票"
WHOLE = "全部主体"
HIDDEN = "票数少，不单列"
_FIRST = 4
_HEAD = ("编码", "对象", "评价主体", "维度")
_WIDTHS = (9.0, 22.0, 22.0, 14.0)
_NOTE = (
    "按选项评的：均值＝Σ 系数 × 票数 ÷ 票数合计，占比＝票数 ÷ 票数合计；推荐：占比＝得票 ÷ 有效票。一张票同时属于几个主体的，在各主体中各计一次，"
    "在“全部主体”中只计一次。有效票太少的主体不单列，相应的合计也不列。"
)


def has_votes(frame: Frame) -> bool:
    """Whether an object was rated by options or nominated."""
    ways = {each.code: each.way for each in frame.scheme.instruments}
    everybody = (*frame.objects, *frame.bystanders)
    return any(ways.get(rating.instrument) != "分数" for each in everybody for rating in each.ratings)


def votes_sheet(frame: Frame) -> Sheet:
    """The sheet 得票, instrument by instrument in the order of the scheme."""
    cells: list[Cell] = [*looks.heading(f"得票　{frame.edition.when.title}　按选项评价和推荐", _NOTE)]
    heights: dict[int, float] = {1: 26.0}
    row, widest = _FIRST - 1, 5
    for instrument, rated in _instruments(frame):
        block = _Block(frame, instrument, row)
        cells.extend(block.cells(rated))
        heights[row + 1] = 34.0
        widest = max(widest, block.last)
        row = block.row + 1
    widths = dict(enumerate(_WIDTHS, 1)) | {column: 9.0 for column in range(5, widest + 1)}
    return Sheet(
        VOTES,
        tuple(cells),
        widths=widths,
        heights=heights,
        freeze=(_FIRST - 1, 3),
        tab="BF8F00",
        print=Print(footer=footer(frame)),
    )


def vote_rows(frame: Frame) -> Iterator[tuple[int, Instrument, ObjectResult, GroupRating | None, Dimension]]:
    """Row, instrument, object, rater group (None = all groups together) and dimension of every row of votes, downwards."""
    row = _FIRST - 1
    for instrument, rated in _instruments(frame):
        dimensions = frame.scheme.dimensions_of(instrument.code)
        row += 2 + (len(dimensions) if instrument.way == "选项" else 0)
        for each, rating in rated:
            for group in (*rating.groups, None):
                for dimension in dimensions:
                    yield row, instrument, each, group, dimension
                    row += 1
        row += 1


def _instruments(frame: Frame) -> Iterator[tuple[Instrument, list[tuple[ObjectResult, RatingResult]]]]:
    """The instruments with votes, each with the objects that it rates."""
    for instrument in frame.scheme.instruments_at(frame.clock):
        rated = [
            (each, rating)
            for each in (*frame.objects, *frame.bystanders)
            if (rating := each.rating(instrument.code)) is not None
        ]
        if instrument.way != "分数" and rated:
            yield instrument, rated


class _Block:
    """One instrument: a heading, the options, their coefficients, then one row an object, group and dimension. `row` is the next free one;
    columns: the options, their sum (of nominations the valid ballots), the mean, and a share for each option."""

    def __init__(self, frame: Frame, instrument: Instrument, row: int) -> None:
        self.frame, self.instrument, self.row = frame, instrument, row
        self.options = options_of(frame.scheme, instrument)
        self.is_scored = instrument.way == "选项"
        self.dimensions = frame.scheme.dimensions_of(instrument.code)
        self.sum = 5 + len(self.options)
        self.mean = self.sum + 1 if self.is_scored else self.sum
        self.last = self.mean + len(self.options)
        self.worth_row = 0

    def cells(self, rated: Sequence[tuple[ObjectResult, RatingResult]]) -> Iterator[Cell]:
        names = [name for _, name in self.options]
        way = "按选项" if self.is_scored else "推荐"
        title = f"{self.instrument.code}　{self.instrument.name}（{way}）"
        yield Cell(self.row, 1, title, looks.BAND)
        self.row += 1
        total = "票数\n合计" if self.is_scored else "有效票"
        shares = [f"{name}\n占比" for name in names]
        heads = (*_HEAD, *names, total, *(["均值"] if self.is_scored else []), *shares)
        yield from looks.head_row(self.row, heads)
        self.row += 1
        if self.is_scored:
            yield from self._worths()
        for each, rating in rated:
            yield from self._object(each, rating)

    def _worths(self) -> Iterator[Cell]:
        """The coefficients, one row a dimension where they differ by dimension."""
        self.worth_row = self.row
        for dimension in self.dimensions:
            name = dimension.name if len(self.dimensions) > 1 else ""
            for column, value in enumerate(("", "", "系数", name), 1):
                yield Cell(self.row, column, value, replace(looks.TEXT, colour=looks.SECONDARY))
            own = {each.code: each for each in self.frame.scheme.options_of(self.instrument.code, dimension.code)}
            for column, (code, _) in enumerate(self.options, 5):
                worth = number(own[code].coefficient) if code in own else None
                yield Cell(self.row, column, worth, replace(looks.COUNT, format="0.##", colour=looks.SECONDARY))
            self.row += 1

    def _object(self, each: ObjectResult, rating: RatingResult) -> Iterator[Cell]:
        for group in rating.groups:
            for dimension in self.dimensions:
                yield from self._line(each, group.name, dimension, group.votes, group.valid)
        for dimension in self.dimensions:
            yield from self._line(each, WHOLE, dimension, rating.votes, rating.ballots)

    def _line(
        self, each: ObjectResult, who: str, dimension: Dimension, votes: Sequence[tuple[str, str, int]], ballots: int
    ) -> Iterator[Cell]:
        row, whole = self.row, who == WHOLE
        self.row += 1
        style = replace(looks.TEXT, bold=whole)
        name = dimension.name if len(self.dimensions) > 1 else ""
        for column, value in enumerate((each.code, each.short or each.name, who, name), 1):
            yield Cell(row, column, value, style)
        if not votes:
            yield Cell(row, 5, HIDDEN if ballots else "没有有效票", replace(style, colour=looks.SECONDARY))
            return
        counts = {option: times for code, option, times in votes if code == dimension.code}
        for column, (code, _) in enumerate(self.options, 5):
            yield Cell(row, column, counts.get(code, 0), looks.COUNT)
        span = f"${letters(5)}{row}:${letters(self.sum - 1)}{row}"
        total = sum(counts.values()) if self.is_scored else ballots
        yield Cell(row, self.sum, total, looks.COUNT, f"=SUM({span})" if self.is_scored and self.frame.is_live else "")
        if self.is_scored:
            yield self._mean(row, counts, span, dimension)
        below = f"${letters(self.sum)}{row}"
        for place, (code, _) in enumerate(self.options):
            share = Fraction(counts.get(code, 0), total) if total else None
            formula = f'=IF({below}>0,{letters(5 + place)}{row}/{below},"")' if self.frame.is_live else ""
            yield Cell(row, self.mean + 1 + place, _shown(share), looks.computed(looks.PERCENT), formula)

    def _mean(self, row: int, counts: dict[str, int], span: str, dimension: Dimension) -> Cell:
        worths = {each.code: each for each in self.frame.scheme.options_of(self.instrument.code, dimension.code)}
        votes = sum(counts.values())
        total = sum((times * _worth(worths.get(code)) for code, times in counts.items()), Fraction(0))
        line = self.worth_row + self.dimensions.index(dimension)
        worth = f"${letters(5)}${line}:${letters(self.sum - 1)}${line}"
        formula = f'=IF(SUM({span})>0,SUMPRODUCT({worth},{span})/SUM({span}),"")' if self.frame.is_live else ""
        return Cell(row, self.mean, _shown(total / votes if votes else None), looks.computed(looks.points(2)), formula)


def options_of(scheme: Scheme, instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """Code and name of every option, in order; nominations without options have the one NOMINATED."""
    found: dict[str, str] = {}
    for each in scheme.options_of(instrument.code):
        found.setdefault(each.code, each.name)
    return tuple(found.items()) or ((NOMINATED, NOMINATED),)


def _worth(option: Option | None) -> Fraction:
    return option.coefficient or Fraction(0) if option is not None else Fraction(0)


def _shown(value: Fraction | None) -> Value:
    return "" if value is None else number(value)
