"""A .docx package made of a body: content types, relations, styles, settings, font table, headers and footers, properties."""

from __future__ import annotations

from kaohe.files.opc import archive
from kaohe.official.blocks import section
from kaohe.official.chart import LINK, PART
from kaohe.official.layout import Profile
from kaohe.official.markup import HEAD, R, W
from kaohe.official.pages import parts, references
from kaohe.official.styles import font_table, settings, styles

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_FIXED = {"styles": "styles", "settings": "settings", "fontTable": "fontTable"}


def package(
    profile: Profile,
    title: str,
    body: str,
    landscape: bool = False,
    letter: bool = False,
    plain: bool = False,
    chart: str = "",
) -> bytes:
    """The bytes of a .docx with this body and one section; `plain`: a form without page numbers; `chart`: the part of the body's chart.
    The same body gives the same bytes."""
    pages = parts(profile, landscape, letter, plain)
    end = section(profile, references(letter, plain), landscape, letter)
    own = [(name.removesuffix(".xml"), name.split("_")[0], name) for name in pages]
    linked = [(kind, kind, f"{kind}.xml") for kind in _FIXED] + own
    drawn = {f"word/{PART}": chart} if chart else {}
    members = {
        "[Content_Types].xml": _content_types(
            {"word/document.xml": f"{_TYPE}.document.main+xml"}
            | {f"word/{file}": f"{_TYPE}.{kind}+xml" for _, kind, file in linked}
            | dict.fromkeys(drawn, _CHART)
        ),
        "_rels/.rels": _relations(
            ("document", f"{_REL}/officeDocument", "word/document.xml"),
            ("core", f"{_PKG}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title),
        "word/document.xml": f"{HEAD}<w:document {W} {R}><w:body>{body}{end}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            *((name, f"{_REL}/{kind}", file) for name, kind, file in linked),
            *([(LINK, f"{_REL}/chart", PART)] if chart else ()),
        ),
        "word/styles.xml": styles(profile),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(profile),
        **{f"word/{name}": text for name, text in pages.items()},
        **drawn,
    }
    return archive({name: text.encode() for name, text in members.items()})


def _content_types(kinds: dict[str, str]) -> str:
    made = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'{HEAD}<Types xmlns="{_PKG}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{made}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _relations(*rows: tuple[str, str, str]) -> str:
    made = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in rows)
    return f'{HEAD}<Relationships xmlns="{_PKG}/relationships">{made}</Relationships>'


def _core(title: str) -> str:
    """Properties of the template itself; a document's own are written when it is made."""
    space = f'xmlns:cp="{_PKG}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"{HEAD}<cp:coreProperties {space}><dc:title>{title}</dc:title></cp:coreProperties>"
