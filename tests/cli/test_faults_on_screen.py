"""A screen of faults: many of one kind in one sheet are folded, everything else is told in full, and never below its own place."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from kaohe.cli.screens import FIRST_ALIKE, MOST_ALIKE, console, show_faults
from kaohe.core.cells import Source
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault


def blank(sheet: str, row: int) -> Fault:
    return fault("VALUE-003", Source("甲.xlsx", sheet, f"K{row}"), field="得分")


def told(capsys: pytest.CaptureFixture[str], *faults: Fault) -> list[str]:
    show_faults(console(), faults)
    return [line for line in capsys.readouterr().out.splitlines() if "VALUE-003" in line]


def test_a_few_alike_are_all_told(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, *(blank("评分", row) for row in range(6, 6 + MOST_ALIKE)), blank("其他", 9))
    assert len(lines) == MOST_ALIKE + 1 and not any("同样的" in line for line in lines)


def test_of_many_alike_the_first_are_told_and_of_the_others_the_cells(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, *(blank("评分", row) for row in range(6, 26)), blank("其他", 9))
    assert [line.split()[1:3] for line in lines[:FIRST_ALIKE]] == [["评分", f"K{6 + at}"] for at in range(FIRST_ALIKE)]
    assert f"同样的还有 {20 - FIRST_ALIKE} 处：K{6 + FIRST_ALIKE} 至 K25" in lines[FIRST_ALIKE]
    assert len(lines) == FIRST_ALIKE + 2 and "K9" in lines[-1]


def test_on_a_narrow_terminal_a_sentence_goes_on_below_itself() -> None:
    """In a file or a pipe it stays one line, whatever its length."""
    written = io.StringIO()
    one = fault("VALUE-001", Source("甲.xlsx", "评分", "H10"), "0.3分", field="自评", read="0.3")
    show_faults(Console(file=written, force_terminal=True, color_system=None, width=48, highlight=False), [one])
    first, second, *_ = written.getvalue().splitlines()[1:]
    assert first.startswith("    提示  评分        H10  “自评”")
    assert second[:24].strip() == "" and second[24:].strip()
    piped = io.StringIO()
    show_faults(Console(file=piped, width=48, soft_wrap=True, highlight=False), [one])
    assert len(piped.getvalue().splitlines()) == 2
