"""The commands of a period and their options. Each calls one function of the stages or the pipeline and prints what it returned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaohe.cli.advanced import Cluster, Full, Quiet, WithAdvanced, Workers
from kaohe.cli.document_commands import layout_app, template_app
from kaohe.cli.help import in_chinese
from kaohe.cli.options import HERE, Workspace
from kaohe.cli.place_commands import ask, console, new, starters
from kaohe.cli.scheme_commands import scheme_app

if TYPE_CHECKING:
    from kaohe.stages.workspace import Place

in_chinese()
app = typer.Typer(
    help="党建工作考核工具：下发填报表、校验回收表、计算结果、写出通知书与台账。",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(scheme_app, name="scheme")
app.add_typer(template_app, name="template")
app.add_typer(layout_app, name="layout")

Assessment = Annotated[str, typer.Argument(help="考核名称，即 workbooks 下的文件夹名，如 red-blue", metavar="考核")]
PeriodName = Annotated[str, typer.Argument(help="考核期：2026-07、2026Q3 或 2026", metavar="考核期")]
AsOf = Annotated[
    str, typer.Option("--as-of", help="基准日，如 2026-10-10（默认：方案“期次”表的基准日）", metavar="日期")
]


def _place(workspace: Path, assessment: str, period: str) -> Place:
    """The period, after settling whatever an interrupted command left behind."""
    from kaohe.cli.screens import settled
    from kaohe.files.publish import recover
    from kaohe.stages.workspace import place

    found = place(workspace, assessment, period)
    for line in settled(recover(found.reports)):
        typer.echo(line)
    return found


app.command("new")(new)
app.command("console")(console)
app.command("starters")(starters)
app.command("ask")(ask)


@app.command("teams")
def teams(
    assessment: Assessment,
    period: PeriodName,
    seed: Annotated[int, typer.Option("--seed", help="随机种子：相同则抽签结果相同", metavar="整数")] = 1,
    workspace: Workspace = HERE,
) -> None:
    """抽签：从各单位抽检查员、分检查组，写出本期的检查组.xlsx；要在下发以前。"""
    from kaohe.cli.team_screens import show_teams
    from kaohe.stages.teams import draw_teams

    raise typer.Exit(show_teams(draw_teams(_place(workspace, assessment, period), seed), seed))


@app.command("issue")
def issue(assessment: Assessment, period: PeriodName, workspace: Workspace = HERE) -> None:
    """下发：冻结本期方案和名册，给每个单位写出填报表。"""
    from kaohe.cli.screens import show_issue
    from kaohe.stages.issue import issue as stage

    raise typer.Exit(show_issue(stage(_place(workspace, assessment, period))))


@app.command("check", cls=WithAdvanced)
def check(
    assessment: Assessment,
    period: PeriodName,
    workspace: Workspace = HERE,
    as_of: AsOf = "",
    full: Full = False,
    workers: Workers = 0,
    cluster: Cluster = "",
    quiet: Quiet = False,
) -> None:
    """校验回收的填报表：谁没报、错在哪一格，写出受理清单和退回件。"""
    from kaohe.cli.progress_screen import Progress
    from kaohe.cli.screens import show_check
    from kaohe.stages.check import check as stage
    from kaohe.stages.means import Means, given
    from kaohe.stages.progress import watching

    at = _place(workspace, assessment, period)
    with Progress(quiet, passing=True) as progress, given(Means(workers, cluster, full)), watching(progress.counted):
        found = stage(at, as_of)
    raise typer.Exit(show_check(at, found))


@app.command("run", cls=WithAdvanced)
def run(
    assessment: Assessment,
    period: PeriodName,
    workspace: Workspace = HERE,
    only: Annotated[str, typer.Option("--only", help="只运行一步：collect、evaluate 或 publish", metavar="步骤")] = "",
    as_of: AsOf = "",
    reason: Annotated[str, typer.Option("--reason", help="重算已归档考核期的理由", metavar="理由")] = "",
    full: Full = False,
    workers: Workers = 0,
    cluster: Cluster = "",
    quiet: Quiet = False,
) -> None:
    """计算：依次运行三个笔记本，发布结果、榜、通知书和台账。"""
    from kaohe.cli.progress_screen import Progress
    from kaohe.cli.screens import show_run
    from kaohe.pipeline import Request
    from kaohe.pipeline import run as pipeline_run

    if only and only not in ("collect", "evaluate", "publish"):
        typer.echo("--only 只能是 collect、evaluate 或 publish。", err=True)
        raise typer.Exit(2)
    at = _place(workspace, assessment, period)
    request = Request(only, as_of, reason, full, workers, cluster)
    with Progress(quiet) as progress:
        report = pipeline_run(at, request, progress, counted=progress.counted)
    raise typer.Exit(show_run(at, report))


@app.command("print")
def print_documents(
    assessment: Assessment,
    period: PeriodName,
    kind: Annotated[
        str, typer.Argument(help="文书种类，如 考核结果反馈通知书（默认：有几份的各种）", metavar="种类")
    ] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="再转成 PDF（要装有 LibreOffice）")] = False,
    single: Annotated[bool, typer.Option("--single", help="单面打印：PDF 里不留空白的背面")] = False,
    workspace: Workspace = HERE,
) -> None:
    """打印：把一种文书合订成一个文件，每份另起一张、页码从1起。"""
    from kaohe.cli.screens import show_printing
    from kaohe.stages.printing import print_out

    at = _place(workspace, assessment, period)
    raise typer.Exit(show_printing(at, print_out(at, kind, pdf, single, typer.echo)))


@app.command("demo")
def demo(
    folder: Annotated[Path, typer.Argument(help="新工作目录", metavar="目录")],
    scheme: Annotated[str, typer.Option("--scheme", help="现成方案的名称，如 red-blue", metavar="方案")],
    units: Annotated[int, typer.Option("--units", help="多少个单位（默认：按现成名册）", metavar="个数")] = 0,
    periods: Annotated[
        str, typer.Option("--periods", help="哪几期，用逗号隔开（默认：方案已定成文日期的各期）", metavar="考核期")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="随机种子：相同则内容相同", metavar="整数")] = 1,
) -> None:
    """示例：新建工作目录，下发、模拟填报、计算，写出全部文书。数据均为虚构。"""
    from kaohe.cli.progress_screen import Progress
    from kaohe.demo.place import Wish, make

    wanted = tuple(name.strip() for name in periods.replace("，", ",").replace("、", ",").split(",") if name.strip())
    with Progress() as progress:
        code = make(Wish(folder, scheme, units or None, wanted, seed), progress, progress.say)
    typer.echo(f"示例工作目录  {folder}  单位与人员均为虚构")
    if code < 2:
        typer.echo(f"下一步  打开 {folder / 'reports' / scheme} 下各期的 榜.html、考核结果.xlsx 和 文书")
    raise typer.Exit(code)


@app.command("status")
def status(
    assessment: Assessment,
    period: Annotated[str, typer.Argument(help="考核期（默认：全部）", metavar="考核期")] = "",
    workspace: Workspace = HERE,
) -> None:
    """各考核期下发、回收、校验、计算、归档到哪一步，哪些结果已经过时、为什么。"""
    from kaohe.cli.screens import settled, show_status
    from kaohe.files.publish import recover
    from kaohe.stages.status import status as stage

    for line in settled(recover(workspace / "reports" / assessment)):
        typer.echo(line)
    raise typer.Exit(show_status(stage(workspace, assessment, period)))


@app.command("seal")
def seal(
    assessment: Assessment,
    period: PeriodName,
    provisional: Annotated[
        bool, typer.Option("--provisional", help="还有对象未报、存疑或暂定时也归档，归档记录写明")
    ] = False,
    day: Annotated[str, typer.Option("--date", help="归档日期，如 2026-10-22（默认：今天）", metavar="日期")] = "",
    workspace: Workspace = HERE,
) -> None:
    """归档：定下一期的结果；以后重算须写明理由，并列出差异。"""
    from kaohe.cli.screens import show_seal
    from kaohe.stages.seal import seal as stage

    at = _place(workspace, assessment, period)
    raise typer.Exit(show_seal(at, stage(at, provisional, day)))


@app.command("purge")
def purge(
    assessment: Assessment,
    period: PeriodName,
    day: Annotated[str, typer.Option("--date", help="清除日期，如 2027-01-20（默认：今天）", metavar="日期")] = "",
    workspace: Workspace = HERE,
) -> None:
    """归档以后清除评价原票和测评导出，只留票数；清除以后不能重新计算。"""
    from kaohe.cli.screens import show_purge
    from kaohe.stages.purge import purge as stage

    at = _place(workspace, assessment, period)
    raise typer.Exit(show_purge(at, stage(at, day)))


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="结果工作簿，或由它另存的 .xlsx、.ods、.xls", metavar="文件")],
) -> None:
    """核对：用装好的办公软件重新计算结果工作簿，逐个公式单元格同文件里的数、程序的数比较。"""
    from kaohe.cli.verify_screen import show_verified
    from kaohe.stages.verify import verify as stage

    raise typer.Exit(show_verified(file, stage(file)))


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
