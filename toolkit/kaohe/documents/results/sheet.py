"""The sheet 结果: one row an object, live formulas from leaf points to total, rank, grade, boards and performance points.

Left stands what people read, right (grey heads) the workings that the formulas go through (`results_workings`). Sources: scheme model 4,
steps 2–9 and 14; design of the results workbook 1, 2 and 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kaohe.documents import book_styles as looks
from kaohe.documents.printed import CLOCK_WORDS
from kaohe.documents.results.adjustments import penalty
from kaohe.documents.results.follow import without_last
from kaohe.documents.results.grading import grade_formula
from kaohe.documents.results.grid import (
    DATA,
    FIRST_ROW,
    HEAD_ROW,
    RESULTS,
    Column,
    Formula,
    Grid,
    Refs,
    grid,
    grid_cells,
    literal,
    row_heights,
)
from kaohe.documents.results.identity import identity
from kaohe.documents.results.lines import block_column
from kaohe.documents.results.model import Frame, is_graded, is_performance, is_scored, or_blank, performance_of
from kaohe.documents.results.names import parameter_name
from kaohe.documents.results.paper import on_paper
from kaohe.documents.results.ranks import rank_column, score_column, total_rank
from kaohe.documents.results.rules import decided_grade, decided_why, takes, taking_key
from kaohe.documents.results.tree import root_columns
from kaohe.documents.results.values import Standings, label_names
from kaohe.documents.results.ways import linked, results_ways
from kaohe.documents.results.workings import workings
from kaohe.records.books import Conditional, Sheet, Style, Value
from kaohe.records.results import ObjectResult


def results_grid(frame: Frame, found: Standings, decided: Mapping[str, int]) -> Grid:
    """The columns of 结果 for this period: read left, worked right; `decided` is the first row of each object on 决定."""
    columns = [*identity(frame, {"编码": 7, "分类": 5.5, "单位": 16}, Refs.typed)]
    for part in frame.counted:
        columns += (
            [block_column(block, frame) for block in part.blocks] if part.kind == "lines" else root_columns(part, frame)
        )
    if frame.counted:
        columns += _totals(frame, found)
    for part in frame.apart:
        columns += [score_column(part, frame), rank_column(part)]
    columns += _consequences(frame)
    columns.append(
        Column("状态", "状态", lambda each: each.status, lambda refs, row: f"={refs.typed('状态', row)}", "centre", 7)
    )
    columns.append(
        Column("核对", "核对", lambda each: "√", lambda refs, row: f"={refs.check('一致', row)}", "centre", 6)
    )
    made = linked((*columns, *workings(frame, found)), results_ways(frame, decided))
    return grid(RESULTS, made, len(frame.objects))


def results_sheet(frame: Frame, refs: Refs, breaks: set[int]) -> Sheet:
    """The sheet 结果."""
    mine = refs.results
    last = mine.letter("核对")
    note = (
        f"灰底为公式，改动请到“{DATA}”“参数”；粗体加下划线为比本类均值多失分的弱项（界限见“参数”的弱项线）；"
        f"灰色表头的列为过程列，供公式引用；点单位名称看它的“{DATA}”，那里有失分的得分再连到“扣分”。"
    )
    above = looks.heading(f"结果　{frame.edition.when.title}　一行一个对象", note)
    return Sheet(
        RESULTS,
        grid_cells(above, mine, refs, frame.objects, breaks, frame.places, frame.is_live),
        widths={n: column.width for n, column in enumerate(mine.columns, 1)},
        heights=row_heights(mine, frame.objects),
        freeze=(FIRST_ROW, mine.number("单位") + 1),
        filter=f"A{HEAD_ROW}:{last}{mine.last}",
        tab=looks.HEAD_FILL,
        conditionals=_conditionals(frame, refs),
        print=on_paper(
            frame,
            [column.width for column in mine.columns[: mine.number("核对")]],
            mine.number("单位"),
            f"A1:{last}{mine.last}",
        ),
    )


def _totals(frame: Frame, found: Standings) -> list[Column]:
    last = CLOCK_WORDS[frame.clock].last
    columns = [Column("失分", "失分", lambda each: lost_of(frame, each), _lost(frame), "points", 10)]
    if len(frame.counted) > 1:
        columns += [score_column(part, frame) for part in frame.counted if not part.ranked]
    columns.append(Column("基础分", "基础分", lambda each: _of(each, each.base), _rounded("精确基础"), "points", 8))
    if frame.has_bonus:
        columns.append(Column("加分", "加分", lambda each: _of(each, each.bonus), _bonus(frame), "points", 7))
    if frame.has_penalty:

        def all_penalties(refs: Refs, row: int) -> str:
            return penalty(frame, refs, row)

        columns.append(Column("减分", "减分", lambda each: _of(each, each.penalty), all_penalties, "points", 7))
    columns += [
        Column("总分", "总分", lambda each: _of(each, each.total), _rounded("精确总分"), "bold", 8),
        Column("名次", "名次", lambda each: each.rank or "", total_rank(frame, True), "whole", 6),
        Column("上期名次", f"{last}\n名次", lambda each: each.previous_rank or "", _previous, "whole", 6),
    ]
    if frame.bands:
        columns += _grades(frame, grade_formula(frame, found.levels))
    return columns


def _grades(frame: Frame, computed: Formula) -> list[Column]:
    """The grade; where the committee decided on one, the computed and the decided grade beside it, and why."""
    if not frame.decides:
        return [Column("等次", "等次", lambda each: each.grade if is_graded(each) else "", computed, "centre", 8)]

    def decided(refs: Refs, row: int) -> str:
        return f'={refs.typed("审定等次", row)}&""'

    def final(refs: Refs, row: int) -> str:
        word = refs.typed("审定等次", row)
        return f'=IF({word}="",{refs.here("计算等次", row)},{word})'

    def why(refs: Refs, row: int) -> str:
        return f'={refs.typed("决定理由", row)}&""'

    return [
        Column(
            "计算等次", "计算\n等次", lambda each: each.grade_computed if is_graded(each) else "", computed, "centre", 8
        ),
        Column("审定等次", "审定\n等次", decided_grade, decided, "centre", 8),
        Column("等次", "等次", lambda each: each.grade if is_graded(each) else "", final, "centre", 8),
        Column("决定理由", "决定理由", decided_why, why, "text", 20),
    ]


def lost_of(frame: Frame, each: ObjectResult) -> Value:
    """Marks lost: on the lines where one component of lines makes the total, else what the base lacks to the full scale."""
    if not is_scored(each) or each.base_exact is None:
        return ""
    if not frame.loses_on_lines:
        return or_blank(frame.scheme.settings.full_scale - (each.base or Fraction(0)))
    return or_blank(frame.sums[each.code].lost_on(block.code for block in frame.counted[0].blocks))


def _of(each: ObjectResult, value: Fraction | None) -> Value:
    return or_blank(value if is_scored(each) else None)


def _lost(frame: Frame) -> Formula:
    def from_lines(refs: Refs, row: int) -> str:
        blocks = frame.counted[0].blocks
        full = refs.span(f"评:{blocks[0].code}", f"评:{blocks[-1].code}", row)
        points = refs.span(f"块:{blocks[0].code}", f"块:{blocks[-1].code}", row)
        return f'=IF(COUNT({full})=0,"",ROUND(SUM({full})-SUM({points}),净位))'

    def from_base(refs: Refs, row: int) -> str:
        base = refs.here("基础分", row)
        return f'=IF(ISNUMBER({base}),ROUND(总分满分-{base},净位),"")'

    return from_lines if frame.loses_on_lines else from_base


def _rounded(key: str) -> Formula:
    def formula(refs: Refs, row: int) -> str:
        cell = refs.here(key, row)
        return f'=IF(ISNUMBER({cell}),ROUND({cell},小数位),"")'

    return formula


def _bonus(frame: Frame) -> Formula:
    def formula(refs: Refs, row: int) -> str:
        cell = f"N({refs.typed('加分', row)})"
        capped = f"MIN({cell},加分总上限)" if frame.scheme.settings.bonus_cap is not None else cell
        return f'=IF({refs.typed("计分", row)}=1,{capped},"")'

    return formula


def _previous(refs: Refs, row: int) -> str:
    cell = refs.typed("上期名次", row)
    return f'=IF(ISNUMBER({cell}),{cell},"")'


def _consequences(frame: Frame) -> list[Column]:
    columns = []
    if any(label.component for label in frame.labels):
        columns.append(
            Column(
                "旁榜",
                "单独计分\n的榜",
                lambda each: label_names(frame, each, True),
                without_last("旁榜串"),
                "centre",
                _joined_width(frame),
            )
        )
    if any(not label.component for label in frame.labels):
        columns.append(
            Column("榜", "榜", lambda each: label_names(frame, each, False), without_last("榜串"), "centre", 9)
        )
    columns += [_performance(frame, target) for target in frame.targets]
    return columns


def _joined_width(frame: Frame) -> float:
    """Wide enough for the longest names of boards that an object has together."""
    longest = max((len(label_names(frame, each, True)) for each in frame.objects), default=0)
    return max(11.0, min(1.75 * longest, 26.0))


def _performance(frame: Frame, target: str) -> Column:
    rules = [rule for rule in frame.rules if is_performance(rule) and rule.target == target]

    def formula(refs: Refs, row: int) -> str:
        terms = "+".join(f"{refs.here(taking_key(frame, rule), row)}*{parameter_name(rule)}" for rule in rules)
        return f'=IF({refs.typed("计分", row)}=1,{terms},"")'

    def value(each: ObjectResult) -> Value:
        total = sum((performance_of(rule) for rule in rules if takes(rule, each)), Fraction(0))
        return or_blank(total) if is_scored(each) else ""

    return Column(f"绩效:{target}", target if "绩效" in target else f"绩效\n{target}", value, formula, "signed", 8)


def _conditionals(frame: Frame, refs: Refs) -> tuple[Conditional, ...]:
    """Weak cells, bars on lost marks, boards: at most three on any range (with more, saving as .xls drops all of them)."""
    mine, found = refs.results, []
    weak = Style(bold=True, underline=True, fill=looks.WEAK_FILL)
    for part in frame.counted:
        for block in part.blocks if part.kind == "lines" else ():
            here, full = f"块:{block.code}", f"评:{block.code}"
            letter = mine.letter(here)
            area = f"{letter}{FIRST_ROW}:{letter}{mine.last}"
            classes, own = refs.area("分类"), refs.here("分类", FIRST_ROW)
            mean = f"AVERAGEIFS({refs.area(full)},{classes},{own})-AVERAGEIFS({refs.area(here)},{classes},{own})"
            lost = f"{refs.here(full, FIRST_ROW)}-{refs.here(here, FIRST_ROW)}"
            test = f"=AND(ISNUMBER({refs.here(here, FIRST_ROW)}),ROUND({lost}-({mean}),净位)>=弱项线)"
            found.append(Conditional(area, test, weak))
    if mine.has("失分"):
        letter = mine.letter("失分")
        found.append(Conditional(f"{letter}{FIRST_ROW}:{letter}{mine.last}", bar=looks.BAR))
    if mine.has("榜"):
        found += board_conditionals(frame, f"{mine.letter('榜')}{FIRST_ROW}:{mine.letter('榜')}{mine.last}")
    area = f"{mine.letter('核对')}{FIRST_ROW}:{mine.letter('核对')}{mine.last}"
    found.append(Conditional(area, f'={refs.here("核对", FIRST_ROW)}="√"', Style(bold=True, colour=looks.OK_TEXT)))
    return tuple(found)


def board_conditionals(frame: Frame, area: str) -> tuple[Conditional, ...]:
    """How a cell with a label looks: a front board filled, a back board and a threshold outlined, in form as well as colour."""
    cell = f"${area.split(':')[0]}"

    def test(names: list[str]) -> str:
        framed = f'"、"&{cell}&"、"'
        return ",".join(f'{framed}<>SUBSTITUTE({framed},{literal("、" + name + "、")},"")' for name in names)

    looks_of = (
        (True, "front", Style(bold=True, colour="FFFFFF", fill=looks.RED)),
        (True, "back", Style(bold=True, colour=looks.BLUE, border=looks.BLUE)),
        (False, "", Style(bold=True, border=looks.SECONDARY)),
    )
    return tuple(
        Conditional(area, f"=OR({test(names)})", style)
        for board, side, style in looks_of
        if (names := [label.name for label in frame.labels if label.board == board and side in ("", label.side)])
    )
