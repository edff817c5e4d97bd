"""Building blocks of a template's body: paragraphs, tables, head, imprint (版记), sections. Text may hold template tags."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from kaohe.official.layout import Profile

_R = 'xml:space="preserve"'


def run(text: str, properties: str = "") -> str:
    """A run; every run hints East Asian, or Word takes “ ” … from the Western font."""
    made = f'<w:rPr><w:rFonts w:hint="eastAsia"/>{properties}</w:rPr>'
    return f"<w:r>{made}<w:t {_R}>{escape(text)}</w:t></w:r>"


def paragraph(style: str, text: str = "", extra: str = "", properties: str = "") -> str:
    """A paragraph of a named style; `extra` are further paragraph properties in schema order behind the style."""
    inner = run(text, properties) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{inner}</w:p>'


def tag(text: str) -> str:
    """A block tag in a paragraph of its own: docxtpl removes the paragraph."""
    return paragraph("公文正文", text)


def blank(lines: int = 1) -> str:
    """Blank lines of the standard are real empty paragraphs of the body pitch."""
    return paragraph("a") * lines


def page_break_before() -> str:
    """Paragraph property that begins a new page."""
    return "<w:pageBreakBefore/>"


def table(
    widths: Sequence[int],
    head: Sequence[str],
    rows: Sequence[Sequence[tuple[str, str]]],
    before: str = "",
    after: str = "",
) -> str:
    """A fixed table with a repeated head row and unsplit rows. `rows`: cells as (style, text); `before` and `after` are tags of the row
    loop around the rows."""
    total = sum(widths)
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = (
        f'<w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{border}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    header = _row(widths, [("公文表头", text) for text in head], True)
    body = "".join(_row(widths, row) for row in rows)
    first = _row(widths, [("公文表格文字", before), *[("公文表格文字", "")] * (len(widths) - 1)]) if before else ""
    last = _row(widths, [("公文表格文字", after), *[("公文表格文字", "")] * (len(widths) - 1)]) if after else ""
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{header}{first}{body}{last}</w:tbl>"


def _row(widths: Sequence[int], cells: Sequence[tuple[str, str]], header: bool = False) -> str:
    mark = "<w:tblHeader/>" if header else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph(style, text)}</w:tc>'
        for width, (style, text) in zip(widths, cells, strict=True)
    )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="567" w:hRule="atLeast"/>{mark}</w:trPr>{made}</w:tr>'


def document_head(profile: Profile, mark: str, number: str) -> str:
    """Head of a 文件: the red mark 35 mm below the text area's top, number above the red line as wide as the text."""
    return (
        blank(3)
        + paragraph("公文标志", mark, '<w:spacing w:before="80"/>')
        + blank(2)
        + paragraph("公文红线文号", number)
        + blank(2)
    )


def letter_head(profile: Profile, mark: str, number: str) -> str:
    """Head of a 信函: a floating table with the mark 30 mm from the paper's top and a double rule of 170 mm below it."""
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="0" w:bottomFromText="0" w:vertAnchor="page" '
        'w:horzAnchor="page" w:tblpX="1134" w:tblpY="1548"/>'
    )
    rule = (
        f'<w:tcBorders><w:top w:val="single" w:sz="24" w:space="0" w:color="{profile.red}"/>'
        f'<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{profile.red}"/></w:tcBorders>'
    )
    zero = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    rows = (
        '<w:tr><w:trPr><w:trHeight w:val="1058" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="9638" w:type="dxa"/></w:tcPr>'
        f"{paragraph('公文标志', mark)}</w:tc></w:tr>"
        '<w:tr><w:trPr><w:trHeight w:val="70" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="9638" w:type="dxa"/>'
        f"{rule}</w:tcPr>{paragraph('公文占位')}</w:tc></w:tr>"
    )
    table_xml = (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="9638" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{zero}</w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="9638"/></w:tblGrid>{rows}</w:tbl>'
    )
    return table_xml + paragraph("公文信函引线") + paragraph("公文信函文号", number) + blank(2)


def imprint(profile: Profile, rows: Sequence[tuple[str, str]], condition: str = "") -> str:
    """版记: a floating table whose last rule lies on the lower edge of the text area; `rows` are (style, text)."""
    place = '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="1588" w:tblpYSpec="bottom"/>'
    borders = (
        '<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" '
        'w:color="000000"/><w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tblBorders>'
    )
    zero = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    made = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{profile.text_width}" w:type="dxa"/></w:tcPr>{paragraph(style, text)}</w:tc></w:tr>'
        if "\t" not in text
        else f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{profile.text_width}" w:type="dxa"/></w:tcPr>{_tabbed(style, text)}</w:tc></w:tr>'
        for style, text in rows
    )
    return (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{profile.text_width}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{zero}</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{profile.text_width}"/></w:tblGrid>{made}</w:tbl>'
        + paragraph("公文占位")
    )


def _tabbed(style: str, text: str) -> str:
    left, right = text.split("\t")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(left)}<w:r><w:tab/></w:r>{run(right)}</w:p>'


def tabbed(style: str, left: str, right: str) -> str:
    """A line with a text at the left and one at the right tab stop of its style."""
    return _tabbed(style, f"{left}\t{right}")


def section(profile: Profile, footers: str, landscape: bool = False, title_page: bool = False, kind: str = "") -> str:
    """Section properties; `footers` are the references (r:id) in schema order."""
    if landscape:
        size = f'<w:pgSz w:w="{profile.height}" w:h="{profile.width}" w:orient="landscape"/>'
        margins = '<w:pgMar w:top="1588" w:right="2098" w:bottom="1474" w:left="1984" w:header="851" w:footer="851" w:gutter="0"/>'
    else:
        size = f'<w:pgSz w:w="{profile.width}" w:h="{profile.height}"/>'
        margins = (
            f'<w:pgMar w:top="{profile.top}" w:right="{profile.right}" w:bottom="{profile.bottom}" w:left="{profile.left}" '
            f'w:header="851" w:footer="{profile.footer}" w:gutter="0"/>'
        )
    typed = f'<w:type w:val="{kind}"/>' if kind else ""
    first = "<w:titlePg/>" if title_page else ""
    return f'<w:sectPr>{footers}{typed}{size}{margins}{first}<w:docGrid w:type="lines" w:linePitch="{profile.pitch}"/></w:sectPr>'


def section_break(properties: str) -> str:
    """A paragraph that ends a section, taking no room."""
    return f'<w:p><w:pPr><w:pStyle w:val="公文占位"/>{properties}</w:pPr></w:p>'
