"""Packages that break readers, each named after its case of the reliability page, catalogue, packages.

1. Too much (inflated bytes, ratio, entries, declared cells) is refused before it is inflated.
2. DOCTYPE in a needed part is refused, bad XML and bad encodings are refused, nothing is guessed.
3. Every needed part is there, once, and connected; what is not needed is never inflated.
4. What is no workbook is named as what it is.
"""

from __future__ import annotations

import random
import struct
import zipfile

import pytest

from kaohe.core.cells import a1
from kaohe.core.sentences import CATALOGUE
from kaohe.files import second_look
from kaohe.files.guard import Checked, check
from kaohe.files.limits import DEFAULTS, Limits
from kaohe.files.reader import read
from kaohe.records.tables import Refusal
from makers.compound import compound
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
    bomb,
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


def code(data: bytes, limits: Limits = DEFAULTS) -> str:
    """The code of the refusal, "" if there is none."""
    found = check(data, limits)
    return found.code if isinstance(found, Refusal) else ""


def entity(inside: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE s [{inside}]>'.encode()


LOLS = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def test_an_ordinary_workbook_passes_the_quick_tier(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(second_look, "sheet")
    monkeypatch.delattr(second_look, "strings")
    found = check(workbook(), DEFAULTS)
    assert isinstance(found, Checked)
    assert (found.kind, [each.name for each in found.sheets], found.has_macros, found.has_links) == (
        "xlsx",
        ["填报"],
        False,
        False,
    )
    assert found.sheets[0].found.rows == FOUR


def test_a_row_bomb_is_refused_before_it_is_inflated():
    rows = '<row><c t="inlineStr"><is><t>' + "A" * 80 + "</t></is></c></row>"
    assert (
        code(
            workbook(
                members={SHEET: bomb(70, f'<worksheet xmlns="{MAIN}"><sheetData>', rows, "</sheetData></worksheet>")}
            )
        )
        == "FILE-012"
    )


def test_a_styles_bomb_is_refused_by_its_ratio():
    styles = bomb(
        20, f'<styleSheet xmlns="{MAIN}"><cellXfs count="9">', '<xf numFmtId="0"/>', "</cellXfs></styleSheet>"
    )
    assert code(workbook(members={STYLES: styles})) == "FILE-012"


def test_all_needed_parts_together_are_limited():
    few = Limits(parts=500)
    assert code(workbook(), few) == "FILE-012"


def test_a_lie_about_the_inflated_size_is_found():
    data = bytearray(workbook())
    at = data.rindex(SHEET.encode()) - 46
    (size,) = struct.unpack_from("<I", data, at + 24)
    struct.pack_into("<I", data, at + 24, size - 10)
    assert code(bytes(data)) == "FILE-009"


def test_a_hundred_thousand_entries_are_refused():
    many = zipped({**parts(), **{f"xl/media/i{n}.bin": b"" for n in range(1001)}}, zipfile.ZIP_STORED)
    assert code(many) == "FILE-011"


def test_a_huge_part_that_nothing_needs_is_never_inflated():
    assert code(workbook(members={"xl/media/image1.png": bytes(90 * 1024 * 1024)})) == ""


@pytest.mark.parametrize("part", [SHEET, STRINGS, BOOK, LINKS, STYLES])
@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        (LOLS, "FILE-013"),
        ('<!ENTITY x SYSTEM "file:///etc/passwd">', "FILE-014"),
        ('<!ENTITY % d SYSTEM "http://127.0.0.1:9/x.dtd"> %d;', "FILE-014"),
        ("", "FILE-013"),
    ],
)
def test_a_doctype_in_a_needed_part_is_refused(part: str, declaration: str, expected: str):
    content = {**parts(), STYLES: f'<styleSheet xmlns="{MAIN}"/>'.encode()}[part]
    assert code(workbook(members={part: entity(declaration) + content})) == expected


def test_a_doctype_with_an_external_address_is_refused():
    assert code(workbook(members={SHEET: b'<!DOCTYPE s SYSTEM "http://127.0.0.1:9/x.dtd">' + sheet("")})) == "FILE-014"


def test_a_doctype_in_utf_16_is_seen_as_well():
    xml = (entity('<!ENTITY a "b">') + sheet("")).decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    assert code(workbook(members={SHEET: xml.encode("utf-16")})) == "FILE-013"


def test_xml_that_is_not_well_formed_is_refused():
    assert code(workbook(members={SHEET: sheet(FOUR_ROWS)[:-5]})) == "FILE-022"


