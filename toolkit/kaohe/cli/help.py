"""The help in Chinese: typer writes its own words in English and offers no catalogue for them, so its formatter translates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from typer.core import TyperGroup

_TITLES = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 …"}
_SHOWN = {"Show this message and exit.": "显示这个说明", "[required]": "（必填）", "<str>": "", "<path>": ""}
_DEFAULT = re.compile(r"\s*\[default: ([^\]]+)\]")


def in_chinese() -> None:
    """From now on every help of this process speaks Chinese."""
    context: Any = TyperGroup.context_class
    plain: Any = context.formatter_class

    class Formatter(plain):  # type: ignore[misc]
        """typer's formatter with our words."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            asked = _replaced(args, _USAGE).replace("{", "").replace("}", "")
            super().write_usage(prog, asked, "用法：" if prefix is None else prefix)

        def section(self, name: str) -> Any:
            return super().section(_TITLES.get(name, name))

        def write_dl(self, rows: Sequence[tuple[str, str]], *_: Any, **__: Any) -> None:
            told = [(_replaced(left, _SHOWN).strip(), _told(right)) for left, right in rows]
            most = max((_columns(left) for left, _ in told), default=0)
            for left, right in told:
                self.write(f"{' ' * self.current_indent}{left}{' ' * (most - _columns(left))}  {right}\n")

    context.formatter_class = Formatter


def _told(text: str) -> str:
    """A default that the sentence names already is not named again."""
    found = _DEFAULT.search(text)
    text = _DEFAULT.sub("" if "默认" in text else r"（默认：\1）", text) if found else text
    return re.sub(r"\s*（必填）", "（必填）", _replaced(text, _SHOWN))


def _replaced(text: str, words: dict[str, str]) -> str:
    for word, ours in words.items():
        text = text.replace(word, ours)
    return text


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
