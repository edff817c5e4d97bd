"""Deviations gathered: equal ones of several places become one fault that names the first place and counts the others."""

from __future__ import annotations

from kaohe.core.cells import Source
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.official.spots import Spot

MILLIMETRE = 1440 / 25.4


def mm(twips: float) -> float:
    """Millimetres of a length in twips."""
    return twips / MILLIMETRE


class Findings:
    """The deviations of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[tuple[str, str, str, str], list[Source]] = {}

    def add(self, code: str, where: Spot | str, found: object, expected: object = "", what: str = "") -> None:
        """A deviation: `where` is a paragraph, or the name of a part of the document as a whole ("" = the file)."""
        source = Source(self.file, where) if isinstance(where, str) else where.source(self.file)
        self._found.setdefault((code, str(found), str(expected), what), []).append(source)

    def faults(self) -> tuple[Fault, ...]:
        """One fault for each kind of deviation, in the order of the codes."""
        made = []
        for (code, found, expected, what), places in self._found.items():
            more = f"（等{len(places)}处）" if len(places) > 1 else ""
            made.append(fault(code, places[0], found, expected=expected, what=what, more=more))
        return tuple(sorted(made, key=lambda each: each.code))
