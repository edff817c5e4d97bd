"""A case of the catalogue: what is done to a good form, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hostile.place import Small
from makers.edits import Edit

#: harms the Edit in place, or returns the file's bytes itself
Make = Callable[[Edit, Small], bytes | None]


@dataclass(frozen=True)
class Case:
    """One file. `id`: as in the catalogue. `verdict`: in the list of files. `codes`: all fault codes of the file, in any order. `says`: a
    fragment of what people read.

    `points`: the leaves whose points differ from those of the good form, with what is read instead (None = nothing). `seconds` (of CPU
    time) and `mib` (of the child's memory) where the catalogue limits them.
    """

    id: str
    verdict: str
    codes: tuple[str, ...]
    says: str
    make: Make
    points: Mapping[str, object] = field(default_factory=dict)
    suffix: str = ".xlsx"
    seconds: float = 0
    mib: int = 0


class Cases(list[Case]):
    """A table of cases; `@cases("P20", "拒收", "FILE-015", "同名部件")` adds the function that makes the file."""

    def __call__(
        self, id: str, verdict: str, codes: str = "", says: str = "", points: Mapping[str, object] | None = None,
        suffix: str = ".xlsx", seconds: float = 0, mib: int = 0,
    ) -> Callable[[Make], Make]:  # fmt: skip
        def keep(make: Make) -> Make:
            self.append(Case(id, verdict, tuple(codes.split()), says, make, points or {}, suffix, seconds, mib))
            return make

        return keep
