"""Word templates: compiled once, strict, sandboxed; what people typed is printed as typed.

1. A field is escaped; template tags in data are printed, never run, never rendered twice.
2. What XML cannot hold is made visible; line feeds and tabulators become breaks and tab stops.
3. A name that nobody gives is refused: before rendering (unknown, also below a loop's variable) or while rendering, with its place.
4. The same fields give the same bytes; only parts with tags and the core properties are made anew.
5. Mistakes in a template are Chinese sentences with file and place.
"""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from kaohe.files.opc import Package
from kaohe.files.word import Template, TemplateError
from kaohe.official.blocks import Column, data_table, each, tag, text
from kaohe.official.layout import NATIONAL
from kaohe.official.markup import paragraph
from kaohe.official.package import package

FINAL = {"标注": "", "标题": "试", "发文机关": "甲", "属性日期": "2026-10-14"}
HOSTILE = "A&B<c>]]>{{ 7*7 }}{% raw %}{# x #}“引号”'\"&amp;"


def template(*body: str) -> Template:
    return Template.compile(package(NATIONAL, "试", "".join(body)), "试.docx")


def texts(data: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs]


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        return packed.read(name)


def test_hostile_text_is_printed_as_typed() -> None:
    made = template(text("{{ 事实 }}")).render({**FINAL, "事实": HOSTILE})
    assert texts(made)[0] == HOSTILE


def test_hostile_text_in_a_row_and_in_the_properties_is_printed_as_typed() -> None:
    made = template(data_table(NATIONAL, [Column("甲", "{{ 行.甲 }}", 50)], ("行", "清单")))
    data = made.render({**FINAL, "标题": HOSTILE, "清单": [{"甲": HOSTILE}]})
    document = docx.Document(io.BytesIO(data))
    assert document.tables[0].rows[1].cells[0].text == HOSTILE and document.core_properties.title == HOSTILE


def test_characters_that_xml_forbids_are_made_visible() -> None:
    made = template(text("{{ 事实 }}")).render({**FINAL, "事实": "a\x00b\x0bc\ufffed\ud800e\x01f"})
    assert texts(made)[0] == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"


def test_line_feeds_and_tabulators_are_kept() -> None:
    made = template(text("{{ 事实 }}")).render({**FINAL, "事实": "一\r\n二\r三\n四\t五"})
    assert texts(made)[0] == "一\n二\n三\n四\t五"
    assert b"<w:br/>" in member(made, "word/document.xml") and b"<w:tab/>" in member(made, "word/document.xml")


def test_none_is_printed_as_nothing_and_a_number_with_a_fraction_is_refused() -> None:
    made = template(text("[{{ 事实 }}]"))
    assert texts(made.render({**FINAL, "事实": None}))[0] == "[]"
    with pytest.raises(TypeError):
        made.render({**FINAL, "事实": 0.1})


def test_a_name_that_nobody_gives_is_refused_with_its_place() -> None:
    made = template(text("第一段"), text("{{ 单位名称 }}和{{ 单位名成 }}"))
    assert made.unknown_names({"单位名称": "", "标注": ""}) == ("单位名成",)
    with pytest.raises(TemplateError, match="没有字段“单位名成”") as caught:
        made.render({**FINAL, "单位名称": "甲"})
    assert caught.value.file == "试.docx" and caught.value.place.startswith("正文第2段（“{{ 单位名称 }}")


def test_names_below_loop_variables_are_checked_against_the_lists_columns() -> None:
    rows = data_table(NATIONAL, [Column("甲", "{{ 行.甲 }}{{ 行.乙 }}{{ loop.index }}", 50)], ("行", "组.行们"))
    made = template(each("组", "分组", text("{{ 组.名称 }}"), rows))
    assert made.names == {"标注", "分组", "分组.名称", "分组.行们", "分组.行们.甲", "分组.行们.乙"}
    known = {"标注": "", "分组": "", "分组.名称": "", "分组.行们": "", "分组.行们.甲": ""}
    assert made.unknown_names(known) == ("分组.行们.乙",)
    assert made.unknown_names({"标注": "", "分组": ""}) == ()  # a list whose columns are not described


def test_a_field_missing_in_one_row_is_refused() -> None:
    made = template(data_table(NATIONAL, [Column("甲", "{{ 行.甲 }}", 50)], ("行", "清单")))
    with pytest.raises(TemplateError, match="没有字段“甲”"):
        made.render({**FINAL, "清单": [{"甲": 1}, {}]})


@pytest.mark.parametrize(
    "expression",
    [
        "单位.__class__.__mro__[1].__subclasses__()",
        "清单.append(1)",
        "清单.__init__",
        "range(9)",
        "''.format.__globals__",
    ],
)
def test_a_template_cannot_reach_into_python(expression: str) -> None:
    with pytest.raises(TemplateError):
        template(text(f"{{{{ {expression} }}}}")).render({**FINAL, "单位": "甲", "清单": []})


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (tag("{%p for 项 in 清单 %}") + text("{{ 项 }}"), "缺少结束标签 {% endfor %}"),
        (text("甲") + tag("{%p endfor %}"), "没有对应的开始标签"),
        (text("甲{% p if 乙 %}"), "多了空格。请写成“{%p"),
        (text("{{ 单位 名称 }}"), "标签写法不对"),
        (text("{% when 甲 %}"), "不认识的标签“when”"),
    ],
)
def test_mistakes_of_a_template_are_chinese_sentences_with_the_place(body: str, sentence: str) -> None:
    with pytest.raises(TemplateError) as caught:
        template(body)
    assert sentence in caught.value.message and caught.value.place.startswith("正文第")
    assert str(caught.value).startswith("模板“试.docx”正文第")