def test_invalid_utf_8_is_refused():
    assert (
        code(workbook(members={STRINGS: strings("单位", "X", "甲").replace(b"X", b"\xff\xfe\xed\xa0\x80")}))
        == "FILE-021"
    )


def test_an_unknown_encoding_is_refused():
    assert code(workbook(members={SHEET: b'<?xml version="1.0" encoding="zlib"?>' + sheet("")})) == "FILE-021"


def test_two_members_of_one_name_are_refused_where_they_are_needed():
    data = workbook(members={"xl/worksheets/sheet9.xml": sheet(row('<c r="A1"><v>1</v></c>'))})
    assert code(data.replace(b"sheet9.xml", b"sheet1.xml")) == "FILE-015"


def test_a_sheet_that_is_not_there_is_never_no_sheets():
    members = parts()
    del members[SHEET]
    assert code(zipped(members)) == "FILE-016"
    assert code(workbook(members={BOOK: book("")})) == "FILE-016"
    assert code(workbook(members={LINKS: relations("")})) == "FILE-016"


def test_a_sheet_outside_the_package_is_not_there():
    path = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="../../../../../../etc/passwd"/>'
    assert code(workbook(members={LINKS: relations(path)})) == "FILE-016"


def test_two_sheets_of_one_name_are_refused():
    twice = '<sheet name="填报" sheetId="1" r:id="rId1"/><sheet name="填报" sheetId="2" r:id="rId3"/>'
    assert code(workbook(members={BOOK: book(twice)})) == "FILE-017"


def test_two_sheets_of_one_part_are_refused():
    twice = '<sheet name="一" sheetId="1" r:id="rId1"/><sheet name="二" sheetId="2" r:id="rId1"/>'
    assert code(workbook(members={BOOK: book(twice)})) == "FILE-010"


def test_more_sheets_than_the_limit_are_refused():
    assert code(workbook(), Limits(sheets=0)) == "FILE-023"


@pytest.mark.parametrize("address", ["A0", "ZZZZ1", "甲1", "A99999999", "XFE1", "1A", ""])
def test_a_wrong_address_is_refused(address: str):
    assert code(workbook(row(f'<c r="{address}"><v>1</v></c>'))) == "FILE-018"


@pytest.mark.parametrize("index", ["7777", "-1", "3", "x", "9" * 5000])
def test_a_string_that_is_not_there_is_refused(index: str):
    found = read(workbook(row(f'<c r="A1" t="s"><v>{index}</v></c>')))
    assert isinstance(found, Refusal) and found.code == "FILE-019"


def test_a_count_that_lies_is_refused():
    lie = strings("单位", "得分", "甲", attributes=' count="4294967295" uniqueCount="4294967295"')
    assert code(workbook(members={STRINGS: lie})) == "FILE-020"


def test_one_cell_given_twice_is_refused():
    assert code(workbook(row('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'))) == "FILE-028"


def test_a_cell_longer_than_excel_allows_is_refused_wherever_it_stands():
    just, over = "长" * 32_767, "A" * 32_768
    assert code(workbook(members={STRINGS: strings("单位", "得分", just)})) == ""
    assert code(workbook(members={STRINGS: strings("单位", "得分", over)})) == "FILE-026"
    assert code(workbook(row(f'<c r="A1" t="inlineStr"><is><t>{over}</t></is></c>'))) == "FILE-026"


def test_the_limits_of_cells_strings_merges_and_depth_hold():
    odd = row('<c r="A1"><v> 1</v></c><c r="B1"><v>2</v></c>')
    assert code(workbook(odd), Limits(cells=1)) == "FILE-024"
    assert code(workbook(), Limits(cells=1)) == "FILE-024"
    assert code(workbook(), Limits(strings=2)) == "FILE-024"
    merges = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    assert code(workbook(after=merges), Limits(merges=1)) == "FILE-025"
    assert code(workbook(row('<c r="A1">' + "<x>" * 70 + "</x>" * 70 + "</c>"))) == "FILE-029"


