"""What is read out of a workbook, and what is said about cells that cannot be believed.

1. [0][0] is A1; every cell stands at its address however it is written; nothing is lost without a word.
2. Error codes, formulas without a result and values under a merge are named by address and never look blank or plain.
3. A number cell that holds no plain finite number comes out as its text, never as 0.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter

from kaohe.files.limits import DEFAULTS, Limits
from kaohe.files.reader import read, remarks
from kaohe.files.worksheet import COVERED, NO_RESULT
from kaohe.records.tables import Reading, Refusal, Table
from makers.packages import (
    BOOK,
    FOUR,
    FOUR_ROWS,
    LINKS,
    MAIN,
    OFFICE,
    SHEET,
    STRINGS,
    STYLES,
    book,
    ods,
    parts,
    relations,
    row,
    sheet,
    strings,
    workbook,
    zipped,
)


def table(data: bytes, limits: Limits = DEFAULTS) -> Table:
    """The only sheet of a workbook that must be readable."""
    reading = read(data, limits)
    assert isinstance(reading, Reading), reading
    assert len(reading.tables) == 1
    return reading.tables[0]


def values(rows: str, **more: str) -> tuple[object, ...]:
    return table(workbook(rows, **more)).rows


def test_four_cells_are_read_at_their_addresses():
    assert table(workbook()) == Table("填报", FOUR)


def test_leading_empty_rows_and_columns_are_kept():
    assert values('<row r="3"><c r="C3"><v>7</v></c></row>') == ((None,) * 3, (None,) * 3, (None, None, 7.0))


@pytest.mark.parametrize("dimension", ["A1:A1", "A1:XFD1048576"])
def test_a_wrong_dimension_changes_nothing(dimension: str):
    assert values(FOUR_ROWS, before=f'<dimension ref="{dimension}"/>') == FOUR


def test_rows_and_cells_out_of_order_come_out_in_order():
    assert values(
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="B1"><v>12</v></c><c r="A1"><v>11</v></c></row>'
    ) == (
        (11.0, 12.0),
        (None, None),
        (3.0, None),
    )


def test_rows_and_cells_without_address_follow_one_another():
    assert values("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>") == ((1.0, 2.0), (3.0, None))


def test_prefixed_names_are_read():
    xml = sheet(FOUR_ROWS).decode().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    assert table(workbook(members={SHEET: xml.encode()})).rows == FOUR


def test_strict_workbooks_are_read():
    space = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    members = {
        BOOK: book('<sheet name="填报" sheetId="1" r:id="rId1"/>', space=space).replace(
            OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
        SHEET: sheet(FOUR_ROWS, space=space),
        STRINGS: strings("单位", "得分", "甲", space=space),
    }
    assert table(workbook(members=members)).rows == FOUR


@pytest.mark.parametrize("encoding", ["utf-16", "gbk", "gb18030"])
def test_other_encodings_give_all_cells(encoding: str):
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        + sheet(row('<c r="A1" t="str"><v>甲乙</v></c><c r="B1"><v>95</v></c>')).decode()
    )
    assert table(workbook(members={SHEET: xml.encode(encoding)})).rows == (("甲乙", 95.0),)


def test_a_comment_or_cdata_inside_a_value_cuts_nothing():
    rows = row('<c r="A1"><v>9<!-- x -->5</v></c><c r="B1" t="str"><v><![CDATA[a<b]]></v></c>')
    assert values(rows) == ((95.0, "a<b"),)
    odd = strings("甲<!-- x -->乙", "<![CDATA[&]]>", "丙")
    assert table(workbook(members={STRINGS: odd})).rows[0] == ("甲乙", "&")


def test_a_part_written_with_backslashes_or_other_case_is_found():
    members = parts()
    members["XL\\Worksheets\\SHEET1.xml"] = members.pop(SHEET)
    assert table(zipped(members)).rows == FOUR


def test_an_absolute_target_is_found():
    link = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
    assert table(workbook(members={LINKS: relations(link)})).rows == FOUR


def test_a_fill_without_child_does_not_matter():
    styles = f'<styleSheet xmlns="{MAIN}"><fills count="1"><fill/></fills><cellXfs count="1"><xf numFmtId="0" fillId="0"/></cellXfs></styleSheet>'
    assert table(workbook(members={STYLES: styles.encode()})).rows == FOUR


def test_a_hostile_number_format_does_not_matter():
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{"[" * 20_000}{"y" * 20_000}"/>' for n in (164, 165, 166))
    styles = f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    found = table(workbook(row('<c r="A1" s="1"><v>45000</v></c>'), {STYLES: styles.encode()})).rows[0][0]
    assert found in (45000.0, datetime(2023, 3, 15), date(2023, 3, 15))


def test_error_cells_are_named_with_their_code():
    codes = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#瞎写"]
    cells = [f'<c r="{chr(65 + n)}1" t="e"><v>{each}</v></c>' for n, each in enumerate(codes)]
    found = table(workbook(row(*cells, '<c r="K1"><v>1</v></c>')))
    assert found.oddities == {f"{chr(65 + n)}1": each for n, each in enumerate(codes)}
    assert found.rows == ((None,) * 10 + (1.0,),)


def test_a_formula_without_result_is_named_and_one_with_an_empty_text_is_not():
    rows = row(
        '<c r="A1"><f>B1*2</f></c><c r="B1"><v>4</v></c><c r="C1"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f>B1</f><v>4</v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    )
    found = table(workbook(rows))
    assert found.oddities == {"A1": NO_RESULT, "C1": NO_RESULT, "F1": "#DIV/0!"}
    assert found.rows == ((None, 4.0, None, None, 4.0),)


def test_what_openpyxl_writes_as_a_formula_has_no_result():
    buffer = io.BytesIO()
    written = openpyxl.Workbook()
    written.active["A1"], written.active["B1"] = "=90+5", "说明"
    written.save(buffer)
    found = table(buffer.getvalue())
    assert (found.rows, found.oddities) == (((None, "说明"),), {"A1": NO_RESULT})


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("95", 95.0),
        ("-0.5", -0.5),
        ("1.5E-3", 0.0015),
        ("NaN", "NaN"),
        ("INF", "INF"),
        ("1e999", "1e999"),
        ("1e-400", "1e-400"),
        ("0x10", "0x10"),
        ("1,5", "1,5"),
        ("", None),
        (" 95 ", " 95 "),
        ("٩٥", "٩٥"),
        ("９５", "９５"),
        ("1_000", "1_000"),
    ],
)
def test_a_number_cell_without_a_plain_number_gives_its_text(raw: str, expected: object):
    assert values(row(f'<c r="A1"><v>{raw}</v></c><c r="B1"><v>1</v></c>')) == ((expected, 1.0),)


def test_control_characters_become_marks_and_typed_escapes_stay():
    texts = strings("a_x0000_b_x0001__x001F_c", "_x005F_x0000_", "x&#10;y_x0009_z")
    cells = row(*(f'<c r="{chr(65 + n)}1" t="s"><v>{n}</v></c>' for n in range(3)))
    assert table(workbook(cells, {STRINGS: texts})).rows == (("a␀b␁␟c", "_x0000_", "x\ny\tz"),)


def test_rich_text_is_joined_and_phonetic_guides_left_out():
    item = b"<si><r><t>\xe7\x94\xb2</t></r><r><t xml:space=\"preserve\"> \xe4\xb9\x99</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
    rich = strings("单位", "得分").replace(b"</sst>", item + b"</sst>")
    assert table(workbook(members={STRINGS: rich})).rows[1][0] == "甲 乙"
    assert table(workbook(members={STRINGS: b"<!-- -->" + rich})).rows[1][0] == "甲 乙"


def test_two_far_corners_are_named_and_nothing_between_is_made():
    reading = read(
        workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    )
    assert isinstance(reading, Reading)
    assert (reading.tables[0].rows, reading.outside) == (((1.0,),), ("填报!XFD1048576",))
    assert [(each.code, each.source.cell) for each in remarks(reading, "甲.xlsx")] == [("FILE-044", "XFD1048576")]


def test_many_cells_far_outside_are_named_up_to_a_number():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 501))
    reading = read(workbook(rows))
    assert isinstance(reading, Reading)
    assert (len(reading.tables[0].rows), len(reading.outside), reading.outside[0]) == (500, 100, "填报!XFD1")


def test_a_stray_blank_at_the_last_row_is_nothing():
    assert values(FOUR_ROWS + '<row r="1048576"><c r="A1048576" s="3"/></row>') == FOUR


def test_values_hidden_under_a_merge_are_named():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>20</v></c></row><row r="2"><c r="A2"><v>300</v></c><c r="B2"><v>4000</v></c></row>'
    found = table(workbook(rows, after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'))
    assert (found.merged, found.oddities) == (("A1:B2",), {"B1": COVERED, "A2": COVERED, "B2": COVERED})


def test_a_merged_whole_column_is_read_and_said():
    reading = read(workbook(after='<mergeCells count="1"><mergeCell ref="B1:B1048576"/></mergeCells>'))
    assert isinstance(reading, Reading)
    assert (reading.tables[0].oddities, reading.tables[0].rows) == ({"B2": COVERED}, FOUR)
    assert [(each.code, each.found) for each in remarks(reading, "甲.xlsx")] == [("FILE-045", "B1:B1048576")]


def test_a_shared_formula_over_everything_is_never_expanded():
    first = '<row r="1"><c r="A1"><f t="shared" ref="A1:XFD1048576" si="0">B1+1</f><v>1</v></c></row>'
    rest = "".join(f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/><v>1</v></c></row>' for n in range(2, 5000))
    assert len(values(first + rest)) == 4999


def test_hidden_rows_columns_and_sheets_are_told():
    rows = '<row r="1" ht="15" hidden="true"><c r="A1"><v>1</v></c></row><row r="2" hidden="false"><c r="A2"><v>2</v></c></row>'
    columns = '<cols><col min="2" max="4" width="9" hidden="1"/><col min="5" max="16384" hidden="0" width="9"/></cols>'
    data = workbook(
        rows, {BOOK: book('<sheet name="_meta" sheetId="1" state="veryHidden" r:id="rId1"/>')}, before=columns
    )
    found = table(data)
    assert (found.hidden, found.hidden_rows, found.hidden_columns) == (True, (1,), (2, 3, 4))
    odd = table(workbook(rows.replace("<v>2</v>", "<v> 2</v>"), before=columns))
    assert (odd.hidden_rows, odd.hidden_columns, odd.rows) == ((1,), (2, 3, 4), ((1.0,), (" 2",)))


def test_dates_times_and_truth_values_keep_their_kind():
    buffer = io.BytesIO()
    written = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = written.add_worksheet("填报")
    page.write_datetime("A1", date(2026, 9, 30), written.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_datetime("B1", datetime(2026, 9, 30, 8, 30), written.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    page.write_datetime("C1", time(8, 30), written.add_format({"num_format": "hh:mm"}))
    page.write_boolean("D1", True)
    page.write_string("E1", "0012")
    page.write_number("F1", 30 / 24, written.add_format({"num_format": "[h]:mm"}))
    written.close()
    assert table(buffer.getvalue()).rows == (
        (date(2026, 9, 30), datetime(2026, 9, 30, 8, 30), time(8, 30), True, "0012", timedelta(hours=30)),
    )


def test_the_year_1904_is_heeded():
    styles = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    members = {
        STYLES: styles.encode(),
        BOOK: book('<sheet name="填报" sheetId="1" r:id="rId1"/>', '<workbookPr date1904="1"/>'),
    }
    assert table(workbook(row('<c r="A1" s="1"><v>1</v></c>'), members)).rows == ((date(1904, 1, 2),),)


def test_the_range_that_is_kept_is_a_setting():
    reading = read(workbook(), Limits(rows=1, columns=1))
    assert isinstance(reading, Reading)
    assert (reading.tables[0].rows, reading.outside) == ((("单位",),), ("填报!B1", "填报!A2", "填报!B2"))


def test_an_ods_is_read_by_its_content_and_cut_to_the_range():
    cell = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
    data = ods(
        f"<table:table-row>{cell.format(1)}{cell.format(2)}</table:table-row><table:table-row>{cell.format(3)}</table:table-row>"
    )
    reading = read(data, Limits(rows=1))
    assert isinstance(reading, Reading)
    assert (reading.kind, reading.tables, reading.outside) == ("ods", (Table("填报", ((1.0, 2.0),)),), ("填报!A2",))


def test_a_damaged_xls_is_refused():
    garbage = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 80
    assert read(garbage) == Refusal("FILE-010", ".xls")


def test_a_name_that_does_not_fit_the_content_is_said():
    reading = read(workbook(members={"xl/vbaProject.bin": b"", "xl/externalLinks/externalLink1.xml": b""}))
    assert isinstance(reading, Reading)
    assert [each.code for each in remarks(reading, "甲.xls")] == ["FILE-041", "FILE-042", "FILE-043"]
    assert remarks(Reading("xls", ()), "乙.et") == ()


def test_both_tiers_read_the_same():
    buffer = io.BytesIO()
    written = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name in ("评分", "扣分与问题"):
        page = written.add_worksheet(name)
        page.merge_range("A1:C1", "表头 & <标题>")
        page.set_column("E:F", None, None, {"hidden": True})
        page.set_row(4, None, None, {"hidden": True})
        page.write_datetime("B2", date(2026, 9, 30), written.add_format({"num_format": "yyyy-mm-dd"}))
        for number in range(2, 40):
            page.write_row(number, 0, [f"K{number:02}", number / 7, "  前后有空格 ", True, None, "甲\n乙"])
            page.write_formula(number, 7, f'=IF(B{number + 1}>3,"已填","")', None, "已填" if number % 2 else "")
            page.write_formula(number, 8, f"=1/B{number + 1}", None, 7 / number if number % 3 else "#DIV/0!")
    written.close()
    quick = read(buffer.getvalue())
    with zipfile.ZipFile(buffer) as file:
        members = {name: file.read(name) for name in file.namelist()}
    odd = {
        n: x.replace(b"</sheetData>", b"<!-- odd --></sheetData>") if "sheets/sheet" in n else x
        for n, x in members.items()
    }
    assert isinstance(quick, Reading) and len(quick.tables[0].oddities) == 32
    assert read(zipped(odd)) == quick
