"""受理清单.xlsx: what came back, file by file, every fault in plain words at its cell, and who is missing with whom to call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.core.faults import Fault, Verdict
from kaohe.core.periods import chinese_date, parse_period
from kaohe.core.sentences import say
from kaohe.documents import book_styles as looks
from kaohe.records.books import Book, Cell, Print, Sheet, Style, Value
from kaohe.records.edition import FileRow
from kaohe.records.people import Roster, Unit
from kaohe.records.scheme import Scheme

SUMMARY, FILES, FAULTS, MISSING, MENDED = "汇总", "清单", "差错", "未报", "已改正"
_VERDICTS: tuple[Verdict, ...] = ("受理", "提示", "存疑", "拒收", "忽略")
_HEAD, _FIRST = 3, 4
_LOOKS: dict[str, Style] = {
    "受理": Style(colour=looks.OK_TEXT, fill=looks.OK_FILL),
    "提示": Style(colour="7F6000", fill="FFF2CC"),
    "存疑": Style(colour="7F6000", fill="FFE699", bold=True),
    "拒收": Style(colour=looks.BAD_TEXT, fill=looks.BAD_FILL, bold=True),
    "忽略": Style(colour=looks.SECONDARY),
}


def book(
    scheme: Scheme,
    roster: Roster,
    period: str,
    files: tuple[FileRow, ...],
    faults: tuple[Fault, ...],
    due: str,
    mended: tuple[Fault, ...] = (),
    missing: tuple[Unit, ...] | None = None,
    absent: tuple[tuple[str, str], ...] = (),
) -> Book:
    """The acceptance list. `files` has every file found once; `due` is the deadline (ISO, "" = none); `mended` are faults of the
    previous check that are gone now. `missing`: the units that owe a form which carries points (None: those without any file); `absent`:
    (form, who fills it) of the group-wide workbooks that have not come back. Raises KeyError for a fault code that is not in the catalogue."""
    when = parse_period(period)
    title = when.title if when else period
    owing = missing_units(roster, files) if missing is None else missing
    foot = f"&L&8{f'{scheme.name}　受理清单　{title}'.replace('&', '&&')}&R&8&A　第 &P 页 共 &N 页"
    sheets = [
        _summary(scheme, roster, files, due, title, foot, owing),
        _files(roster, files, faults, title, foot),
        _faults(
            FAULTS, "差错", "按文件逐条列出；改好后重报，退回件中差错单元格已标出。", roster, files, faults, title, foot
        ),
        _missing(owing, absent, due, title, foot),
    ]
    if mended:
        note = "上次校验有、这次没有的差错。"
        sheets.append(_faults(MENDED, "已改正", note, roster, files, mended, title, foot))
    row = scheme.period_row(period)
    return Book(
        title=f"{scheme.name}受理清单（{title}）",
        sheets=tuple(sheets),
        created=due or (row.end if row else "") or "2026-01-01",
        author=scheme.info.get("组织名称", ""),
    )


def missing_units(roster: Roster, files: Sequence[FileRow]) -> tuple[Unit, ...]:
    """Units that owe a form and have not returned any file that could be read as theirs."""
    there = {file.unit_code for file in files if file.unit_code}
    return tuple(unit for unit in roster.assessed if unit.code not in there)


def verdict_of_unit(code: str, files: Sequence[FileRow]) -> Verdict | None:
    """The worst verdict among a unit's files; None where there is none."""
    verdicts = [file.verdict for file in files if file.unit_code == code and file.verdict != "忽略"]
    return max(verdicts, key=_VERDICTS.index, default=None)


