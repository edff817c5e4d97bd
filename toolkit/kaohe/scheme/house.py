"""House rules of the document layout as the sheet 基本信息 states them (records.house says which there are)."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.core.cells import Source
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.records.house import HOUSE, House, house_of, wrong
from kaohe.records.scheme import Scheme


def house(scheme: Scheme) -> House:
    """The house rules of a scheme; the national standard where it states none."""
    return house_of(scheme.info)


def check_house(scheme: Scheme) -> Iterator[Fault]:
    """INFO-003 for each rule whose value cannot be used."""
    for name in wrong(scheme.info):
        stated = scheme.stated.get(name)
        yield fault(
            "INFO-003", stated.source if stated else Source(), scheme.info[name], name=name, limit=HOUSE[name].limit
        )


def show_house(scheme: Scheme) -> Iterator[str]:
    """The rules that a scheme states, a line each."""
    for name in HOUSE:
        if scheme.info.get(name):
            yield f"{name}：{scheme.info[name]}"
