"""How much of a stranger's workbook is read at most, and the exception that stops the reading inside this package."""

from __future__ import annotations

import msgspec

from kaohe.records.tables import Refusal

KIB, MIB = 1024, 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """Settings with the defaults of the reliability page, section Limits. Sizes in bytes.

    `rows` and `columns` are the range of each sheet that is kept; filled cells beyond it are only named (at most `listed` of them).
    """

    file: int = 20 * MIB
    entries: int = 1_000
    ratio: int = 100
    ratio_from: int = MIB
    part: int = 64 * MIB
    parts: int = 128 * MIB
    depth: int = 64
    sheets: int = 64
    cells: int = 500_000
    strings: int = 500_000
    merges: int = 200_000
    text: int = 32_767
    rows: int = 20_000
    columns: int = 100
    listed: int = 100
    seconds: float = 10.0
    memory: int = 512 * MIB
    recycle: int = 200


DEFAULTS = Limits()


class Refused(Exception):
    """Raised inside the file storey where a workbook cannot be read; the public functions return its `refusal` instead."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code, found)
        self.refusal = Refusal(code, found)
