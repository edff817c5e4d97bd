"""The check before any reader: what the bytes are, and whether the parts that are needed can be believed.

Two tiers. The quick one counts bytes while inflating, lets expat find DOCTYPEs and bad XML without looking at elements, and compares
every cell with the plain manner in which office programs write, which gives its value in the same pass (`plain`). Where a part is
written otherwise, the slow tier (`second_look`) reads it event by event. Unneeded parts are never inflated. For the old formats what
leaves here is checked bytes for another reader. Source: reliability page, finding 7 and section Limits.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import NamedTuple

from kaohe.core.faults import quoted
from kaohe.files import ods, opc, second_look, xls
from kaohe.files.limits import Limits, Refused
from kaohe.files.parts import Parts, is_plain, normal, walk
from kaohe.files.plain import look
from kaohe.files.sniff import ODS, ODS_TEMPLATE, OLE, XLSX, sniff
from kaohe.files.styles import special_styles
from kaohe.files.texts import indexed, shared
from kaohe.files.worksheet import Book, Told, Worksheet
from kaohe.records.tables import Refusal


class Sheet(NamedTuple):
    """A worksheet that may be read, under its name."""

    name: str
    hidden: bool
    found: Worksheet


class Checked(NamedTuple):
    """What may be believed. `sheets`: of an xlsx, read already. `data` is what may be given to another reader: for ods a package of checked
    parts, for xls the file; `tables` only for ods, in the order of the sheets of `data`; `named` only for xls."""

    kind: str
    data: bytes
    sheets: tuple[Sheet, ...] = ()
    tables: tuple[Told, ...] = ()
    named: dict[str, Told] | None = None
    has_macros: bool = False
    has_links: bool = False


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
        if _ENCRYPTED.search(data):
            raise Refused("FILE-006")
        old = xls.look(data, limits)
        return Checked("xls", data, named=old.sheets, has_macros=old.has_macros, has_links=old.has_links)
    parts = Parts(data, opc.directory(data, limits.entries), limits)
    content = _content(parts)
    return _ods(parts) if content == ODS else _xlsx(parts)


class _Relation(NamedTuple):
    kind: str  # the last word of the type: worksheet, sharedStrings …
    target: str


class _Listing(NamedTuple):
    sheets: list[tuple[str, str, bool]]  # name, relation, hidden
    is_1904: bool


def _xlsx(parts: Parts) -> Checked:
    limits = parts.limits
    top = _relations(parts, "_rels/.rels", "")
    main = next((each.target for each in top.values() if each.kind == "officeDocument"), "xl/workbook.xml")
    folder, name = posixpath.split(main)
    relations = _relations(parts, f"{folder}/_rels/{name}.rels", folder)
    listing = _workbook(parts, main)
    if len(listing.sheets) > limits.sheets:
        raise Refused("FILE-023", str(len(listing.sheets)))
    names = [name.casefold() for name, _, _ in listing.sheets]
    for name, _, _ in listing.sheets:
        if names.count(name.casefold()) > 1:
            raise Refused("FILE-017", quoted(name))
    strings = indexed(_strings(parts, _named(parts, relations, "sharedStrings")))
    name = _named(parts, relations, "styles")
    styles = parts.text(name)[0] if name else b""
    book = Book(strings, special_styles(styles, limits) if styles else {}, listing.is_1904)
    sheets: list[Sheet] = []
    used = set()
    for name, relation, hidden in listing.sheets:
        if relation not in relations:
            raise Refused("FILE-016", quoted(name))
        kind, target = relations[relation]
        if kind == "worksheet":
            if normal(target) in used:
                raise Refused("FILE-010", quoted(name))
            used.add(normal(target))
            sheets.append(Sheet(name, hidden, _sheet(parts, name, target, book)))
    if not sheets:
        raise Refused("FILE-016")
    return Checked(
        XLSX,
        b"",
        tuple(sheets),
        has_macros=any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in parts.by_name),
        has_links=any(name.startswith("xl/externallinks/") for name in parts.by_name),
    )


def _relations(parts: Parts, name: str, folder: str) -> dict[str, _Relation]:
    """Relations of a part by their id, targets resolved inside the package; none where the part is absent."""
    if normal(name) not in parts.by_name:
        return {}
    xml, _ = parts.text(name)
    read = _kept_relations if len(xml) <= _MOST_KEPT else _read_relations
    return read(xml, folder, parts.limits)


def _read_relations(xml: bytes, folder: str, limits: Limits) -> dict[str, _Relation]:
    found: dict[str, _Relation] = {}

    def start(word: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if word == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/")))
            found[attributes.get("Id", "")] = _Relation(attributes.get("Type", "").rpartition("/")[2], path)

    walk(xml, limits, start)
    return found


def _workbook(parts: Parts, name: str) -> _Listing:
    xml, _ = parts.text(name)
    return (_kept_workbook if len(xml) <= _MOST_KEPT else _read_workbook)(xml, parts.limits)


def _read_workbook(xml: bytes, limits: Limits) -> _Listing:
    sheets: list[tuple[str, str, bool]] = []
    flags = set()

    def start(word: str, attributes: dict[str, str]) -> None:
        if word == "sheet":
            relation = next((text for key, text in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif word == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            flags.add("1904")

    walk(xml, limits, start)
    return _Listing(sheets, bool(flags))


_MOST_KEPT = 16_384  # bytes of a part of which the outcome is kept: the forms of one class have the same
_kept_relations = lru_cache(maxsize=64)(_read_relations)
_kept_workbook = lru_cache(maxsize=64)(_read_workbook)


def _named(parts: Parts, relations: dict[str, _Relation], kind: str) -> str:
    """The part of this kind: by its relation, else by its usual name, else ""."""
    usual = f"xl/{kind}.xml"
    name = next((each.target for each in relations.values() if each.kind == kind), usual)
    return "" if name == usual and normal(usual) not in parts.by_name else name


def _strings(parts: Parts, name: str) -> list[str]:
    """The shared strings."""
    if not name:
        return []
    limits = parts.limits
    xml, same = parts.text(name)
    declared = re.search(rb'uniqueCount="([0-9]{1,20})"', xml[:2000])
    found = shared(xml, limits) if same else None
    if found is None:
        is_plain(xml)
        found = second_look.strings(xml, limits)
    count = len(found)
    if count > limits.strings:
        raise Refused("FILE-024", str(count))
    # A sloppy writer may be somewhat wrong; who declares far more wants the reader to make room for it.
    if declared and int(declared[1]) > 2 * count + 1000:
        raise Refused("FILE-020", declared[1].decode())
    return found


def _sheet(parts: Parts, name: str, target: str, book: Book) -> Worksheet:
    limits = parts.limits
    xml, same = parts.text(target)
    try:
        plain = look(xml, book, limits) if same else None
        if plain is not None:
            return plain
        is_plain(xml)
        return second_look.sheet(xml, book, limits)
    except Refused as refused:
        raise Refused(refused.refusal.code, f"{quoted(name)} {refused.refusal.found}".strip()) from None


#: the entry of the encrypted workbook in the directory of a compound file: its name, padded, the length of the name, a stream
_ENCRYPTED = re.compile(re.escape("EncryptedPackage".encode("utf-16-le")) + rb"\0{32}\x22\0\x02")


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
    manifest, _ = parts.text("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise Refused("FILE-006")
    is_plain(manifest)
    content, _ = parts.text("content.xml")
    is_plain(content)
    found = ods.look(content, parts.limits)
    data = opc.archive({"mimetype": ODS.encode(), "META-INF/manifest.xml": manifest, "content.xml": content}, level=0)
    macros = any(name.startswith(("basic/", "scripts/")) for name in parts.by_name)
    return Checked("ods", data, tables=found.tables, has_macros=macros, has_links=found.has_links)
