"""Commands about a scheme's workbook: `kaohe scheme check|show|diff|dress|blank`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kaohe.cli.options import HERE, Workspace

scheme_app = typer.Typer(help="考核方案工作簿：校验、查看、比较。", rich_markup_mode=None, no_args_is_help=True)


@scheme_app.command("check")
def scheme_check(
    file: Annotated[Path, typer.Argument(help="方案工作簿", metavar="文件")],
    marked: Annotated[
        Path | None,
        typer.Option("--marked", help="另写一份标出差错的工作簿（原件不动，改过的校验件不覆盖）", metavar="新文件"),
    ] = None,
    roster: Annotated[
        Path | None, typer.Option("--roster", help="一起校验的名册（默认：同一文件夹里的 名册.xlsx）", metavar="名册")
    ] = None,
    workspace: Workspace = HERE,
) -> None:
    """校验方案和名册：每个差错都指到工作表和单元格，并算出填报量。"""
    from kaohe.cli.scheme_screens import load_lines, say_marked, show_scheme_check
    from kaohe.stages.burden import burdens, group_burdens
    from kaohe.stages.marking import copy_beside, mark
    from kaohe.stages.schemes import check, roster_beside, roster_name

    beside = roster or roster_beside(file)
    found = check(file, workspace, beside)
    load: tuple[str, ...] = ()
    if found.scheme is not None:
        group = group_burdens(found.scheme, found.roster) if found.roster is not None else ()
        load = load_lines(burdens(found.scheme), group)
    code = show_scheme_check(found.scheme, found.faults, load)
    if marked is not None:
        written = [marked] if mark(file, marked, found.faults) else []
        own = roster_name(beside, file) if beside is not None else ""
        if beside is not None and any(each.source.file == own for each in found.faults):
            second = copy_beside(marked, beside)
            written += [second] if mark(beside, second, found.faults, "roster", own) else []
        say_marked(written)
    elif found.faults:
        beside_it = copy_beside(file, file)
        typer.echo(f'要在工作簿里看：kaohe scheme check "{file}" --marked "{beside_it}"')
    raise typer.Exit(code)


@scheme_app.command("show")
def scheme_show(
    file: Annotated[Path, typer.Argument(help="方案工作簿", metavar="文件")],
    roster: Annotated[
        Path | None, typer.Option("--roster", help="名册（默认：同一文件夹里的 名册.xlsx）", metavar="名册")
    ] = None,
) -> None:
    """按人读的方式列出全部规则，以及各类单位和公共表的填报量。"""
    from kaohe.cli.scheme_screens import load_lines, show_scheme_check, show_sections
    from kaohe.scheme.show import show
    from kaohe.scheme.text import Section
    from kaohe.stages.burden import burdens, group_burdens
    from kaohe.stages.schemes import load, load_scheme, roster_beside

    beside = roster or roster_beside(file)
    if beside is not None:
        found = load(file, beside)
        scheme, people, faults = found.scheme, found.roster, found.faults
    else:
        scheme, faults = load_scheme(file)
        people = None
    if scheme is None:
        raise typer.Exit(show_scheme_check(scheme, faults))
    group = group_burdens(scheme, people) if people is not None else ()
    show_sections((*show(scheme), Section("填报量", load_lines(burdens(scheme), group))))


@scheme_app.command("diff")
def scheme_diff(
    old: Annotated[Path, typer.Argument(help="原方案", metavar="原方案")],
    new: Annotated[Path, typer.Argument(help="新方案", metavar="新方案")],
    out: Annotated[Path | None, typer.Option("--out", help="另写成一张表（不覆盖已有文件）", metavar="新文件")] = None,
) -> None:
    """比较两本方案：增减了哪些指标，分值怎样变动，规则、等次、评价、文书改了什么。"""
    from kaohe.cli.scheme_screens import show_diff, show_scheme_check
    from kaohe.stages.comparing import compare, write_table
    from kaohe.stages.schemes import load_scheme

    schemes = []
    for path in (old, new):
        scheme, faults = load_scheme(path)
        if scheme is None:
            raise typer.Exit(show_scheme_check(scheme, faults))
        schemes.append(scheme)
    found = compare(*schemes)
    code = show_diff(found)
    if out is not None:
        write_table(found, out)
        typer.echo(f"已写出  {out}")
    raise typer.Exit(code)


@scheme_app.command("dress")
def scheme_dress(
    file: Annotated[Path, typer.Argument(help="方案或名册工作簿", metavar="文件")],
    target: Annotated[Path, typer.Argument(help="写到哪里（不覆盖已有文件）", metavar="新文件")],
    roster: Annotated[bool, typer.Option("--roster", help="这是名册")] = False,
) -> None:
    """重新整理方案或名册：内容不变，补上下拉、批注、列宽。"""
    from kaohe.stages.dressing import dress

    dress(file, target, "roster" if roster else "scheme")
    typer.echo(f"已写出  {target}")


@scheme_app.command("blank")
def scheme_blank(
    target: Annotated[Path, typer.Argument(help="写到哪里（不覆盖已有文件）", metavar="新文件")],
    roster: Annotated[bool, typer.Option("--roster", help="要名册")] = False,
) -> None:
    """一本空白的方案或名册：全部工作表、表头、批注和下拉。"""
    from kaohe.stages.dressing import blank

    blank(target, "roster" if roster else "scheme")
    typer.echo(f"已写出  {target}")
