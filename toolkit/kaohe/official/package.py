"""A .docx package made of a body: styles, settings, font table and the footers that the layout asks for."""

from __future__ import annotations

from kaohe.files.opc import archive
from kaohe.official.layout import Profile
from kaohe.official.styles import HEAD, W, font_table, settings, styles

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FOOTERS = ("odd", "even", "first", "wide_odd", "wide_even")


def footers(landscape: bool = False, first: bool = False) -> str:
    """References to the footers of a section, for `blocks.section`."""
    odd, even = ("wide_odd", "wide_even") if landscape else ("odd", "even")
    made = f'<w:footerReference w:type="even" r:id="{even}"/><w:footerReference w:type="default" r:id="{odd}"/>'
    return made + ('<w:footerReference w:type="first" r:id="first"/>' if first else "")


def package(body: str, profile: Profile, title: str) -> bytes:
    """The bytes of a .docx with this body (everything inside w:body, section properties last)."""
    document = f'{HEAD}<w:document {W} xmlns:r="{_REL}"><w:body>{body}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("r1", f"{_REL}/officeDocument", "word/document.xml"),
            (
                "r2",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
        ),
        "docProps/core.xml": _core(title),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_REL}/styles", "styles.xml"),
            ("settings", f"{_REL}/settings", "settings.xml"),
            ("fonts", f"{_REL}/fontTable", "fontTable.xml"),
            *((name, f"{_REL}/footer", f"footer_{name}.xml") for name in _FOOTERS),
        ),
        "word/styles.xml": styles(profile),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(profile),
        **{f"word/footer_{name}.xml": _footer(name, profile) for name in _FOOTERS},
    }
    return archive({name: text.encode() for name, text in parts.items()})


def _content_types() -> str:
    rows = [
        ("word/document.xml", "document.main"),
        ("word/styles.xml", "styles"),
        ("word/settings.xml", "settings"),
        ("word/fontTable.xml", "fontTable"),
        *((f"word/footer_{name}.xml", "footer") for name in _FOOTERS),
    ]
    made = "".join(f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in rows)
    return (
        f'{HEAD}<Types xmlns="{_PKG}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'{made}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(*rows: tuple[str, str, str]) -> str:
    made = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in rows)
    return f'{HEAD}<Relationships xmlns="{_PKG}/relationships">{made}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PKG}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>党建工作部</dc:creator></cp:coreProperties>"
    )


def _page_field() -> str:
    dash = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{0}</w:t></w:r>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return dash.format("— ") + field + dash.format(" —")


def _footer(name: str, profile: Profile) -> str:
    if name in ("odd", "even"):
        style = "公文页码右" if name == "odd" else "公文页码左"
        body = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_page_field()}</w:p>'
    elif name == "first":
        body = _double_rule(profile)
    else:
        body = _standing_number(name == "wide_odd")
    return f"{HEAD}<w:ftr {W}>{body}</w:ftr>"


def _zero_margins() -> str:
    return "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))


def _double_rule(profile: Profile) -> str:
    """First page of a 信函: a thin and a thick red rule 20 mm from the paper's bottom, 170 mm wide; no page number."""
    borders = (
        f'<w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="{profile.red}"/>'
        f'<w:bottom w:val="single" w:sz="24" w:space="0" w:color="{profile.red}"/></w:tcBorders>'
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="0" w:bottomFromText="0" w:vertAnchor="page" '
        'w:horzAnchor="page" w:tblpX="1134" w:tblpY="15576"/><w:tblW w:w="9638" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{_zero_margins()}</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="9638"/></w:tblGrid>'
        '<w:tr><w:trPr><w:trHeight w:val="70" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="9638" w:type="dxa"/>'
        f'{borders}</w:tcPr><w:p><w:pPr><w:pStyle w:val="公文占位"/></w:pPr></w:p></w:tc></w:tr></w:tbl>'
        '<w:p><w:pPr><w:pStyle w:val="公文占位"/></w:pPr></w:p>'
    )


def _standing_number(odd: bool) -> str:
    """Landscape: the page number stays where it is on the portrait sheet, turned by a quarter."""
    place, side = ("8164", "right") if odd else ("1588", "left")
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="0" w:bottomFromText="0" w:vertAnchor="page" '
        f'w:horzAnchor="page" w:tblpX="1330" w:tblpY="{place}"/><w:tblW w:w="400" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{_zero_margins()}</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="400"/></w:tblGrid>'
        '<w:tr><w:trPr><w:trHeight w:val="2268" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="400" w:type="dxa"/>'
        '<w:textDirection w:val="tbRl"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="公文页码竖"/><w:jc w:val="{side}"/></w:pPr>{_page_field()}</w:p></w:tc></w:tr></w:tbl>'
        '<w:p><w:pPr><w:pStyle w:val="公文占位"/></w:pPr></w:p>'
    )
