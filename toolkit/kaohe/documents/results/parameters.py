"""The sheet 参数: settings, weights, full marks, bands and values of rules, each under a defined name; the only place with constants.

Blocks by class have one row a class (in the order of the name 类别), so that `INDEX(名称,类序,0)` gives the row of an object's class.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from msgspec.structs import replace

from kaohe.core.exact import exact
from kaohe.documents import book_styles as looks
from kaohe.documents.board.rules import condition_words
from kaohe.documents.results import tables
from kaohe.documents.results.grid import PARAMETERS
from kaohe.documents.results.levels import Levels
from kaohe.documents.results.model import CLEAN_PLACES, Frame, number, performance_of
from kaohe.documents.results.names import level_name, parameter_name, value_name
from kaohe.documents.results.page import NUMBER, WORD, Page
from kaohe.documents.results.paper import footer
from kaohe.documents.results.rules import words_of
from kaohe.records.books import Print, Sheet, Value
from kaohe.records.rules import GradeBand
from kaohe.records.scheme import UnitClass

WEAK = Fraction(1, 5)  # marks lost beyond the class mean from which a cell is shown as weak: a default of this workbook
NO_FIGURE = 1_000_000_000  # stands for a figure that an object does not have, in tie-breaks
_NO_FLOOR = -1_000_000  # stands for "no floor" of the lowest grade in an ascending search


class Parameters(NamedTuple):
    """The sheet and its defined names (name → address)."""

    sheet: Sheet
    names: dict[str, str]


def parameters(frame: Frame, levels: Levels) -> Parameters:
    """The sheet 参数 with all names that the formulas of this period use."""
    page = Page(frame.classes)
    page.line(("名称", "含义", "取值", "来源"))
    for name, meaning, value, source in _settings(frame):
        page.value(name, meaning, value, source)
    tables.weights(page, frame)
    tables.sources(page, frame)
    tables.surveys(page, frame)
    tables.full_marks(page, frame)
    tables.trees(page, frame)
    tables.live_leaves(page, frame)
    tables.counted_items(page, frame)
    if frame.bands:
        _bands(page, frame, levels)
    _rules(page, frame)
    note = (
        "所有公式的常数只在本表；每个取值有定义的名称。取自方案，试改后公式随之变化，正式结果以程序值为准（见“核对”）。"
    )
    widths = {1: 18.0, 2: 44.0} | {column: 10.0 if page.widest < 16 else 8.5 for column in range(3, page.widest + 1)}
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


def _bands(page: Page, frame: Frame, levels: Levels) -> None:
    by_class = {
        each.code: [b for b in frame.bands if not b.classes or each.code in b.classes] for each in frame.classes
    }
    size = max(map(len, by_class.values()), default=1) or 1
    heads = [f"第{depth}档" for depth in range(1, size + 1)]

    def table(of: Callable[[GradeBand], Value], rest: Value = None) -> Callable[[UnitClass], list[Value]]:
        def row(each: UnitClass) -> list[Value]:
            found = [of(band) for band in by_class[each.code]]
            return found + [rest] * (size - len(found))

        return row

    def floor_of(band: GradeBand) -> Value:
        return _NO_FLOOR if band.least is None else number(band.least)

    page.title("等次（每类一行，第1档最高；空白＝本类没有）")
    floors = table(floor_of, _NO_FLOOR)
    page.by_class("等次名", "名称", heads, table(lambda band: band.name), WORD)
    page.by_class("等次线", "最低分", heads, floors, replace(NUMBER, format='[<=-1000000]"不限";General'))
    page.by_class("等次数", "等次有几档", ("几档",), lambda each: [len(by_class[each.code])])
    if levels.works and levels.depths:
        page.by_class("等次比例", "最高比例（%）", heads, table(lambda band: number(band.share)))
        rows = {id(band): place for place, band in enumerate(frame.bands, 1)}
        page.by_class("等次行", "“等次”表的第几行（同一行的一起取名额）", heads, table(lambda band: rows[id(band)]))
        page.line(("名称", "含义", "取值", "来源"))
        for depth in levels.depths:
            page.value(level_name(depth), f"公式中的第{depth}档", depth, "程序")


def _rules(page: Page, frame: Frame) -> None:
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
            page.name(name, columns=len(values))
            text = f"{rule.number}　{condition_words(condition, frame.scheme)}"
            page.line((name, text, *values), (looks.TEXT, looks.TEXT, NUMBER if words else WORD))
        if rule.effect == "绩效加减":
            amount = number(performance_of(rule))
            page.value(parameter_name(rule), f"{rule.number}　{rule.effect}　{rule.target}", amount, "方案“规则”")


def _value(text: str, numeric: bool) -> Value:
    if not numeric:
        return text
    try:
        return number(exact(text))
    except ValueError:
        return text
