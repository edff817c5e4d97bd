"""Documents of one template bound into one file for printing: one after another, each with its own page numbers from 1, so that it begins
on the front of a sheet where both sides are printed.

What the documents share (styles, settings, fonts) is taken from the first. A part in which one differs (a header with another mark, a
chart) is taken along under a new name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from posixpath import dirname, join, normpath
from xml.sax.saxutils import escape

from kaohe.files.opc import Package

_DOCUMENT, _LINKS, _TYPES, _CORE = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
    "docProps/core.xml",
)
_LINK = re.compile(r"<Relationship\b([^>]*?)/?>(?:</Relationship>)?")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_REFERENCE = re.compile(r'\b(r:(?:id|embed|link|pict))="([^"]*)"')
_SECTION = re.compile(r"<w:sectPr\b[^>]*>.*?</w:sectPr>|<w:sectPr\b[^>]*/>", re.DOTALL)
_BOOKMARK = re.compile(r"<w:bookmark(?:Start|End)\b[^>]*/>")
_DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\bid=")\d+(")')
#: what stands before `type` and before `pgNumType` in section properties (ECMA-376)
_BEFORE_TYPE = "headerReference|footerReference|footnotePr|endnotePr"
_BEFORE_NUMBERS = f"{_BEFORE_TYPE}|type|pgSz|pgMar|paperSrc|pgBorders|lnNumType"
_SMALL = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>'


def bind(documents: Sequence[bytes], title: str) -> bytes:
    """One .docx of them in this order; each begins on an odd page, so that two never share a sheet.

    The same documents give the same bytes. Raises ValueError without a document or for a package that is no .docx.
    """
    if not documents:
        raise ValueError("nothing to bind")
    first = Package(documents[0])
    links, types, made = _text(first, _LINKS), _text(first, _TYPES), _Parts(first)
    head, _, _ = _body(_text(first, _DOCUMENT))
    bodies: list[str] = []
    for number, data in enumerate(documents):
        package = Package(data)
        _, body, end = _body(_text(package, _DOCUMENT))
        names = made.taken(package, number)
        body, end = (_renamed(part, names) for part in (body, end))
        body = _BOOKMARK.sub("", body)
        if number and body.lstrip().startswith("<w:tbl>"):
            # LibreOffice draws a floating table (a letter's mark) that opens a section on the page before it.
            body = f"<w:p><w:pPr>{_SMALL}</w:pPr></w:p>{body}"
        body, end = _opened(body, end)
        bodies.append(body + end if number == len(documents) - 1 else _closed(body, end))
    drawings = iter(range(1, 1 << 30))
    whole = _DRAWING.sub(lambda found: f"{found[1]}{next(drawings)}{found[2]}", "".join(bodies))
    members = {
        _DOCUMENT: f"{head}{whole}</w:body></w:document>".encode(),
        _LINKS: links.replace("</Relationships>", f"{''.join(made.links)}</Relationships>").encode(),
        _TYPES: types.replace("</Types>", f"{''.join(made.types)}</Types>").encode(),
        **made.members,
    }
    if _CORE in first.names:
        core = re.sub(r"(<dc:title>)[^<]*", lambda found: found[1] + escape(title), _text(first, _CORE))
        members[_CORE] = core.encode()
    return first.replace(members)


class _Parts:
    """The parts that the documents do not share, under new names, with their relations and content types."""

    def __init__(self, first: Package) -> None:
        self.links: list[str] = []
        self.types: list[str] = []
        self.members: dict[str, bytes] = {}
        self._known = {
            (part, first.read(part)): name for name, (part, _) in _targets(first).items() if part in first.names
        }
        self._kinds = dict(re.findall(r'PartName="/([^"]*)"\s+ContentType="([^"]*)"', _text(first, _TYPES)))

    def taken(self, package: Package, number: int) -> dict[str, str]:
        """By a document's relation id the one that it has in the bound file, where they differ."""
        names: dict[str, str] = {}
        for name, (part, kind) in _targets(package).items():
            if part not in package.names:
                continue
            content = package.read(part)
            known = self._known.get((part, content))
            if known is None:
                known = self._added(part, kind, content, number)
            if known != name:
                names[name] = known
        return names

    def _added(self, part: str, kind: str, content: bytes, number: int) -> str:
        stem, _, suffix = part.rpartition(".")
        new, name = f"{stem}_{number + 1}.{suffix}", f"bound{len(self.links) + 1}"
        self._known[part, content] = name
        self.members[new] = content
        target = new.removeprefix("word/")
        self.links.append(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>')
        if part in self._kinds:
            self.types.append(f'<Override PartName="/{new}" ContentType="{self._kinds[part]}"/>')
        return name


def _targets(package: Package) -> dict[str, tuple[str, str]]:
    """By relation id the part inside the package and the kind of relation; links to the outside are left out."""
    found = {}
    for match in _LINK.finditer(_text(package, _LINKS)):
        given = dict(_ATTRIBUTE.findall(match[1]))
        if given.get("TargetMode") != "External":
            target = given["Target"]
            part = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(_DOCUMENT), target))
            found[given["Id"]] = (part, given["Type"])
    return found


