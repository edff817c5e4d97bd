"""The page: docs/performance.md, from what was measured. No dates, no names of machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from run import Measured

    from stages import Row

_HEAD = """# Performance

Written by `{command}`
on {machine}; do not edit. The ratios are what counts: all ways run in turn on the same machine in the same run, and the seconds of
another machine differ. Times are medians ({times}); CPU time includes child processes; memory is the peak of the whole process tree
(PSS).

- **kaohe**: `kaohe run` of one quarter: guarded reading, checks, exact scoring with derivations, ledger, results workbook, board,
  documents, data tables, three notebooks with pages, manifest.
- **plain**: the same quarter as an analyst would script it for this one scheme (`tests/benchmarks/plain`): openpyxl, pandas, openpyxl,
  docxtpl per document, one notebook with its page. It must come to the same totals, ranks, grades, boards and documents, which the
  command asserts. It checks nothing, guards nothing and derives nothing.
- **floor**: what the formats themselves cost: inflate and expat over every sheet; Jinja and deflate of the same documents; papermill
  with notebooks of one cell.

The returned workbooks are the issued ones filled in, with shared formulas as Excel keeps them. An office program that writes every
formula in full makes a workbook larger and more of its rows different, which costs more to read.
"""

#: (row's title, kaohe's stages, plain's stages, floor's stage)
_COMPARED = (
    ("read a workbook: guard, tables", ("read and guard",), ("read and guard",), "read and guard"),
    ("… with extraction and comparison", ("read and guard", "extract and compare"), ("read and guard",), "read and guard"),
    ("results workbook", ("results workbook",), ("results workbook",), ""),
    ("scoring: kaohe with derivations, ledger, store", ("evaluate",), ("scoring",), ""),
    ("a notice, rendering alone", ("render 考核结果反馈通知书",), (), "render 考核结果反馈通知书"),
    ("a rectification list, rendering alone", ("render 整改清单",), (), "render 整改清单"),
)  # fmt: skip


def page(found: Sequence[Measured], command: str, machine: str, picture: str = "") -> str:
    """The whole page; `picture` is the file of the growth's picture beside it."""
    times = ", ".join(f"{each.times} at {each.units} units" for each in found)
    parts = [_HEAD.format(command=command, machine=machine, times=f"repetitions: {times}")]
    parts.append("\n".join(("## The whole job\n", *_whole(found))))
    for each in found:
        parts.append("\n".join((f"## {each.units} units\n", *_compared(each), "", *_stages(each))))
    if len(found) > 1:
        shown = (
            (f"![CPU seconds of the whole job by number of units, both axes logarithmic]({picture})", "")
            if picture
            else ()
        )
        parts.append("\n".join(("## Growth\n", *shown, *_growth(found))))
    return "\n".join(f"{part}\n" for part in parts)


def _whole(found: Sequence[Measured]) -> Iterator[str]:
    yield "| units | way | wall s | CPU s | peak MB | wall ÷ kaohe | CPU ÷ kaohe | CPU ms a unit | documents | formulas |"
    yield "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for each in found:
        documents = sum(count for name, count in each.counts.items() if name != "units" and "formulas" not in name)
        for way, cost in each.whole.items():
            done = str(documents) if way in ("kaohe", "plain") else ""
            ours = each.whole["kaohe"]
            yield (
                f"| {each.units} | {way} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak / 1e6:.0f} | "
                f"{_over(cost.wall, ours.wall)} | {_over(cost.cpu, ours.cpu)} | {cost.cpu / each.units * 1000:.1f} | {done} | "
                f"{each.counts.get(f'formulas {way}', '')} |"
            )


def _compared(each: Measured) -> Iterator[str]:
    yield "| CPU ms a unit | kaohe | plain | plain ÷ kaohe | floor | kaohe ÷ floor |"
    yield "|---|---:|---:|---:|---:|---:|"
    rows = {(row.stage, row.way): row for row in each.stages}
    for title, ours, plain, floor in _COMPARED:
        mine, other, least = _sum(rows, ours, "kaohe"), _sum(rows, plain, "plain"), _sum(rows, (floor,), "floor")
        if mine is None:
            continue
        yield f"| {title} | {_ms(mine)} | {_ms(other)} | {_over(other, mine)} | {_ms(least)} | {_over(mine, least)} |"


def _stages(each: Measured) -> Iterator[str]:
    yield "| stage of kaohe, in one process and its children | wall s | CPU s | CPU ms a unit | peak MB |"
    yield "|---|---:|---:|---:|---:|"
    for row in (row for row in each.stages if row.way == "kaohe" and row.peak):
        per_unit = row.cpu / row.units * 1000
        yield f"| {row.stage} | {row.wall:.2f} | {row.cpu:.2f} | {per_unit:.2f} | {row.peak / 1e6:.0f} |"
    yield ""
    told = ", ".join(f"{name} {seconds:.1f}" for name, seconds in each.parts.items())
    yield f"Parts of the run, wall seconds as run.json has them (`bytes`: waiting for the second process): {told}."


def _growth(found: Sequence[Measured]) -> Iterator[str]:
    yield f"| CPU ms a unit | {' | '.join(f'{each.units} units' for each in found)} | last ÷ first |"
    yield f"|---|{'---:|' * (len(found) + 1)}"
    for way in ("kaohe", "plain"):
        yield _grown(f"whole job, {way}", [_per_unit(each, way) for each in found])
    for stage in [row.stage for row in found[0].stages if row.peak]:
        costs = [next(row for row in each.stages if row.stage == stage and row.way == "kaohe") for each in found]
        yield _grown(stage, [row.cpu / row.units * 1000 for row in costs])


def _per_unit(each: Measured, way: str) -> float | None:
    """CPU ms a unit; None where the way did not run."""
    return each.whole[way].cpu / each.units * 1000 if way in each.whole else None


def _grown(title: str, figures: Sequence[float | None]) -> str:
    return f"| {title} | {' | '.join(map(_ms, figures))} | {_over(figures[-1], figures[0])} |"


def _sum(rows: dict[tuple[str, str], Row], stages: Sequence[str], way: str) -> float | None:
    found = [row.cpu / row.units * 1000 for stage in stages if (row := rows.get((stage, way))) is not None]
    return sum(found) if found else None


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _over(value: float | None, other: float | None) -> str:
    return f"{value / other:.2f}" if value is not None and other else ""
