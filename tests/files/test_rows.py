"""Rows that many workbooks have in common are read once, and tell only of the workbook in which they stand."""

from __future__ import annotations

import pytest

from kaohe.files import rows, second_look
from kaohe.files.limits import DEFAULTS, Limits
from kaohe.files.reader import read
from kaohe.records.tables import Reading, Refusal
from makers.packages import BOOK, FOUR, FOUR_ROWS, STRINGS, STYLES, book, row, strings, workbook


def said(data: bytes, limits: Limits | None = None) -> object:
    found = read(data, limits) if limits else read(data)
    return found.tables[0].rows if isinstance(found, Reading) else found.code


def test_the_same_row_has_the_strings_of_its_own_workbook():
    others = [
        strings("单位", "得分", "甲"),
        strings("单位", "名次", "乙"),
        strings("单位", "名次", ""),
        strings("单位", "得分", "甲"),
    ]
    meant = [FOUR, (("单位", "名次"), ("乙", 95.0)), (("单位", "名次"), (None, 95.0)), FOUR]
    assert [said(workbook(members={STRINGS: each})) for each in 3 * others] == 3 * meant
    assert said(workbook(members={STRINGS: strings("单位", "得分")})) == "FILE-019"


def test_the_same_row_counts_its_days_as_its_own_workbook_does():
    dates = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    listed = '<sheet name="填报" sheetId="1" r:id="rId1"/>'
    years = [
        said(workbook(row('<c r="A1" s="0"><v>45000</v></c>'), {STYLES: dates, BOOK: book(listed, before=before)}))
        for before in 3 * ("", '<workbookPr date1904="1"/>', "")
    ]
    assert [each[0][0].year for each in years] == 3 * [2023, 2027, 2023]  # type: ignore[index]


def test_the_same_row_is_held_to_the_limits_of_its_own_reading():
    assert [said(workbook()) for _ in range(3)] == [FOUR] * 3
    assert said(workbook(), Limits(columns=1)) == (("单位",), ("甲",))
    words = row('<c r="A1" t="str"><v>甲乙</v></c>')
    assert [said(workbook(words)), said(workbook(words), Limits(text=1))] == [(("甲乙",),), "FILE-026"]


def test_an_oddity_is_told_of_every_workbook_that_has_it():
    odd = row('<c r="A1" t="e"><v>#REF!</v></c>', '<c r="B1"><f>A1</f></c>')
    for _ in range(3):
        found = read(workbook(odd))
        assert isinstance(found, Reading)
        assert found.tables[0].oddities == {"A1": "#REF!", "B1": "公式无结果"}


def test_rows_that_come_no_more_are_let_go(monkeypatch: pytest.MonkeyPatch):
    kept = rows._Kept(DEFAULTS, frozenset(), False)
    monkeypatch.setattr(rows, "_kept", lambda *_: kept)
    monkeypatch.setattr(rows, "_MOST_KEPT", 2_000)
    monkeypatch.setattr(rows, "_MOST_SEEN", 50)
    for number in range(300):
        assert said(workbook(FOUR_ROWS + f'<row r="3"><c r="A3"><v>{number}</v></c></row>')) == (*FOUR, (number, None))
        assert said(workbook(FOUR_ROWS + f'<row r="3"><c r="A3"><v>{number}</v></c></row>')) == (*FOUR, (number, None))
        assert sum(map(len, (*kept.young, *kept._old))) < 6_000 and len(kept._seen) <= 50
    assert any(FOUR_ROWS.encode().startswith(each) for each in kept.young)


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="B2"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    ],
)
def test_cells_in_an_order_that_no_office_program_writes_come_out_in_order(xml: str):
    slow = said(workbook(xml.replace("<row", "<!-- looked at twice --><row", 1)))
    assert [said(workbook(xml)) for _ in range(3)] == [slow] * 3


def test_shared_formulas_are_read_at_the_first_look(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(second_look, "sheet")
    first = '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>4</v></c></row>'
    assert said(workbook(first + '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c></row>')) == ((4.0,), (6.0,))


def test_what_stands_in_a_formulas_tag_must_be_xml():
    assert said(workbook(row('<c r="A1"><f t="a" t="b" <>B1</f><v>4</v></c>'))) == "FILE-022"
    assert not isinstance(read(workbook(row('<c r="A1"><f ca="1">B1</f><v>4</v></c>'))), Refusal)


def test_what_is_odd_comes_in_the_order_of_the_sheet_whichever_row_was_there_before():
    def broken(*rows: int) -> dict[str, str]:
        cells = {row: f'<c r="A{row}" t="e"><v>#N/A</v></c>' for row in rows}
        found = read(workbook("".join(f'<row r="{row}">{cell}</row>' for row, cell in cells.items())))
        assert isinstance(found, Reading)
        return found.tables[0].oddities

    for _ in range(3):
        broken(3, 12)
    assert list(broken(2, 3, 12)) == ["A2", "A3", "A12"]


def test_a_row_that_was_there_before_and_stands_there_twice_is_refused():
    once = '<row r="1"><c r="A1"><v>41</v></c></row>'
    found = [said(workbook(each)) for each in (once, once, once, once + once, once.replace("41", "42") + once)]
    assert found == [((41.0,),)] * 3 + ["FILE-028"] * 2
