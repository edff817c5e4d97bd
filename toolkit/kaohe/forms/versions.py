"""Two versions of one workbook: where what was typed differs, so that whoever must choose knows what the choice is about."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.forms.receive import Received

_SHOWN = 4  # places that one message names


def differing(versions: Sequence[Received]) -> tuple[str, ...]:
    """The cells (`sheet cell`) whose readable content is not the same in all versions, in the order in which they are read."""
    read = [_entries(each) for each in versions]
    places = dict.fromkeys(place for entries in read for place in entries)
    return tuple(place for place in places if len({entries.get(place) for entries in read}) > 1)


def in_words(places: Sequence[str]) -> str:
    """`不同之处：封面 B13、评分 I29`, the first few and how many there are."""
    if not places:
        return "读到的内容相同"
    more = f" 等 {len(places)} 处" if len(places) > _SHOWN else ""
    return f"不同之处：{'、'.join(places[:_SHOWN])}{more}"


def _entries(version: Received) -> dict[str, str]:
    holder = version.submission or version.shared
    entries = holder.entries if holder is not None else ()
    return {f"{each.source.sheet} {each.source.cell}": each.value for each in entries}