def _summary(
    scheme: Scheme, roster: Roster, files: Sequence[FileRow], due: str, title: str, foot: str, owing: Sequence[Unit]
) -> Sheet:
    heads = ("类别", "名称", "应报", "已报", "受理", "提示", "存疑", "拒收", "未报")
    note = f"报送截止：{chinese_date(due) or '未定'}。一个单位按其最差的结论计一次；存疑和拒收的请改正后重报。"
    owed = {unit.code for unit in owing}
    cells: list[Cell] = [*looks.heading(f"受理清单　{scheme.name}　{title}", note), *looks.head_row(_HEAD, heads)]
    row = _FIRST
    codes = {unit.unit_class for unit in roster.assessed}
    for each in scheme.classes:
        if each.code not in codes:
            continue
        units = [unit for unit in roster.assessed if unit.unit_class == each.code]
        found = Counter(None if unit.code in owed else verdict_of_unit(unit.code, files) for unit in units)
        returned = len(units) - found[None]
        values: tuple[Value, ...] = (
            each.code, each.name, len(units), returned, *(found[verdict] for verdict in _VERDICTS[:4]), found[None],
        )  # fmt: skip
        cells += _line(row, values)
        row += 1
    last = max(_FIRST, row - 1)
    bold = replace(looks.COUNT, bold=True)
    cells += [Cell(row, 1, "合计", replace(looks.TEXT, bold=True)), Cell(row, 2, None, looks.TEXT)]
    for column in range(3, len(heads) + 1):
        total = sum(
            int(cell.value)
            for cell in cells
            if cell.column == column and _FIRST <= cell.row < row and isinstance(cell.value, int)
        )
        letter = letters(column)
        cells.append(Cell(row, column, total, looks.computed(bold), f"=SUM({letter}{_FIRST}:{letter}{last})"))
    row += 2
    cells += looks.head_row(row, ("文件", "", *_VERDICTS, "合计"))
    everything = Counter(file.verdict for file in files)
    others = Counter(file.verdict for file in files if not file.unit_code)
    for word, counts in (("全部文件", everything), ("其中不能归到单位或公用的", others)):
        row += 1
        cells += [Cell(row, 1, word, looks.TEXT), Cell(row, 2, None, looks.TEXT)]
        for column, verdict in enumerate(_VERDICTS, 3):
            cells.append(Cell(row, column, counts[verdict], looks.COUNT))
        cells.append(Cell(row, 8, sum(counts.values()), looks.computed(looks.COUNT), f"=SUM(C{row}:G{row})"))
    return Sheet(
        SUMMARY,
        tuple(cells),
        widths={1: 24.0, 2: 24.0} | {column: 9.0 for column in range(3, 10)},
        heights={1: 26, _HEAD: 22},
        freeze=(_FIRST, 1),
        tab=looks.HEAD_FILL,
        print=Print(footer=foot),
    )


def _line(row: int, values: Sequence[Value]) -> list[Cell]:
    cells = [Cell(row, 1, values[0], looks.CENTRE), Cell(row, 2, values[1], looks.TEXT)]
    for column, value in enumerate(values[2:], 3):
        cells.append(Cell(row, column, value, looks.COUNT))
    return cells


def _files(roster: Roster, files: Sequence[FileRow], faults: Sequence[Fault], title: str, foot: str) -> Sheet:
    heads = ("序号", "文件", "结论", "单位编码", "单位", "分类", "说明", "拒收", "存疑", "提示")
    widths = (6.0, 44.0, 8.0, 10.0, 24.0, 7.0, 60.0, 7.0, 7.0, 7.0)
    counts = Counter((fault.source.file, fault.effect) for fault in faults)
    cells: list[Cell] = [
        *looks.heading(f"清单　{title}", f"回收文件夹里的每个文件一行，共 {len(files)} 个；后三列为差错条数。"),
        *looks.head_row(_HEAD, heads),
    ]
    heights = {1: 26.0, _HEAD: 22.0}
    for row, file in enumerate(files, _FIRST):
        unit = roster.unit(file.unit_code) if file.unit_code else None
        name, unit_class = (unit.name, unit.unit_class) if unit else ("", "")
        numbers = (counts[file.file, effect] for effect in ("拒收", "存疑", "提示"))
        values: tuple[Value, ...] = (
            row - _FIRST + 1,
            file.file,
            file.verdict,
            file.unit_code,
            name,
            unit_class,
            file.note,
            *numbers,
        )
        verdict = replace(looks.CENTRE, **{f: getattr(_LOOKS[file.verdict], f) for f in ("colour", "fill", "bold")})
        styles = (
            looks.COUNT,
            looks.WRAP,
            verdict,
            looks.CENTRE,
            looks.WRAP,
            looks.CENTRE,
            looks.WRAP,
            looks.COUNT,
            looks.COUNT,
            looks.COUNT,
        )
        cells += [Cell(row, column, value, styles[column - 1]) for column, value in enumerate(values, 1)]
        heights[row] = looks.height_of(values, widths)
    return _table(FILES, cells, widths, heights, len(files), foot, 3)


