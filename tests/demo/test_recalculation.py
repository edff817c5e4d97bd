"""The published results workbooks of systems A and B, recalculated by an office program, in .xlsx, .ods and .xls. Systems C and D stand in
test_closed_loop and test_clocks, system E in sample/test_recalculation."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.conftest import Demo
from makers import recalculation


@pytest.mark.office
def test_every_formula_is_recalculated_to_the_programs_value(demo: Demo, tmp_path: Path) -> None:
    last = demo.periods[-1]
    counted = recalculation.corrected({last: demo.report(last) / "考核结果.xlsx"}, tmp_path)
    assert counted[last] > 5000
