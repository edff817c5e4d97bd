"""The sheet 核对: the program's figures as plain values beside the formulas of 结果, their differences, and the overall check.

It is shown in every run; it proves something once an office program has recalculated (`kaohe verify`).
"""

from __future__ import annotations

from typing import NamedTuple

from kaohe.documents import book_styles as looks
from kaohe.documents.results.grid import (
    CHECKS,
    FIRST_ROW,
    HEAD_ROW,
    LOSSES,
    Column,
    Grid,
    Look,
    Refs,
    grid,
    grid_cells,
    row_heights,
)
from kaohe.documents.results.identity import identity
from kaohe.documents.results.model import Frame
from kaohe.documents.results.paper import on_paper
from kaohe.records.books import Cell, Conditional, Sheet, Style, Value
from kaohe.records.results import ObjectResult

_COMPARED = (
    "失分", "基础分", "加分", "减分", "总分", "名次", "计算等次", "审定等次", "等次", "榜", "旁榜", "运用",
)  # fmt: skip
_WORDS = ("计算等次", "审定等次", "等次", "榜", "旁榜", "运用")
#: scores on rating instruments and places of ranked values
_WORKED = ("表:", "位:")


class Losses(NamedTuple):
    """Where 扣分 holds codes and marks (absolute areas), for the closing check."""

    codes: str
    marks: str


def checks_grid(frame: Frame, results: Grid, losses: Losses) -> Grid:
    """The columns of 核对: for each compared figure the program's value, the formula's, and the difference."""
    columns = [*identity(frame, {"编码": 9, "单位": 18}, Refs.of_results)]
    keys = [key for key in _COMPARED if results.has(key)]
    keys += [
        column.key
        for column in results.columns
        if column.key.startswith(_WORKED) or (column.key.startswith(("绩效:", "得分:", "名次:")) and not column.working)
    ]
    shown = {key.partition(":")[2] for key in keys if key.startswith("得分:")}
    keys += [f"构成:{part.code}" for part in frame.parts if part.code not in shown]
    keys += [f"叶:{live.code}" for live in frame.lives]
    for key in keys:
        columns += _pair(results.column(key))
    if results.has("各项失分"):
        columns += _closing(results, losses)
    differences = tuple(column.key for column in columns if column.key.startswith("差:"))

    def agrees(refs: Refs, row: int) -> str:
        letter = [refs.checks.letter(key) for key in differences]
        return f'=IF(ROUND({"+".join(f"${each}{row}" for each in letter) or "0"},净位)=0,"√","×")'

    columns.append(Column("一致", "一致", lambda each: "√", agrees, "centre", 8))
    return grid(CHECKS, columns, len(frame.objects))


def checks_sheet(frame: Frame, refs: Refs, breaks: set[int]) -> Sheet:
    """The sheet 核对."""
    mine = refs.checks
    last = mine.letter("一致")
    area = f"{last}{FIRST_ROW}:{last}{mine.last}"
    note = (
        "“程序”列是程序用精确分数算得的数值，“公式”列取自“结果”，差应为 0；“各项失分”与“扣分”逐条相加的合计相符。"
        "用办公软件重新计算（如按 Ctrl+Alt+F9）后仍全部为 √，即为核对通过。"
    )
    title, words = looks.heading(f"核对　{frame.edition.when.title}", note)
    above = (title, overall_cell(frame, refs, 1, mine.number("一致"), looks.CENTRE), words)
    good = Style(bold=True, colour=looks.OK_TEXT, fill=looks.OK_FILL)
    bad = Style(bold=True, colour=looks.BAD_TEXT, fill=looks.BAD_FILL)
    return Sheet(
        CHECKS,
        grid_cells(above, mine, refs, frame.objects, breaks, frame.places, frame.is_live),
        widths={n: column.width for n, column in enumerate(mine.columns, 1)},
        heights=row_heights(mine, frame.objects),
        freeze=(FIRST_ROW, 3),
        filter=f"A{HEAD_ROW}:{last}{mine.last}",
        tab="548235",
        conditionals=(
            Conditional(area, f'={last}{FIRST_ROW}="√"', good),
            Conditional(area, f'={last}{FIRST_ROW}<>"√"', bad),
        ),
        print=on_paper(frame, [column.width for column in mine.columns], mine.number("单位")),
    )


def overall_cell(frame: Frame, refs: Refs, row: int, column: int, style: Style) -> Cell:
    """A cell with the overall check: 核对：31 / 31 一致 √."""
    area = refs.checks.area("一致")
    good = f'COUNTIF({area},"√")'
    formula = f'="核对："&{good}&" / "&ROWS({area})&" 一致 "&IF({good}=ROWS({area}),"√","×")'
    count = len(frame.objects)
    return Cell(row, column, f"核对：{count} / {count} 一致 √", style, formula if frame.is_live else "")


def _pair(source: Column) -> list[Column]:
    title = source.title.replace("\n", " ")
    look: Look = "points" if source.look == "bold" else source.look
    words = source.key in _WORDS

    def program(each: ObjectResult) -> Value:
        value = source.value(each)
        return None if value == "" else value

    def difference(refs: Refs, row: int) -> str:
        ours = f"${refs.checks.letter(f'程:{source.key}')}{row}"
        theirs = f"${refs.checks.letter(f'公:{source.key}')}{row}"
        if words:
            return f'=IF({ours}&""={theirs}&"",0,1)'
        both = f"AND(ISNUMBER({ours}),ISNUMBER({theirs}))"
        return f'=IF({both},ABS(N({ours})-N({theirs})),IF({ours}&""={theirs}&"",0,1))'

    width = max(8.0, source.width)
    return [
        Column(f"程:{source.key}", f"{title}\n程序", program, None, look, width),
        Column(
            f"公:{source.key}",
            f"{title}\n公式",
            source.value,
            lambda refs, row: f"={refs.of_results(source.key, row)}",
            look,
            width,
        ),
        Column(f"差:{source.key}", "差", lambda each: 0, difference, "flag", 6),
    ]


def _closing(results: Grid, losses: Losses) -> list[Column]:
    source = results.column("各项失分")

    def listed(each: ObjectResult) -> Value:
        value = source.value(each)
        return 0 if value == "" else value

    def formula(refs: Refs, row: int) -> str:
        return f"=ROUND(SUMIFS({losses.marks},{losses.codes},$A{row}),净位)"

    def difference(refs: Refs, row: int) -> str:
        return f"=ABS(N({refs.of_results('各项失分', row)})-${refs.checks.letter('扣分合计')}{row})"

    return [
        Column("扣分合计", f"“{LOSSES}”合计\n公式", listed, formula, "points", 11),
        Column("差:扣分", "差", lambda each: 0, difference, "flag", 6),
    ]
