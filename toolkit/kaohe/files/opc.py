"""Zip packages (.xlsx, .docx) at the level of members: strict reading, and replacing some members while the others are copied as they
are, still compressed. The same input gives the same bytes: fixed dates, the package's own order, new members last in the order given.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kaohe.files.limits import Refused

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_OFFSET = struct.Struct("<I")
_NO_TIME, _NEW_YEAR_1980 = 0, 0x0021
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_SMALL = 4096
_LAST_BLOCK = b"\3\0"  # an empty block that ends a deflated stream


class Entry(NamedTuple):
    """One member as the directory tells it; `offset` is where its local header begins."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def directory(data: bytes, most: int = 65_535) -> tuple[Entry, ...]:
    """The members of a zip file. Raises Refused for one that is cut off, followed by other bytes, encrypted, of more than `most`
    members, or that contradicts itself.
    """
    end = data.rfind(b"PK\5\6")
    if end < 0 or end + _END.size > len(data):
        raise Refused("FILE-007")
    _, disk, _, _, count, size, start, comment = _END.unpack_from(data, end)
    if end + _END.size + comment != len(data):
        raise Refused("FILE-008" if end + _END.size + comment < len(data) else "FILE-007")
    if count > most:
        raise Refused("FILE-011", str(count))
    # Between directory and end record only the records of zip64 may stand; sizes beyond 32 bits are far over every limit.
    if disk or start + size > end or data[start + size : end][:4] not in (b"", b"PK\6\6"):
        raise Refused("FILE-010", "目录")
    entries = []
    at = start
    for _ in range(count):
        if at + _CENTRAL.size > start + size or data[at : at + 4] != b"PK\1\2":
            raise Refused("FILE-010", "目录")
        head = _CENTRAL.unpack_from(data, at)
        flags, method, crc, packed, real, length, extra, remark, offset = *head[3:5], *head[7:13], head[16]
        name = data[at + _CENTRAL.size : at + _CENTRAL.size + length]
        if flags & 1:
            raise Refused("FILE-006")
        entries.append(
            Entry(name.decode("utf-8" if flags & _UTF8 else "cp437", "replace"), method, crc, packed, real, offset)
        )
        at += _CENTRAL.size + length + extra + remark
    if at != start + size:
        raise Refused("FILE-010", "目录")
    return tuple(entries)


def packed(data: bytes, entry: Entry) -> bytes:
    """A member's bytes as they lie in the file. Raises Refused where there is no such member."""
    if entry.offset + _LOCAL.size > len(data) or data[entry.offset : entry.offset + 4] != b"PK\3\4":
        raise Refused("FILE-010", entry.name)
    length, extra = struct.unpack_from("<2H", data, entry.offset + 26)
    start = entry.offset + _LOCAL.size + length + extra
    if start + entry.packed > len(data):
        raise Refused("FILE-007")
    return data[start : start + entry.packed]


def inflate(data: bytes, entry: Entry) -> bytes:
    """A member's content, never more bytes than the directory promises. Raises Refused where size or checksum differ."""
    raw = packed(data, entry)
    if entry.method == _STORED:
        content = raw
    elif entry.method == _DEFLATED:
        unpacker = zlib.decompressobj(-15)
        try:
            content = unpacker.decompress(raw, entry.size + 1)
        except zlib.error:
            raise Refused("FILE-009", entry.name) from None
        if not unpacker.eof and len(content) <= entry.size:
            raise Refused("FILE-009", entry.name)
    else:
        raise Refused("FILE-010", entry.name)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise Refused("FILE-009", entry.name)
    return content


class Kept:
    """Content that members of many packages share: deflated once, so that it ends on a whole byte and refers to nothing before it."""

    __slots__ = ("content", "crc", "packed")

    def __init__(self, content: bytes, level: int = 6) -> None:
        self.content, self.crc, self.packed = content, zlib.crc32(content), _deflated(content, level)


Content = bytes | Sequence[bytes | Kept]  # of a member: whole, or in pieces of which some are kept


class Package:
    """A template taken apart once; `replace` may then be called any number of times, from any thread.

    Raises Refused for bytes that are no sound package.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        entries = directory(data)
        self._entries = {entry.name: entry for entry in entries}
        if len(self._entries) < len(entries):
            raise Refused("FILE-015")
        self._members = {name: _copied(data, entry) for name, entry in self._entries.items()}
        self._last: dict[str, tuple[bytes, int, _Member]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in the package's order."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """A member's content. Raises KeyError for a name that is not there, Refused for a damaged member."""
        return inflate(self._data, self._entries[name])

    def replace(self, members: Mapping[str, Content], level: int = 6) -> bytes:
        """The package with these members' contents; a name it does not have becomes a new member."""
        made = {
            name: self._packed(name, content, level) if isinstance(content, bytes) else _pieced(name, content, level)
            for name, content in members.items()
        }
        return _joined({**self._members, **made})

    def _packed(self, name: str, content: bytes, level: int) -> _Member:
        """A small member like the one of the package made before (a header, the properties) is packed once for all of them."""
        if len(content) > _SMALL:
            return _made(name, content, level)
        last = self._last.get(name)
        if last is None or last[0] != content or last[1] != level:
            last = self._last[name] = content, level, _made(name, content, level)
        return last[2]


def replace(template: Package, members: Mapping[str, Content]) -> bytes:
    """`template.replace(members)`, as a function."""
    return template.replace(members)


def archive(members: Mapping[str, bytes], level: int = 6) -> bytes:
    """A new package of these members in this order; level 0 stores them uncompressed."""
    return _joined({name: _made(name, content, level) for name, content in members.items()})


class _Member(NamedTuple):
    """Local header with data, and the directory's record around its offset field."""

    local: bytes
    record: bytes
    name: bytes


def _copied(data: bytes, entry: Entry) -> _Member:
    return _member(entry.name, entry.method, entry.crc, packed(data, entry), entry.size)


def _made(name: str, content: bytes, level: int) -> _Member:
    if level:
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        return _member(name, _DEFLATED, zlib.crc32(content), packer.compress(content) + packer.flush(), len(content))
    return _member(name, _STORED, zlib.crc32(content), content, len(content))


def _pieced(name: str, pieces: Sequence[bytes | Kept], level: int) -> _Member:
    crc = size = 0
    raw: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            raw.append(_deflated(piece, level))
        else:
            crc = zlib.crc32(piece.content, crc) if size else piece.crc
            size += len(piece.content)
            raw.append(piece.packed)
    return _member(name, _DEFLATED, crc, b"".join((*raw, _LAST_BLOCK)), size)


def _deflated(content: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)


def _member(name: str, method: int, crc: int, raw: bytes, size: int) -> _Member:
    # Sizes stand in the local header, so flag bit 3 (sizes follow the data) is always cleared.
    path = name.encode()
    flags = 0 if name.isascii() else _UTF8
    common = (20, flags, method, _NO_TIME, _NEW_YEAR_1980, crc, len(raw), size, len(path), 0)
    local = _LOCAL.pack(b"PK\3\4", *common) + path + raw
    return _Member(local, _CENTRAL.pack(b"PK\1\2", 20, *common, 0, 0, 0, 0, 0)[:-4], path)


def _joined(members: Mapping[str, _Member]) -> bytes:
    parts: list[bytes] = []
    records: list[bytes] = []
    at = 0
    for member in members.values():
        parts.append(member.local)
        records += (member.record, _OFFSET.pack(at), member.name)
        at += len(member.local)
    whole = b"".join(records)
    end = _END.pack(b"PK\5\6", 0, 0, len(members), len(members), len(whole), at, 0)
    return b"".join((*parts, whole, end))
