"""A document that contradicts itself is not written; the others are, and the fault is kept with the results."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from kaohe.core.faults import withholds
from kaohe.core.sentences import say
from kaohe.documents.plan import plan
from kaohe.files.word import Template
from kaohe.official.build import TEMPLATES
from kaohe.official.layout import NATIONAL
from kaohe.stages.outputs import Makes
from kaohe.stages.press import Press
from kaohe.stages.publish import Publication, _write_documents
from kaohe.stages.telling import stopped_documents
from kaohe.stages.workspace import Place, keep
from kaohe.stages.written import Written
from makers.edition import FULL, edition


def test_what_contradicts_itself_is_not_written_and_is_told(tmp_path: Path) -> None:
    """乙's printed total is not what the base and the lines make: its notice stops, its list and the other notices are written."""
    made = edition()
    wrong = tuple(
        replace(each, base=each.base + 1) if each.code == FULL and each.base is not None else each
        for each in made.outcome.objects
    )
    made = replace(made, outcome=replace(made.outcome, objects=wrong))
    wanted = [each for each in plan(made).documents if each.kind != "考核结果通报"]
    templates = {
        row.template: Template.compile(TEMPLATES[row.template](NATIONAL), row.template) for row in made.scheme.documents
    }
    at = Place(tmp_path, "a", "2026Q3")
    with Press(at, tmp_path, Written(at)) as press:
        press.begin(Makes(at.report, templates, NATIONAL))
        written, stopped = _write_documents(press, made, templates, wanted)
        press.finish()
    assert {(each.kind, each.unit_code) for each in wanted} - {(each.kind, each.unit_code) for each in written} == {
        ("考核结果反馈通知书", FULL)
    }
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.docx")) == sorted(
        each.file for each in written
    )
    assert {each.code for each in stopped} == {"WRITE-002"} and withholds(stopped)
    told = Publication(made, written, (), stopped).sentence
    assert f"**没有写出**：{say(stopped[0])}" in told and "乙山公司党总支" in told
    keep(tmp_path, "stopped", stopped)
    assert stopped_documents(tmp_path) == stopped and stopped_documents(tmp_path / "elsewhere") == ()
