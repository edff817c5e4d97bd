"""How a command does its work without changing what comes out: how many workers, which cluster, whether what was remembered is used.

A run's notebooks are executed in processes of their own, and their bytes must not depend on any of this: so it travels in the environment
of those processes, never as a parameter of a notebook.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

_VARIABLE = "KAOHE_MEANS"


class Means(msgspec.Struct, frozen=True):
    """`workers` 0 = one for each processor; `cluster`: the address of a Dask scheduler, "" = this machine; `fresh`: nothing that was read
    before is used; `progress`: the file that tells how far the work is, "" = nobody looks."""

    workers: int = 0
    cluster: str = ""
    fresh: bool = False
    progress: str = ""


def means() -> Means:
    """Those of this process; the ordinary ones where none were given, as in a notebook that somebody opened."""
    try:
        return msgspec.json.decode(os.environ.get(_VARIABLE, "{}"), type=Means)
    except msgspec.MsgspecError:
        return Means()


@contextmanager
def given(wanted: Means) -> Iterator[None]:
    """Within, this process and those that it starts work by these means."""
    with handed_on(_VARIABLE, msgspec.json.encode(wanted).decode()):
        yield


@contextmanager
def handed_on(variable: str, value: str) -> Iterator[None]:
    """Within, a variable of the environment has this value, here and in every process that is started."""
    before = os.environ.get(variable)
    os.environ[variable] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before
