"""Commands about a working place as a whole: `kaohe new`, `console`, `starters`, `ask`. Which period is meant is only asked here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaohe.cli.options import HERE, Workspace

if TYPE_CHECKING:
    from kaohe.stages.choosing import Choice


def new(
    folder: Annotated[Path, typer.Argument(help="新工作目录", metavar="目录")],
    scheme: Annotated[str, typer.Option("--scheme", help="现成方案的名称，如 red-blue", metavar="方案")],
) -> None:
    """新建工作目录：复制一套现成的方案和名册，放好双击启动的文件。已有的工作目录里再加一个考核也用它。"""
    from kaohe.stages.new import new_place, too_deep

    for path in new_place(folder, scheme):
        typer.echo(f"已写出  {path}")
    if warning := too_deep(folder):
        typer.echo(warning)
    typer.echo(f"下一步  改好方案和名册，再运行 kaohe issue {scheme} 考核期 --workspace {_quoted(folder)}")


def console(workspace: Workspace = HERE) -> None:
    """放一份 控制台.xlsx 到工作目录：有 Excel 的人可以在 Excel 里校验打开的填报表、查看结果。"""
    from kaohe.stages.console import put_console

    for name in put_console(workspace):
        typer.echo(f"已写出  {workspace / name}")
    typer.echo(
        "下一步  用 Excel 打开 控制台.xlsx，填好期次，选动作，点“xlwings”选项卡的“Run main”。没有 Excel 请用 kaohe check。"
    )


def starters(workspace: Workspace = HERE) -> None:
    """（重新）放好双击启动的 检查填报、运行考核，记下现在用的 Python：程序搬了家、换了电脑以后运行一次。"""
    from kaohe.stages.starters import put_starters

    for name in put_starters(workspace):
        typer.echo(f"已写出  {workspace / name}")


def ask(
    what: Annotated[str, typer.Argument(help="做什么：check 校验，run 计算", metavar="动作")],
    workspace: Workspace = HERE,
) -> None:
    """列出下发过的考核期，选一期，再校验或计算。双击启动的文件用的就是它。"""
    from kaohe.cli import commands
    from kaohe.stages.choosing import choices

    if what not in ("check", "run"):
        typer.echo("动作只能是 check 或 run。", err=True)
        raise typer.Exit(2)
    chosen = _choose(choices(workspace.resolve()))
    if what == "check":
        commands.check(chosen.assessment, chosen.period, workspace)
    else:
        commands.run(chosen.assessment, chosen.period, workspace)


def _choose(offered: tuple[Choice, ...]) -> Choice:
    """The period that the user picks by its number; Enter picks the first. Raises Abort where nobody answers, NotReady without a choice."""
    from kaohe.cli.screens import grid
    from kaohe.stages.choosing import COLUMNS
    from kaohe.stages.workspace import NotReady

    if not offered:
        raise NotReady("这个工作目录里还没有下发过填报表。请先运行 kaohe issue 考核 考核期。")
    rows = [(str(number), *each.row) for number, each in enumerate(offered, 1)]
    for line in grid(("序号", *COLUMNS), rows, (0, 3, 4)):
        typer.echo(f"  {line}")
    while True:
        answer = typer.prompt("选哪一期（写序号；直接按回车选 1）", default="1", show_default=False).strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(offered):
            return offered[int(answer) - 1]
        typer.echo(f"请写 1 到 {len(offered)}。")


def _quoted(folder: Path) -> str:
    """A folder as it can be typed into a command."""
    text = str(folder)
    return f'"{text}"' if " " in text or "&" in text else text
