"""A template must fit its row of the sheet 文书: its fields are those of the kind, and its form is the one that 版式 says."""

from __future__ import annotations

import pytest

from kaohe.files.word import Template
from kaohe.official.blocks import text
from kaohe.official.build import TEMPLATES
from kaohe.official.layout import NATIONAL
from kaohe.official.package import package
from kaohe.records.scheme import DocumentKind
from kaohe.stages.publish import misfits

NOTICE = "考核结果反馈通知书"


def told(file: str, layout: str, data: bytes | None = None, kind: str = NOTICE) -> list[str]:
    row = DocumentKind("FK", kind, file, layout=layout)  # type: ignore[arg-type]
    return list(misfits(row, Template.compile(data or TEMPLATES[file](NATIONAL), file)))


@pytest.mark.parametrize(("file", "layout"), [(f"{NOTICE}.docx", "信函"), (f"{NOTICE}（文件）.docx", "文件")])
def test_a_template_of_the_form_that_the_row_says_fits(file: str, layout: str) -> None:
    assert told(file, layout) == []


def test_a_letter_does_not_serve_a_row_that_says_document() -> None:
    assert told(f"{NOTICE}.docx", "文件") == [
        f"模板“{NOTICE}.docx”是信函格式，文书表“FK”的版式写的是文件。请改版式，或者换用文件格式的模板。"
    ]
    assert told(f"{NOTICE}（文件）.docx", "信函")[0].startswith(f"模板“{NOTICE}（文件）.docx”是文件格式")


def test_a_list_without_head_serves_rows_without_one() -> None:
    assert told("整改清单.docx", "无", kind="整改清单") == []


def test_a_field_that_the_kind_does_not_have_is_named() -> None:
    assert told("文.docx", "无", package(NATIONAL, "文", text("{{ 总分 }}{{ 得分王 }}"))) == [
        "模板“文.docx”里的字段“得分王”不认识。"
    ]
