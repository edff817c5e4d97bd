"""An executed notebook as one page: words, tables and pictures stay; code, prompts, scripts and addresses go."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from kaohe.files.html import clean, notebook_page

TEMPLATES = Path(__file__).parents[2] / "templates" / "html"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def notebook() -> NotebookNode:
    table = '<style>#T_1 {}</style><table><thead><tr><th scope="col">单位</th></tr></thead><tbody><tr><td>甲</td></tr></tbody></table>'
    return new_notebook(
        cells=[
            new_markdown_cell(
                "# 第二步　计算\n\n正文**粗体**，见[结果](../考核结果.xlsx)和[外面](https://example.com/)。\n\n![图](dot.png)"
            ),
            new_code_cell(
                "secret = 1 + 1", execution_count=7, outputs=[new_output("display_data", {"text/html": table})]
            ),
            new_code_cell(
                "x",
                outputs=[new_output("display_data", {"text/html": "<p onclick='x()'>段<script>alert(1)</script></p>"})],
            ),
            new_code_cell(
                "y",
                outputs=[
                    new_output("display_data", {"text/html": '<td style="background:#8a1016;color:#fff">.3</td>'})
                ],
            ),
        ]
    )


def test_words_tables_and_pictures_stay(notebook: NotebookNode, tmp_path: Path) -> None:
    (tmp_path / "dot.png").write_bytes(DOT)
    html = notebook_page(notebook, TEMPLATES, tmp_path)
    assert html.startswith("<!DOCTYPE html>") and '<html lang="zh-CN">' in html
    assert "<title>第二步　计算</title>" in html
    assert all(part in html for part in ("<h1", "<strong>粗体</strong>", '<th scope="col">单位</th>', "<td>甲</td>"))
    assert 'href="../%E8%80%83%E6%A0%B8%E7%BB%93%E6%9E%9C.xlsx"' in html and 'src="data:image/png;base64,' in html


def test_code_prompts_scripts_and_addresses_go(notebook: NotebookNode, tmp_path: Path) -> None:
    (tmp_path / "dot.png").write_bytes(DOT)
    html = notebook_page(notebook, TEMPLATES, tmp_path)
    assert not [part for part in ("secret", "[7]", "<script", "alert", "onclick", "http", "#T_1", "¶") if part in html]


def test_the_same_notebook_gives_the_same_page_and_stays_as_it_was(notebook: NotebookNode, tmp_path: Path) -> None:
    (tmp_path / "dot.png").write_bytes(DOT)
    before = str(notebook)
    assert notebook_page(notebook, TEMPLATES, tmp_path) == notebook_page(notebook, TEMPLATES, tmp_path)
    assert str(notebook) == before


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            '<p style="background: #8a1016; color: #fff; position: fixed">.3</p>',
            '<p style="background: #8a1016; color: #fff;">.3</p>',
        ),
        ('<a href="javascript:x()">甲</a>', "<a>甲</a>"),
        ('<a href="//example.com">甲</a>', "<a>甲</a>"),
        ('<img src="https://example.com/a.png" alt="乙">', '<img alt="乙">'),
        ("<iframe src='x'>丙</iframe>丁", "丁"),
        ('<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>', '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>'),
    ],
)
def test_only_what_cannot_act_or_load_is_kept(given: str, kept: str) -> None:
    assert clean(given) == kept
