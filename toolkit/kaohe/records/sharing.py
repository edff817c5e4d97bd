"""Words that records repeat, held once: the file, sheet and cell of a typed value, its field, the code of its line, the value itself.

Read from the store, every value brings its own copy of the path of the workbook that it stands in; of a submission they are more than half.
"""

from __future__ import annotations

import typing
from functools import cache
from typing import Any

import msgspec

from kaohe.core.cells import Source

#: names of the fields whose words many records repeat
_REPEATED = ("file", "sheet", "cell", "indicator", "component", "clause", "form", "field", "value")


def share(value: Any, known: dict[str, str]) -> None:
    """Let a record that was just read, and the records in it, hold the words of `known` instead of equal ones of their own; new ones are
    added to it. Only records that say where something stands, and what holds such, are looked at."""
    if value.__class__ is tuple:
        for each in value:
            share(each, known)
        return
    words, below = _fields(value.__class__)
    for name in words:
        mine = getattr(value, name)
        same = known.setdefault(mine, mine)
        if same is not mine:
            msgspec.structs.force_setattr(value, name, same)
    for name in below:
        inner = getattr(value, name)
        if inner is not None:
            share(inner, known)


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of a kind of record: its words to be shared, and its fields in which a `Source` may stand."""
    if not leads_to_source(kind):
        return (), ()
    hints = _hints(kind)
    words = tuple(name for name in _REPEATED if hints.get(name) is str)
    return words, tuple(name for name in kind.__struct_fields__ if leads_to_source(hints[name]))  # type: ignore[attr-defined]


def leads_to_source(kind: Any, within: tuple[Any, ...] = ()) -> bool:
    """Whether values of a type, or members of it, may say where they stand."""
    if kind is Source:
        return True
    if kind in within:
        return False
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return any(leads_to_source(each, (*within, kind)) for each in _hints(kind).values())
    return any(leads_to_source(each, within) for each in typing.get_args(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
