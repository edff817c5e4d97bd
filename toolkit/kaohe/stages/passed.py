"""Word templates that have passed the lint: neither looked at again nor compiled while they, the house rules and the program stay as they
are, unless a document is rendered.

What passed stands in `reports/<assessment>/.remembered/templates.json`, for all periods; deleting it costs time and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

import msgspec

from kaohe.files.disk import write_file
from kaohe.files.word import Finish, Template
from kaohe.official.layout import Profile
from kaohe.records.scheme import DocumentKind
from kaohe.stages.engine import engine
from kaohe.stages.workspace import Place, sha256
from kaohe.stages.written import passed_file

#: how many are remembered: more than any assessment has
_MOST = 500


class Renders(Protocol):
    """A template as publication uses it."""

    @property
    def digest(self) -> str: ...
    def render(self, fields: Mapping[str, object], finish: Finish = ...) -> bytes: ...


class Later:
    """A sound template that is compiled when the first document is rendered, unless it is already. To another process it travels as its
    bytes."""

    def __init__(self, data: bytes, file: str, template: Template | None = None) -> None:
        self.digest = sha256(data)
        self._data, self._file = data, file
        if template is not None:
            self.__dict__["_template"] = template

    def __reduce__(self) -> tuple[type[Later], tuple[bytes, str]]:
        return Later, (self._data, self._file)

    def render(self, fields: Mapping[str, object], finish: Finish = lambda document, styles: document) -> bytes:
        return self._template.render(fields, finish)

    @cached_property
    def _template(self) -> Template:
        return Template.compile(self._data, self._file)


class Passed:
    """The templates that passed, by a hash of all that the lint looks at."""

    def __init__(self, at: Place, rules: Profile) -> None:
        self._path = passed_file(at)
        self._rules = msgspec.json.encode(rules, enc_hook=str)
        self._keys = dict.fromkeys(_load(self._path))
        self._new = False

    def __contains__(self, found: tuple[bytes, DocumentKind]) -> bool:
        """Whether a template (its bytes) has passed as that of a row of 文书."""
        return self._key(*found) in self._keys

    def add(self, data: bytes, row: DocumentKind) -> None:
        self._keys[self._key(data, row)] = None
        self._new = True

    def save(self) -> None:
        if self._new:
            write_file(self._path, msgspec.json.encode(list(self._keys)[-_MOST:]))

    def _key(self, data: bytes, row: DocumentKind) -> str:
        return sha256(f"{engine()} {sha256(data)} {row.kind} {row.template} {row.layout} ".encode() + self._rules)


def _load(path: Path) -> list[str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[str])
    except (OSError, msgspec.MsgspecError):
        return []
