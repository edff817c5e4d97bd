"""What was read is remembered: nothing unchanged is read again, the outcome is that of a full run byte for byte, and nothing depends on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from hostile.place import Small, small_place
from hostile.run import file_of
from kaohe.files.cells import fill
from kaohe.files.publish import hash_tree
from kaohe.records.tables import Refusal
from kaohe.stages import pool, remembered
from kaohe.stages.collect import collect
from kaohe.stages.means import Means
from kaohe.stages.pool import Job
from kaohe.stages.remembered import file_of as kept_in
from kaohe.stages.tasks import Taken, decode, encode
from kaohe.stages.workspace import ROSTER
from makers.polls import scheme as polls_scheme
from stages.test_ballots import PEOPLE, collected, exported, mapping

EVERY = [file_of("丙"), file_of("乙"), file_of("甲")]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Four units: a good form, one with a doubtful score, one that holds what is no workbook, one that has not come."""
    small = small_place(tmp_path_factory.mktemp("处"), {"甲": "甲队", "乙": "乙队", "丙": "丙队", "丁": "丁队"})
    small.hand_in(file_of("甲"), small.good["甲"])
    small.hand_in(file_of("乙"), fill(small.good["乙"], {"评分": {small.cell("K02", "得分"): "约 82"}}))
    small.hand_in(file_of("丙"), b"Rar!\x1a\x07\x00")
    return small


