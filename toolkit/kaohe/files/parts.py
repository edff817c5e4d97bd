"""The needed parts of a package: inflated only when asked for, within the limits, in UTF-8, well-formed, without DOCTYPE."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from kaohe.core.faults import quoted
from kaohe.files import opc
from kaohe.files.limits import Limits, Refused

_ENCODINGS = ("utf-16", "utf-16le", "utf-16be", "gbk", "gb2312", "gb18030", "iso-8859-1", "us-ascii", "windows-1252")
Start = Callable[[str, dict[str, str]], None]


class Parts:
    """The members of a package by their normal name, inflated only when asked for, all within the limits."""

    def __init__(self, data: bytes, entries: tuple[opc.Entry, ...], limits: Limits) -> None:
        self.data, self.limits = data, limits
        self.by_name: dict[str, opc.Entry] = {}
        self._twice: set[str] = set()
        self._total = 0
        for entry in entries:
            name = normal(entry.name)
            if name in self.by_name:
                self._twice.add(name)
            self.by_name[name] = entry

    def raw(self, name: str) -> bytes:
        """A member's content. Raises Refused where it is absent, there twice, damaged or too large."""
        entry = self.by_name.get(normal(name))
        if entry is None:
            raise Refused("FILE-016", quoted(name))
        if normal(name) in self._twice:
            raise Refused("FILE-015", quoted(name))
        limits = self.limits
        self._total += entry.size
        if entry.size > limits.part or self._total > limits.parts:
            raise Refused("FILE-012", quoted(name))
        if entry.size > limits.ratio_from and entry.size > limits.ratio * max(entry.packed, 1):
            raise Refused("FILE-012", quoted(name))
        return opc.inflate(self.data, entry)

    def text(self, name: str) -> tuple[bytes, bool]:
        """A part in UTF-8, not yet looked into, and whether it was so before."""
        return _utf8(self.raw(name))


def normal(name: str) -> str:
    """A member's name as two names are compared: case and the kind of slash do not matter."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _utf8(xml: bytes) -> tuple[bytes, bool]:
    """The part in UTF-8 without a mark at its front, and whether it was so before."""
    declared = re.match(
        rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]{0,100}\?>""", xml[:300]
    )
    name = declared[1].decode().lower() if declared else "utf-8"
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        name = "utf-16"
    elif xml[:3] == b"\xef\xbb\xbf":
        return xml[3:], False
    elif xml[:2] in (b"<\0", b"\0<"):
        name = "utf-16-le" if xml[0] else "utf-16-be"
    elif name in ("utf-8", "utf8"):
        return xml, True
    elif name not in _ENCODINGS:
        raise Refused("FILE-021", quoted(name))
    try:
        text = xml.decode(name)
    except UnicodeDecodeError:
        raise Refused("FILE-021", name) from None
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode(errors="replace"), False


def is_plain(xml: bytes) -> bool:
    """Whether well-formed XML is free of comments, CDATA and instructions. Raises Refused for DOCTYPE and bad XML.

    The handlers are called for nothing that an office program writes, so they are free; how deep the elements go is not looked at.
    """
    return _parsed(xml, expat.ParserCreate())


def walk(xml: bytes, limits: Limits, start: Start | None = None) -> bool:
    """As `is_plain`, with every start of an element (its name without prefix). Raises Refused for elements too deep as well."""
    parser, depth, most = expat.ParserCreate(), 0, limits.depth

    def told(name: str, attributes: dict[str, str]) -> None:
        assert start is not None
        start(name.rpartition(":")[2], attributes)

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > most:
            raise Refused("FILE-029", str(most))
        if start is not None:
            start(name.rpartition(":")[2], attributes)

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    if xml.count(b"</") >= most:
        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
    elif start is not None:
        parser.StartElementHandler = told  # so few are closed that none can be deep
    return _parsed(xml, parser)


def _parsed(xml: bytes, parser: expat.XMLParserType) -> bool:
    seen = False

    def unusual(*_: object) -> None:
        nonlocal seen
        seen = True

    parser.StartDoctypeDeclHandler = _doctype
    parser.EntityDeclHandler = _entity
    parser.EndDoctypeDeclHandler = _declared
    parser.CommentHandler = unusual
    parser.ProcessingInstructionHandler = unusual
    parser.StartCdataSectionHandler = unusual
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        try:
            xml.decode()
        except UnicodeDecodeError:
            raise Refused("FILE-021") from None
        raise Refused("FILE-022") from None
    return not seen


def _doctype(_: str, system: str | None, public: str | None, internal: int) -> None:
    if system or public or not internal:
        raise Refused("FILE-014")


def _entity(name: str, parameter: int, value: str | None, base: str | None, system: str | None, *_: object) -> None:
    raise Refused("FILE-014" if system else "FILE-013")


def _declared() -> None:
    raise Refused("FILE-013")
