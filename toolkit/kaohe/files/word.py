"""Word templates: compiled once, rendered many times. Only the parts that hold tags are made anew, all other members are copied.

docxtpl joins tags that Word split into runs and knows the block tags for paragraphs and rows (`{%p … %}`, `{%tr … %}`); Jinja renders with
autoescape, strict undefined names and in a sandbox, exactly once: what people typed is printed as typed, braces too. A notice of 50 kB
costs some half a millisecond; docxtpl alone, which parses and packs the whole document, forty times as much.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from kaohe.files.limits import Refused
from kaohe.files.opc import Package
from kaohe.files.word_breaks import hand_on
from kaohe.files.word_chart import Chart, charts_of
from kaohe.files.word_names import used_names
from kaohe.files.word_tags import TemplateError, compiled, runtime_fault

_PART = re.compile(r"word/(document|header[^/]*|footer[^/]*)\.xml")
_DOCUMENT, _STYLES, _CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPECIAL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Breaks and tabs travel through Jinja as characters that XML forbids, and that no data can hold any more.
_BREAK, _TAB = "\x01", "\x02"
_ALLOWED = {"\n": _BREAK, "\t": _TAB}

Finish = Callable[[str, Mapping[str, str]], str]

__all__ = ["Template", "TemplateError"]


class _Part(NamedTuple):
    """A part that holds tags: its compiled template, its paragraphs by line for messages, and the names of the fields that it uses."""

    name: str
    template: Any
    lines: tuple[str, ...]
    names: tuple[str, ...]


class Template:
    """A compiled template. `render` may be called from several threads."""

    def __init__(
        self,
        file: str,
        package: Package,
        parts: tuple[_Part, ...],
        names: frozenset[str],
        charts: tuple[Chart, ...] = (),
        digest: str = "",
    ) -> None:
        self.digest = digest  # SHA-256 of the template's bytes
        self._file, self._package, self._parts, self._names, self._charts = file, package, parts, names, charts
        self._styles = _style_ids(package)
        self._last: dict[str, tuple[list[Any], bytes]] = {}

    @classmethod
    def compile(cls, data: bytes, file: str) -> Template:
        """Compile a .docx; `file` is its name in messages. Raises TemplateError where it is no .docx or its tags do not fit together."""
        from docxtpl import DocxTemplate
        from lxml import etree

        patch = DocxTemplate(io.BytesIO(data)).patch_xml
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        parts: list[_Part] = []
        names: set[str] = set()
        charts: tuple[Chart, ...] = ()
        try:
            package = Package(data)
            for name in package.names:
                if not _PART.fullmatch(name):
                    continue
                root = etree.fromstring(package.read(name), parser)
                hand_on(root)
                text = patch(etree.tostring(root, encoding="unicode"))
                if "{{" not in text and "{%" not in text and name != _DOCUMENT:
                    continue
                # One paragraph a line, so that a line number of Jinja is a paragraph.
                lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", text)
                template, tree = compiled(lines, file, name)
                used = used_names(tree)
                names |= used
                parts.append(
                    _Part(
                        name,
                        template,
                        tuple(lines.split("\n")),
                        tuple(sorted({each.partition(".")[0] for each in used})),
                    )
                )
            charts = charts_of(package)
        except (Refused, etree.XMLSyntaxError):
            raise TemplateError(file, "", "不是可用的 .docx 文件。请在 Word 或 WPS 里另存为 .docx 再试。") from None
        if not any(part.name == _DOCUMENT for part in parts):
            raise TemplateError(file, "", "不是 Word 文档。请在 Word 或 WPS 里另存为 .docx 再试。")
        return cls(
            file,
            package,
            tuple(parts),
            frozenset(names).union(*(each.names for each in charts)),
            charts,
            sha256(data).hexdigest(),
        )

    @property
    def names(self) -> frozenset[str]:
        """The field names that the template uses; a loop's variable stands for its list: `得分表.序号`."""
        return self._names

    @property
    def styles(self) -> Mapping[str, str]:
        """Ids of the paragraph styles by their names (Word gives styles other ids when it saves)."""
        return self._styles

    def has_paragraphs(self, style: str) -> bool:
        """Whether the body has paragraphs of the style with this name."""
        mark = f'<w:pStyle w:val="{self._styles.get(style, style)}"/>'
        return any(mark in line for part in self._parts if part.name == _DOCUMENT for line in part.lines)

    def unknown_names(self, known: Mapping[str, str]) -> tuple[str, ...]:
        """Field names of the template that the document kind does not have. `known` maps names to descriptions; a list's columns stand
        in it as `列表.栏`, and are compared where at least one of the list's columns does.
        """
        lists = {name.rpartition(".")[0] for name in known if "." in name}
        found = set()
        for name in self._names:
            owner, _, _ = name.rpartition(".")
            if name.partition(".")[0] not in known:
                found.add(name.partition(".")[0])
            elif owner in lists and name not in known:
                found.add(name)
        return tuple(sorted(found))

    def render(self, fields: Mapping[str, object], finish: Finish = lambda document, styles: document) -> bytes:
        """The document: the same fields give the same bytes.

        `fields` hold texts, whole numbers, truth values, None (printed as nothing), and lists of mappings or texts. A line feed in a text
        becomes a line break, a tabulator a tab stop, any other control character and half a surrogate pair `�`. Core properties take 标题,
        发文机关 and 属性日期 (ISO) of the fields. `finish` settles what depends on the rendered text. Raises TemplateError for a name that
        the fields lack.
        """
        values = {key: _ready(value) for key, value in fields.items()}
        made: dict[str, bytes] = {}
        for part in self._parts:
            # Headers and footers are the same on document after document.
            told = None if part.name == _DOCUMENT else [values.get(name) for name in part.names]
            last = self._last.get(part.name)
            if last is not None and last[0] == told:
                made[part.name] = last[1]
                continue
            try:
                text: str = part.template.render(values)
            except Exception as error:
                raise runtime_fault(error, self._file, part.name, part.lines) from None
            text = _unmarked(text.replace("\n<w:p", "<w:p"))
            if part.name == _DOCUMENT:
                text = finish(text, self._styles)
            made[part.name] = (_HEAD + text).encode()
            if told is not None:
                self._last[part.name] = told, made[part.name]
        for chart in self._charts:
            try:
                made[chart.part] = chart.fill(values[chart.field])
            except (KeyError, TypeError, AttributeError, ArithmeticError):
                raise TemplateError(
                    self._file, "", f"图表“{chart.field}”没有可用的数据。请对照字段清单核对图表和系列的名称。"
                ) from None
        if _CORE in self._package.names:
            made[_CORE] = _core(values)
        return self._package.replace(made)


