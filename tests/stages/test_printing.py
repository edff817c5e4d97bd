"""`kaohe print`: the published documents of a kind in one file; nothing is printed of results that are not whole."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from functools import partial
from pathlib import Path

import pytest

from kaohe.documents.kinds import KINDS
from kaohe.documents.plan import plan
from kaohe.files.word import Template
from kaohe.official.build import TEMPLATES
from kaohe.official.check import office
from kaohe.official.layout import NATIONAL
from kaohe.official.settle import settle
from kaohe.stages.printing import print_out
from kaohe.stages.workspace import NotReady, Place, keep, sha256
from makers.edition import edition


def published(root: Path) -> Place:
    """The quarter's notices and lists, as a run publishes them: documents, register, manifest."""
    made, at = edition(), Place(root, "little", "2026Q3")
    rows = {row.code: row for row in made.scheme.documents}
    documents = [each for each in plan(made).documents if each.kind != "考核结果通报"]
    for each in documents:
        values = KINDS[each.kind].fields(made, rows[each.code], each.unit_code, "云党函〔2026〕31号", False)
        template = Template.compile(TEMPLATES[rows[each.code].template](NATIONAL), each.kind)
        path = at.report / each.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template.render(values, partial(settle, letter=each.form == "信函", sealed=True)))
    keep(at.report, "documents", documents)
    files = {each.file: sha256((at.report / each.file).read_bytes()) for each in documents}
    manifest = {"assessment": "little", "period": "2026Q3", "scheme": "", "settings": {}, "as_of": "", "mark": "", "tool": "",
                "inputs": {}, "earlier": {}, "files": files}  # fmt: skip
    (at.report / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return at


def test_each_kind_with_several_documents_is_bound_and_the_register_stays(tmp_path: Path) -> None:
    at = published(tmp_path)
    told: list[str] = []
    found = print_out(at, say=told.append)
    assert [(each.kind, each.documents, each.file) for each in found.bound] == [
        ("考核结果反馈通知书", 6, "打印/合订 考核结果反馈通知书.docx")
    ]
    assert told == ["合订  考核结果反馈通知书  6 份"]
    with zipfile.ZipFile(at.report / found.bound[0].file) as packed:
        text = re.sub("<[^>]+>", "", packed.read("word/document.xml").decode())
    addressees = re.findall(r"(..公司党总支|..中心党支部|.阁办公室党支部)：", text)
    assert addressees == [
        "甲河公司党总支", "乙山公司党总支", "丙原公司党总支", "丁楼中心党支部", "戊台中心党支部", "己阁办公室党支部",
    ]  # fmt: skip


def test_one_kind_is_bound_on_demand_also_where_there_is_one_document(tmp_path: Path) -> None:
    found = print_out(published(tmp_path), "整改清单")
    assert [(each.kind, each.documents) for each in found.bound] == [("整改清单", 1)]


def test_nothing_is_printed_without_results_or_of_changed_documents(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="还没有结果"):
        print_out(Place(tmp_path / "empty", "little", "2026Q3"))
    at = published(tmp_path)
    with pytest.raises(NotReady, match="没有“约谈记录”这种文书。已有：考核结果反馈通知书、整改清单"):
        print_out(at, "约谈记录")
    changed = next((at.report / "文书" / "整改清单").glob("*.docx"))
    changed.write_bytes(changed.read_bytes() + b" ")
    with pytest.raises(NotReady, match="文书被改动或缺失"):
        print_out(at)


def test_without_an_office_program_the_docx_is_written_and_the_lack_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "program", lambda: "")
    found = print_out(published(tmp_path), pdf=True)
    assert found.lacking == "没有找到 LibreOffice" and found.bound[0].pdfs == ()


@pytest.mark.office
def test_a_pdf_has_every_documents_pages_from_1_and_empty_backs_for_printing_on_both_sides(tmp_path: Path) -> None:
    """Page 1 of a letter bears no number; the second has 2. A document of an odd number of pages is followed by an empty one."""
    at = published(tmp_path)
    for single in (False, True):
        found = print_out(at, pdf=True, single=single)
        pdf = at.report / found.bound[0].pdfs[0]
        numbers = []
        for page in pages(pdf):
            number = re.findall(r"— ?(\d+) ?—", page)
            numbers.append(number[-1] if number else "首" if page.strip() else "空")
        documents = re.findall(r"首(?:\d)*空?", "".join(numbers))
        assert len(documents) == 6 and "".join(documents) == "".join(numbers)
        for each in documents:
            pages_of = each.replace("首", "1").replace("空", "")
            assert pages_of == "123456789"[: len(pages_of)] and len(pages_of) > 1
            last = each is documents[-1]
            assert ("空" in each) == (not single and len(pages_of) % 2 == 1 and not last)


def pages(pdf: Path) -> list[str]:
    out = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout
    return io.StringIO(out.decode()).read().split("\f")[:-1]
