"""The shape of a catalogue entry."""

from __future__ import annotations

from typing import NamedTuple

from kaohe.core.faults import Effect


class Sentence(NamedTuple):
    """Effect, what is wrong (ends with 。), and what to do (ends with 。 or empty). `{found}` and the fault's args fill both."""

    effect: Effect
    text: str
    advice: str = ""
