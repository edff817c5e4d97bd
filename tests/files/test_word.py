"""Word templates: compiled once, strict, sandboxed, and what people typed is printed as typed.

1. A field is escaped; template tags in data are printed, never run.
2. A name that nobody gives is refused, before rendering (unknown) or while rendering.
3. The same fields give the same bytes; only the body and the core properties are made anew.
"""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from kaohe.files.word import Template, TemplateError
from kaohe.official.blocks import paragraph, section, table, tag
from kaohe.official.layout import NATIONAL
from kaohe.official.package import footers, package

HOSTILE = "A&B<c>]]>\x00\x0b{{ 7*7 }}{% raw %}“引号”\ufffe"


def template(*body: str) -> Template:
    data = package("".join(body) + section(NATIONAL, footers()), NATIONAL, "试")
    return Template.compile(data, "试.docx")


def texts(data: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs]


def test_hostile_text_is_printed_as_typed_and_the_document_opens() -> None:
    made = template(paragraph("公文正文", "{{ 事实 }}")).render({"事实": HOSTILE})
    assert texts(made)[0] == "A&B<c>]]>\ufffd\ufffd{{ 7*7 }}{% raw %}“引号”\ufffd"


def test_a_name_that_nobody_gives_is_refused() -> None:
    made = template(paragraph("公文正文", "{{ 单位名称 }}{{ 单位名成 }}"))
    assert made.unknown_names({"单位名称": ""}) == ("单位名成",)
    with pytest.raises(TemplateError, match="单位名成"):
        made.render({"单位名称": "甲"})


def test_a_template_cannot_reach_into_python() -> None:
    from jinja2.exceptions import SecurityError

    with pytest.raises((SecurityError, TemplateError)):
        template(paragraph("公文正文", "{{ 单位.__class__.__mro__[1].__subclasses__() }}")).render({"单位": "甲"})


def test_an_end_tag_that_is_missing_is_said_in_chinese() -> None:
    with pytest.raises(TemplateError, match="模板标签写错"):
        template(tag("{%p for 项 in 清单 %}"), paragraph("公文正文", "{{ 项 }}"))


def test_what_is_no_docx_is_said_in_chinese() -> None:
    with pytest.raises(TemplateError, match=r"\.docx"):
        Template.compile(b"PK nonsense", "坏.docx")


def test_rows_of_a_table_are_repeated_and_an_empty_list_leaves_the_header() -> None:
    made = template(
        table(
            (1000, 2000),
            ("甲", "乙"),
            [[("公文表格文字", "{{ 行.甲 }}"), ("公文表格文字", "{{ 行.乙 }}")]],
            "{%tr for 行 in 行们 %}",
            "{%tr endfor %}",
        )
    )
    for rows in ([], [{"甲": 1, "乙": None}, {"甲": 2, "乙": "x"}]):
        found = docx.Document(io.BytesIO(made.render({"行们": rows}))).tables[0]
        assert [[cell.text for cell in row.cells] for row in found.rows][1:] == [
            [str(r["甲"]), r["乙"] or ""] for r in rows
        ]


def test_the_same_fields_give_the_same_bytes_and_parts_are_copied() -> None:
    made = template(paragraph("公文正文", "{{ 甲 }}"))
    one, two = (
        made.render({"甲": "1", "标题": "t", "属性日期": "2026-10-14"}),
        made.render({"甲": "1", "标题": "t", "属性日期": "2026-10-14"}),
    )
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as packed:
        assert b"2026-10-14T00:00:00Z" in packed.read("docProps/core.xml")
        assert packed.testzip() is None


def test_quotation_marks_that_word_bent_inside_tags_are_understood() -> None:
    made = template(paragraph("公文正文", "{{ “是” if 甲 else ‘否’ }}"))
    assert texts(made.render({"甲": True}))[0] == "是"
