"""What the commands `kaohe scheme …` print: the check with its filling load, the rules in words, the comparison of two years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.cli.screens import console, grid, show_faults
from kaohe.core.exact import plain
from kaohe.core.faults import Fault
from kaohe.records.scheme import Scheme

if TYPE_CHECKING:
    from rich.console import Console

    from kaohe.scheme.diff import Change, Diff
    from kaohe.scheme.text import Section
    from kaohe.stages.burden import Burden, GroupBurden

_KINDS = {"增加": "green", "取消": "red", "分值变动": "yellow"}


def show_scheme_check(scheme: Scheme | None, faults: Sequence[Fault], load: Iterable[str] = ()) -> int:
    """The faults of a scheme (and its roster), then the filling load; 0 when only 提示 are left."""
    screen = console()
    bad = [each for each in faults if each.effect != "提示"]
    if scheme is not None:
        leaves = [line for line in scheme.indicators if line.is_leaf]
        screen.print(
            f"{scheme.name}  {len(scheme.classes)} 类，{len(leaves)} 条末级指标，{len(scheme.cases)} 条细则，"
            f"{len(scheme.instruments)} 张评价表，{len(scheme.rules)} 条规则，{len(scheme.documents)} 种文书",
            markup=False,
        )
    show_faults(screen, faults)
    lines = tuple(load)
    if lines:
        screen.print("填报量", style="bold")
        for line in lines:
            screen.print(f"  {line}" if line else "", markup=False)
    screen.print(
        f"差错 {len(bad)} 处，提示 {len(faults) - len(bad)} 处。"
        + ("方案可以使用。" if not bad else "请改正后再校验。")
    )
    return 1 if bad else 0


def load_lines(own: Sequence[Burden], group: Sequence[GroupBurden]) -> tuple[str, ...]:
    """Two tables: forms of each unit by class, and the group-wide ones."""
    found: list[str] = []
    if own:
        titles = ("填报表", "类别", "指标", "单位填(格)", "检查组填(格)", "已印好(格)", "已印好占比")
        own_rows = [
            (each.form, each.unit_class, each.lines, each.unit_cells, each.team_cells, each.printed, each.share)
            for each in own
        ]
        found += grid(titles, own_rows, range(2, 7))
    if group:
        head = ("公共表", "份数", "每份填(格)", "共填(格)", "已印好占比")
        found += [""] if found else []
        found += grid(
            head,
            [(e.form, e.copies, _each(e), *((e.cells, e.share) if e.cells else ("按实", "-"))) for e in group],
            range(1, 5),
        )
    return tuple(found)


def _each(burden: GroupBurden) -> str:
    if not burden.most:
        return "按实"
    return str(burden.most) if burden.least == burden.most else f"{burden.least}-{burden.most}"


def show_sections(sections: Iterable[Section]) -> None:
    """The rules in words, a title and its lines."""
    screen = console()
    for number, section in enumerate(sections):
        if number:
            screen.print()
        screen.print(section.title, style="bold", markup=False)
        for line in section.lines:
            screen.print(f"  {line}" if line else "", markup=False)


def show_diff(found: Diff) -> int:
    """Counts, moved marks of level-1 indicators, then every change by topic."""
    screen = console()
    screen.print(f"{found.before} → {found.after}", style="bold", markup=False)
    counts = found.counts()
    if not counts:
        screen.print("没有改动。")
        return 0
    for topic, kinds in counts.items():
        screen.print(f"  {topic}：{'，'.join(f'{kind} {number}' for kind, number in kinds.items())}", markup=False)
    _sums(screen, found)
    for topic in counts:
        screen.print()
        screen.print(topic, style="bold", markup=False)
        for code in dict.fromkeys(each.code for each in found.changes if each.topic == topic):
            _item(screen, [each for each in found.changes if each.topic == topic and each.code == code])
    return 0


def _sums(screen: Console, found: Diff) -> None:
    """A row a level-1 indicator, a column a class: `16`, or `16→18 (+2)`."""
    classes = list(dict.fromkeys(each.unit_class for each in found.sums))
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for each in found.sums:
        before, after = (("-" if value is None else plain(value)) for value in (each.before, each.after))
        text = after if before == after else f"{before}→{after} ({each.by})"
        cells.setdefault((each.component, f"{each.code} {each.name}"), {})[each.unit_class] = text
    rows = [(*key, *(mine.get(code, "") for code in classes)) for key, mine in cells.items()]
    if not rows:
        return
    screen.print()
    screen.print("一级指标分值", style="bold")
    head = ("构成", "一级指标", *classes)
    if screen.is_terminal:
        from rich import box
        from rich.table import Table

        table = Table(*head, box=box.SIMPLE_HEAD)
        for row in rows:
            table.add_row(*row, style="yellow" if any("→" in text for text in row[2:]) else "")
        screen.print(table)
        return
    for line in grid(head, rows, range(2, len(head))):
        screen.print(f"  {line}", markup=False)


def _item(screen: Console, changes: Sequence[Change]) -> None:
    first = changes[0]
    if first.kind in ("增加", "取消"):
        screen.print(f"  [{_KINDS[first.kind]}]{first.kind}[/]  ", end="")
        screen.print(f"{_label(first)}  {first.after or first.before}", markup=False)
        return
    screen.print(f"  {_label(first)}", markup=False)
    for each in changes:
        by = f"（{each.by}）" if each.by else ""
        colour = _KINDS.get(each.kind, "")
        screen.print(f"    [{colour}]{each.kind}[/]  " if colour else f"    {each.kind}  ", end="")
        screen.print(f"{each.title}：{each.before or '空白'} → {each.after or '空白'}{by}", markup=False)


def _label(change: Change) -> str:
    return change.code if change.code.endswith(change.name) else f"{change.code} {change.name}"


def say_marked(targets: Sequence[Path]) -> None:
    """Where the marked copies went."""
    screen = console()
    for target in targets:
        screen.print(f"已写出  {target}", markup=False)
    if not targets:
        screen.print("没有差错可标，没有写校验件。")
