"""Commands and their options. Each calls one function of the stages or the pipeline and prints what it returned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kaohe.stages.workspace import Place

app = typer.Typer(
    help="党建工作考核工具：下发填报表、校验回收表、计算结果、写出通知书与台账。",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
scheme_app = typer.Typer(help="考核方案工作簿：校验、查看。", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(scheme_app, name="scheme")

Workspace = Annotated[Path, typer.Option("--workspace", help="工作目录（默认：当前目录）", metavar="目录")]
Assessment = Annotated[str, typer.Argument(help="考核名称，即 workbooks 下的文件夹名，如 red-blue", metavar="考核")]
PeriodName = Annotated[str, typer.Argument(help="考核期：2026-07、2026Q3 或 2026", metavar="考核期")]
AsOf = Annotated[
    str, typer.Option("--as-of", help="基准日，如 2026-10-10（默认：方案“期次”表的基准日）", metavar="日期")
]
HERE = Path()


def _place(workspace: Path, assessment: str, period: str) -> Place:
    """The period, after settling whatever an interrupted command left behind."""
    from kaohe.cli.screens import settled
    from kaohe.files.publish import recover
    from kaohe.stages.workspace import place

    found = place(workspace, assessment, period)
    for line in settled(recover(found.reports)):
        typer.echo(line)
    return found


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="新工作目录", metavar="目录")],
    scheme: Annotated[str, typer.Option("--scheme", help="现成方案的名称，如 red-blue", metavar="方案")],
) -> None:
    """新建工作目录：复制一套现成的方案和名册。"""
    from kaohe.stages.issue import new_place

    for path in new_place(folder, scheme):
        typer.echo(f"已写出  {path}")
    typer.echo(f"下一步  改好方案和名册，再运行 kaohe issue {scheme} 考核期 --workspace {folder}")


@scheme_app.command("check")
def scheme_check(
    file: Annotated[Path, typer.Argument(help="方案工作簿", metavar="文件")], workspace: Workspace = HERE
) -> None:
    """校验方案：每个差错都指到工作表和单元格。"""
    from kaohe.cli.screens import show_scheme_check
    from kaohe.stages.schemes import check_file

    scheme, faults = check_file(file, workspace)
    raise typer.Exit(show_scheme_check(file, scheme, faults))


@scheme_app.command("show")
def scheme_show(file: Annotated[Path, typer.Argument(help="方案工作簿", metavar="文件")]) -> None:
    """按人读的方式列出全部规则和每类单位的填报量。"""
    from kaohe.cli.screens import show_scheme_check
    from kaohe.stages.schemes import filling_load, load_scheme

    scheme, faults = load_scheme(file)
    if scheme is None:
        raise typer.Exit(show_scheme_check(file, scheme, faults))
    from kaohe.scheme.show import show

    for line in (*show(scheme), "", "填报量", *(f"  {line}" for line in filling_load(scheme))):
        typer.echo(line)


@scheme_app.command("dress")
def scheme_dress(
    file: Annotated[Path, typer.Argument(help="方案或名册工作簿", metavar="文件")],
    target: Annotated[Path, typer.Argument(help="写到哪里（不覆盖已有文件）", metavar="新文件")],
    roster: Annotated[bool, typer.Option("--roster", help="这是名册")] = False,
) -> None:
    """重新整理方案或名册：内容不变，补上下拉、批注、列宽。"""
    from kaohe.stages.schemes import dress

    dress(file, target, "roster" if roster else "scheme")
    typer.echo(f"已写出  {target}")


@app.command("issue")
def issue(assessment: Assessment, period: PeriodName, workspace: Workspace = HERE) -> None:
    """下发：冻结本期方案和名册，给每个单位写出填报表。"""
    from kaohe.cli.screens import show_issue
    from kaohe.stages.issue import issue as stage

    raise typer.Exit(show_issue(stage(_place(workspace, assessment, period))))


@app.command("check")
def check(assessment: Assessment, period: PeriodName, workspace: Workspace = HERE, as_of: AsOf = "") -> None:
    """校验回收的填报表：谁没报、错在哪一格，写出受理清单和退回件。"""
    from kaohe.cli.screens import show_check
    from kaohe.stages.check import check as stage

    at = _place(workspace, assessment, period)
    raise typer.Exit(show_check(at, stage(at, as_of)))


@app.command("run")
def run(
    assessment: Assessment,
    period: PeriodName,
    workspace: Workspace = HERE,
    only: Annotated[str, typer.Option("--only", help="只运行一步：collect、evaluate 或 publish", metavar="步骤")] = "",
    as_of: AsOf = "",
    reason: Annotated[str, typer.Option("--reason", help="重算已归档考核期的理由", metavar="理由")] = "",
    full: Annotated[bool, typer.Option("--full", help="没有变化也重新运行")] = False,
    workers: Annotated[int, typer.Option("--workers", help="同时读几份表（默认：按处理器）", metavar="个数")] = 0,
) -> None:
    """计算：依次运行三个笔记本，发布结果、榜、通知书和台账。"""
    from kaohe.cli.screens import Progress, show_run
    from kaohe.pipeline import Request
    from kaohe.pipeline import run as pipeline_run

    if only and only not in ("collect", "evaluate", "publish"):
        typer.echo("--only 只能是 collect、evaluate 或 publish。", err=True)
        raise typer.Exit(2)
    at = _place(workspace, assessment, period)
    with Progress() as progress:
        report = pipeline_run(at, Request(only, as_of, reason, full, workers or None), progress)
    raise typer.Exit(show_run(at, report))


@app.command("status")
def status(
    assessment: Assessment,
    period: Annotated[str, typer.Argument(help="考核期（默认：全部）", metavar="考核期")] = "",
    workspace: Workspace = HERE,
) -> None:
    """各考核期进行到哪一步，哪些结果已经过时。"""
    from kaohe.cli.screens import show_status
    from kaohe.stages.status import status as stage

    raise typer.Exit(show_status(stage(workspace, assessment, period)))


@app.command("explain")
def explain(
    assessment: Assessment,
    period: PeriodName,
    unit: Annotated[str, typer.Argument(help="单位代码、名称或简称", metavar="单位")],
    figure: Annotated[str, typer.Argument(help="只看一个数，如 3.1、基础分、名次（默认：全部）", metavar="数")] = "",
    workspace: Workspace = HERE,
) -> None:
    """为什么是这个分：从总分一直说到填报表的单元格。"""
    from kaohe.stages.explain import explain as stage

    for line in stage(_place(workspace, assessment, period), unit, figure):
        typer.echo(line)
