"""Packages that are far larger inside than outside, made in moments: one block is deflated once and repeated as often as wanted."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from functools import cache

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


class Repeated:
    """A member's content: head, a block so many times, tail. Never held as a whole."""

    def __init__(self, head: bytes, block: bytes, times: int, tail: bytes = b"") -> None:
        pieces = [_deflated(head), *[_deflated(block)] * times, _deflated(tail), b"\3\0"]
        self.packed = b"".join(pieces)
        self.size = len(head) + len(block) * times + len(tail)
        crc = zlib.crc32(head)
        for _ in range(times):
            crc = zlib.crc32(block, crc)
        self.crc = zlib.crc32(tail, crc)


@cache
def _deflated(piece: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


def package(members: Mapping[str, bytes | Repeated]) -> bytes:
    """A zip file of these members; any number of them."""
    out, records, at = bytearray(), bytearray(), 0
    for name, content in members.items():
        if isinstance(content, bytes):
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            packed = packer.compress(content) + packer.flush()
            crc, size = zlib.crc32(content), len(content)
        else:
            packed, crc, size = content.packed, content.crc, content.size
        path = name.encode()
        common = (20, 0x800, 8, 0, 0x21, crc, len(packed), size, len(path), 0)
        out += _LOCAL.pack(b"PK\3\4", *common) + path + packed
        records += _CENTRAL.pack(b"PK\1\2", 20, *common, 0, 0, 0, 0, at) + path
        at = len(out)
    count = min(len(members), 0xFFFF)
    wide = b""
    if len(members) > 0xFFFF:  # as every writer does: the number of members stands in the record of zip64
        wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, len(members), len(members), len(records), at)
        wide += struct.pack("<4sLQL", b"PK\6\7", 0, at + len(records), 1)
    return bytes(out + records + wide) + _END.pack(b"PK\5\6", 0, 0, count, count, len(records), at, 0)


def rows_of_text(megabytes: int, head: bytes, tail: bytes) -> Repeated:
    """A worksheet of identical rows with one text of eighty letters each, about so many megabytes."""
    row = b'<row><c t="inlineStr"><is><t>' + b"A" * 80 + b"</t></is></c></row>"
    block = row * (1024 * 1024 // len(row))
    return Repeated(head, block, -(-megabytes * 1024 * 1024 // len(block)), tail)
