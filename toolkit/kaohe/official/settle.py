"""What depends on the rendered text and so cannot stand in a template: the indents of 署名 and 成文日期, the width of the mark."""

from __future__ import annotations

import re

from kaohe.official.layout import NATIONAL, Profile

_PARAGRAPH = re.compile(r'<w:p>(?:(?!</w:p>).)*?<w:pStyle w:val="公文(署名|成文日期)"/>.*?</w:p>', re.S)
_MARK = re.compile(r'<w:p>(?:(?!</w:p>).)*?<w:pStyle w:val="公文标志"/>.*?</w:p>', re.S)
_TEXT = re.compile(r"<w:t[^>]*>([^<]*)</w:t>")
_TWIPS = 315  # one character at the body's spacing


def width(text: str) -> float:
    """Width in characters: ASCII counts one half."""
    return sum(0.5 if ord(letter) < 256 else 1.0 for letter in text)


def settle(document: str, letter: bool, sealed: bool, profile: Profile = NATIONAL) -> str:
    """The rendered document.xml with its mark scaled to one line and its signature and date indented."""
    return _signed(_marked(document, 482 if letter else 442, profile), sealed)


def _marked(document: str, points: int, profile: Profile) -> str:
    def scaled(match: re.Match[str]) -> str:
        scale = profile.mark_scale(round(width("".join(_TEXT.findall(match[0])))), points)
        return match[0].replace("</w:rPr>", f'<w:w w:val="{scale}"/></w:rPr>') if scale < 100 else match[0]

    return _MARK.sub(scaled, document)


def _signed(document: str, sealed: bool) -> str:
    """Sealed: the date 4 characters from the right, the name centred on it. Unsealed: the name 2 from the right, the date begins 2 to
    the right of the name's first character; a date that is longer gets 2 itself and the name moves left (GB/T 9704-2012)."""
    found = {match[1]: "".join(_TEXT.findall(match[0])) for match in _PARAGRAPH.finditer(document)}
    name, day = width(found.get("署名", "")), width(found.get("成文日期", ""))
    if sealed:
        right = 4 + (day - name) / 2
        indents = {"署名": max(right, 0.0), "成文日期": 4 - min(right, 0.0)}
    elif day + 2 <= name:
        indents = {"署名": 2.0, "成文日期": name - day}
    else:
        indents = {"署名": day + 4 - name, "成文日期": 2.0}
    return _PARAGRAPH.sub(lambda match: _indented(match[0], match[1], indents[match[1]]), document)


def _indented(paragraph: str, style: str, characters: float) -> str:
    mark = f'<w:pStyle w:val="公文{style}"/>'
    # rightChars would win over right in Word, so both are written
    indent = f'<w:ind w:rightChars="{round(characters * 100)}" w:right="{round(characters * _TWIPS)}"/>'
    return paragraph.replace(mark, mark + indent, 1)
