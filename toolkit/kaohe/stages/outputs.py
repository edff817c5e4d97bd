"""What stands in a document, and the bytes that it makes: the task of publication's children (`stages.press`), and of their parent.

Contents are values (the fields of a document); who makes bytes of them knows templates and formats, and nothing of an assessment. A
child never writes into a working folder: it leaves its files in a folder that the parent made for it, and the parent gives them their
places.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from kaohe.core.collector import paused
from kaohe.files.guarded import Answer, serve
from kaohe.files.limits import Limits
from kaohe.official.layout import Profile
from kaohe.official.settle import settle
from kaohe.stages.passed import Renders
from kaohe.stages.workspace import sha256
from kaohe.stages.written import Known, published


class Paper(msgspec.Struct, frozen=True):
    """A Word document: the file name of its template, and its fields."""

    template: str
    values: dict[str, object]
    letter: bool = False
    sealed: bool = False


class Output(NamedTuple):
    """A document of the results: its path below their folder, what is known of it from the last run, what stands in it."""

    path: str
    known: Known
    what: Paper


class Makes(msgspec.Struct, frozen=True):
    """Makes the bytes of documents. `report`: the published results, from which what stands there already is taken."""

    report: Path
    templates: Mapping[str, Renders]
    rules: Profile

    def data(self, output: Output) -> bytes:
        """The bytes of a document: those that were published for the same contents, else new ones."""
        found = published(self.report, output.known)
        return self.made(output.what) if found is None else found

    def made(self, what: Paper) -> bytes:
        """Raises TemplateError, ValueError where what stands in it does not fit its template."""
        finish = partial(settle, letter=what.letter, sealed=what.sealed, profile=self.rules)
        return self.templates[what.template].render(what.values, finish)


def packed(makes: Makes) -> bytes:
    """What a child must know, for our own processes only: it is a pickle. Templates travel as their bytes."""
    return pickle.dumps((makes.report, dict(makes.templates), makes.rules), protocol=5)


#: SHA-256 of each output of a batch, in order; none where one of them failed
ANSWER = msgspec.msgpack.Decoder(tuple[str, ...])


def _prepared(known: bytes, limits: Limits) -> Answer:
    makes = Makes(*pickle.loads(known))

    def answer(folder: bytes, batch: bytes) -> bytes:
        into, hashes = Path(folder.decode()), []
        with paused():
            for number, output in enumerate(pickle.loads(batch)):
                data = makes.data(output)
                (into / str(number)).write_bytes(data)
                hashes.append(sha256(data))
        return msgspec.msgpack.encode(hashes)

    return answer


def main() -> None:
    """The child that `stages.press` asks. What goes wrong in it is done again, and told, by its parent."""
    serve(2, _prepared, lambda refusal: msgspec.msgpack.encode(()))
