"""考核结果.xlsx. What must hold (design of the results workbook 1–4):

1. The first sheet is the board under the scheme's own name; sheets follow in the order of the design.
2. Every formula cell carries the program's value, and an office program recalculates it to the same, also with spoilt caches.
3. Only functions of the list, no constants but 0, 1 and 100, one formula per column, every name defined.
4. 数据 holds inputs only: with the inputs of another quarter the formulas give that quarter's results.
5. Withheld objects keep their row with blank figures and are skipped in the ranks.
6. 扣分 adds up to the marks lost; text that looks like a formula stays text.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from kaohe.core.cells import a1, row_column
from kaohe.documents.results import model as results_model
from kaohe.documents.results.book import book
from kaohe.files import xlsx
from kaohe.records.books import Book, Cell
from kaohe.records.edition import Edition
from kaohe.records.rules import Condition, GradeBand, Rule
from kaohe.records.scheme import UnitClass
from kaohe.records.settings import Settings
from makers import everything, recalculation, results
from makers.books import sheet, table, with_cells, with_inputs_of

ALLOWED = set(
    """SUM SUMIFS AVERAGEIFS COUNT COUNTA COUNTIF COUNTIFS MIN MAX ROUND ROUNDUP ROUNDDOWN INT ABS N IF AND OR NOT ISNUMBER ISBLANK
    IFERROR INDEX MATCH VLOOKUP LOOKUP RANK LARGE SMALL SUMPRODUCT SUBTOTAL TEXT DATE DATEDIF EOMONTH LEFT MID LEN TRIM SUBSTITUTE VALUE
    REPT ROWS COLUMNS HYPERLINK MEDIAN STDEV""".split()
)
SHEETS = ("红蓝榜", "结果", "决定", "临界", "数据", "加减分", "扣分", "参数", "核对", "说明")


def settings(**more: object) -> Edition:
    return results.edition(scheme_=results.scheme(settings=Settings(bonus_cap=Fraction(1), **more)))


def with_rules(*more: Rule, **changes: object) -> Edition:
    known = results.scheme()
    return results.edition(scheme_=results.scheme(rules=(*known.rules, *more), **changes))


@cache
def shapes() -> dict[str, Edition]:
    """Every shape that a period can have."""
    classes = (UnitClass("Ⅰ", "县区公司"), UnitClass("Ⅱ", "专业中心", field=None), UnitClass("Ⅲ", "本部", field="Ⅰ"))
    known = results.scheme()
    bonus, penalty = known.adjustments
    into = (replace(bonus, into="构成:DJ"), replace(penalty, into="构成:LZ"))
    soft = tuple(replace(rule, soft=rule.number in ("R01", "R06")) for rule in known.rules)
    grades = (
        GradeBand("优秀", least=Fraction(90), share=Fraction(30)),
        GradeBand("良好", least=Fraction(80)),
        GradeBand("一般"),
    )
    many = tuple(results.ROWS[0]._replace(code=f"U{n}", name=f"单位{n}", deducted=f"0.{n % 7 + 1}") for n in range(16))
    return {
        "two quarters, with withheld, missing, unranked and absent units": results.two_quarters(),
        "a year with history, grades and a ceiling": results.graded_year(),
        "exact figures compared": settings(compare="精确值"),
        "rescaled at the parent": settings(rescale_at="直接上级"),
        "rounded step by step": settings(rounding="逐级", places=1),
        "ties at the ends go for approval": settings(tied_ends="报批"),
        "tie-breaks and bounds": settings(
            tie_breaks=(("基础分", "高"), ("减分合计", "低")), total_max=Fraction(100), total_min=Fraction(98)
        ),
        "tie-breaks by a line, a node and the ledger": settings(
            tie_breaks=(("指标:2.1", "高"), ("指标:1", "低"), ("未整改数", "低"))
        ),
        "one place, fields too small to rank": settings(least_ranked=3, places=1),
        "a class without ranks": results.edition(scheme_=results.scheme(classes=classes)),
        "no rules, no adjustments": results.edition(scheme_=results.scheme(rules=(), adjustments=())),
        "adjustments into components": results.edition(scheme_=results.scheme(adjustments=into)),
        "soft rules": results.edition(scheme_=results.scheme(rules=soft)),
        "boards read by other rules": with_rules(
            Rule("R20", (Condition("榜", "为空", ""), Condition("分类", "=", "Ⅰ")), "提示", "无榜"),
            Rule("R21", (Condition("名次", "=", "1、2"), Condition("指标:1.1", "≥", "59")), "上榜", "前二"),
        ),
        "grades with bars and shares": with_rules(
            Rule("R30", (Condition("构成:LZ", "<", "99"),), "降档", "1"),
            Rule("R31", (Condition("等次", "≥", "良好"),), "表彰", "先进"),
            Rule("R32", (Condition("等次", "属于", "优秀"),), "上榜", "光荣榜"),
            grades=grades,
        ),
        "nothing counts in a total": results.edition(
            scheme_=results.scheme(components=known.components[1:], rules=known.rules[7:])
        ),
        "a front runner without any loss": results.edition(
            rows=(results.ROWS[0]._replace(deducted="0"), *results.ROWS[1:])
        ),
        "one long field, in three blocks": results.edition(rows=many),
        "a single unit": results.edition(rows=results.ROWS[:1]),
        **every_source(),
    }


@cache
def every_source() -> dict[str, Edition]:
    """A year with every source of a score, under every setting that touches a formula."""

    def year(**more: object) -> Edition:
        return everything.edition(everything.scheme(settings=replace(everything.scheme().settings, **more)))

    known = everything.scheme()
    board = Rule("N1", (Condition("名次", "=", "1"), Condition("分类", "≠", "SJ")), "上榜", "先进榜")
    low = Rule("N2", (Condition("指标:2.1", "<", "9"),), "提示", "述职偏低")
    category = tuple(replace(each, category="整改", category_cap=Fraction(3, 10)) for each in known.adjustments)
    return {
        "every source": everything.edition(),
        "every source, rounded step by step": year(rounding="逐级", places=1),
        "every source, rounded and rescaled at every node": year(rescale_at="直接上级", rounding="逐级"),
        "every source, a total of 1000": year(full_scale=Fraction(1000)),
        "every source, exact figures compared": year(compare="精确值"),
        "every source, components not cut at 100": year(clip_components=False),
        "every source, means for what does not apply": year(not_applicable="均值"),
        "every source, with a board": everything.edition(everything.scheme(rules=(*known.rules, board, low))),
        "every source, a cap over two penalties": everything.edition(everything.scheme(adjustments=category)),
        "every source, one class": everything.edition(units=("Z01", "Z02", "Z03")),
        "every source, one unit": everything.edition(units=("B01",)),
    }


@cache
def books() -> dict[str, Book]:
    """The workbook of every shape."""
    return {name: book(edition) for name, edition in shapes().items()}


def formula_cells(made: Book) -> list[tuple[str, Cell]]:
    return [(each.name, cell) for each in made.sheets for cell in each.cells if cell.formula]


def test_the_board_comes_first_under_the_schemes_own_name() -> None:
    made = book(results.edition())
    assert tuple(each.name for each in made.sheets) == SHEETS
    assert sheet(made, "红蓝榜").cells[0].value == "党建“红蓝榜”（2026年第三季度）"


def test_a_board_named_like_another_sheet_gets_a_name_of_its_own() -> None:
    known = results.scheme()
    made = book(results.edition(scheme_=replace(known, info={**known.info, "榜名": "评价"})))
    assert made.sheets[0].name == "评价榜"


def test_the_totals_and_ranks_are_the_programs() -> None:
    edition = results.edition()
    rows = table(book(edition), "结果")
    for each in edition.outcome.objects:
        shown = (rows[each.code]["总分"].value, rows[each.code]["名次"].value)
        assert shown == (float(each.total) if each.total is not None else "", each.rank or ""), each.code


def test_a_withheld_unit_keeps_its_row_with_blank_figures() -> None:
    rows = table(book(results.edition()), "结果")
    held = rows["U203"]
    assert (held["状态"].value, held["总分"].value, held["名次"].value, held["榜"].value) == ("存疑", "", "", "")
    assert table(book(results.edition()), "数据")["U203"]["1.1 “三会一课”"].value is None
    assert rows["U201"]["名次"].value == 1 and rows["U201"]["状态"].value == "暂定"


def test_all_tied_get_the_effect_and_the_decision_sheet_says_so() -> None:
    words = [cell.value for cell in sheet(book(results.edition()), "决定").cells]
    assert words.count("规则按1名设，实得2名") == 2


def test_only_functions_of_the_list_are_used() -> None:
    for name, made in books().items():
        for place, cell in formula_cells(made):
            bare = re.sub(r'"[^"]*"', '""', cell.formula)
            used = set(re.findall(r"([A-Z][A-Z.]*)\(", bare))
            assert used <= ALLOWED, (name, place, cell.formula)


def test_no_formula_holds_a_constant_but_0_1_and_100() -> None:
    for name, made in books().items():
        for place, cell in formula_cells(made):
            bare = re.sub(r'"[^"]*"', "", cell.formula)
            bare = re.sub(r"\$?[A-Z]{1,3}\$?\d+", "", bare)
            bare = re.sub(r"[\u4e00-\u9fffA-Za-z_][\w]*", "", bare)
            assert set(re.findall(r"\d+(?:\.\d+)?", bare)) <= {"0", "1", "100"}, (name, place, cell.formula)


def test_a_column_has_one_formula() -> None:
    for name, made in books().items():
        for place in ("结果", "核对"):
            kinds: dict[int, set[str]] = {}
            for cell in sheet(made, place).cells:
                if cell.formula and cell.row > 3:
                    kinds.setdefault(cell.column, set()).add(re.sub(rf"(?<=[A-Z]){cell.row}(?!\d)", "#", cell.formula))
            assert kinds and all(len(found) == 1 for found in kinds.values()), (name, place)


def test_every_name_in_a_formula_is_defined_and_every_given_value_is_named() -> None:
    made = book(results.graded_year())
    names = set(made.names)
    sheets = {each.name for each in made.sheets}
    for place, cell in formula_cells(made):
        bare = re.sub(r'"[^"]*"', "", cell.formula)
        words = set(re.findall(r"[\u4e00-\u9fff][\w]*", re.sub(r"[\u4e00-\u9fff]+!", "", bare)))
        assert words <= names | sheets, (place, cell.formula, words - names)
    named = {point for area in made.names.values() if area.startswith("参数!") for point in _points(area.split("!")[1])}
    given = {
        a1(c.row, c.column) for c in sheet(made, "参数").cells if isinstance(c.value, int | float) and c.column > 2
    }
    assert given <= named


def _points(area: str) -> set[str]:
    first, _, last = area.replace("$", "").partition(":")
    (top, left), (bottom, right) = row_column(first), row_column(last or first)
    return {a1(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}


def test_the_inputs_are_values_and_no_formulas() -> None:
    made = book(results.edition())
    assert not [
        cell
        for name in ("数据", "加减分", "扣分", "参数", "决定", "说明")
        for cell in sheet(made, name).cells
        if cell.formula
    ]


def test_every_lost_mark_stands_in_the_losses_with_its_cell() -> None:
    edition = results.edition()
    rows: dict[str, float] = {}
    cells: dict[int, dict[int, object]] = {}
    for cell in sheet(book(edition), "扣分").cells:
        if cell.row > 3:
            cells.setdefault(cell.row, {})[cell.column] = cell.value
    for row in cells.values():
        rows[str(row[1])] = rows.get(str(row[1]), 0) + float(str(row[9]))
        assert row[16] and row[17] and row[18], "file, sheet and cell of each lost mark"
    for each in edition.outcome.objects:
        if each.total is not None:
            assert rows.get(each.code, 0) == pytest.approx(float(sum((leaf.lost for leaf in each.leaves), Fraction(0))))


def test_text_like_a_formula_stays_text() -> None:
    data = xlsx.write(book(results.edition()))
    assert any("=1+1 也是文字" in str(value) for value in recalculation.values(data).values())
    assert not [formula for _, formula in recalculation.formulas(data) if "1+1 也" in formula]


def test_a_unit_links_to_its_returned_workbook_by_a_relative_path() -> None:
    edition = results.edition()
    forms = tuple(replace(each, file=f"甲 组/{each.file[:2]}#1.xlsx") for each in edition.submissions)
    cell = table(book(replace(edition, submissions=forms)), "数据")["U101"]["单位"]
    assert cell.link == "external:../../../workbooks/red-blue/2026Q3/回收/甲 组/长坪%231.xlsx"


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert xlsx.write(book(results.edition())) == xlsx.write(book(results.edition()))


def test_a_very_large_field_holds_values_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results_model, "MOST_LIVE", 5)
    made = book(results.edition())
    assert not formula_cells(made)
    assert table(made, "结果")["U101"]["总分"].value == 100.2
    assert any("只列数值，不放公式" in str(cell.value) for cell in sheet(made, "说明").cells)


def test_the_about_sheet_names_period_inputs_settings_and_rounding() -> None:
    text = "\n".join(str(cell.value) for cell in sheet(book(results.two_quarters()), "说明").cells if cell.value)
    for word in ("2026年9月30日", "7c41f0a92b6e", "ab" * 32, "最小排名家数", "2026Q2", "一次四舍五入", "R01"):
        assert word in text, word


@pytest.mark.office
def test_an_office_program_recalculates_every_formula_to_the_programs_value(tmp_path: Path) -> None:
    made = books()
    # With spoilt caches: every cell must be corrected, which a program that believes cached values would not do.
    given = {name: recalculation.spoilt(xlsx.write(each)) for name, each in made.items()}
    after = recalculation.recalculated(given, tmp_path)
    for name, each in made.items():
        assert len(formula_cells(each)) > 80
        assert recalculation.differences(each, after[name]) == [], name


@pytest.mark.office
def test_with_other_inputs_the_formulas_give_the_other_results(tmp_path: Path) -> None:
    one = book(results.edition())
    rows = tuple(
        row._replace(deducted=str(Fraction(k * 7 % 5) / 2 + 1), bonus="0.4" if k % 3 else "")
        for k, row in enumerate(results.ROWS)
    )
    other = book(results.edition(rows=rows))
    mixed = with_inputs_of(one, other)
    after = recalculation.values(recalculation.recalculated({"mixed": xlsx.write(mixed)}, tmp_path)["mixed"])
    wanted, places = table(other, "结果"), table(one, "结果")
    shown = [head for head, cell in places["U101"].items() if cell.column <= places["U101"]["状态"].column]
    assert {"总分", "名次", "榜", "月度绩效", "党风廉政 名次"} <= set(shown)
    moved = 0
    for code, row in places.items():
        for head in shown:
            found, right = after["结果", a1(row[head].row, row[head].column)], wanted[code][head].value
            assert recalculation.equal(found, "" if right is None else right), (code, head, found, right)
            moved += not recalculation.equal(found, "" if row[head].value is None else row[head].value)
    assert moved > 30


@pytest.mark.office
def test_one_altered_point_turns_the_overall_check(tmp_path: Path) -> None:
    made = book(results.edition())
    spot = table(made, "数据")["U102"]["1.1 “三会一课”"]
    cells = tuple(replace(cell, value=cell.value - 1) if cell == spot else cell for cell in sheet(made, "数据").cells)  # type: ignore[operator]
    altered = with_cells(made, "数据", cells)
    after = recalculation.values(recalculation.recalculated({"altered": xlsx.write(altered)}, tmp_path)["altered"])
    assert after["红蓝榜", "J1"].startswith("核对：12 / 13 一致 ×")
