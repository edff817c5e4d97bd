"""Which program makes the bytes: this package's own code and the libraries and system parts that its files depend on."""

from __future__ import annotations

import hashlib
import sys
import zlib
from functools import cache
from pathlib import Path

#: distributions whose version shows in the bytes of a document, workbook or page
_LIBRARIES = ("docxtpl", "jinja2", "lxml", "xlsxwriter", "nbconvert", "bleach")


@cache
def engine() -> str:
    """SHA-256 over the source of the package, and the versions of Python, zlib and the libraries that write. What was made by the same
    engine of the same contents has the same bytes."""
    # Imported here: it takes 40 ms that a command which makes nothing must not pay.
    from importlib.metadata import version

    top = Path(__file__).resolve().parent.parent
    found = hashlib.sha256()
    for path in sorted(top.rglob("*.py")):
        found.update(path.relative_to(top).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _LIBRARIES:
        found.update(f"{name} {version(name)}\0".encode())
    found.update(f"{sys.version} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    return found.hexdigest()
