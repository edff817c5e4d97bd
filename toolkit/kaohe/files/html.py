"""HTML pages: a template with its fields (autoescape on, a missing field is an error), and an executed notebook as one page without code.

Nothing here reads a network or writes a file. Pages are self-contained: styles are included, pictures embedded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

NOTEBOOK_TEMPLATE = "notebook"
_NO_ALT = "No description has been provided for this image"  # nbconvert's own words for a picture without a description
_DROPPED = re.compile(r"<(script|style|iframe|object)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAGS = {
    "a", "abbr", "article", "aside", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "details", "div", "dl", "dt",
    "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "li", "nav", "ol", "p", "pre",
    "s", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
    "svg", "g", "path", "rect", "circle", "line", "polyline", "polygon", "text", "tspan", "title",
}  # fmt: skip
_DRAWING = [
    "viewBox", "viewbox", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points", "fill",
    "stroke", "stroke-width", "stroke-dasharray", "text-anchor", "transform", "font-size", "font-weight", "preserveAspectRatio",
]  # fmt: skip


def templates_in(folder: Path) -> dict[str, str]:
    """The page templates and styles directly in a folder: file name → text (UTF-8)."""
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(folder.iterdir())
        if path.suffix in (".j2", ".css")
    }


def page(templates: Mapping[str, str], name: str, fields: Mapping[str, object]) -> bytes:
    """The page that a template makes of these fields, UTF-8, ending with a line feed.

    Every field is escaped. Raises jinja2.UndefinedError for a field that the template names and nobody gives.
    """
    environment = Environment(
        loader=DictLoader(dict(templates)), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template(name).render(dict(fields)).encode()


def notebook_page(notebook: Any, template_dir: Path, resources_path: Path) -> str:
    """An executed notebook (an nbformat node) as one HTML page: no code, no prompts, no script, no address on a network.

    `template_dir` holds the folder `notebook/` and `report.css`; `resources_path` is the folder that pictures named in Markdown are
    read from. The notebook is not changed. Links stay only where they lead to this page or to a file beside it.
    """
    html, _ = _exporter(template_dir).from_notebook_node(
        notebook, resources={"metadata": {"path": str(resources_path)}, "title": _title(notebook)}
    )
    return str(html).replace(_NO_ALT, "图") + "\n"


@cache
def _exporter(template_dir: Path) -> Any:
    """Made once: the first page with it takes several times as long as each further one."""
    # Imported here: nbconvert costs 0.4 s that a check or a help text must not pay.
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name=NOTEBOOK_TEMPLATE,
        extra_template_basedirs=[str(template_dir)],
        extra_template_paths=[str(template_dir)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        embed_images=True,
        sanitize_html=True,
    )
    # nbconvert's own filter knows no h1, p or th and prints their tags as text.
    exporter.register_filter("clean_html", clean)  # type: ignore[no-untyped-call]
    return exporter


def clean(html: object) -> str:
    """HTML of a notebook's text or table without anything that acts or loads: tags, attributes and styles of an allowed list stay."""
    return str(_cleaner().clean(_DROPPED.sub("", str(html))))


@cache
def _cleaner() -> Any:
    from bleach import Cleaner  # type: ignore[import-untyped]
    from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer  # type: ignore[import-untyped]

    return Cleaner(
        tags=_TAGS,
        attributes=_allowed,
        protocols={"data", "https"},  # bleach lets relative links pass only beside https; `_allowed` stops addresses
        strip=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=[*ALLOWED_CSS_PROPERTIES, "background", "padding", "margin"]),
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    if name in (
        "class",
        "id",
        "style",
        "title",
        "role",
        "scope",
        "colspan",
        "rowspan",
        "lang",
        "open",
    ) or name.startswith("aria-"):
        return True
    if tag == "a" and name == "href":
        return ":" not in value and not value.startswith("//")
    if tag == "img":
        return name in ("alt", "width", "height") or (name == "src" and value.startswith("data:image/"))
    return name in _DRAWING


def _title(notebook: Any) -> str:
    """The first heading of the notebook's texts; "" without one."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = re.search(r"^#\s+(.+?)\s*$", cell.source, re.MULTILINE)
            if found:
                return found[1]
    return ""
