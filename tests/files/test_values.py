"""What the one pass over a sheet makes of its cells.

1. Values are those that python-calamine reads, wherever both read; beyond the calendar a number stays a number.
2. What is kept from one workbook to the next (styles, what stands around the cells) never tells of another workbook.
3. What the quick tier cannot vouch for goes to the second look, and both say the same.
"""

from __future__ import annotations

import io
import random
from datetime import date, timedelta

import pytest
from python_calamine import CalamineWorkbook

from kaohe.core.cells import a1
from kaohe.files import second_look
from kaohe.files.reader import read
from kaohe.files.styles import kind_of
from kaohe.records.tables import CellValue, Reading, Refusal
from makers.packages import BOOK, FOUR, FOUR_ROWS, MAIN, SHEET, STRINGS, STYLES, book, row, sheet, strings, workbook

CALENDAR = [0, 0.25, 0.9999999, 1, 1.5, 59, 59.75, 60, 60.5, 61, 367, 45000, 45000.999999999, 2958465, 2958465.99999]


def styled(*formats: str) -> bytes:
    """A style for each format: the number of a built-in one, or a code of its own."""
    own = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{f}"/>' for n, f in enumerate(formats) if not f.isdigit())
    used = "".join(f'<xf numFmtId="{f if f.isdigit() else 200 + n}"/>' for n, f in enumerate(formats))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'.encode()


def ours(data: bytes) -> list[CellValue]:
    reading = read(data)
    assert isinstance(reading, Reading), reading
    return list(reading.tables[0].rows[0])


def theirs(data: bytes) -> list[CellValue]:
    rows = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [None if value == "" else value for value in rows[0]]


@pytest.mark.parametrize("is_1904", [False, True])
def test_dates_times_and_durations_are_those_of_another_reader(is_1904: bool):
    styles = [
        "0",
        "14",
        "22",
        "31",
        "45",
        "46",
        "58",
        "yyyy&quot;年&quot;m&quot;月&quot;",
        "[h]:mm",
        "[Red]0.00",
        "0;d",
    ]
    some = random.Random(5)
    numbers = [
        *CALENDAR[:-2],
        *(some.uniform(0, 80_000) for _ in range(40)),
        *(some.randrange(80_000) for _ in range(20)),
    ]
    cells = [(style, number) for style in range(len(styles)) for number in numbers]
    drawn = some.sample(cells, 90)
    shown = "".join(
        f'<c r="{a1(1, n)}" s="{style}"><v>{number!r}</v></c>' for n, (style, number) in enumerate(drawn, 1)
    )
    members = {
        STYLES: styled(*styles),
        BOOK: book('<sheet name="填报" sheetId="1" r:id="rId1"/>', '<workbookPr date1904="1"/>' if is_1904 else ""),
    }
    data = workbook(row(shown), members)
    assert ours(data) == theirs(data)
    odd = workbook(row(shown + "<!-- the second look -->"), members)
    assert ours(odd) == ours(data)


def test_numbers_beyond_the_calendar_stay_numbers():
    cells = (("A1", 0, "-1"), ("B1", 0, "2958466"), ("C1", 1, "1E14"), ("D1", 1, "-2958466"))
    shown = row(*(f'<c r="{place}" s="{style}"><v>{number}</v></c>' for place, style, number in cells))
    assert ours(workbook(shown, {STYLES: styled("14", "46")})) == [-1.0, 2958466.0, 1e14, -2958466.0]


def test_a_date_in_words_of_iso_is_one_and_anything_else_text():
    cells = "".join(f'<c r="{a1(1, n)}" t="d"><v>{text}</v></c>' for n, text in enumerate(
        ["2026-09-30", "2026-09-30T08:30:00.5", "08:30:00", "2026", "2026-13-45", "T08:30:00"], 1))  # fmt: skip
    data = workbook(row(cells))
    assert ours(data) == theirs(data)
    assert ours(data)[0] == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0.00%", "percent"),
        ('0"%"', ""),
        ("yyyy-mm-dd;@", "moment"),
        ("上午/下午h", "moment"),
        ("[$-804]m", "moment"),
        ("[s]", "duration"),
        ("[Red]0", ""),
        ("General", ""),
        ('"d"0', ""),
        ("0;d", ""),
        ("[" * 30_000 + "y" * 30_000, ""),
    ],
)
def test_a_number_format_tells_what_it_makes_of_a_number(code: str, kind: str):
    assert kind_of(code) == kind