def _text(package: Package, name: str) -> str:
    try:
        return package.read(name).decode()
    except (KeyError, UnicodeDecodeError):
        raise ValueError(f"no .docx: {name}") from None


def _body(document: str) -> tuple[str, str, str]:
    """Everything before the body's content, the content, and the section properties at its end."""
    start, stop = document.find("<w:body>"), document.rfind("</w:body>")
    if start < 0 or stop < 0:
        raise ValueError("no .docx: word/document.xml")
    start += len("<w:body>")
    content = document[start:stop]
    last = [match for match in _SECTION.finditer(content) if match.end() == len(content.rstrip())]
    if not last:
        raise ValueError("no section properties at the end of the body")
    return document[:start], content[: last[0].start()], last[0][0]


def _renamed(text: str, names: dict[str, str]) -> str:
    return _REFERENCE.sub(lambda found: f'{found[1]}="{names.get(found[2], found[2])}"', text) if names else text


def _opened(body: str, end: str) -> tuple[str, str]:
    """With the first section of the document beginning on an odd page with the number 1."""
    match = _SECTION.search(body)
    section = _with_type(match[0] if match else end)
    return (body[: match.start()] + section + body[match.end() :], end) if match else (body, section)


def _with_type(section: str) -> str:
    """Page 1 after an odd page: both office programs leave a back empty between them. Where the first page has its own footer LibreOffice
    must not be told so, or it gives that footer to the second page as well."""
    kind = "nextPage" if "<w:titlePg" in section else "oddPage"
    if section.endswith("/>") and section.count("<") == 1:
        section = section[:-2].rstrip() + "></w:sectPr>"
    section = re.sub(r"<w:type\b[^>]*/>", "", section)
    section = _put(section, f'<w:type w:val="{kind}"/>', _BEFORE_TYPE)
    numbers = re.search(r"<w:pgNumType\b[^>]*/>", section)
    if numbers:
        kept = re.sub(r'\s*w:start="[^"]*"', "", numbers[0])
        return section.replace(numbers[0], kept[:-2].rstrip() + ' w:start="1"/>')
    return _put(section, '<w:pgNumType w:start="1"/>', _BEFORE_NUMBERS)


def _put(section: str, made: str, before: str) -> str:
    """Put after the last of the elements that must stand before it."""
    found = list(re.finditer(rf"<w:(?:{before})\b[^>]*?(?:/>|>.*?</w:(?:{before})>)", section, re.DOTALL))
    at = found[-1].end() if found else section.index(">") + 1
    return section[:at] + made + section[at:]


def _closed(body: str, end: str) -> str:
    """The document with its section properties in its last paragraph; after a table in a paragraph that takes no room."""
    tail = body.rstrip()
    start = max(tail.rfind("<w:p>"), tail.rfind("<w:p "))
    last = tail[start:]
    if not tail.endswith("</w:p>") or start < 0 or "<w:sectPr" in last or last.count("</w:p>") != 1:
        return f"{body}<w:p><w:pPr>{_SMALL}{end}</w:pPr></w:p>"
    if "</w:pPr>" in last:
        closed = last.replace("</w:pPr>", f"{end}</w:pPr>", 1)
    else:
        head, mark, rest = last.partition(">")
        closed = f"{head}{mark}<w:pPr>{end}</w:pPr>{rest}"
    return tail[:start] + closed
