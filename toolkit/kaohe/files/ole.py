"""Streams of a compound file (OLE), the wrapping of .xls and .et: only to look into; the reader reads the file by itself."""

from __future__ import annotations

import struct

_FREE, _LAST = 0xFFFFFFFA, 0xFFFFFFFF
_ENTRY = 128


class Damaged(Exception):
    """What should be there is not."""


class Compound:
    """A compound file taken apart as far as its directory. Raises Damaged."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (struct.error, IndexError) as error:
            raise Damaged from error

    def _open(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise Damaged
        self._size = 1 << shift
        directory, self._least, small_table = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
        self._table = self._sectors_of_table()
        self.names: dict[str, tuple[int, int]] = {}  # stream → first sector, length
        listed = self._chain(directory)
        root = (_LAST, 0)
        for at in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", listed, at + 64)
            start, size = struct.unpack_from("<II", listed, at + 116)
            if kind == 5:
                root = (start, size)
            elif kind in (1, 2) and 2 <= length <= 64:
                name = listed[at : at + length - 2].decode("utf-16-le", "replace")
                self.names.setdefault(name, (start, size if kind == 2 else 0))
        self._small = self._chain(root[0])[: root[1]]
        found = self._chain(small_table)
        self._small_table = struct.unpack(f"<{len(found) // 4}I", found)

    def stream(self, *names: str) -> bytes:
        """The first of these streams that is there. Raises Damaged where none is, or it is cut off."""
        for name in names:
            if name in self.names:
                start, size = self.names[name]
                content = self._small_chain(start) if size < self._least else self._chain(start)
                if len(content) < size:
                    raise Damaged
                return content[:size]
        raise Damaged

    def _sectors_of_table(self) -> tuple[int, ...]:
        """The table of sectors: for each the one that follows it."""
        count, more = struct.unpack_from("<I", self._data, 68)[0], self._size // 4
        places = [at for at in struct.unpack_from("<109I", self._data, 76) if at < _FREE]
        while count < _FREE and len(places) * self._size < len(self._data):
            *further, count = struct.unpack(f"<{more}I", self._sector(count))
            places += [at for at in further if at < _FREE]
        whole = b"".join(map(self._sector, places))
        return struct.unpack(f"<{len(whole) // 4}I", whole)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        content = self._data[start : start + self._size]
        if len(content) < self._size:
            if start + len(content) != len(self._data) or not content:
                raise Damaged
            content = content.ljust(self._size, b"\0")  # a last sector that was not filled up
        return content

    def _chain(self, start: int) -> bytes:
        found, seen = [], 0
        while start < _FREE:
            found.append(self._sector(start))
            start, seen = self._table[start], seen + 1
            if seen > len(self._table):
                raise Damaged
        return b"".join(found)

    def _small_chain(self, start: int) -> bytes:
        found, seen = [], 0
        while start < _FREE:
            found.append(self._small[start * 64 : start * 64 + 64])
            start, seen = self._small_table[start], seen + 1
            if seen > len(self._small_table):
                raise Damaged
        return b"".join(found)
