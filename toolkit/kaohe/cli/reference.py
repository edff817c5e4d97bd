"""Every command with its arguments and options as a page for people (docs/commands.md), printed from the commands themselves.

`python -m kaohe.cli.reference` prints it; a test keeps the file equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_HEAD = """# 命令一览

由 `python -m kaohe.cli.reference` 从命令的帮助写出，不要手改。每个命令都可以加 `--help` 看同样的内容。什么时候用哪个，见[一个季度十步](quarter.md)；
退出码见[差错代码怎么读](read-a-fault.md#命令本身说不行)。
"""


def reference() -> str:
    """The page in Markdown, ending with a line feed: a section a command, in the order of the help."""
    from typer.main import get_command

    from kaohe.cli.commands import app

    return "\n".join((_HEAD, *_sections(get_command(app), "kaohe")))


def _sections(group: Any, path: str) -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _sections(command, f"{path} {name}")
            continue
        parameters = [each for each in command.params if each.name != "help"]
        arguments = [each for each in parameters if each.param_type_name == "argument"]
        asked = [f"{each.opts[0]} {each.metavar}" for each in parameters if each not in arguments and each.required]
        usage = " ".join(
            (path, name, *(each.metavar if each.required else f"[{each.metavar}]" for each in arguments), *asked)
        )
        yield f"## {path} {name}\n\n{command.help}\n\n```\n{usage}\n```\n"
        if parameters:
            yield "| 写法 | 意思 |\n|---|---|"
            yield "\n".join(f"| {_written(each)} | {each.help} |" for each in parameters) + "\n"


def _written(parameter: Any) -> str:
    """How one is typed: an argument by its name, an option with the value that it takes."""
    if parameter.param_type_name == "argument":
        return f"{parameter.metavar}"
    value = "" if parameter.is_flag else f" {parameter.metavar}"
    return "、".join(f"`{name}{value}`" for name in parameter.opts)


if __name__ == "__main__":
    print(reference(), end="")
