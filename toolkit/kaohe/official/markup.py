"""WordprocessingML as text: elements whose children stand in the order of the schema.

Word calls a file damaged where LibreOffice is silent, when the properties of a paragraph, run or table stand in another order; so they are
given by name and sorted here, never by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

P_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd",
    "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi",
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
R_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint",
    "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u",
    "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
TABLE_ORDER = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing",
    "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook",
)  # fmt: skip
CELL_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign",
    "hideMark",
)  # fmt: skip

Attributes = dict[str, str | int]


def element(name: str, inner: str = "", /, **attributes: str | int) -> str:
    """`<w:name w:a="…">inner</w:name>`, or an empty element."""
    given = "".join(f" w:{key.rstrip('_')}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<w:{name}{given}>{inner}</w:{name}>" if inner else f"<w:{name}{given}/>"


def properties(name: str, order: Sequence[str], parts: dict[str, str]) -> str:
    """`<w:name>` with its parts (each a whole element, by element name) in the order of the schema; "" without parts.

    Raises ValueError for a part that the order does not know.
    """
    if unknown := parts.keys() - set(order):
        raise ValueError(f"no part of w:{name}: {sorted(unknown)}")
    return element(name, "".join(parts[key] for key in order if parts.get(key))) if any(parts.values()) else ""


def fonts(name: str, western: str = "") -> str:
    """One font in every slot: Word takes digits and “ ” … from the Western slot, so that has the Chinese font as well, unless a house
    wants another one for digits and letters."""
    other = western or name
    return element("rFonts", hint="eastAsia", ascii=other, hAnsi=other, eastAsia=name, cs=other)


def sized(half_points: int) -> dict[str, str]:
    """The parts of run properties that set the size."""
    return {"sz": element("sz", val=half_points), "szCs": element("szCs", val=half_points)}


def exact(line: int) -> str:
    """Exact line pitch in twips."""
    return element("spacing", line=line, lineRule="exact")


def run(text: str, style: str = "", **parts: str) -> str:
    """A run, of a character style if one is named. `text` may hold template tags; every run hints East Asian."""
    named = {"rStyle": element("rStyle", val=style)} if style else {}
    made = properties("rPr", R_ORDER, {**named, "rFonts": element("rFonts", hint="eastAsia"), **parts})
    return f'<w:r>{made}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab() -> str:
    """A run that is a tabulator."""
    return "<w:r><w:tab/></w:r>"


def paragraph(style: str, *runs: str, **parts: str) -> str:
    """A paragraph of a named style; `runs` are texts or runs, `parts` further properties by element name."""
    made = properties("pPr", P_ORDER, {"pStyle": element("pStyle", val=style), **parts})
    return f"<w:p>{made}{''.join(each if each.startswith('<w:') else run(each) for each in runs if each)}</w:p>"


def border(side: str, size: int, colour: str = "000000", space: int = 0, kind: str = "single") -> str:
    """One border line; `size` in eighths of a point."""
    return element(side, val=kind, sz=size, space=space, color=colour)


def cell_margins(top: int = 0, left: int = 0, bottom: int = 0, right: int = 0) -> str:
    """Inner margins of a table's cells."""
    sides = {"top": top, "left": left, "bottom": bottom, "right": right}
    return element("tblCellMar", "".join(element(side, w=width, type="dxa") for side, width in sides.items()))


def table(widths: Sequence[int], rows: Sequence[str], **parts: str) -> str:
    """A table of fixed layout whose width is the sum of its columns; `parts` are further table properties."""
    own = {"tblW": element("tblW", w=sum(widths), type="dxa"), "tblLayout": element("tblLayout", type="fixed")}
    grid = element("tblGrid", "".join(element("gridCol", w=width) for width in widths))
    return f"<w:tbl>{properties('tblPr', TABLE_ORDER, {**own, **parts})}{grid}{''.join(rows)}</w:tbl>"


def row(cells: Sequence[str], height: int = 0, rule: str = "atLeast", header: bool = False) -> str:
    """A row that is never split; a header row is repeated on every page."""
    made = "<w:cantSplit/>" + (element("trHeight", val=height, hRule=rule) if height else "")
    return element("tr", element("trPr", made + ("<w:tblHeader/>" if header else "")) + "".join(cells))


def cell(width: int, content: str, **parts: str) -> str:
    """A cell with its paragraphs."""
    return element(
        "tc", properties("tcPr", CELL_ORDER, {"tcW": element("tcW", w=width, type="dxa"), **parts}) + content
    )


def floating(x: int, y: int | None = None, vertical: str = "page", place: str = "") -> str:
    """The position of a floating table on the page: `y` twips from the top of the page, or `place` (bottom) of the text area."""
    where: Attributes = {"leftFromText": 0, "rightFromText": 0, "topFromText": 0, "bottomFromText": 0}
    where |= {"vertAnchor": vertical, "horzAnchor": "page", "tblpX": x}
    where |= {"tblpYSpec": place} if y is None else {"tblpY": y}
    return element("tblpPr", **where)
