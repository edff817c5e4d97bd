"""Word templates: compiled once, rendered many times; only word/document.xml is made anew, all other members are copied.

docxtpl joins tags that Word split into runs and knows the block tags for paragraphs and rows; Jinja renders with autoescape, strict
undefined names and in a sandbox, once: what people typed is printed as typed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from typing import Any
from zipfile import BadZipFile

from kaohe.files.limits import Refused
from kaohe.files.opc import Package

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PART = "word/document.xml"
_CORE = "docProps/core.xml"
_NAME = re.compile(r"[‘’“”]")


class TemplateError(Exception):
    """A template that cannot be used; the message is a Chinese sentence for the office that owns it."""


class Template:
    """A compiled template. `render` may be called from several threads."""

    def __init__(self, package: Package, body: Any, names: frozenset[str], title: str, head: str) -> None:
        self._package, self._body, self._names, self._title, self._head = package, body, names, title, head

    @classmethod
    def compile(cls, data: bytes, name: str) -> Template:
        """Compile a .docx. Raises TemplateError where it is no .docx or its tags do not fit together."""
        from docxtpl import DocxTemplate
        from jinja2 import StrictUndefined, TemplateSyntaxError, meta
        from jinja2.sandbox import SandboxedEnvironment

        environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        try:
            package = Package(data)
            document = DocxTemplate(io.BytesIO(data))
            document.init_docx()
            text = document.patch_xml(document.get_xml())
            text = re.sub(r"\{[{%].*?[}%]\}", lambda tag: _NAME.sub(_straight, tag[0]), text, flags=re.S)
            body = environment.from_string(text)
            names = frozenset(meta.find_undeclared_variables(environment.parse(text)))
        except TemplateSyntaxError as error:
            raise TemplateError(f"模板标签写错：{error.message}。请核对成对的标签和字段名。") from None
        except (Refused, BadZipFile, KeyError, ValueError, OSError):
            raise TemplateError("不是可用的 .docx 文件。请用 Word 打开后另存为 .docx。") from None
        # docxtpl hands out the body alone; the root element with its namespaces stays the template's own.
        head = package.read(_PART).decode().partition("<w:body")[0]
        return cls(package, body, names, name, head)

    def unknown_names(self, known: Mapping[str, str]) -> tuple[str, ...]:
        """Field names of the template that the document kind does not have."""
        return tuple(sorted(self._names - known.keys()))

    def render(self, fields: Mapping[str, object], finish: Callable[[str], str] = lambda text: text) -> bytes:
        """The document: the same fields give the same bytes. `finish` settles what depends on the rendered text (indents).

        Fields: text, whole numbers, truth values, and lists of mappings of these. Core properties take 标题, 发文机关 and 属性日期 of
        the fields. Raises TemplateError for a name that the fields lack.
        """
        from jinja2 import UndefinedError

        try:
            body = self._body.render(_safe(dict(fields)))
        except UndefinedError as error:
            raise TemplateError(f"模板“{self._title}”用到了没有的字段：{error.message}。") from None
        document = finish(f"{self._head}{body}</w:document>")
        return self._package.replace({_PART: document.encode(), _CORE: _core(fields)})


def _straight(found: re.Match[str]) -> str:
    return "'" if found[0] in "‘’" else '"'


def _safe(value: object) -> Any:
    """Texts without characters that XML cannot hold; None becomes "" (never printed as None)."""
    if value is None:
        return ""
    if isinstance(value, str):
        return (
            _CONTROL.sub("\ufffd", value)
            .replace("\r\n", "\n")
            .replace("\r", "\n")
            .replace("\n", " ")
            .replace("\t", " ")
        )
    if isinstance(value, Mapping):
        return {key: _safe(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(each) for each in value]
    return value


def _core(fields: Mapping[str, object]) -> bytes:
    """Core properties: title, author and a date that comes from the period, never from the clock."""
    from xml.sax.saxutils import escape

    title, author = (escape(str(_safe(fields.get(name, "")))) for name in ("标题", "发文机关"))
    day = f"{fields.get('属性日期') or '2026-01-01'}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    ).encode()
