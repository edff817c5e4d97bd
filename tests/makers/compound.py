"""A compound file (OLE) of a few streams: what an office program wraps around an encrypted workbook."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Streams (each of 4096 bytes or more, so that none goes into the small ones) below the root of a compound file."""
    chains: list[tuple[int, bytes]] = []
    used = 1  # sector 0 is the table of sectors
    for content in streams.values():
        assert len(content) >= 4096
        chains.append((used, content))
        used += -(-len(content) // _SECTOR)
    directory = used
    entries = [_entry("Root Entry", 5, _END, 0, 1 if streams else _FREE)]
    for number, (name, (start, content)) in enumerate(zip(streams, chains, strict=True), 1):
        entries.append(_entry(name, 2, start, len(content), _FREE, number + 1 if number < len(streams) else _FREE))
    listed = b"".join(entries)
    listed += _entry("", 0, 0, 0, _FREE) * (-len(entries) % 4)
    sectors = [_FAT]
    for _, content in chains:
        sectors += _chain(len(sectors), -(-len(content) // _SECTOR))
    sectors += _chain(len(sectors), len(listed) // _SECTOR)
    assert len(sectors) <= _SECTOR // 4
    table = struct.pack("<128I", *sectors, *[_FREE] * (128 - len(sectors)))
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    body = b"".join(content + bytes(-len(content) % _SECTOR) for _, content in chains)
    return head + table + body + listed


def _chain(start: int, length: int) -> list[int]:
    return [*range(start + 1, start + length), _END]


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int = _FREE) -> bytes:
    words = name.encode("utf-16-le")
    length = len(words) + 2 if name else 0
    found = words.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, _FREE, right, child)
    return found + bytes(36) + struct.pack("<IQ", start, size)
