"""Pausing the garbage collector while many values are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No search for cycles within (a context, or a decorator). A period of many objects makes millions of values, all of them kept and
    none in a cycle; the collector that walks them again and again took a quarter of a stage's time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
