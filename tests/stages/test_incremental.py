"""A document that says what it said is not made again; whatever is reused, the outcome is what a full run gives, byte for byte.

1. One form changed, `run` with what is remembered and `run --full` give the same files; only what changed is rendered.
2. A published file that somebody edited, or that is gone, is never reused.
3. A changed template, sealing or house rule makes the documents of its kind anew; deleting what is remembered loses nothing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from hostile.place import Small
from hostile.run import file_of
from kaohe.files.cells import fill
from kaohe.files.word import Template
from kaohe.stages import templates
from kaohe.stages.resources import share
from kaohe.stages.workspace import Place, sha256
from kaohe.stages.written import Written
from makers.edits import Edit
from makers.steps import PERIOD, UNITS, copied, hashes, run_here

NOTICES = "文书/考核结果反馈通知书"
NAMES = tuple(f"{code}局" for code in UNITS)


def change(small: Small, sheet: str, row: str, column: str, value: object) -> None:
    """甲 hands in a corrected form."""
    data = fill(small.good["甲"], {sheet: {small.cell(row, column, sheet): value}})
    small.hand_in(file_of("甲"), data)


@pytest.fixture
def rendered() -> Iterator[list[str]]:
    """The units whose notice was rendered, in order."""
    made: list[str] = []
    real = Template.render

    def render(self: Template, fields: dict[str, object], *more: object) -> bytes:
        if fields.get("单位名称") in NAMES:  # not the trial of a template with its example
            made.append(str(fields["单位名称"]))
        return real(self, fields, *more)  # type: ignore[arg-type]

    with patch.object(Template, "render", render):
        yield made


def test_1_only_the_notice_that_says_something_else_is_rendered(
    small: Small, tmp_path: Path, rendered: list[str]
) -> None:
    change(small, "综合评语", "点评", "内容", "台账要补齐")
    other = copied(small, tmp_path / "full")
    run_here(small.at)
    assert rendered == ["甲局"]
    run_here(other.at, full=True)
    assert sorted(rendered[1:]) == sorted(NAMES)
    assert hashes(small.at.report) == hashes(other.at.report)


def test_1_a_score_that_moves_the_mean_changes_every_notice(small: Small, rendered: list[str]) -> None:
    change(small, "评分", "K01", "得分", 60)
    run_here(small.at)
    assert sorted(rendered) == sorted(NAMES)


def test_1_from_nothing_in_another_folder_comes_the_same(small: Small, tmp_path: Path) -> None:
    change(small, "综合评语", "点评", "内容", "台账要补齐")
    other = copied(small, tmp_path / "new")
    shutil.rmtree(other.at.root / "reports")
    run_here(small.at)
    run_here(other.at)
    same = {name for name, digest in hashes(small.at.report).items() if hashes(other.at.report).get(name) == digest}
    # the acceptance list tells what became of the faults of the check before: there was none from nothing
    assert hashes(small.at.report).keys() - same <= {"check.json", "受理清单.xlsx"}


def test_2_a_notice_that_is_not_what_was_published_is_rendered_again(
    small: Small, first: Small, rendered: list[str]
) -> None:
    edited, gone = (small.at.report / NOTICES / f"{code} {code}局.docx" for code in ("乙", "丙"))
    edited.write_bytes(edited.read_bytes() + b"edited")
    gone.unlink()
    run_here(small.at)
    assert sorted(rendered) == ["丙局", "乙局"]
    assert hashes(small.at.report) == hashes(first.at.report)


def test_2_what_is_remembered_does_not_outrank_the_manifest(small: Small, rendered: list[str]) -> None:
    """Somebody edits a notice and tells the cache so: the manifest does not promise that file."""
    notice = small.at.report / NOTICES / "乙 乙局.docx"
    before, edited = Written(small.at), b"edited"
    key, (path, _) = next(item for item in before._before.items() if item[1][0].endswith("乙 乙局.docx"))
    notice.write_bytes(edited)
    cache = small.at.remembered / f"{PERIOD}-written.json"
    known = json.loads(cache.read_bytes())
    known["files"][key] = [path, sha256(edited)]
    cache.write_bytes(json.dumps(known).encode())
    run_here(small.at)
    assert rendered == ["乙局"] and notice.read_bytes() != edited


def test_3_another_template_makes_the_notices_anew(small: Small, rendered: list[str]) -> None:
    own = small.at.root / "templates" / "word" / "考核结果反馈通知书.docx"
    own.parent.mkdir(parents=True)
    own.write_bytes(Edit((share("templates") / "word" / own.name).read_bytes()).data())  # packed again: other bytes
    run_here(small.at)
    assert len(rendered) == 3


@pytest.mark.parametrize("harm", ["deleted", "damaged"])
def test_3_what_is_remembered_may_be_deleted_or_damaged(
    small: Small, first: Small, rendered: list[str], harm: str
) -> None:
    cache = small.at.remembered / f"{PERIOD}-written.json"
    if harm == "deleted":
        shutil.rmtree(small.at.remembered)
    else:
        cache.write_bytes(cache.read_bytes()[:-40])
    (small.at.report / "榜.html").unlink()
    run_here(small.at)
    assert len(rendered) == 3 and hashes(small.at.report) == hashes(first.at.report)


def test_3_files_that_tell_of_the_whole_period_are_reused_where_nothing_changed(
    small: Small, first: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small.at.report / NOTICES / "乙 乙局.docx").unlink()

    def never(*_: object) -> bytes:
        raise AssertionError("nothing of the workbook changed")

    monkeypatch.setattr("kaohe.stages.publish.results_book", never)
    monkeypatch.setattr("kaohe.stages.publish.ledger_book", never)
    run_here(small.at)
    assert hashes(small.at.report) == hashes(first.at.report)


def test_3_another_program_makes_every_file_anew(
    small: Small, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (small.at.report / "榜.html").unlink()
    monkeypatch.setattr("kaohe.stages.written.engine", lambda: "another version of the code")
    run_here(small.at)
    assert len(rendered) == 3


def test_3_a_template_that_passed_is_looked_at_again_only_when_something_else_changed(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    real = templates.lint
    monkeypatch.setattr(templates, "lint", lambda data, file, *more: (looked.append(file), real(data, file, *more))[1])
    change(small, "综合评语", "点评", "内容", "台账要补齐")
    run_here(small.at)
    assert looked == []
    monkeypatch.setattr("kaohe.stages.passed.engine", lambda: "another version of the code")
    (small.at.report / "榜.html").unlink()
    run_here(small.at)
    assert looked == ["考核结果反馈通知书.docx"]


def test_a_place_without_results_reuses_nothing(tmp_path: Path) -> None:
    written = Written(Place(tmp_path, "small", PERIOD))
    assert written.file("a", b"contents", lambda: b"made") == b"made"
