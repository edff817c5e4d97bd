"""The national layout in the templates (GB/T 9704-2012; official documents, sections 1–3).

1. A text page holds 22 lines of 28 characters; margins 37/28 mm, text area 156 × 225 mm.
2. Every font of a style stands in every slot.
3. The order of elements inside paragraph properties is the schema's, or Word reports a damaged file.
4. Sealed: the date 4 characters from the right, the name centred on it. The mark fits on one line.
"""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from kaohe.official.layout import NATIONAL
from kaohe.official.settle import settle, width
from kaohe.official.templates import TEMPLATES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PPR = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku "
    "wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()
RPR = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color "
    "spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
).split()
TBLPR = "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook".split()


def parts(name: str) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(TEMPLATES[name](NATIONAL))) as packed:
        return {each: etree.fromstring(packed.read(each)) for each in packed.namelist() if each.endswith(".xml")}


def test_the_text_area_holds_22_lines_of_28_characters() -> None:
    assert (NATIONAL.height - NATIONAL.top - NATIONAL.bottom) // NATIONAL.pitch == 22
    assert NATIONAL.text_width // (NATIONAL.size * 10 + NATIONAL.spacing) == 28
    assert abs(NATIONAL.text_width / 56.693 - 156) < 0.1


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_font_stands_in_every_slot(name: str) -> None:
    for fonts in parts(name)["word/styles.xml"].iter(f"{W}rFonts"):
        slots = {fonts.get(W + slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(slots) == 1 and None not in slots


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize(("tag", "order"), [("pPr", PPR), ("rPr", RPR), ("tblPr", TBLPR)])
def test_elements_stand_in_the_order_of_the_schema(name: str, tag: str, order: list[str]) -> None:
    for part, root in parts(name).items():
        for found in root.iter(W + tag):
            places = [order.index(etree.QName(child).localname) for child in found]
            assert places == sorted(places), f"{part}: {[etree.QName(child).localname for child in found]}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_tables_are_fixed_and_their_rows_never_split(name: str) -> None:
    for table in parts(name)["word/document.xml"].iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        if table.find(f"{W}tblPr/{W}tblpPr") is None:
            rows = table.findall(f"{W}tr")
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
            assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None


def test_the_list_has_eight_columns_that_fill_225_millimetres() -> None:
    table = next(parts("整改清单.docx")["word/document.xml"].iter(f"{W}tbl"))
    heads = ["".join(cell.itertext()) for cell in table.find(f"{W}tr").findall(f"{W}tc")]
    assert heads == ["序号", "问题", "整改措施", "责任人", "责任单位", "完成时限", "整改情况", "销号"]
    widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    assert abs(sum(widths) / 56.693 - 225) < 0.2


def signed(name: str, day: str, sealed: bool) -> dict[str, int]:
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="公文{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in (("署名", name), ("成文日期", day))
    )
    done = settle(body, letter=False, sealed=sealed)
    return dict(re.findall(r'w:val="公文(署名|成文日期)"/><w:ind w:rightChars="(\d+)"', done))


def test_a_sealed_date_stands_four_characters_from_the_right_and_the_name_is_centred_on_it() -> None:
    assert width("2026年10月14日") == 7
    assert signed("某委员会", "2026年10月14日", True) == {"署名": "550", "成文日期": "400"}


def test_a_name_that_is_too_long_touches_the_edge_and_the_date_moves() -> None:
    """The name of 17 characters is 10 longer than the date: its right indent would be −1, so name 0 and date 5."""
    assert signed("一" * 17, "2026年10月14日", True) == {"署名": "0", "成文日期": "500"}


def test_unsealed_the_date_begins_two_characters_right_of_the_name() -> None:
    assert signed("一" * 10, "2026年1月5日", False) == {"署名": "200", "成文日期": "400"}


def test_a_long_mark_is_scaled_to_one_line() -> None:
    body = '<w:p><w:pPr><w:pStyle w:val="公文标志"/></w:pPr><w:r><w:rPr></w:rPr><w:t>中共岚川能源集团有限公司委员会文件</w:t></w:r></w:p>'
    assert '<w:w w:val="72"/>' in settle(body, letter=False, sealed=True)
