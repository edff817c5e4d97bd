"""Which code reads: so that what another version read is never taken for what this one would read, from yesterday or from another machine."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import kaohe

#: what reading runs through, below the package
_PARTS = ("core", "records", "scheme", "forms", "files", "stages/tasks.py")


@cache
def code_mark() -> str:
    """Hex digest of version, interpreter (3.11) and every module that reading runs through, the same on every machine. An editable checkout
    has another one as soon as its code has changed."""
    found = hashlib.sha256(f"{kaohe.__version__} {sys.version_info[:2]}".encode())
    package = Path(kaohe.__file__).parent
    for part in _PARTS:
        top = package / part
        for path in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            code = path.read_bytes().replace(b"\r\n", b"\n")
            found.update(path.relative_to(package).as_posix().encode() + b"\0" + code)
    return found.hexdigest()


@cache
def machine_mark() -> str:
    """The same with what is particular to this installation: the exact interpreter, the parser's own file."""
    found = [code_mark(), sys.version, sys.platform]
    parser = find_spec("python_calamine")
    if parser is not None and parser.origin:
        for path in sorted(Path(parser.origin).parent.iterdir()):
            if path.suffix in (".so", ".pyd"):
                status = path.stat()
                found.append(f"{path.name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(found).encode()).hexdigest()
