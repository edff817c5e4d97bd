"""What the commands print: counts first, then faults grouped by file, then who is missing, then files and the next step.

Figure columns hold only ASCII or wide characters (visual target, accessibility): Ⅰ is written I 类 on the screen, no box lines.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.core.faults import Fault
from kaohe.core.sentences import say
from kaohe.stages.workspace import Place

if TYPE_CHECKING:
    from rich.console import Console

    from kaohe.files.publish import Recovered
    from kaohe.pipeline import RunReport
    from kaohe.records.acceptance import Since
    from kaohe.stages.collection import Collection
    from kaohe.stages.issue import Issue
    from kaohe.stages.printing import Printing
    from kaohe.stages.purge import Purged
    from kaohe.stages.seal import Sealing
    from kaohe.stages.status import Standing

_ASCII = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "−": "-", "×": "x", "√": "v", "·": "-"})
_COLOURS = {"拒收": "bold red", "存疑": "bold red", "提示": "yellow"}


def console() -> Console:
    """The screen; never cuts or wraps lines when it is no terminal."""
    from rich.console import Console

    made = Console(highlight=False, soft_wrap=True)
    return made


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def pad(text: str, columns: int, right: bool = False) -> str:
    """Filled with blanks to a number of terminal columns."""
    room = " " * max(columns - width(text), 0)
    return room + text if right else text + room


def grid(header: Sequence[str], rows: Sequence[Sequence[object]], numbers: Sequence[int] = ()) -> list[str]:
    """Lines of a table: columns as wide as their widest word, `numbers` (indexes) right-aligned."""
    body = [[str(value).translate(_ASCII) for value in row] for row in rows]
    widths = [max(width(line[index]) for line in [list(header), *body]) for index in range(len(header))]
    return [
        "  ".join(pad(value, widths[index], index in numbers) for index, value in enumerate(line)).rstrip()
        for line in [list(header), *body]
    ]


def settled(found: Sequence[Recovered]) -> list[str]:
    """One line for each interrupted exchange that was finished or undone."""
    words = {"check": "校验", "run": "计算"}
    return [
        f"{each.period} 上次{words.get(each.what, '计算')}在发布时中断，已{'补完，新结果有效' if each.finished else '恢复为原来的结果'}。"
        for each in found
    ]


#: so many faults of one kind in one sheet are all told; of more than that, the first few
MOST_ALIKE, FIRST_ALIKE = 12, 5


def show_faults(screen: Console, faults: Sequence[Fault]) -> None:
    """Faults grouped by file: effect, sheet, cell, what is there (where the sentence does not quote it), what to do, code last. Of many
    faults of one kind in one sheet the first few stand in full, and of the others the cells."""
    places = [f"{pad(each.source.sheet or '整本', 10)}  {pad(each.source.cell, 4)}" for each in faults]
    room = max((width(place.rstrip()) for place in places), default=0)
    for file in dict.fromkeys(each.source.file for each in faults):
        screen.print(f"  {file or '（整体）'}", style="bold", markup=False)
        mine = [pair for pair in zip(faults, places, strict=True) if pair[0].source.file == file]
        alike: dict[tuple[str, str], list[str]] = {}
        for each, _ in mine:
            alike.setdefault((each.source.sheet, each.code), []).append(each.source.cell)
        told: Counter[tuple[str, str]] = Counter()
        for each, place in mine:
            kind = (each.source.sheet, each.code)
            told[kind] += 1
            many = len(alike[kind]) > MOST_ALIKE
            if many and told[kind] == FIRST_ALIKE + 1:
                rest = alike[kind][FIRST_ALIKE:]
                cells = f"：{rest[0]} 至 {rest[-1]}" if rest[0] and rest[-1] else ""
                screen.print(
                    f"          {each.source.sheet or '整本'}  同样的还有 {len(rest)} 处{cells}，标出差错的工作簿里逐处写明  {each.code}",
                    markup=False,
                )
            if not many or told[kind] <= FIRST_ALIKE:
                words = say(each)
                found = f"现为“{each.found}”  " if each.found and each.found not in words else ""
                _show_fault(screen, each.effect, pad(place.rstrip(), room), f"{found}{words}  {each.code}")


def _show_fault(screen: Console, effect: str, place: str, words: str) -> None:
    """One line, which programs read as one; on a terminal too narrow for it, it goes on below its own words."""
    from rich.table import Table
    from rich.text import Text

    if not screen.is_terminal:
        screen.print(f"    {effect}  {place}  {words}", markup=False)
        return
    line = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        line.add_column(no_wrap=True)
    line.add_column(overflow="fold")
    line.add_row("  ", Text(effect, _COLOURS[effect]), Text(place), Text(words))
    screen.print(line, soft_wrap=False)


def show_issue(issued: Issue) -> int:
    """What went out."""
    screen = console()
    for note in issued.notes:
        screen.print(note, markup=False)
    for line in grid(("类别", "份数", "单位填(格)", "检查组填(格)"), issued.load, (1, 2, 3)):
        screen.print(f"  {line}", markup=False)
    screen.print(
        f"已写出  {issued.folder}  新写 {issued.written} 份，未变 {issued.same} 份，保留 {issued.kept} 份", markup=False
    )
    screen.print(
        "下一步  按 下发 里的 发放清单.xlsx 把表发给各单位；交回的放进旁边的 回收，再运行 kaohe check", markup=False
    )
    return 1 if issued.kept else 0


def show_check(at: Place, found: Collection) -> int:
    """The state of collection, as the acceptance list has it: counts, faults by file, what was mended, who is missing, what to do."""
    from kaohe.core.periods import chinese_date
    from kaohe.documents.acceptance.progress import must_mend, worst_first

    screen = console()
    screen.print(f"{found.scheme.name}  {at.when.title}  校验回收表", style="bold", markup=False)
    screen.print(f"名册 {len(found.roster.units)} 个单位  基准日 {found.context.row.as_of}\n", markup=False)
    columns, rows = found.progress
    for line in grid(columns, rows, range(1, len(columns))):
        screen.print(f"  {line}", markup=False)
    counts = Counter(each.verdict for each in found.files)
    words = "  ".join(f"{word} {counts[word]}" for word in ("受理", "提示", "存疑", "拒收", "忽略") if counts[word])
    screen.print(f"\n回收文件 {len(found.files)} 个  {words}", markup=False)
    if found.faults:
        must = must_mend(found.faults)
        screen.print(f"\n须改正 {must} 处，请确认 {len(found.faults) - must} 处", style="bold", markup=False)
        show_faults(screen, [each for _, faults in worst_first(found.acceptance) for each in faults])
    if found.since is not None and (found.since.mended or found.since.lasting):
        _show_since(screen, found.since)
    if found.missing_rows:
        shared = f"，公用表 {len(found.absent)} 份" if found.absent else ""
        due = f"  报送截止 {chinese_date(found.context.row.due)}" if found.context.row.due else ""
        screen.print(f"\n未报 {len(found.missing)} 个单位{shared}{due}", style="bold", markup=False)
        for line in grid(("代码", "单位", "联系人", "电话"), found.missing_rows):
            screen.print(f"  {line}", markup=False)
    screen.print(f"\n已写出  {_below(at, at.report)}/受理清单.xlsx", markup=False)
    if found.marked:
        screen.print(f"        {_below(at, at.report)}/退回件/  {len(found.marked)} 本", markup=False)
    for path, now in found.beside.items():
        screen.print(f"        {path} 正被别的程序打开，新的写在 {now}；关闭后再校验一次。", markup=False)
    for line in found.next_steps:
        screen.print(line, markup=False)
    return 1 if found.has_findings else 0


def _show_since(screen: Console, since: Since) -> None:
    """What became of the faults that the last check named."""
    left, fresh = ([each for each in some if each.effect != "提示"] for some in (since.lasting, since.fresh))
    line = f"\n比上次校验  已改正 {len(since.mended)} 处，仍未改正 {len(left)} 处，新出现 {len(fresh)} 处"
    screen.print(line, style="bold", markup=False)
    for word, colour, some in (("已改正", "green", since.mended), ("仍未改正", "bold red", left)):
        for each in some:
            place = " ".join(part for part in (each.source.file, each.source.sheet, each.source.cell) if part)
            screen.print(f"    [{colour}]{word}[/]  ", end="")
            screen.print(f"{place}  {_was(each)}{each.code}", markup=False)


def _was(each: Fault) -> str:
    return f"原为“{each.found}”  " if each.found else ""


def show_printing(at: Place, found: Printing) -> int:
    """The files to be printed; 1 where a PDF that was wanted is lacking."""
    screen = console()
    for each in found.bound:
        for name in (each.file, *each.pdfs):
            screen.print(f"已写出  {_below(at, at.report)}/{name}", markup=False)
    if found.lacking:
        screen.print(f"没有转成 PDF：{found.lacking}。请装好后重试，或打开合订的 .docx 打印。", markup=False)
    return 1 if found.lacking else 0


def _below(at: Place, path: Path) -> str:
    return path.relative_to(at.root).as_posix()


def show_run(at: Place, report: RunReport) -> int:
    """What a run did."""
    screen = console()
    for line in report.lines:
        screen.print(line, markup=False)
    if not report.published:
        screen.print(f"下一步  运行 kaohe run {at.assessment} {at.period}，做完其余各步并发布", markup=False)
    elif report.exit_code == 0 and (at.report / "manifest.json").is_file():
        screen.print(
            f"下一步  1 打开 {_below(at, at.report)}/考核结果.xlsx，核看“核对”表，抽看 文书 里的几份", markup=False
        )
        screen.print("        2 榜.html、浮窗.html 放到门户；审定后用 kaohe seal 归档", markup=False)
        screen.print(f"        要问某单位为什么是这个分：kaohe explain {at.assessment} {at.period} 单位", markup=False)
    return report.exit_code


def show_seal(at: Place, found: Sealing) -> int:
    """What was archived."""
    screen = console()
    made = found.seal
    if not found.is_new:
        screen.print(f"{at.period} 已于 {made.date} 归档，没有变化。", markup=False)
        return 0
    times = f"（第 {made.number} 次）" if made.number > 1 else ""
    screen.print(f"{at.period} 已归档{times}  {made.date}  结果标识 {made.mark}", markup=False)
    for note in found.notes:
        screen.print(f"  {note}", markup=False)
    screen.print(f"  此后重算须写明理由：kaohe run {at.assessment} {at.period} --reason 理由", markup=False)
    return 0


def show_purge(at: Place, found: Purged) -> int:
    """What was deleted and what stays; 1 where workbooks could not be read, which stay."""
    screen = console()
    word = "已清除" if found.is_new else f"已于 {found.record.date} 清除，再次核对"
    screen.print(f"{at.period} {word}：评价原票和测评导出 {len(found.record.inputs)} 个文件", markup=False)
    for name in found.record.inputs:
        screen.print(f"  {name}", markup=False)
    for each in found.record.counts:
        words = f"应评 {each.due}，交回 {each.returned}，有效 {each.valid}，作废 {each.void}"
        screen.print(f"  保留票数  {each.instrument}  {words}（各对象合计）", markup=False)
    for name in found.unread:
        screen.print(f"  读不出，没有删：{name}。如含评价票，请自行处理。", markup=False)
    screen.print("  结果、归档不变，可用 kaohe explain 查看；不能再重新计算。", markup=False)
    return 1 if found.unread else 0


def show_status(standings: Sequence[Standing]) -> int:
    """One line a period, and below it what is stale, and why."""
    from kaohe.stages.status import COLUMNS

    screen = console()
    for line in grid(COLUMNS, [each.row for each in standings], (1, 2)):
        screen.print(line, markup=False)
    for each in standings:
        for note in each.notes:
            screen.print(f"  {each.period}  {note}", markup=False)
    return 0
