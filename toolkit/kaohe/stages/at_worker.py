"""What a Dask worker runs: the same task as here, on bytes that were sent to it, in a guarded child of its own. It opens no path."""

from __future__ import annotations

import hashlib
import sys
import threading

from kaohe import __version__
from kaohe.stages.reading_code import code_mark
from kaohe.stages.tasks import Validator

Sent = tuple[str, bytes, bool]  # path below 回收, content, whether the tables are wanted
_SHOWN = 8


class OtherCode(Exception):
    """This worker would not read as the one who asks; the message says what it runs."""


def which() -> str:
    """What reads here, in words: two that read alike say the same."""
    return f"kaohe {__version__}（代码 {code_mark()[:_SHOWN]}），Python {sys.version_info[0]}.{sys.version_info[1]}"


def work(asked_by: str, rules: bytes, batch: list[Sent]) -> list[bytes]:
    """The encoded `Taken` of each file. `asked_by`: `which()` of the one who asks. Raises OtherCode, and RuntimeError where this worker can
    start no child."""
    if which() != asked_by:
        raise OtherCode(which())
    child = _child(rules)
    return [child.take(name, data, tables) for name, data, tables in batch]


def leave() -> None:
    """End this worker's children; it starts others when it is asked again."""
    with _turn:
        ended = list(_children.values())
        _children.clear()
    for _, child in ended:
        child.close()


_turn = threading.Lock()
_children: dict[int, tuple[str, Validator]] = {}  # by thread: hash of the rules, and who knows them


def _child(rules: bytes) -> Validator:
    """The child of this thread, kept while the rules stay the same."""
    mark, me = hashlib.sha256(rules).hexdigest(), threading.get_ident()
    with _turn:
        known, child = _children.pop(me, ("", None))
    if child is not None and known != mark:
        child.close()
        child = None
    if child is None:
        child = Validator()
        child.knows(rules)
        child.__enter__()
    with _turn:
        _children[me] = (mark, child)
    return child
