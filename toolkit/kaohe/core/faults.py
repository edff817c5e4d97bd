"""A fault is a mistake in somebody's workbook, as a value: code, effect, place, what was found.

Effects order by severity: 提示 (accepted, the reading is stated) < 存疑 (the object is withheld) < 拒收 (the file is refused).
The sentences that people read are made from these values in `kaohe.core.sentences`, the one place for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from kaohe.core.cells import Source

Effect = Literal["提示", "存疑", "拒收"]
Verdict = Literal["受理", "提示", "存疑", "拒收", "忽略"]
_WEIGHT = {"受理": 0, "提示": 1, "存疑": 2, "拒收": 3}


class Fault(msgspec.Struct, frozen=True):
    """One mistake. `code` is stable for ever (`VALUE-004`); `found` quotes what stands there; `args` fill the sentence of the code.

    `object_code` is the unit concerned where it is known ("" = nobody's own or not known).
    """

    code: str
    effect: Effect
    source: Source = Source()
    found: str = ""
    args: dict[str, str] = {}
    object_code: str = ""

    @property
    def owner(self) -> str:
        """Whose mistake it is: the object, or the file where none is known."""
        return self.object_code or self.source.file

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """The same in two checks for a mistake that still stands: owner, code, sheet, cell."""
        return self.owner, self.code, self.source.sheet, self.source.cell


def verdict_of(faults: Iterable[Fault]) -> Verdict:
    """The verdict of a file: its worst fault, 受理 if there is none."""
    worst: Verdict = "受理"
    for fault in faults:
        if _WEIGHT[fault.effect] > _WEIGHT[worst]:
            worst = fault.effect
    return worst


def withholds(faults: Iterable[Fault]) -> bool:
    """Whether one of these faults withholds its object (存疑 or 拒收)."""
    return any(_WEIGHT[fault.effect] >= 2 for fault in faults)


def quoted(value: object, limit: int = 40) -> str:
    """What was found, for a message: cut at `limit` characters, control characters made visible (reliability U8)."""
    text = "" if value is None else str(value)
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
