"""The sheet 参数: settings, weights, full marks, bands and values of rules, each under a defined name; the only place with constants.

Blocks by class have one row a class (in the order of the name 类别), so that `INDEX(名称,类序,0)` gives the row of an object's class.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.core.exact import exact
from kaohe.documents import book_styles as looks
from kaohe.documents.board_rules import condition_words
from kaohe.documents.results_data import footer
from kaohe.documents.results_grid import PARAMETERS
from kaohe.documents.results_model import CLEAN_PLACES, Frame, number, performance_of
from kaohe.documents.results_rules import parameter_name, safe, value_name, weight_of, words_of
from kaohe.records.books import Cell, Print, Sheet, Style, Value
from kaohe.records.scheme import GradeBand

WEAK = Fraction(1, 5)  # marks lost beyond the class mean from which a cell is shown as weak: a default of this workbook
NO_FIGURE = 1_000_000_000  # stands for a figure that an object does not have, in tie-breaks
_NO_FLOOR = -1_000_000  # stands for "no floor" of the lowest grade in an ascending search
_FIRST_VALUE = 3


class Parameters(NamedTuple):
    """The sheet and its defined names (name → address)."""

    sheet: Sheet
    names: dict[str, str]


def full_name(block: str) -> str:
    """Defined name of the full marks of a level-1 node: classes down, leaves across."""
    return f"满分_{safe(block)}"


def parameters(frame: Frame) -> Parameters:
    """The sheet 参数 with all names that the formulas of this period use."""
    page = _Page()
    page.line(_settings_head())
    for name, meaning, value, source in _settings(frame):
        page.names[name] = page.place(_FIRST_VALUE)
        page.line((name, meaning, value, source), _VALUE_ROW)
    _weights(page, frame)
    _full_marks(page, frame)
    if frame.bands:
        _bands(page, frame)
    _rules(page, frame)
    note = (
        "所有公式的常数只在本表；每个取值有定义的名称。取自方案，试改后公式随之变化，正式结果以程序值为准（见“核对”）。"
    )
    widths = {1: 18.0, 2: 46.0} | {column: 10.0 for column in range(3, page.widest + 1)}
    sheet = Sheet(
        PARAMETERS,
        (*looks.heading(f"参数　{frame.edition.when.title}", note), *page.cells),
        widths=widths,
        heights={1: 26, **page.heights},
        freeze=(3, 3),
        tab="BF8F00",
        print=Print(footer=footer(frame)),
    )
    return Parameters(sheet, page.names)


class _Page:
    """The sheet while it is filled from top to bottom; `row` is the next free row."""

    def __init__(self) -> None:
        self.row = 4
        self.widest = 4
        self.cells: list[Cell] = []
        self.names: dict[str, str] = {}
        self.heights: dict[int, float] = {}

    def title(self, text: str) -> None:
        self.row += 1
        self.cells.append(Cell(self.row, 1, text, replace(looks.BAND, fill="")))
        self.row += 1

    def line(self, values: Sequence[Value], style: Sequence[Style] | Style = looks.HEAD, height: float = 0) -> None:
        styles = [style] * len(values) if isinstance(style, Style) else style
        for column, value in enumerate(values, 1):
            self.cells.append(Cell(self.row, column, value, styles[min(column, len(styles)) - 1]))
        if height:
            self.heights[self.row] = height
        self.widest = max(self.widest, len(values))
        self.row += 1

    def place(self, column: int, rows: int = 1, columns: int = 1) -> str:
        """Absolute address of an area whose first cell is in the next free row."""
        first, last = f"${letters(column)}${self.row}", f"${letters(column + columns - 1)}${self.row + rows - 1}"
        return f"{PARAMETERS}!{first}" + (f":{last}" if (rows, columns) != (1, 1) else "")


_NUMBER = replace(looks.TEXT, align="right", format="General", colour="0000FF")
_WORD = replace(looks.CENTRE, colour="0000FF")
_SOURCE = replace(looks.TEXT, colour=looks.SECONDARY, size=9)
_VALUE_ROW = (looks.TEXT, looks.TEXT, _NUMBER, _SOURCE)


def _settings_head() -> tuple[str, ...]:
    return ("名称", "含义", "取值", "来源")


def _settings(frame: Frame) -> tuple[tuple[str, str, Value, str], ...]:
    settings, basic = frame.scheme.settings, "方案“基本信息”"
    found: list[tuple[str, str, Value, str]] = [
        ("总分满分", "总分的满分", number(settings.full_scale), basic),
        ("小数位", "总分及所比较的数保留的小数位", settings.places, basic),
        ("净位", "舍入、比较之前先保留的小数位，只为去掉二进制计算的尾差", CLEAN_PLACES, "程序"),
        ("最小排名家数", "不足这个家数时，名次的规则不适用", settings.least_ranked, basic),
        ("弱项线", "比本类均值多失多少分起标为弱项（只影响显示）", number(WEAK), "程序"),
    ]
    if settings.tie_breaks:
        found.append(("缺值", "同分排序的数空白时用来排在最后的数", NO_FIGURE, "程序"))
    if settings.bonus_cap is not None:
        found.append(("加分总上限", "加分合计最多多少", number(settings.bonus_cap), basic))
    if settings.total_min is not None:
        found.append(("总分下限", "总分最低", number(settings.total_min), basic))
    if settings.total_max is not None:
        found.append(("总分上限", "总分最高", number(settings.total_max), basic))
    return tuple(found)


def _weights(page: _Page, frame: Frame) -> None:
    page.title("分类与构成权重（%）")
    page.line(("类别", "名称", *(f"{part.code}\n{part.component.name}" for part in frame.counted)), height=34)
    size = max(1, len(frame.classes))
    page.names["类别"] = page.place(1, rows=size)
    if frame.counted:
        page.names["权重"] = page.place(_FIRST_VALUE, rows=size, columns=len(frame.counted))
    for each in frame.classes:
        weights = (number(weight_of(frame, part.code, each.code)) for part in frame.counted)
        page.line((each.code, each.name, *weights), (_WORD, looks.TEXT, _NUMBER))


def _full_marks(page: _Page, frame: Frame) -> None:
    """A small table a level-1 node, below each other: wide enough to read, and one name each."""
    if frame.blocks:
        page.title("末级指标满分（每类一行，空白＝本类没有）")
        page.row -= 1
    for block in frame.blocks:
        page.row += 1
        heads = (f"{leaf.code}\n{leaf.name}" for leaf in block.leaves)
        page.line((full_name(block.code), f"{block.code}　{block.name}", *heads), _small_head(), 36)
        page.names[full_name(block.code)] = page.place(_FIRST_VALUE, max(1, len(frame.classes)), len(block.leaves))
        for each in frame.classes:
            full = (number(leaf.full_marks(each.code)) if leaf.applies_to(each.code) else None for leaf in block.leaves)
            page.line((each.code, each.name, *full), (looks.CENTRE, looks.TEXT, _NUMBER))


def _small_head() -> Style:
    return replace(looks.HEAD, size=8)


def _bands(page: _Page, frame: Frame) -> None:
    by_class = [[b for b in frame.bands if not b.classes or each.code in b.classes] for each in frame.classes]
    size = max(map(len, by_class), default=1)
    page.title("等次最低分与名称（每类一行，从低到高）")
    page.line(("类别", "名称", *("最低分" for _ in range(size)), *("等次" for _ in range(size))))
    page.names["等次界"] = page.place(_FIRST_VALUE, max(1, len(by_class)), size)
    page.names["等次名"] = page.place(_FIRST_VALUE + size, max(1, len(by_class)), size)
    for each, bands in zip(frame.classes, by_class, strict=True):
        rising = _rising(bands, size)
        floors = (_NO_FLOOR if band is None or band.least is None else number(band.least) for band in rising)
        words = (band.name if band else "" for band in rising)
        styles = (looks.CENTRE, looks.TEXT, *[replace(_NUMBER, format='[<=-1000000]"不限";General')] * size, _WORD)
        page.line((each.code, each.name, *floors, *words), styles)


def _rising(bands: Sequence[GradeBand], size: int) -> list[GradeBand | None]:
    """Bands from the lowest up, the lowest repeated in front so that every class fills the same columns."""
    rising: list[GradeBand | None] = list(reversed(bands))
    return [rising[0] if rising else None] * (size - len(rising)) + rising


def _rules(page: _Page, frame: Frame) -> None:
    if not frame.rules:
        return
    page.title("规则的取值")
    page.line(("名称", "规则", "取值"))
    for rule in frame.rules:
        for index, condition in enumerate(rule.conditions):
            if condition.comparison in ("为空", "不为空"):
                continue
            words = condition.object not in ("分类", "榜", "等次")
            values = tuple(_value(text, words) for text in words_of(condition.value)) or ("",)
            name = value_name(rule, index)
            page.names[name] = page.place(_FIRST_VALUE, columns=len(values))
            text = f"{rule.number}　{condition_words(condition, frame.scheme)}"
            page.line((name, text, *values), (looks.TEXT, looks.TEXT, _NUMBER if words else _WORD))
        if rule.effect == "绩效加减":
            page.names[parameter_name(rule)] = page.place(_FIRST_VALUE)
            amount = performance_of(rule)
            page.line(
                (parameter_name(rule), f"{rule.number}　{rule.effect}　{rule.target}", number(amount)), _VALUE_ROW
            )


def _value(text: str, numeric: bool) -> Value:
    if not numeric:
        return text
    try:
        return number(exact(text))
    except ValueError:
        return text