@pytest.mark.parametrize(
    "text",
    ["a&#10;b", "a\r\nb", "甲&amp;lt;乙&gt;", "_x0041__x0042_", "_x005F_x000D_", "_x0041_x0042_", "_X0041_", "  边  "],
)  # fmt: skip
def test_texts_are_those_of_another_reader(text: str):
    cells = row(
        '<c r="A1" t="s"><v>0</v></c>',
        f'<c r="B1" t="str"><v>{text}</v></c>',
        f'<c r="C1" t="inlineStr"><is><t>{text}</t></is></c>',
        f'<c r="D1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
    )
    data = workbook(cells, {STRINGS: strings(text)})
    assert ours(data) == theirs(data)


def test_spelled_characters_come_out_and_half_or_no_characters_as_marks():
    texts = {"_x4E2D_": "中", "_xD83D__xDE00_": "😀", "_xD83D_甲": "\ufffd甲", "_xFFFE_": "\ufffd", "_x0000_": "\u2400"}
    cells = [f'<c r="{a1(1, n)}" t="str"><v>{text}</v></c>' for n, text in enumerate(texts, 1)]
    assert ours(workbook(row(*cells))) == list(texts.values())


def test_styles_of_one_workbook_say_nothing_of_the_next():
    cell = row('<c r="A1" s="0"><v>45000</v></c>')
    found = [ours(workbook(cell, {STYLES: styled(each)})) for each in ("14", "0", "46", "14")]
    assert found == [[date(2023, 3, 15)], [45000.0], [timedelta(45000)], [date(2023, 3, 15)]]


def test_what_stands_around_the_cells_is_that_of_the_workbook_itself():
    """Footers differ from unit to unit, and what else follows the cells is kept without them."""
    merge = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    footer = "<headerFooter><oddFooter>&amp;L{}</oddFooter></headerFooter>"
    hidden = '<cols><col min="2" max="2" hidden="1"/></cols>'
    told = []
    for before, after in (("", merge), (hidden, merge), (hidden, ""), ("", "")):
        for unit in "甲乙":
            reading = read(workbook(FOUR_ROWS, before=before, after=after + footer.format(unit)))
            assert isinstance(reading, Reading)
            told.append((reading.tables[0].hidden_columns, reading.tables[0].merged))
    assert told == [((), ("A1:B2",))] * 2 + [((2,), ("A1:B2",))] * 2 + [((2,), ())] * 2 + [((), ())] * 2


@pytest.mark.parametrize(
    ("footer", "code"),
    [("&", "FILE-022"), ("&nbsp;", "FILE-022"), ("\x01", "FILE-022"), ("<oddHeader>", "FILE-022"), ("<!-- x -->", ""), ("&#38;", "")],
)  # fmt: skip
def test_a_footer_that_is_no_text_is_found(footer: str, code: str):
    for _ in range(2):
        found = read(workbook(FOUR_ROWS, after=f"<headerFooter><oddFooter>{footer}</oddFooter></headerFooter>"))
        assert (found.code if isinstance(found, Refusal) else "") == code


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1" t="str"><f>B1</f><v></v></c></row>',
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row><row r="2"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_a_cell_given_twice_is_refused_though_one_of_them_shows_nothing(rows: str):
    found = read(workbook(rows))
    assert isinstance(found, Refusal) and found.code == "FILE-028"


def test_rows_of_blank_cells_and_spaces_between_tags_are_passed_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(second_look, "sheet")
    spaced = FOUR_ROWS.replace("</c>", "</c>\n  ").replace("</row>", "</row>\n")
    blank = '<row r="7" s="1" customFormat="1"><c r="A7" s="4"/><c r="ZZ7" s="4"/></row><row r="8"/><row r="9"><c r="B9"/></row>'
    reading = read(workbook(spaced + blank))
    assert isinstance(reading, Reading)
    assert reading.tables[0].rows == FOUR


def test_words_between_the_cells_are_nobodys():
    xml = sheet(FOUR_ROWS).replace(b"<c r=", b"words<c r=", 1)
    reading = read(workbook(members={SHEET: xml}))
    assert isinstance(reading, Reading)
    assert reading.tables[0].rows == FOUR


def test_a_row_that_is_not_closed_is_no_xml():
    found = read(workbook(FOUR_ROWS.replace("</row>", "", 1)))
    assert isinstance(found, Refusal) and found.code == "FILE-022"
