"""The template language of Word templates: Jinja in a sandbox, and its errors as Chinese sentences with the place in the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_QUOTE = 30  # characters of the paragraph quoted in a message
_PARTS = {"document": "正文", "header": "页眉", "footer": "页脚"}


class TemplateError(Exception):
    """A template that cannot be used. `file` is its name, `place` where in the document ("" = the file as a whole), `message` a Chinese
    sentence for the office that owns it."""

    def __init__(self, file: str, place: str, message: str) -> None:
        super().__init__(f"模板“{file}”{place}：{message}")
        self.file, self.place, self.message = file, place, message


def compiled(lines: str, file: str, part: str) -> tuple[Any, Any]:
    """The compiled template of a part, one paragraph a line, and its syntax tree. Raises TemplateError."""
    from jinja2 import TemplateSyntaxError

    sandbox = environment()
    try:
        tree = sandbox.parse(lines)
        code = sandbox.compile(tree)
        return sandbox.template_class.from_code(sandbox, code, sandbox.make_globals(None), None), tree
    except TemplateSyntaxError as error:
        place = place_of(part, lines.split("\n"), error.lineno)
        raise TemplateError(file, place, _sentence(error.message or "")) from None


def environment() -> Any:
    """The sandbox in which templates are compiled: autoescape, strict names, no functions of Python."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        def getattr(self, obj: Any, attribute: str) -> Any:
            # Fields are plain mappings: their names first and only, three times as fast, and `字段.items` can never reach a method.
            if type(obj) is dict:
                return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
            return super().getattr(obj, attribute)

    made = Environment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    return made


def place_of(part: str, lines: Sequence[str], line: int | None) -> str:
    """Where a line (a paragraph) stands: `正文第12段（“…”）`."""
    name = _PARTS.get(re.sub(r"word/([a-z]+).*", r"\1", part), part)
    if not line:
        return name
    # A block tag has lost its own paragraph and stands behind the one before; quote what is left on the line.
    text = re.sub(r"<[^>]+>", "", lines[line - 1] if line <= len(lines) else "").strip()
    return f"{name}第{max(line - 1, 1)}段" + (f"（“{text[:_QUOTE]}”）" if text else "")


def runtime_fault(error: Exception, file: str, part: str, lines: Sequence[str]) -> Exception:
    """An error of rendering as a TemplateError with its paragraph; any other error as it is."""
    from jinja2 import TemplateError as JinjaError
    from jinja2 import UndefinedError

    if not isinstance(error, JinjaError | TypeError | ArithmeticError | LookupError):
        return error
    at, trace = "", error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            at = place_of(part, lines, trace.tb_lineno)
        trace = trace.tb_next
    if not at:  # not raised by the template's own code: a mistake of ours
        return error
    if isinstance(error, UndefinedError):
        name = re.search(r"'([^']*)'(?: is undefined)?$", error.message or "")
        return TemplateError(file, at, f"没有字段“{name[1] if name else error.message}”。请对照字段清单改正。")
    return TemplateError(file, at, f"标签不能计算：{error}。请对照字段清单改正。")


def _sentence(message: str) -> str:
    """Jinja's message about a syntax error, in words for an official."""
    if "end of template" in message:
        block = re.search(r"needs to be closed is '(\w+)'", message)
        return f"缺少结束标签 {{% end{block[1] if block else '…'} %}}。请在循环或条件的末尾补上。"
    unknown = re.search(r"unknown tag '(\w+)'", message)
    if unknown and unknown[1] in ("p", "tr", "tc", "r"):
        return f"标签“{{% {unknown[1]} …”多了空格。请写成“{{%{unknown[1]} …”。"
    if unknown and unknown[1].startswith("end"):
        return f"结束标签“{unknown[1]}”没有对应的开始标签，或者前后交叉。请成对书写。"
    if unknown:
        return f"不认识的标签“{unknown[1]}”。可用的有 if、elif、else、endif、for、endfor。"
    return f"标签写法不对（{message}）。请核对大括号、字段名和成对的标签。"
