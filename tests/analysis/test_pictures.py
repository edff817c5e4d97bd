"""The pictures of the three notebooks: bars from 0, ranks over the periods, a heat map that can be read in every cell."""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec.structs import replace

from kaohe.analysis import heat, pictures
from kaohe.analysis.heading import heading
from kaohe.analysis.spread import moves
from kaohe.documents.board.svg import strips_html
from kaohe.files.html import clean
from kaohe.records.scheme import UnitClass
from makers import board as maker


def widths(svg: str) -> list[float]:
    return [float(found) for found in re.findall(r'<rect x="[^"]+" y="(?!4")[^"]+" width="([^"]+)"', svg)]


def test_bars_start_at_0_and_are_as_long_as_their_counts() -> None:
    columns = ("类别", "应报", "受理", "提示", "存疑", "未报")
    rows = [("Ⅰ类", 10, 7, 0, 1, 2), ("Ⅱ类", 5, 5, 0, 0, 0), ("合计", 15, 12, 0, 1, 2), ("登记表", 0, 0, 0, 0, 0)]
    svg = pictures.of_table(columns, rows, ("受理", "提示", "存疑", "未报"), "应报", "份", "结论")
    one, doubt, gone, whole = (wide + 1 for wide in widths(svg))
    assert abs(one / doubt - 7) < 0.1 and abs(gone / doubt - 2) < 0.1 and abs(whole / one - Fraction(5, 7)) < 0.01
    assert 'aria-label="结论：Ⅰ类受理7、提示0、存疑1、未报2，应报10；Ⅱ类受理5、提示0、存疑0、未报0，应报5。"' in svg
    assert svg.count("stroke-dasharray") == 2, "what is missing is an empty dashed box, here and in the key"
    assert pictures.of_table(columns, [("合计", 0, 0, 0, 0, 0)], ("受理",), "应报", "份", "结论") == ""


def test_documents_are_counted_by_kind_final_ones_apart() -> None:
    svg = pictures.of_documents(("通报", "通知书"), [("通知书", True), ("通知书", False), ("通知书", True)])
    assert 'aria-label="各种文书的份数：通知书3份。"' in svg and ">通报<" not in svg
    final, draft = widths(svg)
    assert abs((final + 1) / (draft + 1) - 2) < 0.05
    assert pictures.of_documents(("通报",), []) == ""


def test_ranks_stand_with_the_first_on_top_and_name_who_moved_furthest() -> None:
    edition = maker.edition()
    periods, rows = moves(edition)
    svg = pictures.ranks(periods, rows, edition.scheme.classes)
    assert "Ⅰ 类石桥公司由第1到第10" in svg and "石桥公司　▼9" in svg
    assert svg.count("<polyline") == 31 and svg.count(f'stroke="{pictures.INK}" stroke-width="2.6"') == 3
    assert pictures.ranks(periods[:1], rows, edition.scheme.classes) == ""
    assert pictures.ranks(periods, rows, (UnitClass("Ⅳ", "没有单位"),)) == ""


def test_the_strips_are_those_of_the_board_and_pass_the_filter_of_the_pages() -> None:
    made = strips_html(maker.edition())
    assert made.count("<svg") == 3 and "红榜 长坪公司 99.85" in made and "低于98分：3个" in made
    kept = clean(made)
    assert kept.count("<svg") == 3 and 'role="img"' in kept and kept.count("<circle") == made.count("<circle")


def test_every_cell_of_the_heat_map_can_be_read() -> None:
    made = heat.table(maker.edition())

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    cells = re.findall(r"background:#(\w{6});color:#(\w{3})", made)
    assert len(cells) > 40
    for ground, ink in cells:
        low, high = sorted((light(ground), light(ink * 2)))
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_many_units_are_shown_as_tenths_of_their_class() -> None:
    objects = heat.scored(maker.edition())
    assert [column.codes for column in heat.columns_of(objects)] == [(each.code,) for each in objects]
    many = [replace(objects[0], code=f"U{n}", rank=n + 1) for n in range(95)]
    columns = heat.columns_of(many)
    assert len(columns) == 10 and columns[0].label == "1至9" and columns[-1].label == "86至95"
    assert [code for column in columns for code in column.codes] == [each.code for each in many]


def test_the_heading_says_step_period_and_parameters() -> None:
    edition = maker.edition()
    made = heading(2, edition.scheme, edition.when, edition.row, "7c41f0a92b6e", "red-blue", "2026Q2")
    assert (
        '<li class="here" aria-current="step">第二步 计算与定等</li>' in made and "第一步 收齐与校验（已完成）" in made
    )
    assert "2026年7月1日至2026年9月30日" in made and "2026年第二季度，用于升降" in made and "7c41f0a92b6e" in made
    assert "没有可用的上期结果" in heading(1, edition.scheme, edition.when, edition.row, "", "red-blue", "")