def test_a_workbook_cut_in_the_middle_is_not_whole():
    data = workbook()
    assert code(data[: len(data) // 2]) == "FILE-007"
    assert code(data[:-4]) == "FILE-007"


def test_appended_bytes_are_named():
    noise = random.Random(1).randbytes(70_000)
    assert code(workbook() + noise) == "FILE-008"
    assert code(workbook() + b"x") == "FILE-008"


def test_a_wrong_checksum_is_damage():
    data = zipped(parts(), zipfile.ZIP_STORED)
    assert code(data.replace(b"<v>95</v>", b"<v>59</v>")) == "FILE-009"


def test_the_encryption_bit_means_a_password():
    data = bytearray(workbook())
    at = data.index(b"PK\1\2")
    data[at + 8] |= 1
    assert code(bytes(data)) == "FILE-006"
    assert code(compound({"EncryptionInfo": bytes(5000), "EncryptedPackage": bytes(5000)})) == "FILE-006"


def test_the_word_for_an_encrypted_package_in_a_cell_is_no_password():
    assert code(compound({"Workbook": bytes(4096) + "EncryptedPackage".encode("utf-16-le") + bytes(100)})) == ""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Refusal("FILE-001")),
        ("单位,得分\n甲,95\n".encode("gbk"), Refusal("FILE-003", "文本（CSV）")),
        ("\ufeff说明".encode(), Refusal("FILE-003", "文本")),
        (
            b"\xef\xbb\xbf\n<html><table><tr><td>1</td></tr></table><script></script></html>",
            Refusal("FILE-003", "网页"),
        ),
        (b"MIME-Version: 1.0\n", Refusal("FILE-003", "网页")),
        (b"%PDF-1.7", Refusal("FILE-003", "PDF 文档")),
        (b"\xff\xd8\xff", Refusal("FILE-003", "图片")),
        (b"Rar!\x1a\x07\x00", Refusal("FILE-005", "rar")),
        (b"PK\5\6" + bytes(18), Refusal("FILE-005", "zip")),
        (zipped({"第一局.xlsx": workbook()}), Refusal("FILE-005", "zip")),
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), Refusal("FILE-003", "Word 文档")),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b""}), Refusal("FILE-033")),
        (random.Random(7).randbytes(50_000), Refusal("FILE-004")),
        (bytes(100), Refusal("FILE-004")),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, expected: Refusal):
    assert check(data, DEFAULTS) == expected


def test_a_file_over_the_limit_is_refused_unread():
    assert check(bytes(2 * 1024 * 1024), Limits(file=1024 * 1024)) == Refusal("FILE-002", "2 MB")


def test_an_ods_bomb_is_refused_and_the_usual_empty_tail_is_not():
    cell = '<table:table-cell office:value-type="float" office:value="1" {}><text:p>1</text:p></table:table-cell>'
    tail = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    row_of = "<table:table-row {}>{}</table:table-row>".format
    filled = row_of('table:number-rows-repeated="1048576"', cell.format('table:number-columns-repeated="16384"'))
    assert code(ods(filled)) == "FILE-027"
    assert code(ods(tail.replace("1048575", "900000") + row_of("", cell.format("") * 3))) == "FILE-027"
    assert code(ods(row_of("", cell.format("")) + tail)) == ""


def test_an_ods_with_a_password_says_so():
    data = ods("")
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>",
        "content.xml": random.Random(3).randbytes(500),
    }
    assert (code(data), code(zipped(members))) == ("", "FILE-006")


def test_macros_and_links_are_seen_but_never_touched():
    found = check(workbook(members={"xl/vbaProject.bin": b"?", "xl/externalLinks/externalLink1.xml": b"?"}), DEFAULTS)
    assert isinstance(found, Checked)
    assert (found.has_macros, found.has_links) == (True, True)


@pytest.mark.parametrize(("rows", "columns"), [(9, 26), (1999, 104), (2048, 703)])
def test_cells_are_kept_up_to_the_last_row_and_column_and_named_beyond(rows: int, columns: int):
    inside, below, beside = a1(rows, columns), a1(rows + 1, 1), a1(1, columns + 1)
    cells = "".join(f'<c r="{each}"><v>1</v></c>' for each in (inside, below, beside))
    for odd in ("", "<!-- the second look -->"):
        found = check(workbook(row(cells + odd)), Limits(rows=rows, columns=columns))
        assert isinstance(found, Checked)
        sheet_found = found.sheets[0].found
        assert (len(sheet_found.rows), len(sheet_found.rows[-1])) == (rows, columns)
        assert (sheet_found.rows[-1][-1], sheet_found.told.outside) == (1.0, (below, beside))


def test_every_refusal_of_this_storey_has_its_sentence():
    import re
    from pathlib import Path

    import kaohe.files as package

    used = {
        found
        for path in Path(package.__path__[0]).glob("*.py")
        for found in re.findall(r'"(FILE-\d+)"', path.read_text("utf-8"))
    }
    assert used and used <= CATALOGUE.keys()