@pytest.mark.parametrize("data", [b"", b"PK nonsense", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_docx_is_said_in_chinese(data: bytes) -> None:
    with pytest.raises(TemplateError, match=r"不是可用的 \.docx 文件"):
        Template.compile(data, "坏.docx")


@pytest.mark.parametrize("count", [0, 1, 30])
def test_rows_are_repeated_and_an_empty_list_leaves_the_header(count: int) -> None:
    columns = [Column("甲", "{{ 行.甲 }}", 50), Column("乙", "{{ 行.乙 }}", 50)]
    made = template(data_table(NATIONAL, columns, ("行", "清单")))
    rows = [{"甲": index, "乙": f"第{index}行"} for index in range(count)]
    found = docx.Document(io.BytesIO(made.render({**FINAL, "清单": rows}))).tables[0]
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["甲", "乙"],
        *[[str(index), f"第{index}行"] for index in range(count)],
    ]


def test_the_same_fields_give_the_same_bytes_with_the_periods_date() -> None:
    made = template(text("{{ 甲 }}"))
    one, two = (made.render({**FINAL, "甲": "1"}) for _ in range(2))
    assert one == two == template(text("{{ 甲 }}")).render({**FINAL, "甲": "1"})
    core = member(one, "docProps/core.xml").decode()
    assert (
        "2026-10-14T00:00:00Z" in core and "<dc:title>试</dc:title>" in core and "<dc:creator>甲</dc:creator>" in core
    )


def test_parts_without_tags_are_copied_and_headers_are_rendered() -> None:
    source = package(NATIONAL, "试", text("甲"))
    data = Template.compile(source, "试.docx").render({**FINAL, "标注": "草稿"})
    assert member(data, "word/styles.xml") == member(source, "word/styles.xml")
    assert "草稿" in member(data, "word/header_odd.xml").decode()


def test_quotation_marks_that_word_bent_inside_tags_are_understood() -> None:
    made = template(text("{{ “是” if 甲 else ‘否’ }}"))
    assert texts(made.render({**FINAL, "甲": True}))[0] == "是"


def test_tags_that_word_split_into_runs_are_joined() -> None:
    split = "<w:r><w:t>{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ 单位</w:t></w:r><w:r><w:t>名称 }</w:t></w:r><w:r><w:t>}</w:t></w:r>"
    made = template(paragraph("公文正文", split))
    assert texts(made.render({**FINAL, "单位名称": "甲"}))[0] == "甲"


def test_tags_of_a_header_that_word_split_are_rendered() -> None:
    source = Package(package(NATIONAL, "试", text("甲")))
    split = source.read("word/header_odd.xml").replace(b"{{ ", b"{</w:t></w:r><w:r><w:t>{ ")
    made = Template.compile(source.replace({"word/header_odd.xml": split}), "试.docx")
    assert "暂定" in member(made.render({**FINAL, "标注": "暂定"}), "word/header_odd.xml").decode()


def test_what_depends_on_the_text_is_settled_with_the_ids_of_the_styles() -> None:
    seen: dict[str, str] = {}

    def finish(document: str, styles: object) -> str:
        seen.update(styles)  # type: ignore[call-overload]
        return document.replace("旧", "新")

    assert texts(template(text("旧")).render(FINAL, finish))[0] == "新" and seen["公文正文"] == "公文正文"


def test_a_page_break_in_a_tags_paragraph_goes_to_the_paragraph_after_it() -> None:
    """An office program that saves a template moves a paragraph's own break to the paragraph before."""
    broken = '<w:r><w:t>{%p if 甲 %}</w:t></w:r><w:r><w:br w:type="page"/></w:r>'
    made = template(
        text("一"),
        paragraph("公文正文", broken),
        paragraph("公文正文", "二", keepNext="<w:keepNext/>"),
        tag("{%p endif %}"),
    )
    document = member(made.render({**FINAL, "甲": True}), "word/document.xml").decode()
    assert re.findall(r"<w:(\w+)", document.partition("二</w:t>")[0].rpartition("<w:p>")[2])[:4] == [
        "pPr",
        "pStyle",
        "keepNext",
        "pageBreakBefore",
    ]
    assert document.count("pageBreakBefore") == 1 and "w:br" not in document
    assert "pageBreakBefore" not in member(made.render({**FINAL, "甲": False}), "word/document.xml").decode()


def test_a_header_follows_its_field_from_document_to_document() -> None:
    made = template(text("{{ 事实 }}"))
    marks = ("示例甲", "示例甲", "示例乙", "")
    drafts = [made.render({**FINAL, "标注": mark, "事实": "甲"}) for mark in marks]
    headers = [member(each, "word/header_odd.xml").decode() for each in drafts]
    assert drafts[0] == drafts[1]
    assert [[mark for mark in ("示例甲", "示例乙") if mark in each] for each in headers] == [
        ["示例甲"],
        ["示例甲"],
        ["示例乙"],
        [],
    ]
