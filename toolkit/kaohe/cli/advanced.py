"""Options of `check` and `run`; those that nobody needs for a few dozen units stand in a group of their own at the end of the help."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

GROUP = "高级选项（几百份表以上才用得着）"

Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        help="同时用几个处理器读表、写文书（默认：全部）",
        metavar="个数",
        show_default=False,
        rich_help_panel=GROUP,
    ),
]
Cluster = Annotated[
    str,
    typer.Option("--cluster", help="由几台机器一起读：Dask 调度器的地址，如 tcp://10.0.0.5:8786", metavar="地址", rich_help_panel=GROUP),
]  # fmt: skip
Full = Annotated[bool, typer.Option("--full", help="没有变化的也重新读、重新算（结果相同，只是慢）")]
Quiet = Annotated[bool, typer.Option("--quiet", help="不显示进度")]


class WithAdvanced(TyperCommand):
    """A command whose help ends with the advanced options."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """As typer writes them, the advanced ones apart."""
        groups: dict[str, list[tuple[str, str]]] = {"参数": [], "选项": [], GROUP: []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                plain = "参数" if param.param_type_name == "argument" else "选项"
                groups[getattr(param, "rich_help_panel", None) or plain].append(record)
        for title, records in groups.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)
