"""A strip of the board as SVG text that stands by itself: the notebooks show the same drawing without the board's style sheet."""

from __future__ import annotations

from html import escape

from kaohe.documents.board.rules import read_rules
from kaohe.documents.board.strip import Dot, Drawing, Mark
from kaohe.documents.board.strips import strips
from kaohe.documents.board.views import field_views
from kaohe.records.edition import Edition

INK, SECOND, RED, BLUE, BAR, EDGE, PLAIN = "#1D1B19", "#56524D", "#A8141A", "#1A4C8B", "#8C857B", "#6B665F", "#CCC6BC"
_COLOURS: dict[Mark, str] = {"plain": SECOND, "front": RED, "back": BLUE, "hit": INK}


def strips_html(edition: Edition) -> str:
    """Every strip of the board below its label; "" without a total."""
    drawn = strips(edition, field_views(edition), read_rules(edition.scheme, edition.when.clock))
    lines = (
        f'<p class="caption"><b>{escape(each.label)}</b> {escape(each.title)} {escape(each.note)}</p>{strip_svg(each.drawing, each.words)}'
        for each in drawn
    )
    return f'<div class="wide">{"".join(lines)}</div>' if drawn else ""


def strip_svg(drawing: Drawing, words: str) -> str:
    """The drawing with its sentence; every form and colour as on the board."""
    g = drawing
    parts = [_path(f"M{g.left} {g.axis}H{g.right}", BAR)]
    for tick in g.ticks:
        parts.append(_path(f"M{tick.x} {g.axis}v{5 if tick.text else 3}", BAR))
        if tick.text:
            parts.append(_text(tick.x, g.axis + 19, "middle", tick.text, "plain", 12))
    if g.mean is not None:
        parts.append(f'<path d="M{g.mean} {g.axis + 2}l4 7h-8z" fill="{SECOND}"></path>')
    if g.limit_x is not None:
        parts.append(_path(f"M{g.limit_x} {g.limit_top}V{g.axis + 5}", INK, ' stroke-dasharray="4 3"'))
    parts += [_dot(dot) for dot in g.dots]
    parts += [_text(label.x, label.y, label.anchor, label.text, label.mark, 13) for label in g.labels]
    return (
        f'<svg class="picture" viewBox="0 0 {g.width} {g.height}" width="{g.width}" height="{g.height}" role="img" '
        f'aria-label="{escape(words)}">{"".join(parts)}</svg>'
    )


def _path(shape: str, colour: str, more: str = "") -> str:
    return f'<path d="{shape}" fill="none" stroke="{colour}"{more}></path>'


def _dot(dot: Dot) -> str:
    x, y = dot.x, dot.y
    form = {
        "front": f'circle cx="{x}" cy="{y}" r="6" fill="{RED}"',
        "back": f'rect x="{x - 5:g}" y="{y - 5:g}" width="10" height="10" fill="#fff" stroke="{BLUE}" stroke-width="2.2"',
        "hit": f'path d="M{x} {y - 7:g}l7 7l-7 7l-7 -7z" fill="#fff" stroke="{INK}" stroke-width="1.8"',
        "plain": f'circle cx="{x}" cy="{y}" r="5.5" fill="{PLAIN}" stroke="{EDGE}"',
    }[dot.mark]
    return f"<{form}><title>{escape(dot.title)}</title></{form.partition(' ')[0]}>"


def _text(x: float, y: float, anchor: str, text: str, mark: Mark, size: int) -> str:
    weight = "" if mark == "plain" else ' font-weight="700"'
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{_COLOURS[mark]}" font-size="{size}"{weight}>{escape(text)}</text>'
