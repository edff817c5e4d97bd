"""Votes in the results: formulas from vote counts, rows that may be published, tables."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from kaohe.documents.results.book import book
from kaohe.documents.tables import tables
from kaohe.files import xlsx
from kaohe.records.ballots import Cast
from kaohe.records.books import Book, Cell
from kaohe.records.edition import Edition
from kaohe.records.problems import Ledger
from kaohe.records.returns import Shared
from kaohe.scoring.counting import anonymous
from kaohe.scoring.evaluate import evaluate
from kaohe.scoring.objects import objects_of
from makers import recalculation
from makers.polls import YEAR, roster, scheme


def votes(text: str, word: str) -> list[Cast]:
    """`AB AB BC`: ballots that give both units the first option on 政治素质 and the second on 工作作风."""
    return [
        Cast(
            "MZ",
            (word,),
            choices=tuple(
                (unit, dim, option) for unit in ("U1", "U2") for dim, option in zip(("ZZ", "ZF"), pair, strict=True)
            ),
        )
        for pair in text.split()
    ]


NOMINATIONS = [
    Cast("TJ", ("职工代表",), choices=tuple((code, "评分", "推荐") for code in names.split()))
    for names in ("P1 P2", "P1", "P1 P3", "P2")
]
MANY = [*votes("AB AB BC AA", "中层干部"), *votes("AA BB CC AB", "职工代表"), *NOMINATIONS]
FEW = [*votes("AB AB BC AA", "中层干部"), *votes("CC CC", "职工代表")]


def edition(ballots: list[Cast]) -> Edition:
    rules, people = scheme(), roster()
    row = rules.period_row("2026")
    assert row is not None and YEAR is not None
    shared = anonymous(rules, people, "年", objects_of(rules, people), Shared(casts=tuple(ballots)))
    ledger = Ledger("2026", "2026-12-31")
    outcome = evaluate(rules, people, (), (), ledger, YEAR, row, {}, shared)
    return Edition("polls", "2026", row, rules, people, outcome, ledger, (), (), mark="7c41f0a92b6e", shared=shared)


@cache
def many() -> Edition:
    return edition(MANY)


@cache
def few() -> Edition:
    return edition(FEW)


def cells(made: Book, name: str) -> list[Cell]:
    return list(next(each for each in made.sheets if each.name == name).cells)


def texts(made: Book, name: str) -> list[str]:
    return [str(cell.value) for cell in cells(made, name) if cell.value not in (None, "")]


def test_the_score_is_a_formula_from_vote_counts() -> None:
    made = book(many())
    assert many().outcome.of("U1").rating("MZ").score == Fraction(417, 5)  # type: ignore[union-attr]
    heads = {cell.column: str(cell.value).replace("\n", " ") for cell in cells(made, "数据") if cell.row == 3}
    column = next(number for number, title in heads.items() if title == "民主测评 中层干部　政治素质　优秀（票）")
    assert [cell.value for cell in cells(made, "数据") if cell.row == 4 and cell.column == column] == [3]
    results = {cell.column: cell for cell in cells(made, "结果") if cell.row == 4}
    titles = {str(cell.value).replace("\n", " "): cell.column for cell in cells(made, "结果") if cell.row == 3}
    found = results[titles["民主测评 中层干部　政治素质"]]
    assert (found.value, "SUMPRODUCT(选项系数_MZ_ZZ" in found.formula) == (95, True)
    assert "SUMPRODUCT" in results[titles["民主测评 得分（百分制）"]].formula


def test_the_sheet_得票_shows_votes_means_and_shares() -> None:
    made = book(many())
    rows: dict[int, dict[int, Cell]] = {}
    for cell in cells(made, "得票"):
        rows.setdefault(cell.row, {})[cell.column] = cell
    line = next(
        r
        for r in rows.values()
        if (r[1].value, r.get(3, r[1]).value, r.get(4, r[1]).value) == ("U1", "中层干部", "政治素质")
    )
    assert [line[n].value for n in range(5, 13)] == [3, 1, 0, 4, 95, 0.75, 0.25, 0]
    assert line[8].formula.startswith("=SUM(") and "SUMPRODUCT" in line[9].formula
    nominated = next(r for r in rows.values() if (r[1].value, r.get(3, r[1]).value) == ("P1", "全部主体"))
    assert [nominated[n].value for n in range(5, 8)] == [3, 4, 0.75]


def test_few_ballots_are_merged_and_the_formulas_still_give_the_score() -> None:
    rating = few().outcome.of("U1").rating("MZ")  # type: ignore[union-attr]
    assert rating is not None
    (row,) = rating.groups
    assert (row.name, row.weight, row.valid, row.votes, rating.votes) == ("中层干部、职工代表（合并）", 100, 6, (), ())
    made = book(few())
    assert "职工代表" in "".join(texts(made, "结果")) and "票数少，不单列" in texts(made, "得票")
    numbers = {cell.value for name in ("数据", "结果", "评价") for cell in cells(made, name)}
    assert 40 not in numbers, "both staff delegates gave everything 40"


def test_an_office_free_recalculation_of_merged_means() -> None:
    """Both columns of the merged groups hold one mean, so 60 % and 40 % of it are the score."""
    rating = few().outcome.of("U1").rating("MZ")  # type: ignore[union-attr]
    assert rating is not None
    leaders, staff = Fraction(95) * 60 / 100 + Fraction(75) * 40 / 100, Fraction(40)
    assert rating.score == leaders * 60 / 100 + staff * 40 / 100 == rating.groups[0].mean


@pytest.mark.office
def test_an_office_program_recalculates_the_same(tmp_path: Path) -> None:
    books = {"many": book(many()), "few": book(few())}
    after = recalculation.recalculated(
        {name: recalculation.spoilt(xlsx.write(made)) for name, made in books.items()}, tmp_path
    )
    assert {name: recalculation.differences(made, after[name]) for name, made in books.items()} == {
        "many": [],
        "few": [],
    }


def test_the_tables_hold_groups_and_votes() -> None:
    found = tables(many())
    ratings = [dict(zip(found["ratings"].columns, row, strict=True)) for row in found["ratings"].rows]
    whole = next(row for row in ratings if (row["unit_code"], row["instrument"], row["group"]) == ("U1", "MZ", ""))
    assert (whole["valid"], whole["score"], whole["score_exact"]) == ("8", "83.4", "417/5")
    rows = {row[:5]: row[6:] for row in found["votes"].rows}
    assert rows["U1", "MZ", "ZC", "ZZ", "A"] == ("3", "4") and rows["U1", "MZ", "", "ZZ", "A"] == ("5", "8")
    assert rows["P1", "TJ", "", "评分", "推荐"] == ("3", "4")
    assert [row for row in tables(few())["votes"].rows if row[1] == "MZ"] == []


def test_votes_in_the_inputs_lead_to_their_row_of_object_group_and_dimension() -> None:
    made = book(many())
    inputs = cells(made, "数据")
    heads = {cell.column: str(cell.value) for cell in inputs if cell.row == 3}
    codes = {cell.row: cell.value for cell in inputs if cell.column == 1}
    listed = {(cell.row, cell.column): str(cell.value) for cell in cells(made, "得票")}
    linked = [cell for cell in inputs if cell.row > 3 and heads[cell.column].endswith("（票）") and cell.link]
    assert linked
    for cell in linked:
        row = int(cell.link.removeprefix("internal:'得票'!A"))
        code, group = listed[row, 1], listed[row, 3]
        assert code == codes[cell.row] and group in heads[cell.column]
        assert listed[row, 4] in heads[cell.column]
