"""Outputs made by children are the outputs made by one process, byte for byte, whatever becomes of a child.

1. One worker and two give the same files, with what was published before as without it.
2. What a child does not make, because it was killed or never started, is made by its parent; a fault of the contents is the same exception.
3. What stands in the published results is taken from there, in a child as well, and only while it is what was promised.
4. An interrupted step leaves neither a child nor a file of one.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Timer

import pytest

from hostile.place import Small
from kaohe.files.disk import hash_tree
from kaohe.files.word import Template, TemplateError
from kaohe.files.xlsx import write
from kaohe.official.build import TEMPLATES
from kaohe.official.layout import NATIONAL
from kaohe.records.books import Book, Cell, Sheet, Sheets
from kaohe.stages import press
from kaohe.stages.evaluate import evaluate
from kaohe.stages.means import Means, given
from kaohe.stages.outputs import Makes, Output, Paper, packed
from kaohe.stages.passed import Later
from kaohe.stages.publish import publish
from kaohe.stages.workspace import Place, sha256
from kaohe.stages.written import Known, Written, cache_of
from makers.steps import copied, in_process

NOTICE = "整改清单.docx"


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two processors, a child for the smallest period, a batch for every two documents."""
    monkeypatch.setattr(press, "WORTH_A_CHILD", 0)
    monkeypatch.setattr(press, "BATCH", 2)
    with given(Means(workers=2)):
        yield


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many outputs a child made of each batch that it was asked for."""
    counts: list[int] = []
    real = press.Child.make

    def make(self: press.Child, into: Path, outputs: bytes) -> tuple[str, ...]:
        hashes = real(self, into, outputs)
        counts.append(len(hashes))
        return hashes

    monkeypatch.setattr(press.Child, "make", make)
    # children have all the time that they need: this process makes nothing that they could
    monkeypatch.setattr(press.Press, "finish", lambda self: (self._hand_on(), _wait(self)))
    return counts


def _wait(press: press.Press) -> None:
    while press._away:
        press._settle(wait=True)


def published(small: Small, workers: int) -> dict[str, str]:
    """The third step after the second, on the store of the last run: its files, and what is remembered of them."""
    shutil.rmtree(small.at.staging, ignore_errors=True)
    with given(Means(workers=workers)), in_process():
        evaluate(small.at)
        (small.at.staging / ".made-earlier").mkdir()
        (small.at.staging / ".made-earlier" / "0").write_bytes(b"of a child whose parent was killed")
        publish(small.at)
    return {**hash_tree(small.at.staging), "remembered": sha256(cache_of(small.at).read_bytes())}


@pytest.mark.parametrize("again", [False, True])
def test_1_one_worker_and_two_give_the_same_bytes(first: Small, tmp_path: Path, made: list[int], again: bool) -> None:
    small = copied(first, tmp_path / "place")
    if not again:
        cache_of(small.at).unlink()
    alone = published(small, 1)
    assert made == [] and any(name.endswith(".docx") for name in alone)
    if not again:
        cache_of(small.at).unlink()
    assert published(small, 2) == alone
    assert sorted(made) == [1, 2]  # three notices; workbooks are made by their parent


class Bench:
    """A press without a period: one template, and papers of it."""

    def __init__(self, folder: Path) -> None:
        self.at = Place(folder, "a", "2026Q3")
        self.folder = folder / "made"
        self.folder.mkdir()
        self.makes = Makes(self.at.report, {"t.docx": Later(TEMPLATES[NOTICE](NATIONAL), "t.docx")}, NATIONAL)
        self.values = dict.fromkeys(Template.compile(TEMPLATES[NOTICE](NATIONAL), "t.docx").names, "")

    def press(self) -> press.Press:
        return press.Press(self.at, self.folder, Written(self.at))

    def output(self, number: int) -> Paper:
        return Paper("t.docx", {**self.values, "单位名称": f"{number}局"})

    def files(self, count: int = 5) -> dict[str, str]:
        with self.press() as hands:
            hands.begin(self.makes)
            for number in range(count):
                hands.paper(f"文书/{number}.docx", str(number).encode(), self.output(number))
            hands.finish()
        return hash_tree(self.folder)

    @property
    def expected(self) -> dict[str, str]:
        return {f"文书/{number}.docx": sha256(self.makes.made(self.output(number))) for number in range(5)}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_2_what_a_killed_child_had_is_made_by_its_parent(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    real, killed = press.Child.make, []

    def make(self: press.Child, into: Path, outputs: bytes) -> tuple[str, ...]:
        if not killed:
            child = self._ready()
            os.kill(child.pid, signal.SIGSTOP)  # it has the batch, and makes nothing of it
            Timer(0.2, child.kill).start()
            killed.append(child.pid)
        return real(self, into, outputs)

    monkeypatch.setattr(press.Child, "make", make)
    monkeypatch.setattr(press.Press, "finish", lambda self: (self._hand_on(), _wait(self)))
    assert bench.files() == bench.expected
    assert killed


def test_2_without_a_child_that_starts_one_process_does_all(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press.Child, "module", "kaohe.no_such_module")
    assert bench.files() == bench.expected


def test_2_a_child_that_does_not_speak_as_agreed_is_asked_no_more(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press.Child, "ask", lambda self, *frames: b"what?")
    assert bench.files() == bench.expected


@pytest.mark.parametrize("workers", [1, 2])
def test_2_contents_that_fit_no_template_are_the_same_exception(bench: Bench, made: list[int], workers: int) -> None:
    with given(Means(workers=workers)), pytest.raises(TemplateError, match=r"t\.docx"), bench.press() as hands:
        hands.begin(bench.makes)
        hands.paper("文书/0.docx", b"0", Paper("t.docx", {}))
        hands.finish()
    assert made == ([0] if workers == 2 else [])
    assert hash_tree(bench.folder) == {}


def test_2_a_workbook_is_made_here_each_sheet_once_while_a_child_has_the_documents_before_it(
    bench: Bench, made: list[int]
) -> None:
    asked: list[str] = []

    def sheet(name: str) -> Sheet:
        asked.append(name)
        return Sheet(name, (Cell(1, 1, "甲"), Cell(1, 2, 0.5)))

    book = Book("成绩", Sheets([partial(sheet, "一"), partial(sheet, "二")]))
    with bench.press() as hands:
        hands.begin(bench.makes)
        hands.paper("文书/0.docx", b"0", bench.output(0))
        hands.book("成绩/a.xlsx", b"a", lambda: book)
        assert asked == ["一", "二"] and (bench.folder / "成绩" / "a.xlsx").is_file()
        hands.finish()
    assert made == [1]
    assert hash_tree(bench.folder) == {
        "成绩/a.xlsx": sha256(write(book)),
        "文书/0.docx": sha256(bench.makes.made(bench.output(0))),
    }


def test_3_what_was_published_is_taken_from_there_while_it_is_what_was_promised(bench: Bench) -> None:
    bench.at.report.mkdir(parents=True)
    (bench.at.report / "0.docx").write_bytes(b"published")
    known = Output("0.docx", Known("key", "0.docx", sha256(b"published")), bench.output(0))
    assert bench.makes.data(known) == b"published"
    (bench.at.report / "0.docx").write_bytes(b"edited")
    assert bench.makes.data(known) == bench.makes.made(bench.output(0))


def test_4_an_interrupted_step_leaves_neither_child_nor_draft(bench: Bench) -> None:
    with pytest.raises(KeyboardInterrupt), bench.press() as hands:
        hands.begin(bench.makes)
        child = hands._children[0]._child
        assert child is not None
        os.kill(child.pid, signal.SIGSTOP)  # in the middle of its work
        for number in range(4):
            hands.paper(f"文书/{number}.docx", str(number).encode(), bench.output(number))
        begun = time.monotonic()
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 5
    assert child.returncode is not None and list(bench.folder.iterdir()) == []


def test_a_short_period_and_one_worker_start_no_child(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert press.children(bench.folder) == 1
    with given(Means(workers=1)):
        assert press.children(bench.folder) == 0
    monkeypatch.setattr(press, "WORTH_A_CHILD", 1)
    assert press.children(bench.folder) == 0


def test_templates_travel_as_their_bytes(bench: Bench) -> None:
    """A compiled template holds what no other process could be sent."""
    data = TEMPLATES[NOTICE](NATIONAL)
    compiled = Later(data, "t.docx", Template.compile(data, "t.docx"))
    assert packed(Makes(bench.at.report, {"t.docx": compiled}, NATIONAL)) == packed(bench.makes)
