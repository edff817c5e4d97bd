"""`kaohe template check`, `template fields` and `layout check` from the command line: what is printed, exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from kaohe.files.opc import Package
from makers.commands import kaohe

TEMPLATES = Path(__file__).parents[2] / "templates"
NOTICE = TEMPLATES / "word/考核结果反馈通知书.docx"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The notice's template with a field that there is not, and a row loop that never ends."""
    source = Package(NOTICE.read_bytes())
    text = source.read("word/document.xml").decode()
    text = text.replace("{{ 总分 }}", "{{ 总得分 }}", 1).replace("{%tr endfor %}", "", 1)
    path = tmp_path / "考核结果反馈通知书.docx"
    path.write_bytes(source.replace({"word/document.xml": text.encode()}))
    return path


def test_every_delivered_template_can_be_used(tmp_path: Path) -> None:
    files = sorted((TEMPLATES / "word").glob("*.docx"))
    done = kaohe("template", "check", *files, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("模板可以使用。") == len(files) > 10 and "不合规定" not in done.stdout


def test_faults_are_told_with_place_quotation_and_code(wrong: Path) -> None:
    done = kaohe("template", "check", wrong.name, cwd=wrong.parent)
    assert done.returncode == 1
    lines = [" ".join(line.split()) for line in done.stdout.splitlines() if "TPL-" in line]
    assert any(
        "正文 段落" in line and "没有字段“总得分”" in line and "{{ 总得分 }}" in line and "TPL-030" in line
        for line in lines
    )
    assert any("第2行第1列" in line and "缺少结束标签 {%tr endfor %}" in line and "TPL-017" in line for line in lines)
    assert "kaohe template fields 考核结果反馈通知书" in done.stdout and "请改正后再校验" in done.stdout


def test_the_kind_is_told_by_the_name_or_by_an_option(tmp_path: Path) -> None:
    (tmp_path / "模板.docx").write_bytes(NOTICE.read_bytes())
    unknown = kaohe("template", "check", "模板.docx", cwd=tmp_path)
    assert unknown.returncode == 2 and "看不出文书种类，请写 --kind" in unknown.stderr
    assert kaohe("template", "check", "模板.docx", "--kind", "考核结果反馈通知书", cwd=tmp_path).returncode == 0
    other = kaohe("template", "check", "模板.docx", "--kind", "整改清单", cwd=tmp_path)
    assert other.returncode == 1 and "没有用到必需的字段“清单.问题”" in other.stdout
    wrong = kaohe("template", "check", "模板.docx", "--kind", "反馈通知书", cwd=tmp_path)
    assert wrong.returncode == 2 and "是不是“考核结果反馈通知书”？" in wrong.stderr
    assert kaohe("template", "check", "没有整改清单.docx", cwd=tmp_path).returncode == 3


def test_the_layout_of_what_a_template_makes_is_told_beside_its_faults(tmp_path: Path) -> None:
    source = Package(NOTICE.read_bytes())
    styles = source.read("word/styles.xml").decode().replace('w:line="579"', 'w:line="640"', 1)
    (tmp_path / NOTICE.name).write_bytes(source.replace({"word/styles.xml": styles.encode()}))
    done = kaohe("template", "check", NOTICE.name, cwd=tmp_path)
    assert done.returncode == 1 and "差错 0 处" in done.stdout
    assert "现为“行距32.00磅”" in done.stdout and "LAYOUT-004" in done.stdout


def test_fields_are_listed_with_meaning_and_example(tmp_path: Path) -> None:
    done = kaohe("template", "fields", "整改清单", cwd=tmp_path)
    lines = {line.split()[0]: line.split() for line in done.stdout.splitlines()[2:]}
    assert done.returncode == 0 and lines["清单.完成时限"][1:3] == ["文字", "必需"]
    assert "立行立改" in "".join(lines["清单.完成时限"]) and lines["清单.完成时限"][-1] == "2026年10月31日"
    assert kaohe("template", "fields", cwd=tmp_path).stdout.splitlines()[0] == "考核结果反馈通知书"
    wrong = kaohe("template", "fields", "整改单", cwd=tmp_path)
    assert wrong.returncode == 2 and "是不是“整改清单”？" in wrong.stderr


def test_a_documents_deviations_are_told_with_what_the_layout_wants(tmp_path: Path) -> None:
    import docx

    book = docx.Document()
    book.add_heading("关于考核的通知", 1)
    book.add_paragraph("各单位：")
    book.save(str(tmp_path / "通知.docx"))
    done = kaohe("layout", "check", "通知.docx", "--quick", cwd=tmp_path)
    assert done.returncode == 1 and done.stdout.startswith("通知.docx  不合规定 ")
    assert "不合规定  第1节  现为“216×279毫米”  纸张不合规定。应为A4，210×297毫米。  LAYOUT-001" in done.stdout
    assert kaohe("layout", "check", "没有.docx", cwd=tmp_path).returncode == 3
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    old = kaohe("layout", "check", "旧.doc", "--quick", cwd=tmp_path)
    assert old.returncode == 1 and "另存为 .docx" in old.stdout


def test_the_house_rules_of_a_scheme_are_what_is_compared_with(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(TEMPLATES / "schemes/red-blue.xlsx")
    book["基本信息"].append(["每页行数", 24, "本公司"])
    book["基本信息"].append(["正文字体", "仿宋", ""])
    book.save(tmp_path / "方案.xlsx")
    assert kaohe("scheme", "check", "方案.xlsx", cwd=tmp_path).returncode == 0
    shown = kaohe("scheme", "show", "方案.xlsx", cwd=tmp_path).stdout
    assert "每页行数：24" in shown and "正文字体：仿宋" in shown
    done = kaohe("template", "check", NOTICE, "--scheme", "方案.xlsx", cwd=tmp_path)
    assert done.returncode == 1 and "每页24行" in done.stdout and "LAYOUT-020" not in done.stdout
    build = [sys.executable, "-m", "kaohe.official.build", "模板", "每页行数=24", "正文字体=仿宋"]
    assert subprocess.run(build, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    own = kaohe("template", "check", *sorted((tmp_path / "模板").glob("*.docx")), "--scheme", "方案.xlsx", cwd=tmp_path)
    assert own.returncode == 0, own.stdout


def test_a_house_rule_that_cannot_be_used_is_a_fault_at_its_cell(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(TEMPLATES / "schemes/red-blue.xlsx")
    book["基本信息"].append(["每页行数", 60, ""])
    row = book["基本信息"].max_row
    book.save(tmp_path / "方案.xlsx")
    done = kaohe("scheme", "check", "方案.xlsx", cwd=tmp_path)
    assert (
        done.returncode == 1
        and f"基本信息 B{row}" in " ".join(done.stdout.split())
        and "应为 18 至 28 的整数" in done.stdout
    )
    build = subprocess.run(
        [sys.executable, "-m", "kaohe.official.build", "模板", "每页行数=60"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert build.returncode == 1 and not (tmp_path / "模板").exists()


def test_a_set_of_templates_is_written_after_the_rules_of_a_scheme_and_what_is_there_is_kept(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(TEMPLATES / "schemes/red-blue.xlsx")
    book["基本信息"].append(["每页行数", 24])
    book.save(tmp_path / "方案.xlsx")
    done = kaohe("template", "new", "word", "--scheme", "方案.xlsx", cwd=tmp_path)
    assert done.returncode == 0 and "word/考核结果反馈通知书.docx" in done.stdout.replace("\\", "/")
    mine = tmp_path / "word/整改清单.docx"
    assert b'w:line="531"' in Package(mine.read_bytes()).read("word/styles.xml")
    mine.write_bytes(b"mine")
    again = kaohe("template", "new", "word", cwd=tmp_path)
    assert mine.read_bytes() == b"mine" and "写出模板 0 个" in again.stdout
