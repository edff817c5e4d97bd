"""校验码 of a document: a hash of its own contents. It stays as long as nothing that the document says has changed, and it stands in the
register (documents.csv), so that a paper can be compared with what was issued."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

CHECKSUM = "校验码"


def canonical(values: object) -> bytes:
    """The fields of a document (texts, numbers, lists, mappings) as bytes: equal ones give equal bytes."""
    return msgspec.json.encode(values, enc_hook=str)


def stamped(values: Mapping[str, object]) -> dict[str, object]:
    """The fields with 校验码, the first 12 digits of SHA-256 over all the others."""
    others = {name: value for name, value in values.items() if name != CHECKSUM}
    return {**others, CHECKSUM: hashlib.sha256(canonical(others)).hexdigest()[:12]}