_MAPPINGS = (dict, Mapping)  # to ask of a plain one whether it is a mapping of any kind takes twice as long


def _ready(value: object) -> Any:
    """A value as the template may print it. Raises TypeError for what no field may hold (a number with a fraction: format it first)."""
    if isinstance(value, str):
        if value.isprintable():
            return value
        return (
            _SPECIAL.sub(_visible, value.replace("\r\n", "\n").replace("\r", "\n")) if _SPECIAL.search(value) else value
        )
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    if isinstance(value, _MAPPINGS):
        return {key: _ready(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_ready(each) for each in value]
    raise TypeError(f"no field may hold {type(value).__name__}")


def _visible(found: re.Match[str]) -> str:
    return _ALLOWED.get(found[0], "\ufffd")


def _unmarked(text: str) -> str:
    """Breaks and tabs as elements of the run that holds the text; blanks in an attribute (the alternative text of a drawing). No value can
    hold < or > unescaped."""
    for mark, made in ((_BREAK, "br"), (_TAB, "tab")):
        if mark in text:
            pieces = text.split(mark)
            for at, piece in enumerate(pieces[:-1]):
                inside = _opens_tag(pieces, at)
                pieces[at] = piece + (" " if inside else f'</w:t><w:{made}/><w:t xml:space="preserve">')
            text = "".join(pieces)
    return text


def _opens_tag(pieces: list[str], at: int) -> bool:
    """Whether the place behind a piece lies inside a tag: no tag was closed since the last one began."""
    while at >= 0:
        begun, closed = pieces[at].rfind("<"), pieces[at].rfind(">")
        if begun != closed:
            return begun > closed
        at -= 1
    return False


def _style_ids(package: Package) -> dict[str, str]:
    from lxml import etree

    if _STYLES not in package.names:
        return {}
    root = etree.fromstring(package.read(_STYLES))
    found = ((each.find(f"{_W}name"), each.get(f"{_W}styleId")) for each in root.iter(f"{_W}style"))
    return {name.get(f"{_W}val"): key for name, key in found if name is not None and key}


def _core(values: Mapping[str, Any]) -> bytes:
    """Core properties: title, author and a date that comes from the period, never from the clock."""
    title, author = (
        escape(str(values.get(name, "")).replace(_BREAK, " ").replace(_TAB, " ")) for name in ("标题", "发文机关")
    )
    day = f"{values.get('属性日期') or '2026-01-01'}T00:00:00Z"
    package = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{package}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    ).encode()