@pytest.fixture
def small(issued: Small, tmp_path: Path) -> Small:
    """A copy of it, in which nothing was read yet."""
    shutil.copytree(issued.at.root, tmp_path / "处")
    at = issued.at.__class__(tmp_path / "处", issued.at.assessment, issued.at.period)
    return Small(at, issued.good, issued.cells)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were handed to a reading child, in order."""
    names: list[str] = []

    class Listening(pool.Children):
        def run(self, rules: bytes, jobs: list[Job]):  # type: ignore[no-untyped-def,override]
            names.extend(f"{job.name}{' 表' if job.tables else ''}" for job in jobs)
            return super().run(rules, jobs)

    monkeypatch.setattr(pool, "Children", Listening)
    return names


def outcome(small: Small, by: Means = Means()) -> dict[str, str]:
    """The hash of every file that the first step leaves."""
    collect(small.at, by=by)
    return hash_tree(small.at.staging)


def test_what_is_unchanged_is_not_read_again_and_the_outcome_is_that_of_a_full_run(
    small: Small, asked: list[str]
) -> None:
    first = outcome(small)
    assert asked == EVERY
    asked.clear()
    assert outcome(small) == first
    assert asked == [f"{file_of('乙')} 表"], "only the marked copy needs the workbook's tables"
    small.hand_in(file_of("丁"), small.good["丁"])
    small.hand_in(file_of("乙"), small.good["乙"])
    asked.clear()
    changed = outcome(small)
    assert asked == [file_of("丁"), file_of("乙")] and changed != first
    asked.clear()
    assert outcome(small, Means(fresh=True)) == changed and len(asked) == 4
    kept_in(small.at).unlink()
    assert outcome(small) == changed


def test_a_renamed_file_is_read_again_because_its_name_is_looked_at(small: Small, asked: list[str]) -> None:
    outcome(small)
    path = small.at.returned / file_of("甲")
    path.rename(path.with_name("甲 最终版.xlsx"))
    asked.clear()
    outcome(small)
    assert "甲 最终版.xlsx" in asked and file_of("丙") not in asked


@pytest.mark.parametrize("rules", ["roster", "code"])
def test_other_rules_and_other_code_believe_nothing_of_it(
    small: Small, asked: list[str], monkeypatch: pytest.MonkeyPatch, rules: str
) -> None:
    first = outcome(small)
    asked.clear()
    if rules == "code":
        monkeypatch.setattr(remembered, "machine_mark", lambda: "another version")
        assert outcome(small) == first
    else:
        path = small.at.folder / ROSTER
        path.write_bytes(fill(path.read_bytes(), {"单位": {"B2": "甲队（改名）"}}))
        outcome(small)
    assert [name for name in asked if "表" not in name] == EVERY


@pytest.mark.parametrize("harm", ["bit", "cut", "other records", "nonsense", "folder"])
def test_whatever_is_damaged_in_it_is_passed_over(small: Small, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    first = outcome(small)
    path = kept_in(small.at)
    data = path.read_bytes()
    middle = len(data) * 2 // 3
    if harm == "bit":
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    elif harm == "cut":
        path.write_bytes(data[:middle])
    elif harm == "other records":  # hashed rightly, but no records of ours
        with monkeypatch.context() as other:
            other.setattr(remembered, "encode", lambda taken: b"\x93\x01\x02\x03")
            outcome(small, Means(fresh=True))
    elif harm == "nonsense":
        path.write_bytes(b"kaohe 1 " + b"\xff" * 5000)
    else:
        path.unlink()
        path.mkdir()
    assert outcome(small) == first


def test_records_of_files_that_are_gone_are_dropped_and_a_failure_drops_none(small: Small, asked: list[str]) -> None:
    outcome(small)
    path = small.at.returned / file_of("乙")
    data = path.read_bytes()
    assert "约 82".encode() in kept_in(small.at).read_bytes()
    path.unlink()
    with pytest.raises(RuntimeError), remembered.Remembered(small.at):
        raise RuntimeError
    assert "约 82".encode() in kept_in(small.at).read_bytes()
    outcome(small)
    assert "约 82".encode() not in kept_in(small.at).read_bytes()
    asked.clear()
    small.hand_in(file_of("乙"), data)
    outcome(small)
    assert asked == [file_of("乙")]


def test_a_run_that_was_killed_is_gone_on_with_where_it_was(
    small: Small, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = outcome(small)
    kept_in(small.at).unlink()
    run = pool.Children.run
    with monkeypatch.context() as stopped:

        def two(self: pool.Children, rules: bytes, jobs: list[Job]):  # type: ignore[no-untyped-def]
            answers = run(self, rules, jobs)
            yield next(answers)
            yield next(answers)
            raise KeyboardInterrupt

        stopped.setattr(pool.Children, "run", two)
        with pytest.raises(KeyboardInterrupt):
            outcome(small)
    asked.clear()
    assert outcome(small) == first and len([name for name in asked if "表" not in name]) == 1


def test_another_process_that_holds_it_is_not_waited_for(small: Small, asked: list[str]) -> None:
    first = outcome(small)
    asked.clear()
    with FileLock(kept_in(small.at).with_suffix(".lock")):
        assert outcome(small) == first
    assert file_of("甲") in asked


@pytest.mark.parametrize("code", ["FILE-030", "FILE-031", "FILE-032"])
def test_a_refusal_that_another_moment_would_not_repeat_is_not_remembered(code: str) -> None:
    (kept, passing) = (Taken(Refusal(each)) for each in ("FILE-004", code))
    nothing = polls_scheme()
    assert remembered.may_be_kept(kept, nothing) and not remembered.may_be_kept(passing, nothing)


def test_nothing_of_a_ballot_or_an_export_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at, found = collected(tmp_path, monkeypatch, {"民主测评.xlsx": exported(), "测评题目对照表.xlsx": mapping()})
    assert found.shared.counted
    kept = kept_in(at).read_bytes()
    assert not any(text.encode() in kept for text in (*PEOPLE, "顾清", "意见1", "石桥公司 政治素质", "1390000000"))


def test_no_form_with_ballots_is_remembered_whatever_became_of_it() -> None:
    rules = polls_scheme()
    private = {form.code for form in rules.forms if {w.partition(":")[0] for w in form.content} & remembered._PRIVATE}
    assert private, "the scheme has such forms"
    for form in rules.forms:
        assert remembered.may_be_kept(Taken(None, "", form.code), rules) == (form.code not in private)


def test_a_record_is_the_same_after_its_journey() -> None:
    taken = Taken(Refusal("FILE-004", "Rar"))
    assert decode(encode(taken)) == taken
