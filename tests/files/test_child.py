"""The reading child: what it read arrives whole, and a file that stalls or kills it costs that file only."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date, datetime
from datetime import time as clock

import pytest
import xlsxwriter

from kaohe.files.child import Reader
from kaohe.files.limits import Limits
from kaohe.files.reader import read
from kaohe.records.tables import Reading, Refusal
from makers.packages import FOUR, row, workbook

MIB = 1024 * 1024


def heavy(rows: int) -> bytes:
    """A sound workbook of so many rows of 90 numbers."""
    cells = "<c><v>1</v></c>" * 90
    return workbook(f"<row>{cells}</row>" * rows)


def wide() -> bytes:
    """A small workbook with two far corners: the parser makes room for twenty million cells, about 500 MiB."""
    return workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="200000"><c r="CV200000"><v>2</v></c></row>')


def test_what_the_child_reads_is_what_is_read_here():
    buffer = io.BytesIO()
    written = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = written.add_worksheet("填报")
    page.write_row(0, 0, ["甲", 95, 0.1, True])
    for column, (value, style) in enumerate(
        [
            (date(2026, 9, 30), "yyyy-mm-dd"),
            (datetime(2026, 9, 30, 8, 30, 15), "yyyy-mm-dd hh:mm:ss"),
            (clock(8, 30), "hh:mm"),
        ]
    ):
        page.write_datetime(1, column, value, written.add_format({"num_format": style}))
    page.write_number(1, 3, 1.5, written.add_format({"num_format": "[h]:mm:ss"}))
    page.merge_range("A5:B5", "合并")
    page.set_row(5, None, None, {"hidden": True})
    written.close()
    files = [buffer.getvalue(), workbook(), workbook(row('<c r="A1" t="e"><v>#REF!</v></c>')), b"", b"Rar!"]
    with Reader() as reader:
        assert [reader.read(data) for data in files] == [read(data) for data in files]
    reading = read(files[0])
    assert isinstance(reading, Reading) and reading.tables[0].rows[1][:2] == (
        date(2026, 9, 30),
        datetime(2026, 9, 30, 8, 30, 15),
    )


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read():
    with Reader(Limits(seconds=0.3, ratio=10_000)) as reader:
        assert reader.read(heavy(6000)) == Refusal("FILE-030", "0.3")
        again = reader.read(workbook())
    assert isinstance(again, Reading) and again.tables[0].rows == FOUR


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="only POSIX systems can stop a process")
def test_a_sleeping_child_is_not_waited_for():
    with Reader(Limits(seconds=0.5)) as reader:
        first = reader.read(workbook())
        assert reader._child is not None
        os.kill(reader._child.pid, signal.SIGSTOP)
        begun = time.monotonic()
        assert reader.read(workbook()) == Refusal("FILE-030", "0.5")
        assert time.monotonic() - begun < 3
        assert reader.read(workbook()) == first


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_file_that_eats_all_memory_kills_the_child_and_nothing_else():
    with Reader(Limits(memory=256 * MIB, rows=200_000)) as reader:
        found = reader.read(wide())
        assert isinstance(found, Refusal) and found.code in ("FILE-031", "FILE-032")
        assert isinstance(reader.read(workbook()), Reading)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="only POSIX systems can stop a process")
def test_a_child_that_aborts_is_blamed_on_the_file_in_hand():
    with Reader() as reader:
        assert isinstance(reader.read(workbook()), Reading)
        child = reader._child
        assert child is not None
        os.kill(child.pid, signal.SIGSTOP)
        killer = threading.Timer(0.3, lambda: os.kill(child.pid, signal.SIGABRT) or os.kill(child.pid, signal.SIGCONT))
        killer.start()
        assert reader.read(workbook()) == Refusal("FILE-031")
        assert isinstance(reader.read(workbook()), Reading)


def test_a_child_that_died_between_two_files_is_blamed_on_neither():
    with Reader() as reader:
        first = reader.read(workbook())
        assert reader._child is not None
        reader._child.kill()
        reader._child.wait()
        assert reader.read(workbook()) == first


def test_the_child_is_replaced_after_its_number_of_files():
    with Reader(Limits(recycle=2)) as reader:
        pids = []
        for _ in range(5):
            assert isinstance(reader.read(workbook()), Reading)
            assert reader._child is not None
            pids.append(reader._child.pid)
    assert [pids[0] == pids[1], pids[1] == pids[2], pids[2] == pids[3], pids[3] == pids[4]] == [
        True,
        False,
        True,
        False,
    ]


def test_leaving_the_reader_ends_its_child():
    with Reader() as reader:
        reader.read(workbook())
        child = reader._child
    assert child is not None and child.returncode is not None


def test_the_child_ends_when_its_parent_is_gone():
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "kaohe.files.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(20) == 0


def test_each_thread_reads_with_a_child_of_its_own():
    found: list[Reading | Refusal] = []

    def work() -> None:
        with Reader() as reader:
            found.extend(reader.read(workbook()) for _ in range(3))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 9 and all(isinstance(each, Reading) for each in found)


def test_the_child_imports_nothing_that_reading_does_not_need():
    heavy = "pandas numpy openpyxl xlsxwriter docx docxtpl jinja2 papermill nbconvert lxml matplotlib filelock".split()
    told = "import sys, kaohe.files.child, kaohe.files.reader; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert not set(heavy) & set(loaded) and "kaohe.files.reader" in loaded
