"""The results workbook with openpyxl: values in 数据, live formulas in 结果 and 核对, as many as kaohe's workbook holds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from plain.rules import Rules
from plain.scoring import Scored

_HEAD = Font(bold=True)
_GREY = PatternFill("solid", fgColor="FFEFEFEF")
_WRAP = Alignment(wrap_text=True, vertical="center")
LOSSES = "unit component head code 名称 办法 full points 核查 情形 说明 依据 file row".split()
PROBLEMS = "problem unit code 情形 count gone 事实 依据或佐证 kind severity 责任人 file row".split()
DECISIONS = "代码 分类 名称 total rank grade boards pay".split()
TOTALS = ("失分", "基础分", "加分", "减分", "总分", "名次", "本类家数", "本类平均", "本类最高", "党风廉政", "宣传工作")

#: figure of 结果 → the program's value
CHECKED = {
    "基础分": "base", "加分": "bonus", "减分": "penalty", "总分": "total", "名次": "rank", "本类家数": "members", "本类平均": "mean",
    "本类最高": "best", "党风廉政": "LZ", "宣传工作": "XC",
}  # fmt: skip


def write(rules: Rules, scored: Scored, problems: pd.DataFrame, path: Path) -> None:
    """考核结果.xlsx of the plain way."""
    book = Workbook()
    board = book.active
    board.title = "榜"
    codes = list(rules.leaves["代码"])
    order = scored.results.sort_values(["分类", "rank"])
    _results(book.create_sheet("结果"), rules, codes, order)
    _data(book.create_sheet("数据"), scored, codes, order)
    _check(book.create_sheet("核对"), order)
    _board(board, order)
    losses = scored.points[scored.points["full"] - scored.points["points"] > 1e-9]
    _values(book.create_sheet("扣分"), losses, LOSSES)
    _values(book.create_sheet("问题"), scored.problems, PROBLEMS)
    _values(book.create_sheet("台账"), problems, list(problems.columns))
    _values(book.create_sheet("决定"), order.reset_index(), DECISIONS)
    _values(book.create_sheet("参数"), rules.leaves, ["代码", "名称", "构成", "满分", "办法", "依据"])
    book.save(path)


def _head(sheet: Worksheet, titles: list[str]) -> None:
    sheet.append(titles)
    for cell in sheet[1]:
        cell.font, cell.fill, cell.alignment = _HEAD, _GREY, _WRAP
    sheet.freeze_panes = "D2"
    for column in range(1, len(titles) + 1):
        sheet.column_dimensions[letter(column)].width = 12


def _values(sheet: Worksheet, rows: pd.DataFrame, columns: list[str]) -> None:
    _head(sheet, columns)
    for row in rows[columns].astype(object).where(rows[columns].notna(), None).itertuples(index=False):
        sheet.append(row)


def _data(sheet: Worksheet, scored: Scored, codes: list[str], order: pd.DataFrame) -> None:
    """One row per unit, one column per indicator; then what was counted beside the indicators."""
    _head(sheet, ["编码", "分类", "单位", *codes, "加分", "减分"])
    wide = scored.points.pivot(index="unit", columns="code", values="points").reindex(columns=codes)
    wide = wide.astype(object).where(wide.notna(), None)
    for unit, row in order.iterrows():
        sheet.append([unit, row["分类"], row["简称"], *wide.loc[unit], row["bonus"], row["penalty"]])
    for cells in sheet.iter_rows(min_row=2, min_col=4):
        for cell in cells:
            cell.number_format = "0.00"


def _results(sheet: Worksheet, rules: Rules, codes: list[str], order: pd.DataFrame) -> None:
    """First-level sums, lost marks of every indicator, totals and ranks, all as formulas over 数据."""
    heads = list(dict.fromkeys(rules.leaves["一级"]))
    column_of = {code: letter(4 + index) for index, code in enumerate(codes)}
    spans = {head: [column_of[code] for code in codes if code.split(".")[0] == head] for head in heads}
    full = dict(zip(rules.leaves["代码"], rules.leaves["满分"], strict=True))
    named = [str(rules.heads.loc[head, "名称"]) for head in heads]
    _head(sheet, ["编码", "分类", "单位", *named, *(f"失分 {code}" for code in codes), *TOTALS])
    lost = [letter(4 + len(heads) + index) for index in range(len(codes))]
    start = 4 + len(heads) + len(codes)
    total, last = letter(start + 4), len(order) + 1
    bonus, penalty = letter(4 + len(codes)), letter(5 + len(codes))
    own = [head for head in heads if rules.heads.loc[head, "构成"] == "DJ"]
    first, end = spans[own[0]][0], spans[own[-1]][-1]
    for n in range(2, last + 1):
        here, group, totals = f"$B{n}", f"$B$2:$B${last}", f"${total}$2:${total}${last}"
        sums = [f"=SUM(数据!{spans[head][0]}{n}:{spans[head][-1]}{n})" for head in heads]
        losses = [f'=IF(数据!{column_of[code]}{n}="","",{full[code]:g}-数据!{column_of[code]}{n})' for code in codes]
        gone = f"=SUM({lost[0]}{n}:{lost[codes.index(_last(codes, own))]}{n})"
        points = f"SUM(数据!{first}{n}:{end}{n})"
        base = f"=ROUND({points}/({points}+{letter(start)}{n})*100,2)"
        sheet.append(
            [
                f"=数据!A{n}", f"=数据!B{n}", f"=数据!C{n}", *sums, *losses, gone, base, f"=数据!{bonus}{n}", f"=数据!{penalty}{n}",
                f"=ROUND({points}/({points}+{letter(start)}{n})*100+{letter(start + 2)}{n}-{letter(start + 3)}{n},2)",
                f'=COUNTIFS({group},{here},{totals},">"&{total}{n})+1', f"=COUNTIF({group},{here})", f"=AVERAGEIF({group},{here},{totals})",
                f"=SUMPRODUCT(MAX(({group}={here})*{totals}))", f"=ROUND({letter(4 + heads.index('9'))}{n},2)", f"=ROUND({letter(4 + heads.index('10'))}{n},2)",
            ]
        )  # fmt: skip


def _last(codes: list[str], heads: list[str]) -> str:
    """The last indicator below these first-level lines."""
    return [code for code in codes if code.split(".")[0] in heads][-1]


def _check(sheet: Worksheet, order: pd.DataFrame) -> None:
    """Program's value, formula and difference for each figure of 结果."""
    titles = [f"{name}{part}" for name in CHECKED for part in ("程序", "公式", "差", "一致")]
    _head(sheet, ["编码", "单位", *titles, "核对"])
    results = sheet.parent["结果"]
    columns = {cell.value: cell.column_letter for cell in results[1]}
    for n, (_, row) in enumerate(order.iterrows(), 2):
        line: list[object] = [f"=结果!A{n}", f"=结果!C{n}"]
        for index, (name, key) in enumerate(CHECKED.items()):
            own, other, gap = (letter(3 + index * 4 + step) for step in range(3))
            formulas = (f"=结果!{columns[name]}{n}", f"=ABS({own}{n}-{other}{n})", f"=IF({gap}{n}<0.005,1,0)")
            line += [float(row[key]), *formulas]
        marks = ",".join(f"{letter(6 + index * 4)}{n}" for index in range(len(CHECKED)))
        sheet.append([*line, f'=IF(SUM({marks})={len(CHECKED)},"√","×")'])


def _board(sheet: Worksheet, order: pd.DataFrame) -> None:
    _head(sheet, ["单位", "总分", "分类", "基础分", "加分", "名次", "榜"])
    columns = {cell.value: cell.column_letter for cell in sheet.parent["结果"][1]}
    for n in range(2, len(order) + 2):
        parts = [f"=结果!{columns[name]}{n}" for name in ("单位", "总分", "分类", "基础分", "加分", "名次")]
        sheet.append([*parts, order["boards"].iloc[n - 2]])
