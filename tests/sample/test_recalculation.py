"""The published results workbook of system E, recalculated by an office program, in .xlsx, .ods and .xls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from makers import recalculation

if TYPE_CHECKING:
    from sample.conftest import Quarter


@pytest.mark.office
def test_every_formula_is_recalculated_to_the_programs_value(quarter: Quarter, tmp_path: Path) -> None:
    counted = recalculation.corrected({"2026Q3": quarter.folder() / "考核结果.xlsx"}, tmp_path)
    assert counted["2026Q3"] > 4000
