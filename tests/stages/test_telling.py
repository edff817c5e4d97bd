"""What a command says of results is read from their store without the derivations, and is what the outcome says."""

from __future__ import annotations

from hostile.place import Small
from kaohe.records.results import Outcome
from kaohe.stages.telling import exit_code, results_lines, told_of
from kaohe.stages.workspace import one
from makers.steps import run_here


def test_it_says_of_each_object_what_the_outcome_says(first: Small) -> None:
    told, outcome = told_of(first.at.report), one(first.at.report, "outcome", Outcome)
    said = [(each.code, each.name, each.object, each.status, each.total is not None) for each in told.objects]
    wanted = [(each.code, each.name, each.object, each.status, each.total is not None) for each in outcome.objects]
    assert said == wanted and len(said) == 3
    assert told.documents == 3 and told.computed == outcome.faults
    assert results_lines(first.at, first.at.report, told)[0].startswith("2026Q3  3/3 个单位算出结果  文书 3 份")
    assert exit_code(told) == 0


def test_an_object_that_is_withheld_is_named_and_changes_the_exit_code(small: Small) -> None:
    next(small.at.returned.glob("*甲*")).unlink()
    report, _ = run_here(small.at)
    assert report.exit_code == 1
    assert [line for line in report.lines if line.startswith("  未报  甲 甲局：见 reports/small/2026Q3/受理清单.xlsx")]
