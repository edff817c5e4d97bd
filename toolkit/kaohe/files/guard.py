"""The check before any reader: what the bytes are, and whether the parts that are needed can be believed.

Two tiers. The quick one counts bytes while inflating, lets expat find DOCTYPEs and bad XML without looking at elements, and compares
every cell with the plain manner in which office programs write. Where a part is written otherwise, the slow tier (`second_look`)
reads it event by event and writes it plainly. What leaves here is a small package made of checked parts only, so the reader after it
sees no other bytes than were checked. Unneeded parts are never inflated. Source: reliability page, finding 7 and section Limits.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from kaohe.core.faults import quoted
from kaohe.files import opc, second_look
from kaohe.files.limits import Limits, Refused
from kaohe.files.parts import Parts, normal
from kaohe.files.plain import Pieces, look, pieces, rebuilt
from kaohe.files.sniff import ODS, ODS_TEMPLATE, OLE, XLSX, sniff
from kaohe.records.tables import Refusal


class Sheet(NamedTuple):
    """A worksheet that may be read: `xml` is plain (as it was, without formulas, or as the second look wrote it)."""

    name: str
    hidden: bool
    xml: Pieces
    oddities: dict[str, str]
    outside: tuple[str, ...]


class Checked(NamedTuple):
    """What may be given to the reader: `data` is the package of checked parts (for xls: the file). `sheets` only for xlsx, in the
    order of the sheets of `data`. `has_controls`: some text may hold control characters."""

    kind: str
    data: bytes
    sheets: tuple[Sheet, ...] = ()
    has_macros: bool = False
    has_links: bool = False
    has_controls: bool = True


def check(data: bytes, limits: Limits) -> Checked | Refusal:
    """Check a workbook's bytes. The codes are those of `kaohe.core.sentences.reading`."""
    try:
        return checked(data, limits)
    except Refused as refused:
        return refused.refusal


def checked(data: bytes, limits: Limits) -> Checked:
    """As `check`, but raises Refused."""
    if len(data) > limits.file:
        raise Refused("FILE-002", f"{len(data) / 1024 / 1024:.0f} MB")
    kind = sniff(data)
    if kind == OLE:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("FILE-006")
        return Checked("xls", data)
    parts = Parts(data, opc.directory(data, limits.entries), limits)
    content = _content(parts)
    return _ods(parts) if content == ODS else _xlsx(parts)


class _Relation(NamedTuple):
    kind: str  # the last word of the type: worksheet, sharedStrings …
    target: str


class _Book(NamedTuple):
    sheets: list[tuple[str, str, bool]]  # name, relation, hidden
    is_1904: bool


def _xlsx(parts: Parts) -> Checked:
    limits = parts.limits
    top = _relations(parts, "_rels/.rels", "")
    main = next((each.target for each in top.values() if each.kind == "officeDocument"), "xl/workbook.xml")
    folder, name = posixpath.split(main)
    relations = _relations(parts, f"{folder}/_rels/{name}.rels", folder)
    book = _workbook(parts.xml(main)[0])
    if len(book.sheets) > limits.sheets:
        raise Refused("FILE-023", str(len(book.sheets)))
    names = [name.casefold() for name, _, _ in book.sheets]
    for name, _, _ in book.sheets:
        if names.count(name.casefold()) > 1:
            raise Refused("FILE-017", quoted(name))
    texts, count = _strings(parts, _named(parts, relations, "sharedStrings"))
    styles = _named(parts, relations, "styles")
    sheets, used = [], set()
    for name, relation, hidden in book.sheets:
        if relation not in relations:
            raise Refused("FILE-016", quoted(name))
        kind, target = relations[relation]
        if kind == "worksheet":
            if normal(target) in used:
                raise Refused("FILE-010", quoted(name))
            used.add(normal(target))
            sheets.append(_sheet(parts, name, hidden, target, count))
    if not sheets:
        raise Refused("FILE-016")
    data = rebuilt([sheet.xml.cells for sheet in sheets], texts, parts.xml(styles)[0] if styles else b"", book.is_1904)
    return Checked(
        XLSX,
        data,
        tuple(sheets),
        has_macros=any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in parts.by_name),
        has_links=any(name.startswith("xl/externallinks/") for name in parts.by_name),
        has_controls=any(_ESCAPED.search(xml) for xml in (texts, *(sheet.xml.cells for sheet in sheets))),
    )


