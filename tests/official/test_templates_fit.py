"""A template must fit its row of the sheet 文书: the lint finds nothing, and its form is the one that 版式 says. Otherwise the period's
documents are not begun, and every fault of every template is told at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from kaohe.files.opc import Package
from kaohe.files.word import Template
from kaohe.official.build import TEMPLATES
from kaohe.official.layout import NATIONAL
from kaohe.official.trial import sample
from kaohe.records.scheme import DocumentKind
from kaohe.stages.templates import compile_templates, fields_of, misfits
from kaohe.stages.workspace import NotReady, Place
from makers.edition import edition

NOTICE = "考核结果反馈通知书"


def told(file: str, layout: str) -> list[str]:
    row = DocumentKind("FK", NOTICE, file, layout=layout)  # type: ignore[arg-type]
    return list(misfits(row, Template.compile(TEMPLATES[file](NATIONAL), file)))


@pytest.mark.parametrize(("file", "layout"), [(f"{NOTICE}.docx", "信函"), (f"{NOTICE}（文件）.docx", "文件")])
def test_a_template_of_the_form_that_the_row_says_fits(file: str, layout: str) -> None:
    assert told(file, layout) == []


def test_a_letter_does_not_serve_a_row_that_says_document() -> None:
    assert told(f"{NOTICE}.docx", "文件") == [
        f"模板“{NOTICE}.docx”是信函格式，文书表“FK”的版式写的是文件。请改版式，或者换用文件格式的模板。"
    ]
    assert told(f"{NOTICE}（文件）.docx", "信函")[0].startswith(f"模板“{NOTICE}（文件）.docx”是文件格式")


def test_a_list_without_head_serves_rows_without_one() -> None:
    assert told("整改清单.docx", "无") == []


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The templates of a working place: the notice names a field that there is not, the list has lost an end tag."""
    folder = tmp_path / "templates" / "word"
    folder.mkdir(parents=True)
    for name, old, new in (
        (f"{NOTICE}.docx", "{{ 总分 }}", "{{ 总得分 }}"),
        ("整改清单.docx", "{%tr endfor %}", "合计"),
    ):
        source = Package(TEMPLATES[name](NATIONAL))
        document = source.read("word/document.xml").decode()
        assert old in document
        changed = document.replace(old, new, 1).encode()
        (folder / name).write_bytes(source.replace({"word/document.xml": changed}))
    return tmp_path


def test_every_fault_of_every_template_is_told_before_a_document_is_written(own: Path) -> None:
    made = edition()
    documents = (
        DocumentKind("FK", NOTICE, f"{NOTICE}.docx", layout="信函"),
        DocumentKind("QD", "整改清单", "整改清单.docx", layout="无"),
        DocumentKind("TB", "考核结果通报", "没有.docx"),
    )
    made = replace(made, scheme=replace(made.scheme, documents=documents))
    with pytest.raises(NotReady) as stopped:
        compile_templates(Place(own, "red-blue", "2026Q3"), made)
    lines = str(stopped.value).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith(f"模板“{NOTICE}.docx”段落") and "没有字段“总得分”。是不是“" in lines[0]
    assert lines[1] == f"模板“{NOTICE}.docx”：没有用到必需的字段“总分”（总分）。请补上 {{{{ 总分 }}}}。"
    assert lines[2].startswith(
        "模板“整改清单.docx”表格1第2行第1列：{%tr for 行 in 清单 %} 缺少结束标签 {%tr endfor %}。"
    )
    assert lines[3].startswith("模板“没有.docx”不能读取")


def test_the_delivered_templates_of_a_scheme_are_compiled(tmp_path: Path) -> None:
    found = compile_templates(Place(tmp_path, "red-blue", "2026Q3"), edition())
    assert f"{NOTICE}.docx" in found and all("_template" in vars(each) for each in found.values())
    again = compile_templates(Place(tmp_path, "red-blue", "2026Q3"), edition())
    assert {name: each.digest for name, each in again.items()} == {name: each.digest for name, each in found.items()}
    assert not any("_template" in vars(each) for each in again.values()), "those that passed wait for a document"


@pytest.mark.parametrize("name", [NOTICE, "个人考核结果反馈函", "考核结果通报", "季度比较"])
def test_what_tells_results_names_the_publicity_period_where_it_is_decided(name: str) -> None:
    template = Template.compile(TEMPLATES[f"{name}.docx"](NATIONAL), name)
    for period, says in (("2026年10月15日至10月21日", True), ("", False)):
        made = (
            Package(template.render({**sample(fields_of(name), 1), "公示期": period}))
            .read("word/document.xml")
            .decode()
        )
        assert ("公示期为2026年10月15日至10月21日" in re.sub("<[^>]+>", "", made)) == says
