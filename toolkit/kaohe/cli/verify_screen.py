"""What `kaohe verify` prints: how many formula cells each sheet has, and every cell where the office program finds another value than the
file holds, or another figure than the program's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.cli.screens import console

if TYPE_CHECKING:
    from kaohe.stages.verify import Difference, Value, Verified

#: so many cells are told one by one; a workbook that is wrong throughout would fill screens
MOST_TOLD = 50


def show_verified(file: Path, found: Verified) -> int:
    """The count of formula cells, then those with two values; 0 when there are none, else 1."""
    screen = console()
    total = sum(found.formulas.values())
    by_sheet = "、".join(f"{name} {count}" for name, count in found.formulas.items())
    screen.print(f"{file.name}  公式单元格 {total} 个（{by_sheet}）", markup=False)
    if found.figures:
        screen.print(f"“核对”表的程序数 {found.figures} 个", markup=False)
    if not found.differences and not found.changed:
        screen.print("办公软件重新计算以后，每个公式单元格都不变，并且和程序的数相同。", markup=False)
        return 0
    if found.differences:
        screen.print(f"办公软件重新计算以后，{len(found.differences)} 个公式单元格和文件里的数不同：", markup=False)
        _tell(found.differences, "文件里", "重新计算")
    if found.changed:
        screen.print(f"重新计算的数有 {len(found.changed)} 个和程序的数不同：", markup=False)
        _tell(found.changed, "程序", "公式")
    screen.print(
        "工作簿被改过的（如改了“参数”“数据”里的数），请看 reports 里的原件；原件也不同的，请把工作簿交给技术支持。",
        markup=False,
    )
    return 1


def _tell(found: Sequence[Difference], ours: str, theirs: str) -> None:
    screen = console()
    for each in found[:MOST_TOLD]:
        what = f"  {each.what}" if each.what else ""
        values = f"{ours} {_shown(each.ours)}  {theirs} {_shown(each.office)}"
        screen.print(f"  {each.sheet}!{each.cell}{what}  {values}", markup=False)
    if len(found) > MOST_TOLD:
        left = Counter(each.sheet for each in found[MOST_TOLD:])
        screen.print("  其余：" + "、".join(f"{name} {count} 个" for name, count in left.items()), markup=False)


def _shown(value: Value) -> str:
    return "空白" if value == "" else f"{value:.12g}" if isinstance(value, float) else str(value)
