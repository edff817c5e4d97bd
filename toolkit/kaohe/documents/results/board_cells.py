"""The first sheet while it is filled: cells, and cells that look a figure up in 结果 by the row of a unique order column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.documents import book_styles as looks
from kaohe.documents.results.grid import FIRST_ROW, RESULTS, Refs
from kaohe.documents.results.model import Frame
from kaohe.documents.results.names import safe
from kaohe.documents.results.values import Standings
from kaohe.records.books import Cell, Conditional, Style, Value
from kaohe.records.results import ObjectResult

#: names that the other sheets have
OTHER_SHEETS = (
    "结果",
    "资格",
    "决定",
    "数据",
    "评价",
    "得票",
    "日常积分",
    "任务清单",
    "加减分",
    "扣分",
    "申诉",
    "临界",
    "参数",
    "核对",
    "说明",
)


def board_name(frame: Frame) -> str:
    """The sheet's name: what the scheme's board name has in quotes, else the name; Excel's limits kept."""
    name = frame.scheme.info.get("榜名") or "榜"
    quoted = re.search(r"[“「](.+?)[”」]", name)
    found = re.sub(r"[\[\]:*?/\\']", "", quoted[1] if quoted else name)[:31] or "榜"
    return f"{found}榜" if found in OTHER_SHEETS else found


def used_names(refs: Refs, frame: Frame) -> dict[str, str]:
    """Defined names of those columns of 结果 that the board looks up."""
    keys = ["单位", "单位示", "状态", "分类"]
    keys += ["总分", "精确总分", "基础分", "名次", "等次", "排名家数", "失分", "较上期", "键", "加分", "减分", "运用"]
    found = {f"结果_{key}": refs.results.area(key) for key in keys if refs.results.has(key)}
    found |= {f"结果_序_{label.key}": refs.results.area(f"序:{label.key}") for label in frame.labels}
    found |= {
        part_name(part.code, word): refs.results.area(f"{word}:{part.code}")
        for part in frame.parts
        for word in ("得分", "名次")
        if refs.results.has(f"{word}:{part.code}")
    }
    return found | {
        "数据_组": refs.data.area("组"),
        "数据_排名": refs.data.area("排名"),
        "数据_家数": refs.data.area("家数"),
        "数据_失分最多": refs.data.area("失分最多"),
    }


def part_name(code: str, word: str) -> str:
    """Defined name of a component's column in 结果."""
    return f"结果_{safe(code)}_{word}"


class BoardCells:
    """`row` is the next free row; cells hold the program's values, and formulas where the workbook is live."""

    def __init__(self, frame: Frame, refs: Refs, found: Standings) -> None:
        self.frame, self.refs, self.found = frame, refs, found
        self.lines = {each.code: line for line, each in enumerate(frame.objects, 1)}
        self.row = 1
        self.cells: list[Cell] = []
        self.heights: dict[int, float] = {}
        self.conditionals: list[Conditional] = []
        self.bars: dict[str, list[str]] = {}

    def put(self, column: int, value: Value, style: Style = looks.TEXT, formula: str = "", row: int = 0) -> None:
        self.cells.append(Cell(row or self.row, column, value, style, formula if self.frame.is_live else ""))

    def _line(self, each: ObjectResult) -> int:
        return self.lines[each.code]

    def _position(self, column: int, first: int, name: str, field: str, value: int, before: Sequence[int] = ()) -> None:
        """The row in 结果 of the next member; `before` are the lengths of the field's blocks to the left."""
        letter = letters(column)
        count = f"ROWS({letter}${first}:{letter}{self.row})"
        count += "".join(f"+ROWS({letter}${first}:{letter}${first + length - 1})" for length in before)
        wanted = f'{field}&"-"&({count})' if field else count
        self.put(column, value, looks.NOTE, f'=IFERROR(MATCH({wanted},{name},0),"")')

    def _unit(self, column: int, at: str, each: ObjectResult, bold: bool = False, marked: bool = False) -> None:
        name = "结果_单位示" if marked else "结果_单位"
        letter = self.refs.results.letter("单位")
        row = f"ROWS({RESULTS}!${letter}$1:${letter}${FIRST_ROW - 1})+{at}"
        formula = f'=IF({at}="","",HYPERLINK("#{RESULTS}!{letter}"&({row}),INDEX({name},{at})))'
        value = self._value("单位示" if marked else "单位", each)
        self.put(column, value, replace(looks.TEXT, bold=bold, underline=True), formula)

    def _look(self, column: int, at: str, key: str, each: ObjectResult, style: Style) -> None:
        if self.refs.results.has(key):
            self._cell(column, at, f"结果_{key}", self._value(key, each), style)
        else:
            self.put(column, None, style)

    def _cell(self, column: int, at: str, name: str, value: Value, style: Style) -> None:
        self.put(column, value, style, f'=IF({at}="","",INDEX({name},{at}))')

    def _value(self, key: str, each: ObjectResult) -> Value:
        return self.refs.results.column(key).value(each)
