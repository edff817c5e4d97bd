"""Documents bound into one file for printing: nothing of a document is lost, each is a section of its own with page numbers from 1.

1. All texts stand in their order; the sections are as many as the documents' own.
2. Each document begins on an odd page with the number 1; section properties stay in the order of the schema.
3. What differs (headers with another mark, charts) comes along under a new name and is referred to; what is the same is there once.
4. After a table a paragraph without room closes the section. Same documents, same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from kaohe.files.word import Template
from kaohe.files.word_bind import bind
from kaohe.official.blocks import Column, data_table, letter_head, text
from kaohe.official.chart import drawing, markers
from kaohe.official.layout import NATIONAL
from kaohe.official.package import package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ORDER = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign "
    "noEndnote titlePg textDirection bidi rtlGutter docGrid"
).split()
PLAIN = Template.compile(package(NATIONAL, "文", text("{{ 文 }}")), "文.docx")
LETTER = Template.compile(
    package(NATIONAL, "函", letter_head(NATIONAL, "机关", "{{ 文 }}") + text("{{ 文 }}"), letter=True), "函.docx"
)
LIST = Template.compile(
    package(NATIONAL, "表", data_table(NATIONAL, (Column("栏", "{{ 行.栏 }}", 50),), ("行", "表"))), "表.docx"
)
CHART = Template.compile(
    package(NATIONAL, "图", drawing("图", "{{ 文 }}", 100, 50), chart=markers(NATIONAL, ("甲", "乙"))), "图.docx"
)


def made(template: Template, words: str, mark: str = "") -> bytes:
    rows = [{"类别": words, "甲": "1", "乙": "2"}, {"类别": "丙", "甲": "3", "乙": "4"}]
    return template.render({"文": words, "标注": mark, "标题": words, "图": rows, "表": [{"栏": words}]})


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return etree.fromstring(packed.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        return packed.namelist()


def sections(data: bytes) -> list[etree._Element]:
    return list(part(data, "word/document.xml").iter(f"{W}sectPr"))


def test_all_texts_stand_in_their_order_each_in_a_section_of_its_own() -> None:
    bound = bind([made(PLAIN, words) for words in ("甲", "乙", "丙")], "合订")
    root = part(bound, "word/document.xml")
    assert "".join(root.itertext()) == "甲乙丙" and len(sections(bound)) == 3
    assert root.find(f"{W}body/{W}sectPr") is not None and len(root.findall(f"{W}body/{W}p")) == 3
    assert "<dc:title>合订</dc:title>" in etree.tostring(part(bound, "docProps/core.xml"), encoding="unicode")


@pytest.mark.parametrize(("template", "kind"), [(PLAIN, "oddPage"), (LETTER, "nextPage")])
def test_each_begins_with_page_1_and_its_section_keeps_the_order_of_the_schema(template: Template, kind: str) -> None:
    """A letter's first page has a footer of its own, which LibreOffice would repeat after oddPage."""
    for section in sections(bind([made(template, words) for words in ("甲", "乙")], "合订")):
        assert section.find(f"{W}type").get(f"{W}val") == kind
        assert section.find(f"{W}pgNumType").get(f"{W}start") == "1"
        places = [ORDER.index(etree.QName(child).localname) for child in section]
        assert places == sorted(places)


def test_a_letter_after_the_first_opens_with_a_paragraph_without_room() -> None:
    """LibreOffice draws a floating table that opens a section on the page before."""
    body = part(bind([made(LETTER, "甲"), made(LETTER, "乙")], "合订"), "word/document.xml")[0]
    kinds = [etree.QName(child).localname for child in body]
    assert kinds[0] == "tbl" and kinds[kinds.index("tbl", 1) - 1] == "p"
    opening = body[kinds.index("tbl", 1) - 1]
    assert opening.find(f"{W}pPr/{W}spacing").get(f"{W}line") == "20" and not "".join(opening.itertext())


def test_after_a_table_a_paragraph_closes_the_section() -> None:
    bound = bind([made(LIST, "甲"), made(LIST, "乙")], "合订")
    body = part(bound, "word/document.xml")[0]
    kinds = [etree.QName(child).localname for child in body]
    assert kinds[1] == "p" and body[1].find(f"{W}pPr/{W}sectPr") is not None and len(sections(bound)) == 2


def test_headers_that_are_the_same_are_there_once_and_another_mark_comes_along() -> None:
    same = bind([made(PLAIN, "甲"), made(PLAIN, "乙")], "合订")
    assert len([name for name in names(same) if "header" in name]) == 2
    bound = bind([made(PLAIN, "甲"), made(PLAIN, "乙", "暂定"), made(PLAIN, "丙", "暂定"), made(PLAIN, "丁")], "合订")
    assert len([name for name in names(bound) if "header" in name]) == 4
    links = {each.get("Id"): each.get("Target") for each in part(bound, "word/_rels/document.xml.rels")}
    marks = []
    for section in sections(bound):
        target = links[
            next(each for each in section.iter(f"{W}headerReference")).get(
                "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
            )
        ]
        marks.append("".join(part(bound, f"word/{target}").itertext()))
    assert marks == ["", "暂定", "暂定", ""]
    types = etree.tostring(part(bound, "[Content_Types].xml"), encoding="unicode")
    assert all(f'PartName="/{name}"' in types for name in names(bound) if re.match("word/header", name))


def test_every_document_keeps_its_own_chart() -> None:
    bound = bind([made(CHART, words) for words in ("甲项", "乙项", "丙项")], "合订")
    charts = sorted(name for name in names(bound) if "charts/" in name)
    assert len(charts) == 3
    shown = {next(part(bound, name).iter(f"{C}cat")).find(f".//{C}v").text for name in charts}
    assert shown == {"甲项", "乙项", "丙项"}
    ids = [each.get("id") for each in part(bound, "word/document.xml").iter() if etree.QName(each).localname == "docPr"]
    assert ids == ["1", "2", "3"]


def test_sections_inside_a_document_stay_and_only_its_first_begins_on_an_odd_page() -> None:
    two = made(PLAIN, "甲")
    with zipfile.ZipFile(io.BytesIO(two)) as packed:
        xml = packed.read("word/document.xml").decode()
    end = re.search(r"<w:sectPr.*</w:sectPr>", xml)
    assert end is not None
    inner = xml.replace("<w:body>", f"<w:body><w:p><w:pPr>{end[0]}</w:pPr><w:r><w:t>先</w:t></w:r></w:p>")
    from kaohe.files.opc import Package

    bound = bind([Package(two).replace({"word/document.xml": inner.encode()}), made(PLAIN, "乙")], "合订")
    kinds = [found.get(f"{W}val") if (found := each.find(f"{W}type")) is not None else "" for each in sections(bound)]
    assert kinds == ["oddPage", "", "oddPage"]


def test_bookmarks_are_left_out_and_the_bytes_are_the_same_each_time() -> None:
    from kaohe.files.opc import Package

    data = made(PLAIN, "甲")
    xml = Package(data).read("word/document.xml").decode()
    marked = xml.replace("<w:r>", '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/><w:r>', 1)
    documents = [Package(data).replace({"word/document.xml": marked.encode()})] * 2
    assert b"bookmark" not in Package(bind(documents, "合订")).read("word/document.xml")
    assert bind(documents, "合订") == bind(documents, "合订")


def test_nothing_and_what_is_no_docx_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        bind([], "合订")
    from kaohe.files.opc import archive

    with pytest.raises(ValueError, match=r"no \.docx"):
        bind([archive({"a.txt": b"x"})], "合订")
