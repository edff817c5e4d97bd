"""Headers and footers: page numbers at odd and even pages, the rule of a letter's first page, the number of a landscape sheet, and the
mark of drafts, provisional documents and samples at the top of every page."""

from __future__ import annotations

from kaohe.official.layout import Profile
from kaohe.official.markup import HEAD, R, W, border, cell, cell_margins, element, floating, paragraph, row, run, table

MARK = "{{ 标注 }}"
KINDS = {"odd": "default", "even": "even", "first": "first"}


def parts(profile: Profile, landscape: bool, letter: bool, plain: bool = False) -> dict[str, str]:
    """The XML of each header and footer by its part's name without folder: header_odd.xml … A header is there on every page (empty in a
    final document), so that the mark never moves the text: it stands above the text area. A `plain` form has no footers."""
    made: dict[str, str] = {}
    for name in _names(letter):
        made[f"header_{name}.xml"] = f"{HEAD}<w:hdr {W} {R}>{paragraph('公文草稿标注', MARK)}</w:hdr>"
        if plain:
            continue
        body = _rule(profile) if name == "first" else _wide(profile, name) if landscape else _number(name)
        made[f"footer_{name}.xml"] = f"{HEAD}<w:ftr {W} {R}>{body}</w:ftr>"
    return made


def references(letter: bool, plain: bool = False) -> str:
    """The references of a section, headers first (the schema takes either order; Word writes even, default, first)."""
    names = sorted(_names(letter), key=("even", "odd", "first").index)
    return "".join(
        f'<w:{kind}Reference w:type="{KINDS[name]}" r:id="{kind}_{name}"/>'
        for kind in (("header",) if plain else ("header", "footer"))
        for name in names
    )


def _names(letter: bool) -> tuple[str, ...]:
    return ("odd", "even", "first") if letter else ("odd", "even")


def _field() -> tuple[str, ...]:
    """`— 1 —`: a 一字线 on each side, the number computed by Word."""
    chars = ("begin", "separate", "end")
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in chars)
    code = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return run("— "), begin, code, middle, run("1"), end, run(" —")


def _number(name: str) -> str:
    """Odd pages: one character from the right; even pages: one from the left."""
    return paragraph("公文页码右" if name == "odd" else "公文页码左", *_field())


def _rule(profile: Profile) -> str:
    """First page of a letter: a thin and a thick red rule above the paper's lower edge, no page number."""
    figures = profile.letter
    lines = border("top", figures.thin, profile.red) + border("bottom", figures.thick, profile.red)
    inner = cell(figures.width, paragraph("公文占位"), tcBorders=element("tcBorders", lines))
    rows = [row([inner], figures.rule_height, "exact")]
    place = floating(figures.left, figures.foot_top)
    return table([figures.width], rows, tblpPr=place, tblCellMar=cell_margins()) + paragraph("公文占位")


def _wide(profile: Profile, name: str) -> str:
    """Landscape: the number stays where it is on the portrait sheet, turned by a quarter, in a floating cell at the left edge."""
    figures, odd = profile.wide, name == "odd"
    turned = element("textDirection", val="tbRl")
    inner = cell(400, paragraph("公文页码竖右" if odd else "公文页码竖左", *_field()), textDirection=turned)
    rows = [row([inner], figures.number_height, "exact")]
    place = floating(figures.number_left, figures.number_odd if odd else figures.number_even)
    return table([400], rows, tblpPr=place, tblCellMar=cell_margins()) + paragraph("公文占位")
