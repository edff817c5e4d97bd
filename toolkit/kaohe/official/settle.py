"""What depends on the rendered text and so cannot stand in a template: the indents of 署名 and 成文日期, the scale of the mark, and the
last row of a table, which keeps the note below it on its page.

The paragraphs are known by their styles' names; Word gives the styles other ids when an official saves the template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from kaohe.official.layout import NATIONAL, Profile
from kaohe.official.markup import P_ORDER, R_ORDER, element

NAME, DATE, MARK, LETTER_MARK = "公文署名", "公文成文日期", "公文标志", "公文信函标志"
NOTE = "公文表注"
_STYLED = re.compile(r'<w:pPr><w:pStyle w:val="[^"]*"/>(?!<w:keepNext)')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ENTITY = re.compile(r"&[#\w]+;")


def settle(document: str, styles: Mapping[str, str], letter: bool, sealed: bool, profile: Profile = NATIONAL) -> str:
    """The rendered document.xml with its mark scaled to one line and its signature and date indented.

    `styles` maps style names to their ids; a document without such paragraphs comes back as it is.
    """
    name, day = (_text(document, styles.get(style, style)) for style in (NAME, DATE))
    left, right = indents(width(name), width(day), sealed)
    document = _each(document, styles.get(NAME, NAME), lambda found: _indented(found, left, profile))
    document = _each(document, styles.get(DATE, DATE), lambda found: _indented(found, right, profile))
    document = _joined(document, styles.get(NOTE, NOTE))
    mark = LETTER_MARK if letter else MARK
    return _each(document, styles.get(mark, mark), lambda found: _scaled(found, letter, profile))


def _joined(document: str, style: str) -> str:
    """Notes below tables kept on the page of the table's last row: which row that is, a template does not know."""
    found = _find(document, style)
    while found:
        start, end = found
        if document.endswith("</w:tbl>", 0, start):
            row = document.rfind("<w:tr", 0, start)
            while document[row + 5] not in " >":  # <w:trPr>, <w:trHeight …
                row = document.rfind("<w:tr", 0, row)
            changed = _STYLED.sub(lambda match: f"{match[0]}<w:keepNext/>", document[row:start])
            document = document[:row] + changed + document[start:]
            end += len(changed) - (start - row)
        found = _find(document, style, end)
    return document


def width(text: str) -> float:
    """Width in characters of the body: ASCII counts one half."""
    return len(text) - len(text.encode("latin-1", "ignore")) / 2


def indents(name: float, day: float, sealed: bool) -> tuple[float, float]:
    """Right indents, in characters, of 署名 and 成文日期 of these widths (GB/T 9704-2012).

    Sealed: the date 4 from the right, the name centred on it; a name too long for that stands at the margin, and the date moves with it.
    Unsealed: the name 2 from the right, the date begins 2 to the right of the name's first character; a longer date gets 2 itself and
    the name moves left.

    >>> indents(15, 7.5, True), indents(10, 7, False), indents(4, 7.5, False)
    ((0.25, 4), (2, 3), (7.5, 2))
    """
    if sealed:
        right = 4 + (day - name) / 2
        return max(right, 0), 4 - min(right, 0)
    return (2, name - day) if day + 2 <= name else (day + 4 - name, 2)


def plain(fragment: str) -> str:
    """The text of a fragment, each entity counted as one character."""
    return _ENTITY.sub("&", "".join(_TEXT.findall(fragment)))


def _text(document: str, style: str) -> str:
    found = _find(document, style)
    return plain(document[slice(*found)]) if found else ""


def _each(document: str, style: str, change: Callable[[str], str]) -> str:
    """Every paragraph of a style replaced; found by its mark, because a pattern over a whole document would cost more than rendering."""
    found = _find(document, style)
    while found:
        start, end = found
        changed = change(document[start:end])
        document = document[:start] + changed + document[end:]
        found = _find(document, style, start + len(changed))
    return document


def _find(document: str, style: str, at: int = 0) -> tuple[int, int] | None:
    """Start and end of the next paragraph of a style from a position on, or None."""
    mark = document.find(f'<w:pStyle w:val="{style}"/>', at)
    if mark < 0:
        return None
    start = document.rfind("<w:p>", 0, mark)
    # Looked for behind the other only: a document may have none of these, and would be searched through for every paragraph.
    start = max(start, document.rfind("<w:p ", max(start, 0), mark))
    return start, document.find("</w:p>", mark) + len("</w:p>")


@lru_cache(maxsize=256)  # the same signature stands below hundreds of documents
def _indented(paragraph: str, characters: float, profile: Profile) -> str:
    """With its right indent. A *Chars value of the style would win over `right` in Word, so both are written."""
    made = element("ind", rightChars=round(characters * 100), right=round(characters * profile.character))
    return re.sub(
        r"(<w:pPr>)(.*?)(</w:pPr>)", lambda m: m[1] + _put(m[2], "ind", made, P_ORDER) + m[3], paragraph, count=1
    )


@lru_cache(maxsize=256)
def _scaled(paragraph: str, letter: bool, profile: Profile) -> str:
    scale = profile.mark_scale(width(plain(paragraph)), letter)
    if scale >= 100:
        return paragraph
    made = element("w", val=scale)
    head, mark, runs = paragraph.partition("</w:pPr>")
    runs = re.sub(r"(<w:r>|<w:r [^>]*>)(?!<w:rPr>)", r"\1<w:rPr></w:rPr>", runs)
    return (
        head + mark + re.sub(r"(<w:rPr>)(.*?)(</w:rPr>)", lambda m: m[1] + _put(m[2], "w", made, R_ORDER) + m[3], runs)
    )


def _put(inner: str, name: str, made: str, order: tuple[str, ...]) -> str:
    """Properties with one of them set, in the order of the schema."""
    inner = re.sub(rf"<w:{name}(?: [^>]*)?/>", "", inner)
    later = "|".join(order[order.index(name) + 1 :])
    place = re.search(rf"<w:(?:{later})[ />]", inner)
    at = place.start() if place else len(inner)
    return inner[:at] + made + inner[at:]