def _faults(
    name: str,
    word: str,
    note: str,
    roster: Roster,
    files: Sequence[FileRow],
    faults: Sequence[Fault],
    title: str,
    foot: str,
) -> Sheet:
    heads = ("序号", "文件", "单位", "工作表", "单元格", "结论", "填的是", "说明", "代码")
    widths = (6.0, 34.0, 20.0, 14.0, 9.0, 8.0, 24.0, 76.0, 12.0)
    owner = {file.file: file.unit_code for file in files}
    cells: list[Cell] = [
        *looks.heading(f"{word}　{title}", f"共 {len(faults)} 条。{note}"),
        *looks.head_row(_HEAD, heads),
    ]
    heights = {1: 26.0, _HEAD: 22.0}
    for row, fault in enumerate(faults, _FIRST):
        unit = roster.unit(fault.object_code or owner.get(fault.source.file, ""))
        values: tuple[Value, ...] = (
            row - _FIRST + 1, fault.source.file, (unit.short or unit.name) if unit else "", fault.source.sheet, fault.source.cell,
            fault.effect, fault.found, say(fault), fault.code,
        )  # fmt: skip
        effect = replace(looks.CENTRE, **{f: getattr(_LOOKS[fault.effect], f) for f in ("colour", "fill", "bold")})
        styles = (
            looks.COUNT,
            looks.WRAP,
            looks.WRAP,
            looks.WRAP,
            looks.CENTRE,
            effect,
            looks.WRAP,
            looks.WRAP,
            looks.NOTE,
        )
        cells += [Cell(row, column, value, styles[column - 1]) for column, value in enumerate(values, 1)]
        heights[row] = looks.height_of(values, widths)
    return _table(name, cells, widths, heights, len(faults), foot, 3)


def _missing(units: Sequence[Unit], absent: Sequence[tuple[str, str]], due: str, title: str, foot: str) -> Sheet:
    heads = ("序号", "单位编码", "单位", "分类", "负责人", "联系人", "联系电话")
    widths = (6.0, 10.0, 34.0, 7.0, 12.0, 12.0, 18.0)
    rows: list[tuple[Value, ...]] = [
        (n, unit.code, unit.name, unit.unit_class, unit.head, unit.contact, unit.phone)
        for n, unit in enumerate(units, 1)
    ]
    rows += [(n, "", f"{form}　{who}".strip(), "", "", "", "") for n, (form, who) in enumerate(absent, len(units) + 1)]
    shared = f"另有公用表 {len(absent)} 份没有交回。" if absent else ""
    note = f"报送截止：{chinese_date(due) or '未定'}。共 {len(units)} 个单位还没有可以认定的填报表。{shared}"
    styles = (looks.COUNT, looks.CENTRE, looks.WRAP, looks.CENTRE, looks.TEXT, looks.TEXT, looks.TEXT)
    cells = [
        *looks.heading(f"未报　{title}", note),
        *looks.head_row(_HEAD, heads),
        *looks.rows_of(_FIRST, rows, styles),
    ]
    return _table(MISSING, cells, widths, {1: 26.0, _HEAD: 22.0}, len(rows), foot, 4)


def _table(
    name: str,
    cells: Sequence[Cell],
    widths: Sequence[float],
    heights: dict[int, float],
    rows: int,
    foot: str,
    column: int,
) -> Sheet:
    last = max(_FIRST, _FIRST + rows - 1)
    return Sheet(
        name,
        tuple(cells),
        widths=dict(enumerate(widths, 1)),
        heights=heights,
        freeze=(_FIRST, column),
        filter=f"A{_HEAD}:{letters(len(widths))}{last}",
        print=Print(rows=(_HEAD, _HEAD), footer=foot),
    )