def _relations(parts: Parts, name: str, folder: str) -> dict[str, _Relation]:
    """Relations of a part by their id, targets resolved inside the package; none where the part is absent."""
    if normal(name) not in parts.by_name:
        return {}
    found: dict[str, _Relation] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if name.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/")))
            found[attributes.get("Id", "")] = _Relation(attributes.get("Type", "").rpartition("/")[2], path)

    _read(parts.xml(name)[0], start)
    return found


def _workbook(xml: bytes) -> _Book:
    sheets: list[tuple[str, str, bool]] = []
    flags = set()

    def start(name: str, attributes: dict[str, str]) -> None:
        word = name.rpartition(":")[2]
        if word == "sheet":
            relation = next((text for key, text in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif word == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            flags.add("1904")

    _read(xml, start)
    return _Book(sheets, bool(flags))


def _read(xml: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)


def _named(parts: Parts, relations: dict[str, _Relation], kind: str) -> str:
    """The part of this kind: by its relation, else by its usual name, else ""."""
    usual = f"xl/{kind}.xml"
    name = next((each.target for each in relations.values() if each.kind == kind), usual)
    return "" if name == usual and normal(usual) not in parts.by_name else name


def _strings(parts: Parts, name: str) -> tuple[bytes, int]:
    """The shared strings, plain, and how many there are."""
    if not name:
        return b"", 0
    limits = parts.limits
    xml, usual = parts.xml(name)
    declared = re.search(rb'uniqueCount="([0-9]{1,20})"', xml[:2000])
    pieces = xml.split(b"</si>")
    texts, count = xml, len(pieces) - 1
    if not usual or not _ROOT_STRINGS.match(xml) or max(map(len, pieces)) > limits.text or _EMPTY_STRING.search(xml):
        texts, count = second_look.strings(xml, limits)
    if count > limits.strings:
        raise Refused("FILE-024", str(count))
    # The reader after us makes room for as many strings as are declared; a sloppy writer may be somewhat wrong.
    if declared and int(declared[1]) > 2 * count + 1000:
        raise Refused("FILE-020", declared[1].decode())
    return texts, count


def _sheet(parts: Parts, name: str, hidden: bool, target: str, strings: int) -> Sheet:
    limits = parts.limits
    xml, usual = parts.xml(target)
    if usual and (plain := look(xml, limits)) is not None:
        return Sheet(name, hidden, *plain, ())
    try:
        second = second_look.sheet(xml, strings, limits)
    except Refused as refused:
        raise Refused(refused.refusal.code, f"{quoted(name)} {refused.refusal.found}".strip()) from None
    cut = pieces(second.xml)
    assert cut is not None, "the second look writes plainly"
    return Sheet(name, hidden, cut, second.oddities, second.outside)


_ESCAPED = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_EMPTY_STRING = re.compile(rb"<si */>")
_ROOT_STRINGS = re.compile(rb"(?:<\?xml[^>]*\?>)?\s*<sst[ >]")


def _content(parts: Parts) -> str:
    """XLSX or ODS. Raises Refused for any other package."""
    if "xl/workbook.bin" in parts.by_name:
        raise Refused("FILE-033")
    if any(name.startswith("xl/") for name in parts.by_name):
        return XLSX
    if "mimetype" in parts.by_name and parts.raw("mimetype")[:80].decode("latin-1").strip() in (ODS, ODS_TEMPLATE):
        return ODS
    for folder, name in (
        ("word/", "Word 文档"),
        ("ppt/", "演示文稿"),
        ("content.xml", "文字文档"),
        ("ofd.xml", "OFD 文档"),
    ):
        if any(each.startswith(folder) for each in parts.by_name):
            raise Refused("FILE-003", name)
    if "[content_types].xml" in parts.by_name:
        raise Refused("FILE-016")
    raise Refused("FILE-005", "zip")


def _ods(parts: Parts) -> Checked:
    manifest, _ = parts.xml("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise Refused("FILE-006")
    content, _ = parts.xml("content.xml")
    second_look.ods_extent(content, parts.limits)
    data = opc.archive({"mimetype": ODS.encode(), "META-INF/manifest.xml": manifest, "content.xml": content}, level=0)
    macros = any(name.startswith(("basic/", "scripts/")) for name in parts.by_name)
    return Checked("ods", data, has_macros=macros)
